/* corpus_read - the file of a dataset descriptor. */
#include <config.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/study/corpus_internal.h"

static const char *const top_keys[] = {
    "mien",    "name",         "title",       "description", "home",
    "licence", "citation",     "elicitation", "consent",     "legal_basis",
    "purpose", "retain_until", "files",       "pattern",     "id",
    "columns", "tables",       "rows",        "checks",      NULL
};
static const char *const check_keys[] = { "total", "counts", NULL };

const char **corpus_read_texts(const struct descriptor *reading,
                               const struct json *object, const char *key,
                               size_t *count)
{
    const struct json *node = json_member(object, key);
    const char **text =
        arena_alloc(reading->arena, (json_count(node) + 1) * sizeof(*text));

    *count = 0;
    if (node && json_kind(node) == JSON_STRING) {
        text[(*count)++] = descriptor_text(reading, object, key, "");
        return text;
    }
    node = descriptor_member(reading, object, key, JSON_ARRAY);
    for (const struct json *item = json_first(node); item;
         item = json_next(item)) {
        if (json_text(item) && json_text(item)[0])
            text[(*count)++] = json_text(item);
        else
            descriptor_fault(reading, item, "must be a text");
    }
    return text;
}

static void read_about(const struct descriptor *reading,
                       const struct json *root, struct corpus *corpus)
{
    corpus->name = descriptor_text(reading, root, "name", NULL);
    corpus->title = descriptor_localized(reading, root, "title");
    if (corpus->title.count == 0)
        corpus->title = descriptor_plain(reading, corpus->name);
    corpus->description = descriptor_localized(reading, root, "description");
    corpus->home = descriptor_text(reading, root, "home", "");
    corpus->licence = descriptor_text(reading, root, "licence", "");
    corpus->citation = descriptor_text(reading, root, "citation", "");
    corpus->elicitation = (enum corpus_elicitation)descriptor_choice(
        reading, root, "elicitation", corpus_elicitation_names,
        ELICITATION_UNKNOWN);
    corpus->consent = descriptor_text(reading, root, "consent", "");
    corpus->legal_basis = descriptor_text(reading, root, "legal_basis", "");
    corpus->purpose = descriptor_text(reading, root, "purpose", "");
    corpus->retain_until = descriptor_text(reading, root, "retain_until", "");
}

static bool is_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    size_t i = 0;

    for (; form[i] && text[i]; i++) {
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != '-')
            return false;
    }
    return !form[i] && !text[i] && strncmp(text + 5, "00", 2) > 0 &&
           strncmp(text + 5, "12", 2) <= 0 && strncmp(text + 8, "00", 2) > 0 &&
           strncmp(text + 8, "31", 2) <= 0;
}

static void read_pattern(const struct descriptor *reading,
                         const struct json *root, struct corpus_rules *rules)
{
    const char *text = descriptor_text(reading, root, "pattern", "");
    char reason[256];

    if (!text[0])
        return;
    if (!corpus_pattern_compile(&rules->pattern, reading->arena, text, reason,
                                sizeof(reason)))
        descriptor_fault_at(reading, root, "pattern", "%s", reason);
}

static void read_rules(const struct descriptor *reading,
                       const struct json *root, struct corpus_rules *rules)
{
    const struct json *tables =
        descriptor_member(reading, root, "tables", JSON_ARRAY);
    const struct json *rows =
        descriptor_member(reading, root, "rows", JSON_OBJECT);

    rules->glob = corpus_read_texts(reading, root, "files", &rules->glob_count);
    if (rules->glob_count == 0 && !rows)
        descriptor_fault_at(reading, root, "files",
                            "is missing or empty; name the media: "
                            "[\"**/*.wav\"], or for texts the table that "
                            "has them in \"rows\"");
    read_pattern(reading, root, rules);
    rules->id = descriptor_text(reading, root, "id", "{path}");
    corpus_read_columns(reading, root, false, &rules->columns);
    rules->side = arena_alloc(reading->arena,
                              (json_count(tables) + 1) * sizeof(*rules->side));
    for (const struct json *item = json_first(tables); item;
         item = json_next(item))
        corpus_read_side(reading, item, false,
                         &rules->side[rules->side_count++]);
    rules->has_rows = rows != NULL;
    if (rows)
        corpus_read_side(reading, rows, true, &rules->rows);
}

