/*
 * view_court_figure - what annotators marked, a lane each, and what they
 * traced, one over another, on an axis of time that is the same for all.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

enum {
    NAME = 10,       /* cells for who it is */
    CHART_LEAST = 6, /* rows of traces */
    CHART_MOST = 16,
};

/* The item's window, right of the names. */
struct lanes {
    struct sheet *sheet;
    const struct court_question *question;
    struct timeline axis;
    int x;
};

static struct lanes lanes_open(struct sheet *sheet,
                               const struct court_question *question)
{
    const struct canvas *canvas = sheet->canvas;
    struct lanes lanes = { .sheet = sheet,
                           .question = question,
                           .axis = canvas->model->timeline,
                           .x = SHEET_LEFT + NAME };

    timeline_resize(&lanes.axis, canvas->screen->width - lanes.x - 1);
    return lanes;
}

static bool nothing_to_see(const struct lanes *lanes)
{
    return lanes->axis.right_us <= lanes->axis.left_us;
}

static int column_of(const struct lanes *lanes, int64_t us)
{
    return timeline_column(&lanes->axis, us + lanes->axis.from_us);
}

static void put_playhead(const struct lanes *lanes, int y)
{
    const struct canvas *canvas = lanes->sheet->canvas;
    int head =
        timeline_column(&lanes->axis, canvas->model->playback.position_us);

    if (head >= 0 && head < lanes->axis.width)
        draw_glyph(canvas, lanes->x + head, y, ROLE_PLAYHEAD, GLYPH_PLAYHEAD);
}

static void put_bar(const struct lanes *lanes, const struct tier *tier,
                    const struct court_bar *bar, int y, enum role role)
{
    const struct canvas *canvas = lanes->sheet->canvas;
    int from = column_of(lanes, bar->from_us), last = lanes->axis.width - 1;
    int to = column_of(lanes, bar->to_us > bar->from_us ? bar->to_us - 1
                                                        : bar->from_us);

    if (to < 0 || from > last)
        return;
    if (tier->kind == TIER_POINT) {
        if (from >= 0)
            draw_glyph(canvas, lanes->x + from, y, role, GLYPH_POINT);
        return;
    }
    from = from < 0 ? 0 : from;
    to = to > last ? last : to;
    screen_fill(canvas->screen, lanes->x + from, y, to - from + 1, role,
                glyph_code(GLYPH_RULE, canvas->screen->ascii));
    draw_glyph(canvas, lanes->x + from, y, role, GLYPH_MARK_IN);
    if (to > from)
        draw_glyph(canvas, lanes->x + to, y, role, GLYPH_MARK_OUT);
    if (to - from > 1)
        screen_put(canvas->screen, lanes->x + from + 1, y, to - from - 1, role,
                   view_mark_label(canvas, tier, bar->label));
}

static void put_lane(const struct lanes *lanes, size_t tier, const char *name,
                     const struct court_figure *figure, enum role role)
{
    const struct canvas *canvas = lanes->sheet->canvas;
    const struct question *question =
        &canvas->model->protocol->question[lanes->question->number];
    int y;

    if (!figure || !sheet_row(lanes->sheet, &y))
        return;
    screen_put_cut(canvas->screen, SHEET_LEFT, y, NAME - 1, role, name);
    put_playhead(lanes, y);
    for (size_t b = 0; b < figure->bars; b++)
        if (figure->bar[b].tier == tier)
            put_bar(lanes, &question->tier[tier], &figure->bar[b], y, role);
}

/* When the window begins and ends, and what is drawn. */
static void put_scale(const struct lanes *lanes, const char *what)
{
    const struct canvas *canvas = lanes->sheet->canvas;
    const struct timeline *axis = &lanes->axis;
    char from[NUMBER_TEXT_SIZE], to[NUMBER_TEXT_SIZE];
    int y, width;

    if (!sheet_row(lanes->sheet, &y))
        return;
    number_format_clock(axis->left_us - axis->from_us, from);
    number_format_clock(axis->right_us - axis->from_us, to);
    width = utf8_width(to);
    screen_put_cut(canvas->screen, SHEET_LEFT, y, NAME - 1, ROLE_FAINT, what);
    screen_put(canvas->screen, lanes->x, y, axis->width, ROLE_FAINT, from);
    screen_put(canvas->screen, lanes->x + axis->width - width, y, width,
               ROLE_FAINT, to);
}

void view_court_marks(struct sheet *sheet,
                      const struct court_question *question)
{
    const struct model *model = sheet->canvas->model;
    const struct question *asked = &model->protocol->question[question->number];
    struct lanes lanes = lanes_open(sheet, question);

    for (size_t t = 0; !nothing_to_see(&lanes) && t < asked->tier_count; t++) {
        put_scale(&lanes, model_text(model, &asked->tier[t].label));
        put_lane(&lanes, t, "yours", question->own_figure, ROLE_CHOSEN);
        for (size_t v = 0; v < question->voices; v++)
            put_lane(&lanes, t, question->voice[v].name,
                     question->voice[v].figure, ROLE_PLAIN);
        for (size_t r = 0; r < question->opinions; r++)
            put_lane(&lanes, t, question->opinion[r].rule,
                     question->opinion[r].figure, ROLE_GOOD);
    }
}

/* --- traces -------------------------------------------------------------- */

