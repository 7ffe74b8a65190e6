/*
 * feature_read - our own feature tables, and openSMILE's with `;`.
 */
#include <config.h>

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/file/csv.h"
#include "eval/feat/feature_read_internal.h"

/* ".wav" and ".mp4", not the ".1" of "take.1". */
static bool is_extension(const char *text)
{
    bool letter = false;

    if (*text != '.')
        return false;
    for (const char *at = text + 1; *at; at++) {
        if (!isalnum((unsigned char)*at) || at - text > 5)
            return false;
        letter = letter || isalpha((unsigned char)*at);
    }
    return letter;
}

char *feature_read_id(const char *name)
{
    size_t length = strlen(name);
    char *bare, *id;

    if (length >= 2 && (name[0] == '\'' || name[0] == '"') &&
        name[length - 1] == name[0]) {
        name++;
        length -= 2;
    }
    bare = xstrndup(name, length);
    if (!is_extension(path_extension(bare)))
        return bare;
    id = path_without_extension(bare);
    free(bare);
    return id;
}

bool feature_read_number(const char *text, double *value)
{
    *value = NAN;
    if (*text == '\0' || text_equal(text, "?") || text_equal(text, "nan") ||
        text_equal(text, "NaN") || text_equal(text, "-nan"))
        return true;
    return number_parse_measured(text, value);
}

/* Features are all columns but those for which `skip` is true. */
static bool read_rows(struct feature_table *table, struct csv_reader *reader,
                      const char *path, const bool *skip, int id, bool foreign,
                      struct error *err)
{
    size_t count = csv_column_count(reader);
    int got;

    for (size_t i = 0; i < count; i++)
        if (!skip[i])
            feature_table_add_column(table, csv_column_name(reader, i));
    while ((got = csv_next(reader, err)) > 0) {
        const char *name = csv_field(reader, (size_t)id);
        char *owned = foreign ? feature_read_id(name) : xstrdup(name);
        double *value = feature_table_add_row(table, owned);
        bool named = *owned != '\0'; /* "''" is no name */

        free(owned);
        if (!named)
            return csv_fail(reader, (size_t)id, err,
                            "expected the id of an item");
        for (size_t i = 0; i < count; i++) {
            const char *text = csv_field(reader, i);

            if (skip[i])
                continue;
            if (foreign ? feature_read_number(text, value)
                        : *text == '\0' || number_parse_measured(text, value)) {
                value++;
                continue;
            }
            return csv_fail(reader, i, err,
                            number_parse(text, value)
                                ? "larger than 1e30 in size: a mark for "
                                  "\"missing\"? Leave such cells empty"
                                : "expected a number, or nothing where it is "
                                  "missing");
        }
        if (!feature_read_limits(table, path, err))
            return false;
    }
    return got == 0 && feature_read_limits(table, path, err);
}

/* "# not_features: item,start,end": what a table also says of its rows. */
static void skip_named(const struct csv_reader *reader, bool *skip)
{
    const char *note = csv_note(reader, "not_features");
    struct text_list names = { 0 };

    if (note)
        text_list_split(&names, note, ',');
    for (size_t i = 0; i < csv_column_count(reader); i++)
        skip[i] = skip[i] || text_list_has(&names, csv_column_name(reader, i));
    text_list_release(&names);
}

bool feature_read_csv(struct feature_table *table, const char *path,
                      struct error *err)
{
    struct csv_reader *reader = csv_open(path, NULL, err);
    bool *skip = NULL;
    bool good = false;
    int id;

    if (!reader)
        return false;
    id = csv_need(reader, "id", err);
    if (id < 0) {
        if (csv_find(reader, "frame") >= 0)
            error_append(err, " (a table of frames? A feature table has one "
                              "row an item)");
        goto done;
    }
    skip = xcalloc(csv_column_count(reader) + 1, sizeof(*skip));
    skip[id] = true;
    skip_named(reader, skip);
    good = read_rows(table, reader, path, skip, id, false, err);
    for (size_t i = 0; good && i < csv_note_count(reader); i++) {
        const char *value;
        const char *key = csv_note_at(reader, i, &value);

        feature_table_add_note(table, key, value);
    }
done:
    free(skip);
    csv_close(reader);
    return good;
}

bool feature_read_opensmile(struct feature_table *table, const char *path,
                            struct error *err)
{
    struct csv_options options = { .separator = ';' };
    struct csv_reader *reader = csv_open(path, &options, err);
    bool *skip = NULL;
    bool good = false;
    int id;

    if (!reader)
        return false;
    id = csv_need(reader, "name", err);
    if (id < 0)
        goto done;
    skip = xcalloc(csv_column_count(reader) + 1, sizeof(*skip));
    for (size_t i = 0; i < csv_column_count(reader); i++)
        skip[i] = text_equal(csv_column_name(reader, i), "name") ||
                  text_equal(csv_column_name(reader, i), "frameTime") ||
                  text_equal(csv_column_name(reader, i), "class");
    good = read_rows(table, reader, path, skip, id, true, err);
done:
    free(skip);
    csv_close(reader);
    return good;
}
