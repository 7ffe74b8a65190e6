/* export_truth - lines of a state as tables. */
#include <config.h>

#include "annotate/export_truth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/export_drawn.h"
#include "annotate/export_frozen.h"
#include "common/base/number.h"
#include "common/file/columns.h"

static const char *const consensus_columns[] = { "item",  "question", "value",
                                                 "state", "rule",     "share",
                                                 "by",    "why",      "fit",
                                                 NULL };
static const char *const soft_columns[] = { "item",  "question", "label",
                                            "share", "answers",  NULL };

static bool is_drawn(enum export_what what)
{
    return what == EXPORT_MARKS || what == EXPORT_CURVES;
}

static const char *const *columns_of(enum export_what what)
{
    return is_drawn(what)             ? export_drawn_columns(what)
           : what == EXPORT_LABELS    ? export_columns
           : what == EXPORT_CONSENSUS ? consensus_columns
                                      : soft_columns;
}

/* A member as a cell: lists with "|" between, yes as 1, no as 0. */
static void put_cell(struct columns *table, size_t row, size_t column,
                     const struct json *node)
{
    struct buf text = { 0 };

    if (!node || json_kind(node) == JSON_NULL)
        return;
    switch (json_kind(node)) {
    case JSON_NUMBER:
        columns_set_number(table, row, column, json_value(node, 0));
        break;
    case JSON_BOOL:
        columns_set(table, row, column, json_truth(node, false) ? "1" : "0");
        break;
    case JSON_ARRAY:
        for (const struct json *it = json_first(node); it; it = json_next(it))
            buf_addf(&text, "%s%s", it == json_first(node) ? "" : "|",
                     json_text(it) ? json_text(it) : "");
        columns_set(table, row, column, buf_text(&text));
        buf_release(&text);
        break;
    default:
        columns_set(table, row, column, json_text(node) ? json_text(node) : "");
    }
}

/* Whom the extra columns are about. */
static const char *const about[] = { "speaker", "annotator" };

static bool concerns(enum export_what what, size_t who)
{
    return (who == 0 && !is_drawn(what)) || what == EXPORT_LABELS;
}

static size_t add_people_columns(const struct export_truth *export,
                                 enum export_what what, struct columns *table)
{
    size_t first = columns_count(table);

    for (size_t who = 0; export->people && who < 2; who++)
        for (size_t c = 0; concerns(what, who) && c < export->columns->count;
             c++) {
            char *name =
                xasprintf("%s_%s", about[who], export->columns->item[c]);

            columns_add(table, name);
            free(name);
        }
    return first;
}

/* The digest under which a person's attributes were frozen. */
static char *digest_of(const struct frozen *frozen, size_t who,
                       const char *alias)
{
    char *digest = NULL;

    /* Persons stand at the end. */
    for (size_t i = frozen->lines.count; !digest && i-- > 0;) {
        const struct truth_line *line = &frozen->lines.item[i];
        struct json_document *document;
        struct error err;

        if (line->kind != TRUTH_PERSON && line->kind != TRUTH_ERASED)
            break;
        if (line->kind != TRUTH_PERSON ||
            !text_equal(who == 0 ? line->speaker : line->annotator, alias))
            continue;
        document = json_parse(line->body, strlen(line->body), "person", &err);
        if (document)
            digest =
                xstrdup(json_text(json_member(json_root(document), "digest")));
        json_free(document);
    }
    return digest;
}

static bool person_value(const struct export_truth *export, size_t who,
                         const char *alias, const char *column, char **value,
                         struct error *err)
{
    enum people_kind kind = who == 0 ? PEOPLE_SPEAKER : PEOPLE_ANNOTATOR;
    char *digest;
    bool good;

    *value = NULL;
    if (!*alias)
        return true;
    if (!export->frozen->snapshot.name)
        return people_get(export->people, kind, alias, column, value, err);
    digest = digest_of(export->frozen, who, alias);
    good = !digest || people_get_frozen(export->people, kind, alias, digest,
                                        column, value, err);
    free(digest);
    return good;
}

static bool put_people(const struct export_truth *export, enum export_what what,
                       const struct truth_line *line, struct columns *table,
                       size_t row, size_t first, struct error *err)
{
    for (size_t who = 0; export->people && who < 2; who++)
        for (size_t c = 0; concerns(what, who) && c < export->columns->count;
             c++) {
            char *value;

            if (!person_value(export, who,
                              who == 0 ? line->speaker : line->annotator,
                              export->columns->item[c], &value, err))
                return false;
            if (value)
                columns_set(table, row, first++, value);
            else
                first++;
            free(value);
        }
    return true;
}

static enum truth_kind kind_of(enum export_what what)
{
    return what == EXPORT_LABELS ? TRUTH_LABEL : TRUTH_CASE;
}

static const char *const consensus_pair_columns[] = { "first", "second",
                                                      "chosen", NULL };
static const char *const soft_pair_columns[] = { "first", "second", NULL };

/* The columns that pairs have besides: the first line tells if it is one. */
static void add_pair_columns(const struct export_truth *export,
                             enum export_what what, struct columns *table)
{
    const char *const *names = what == EXPORT_LABELS ? export_pair_columns
                               : what == EXPORT_SOFT ? soft_pair_columns
                                                     : consensus_pair_columns;
    const struct frozen *frozen = export->frozen;
    struct json_document *document = NULL;
    struct error err;

    for (size_t i = 0; !is_drawn(what) && i < frozen->lines.count; i++) {
        const char *body = frozen->lines.item[i].body;

        if (frozen->lines.item[i].kind != kind_of(what))
            continue;
        document = json_parse(body, strlen(body), "a line", &err);
        break;
    }
    if (document && json_member(json_root(document), "first"))
        for (size_t c = 0; names[c]; c++)
            columns_add(table, names[c]);
    json_free(document);
}

