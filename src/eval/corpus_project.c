/* corpus_project - items, decisions and, when asked for, persons, joined. */
#include <config.h>

#include "eval/corpus_project.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/log.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/file/json.h"
#include "common/store/snapshot.h"

struct joining {
    const struct corpus_project *how;
    struct project *project; /* owned */
    struct people *people;   /* owned; NULL: none are joined */
    struct snapshot snapshot;
    struct truth_lines lines;
    struct columns *table; /* the caller's */
    struct intern ids;     /* by number: the row */
    struct intern all;     /* the ids of pairs, too */
    size_t pairs;          /* that have no row */
    struct text_list questions;
};

static const char *const fixed[] = { "id",  "file",    "start",
                                     "end", "speaker", NULL };

/* The column of that name, made where it is not there. */
static size_t column(struct columns *table, const char *name)
{
    int at = columns_find(table, name);

    return at >= 0 ? (size_t)at : columns_add(table, name);
}

static const char *text_of(const struct json *root, const char *key)
{
    const char *text = json_text(json_member(root, key));

    return text ? text : "";
}

/* What a corpus said of an item gives way to a question of the same name. */
static char *attribute_name(const struct joining *join, const char *name)
{
    bool taken = text_list_has(&join->questions, name);

    for (size_t c = 0; fixed[c]; c++)
        taken = taken || text_equal(fixed[c], name);
    return taken ? xasprintf("reference_%s", name) : xstrdup(name);
}

/*
 * Two items that were compared: no file, and an id of two ids.  What was
 * decided of them is true of neither, and they have no place in a corpus.
 */
static bool is_pair(const struct joining *join, const struct json *root)
{
    const char *id = text_of(root, "id");
    bool found = false;

    if (*text_of(root, "file"))
        return false;
    for (const char *at = strchr(id, '~'); at && !found;
         at = strchr(at + 1, '~')) {
        char *first = xstrndup(id, (size_t)(at - id));

        found = intern_find(&join->all, first) >= 0 &&
                intern_find(&join->all, at + 1) >= 0;
        free(first);
    }
    return found;
}

static bool put_people(struct joining *join, size_t row, const char *speaker,
                       const char *digest, struct error *err)
{
    for (size_t c = 0; join->people && c < join->how->people->count; c++) {
        const char *name = join->how->people->item[c];
        char *value = NULL;
        bool good = true;

        if (*speaker && digest)
            good = people_get_frozen(join->people, PEOPLE_SPEAKER, speaker,
                                     digest, name, &value, err);
        else if (*speaker && !join->how->snapshot)
            good = people_get(join->people, PEOPLE_SPEAKER, speaker, name,
                              &value, err);
        if (!good)
            return false;
        columns_set(join->table, row, column(join->table, name),
                    value ? value : "");
        free(value);
    }
    return true;
}

/* A speaker's digest in the snapshot, the caller's; NULL: none. */
static char *digest_of(const struct joining *join, const char *speaker)
{
    for (size_t i = join->lines.count; i-- > 0;) {
        const struct truth_line *line = &join->lines.item[i];
        struct json_document *document;
        struct error err;
        char *digest;

        if (line->kind != TRUTH_PERSON && line->kind != TRUTH_ERASED)
            break;
        if (line->kind == TRUTH_ERASED || !text_equal(line->speaker, speaker))
            continue;
        document = json_parse(line->body, strlen(line->body), "person", &err);
        if (!document)
            return NULL;
        digest = xstrdup(text_of(json_root(document), "digest"));
        json_free(document);
        return digest;
    }
    return NULL;
}

static void put_time(struct columns *table, size_t row, const char *name,
                     const struct json *node)
{
    char text[NUMBER_TEXT_SIZE];
    double us = json_value(node, -1);

    if (us >= 0)
        columns_set(table, row, column(table, name),
                    number_format_seconds((int64_t)us, text));
}

