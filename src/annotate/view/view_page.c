/*
 * view_page - whole pages of text: the start, the end, help, progress.
 */
#include <config.h>

#include <string.h>

#include "annotate/view/view.h"
#include "annotate/view/view_internal.h"
#include "common/base/number.h"

enum { LEFT = 3, KEYS_WIDTH = 22 };

/* A page that is longer than the screen: lines are counted and scrolled. */
struct sheet {
    const struct canvas *canvas;
    int top;    /* first row */
    int rows;   /* that can be seen */
    int scroll; /* lines above the first row */
    int line;   /* next one */
};

static struct sheet open_sheet(const struct canvas *canvas, int lines)
{
    struct sheet sheet = {
        .canvas = canvas,
        .top = 2,
        .rows = canvas->screen->height - 2 - 2,
        .scroll = canvas->model->scroll,
    };

    if (sheet.scroll > lines - sheet.rows)
        sheet.scroll = lines - sheet.rows;
    if (sheet.scroll < 0)
        sheet.scroll = 0;
    return sheet;
}

/* The row of the next line; false when it is scrolled out of sight. */
static bool next_row(struct sheet *sheet, int *y)
{
    int at = sheet->line++ - sheet->scroll;

    *y = sheet->top + at;
    return at >= 0 && at < sheet->rows;
}

static void put_line(struct sheet *sheet, enum role role, const char *text)
{
    int y;

    if (next_row(sheet, &y))
        screen_put_cut(sheet->canvas->screen, LEFT, y,
                       sheet->canvas->screen->width - LEFT - 1, role, text);
}

static void put_blank(struct sheet *sheet)
{
    put_line(sheet, ROLE_PLAIN, "");
}

static int text_width(const struct canvas *canvas)
{
    int width = canvas->screen->width - 2 * LEFT;

    return width > 76 ? 76 : width; /* longer lines are hard to read */
}

static void put_text(struct sheet *sheet, enum role role, const char *text)
{
    int width = text_width(sheet->canvas);
    int lines = draw_wrapped(sheet->canvas, 0, 0, width, 0, 0, role, text);

    for (int i = 0; i < lines; i++) {
        int y;

        if (next_row(sheet, &y))
            draw_wrapped(sheet->canvas, LEFT, y, width, i, 1, role, text);
    }
}

static void put_part(struct sheet *sheet, const char *heading, const char *text)
{
    if (text[0] == '\0')
        return;
    if (sheet->line > 0)
        put_blank(sheet);
    put_line(sheet, ROLE_TITLE, heading);
    put_text(sheet, ROLE_PLAIN, text);
}

static const char *recorded(const struct protocol *protocol)
{
    if (!model_journals_hearing(protocol))
        return "Your answers, notes and flags, and when you gave them.";
    return "Your answers, notes and flags, when you gave them, and all that "
           "you play, pause and search: what you heard, when and how often.";
}

static void add_rules(const struct model *model, struct buf *out)
{
    const struct protocol_playback *playback = &model->protocol->playback;

    if (playback->must_hear_all)
        buf_add_text(out, "Each item is heard to its end before it is handed "
                          "in. ");
    if (playback->max_replays == 0)
        buf_add_text(out, "Each item can be heard once. ");
    else if (playback->max_replays > 0)
        buf_addf(out, "Each item can be heard %d times. ",
                 playback->max_replays + 1);
    if (!model->protocol->revise)
        buf_add_text(out, "What is handed in cannot be changed. ");
    buf_add_text(out, "You can stop at any time: every answer is kept as soon "
                      "as it is given. Any item can be skipped; you need not "
                      "bear what distresses you.");
}

static void put_instructions(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;
    const struct protocol *protocol = model->protocol;
    struct buf rules = { 0 };

    put_part(sheet, "Please note",
             model_text(model, &protocol->content_warning));
    put_part(sheet, "Your task", model_text(model, &protocol->instructions));
    add_rules(model, &rules);
    put_part(sheet, "How it goes", buf_text(&rules));
    buf_release(&rules);
    put_part(sheet, "What is recorded", recorded(protocol));
    put_part(sheet, "What it is for", model_text(model, &protocol->purpose));
    put_part(sheet, "Your consent", model_text(model, &protocol->consent));
}

