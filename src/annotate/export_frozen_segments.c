/* export_frozen_segments - the marks of a snapshot, line by line. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/export_frozen.h"
#include "common/base/intern.h"
#include "common/base/vec.h"

/* Who was asked a question of segments about an item. */
struct asked {
    struct export_mark mark; /* without a segment */
    bool *marked;            /* owned; tiers that have a mark */
    bool none;               /* answered that there is nothing */
};

struct reading {
    struct project *project;
    struct export_segments *all;
    struct intern items, keys; /* `keys` of what was asked */
    int64_t *lasts_us;         /* owned; of the items; -1: unknown */
    struct {
        struct asked *item; /* owned */
        size_t count, capacity;
    } asked;
};

/* One line, as it is looked at. */
struct line {
    const struct json_document *document;
    const struct json *root;
};

static bool take(const struct line *line, const char *key, const char **text,
                 struct error *err)
{
    return json_need_text(line->document, line->root, key, text, err);
}

static char *keep(struct reading *reading, const char *text)
{
    return arena_strdup(&reading->all->texts, text);
}

/* NULL with `err` clear: of another type. */
static const struct question *question_of(const struct reading *reading,
                                          const char *id, size_t *order)
{
    const struct protocol *protocol = reading->all->rows.protocol;

    for (size_t q = 0; q < protocol->question_count; q++)
        if (text_equal(protocol->question[q].id, id) &&
            protocol->question[q].type == QUESTION_SEGMENTS) {
            *order = q;
            return &protocol->question[q];
        }
    return NULL;
}

/* What was asked, found or made; SIZE_MAX: nothing about segments. */
static bool find_asked(struct reading *reading, const struct line *line,
                       size_t *at, struct error *err)
{
    struct asked one = { 0 };
    const char *item, *annotator, *question, *role;
    struct export_mark *mark = &one.mark;
    struct buf key = { 0 };
    long known;

    *at = SIZE_MAX;
    if (!take(line, "item", &item, err) ||
        !take(line, "annotator", &annotator, err) ||
        !take(line, "question", &question, err) ||
        !take(line, "role", &role, err) ||
        !json_need_int(line->document, line->root, "bundle", &mark->bundle,
                       err) ||
        !json_need_int(line->document, line->root, "position", &mark->position,
                       err))
        return false;
    mark->question = question_of(reading, question, &mark->question_order);
    if (!mark->question)
        return true;
    buf_addf(&key, "%s\n%s\n%lld\n%lld\n%s", item, annotator,
             (long long)mark->bundle, (long long)mark->position, question);
    *at = intern_add(&reading->keys, buf_text(&key));
    buf_release(&key);
    if (*at < reading->asked.count)
        return true;
    mark->item = keep(reading, item);
    mark->annotator = keep(reading, annotator);
    mark->role = keep(reading, role);
    mark->answer = "";
    known = intern_find(&reading->items, item);
    mark->lasts_us = known < 0 ? -1 : reading->lasts_us[known];
    one.marked = xcalloc(mark->question->tier_count + 1, sizeof(*one.marked));
    VEC_PUSH(&reading->asked, one);
    return true;
}

static void take_attributes(struct reading *reading, const struct json *object,
                            struct segment_values *values)
{
    size_t count = json_count(object);

    values->item =
        arena_alloc(&reading->all->texts, (count + 1) * sizeof(*values->item));
    for (const struct json *it = json_first(object); it; it = json_next(it)) {
        struct segment_value *to = &values->item[values->count++];

        to->attribute = keep(reading, json_key(it));
        to->value = keep(reading, json_text(it) ? json_text(it) : "");
    }
}

static bool read_segment(struct reading *reading, const struct line *line,
                         struct segment *out, struct error *err)
{
    const struct json *end = json_member(line->root, "end_us");
    const char *id, *label, *note, *tier;

    if (!take(line, "id", &id, err) || !take(line, "label", &label, err) ||
        !take(line, "note", &note, err) || !take(line, "tier", &tier, err) ||
        !json_need_int(line->document, line->root, "start_us", &out->from_us,
                       err))
        return false;
    if (!hash_from_hex(id, out->id, EVENT_HASH_SIZE))
        return json_fail(line->document, json_member(line->root, "id"), err,
                         "expected a hash in hex");
    out->to_us = SEGMENT_RUNS;
    if (end && json_kind(end) != JSON_NULL &&
        !json_need_int(line->document, line->root, "end_us", &out->to_us, err))
        return false;
    if (!json_want_int(line->document, line->root, "start_sd_us",
                       &out->from_sd_us, err) ||
        !json_want_int(line->document, line->root, "end_sd_us", &out->to_sd_us,
                       err))
        return false;
    out->label = keep(reading, label);
    out->note = keep(reading, note);
    out->tier = keep(reading, tier);
    take_attributes(reading, json_member(line->root, "attributes"),
                    &out->values);
    return true;
}