static bool put_item(struct joining *join, const struct json *root,
                     struct error *err)
{
    struct columns *table = join->table;
    const char *speaker = text_of(root, "speaker");
    const struct json *attributes = json_member(root, "attributes");
    size_t row = columns_add_row(table);
    bool part = json_value(json_member(root, "end_us"), -1) >= 0;
    char *digest = NULL;
    bool good;

    intern_add(&join->ids, text_of(root, "id"));
    columns_set(table, row, column(table, "id"), text_of(root, "id"));
    columns_set(table, row, column(table, "file"), text_of(root, "file"));
    columns_set(table, row, column(table, "speaker"), speaker);
    if (part) {
        put_time(table, row, "start", json_member(root, "start_us"));
        put_time(table, row, "end", json_member(root, "end_us"));
    }
    for (const struct json *it = json_first(attributes); it;
         it = json_next(it)) {
        char *name = attribute_name(join, json_key(it));

        columns_set(table, row, column(table, name),
                    json_text(it) ? json_text(it) : "");
        free(name);
    }
    if (join->people && join->how->snapshot)
        digest = digest_of(join, speaker);
    good = put_people(join, row, speaker, digest, err);
    free(digest);
    return good;
}

static void put_shares(struct joining *join, const char *question, size_t row,
                       const struct json *answers)
{
    double sum = 0;

    for (const struct json *it = json_first(answers); it; it = json_next(it))
        if (*json_key(it) != '@')
            sum += json_value(it, 0);
    for (const struct json *it = json_first(answers); it; it = json_next(it)) {
        char *name = xasprintf("%s:%s", question, json_key(it));
        double number;

        /* A scale has a mean, not a distribution over its points. */
        if (*json_key(it) != '@' && !number_parse(json_key(it), &number))
            columns_set_number(join->table, row, column(join->table, name),
                               json_value(it, 0) / sum);
        free(name);
    }
}

/* What is one value an item; marks and traces are tables of their own. */
static bool is_value(const struct json *root)
{
    return !text_equal(text_of(root, "type"), "segments") &&
           !text_equal(text_of(root, "type"), "trace");
}

/* A point of a grid: two numbers, NAME.x and NAME.y. */
static void put_point(struct joining *join, size_t row, const char *question,
                      const char *value)
{
    const char *comma = strchr(value, ',');

    for (int axis = 0; axis < 2; axis++) {
        char *name = xasprintf("%s.%c", question, "xy"[axis]);
        size_t at = column(join->table, name);
        char *part = !comma      ? xstrdup(value)
                     : axis == 0 ? xstrndup(value, (size_t)(comma - value))
                                 : xstrdup(comma + 1);

        columns_set(join->table, row, at, part);
        free(part);
        free(name);
    }
}

static void put_case(struct joining *join, const struct json *root)
{
    const char *question = text_of(root, "question");
    long row = intern_find(&join->ids, text_of(root, "item"));

    if (row < 0 || !is_value(root))
        return;
    if (text_equal(text_of(root, "type"), "grid")) {
        put_point(join, (size_t)row, question, text_of(root, "value"));
        return;
    }
    columns_set(join->table, (size_t)row, column(join->table, question),
                text_of(root, "value"));
    if (join->how->soft)
        put_shares(join, question, (size_t)row, json_member(root, "answers"));
}

/* Labels that nobody gave an item have a share of 0, where anybody judged. */
static void fill_shares(struct joining *join)
{
    for (size_t c = 0; c < columns_count(join->table); c++) {
        const char *name = columns_name(join->table, c);
        const char *colon = strchr(name, ':');

        for (size_t row = 0; colon && row < columns_rows(join->table); row++) {
            bool judged = false;

            for (size_t d = 0; d < columns_count(join->table); d++)
                judged = judged || (strncmp(columns_name(join->table, d), name,
                                            (size_t)(colon - name) + 1) == 0 &&
                                    !columns_missing(join->table, row, d));
            if (judged && columns_missing(join->table, row, c))
                columns_set(join->table, row, c, "0");
        }
    }
}

static void put_protocol(struct joining *join, const struct json *root)
{
    char *name =
        xasprintf("%s %s", text_of(root, "name"), text_of(root, "version"));

    columns_set_note(join->table, "protocol", name);
    columns_set_note(join->table, "protocol_sha256", text_of(root, "sha256"));
    free(name);
}