/* A chart of one dimension. */
struct chart {
    struct lanes *lanes;
    size_t dimension;
    int rows, top; /* lines of the sheet */
    double low, high;
};

static double value_at(const struct court_figure *figure, size_t dimension,
                       double at)
{
    double place = (at - figure->start) / figure->step;
    size_t before;

    if (!(place >= 0) || place >= (double)figure->points - 1)
        return (double)NAN;
    before = (size_t)place;
    return figure->value[dimension][before] +
           (place - (double)before) * (figure->value[dimension][before + 1] -
                                       figure->value[dimension][before]);
}

static void widen(struct chart *chart, const struct court_figure *figure)
{
    for (size_t k = 0; figure && k < figure->points; k++) {
        chart->low = fmin(chart->low, figure->value[chart->dimension][k]);
        chart->high = fmax(chart->high, figure->value[chart->dimension][k]);
    }
}

/* `mark` a code point; what was judged at t + lag is drawn at t. */
static void put_trace(const struct chart *chart,
                      const struct court_figure *figure, double lag,
                      enum role role, uint32_t mark)
{
    const struct lanes *lanes = chart->lanes;
    const struct sheet *sheet = lanes->sheet;

    for (int column = 0; figure && column < lanes->axis.width; column++) {
        double t = (double)(timeline_time(&lanes->axis, column) -
                            lanes->axis.from_us) /
                   1e6;
        double value = value_at(figure, chart->dimension, t + lag);
        int row, y;

        if (isnan(value))
            continue;
        row = (int)lround((chart->high - value) / (chart->high - chart->low) *
                          (chart->rows - 1));
        y = sheet->top + chart->top + row - sheet->scroll;
        if (chart->top + row >= sheet->scroll &&
            chart->top + row < sheet->scroll + sheet->rows)
            screen_put_code(sheet->canvas->screen, lanes->x + column, y, role,
                            mark);
    }
}

static void put_frame(struct chart *chart)
{
    struct sheet *sheet = chart->lanes->sheet;
    const struct canvas *canvas = sheet->canvas;

    chart->top = sheet->line;
    for (int row = 0; row < chart->rows; row++) {
        char text[NUMBER_TEXT_SIZE] = "";
        int y;

        if (!sheet_row(sheet, &y))
            continue;
        put_playhead(chart->lanes, y);
        if (row == 0 || row == chart->rows - 1)
            number_format(row == 0 ? chart->high : chart->low, text);
        screen_put_cut(canvas->screen, SHEET_LEFT, y, NAME - 1, ROLE_FAINT,
                       text);
    }
}

static void put_dimension(struct lanes *lanes, size_t d, bool ascii)
{
    const struct court_question *question = lanes->question;
    const struct model *model = lanes->sheet->canvas->model;
    const struct question_trace *trace =
        model->protocol->question[question->number].trace;
    int height = lanes->sheet->canvas->screen->height / 4;
    struct chart chart = { .lanes = lanes,
                           .dimension = d,
                           .low = trace->dimension[d].min,
                           .high = trace->dimension[d].max };

    chart.rows = height < CHART_LEAST  ? CHART_LEAST
                 : height > CHART_MOST ? CHART_MOST
                                       : height;
    widen(&chart, question->own_figure); /* of an unbounded trace */
    for (size_t v = 0; v < question->voices; v++)
        widen(&chart, question->voice[v].figure);
    put_scale(lanes, model_text(model, &trace->dimension[d].label));
    put_frame(&chart);
    for (size_t v = 0; v < question->voices; v++)
        put_trace(&chart, question->voice[v].figure, question->voice[v].lag[d],
                  ROLE_PLAIN,
                  (uint32_t)(unsigned char)question->voice[v].name[0]);
    put_trace(&chart, question->own_figure, 0, ROLE_CURSOR,
              glyph_code(GLYPH_OFF, ascii));
    for (size_t r = 0; r < question->opinions; r++)
        put_trace(&chart, question->opinion[r].figure, 0, ROLE_CHOSEN,
                  glyph_code(GLYPH_ON, ascii));
}

/* "after lags of: A 0.30 s, B -0.30 s" */
static void put_lags(struct sheet *sheet, const struct court_question *question,
                     size_t dimensions)
{
    struct buf text = { 0 };
    bool any = false;

    for (size_t d = 0; d < dimensions; d++)
        for (size_t v = 0; v < question->voices; v++) {
            double lag = question->voice[v].lag[d];

            buf_addf(&text, "%s%s %.2f s", any ? ", " : "",
                     question->voice[v].name, fabs(lag) < 0.005 ? 0 : lag);
            any = any || !!question->voice[v].figure;
        }
    if (any) {
        buf_add_text(&text, " are taken off");
        sheet_text(sheet, ROLE_FAINT, buf_text(&text));
    }
    buf_release(&text);
}

void view_court_traces(struct sheet *sheet,
                       const struct court_question *question)
{
    const struct model *model = sheet->canvas->model;
    const struct question_trace *trace =
        model->protocol->question[question->number].trace;
    struct lanes lanes = lanes_open(sheet, question);
    bool ascii = sheet->canvas->screen->ascii;

    if (nothing_to_see(&lanes))
        return;
    for (size_t d = 0; d < trace->count; d++)
        put_dimension(&lanes, d, ascii);
    put_lags(sheet, question, trace->count);
}
