/*
 * view_page - whole pages of text: the start, the end, help, progress.
 */
#include <config.h>

#include <string.h>

#include "annotate/view/view.h"
#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/vec.h"

enum { LEFT = SHEET_LEFT, KEYS_WIDTH = 22 };

static void put_part(struct sheet *sheet, const char *heading, const char *text)
{
    if (text[0] == '\0')
        return;
    if (sheet->line > 0)
        sheet_blank(sheet);
    sheet_line(sheet, ROLE_TITLE, heading);
    sheet_text(sheet, ROLE_PLAIN, text);
}

static const char *recorded(const struct protocol *protocol)
{
    if (protocol->record == RECORD_FULL)
        return "Everything you do while an item is open: your answers, notes "
               "and flags, all that you play, pause and search, each key that "
               "you press and how long you wait before it. What you write is "
               "kept once, as what you wrote.";
    if (!protocol_journals_hearing(protocol))
        return "Your answers, notes and flags, and when you gave them.";
    return "Your answers, notes and flags, when you gave them, and all that "
           "you play, pause and search: what you heard, when and how often.";
}

/* What is open about how the study is run; gold and repeats are not. */
static void add_conduct(const struct model *model, struct buf *out)
{
    const struct conduct *conduct = &model->protocol->conduct;

    if (study_in_practice(model))
        buf_addf(out,
                 "It begins with %zu items of practice: after each you "
                 "are told what is right. ",
                 model_total(model));
    if (conduct->session_minutes > 0)
        buf_addf(out, "A session lasts %g minutes at most. ",
                 conduct->session_minutes);
    if (conduct->day_minutes > 0)
        buf_addf(out, "In a day you work %g minutes at most. ",
                 conduct->day_minutes);
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
    add_conduct(model, out);
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

static void put_mouse(struct sheet *sheet)
{
    static const char *const deeds[][2] = {
        { "click", "answer; a time line: go there" },
        { "drag", "a time line: select; a mark: move its edge" },
        { "wheel", "a time line: zoom there; a text or a page: scroll" },
        { "Shift wheel", "a time line: move the window" },
    };
    int y;

    sheet_blank(sheet);
    sheet_line(sheet, ROLE_TITLE, "With a mouse, where there is one");
    for (size_t i = 0; i < LENGTH_OF(deeds); i++) {
        if (!sheet_row(sheet, &y))
            continue;
        screen_put_cut(sheet->canvas->screen, LEFT, y, KEYS_WIDTH, ROLE_KEY,
                       deeds[i][0]);
        screen_put_cut(sheet->canvas->screen, LEFT + KEYS_WIDTH + 1, y,
                       sheet->canvas->screen->width - LEFT - KEYS_WIDTH - 2,
                       ROLE_PLAIN, deeds[i][1]);
    }
}

static void put_help(struct sheet *sheet)
{
    const struct canvas *canvas = sheet->canvas;
    const char *group = "";

    sheet_text(sheet, ROLE_PLAIN,
               "The keys of the answers stand beside them. Besides these:");
    for (int i = 1; i < ACTION_COUNT; i++) {
        enum action action = (enum action)i;
        struct buf keys = { 0 };
        int y;

        if (strcmp(group, action_group(action)) != 0) {
            group = action_group(action);
            sheet_blank(sheet);
            sheet_line(sheet, ROLE_TITLE, group);
        }
        keymap_describe(canvas->model->keymap, action, &keys);
        if (sheet_row(sheet, &y)) {
            screen_put_cut(canvas->screen, LEFT, y, KEYS_WIDTH, ROLE_KEY,
                           buf_text(&keys));
            screen_put_cut(canvas->screen, LEFT + KEYS_WIDTH + 1, y,
                           canvas->screen->width - LEFT - KEYS_WIDTH - 2,
                           ROLE_PLAIN, action_help(action));
        }
        buf_release(&keys);
    }
    put_mouse(sheet);
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

    if (sheet_row(sheet, &y)) {
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
    size_t done = model_total_done(model);
    size_t total = model_total(model);
    int64_t active = fold_active_us(&model->fold);
    struct buf value = { 0 };

    sheet_line(sheet, ROLE_TITLE, "Your progress");
    buf_addf(&value, "%zu of %zu items", done, total);
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
    if (done >= 5 && done < total) {
        buf_add_text(&value, "about ");
        add_time(&value, active / (int64_t)done * (int64_t)(total - done));
        put_fact(sheet, "left at this pace", &value);
    }
    sheet_blank(sheet);
    sheet_text(sheet, ROLE_PLAIN,
               "Pauses of more than a minute are not counted as work.");
    buf_release(&value);
}

static void put_no_sound(struct sheet *sheet)
{
    const struct model *model = sheet->canvas->model;

    sheet_line(sheet, ROLE_TITLE, "There is no sound");
    sheet_text(sheet, ROLE_PLAIN, model->status.text);
    sheet_blank(sheet);
    sheet_text(
        sheet, ROLE_PLAIN,
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
        view_break(sheet);
        break;
    case OVERLAY_NO_SOUND:
        put_no_sound(sheet);
        break;
    case OVERLAY_FEEDBACK:
        view_feedback(sheet);
        break;
    case OVERLAY_PRACTICE:
        view_practice(sheet);
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
    struct sheet sheet = sheet_open(canvas, lines);

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
    sheet = sheet_open(&canvas, lines);
    lines -= sheet.scroll + sheet.rows;
    return lines > 0 ? lines : 0;
}

void view_done(const struct canvas *canvas)
{
    const struct model *model = canvas->model;
    struct sheet sheet = sheet_open(canvas, 0);
    char back[KEY_NAME_SIZE];
    struct buf text = { 0 };

    sheet_line(&sheet, ROLE_TITLE, "All items are done. Thank you!");
    sheet_blank(&sheet);
    buf_addf(&text,
             "Everything is kept. Whoever leads the project collects it from "
             "here; there is nothing to save or send.");
    sheet_text(&sheet, ROLE_PLAIN, buf_text(&text));
    if (model->protocol->revise && model->count > 0) {
        buf_clear(&text);
        buf_addf(&text, "%s goes back to revise the last item.",
                 draw_key(canvas, ACTION_BACK, back));
        sheet_blank(&sheet);
        sheet_text(&sheet, ROLE_PLAIN, buf_text(&text));
    }
    sheet_blank(&sheet);
    put_progress(&sheet);
    buf_release(&text);
}