static bool put_line(struct joining *join, const struct truth_line *line,
                     struct error *err)
{
    struct json_document *document =
        json_parse(line->body, strlen(line->body), "a line", err);
    bool good = true;

    if (!document)
        return false;
    if (line->kind == TRUTH_PROTOCOL)
        put_protocol(join, json_root(document));
    else if (line->kind == TRUTH_ITEM && is_pair(join, json_root(document)))
        join->pairs++;
    else if (line->kind == TRUTH_ITEM)
        good = put_item(join, json_root(document), err);
    else
        put_case(join, json_root(document));
    json_free(document);
    return good;
}

/* Names of questions and items, before attributes and pairs are told. */
static bool read_names(struct joining *join, struct error *err)
{
    for (size_t i = 0; i < join->lines.count; i++) {
        const struct truth_line *line = &join->lines.item[i];
        struct json_document *document;

        if (line->kind != TRUTH_CASE && line->kind != TRUTH_ITEM)
            continue;
        document = json_parse(line->body, strlen(line->body), "a line", err);
        if (!document)
            return false;
        if (line->kind == TRUTH_ITEM)
            intern_add(&join->all, text_of(json_root(document), "id"));
        else if (!text_list_has(&join->questions,
                                text_of(json_root(document), "question")))
            text_list_add(&join->questions,
                          text_of(json_root(document), "question"));
        json_free(document);
    }
    return true;
}

static bool join_all(struct joining *join, struct error *err)
{
    if (!read_names(join, err))
        return false;
    for (size_t c = 0; fixed[c]; c++)
        columns_add(join->table, fixed[c]);
    if (join->how->snapshot) {
        columns_set_note(join->table, "snapshot", join->how->snapshot);
        columns_set_note(join->table, "snapshot_sha256", join->snapshot.sha256);
    }
    for (size_t i = 0; i < join->lines.count; i++) {
        const struct truth_line *line = &join->lines.item[i];

        if ((line->kind == TRUTH_PROTOCOL || line->kind == TRUTH_ITEM ||
             line->kind == TRUTH_CASE) &&
            !put_line(join, line, err))
            return false;
    }
    if (join->how->soft)
        fill_shares(join);
    if (join->pairs > 0)
        log_warning("%zu pairs have no row: what was said of two is true of "
                    "neither; `mien-annotate export' writes it, and "
                    "`mien-eval rank' makes a scale of it",
                    join->pairs);
    return columns_rows(join->table) > 0 ||
           error_set(err, ERROR_INPUT, "%s: the project has no items",
                     join->how->folder);
}

static bool load(struct joining *join, struct error *err)
{
    char *file = path_join(join->how->folder, "mien.db");
    bool there = path_is_file(file);

    free(file);
    if (!there)
        return error_set(err, ERROR_INPUT,
                         "%s: no project (it has no mien.db); --project names "
                         "the folder that `mien-annotate init' made",
                         join->how->folder);
    join->project = project_open(join->how->folder, false, err);
    if (!join->project)
        return false;
    if (join->how->people->count > 0) {
        join->people = people_open(join->how->folder, false, err);
        if (!join->people)
            return false;
    }
    if (join->how->snapshot)
        return snapshot_load(join->project, join->how->snapshot,
                             &join->snapshot, &join->lines, err);
    return truth_gather_items(join->project, &join->lines, err) &&
           truth_gather_cases(join->project, &join->lines, err);
}

struct columns *corpus_project(const struct corpus_project *how,
                               struct error *err)
{
    struct joining join = { .how = how, .table = columns_new() };

    if (!load(&join, err) || !join_all(&join, err)) {
        columns_free(join.table);
        join.table = NULL;
    }
    snapshot_release(&join.snapshot);
    truth_release(&join.lines);
    intern_release(&join.ids);
    intern_release(&join.all);
    text_list_release(&join.questions);
    people_close(join.people);
    project_close(join.project);
    return join.table;
}