static void put_help(struct sheet *sheet)
{
    const struct canvas *canvas = sheet->canvas;
    const char *group = "";

    put_text(sheet, ROLE_PLAIN,
             "The keys of the answers stand beside them. Besides these:");
    for (int i = 1; i < ACTION_COUNT; i++) {
        enum action action = (enum action)i;
        struct buf keys = { 0 };
        int y;

        if (strcmp(group, action_group(action)) != 0) {
            group = action_group(action);
            put_blank(sheet);
            put_line(sheet, ROLE_TITLE, group);
        }
        keymap_describe(canvas->model->keymap, action, &keys);
        if (next_row(sheet, &y)) {
            screen_put_cut(canvas->screen, LEFT, y, KEYS_WIDTH, ROLE_KEY,
                           buf_text(&keys));
            screen_put_cut(canvas->screen, LEFT + KEYS_WIDTH + 1, y,
                           canvas->screen->width - LEFT - KEYS_WIDTH - 2,
                           ROLE_PLAIN, action_help(action));
        }
        buf_release(&keys);
    }
}

/* "1 h 25 min", "3 min", "less than a minute". */
static void add_time(struct buf *out, int64_t us)
{
    int64_t minutes = us / 60000000;

    if (minutes >= 60)
        buf_addf(out, "%lld h %lld min", (long long)(minutes / 60),
                 (long long)(minutes % 60));
    else if (minutes >= 1)
        buf_addf(out, "%lld min", (long long)minutes);
    else
        buf_add_text(out, "less than a minute");
}

static void put_fact(struct sheet *sheet, const char *name, struct buf *value)
{
    struct screen *screen = sheet->canvas->screen;
    int y;

    if (next_row(sheet, &y)) {
        screen_put(screen, LEFT, y, KEYS_WIDTH, ROLE_FAINT, name);
        screen_put_cut(screen, LEFT + KEYS_WIDTH + 1, y,
                       screen->width - LEFT - KEYS_WIDTH - 2, ROLE_PLAIN,
                       buf_text(value));
    }
    buf_clear(value);
}

static size_t count_entries(const struct model *model, bool skipped)
{
    size_t count = 0;

    for (size_t i = 0; i < model->count; i++)
        count += skipped ? model->fold.entry[i].skipped
                         : model->fold.entry[i].flagged;
    return count;
}

static void put_progress(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;
    const struct fold_sessions *sessions = &model->fold.sessions;
    size_t done = fold_done_count(&model->fold);
    int64_t active = fold_active_us(&model->fold);
    struct buf value = { 0 };

    put_line(sheet, ROLE_TITLE, "Your progress");
    buf_addf(&value, "%zu of %zu items", done, model->count);
    put_fact(sheet, "done", &value);
    buf_addf(&value, "%zu", count_entries(model, true));
    put_fact(sheet, "of them skipped", &value);
    buf_addf(&value, "%zu", count_entries(model, false));
    put_fact(sheet, "flagged", &value);
    add_time(&value, active);
    buf_addf(&value, " in %zu session%s", sessions->count,
             sessions->count == 1 ? "" : "s");
    put_fact(sheet, "active", &value);
    if (sessions->count > 0) {
        add_time(&value, sessions->item[sessions->count - 1].active_us);
        put_fact(sheet, "in this session", &value);
    }
    if (done >= 5 && done < model->count) {
        buf_add_text(&value, "about ");
        add_time(&value,
                 active / (int64_t)done * (int64_t)(model->count - done));
        put_fact(sheet, "left at this pace", &value);
    }
    put_blank(sheet);
    put_text(sheet, ROLE_PLAIN,
             "Pauses of more than a minute are not counted as work.");
    buf_release(&value);
}