/* Shares of what was answered, reserved answers left out. */
static bool put_shares(const struct export_truth *export,
                       const struct truth_line *line, const struct json *root,
                       struct columns *table, size_t first, struct error *err)
{
    const struct json *answers = json_member(root, "answers");
    double sum = 0;

    for (const struct json *it = json_first(answers); it; it = json_next(it))
        if (*json_key(it) != '@')
            sum += json_value(it, 0);
    for (const struct json *it = json_first(answers); it; it = json_next(it)) {
        size_t row;

        if (*json_key(it) == '@')
            continue;
        row = columns_add_row(table);
        put_cell(table, row, 0, json_member(root, "item"));
        put_cell(table, row, 1, json_member(root, "question"));
        columns_set(table, row, 2, json_key(it));
        columns_set_number(table, row, 3, json_value(it, 0) / sum);
        columns_set_number(table, row, 4, json_value(it, 0));
        for (size_t c = 5; c < first; c++)
            put_cell(table, row, c, json_member(root, columns_name(table, c)));
        if (!put_people(export, EXPORT_SOFT, line, table, row, first, err))
            return false;
    }
    return true;
}

static bool put_line(const struct export_truth *export, enum export_what what,
                     const struct truth_line *line, struct columns *table,
                     size_t first, struct error *err)
{
    struct json_document *document =
        json_parse(line->body, strlen(line->body), "a line", err);
    const struct json *root;
    bool good = true;

    if (!document)
        return false;
    root = json_root(document);
    if (is_drawn(what)) {
        good = export_drawn_rows(what, root, table, err);
    } else if (what == EXPORT_SOFT) {
        good = put_shares(export, line, root, table, first, err);
    } else {
        size_t row = columns_add_row(table);

        for (size_t c = 0; c < first; c++)
            put_cell(table, row, c, json_member(root, columns_name(table, c)));
        good = put_people(export, what, line, table, row, first, err);
    }
    json_free(document);
    return good;
}

static void put_notes(const struct frozen *frozen, struct columns *table)
{
    if (!frozen->snapshot.name)
        return;
    columns_set_note(table, "snapshot", frozen->snapshot.name);
    columns_set_note(table, "snapshot_sha256", frozen->snapshot.sha256);
    if (frozen->snapshot.erased > 0) {
        char *text =
            xasprintf("%zu lines, since it was taken", frozen->snapshot.erased);

        columns_set_note(table, "erased", text);
        free(text);
    }
}

static struct columns *table_of(const struct export_truth *export,
                                enum export_what what, struct error *err)
{
    struct columns *table = columns_new();
    size_t first;

    for (size_t c = 0; columns_of(what)[c]; c++)
        columns_add(table, columns_of(what)[c]);
    add_pair_columns(export, what, table);
    first = add_people_columns(export, what, table);
    put_notes(export->frozen, table);
    for (size_t i = 0; i < export->frozen->lines.count; i++) {
        const struct truth_line *line = &export->frozen->lines.item[i];

        if (line->kind == kind_of(what) &&
            !put_line(export, what, line, table, first, err)) {
            columns_free(table);
            return NULL;
        }
    }
    return table;
}

bool export_truth_has(const struct export_truth *export, enum export_what what)
{
    bool has = !is_drawn(what);

    for (size_t i = 0; !has && i < export->frozen->lines.count; i++) {
        const struct truth_line *line = &export->frozen->lines.item[i];
        struct json_document *document;
        struct error err;

        if (line->kind != TRUTH_CASE)
            continue;
        document = json_parse(line->body, strlen(line->body), "a line", &err);
        has = document && export_drawn_is(what, json_root(document));
        json_free(document);
    }
    return has;
}

bool export_truth_csv(const struct export_truth *export, enum export_what what,
                      struct buf *out, struct error *err)
{
    struct columns *table = table_of(export, what, err);

    if (!table)
        return false;
    columns_print(table, out);
    columns_free(table);
    return true;
}

/* Names of items and persons may look like numbers, and are none. */
static bool is_number(const char *column)
{
    static const char *const names[] = {
        "value",   "share",      "answers",  "intensity",
        "bundle",  "position",   "opened",   "hearings",
        "revised", "reaction_s", "active_s", "heard_to_end",
        "gain_db", "time",       "start",    "end",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (text_equal(names[i], column))
            return true;
    return false;
}

/* A row of the table as an object; numbers as they stand. */
static void put_row(const struct columns *table, size_t row, struct buf *out)
{
    struct json_writer json;

    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    for (size_t c = 0; c < columns_count(table); c++) {
        const char *text = columns_text(table, row, c);
        double value;

        json_put_key(&json, columns_name(table, c));
        if (!*text)
            json_put_null(&json);
        else if (is_number(columns_name(table, c)) &&
                 number_parse(text, &value))
            json_put_number(&json, value);
        else
            json_put_text(&json, text);
    }
    json_end_object(&json);
    buf_add_char(out, '\n');
}

bool export_truth_jsonl(const struct export_truth *export,
                        enum export_what what, struct buf *out,
                        struct error *err)
{
    struct columns *table;

    export_frozen_line(export->frozen, out);
    if (what != EXPORT_SOFT && !is_drawn(what) && !export->people) {
        for (size_t i = 0; i < export->frozen->lines.count; i++)
            if (export->frozen->lines.item[i].kind == kind_of(what))
                buf_addf(out, "%s\n", export->frozen->lines.item[i].body);
        return true;
    }
    table = table_of(export, what, err);
    if (!table)
        return false;
    for (size_t row = 0; row < columns_rows(table); row++)
        put_row(table, row, out);
    columns_free(table);
    return true;
}
