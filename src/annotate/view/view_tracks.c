/*
 * view_tracks - pitch and intensity of the window.
 *
 * Pitch lies on a logarithmic scale, as it is heard, from 75 to 600 Hz;
 * intensity, a dotted line, from 60 dB below full scale up to it.  What both
 * are at the playhead stands in the upper right corner.
 */
#include <config.h>

#include <math.h>

#include "annotate/view/view_internal.h"
#include "common/base/utf8.h"

static const double floor_hz = 75, ceiling_hz = 600, range_db = 60;

/* A share of the height, 0 at the bottom, as half rows from the top. */
static int half_row(double share, int rows)
{
    int at = (int)((1 - share) * 2 * rows);

    if (at < 0)
        return 0;
    return at >= 2 * rows ? 2 * rows - 1 : at;
}

static void draw_column(const struct canvas *canvas, int column,
                        const struct band *band)
{
    const struct tracks *tracks = &canvas->model->tracks;
    double hz = (double)tracks->hz[column];
    double db = (double)tracks->db[column];
    int x = TIMELINE_MARGIN + column;

    if (isnan(db))
        return;
    if (db > -range_db)
        draw_glyph(canvas, x,
                   band->y + half_row(1 + db / range_db, band->rows) / 2,
                   ROLE_INTENSITY, GLYPH_INTENSITY);
    if (hz > 0) {
        int at = half_row(log(hz / floor_hz) / log(ceiling_hz / floor_hz),
                          band->rows);

        draw_glyph(canvas, x, band->y + at / 2, ROLE_PITCH,
                   at % 2 ? GLYPH_LOWER : GLYPH_UPPER);
    }
}

/* "212 Hz  -23 dB" */
static void draw_values(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    const struct tracks *tracks = &model->tracks;
    int column = timeline_column(&model->timeline, model->playback.position_us);
    struct buf text = { 0 };
    int width;

    if (column < 0 || column >= tracks->count || isnan(tracks->db[column]))
        return;
    if (tracks->hz[column] > 0)
        buf_addf(&text, " %.0f Hz", (double)tracks->hz[column]);
    buf_addf(&text, " %.0f dB", (double)tracks->db[column]);
    width = utf8_width(buf_text(&text));
    screen_put(canvas->screen, TIMELINE_MARGIN + tracks->count - width, band->y,
               width, ROLE_TITLE, buf_text(&text));
    buf_release(&text);
}

void view_tracks(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    const struct tracks *tracks = &model->tracks;

    if (model->playback.medium != MEDIUM_READY ||
        tracks->count != model->timeline.width)
        return;
    mark_pane(canvas, TIMELINE_MARGIN, band->y, tracks->count, band->rows,
              PANE_WAVE);
    if (tracks->too_wide) {
        screen_put(canvas->screen, TIMELINE_MARGIN + 1, band->y,
                   tracks->count - 1, ROLE_FAINT,
                   "pitch and intensity are shown in windows of up to 10 min");
        return;
    }
    for (int column = 0; column < tracks->count; column++)
        draw_column(canvas, column, band);
    view_playhead(canvas, band);
    draw_values(canvas, band);
}
