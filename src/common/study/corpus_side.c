/* corpus_side - the tables beside the media, ready to be looked up. */
#include <config.h>

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/path.h"
#include "common/base/text.h"
#include "common/study/corpus_internal.h"

static const char no_break_space[] = "\xc2\xa0"; /* U+00A0 */

/* The first file that is there, the caller's; or NULL. */
static char *find_file(const struct corpus_side *side, const char *folder)
{
    for (size_t i = 0; i < side->file_count; i++) {
        char *path = path_join(folder, side->file[i]);

        if (path_is_file(path))
            return path;
        free(path);
    }
    return NULL;
}

/* Blanks at both ends, no-break ones too. */
static char *trimmed(const char *text)
{
    size_t length;

    for (;;) {
        if (*text == ' ' || *text == '\t')
            text++;
        else if (text_starts(text, no_break_space))
            text += 2;
        else
            break;
    }
    length = strlen(text);
    for (;;) {
        if (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
            length--;
        else if (length > 1 &&
                 memcmp(text + length - 2, no_break_space, 2) == 0)
            length -= 2;
        else
            break;
    }
    return xstrndup(text, length);
}

static void clean(const struct corpus_side *side, struct columns *table)
{
    for (size_t row = 0; row < columns_rows(table); row++) {
        for (size_t i = 0; i < columns_count(table); i++) {
            char *text = trimmed(columns_text(table, row, i));

            for (size_t j = 0; j < side->missing_count; j++) {
                if (text_equal(text, side->missing[j]))
                    text[0] = '\0';
            }
            columns_set(table, row, i, text);
            free(text);
        }
    }
}

static bool filter(const struct corpus_side *side, struct columns *table,
                   struct error *err)
{
    bool *keep = xcalloc(columns_rows(table) + 1, sizeof(*keep));
    bool good = true;

    for (size_t row = 0; row < columns_rows(table); row++)
        keep[row] = true;
    for (size_t i = 0; good && i < side->where_count; i++) {
        int column = columns_need(table, side->where[i].column, err);

        good = column >= 0;
        for (size_t row = 0; good && row < columns_rows(table); row++) {
            if (fnmatch(side->where[i].glob,
                        columns_text(table, row, (size_t)column), 0) != 0)
                keep[row] = false;
        }
    }
    if (good)
        columns_filter(table, keep);
    free(keep);
    return good;
}

bool corpus_side_is_there(const struct corpus_side *side, const char *folder)
{
    char *path = find_file(side, folder);

    free(path);
    return path != NULL;
}

void corpus_note_absent(const struct corpus *corpus, const char *folder,
                        struct fault_list *notes)
{
    const struct corpus_rules *rules = corpus->rules;

    for (size_t i = 0; i < rules->side_count; i++) {
        const struct corpus_side *side = &rules->side[i];
        struct buf names = { 0 };

        if (!side->optional || corpus_side_is_there(side, folder))
            continue;
        for (size_t j = 0; j < side->columns.count; j++)
            buf_addf(&names, "%s%s", j > 0 ? ", " : "",
                     side->columns.item[j].name);
        fault_add_warning(notes, side->file[0],
                          "is not there, and need not be: no %s",
                          buf_text(&names));
        buf_release(&names);
    }
}

struct columns *corpus_side_load(const struct corpus_side *side,
                                 const char *folder, struct error *err)
{
    char *path = find_file(side, folder);
    struct columns *table;

    if (!path) {
        error_set(err, ERROR_INPUT,
                  "%s: has no %s, which the dataset cannot do without", folder,
                  side->file[0]);
        return NULL;
    }
    table = columns_read(path, &side->options, err);
    if (table) {
        clean(side, table);
        if (!filter(side, table, err)) {
            columns_free(table);
            table = NULL;
        }
    }
    free(path);
    return table;
}