static size_t read_expected(const struct descriptor *reading,
                            const struct json *object, const char *key)
{
    return (size_t)descriptor_int(reading, object, key, 0, 0, 100000000);
}

static void read_column_counts(const struct descriptor *reading,
                               const struct json *column, struct corpus *corpus)
{
    for (const struct json *value = json_first(column); value;
         value = json_next(value)) {
        corpus->count[corpus->count_count++] = (struct corpus_count){
            .column = json_key(column),
            .value = json_key(value),
            .expected = read_expected(reading, column, json_key(value)),
        };
    }
}

static void read_checks(const struct descriptor *reading,
                        const struct json *root, struct corpus *corpus)
{
    const struct json *node =
        descriptor_member(reading, root, "checks", JSON_OBJECT);
    const struct json *counts =
        descriptor_member(reading, node, "counts", JSON_OBJECT);
    size_t room = 1;

    if (node)
        descriptor_keys(reading, node, check_keys);
    for (const struct json *column = json_first(counts); column;
         column = json_next(column))
        room += json_count(column);
    corpus->count = arena_alloc(reading->arena, room * sizeof(*corpus->count));
    if (json_member(node, "total"))
        corpus->count[corpus->count_count++] = (struct corpus_count){
            .column = "",
            .value = "",
            .expected = read_expected(reading, node, "total"),
        };
    for (const struct json *column = json_first(counts); column;
         column = json_next(column)) {
        if (json_kind(column) == JSON_OBJECT)
            read_column_counts(reading, column, corpus);
        else
            descriptor_fault(reading, column,
                             "must be an object: {\"anger\": 127}");
    }
}

static struct corpus *read_root(const struct descriptor *reading,
                                struct corpus_memory *memory)
{
    const struct json *root = json_root(memory->document);
    struct corpus *corpus = xcalloc(1, sizeof(*corpus));

    corpus->memory = memory;
    corpus->rules = arena_alloc(reading->arena, sizeof(*corpus->rules));
    descriptor_keys(reading, root, top_keys);
    descriptor_read_format(reading, root, CORPUS_FORMAT);
    read_about(reading, root, corpus);
    if (corpus->retain_until[0] && !is_date(corpus->retain_until))
        descriptor_fault_at(reading, root, "retain_until",
                            "is \"%s\", must be a day such as \"2031-12-31\"",
                            corpus->retain_until);
    read_rules(reading, root, corpus->rules);
    read_checks(reading, root, corpus);
    return corpus;
}

bool corpus_read(const char *text, size_t length, const char *name,
                 struct fault_list *faults, struct corpus **corpus,
                 struct error *err)
{
    struct json_document *document = json_parse(text, length, name, err);
    size_t before = fault_errors(faults);
    struct descriptor reading = { .document = document, .faults = faults };
    struct corpus_memory *memory;
    struct corpus *made;

    *corpus = NULL;
    if (!document)
        return false;
    if (json_kind(json_root(document)) != JSON_OBJECT) {
        json_free(document);
        return error_set(err, ERROR_INPUT,
                         "%s: is no dataset descriptor: must be a JSON object",
                         name);
    }
    memory = xcalloc(1, sizeof(*memory));
    memory->document = document;
    reading.arena = &memory->arena;
    made = read_root(&reading, memory);
    if (fault_errors(faults) == before)
        corpus_check(made, faults);
    if (fault_errors(faults) == before)
        *corpus = made;
    else
        corpus_free(made);
    return true;
}
