/*
 * corpus_rule - columns and side tables of a dataset descriptor, and the
 * contradictions among them.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/study/corpus_internal.h"

static const char *const column_keys[] = { "from",      "template", "map",
                                           "otherwise", "divide",   "number",
                                           NULL };
static const char *const side_keys[] = { "file",    "separator", "encoding",
                                         "header",  "decimal",   "missing",
                                         "where",   "key",       "match",
                                         "columns", "optional",  NULL };
static const char *const rows_keys[] = { "file",    "separator", "encoding",
                                         "header",  "where",     "path",
                                         "columns", NULL };
static const char *const encoding_names[] = { "utf-8", "latin1", NULL };
static const char *const decimal_names[] = { ".", ",", NULL };

static int by_from(const void *a, const void *b)
{
    return strcmp(((const struct corpus_entry *)a)->from,
                  ((const struct corpus_entry *)b)->from);
}

static void read_map(const struct descriptor *reading, const struct json *node,
                     struct corpus_column *column)
{
    const struct json *map =
        descriptor_member(reading, node, "map", JSON_OBJECT);

    column->has_map = map != NULL;
    column->map = arena_alloc(reading->arena,
                              (json_count(map) + 1) * sizeof(*column->map));
    for (const struct json *entry = json_first(map); entry;
         entry = json_next(entry)) {
        if (!json_text(entry)) {
            descriptor_fault(reading, entry, "is %s, must be a text",
                             json_kind_name(json_kind(entry)));
            continue;
        }
        column->map[column->map_count++] =
            (struct corpus_entry){ json_key(entry), json_text(entry) };
    }
    qsort(column->map, column->map_count, sizeof(*column->map), by_from);
}

static const char *optional_text(const struct descriptor *reading,
                                 const struct json *node, const char *key)
{
    return json_member(node, key) ? descriptor_text(reading, node, key, "")
                                  : NULL;
}

static void check_template(const struct descriptor *reading,
                           const struct json *node, const char *text)
{
    struct buf out = { 0 };

    if (text && !corpus_template_expand(text, NULL, NULL, &out))
        descriptor_fault(reading, node,
                         "has \"%s\" without a closing brace; write {column}, "
                         "or {{ for a brace itself",
                         buf_text(&out));
    buf_release(&out);
}

/* A text is short for {"template": "de"}, in a table for {"from": "Age"}. */
static void read_column(const struct descriptor *reading,
                        const struct json *node, bool side,
                        struct corpus_column *column)
{
    *column = (struct corpus_column){ .name = json_key(node) };
    if (!column->name[0])
        descriptor_fault(reading, node, "a column needs a name");
    if (json_text(node) && side) {
        column->from = json_text(node);
        return;
    }
    if (json_text(node)) {
        column->template_text = json_text(node);
        check_template(reading, node, column->template_text);
        return;
    }
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "is %s, must be a text or {\"from\": \"column\", "
                         "\"map\": {...}}",
                         json_kind_name(json_kind(node)));
        return;
    }
    descriptor_keys(reading, node, column_keys);
    column->from = optional_text(reading, node, "from");
    column->template_text = optional_text(reading, node, "template");
    if (side && column->template_text)
        descriptor_fault_at(reading, node, "template",
                            "is for columns outside tables; make one there "
                            "from this one");
    else if (!column->from == !column->template_text)
        descriptor_fault(reading, node,
                         "must have either \"from\" or \"template\"");
    check_template(reading, node, column->template_text);
    read_map(reading, node, column);
    column->otherwise = optional_text(reading, node, "otherwise");
    if (column->otherwise && !column->has_map)
        descriptor_fault_at(reading, node, "otherwise",
                            "says what to write for values that the \"map\" "
                            "lacks, but there is no map");
    column->divide = optional_text(reading, node, "divide");
    column->number = descriptor_bool(reading, node, "number", false);
}

void corpus_read_columns(const struct descriptor *reading,
                         const struct json *object, bool side,
                         struct corpus_columns *columns)
{
    const struct json *node =
        descriptor_member(reading, object, "columns", JSON_OBJECT);

    columns->item = arena_alloc(reading->arena, (json_count(node) + 1) *
                                                    sizeof(*columns->item));
    for (const struct json *item = json_first(node); item;
         item = json_next(item))
        read_column(reading, item, side, &columns->item[columns->count++]);
}

static void read_where(const struct descriptor *reading,
                       const struct json *object, struct corpus_side *side)
{
    const struct json *node =
        descriptor_member(reading, object, "where", JSON_OBJECT);

    side->where = arena_alloc(reading->arena,
                              (json_count(node) + 1) * sizeof(*side->where));
    for (const struct json *item = json_first(node); item;
         item = json_next(item)) {
        if (json_text(item))
            side->where[side->where_count++] =
                (struct corpus_where){ json_key(item), json_text(item) };
        else
            descriptor_fault(reading, item, "must be a text such as \"1*\"");
    }
}

static void read_form(const struct descriptor *reading, const struct json *node,
                      struct corpus_side *side)
{
    const struct json *member =
        descriptor_member(reading, node, "separator", JSON_STRING);
    const char *separator = member ? json_text(member) : ",";

