/*
 * series_only - see series_only.h.
 */
#include <config.h>

#include "eval/feat/series_only.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "eval/feat/series.h"

enum { ROOM = 256 };

static long find(const struct csv_reader *csv, const char *name, size_t length)
{
    char room[ROOM];

    for (size_t i = 0; i < csv_column_count(csv); i++) {
        const char *column =
            series_trim(csv_column_name(csv, i), room, sizeof(room));

        if (strlen(column) == length && strncmp(column, name, length) == 0)
            return (long)i;
    }
    return -1;
}

bool series_only_find(struct series_only *rules, const struct text_list *only,
                      const struct csv_reader *csv, bool *has,
                      struct error *err)
{
    size_t count = only ? only->count : 0;

    *rules = (struct series_only){ 0 };
    rules->rule = xcalloc(count + 1, sizeof(*rules->rule));
    for (size_t i = 0; i < count; i++) {
        const char *text = only->item[i], *equal = strchr(text, '=');
        long column;

        if (!equal || equal == text)
            return error_set(err, ERROR_USAGE,
                             "--only: \"%s\" is not of the form COL=V,...",
                             text);
        column = find(csv, text, (size_t)(equal - text));
        if (column < 0)
            continue;
        has[i] = true;
        rules->rule[rules->count].column = (size_t)column;
        text_list_split(&rules->rule[rules->count++].values, equal + 1, ',');
    }
    return true;
}

bool series_only_has(const struct series_only *rules,
                     const struct csv_reader *csv)
{
    char room[ROOM];

    for (size_t i = 0; i < rules->count; i++)
        if (!text_list_has(&rules->rule[i].values,
                           series_trim(csv_field(csv, rules->rule[i].column),
                                       room, sizeof(room))))
            return false;
    return true;
}

void series_only_release(struct series_only *rules)
{
    for (size_t i = 0; i < rules->count; i++)
        text_list_release(&rules->rule[i].values);
    free(rules->rule);
    *rules = (struct series_only){ 0 };
}