static bool add_mark(struct reading *reading, const struct line *line,
                     struct error *err)
{
    struct export_segments *all = reading->all;
    struct segment *segment = arena_alloc(&all->texts, sizeof(*segment));
    struct export_mark mark;
    struct asked *asked;
    size_t at;

    if (!find_asked(reading, line, &at, err) ||
        !read_segment(reading, line, segment, err))
        return false;
    if (at == SIZE_MAX)
        return error_set(err, ERROR_INPUT,
                         "a mark of the snapshot has no question in its "
                         "protocol");
    asked = &reading->asked.item[at];
    mark = asked->mark;
    mark.segment = segment;
    mark.tier = segment->tier;
    for (size_t t = 0; t < mark.question->tier_count; t++)
        if (text_equal(mark.question->tier[t].id, segment->tier)) {
            mark.order = t;
            asked->marked[t] = true;
        }
    if (segment_runs(segment))
        all->running++;
    else
        VEC_PUSH(all, mark);
    return true;
}

/* A row of the answers: that there is nothing to mark, or why not. */
static bool add_answer(struct reading *reading, const struct line *line,
                       struct error *err)
{
    const char *value = json_text(json_member(line->root, "value"));
    size_t at;

    if (!value || *value != '@')
        return true;
    if (!find_asked(reading, line, &at, err))
        return false;
    if (at == SIZE_MAX)
        return true;
    reading->asked.item[at].mark.answer = keep(reading, value);
    reading->asked.item[at].none = text_equal(value, answer_name(ANSWER_NONE));
    return true;
}

static bool add_item(struct reading *reading, const struct line *line,
                     size_t at, struct error *err)
{
    int64_t start_us, end_us;
    const char *id, *file;

    if (!take(line, "id", &id, err) || !take(line, "file", &file, err) ||
        !json_need_int(line->document, line->root, "start_us", &start_us,
                       err) ||
        !json_need_int(line->document, line->root, "end_us", &end_us, err))
        return false;
    if (intern_add(&reading->items, id) != at)
        return error_set(err, ERROR_INPUT, "an item comes twice");
    if (end_us < 0 && *file)
        end_us = export_medium_us(project_folder(reading->project), file);
    reading->lasts_us[at] = end_us < 0 ? -1 : end_us - start_us;
    return true;
}

static bool read_lines(struct reading *reading, const struct frozen *frozen,
                       enum truth_kind kind, struct error *err)
{
    size_t n = 0;
    bool good = true;

    for (size_t i = 0; good && i < frozen->lines.count; i++) {
        const struct truth_line *it = &frozen->lines.item[i];
        struct json_document *document;
        struct line line;

        if (it->kind != kind)
            continue;
        document = json_parse(it->body, strlen(it->body), "a line", err);
        if (!document)
            return false;
        line = (struct line){ document, json_root(document) };
        good = kind == TRUTH_ITEM   ? add_item(reading, &line, n, err)
               : kind == TRUTH_MARK ? add_mark(reading, &line, err)
                                    : add_answer(reading, &line, err);
        n++;
        json_free(document);
    }
    return good;
}

/* Tiers on which somebody marked nothing; see export_segments.c. */
static void add_empty(struct reading *reading, const struct asked *asked)
{
    bool any = asked->none;

    for (size_t t = 0; t < asked->mark.question->tier_count; t++)
        any = any || asked->marked[t];
    for (size_t t = 0; any && t < asked->mark.question->tier_count; t++) {
        struct export_mark mark = asked->mark;

        if (asked->marked[t])
            continue;
        mark.order = t;
        mark.tier = asked->mark.question->tier[t].id;
        VEC_PUSH(reading->all, mark);
    }
}

bool export_frozen_segments(struct project *project,
                            const struct frozen *frozen,
                            struct export_segments *all, struct error *err)
{
    struct reading reading = { .project = project, .all = all };
    bool good;

    memset(all, 0, sizeof(*all));
    all->rows.protocol = export_frozen_protocol(project, frozen, err);
    reading.lasts_us =
        xcalloc(frozen->lines.count + 1, sizeof(*reading.lasts_us));
    good = all->rows.protocol &&
           read_lines(&reading, frozen, TRUTH_ITEM, err) &&
           read_lines(&reading, frozen, TRUTH_LABEL, err) &&
           read_lines(&reading, frozen, TRUTH_MARK, err);
    for (size_t i = 0; i < reading.asked.count; i++) {
        if (good)
            add_empty(&reading, &reading.asked.item[i]);
        free(reading.asked.item[i].marked);
    }
    export_segments_sort(all);
    intern_release(&reading.items);
    intern_release(&reading.keys);
    free(reading.lasts_us);
    free(reading.asked.item);
    return good;
}