    side->file = corpus_read_texts(reading, node, "file", &side->file_count);
    if (side->file_count == 0)
        descriptor_fault_at(reading, node, "file",
                            "is missing; name the table's file, relative to "
                            "the corpus folder");
    if (strlen(separator) != 1)
        descriptor_fault_at(reading, node, "separator",
                            "is \"%s\", must be one character: \",\", \";\" "
                            "or \"\\t\"",
                            separator);
    side->options.separator = separator[0];
    side->options.latin1 =
        descriptor_choice(reading, node, "encoding", encoding_names, 0) == 1;
    side->options.no_header = !descriptor_bool(reading, node, "header", true);
    read_where(reading, node, side);
}

void corpus_read_side(const struct descriptor *reading, const struct json *node,
                      bool rows, struct corpus_side *side)
{
    const char *match = rows ? "path" : "match";

    *side = (struct corpus_side){ .key = "" };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"file\": "
                         "\"speakers.csv\", ...}");
        return;
    }
    descriptor_keys(reading, node, rows ? rows_keys : side_keys);
    read_form(reading, node, side);
    side->match = descriptor_text(reading, node, match, NULL);
    check_template(reading, node, side->match);
    if (rows) {
        corpus_read_columns(reading, node, true, &side->columns);
        return;
    }
    side->key = descriptor_text(reading, node, "key", NULL);
    side->decimal_comma =
        descriptor_choice(reading, node, "decimal", decimal_names, 0) == 1;
    side->missing =
        corpus_read_texts(reading, node, "missing", &side->missing_count);
    side->optional = descriptor_bool(reading, node, "optional", false);
    corpus_read_columns(reading, node, true, &side->columns);
    if (side->columns.count == 0)
        descriptor_fault_at(reading, node, "columns",
                            "is missing or empty: the table adds nothing");
}

/* A column of the corpus table must come from one place only. */
static void claim(struct text_list *names, const char *name, const char *path,
                  struct fault_list *faults)
{
    if (text_equal(name, "id") || text_equal(name, "file"))
        fault_add(faults, path,
                  "\"%s\" is made by the program; take another name", name);
    else if (text_list_has(names, name))
        fault_add(faults, path,
                  "\"%s\" is made twice, by a group, by columns or by a "
                  "table; take another name",
                  name);
    text_list_add(names, name);
}

static const char *known_names(void *context, const char *name)
{
    struct text_list *list = context;

    text_list_add(list, name);
    return "";
}

/* Every {name} of the template must be a column that is there by then. */
static void check_names(const struct text_list *names, const char *text,
                        const char *path, struct fault_list *faults)
{
    struct text_list used = { 0 };
    struct buf out = { 0 };

    corpus_template_expand(text, known_names, &used, &out);
    for (size_t i = 0; i < used.count; i++) {
        const char *name = used.item[i];

        if (!text_list_has(names, name) && !text_equal(name, "path") &&
            !text_equal(name, "name"))
            fault_add(faults, path,
                      "uses {%s}, which is no column made before it; "
                      "there are also {path} and {name}",
                      name);
    }
    text_list_release(&used);
    buf_release(&out);
}

static void check_column(struct text_list *names,
                         const struct corpus_column *column,
                         struct fault_list *faults)
{
    char path[160];

    snprintf(path, sizeof(path), "columns.%s", column->name);
    if (column->template_text)
        check_names(names, column->template_text, path, faults);
    else if (column->from && !text_list_has(names, column->from))
        fault_add(faults, path,
                  "takes from \"%s\", which is no column made before it",
                  column->from);
    if (column->divide)
        fault_add(faults, path, "\"divide\" is for columns of side tables");
    claim(names, column->name, path, faults);
}

static void check_side(struct text_list *names, const struct corpus_side *side,
                       size_t number, struct fault_list *faults)
{
    char path[64];

    snprintf(path, sizeof(path), "tables[%zu].match", number);
    check_names(names, side->match, path, faults);
    snprintf(path, sizeof(path), "tables[%zu].columns", number);
    for (size_t i = 0; i < side->columns.count; i++)
        claim(names, side->columns.item[i].name, path, faults);
}

void corpus_check(const struct corpus *corpus, struct fault_list *faults)
{
    const struct corpus_rules *rules = corpus->rules;
    struct text_list names = { 0 };

    for (size_t i = 0; i < rules->pattern.group_count; i++) {
        if (rules->pattern.group[i])
            claim(&names, rules->pattern.group[i], "pattern", faults);
    }
    for (size_t i = 0; i < rules->rows.columns.count; i++)
        claim(&names, rules->rows.columns.item[i].name, "rows.columns", faults);
    for (size_t i = 0; i < rules->columns.count; i++)
        check_column(&names, &rules->columns.item[i], faults);
    check_names(&names, rules->id, "id", faults);
    for (size_t i = 0; i < rules->side_count; i++)
        check_side(&names, &rules->side[i], i, faults);
    for (size_t i = 0; i < corpus->count_count; i++) {
        const char *column = corpus->count[i].column;

        if (column[0] && !text_list_has(&names, column))
            fault_add(faults, "checks.counts",
                      "counts \"%s\", which is no column of the table", column);
    }
    text_list_release(&names);
}