static void put_break(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;
    struct buf text = { 0 };

    put_line(sheet, ROLE_TITLE, "Time for a break");
    buf_addf(&text,
             "You have worked for %d minute%s. Judgements get worse with "
             "tiredness, so please rest your ears for a while. Everything is "
             "kept; you can also stop here and go on another day.",
             model->protocol->break_minutes,
             model->protocol->break_minutes == 1 ? "" : "s");
    put_text(sheet, ROLE_PLAIN, buf_text(&text));
    buf_release(&text);
}

static void put_no_sound(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;

    put_line(sheet, ROLE_TITLE, "There is no sound");
    put_text(sheet, ROLE_PLAIN, model->status.text);
    put_blank(sheet);
    put_text(sheet, ROLE_PLAIN,
             "This protocol can be worked on without sound. Go on only if you "
             "do not need to hear the items; that there was no sound is "
             "recorded.");
}

static void put_overlay(struct sheet *sheet, enum overlay overlay)
{
    switch (overlay) {
    case OVERLAY_HELP:
        put_help(sheet);
        break;
    case OVERLAY_PROGRESS:
        put_progress(sheet);
        break;
    case OVERLAY_INSTRUCTIONS:
        put_instructions(sheet);
        break;
    case OVERLAY_BREAK:
        put_break(sheet);
        break;
    case OVERLAY_NO_SOUND:
        put_no_sound(sheet);
        break;
    case OVERLAY_NONE:
        break;
    }
}

/* Lines are counted on a first pass that shows none of them. */
static int count_lines(const struct canvas *canvas,
                       void (*put)(struct sheet *sheet, enum overlay overlay),
                       enum overlay overlay)
{
    struct sheet sheet = { .canvas = canvas, .rows = 0 };

    put(&sheet, overlay);
    return sheet.line;
}

static void draw_sheet(const struct canvas *canvas, enum overlay overlay)
{
    int lines = count_lines(canvas, put_overlay, overlay);
    struct sheet sheet = open_sheet(canvas, lines);

    put_overlay(&sheet, overlay);
    mark_pane(canvas, 0, sheet.top, canvas->screen->width, sheet.rows,
              PANE_PAGE);
    if (lines > sheet.scroll + sheet.rows &&
        canvas->model->status.text[0] == '\0')
        screen_putf(canvas->screen, LEFT, canvas->screen->height - 2, 40,
                    ROLE_FAINT, "%d more lines",
                    lines - sheet.scroll - sheet.rows);
}

void view_overlay(const struct canvas *canvas)
{
    draw_sheet(canvas, canvas->model->overlay);
}

void view_start(const struct canvas *canvas)
{
    draw_sheet(canvas, OVERLAY_INSTRUCTIONS);
}

int view_hidden(const struct model *model)
{
    struct screen size = { .width = model->width, .height = model->height };
    struct canvas canvas = { .model = model, .screen = &size };
    enum overlay overlay = model->overlay;
    struct sheet sheet;
    int lines;

    if (overlay == OVERLAY_NONE && model->page == PAGE_START)
        overlay = OVERLAY_INSTRUCTIONS; /* the same text */
    if (overlay == OVERLAY_NONE)
        return 0;
    lines = count_lines(&canvas, put_overlay, overlay);
    sheet = open_sheet(&canvas, lines);
    lines -= sheet.scroll + sheet.rows;
    return lines > 0 ? lines : 0;
}

void view_done(const struct canvas *canvas)
{
    const struct model *model = canvas->model;
    struct sheet sheet = open_sheet(canvas, 0);
    char back[KEY_NAME_SIZE];
    struct buf text = { 0 };

    put_line(&sheet, ROLE_TITLE, "All items are done. Thank you!");
    put_blank(&sheet);
    buf_addf(&text,
             "Everything is kept. Whoever leads the project collects it from "
             "here; there is nothing to save or send.");
    put_text(&sheet, ROLE_PLAIN, buf_text(&text));
    if (model->protocol->revise && model->count > 0) {
        buf_clear(&text);
        buf_addf(&text, "%s goes back to revise the last item.",
                 draw_key(canvas, ACTION_BACK, back));
        put_blank(&sheet);
        put_text(&sheet, ROLE_PLAIN, buf_text(&text));
    }
    put_blank(&sheet);
    put_progress(&sheet);
    buf_release(&text);
}
