/* corpus - loading dataset descriptors, and small deeds on their tables. */
#include <config.h>

#include "common/study/corpus.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/path.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "common/study/corpus_internal.h"

enum { TEXT_LIMIT = 4 * 1024 * 1024 }; /* bytes of a descriptor file */

const char *const corpus_elicitation_names[] = { "unknown", "acted", "induced",
                                                 "natural", NULL };

struct corpus *corpus_parse(const char *text, size_t length, const char *name,
                            struct error *err)
{
    struct fault_list faults = { 0 };
    struct corpus *corpus = NULL;

    if (!corpus_read(text, length, name, &faults, &corpus, err))
        return NULL;
    if (!fault_none(&faults, name, err)) {
        corpus_free(corpus);
        corpus = NULL;
    }
    fault_release(&faults);
    return corpus;
}

static bool unknown_name(const char *name, struct error *err)
{
    const char *names[64];
    const char *nearest;
    size_t count = 0;

    while (corpus_embedded[count].name && count + 1 < LENGTH_OF(names)) {
        names[count] = corpus_embedded[count].name;
        count++;
    }
    names[count] = NULL;
    nearest = text_nearest(name, names);
    error_set(err, ERROR_INPUT, "no dataset is called \"%s\"", name);
    if (nearest)
        return error_append(err, "; did you mean \"%s\"?", nearest);
    return error_append(err, "; a file is named with a \"/\" or ends in "
                             ".json, \"mien-annotate dataset list\" shows the "
                             "shipped ones");
}

char *corpus_load_text(const char *name_or_file, size_t *length,
                       struct error *err)
{
    const struct embedded_file *embedded;

    if (strchr(name_or_file, '/') || text_ends(name_or_file, ".json"))
        return file_read(name_or_file, TEXT_LIMIT, length, err);
    embedded = embedded_find(corpus_embedded, name_or_file);
    if (!embedded) {
        unknown_name(name_or_file, err);
        return NULL;
    }
    *length = embedded->length;
    return xstrndup(embedded->text, embedded->length);
}

struct corpus *corpus_load(const char *name_or_file, struct error *err)
{
    struct corpus *corpus;
    size_t length = 0;
    char *text = corpus_load_text(name_or_file, &length, err);

    if (!text)
        return NULL;
    corpus = corpus_parse(text, length, name_or_file, err);
    free(text);
    return corpus;
}

void corpus_free(struct corpus *corpus)
{
    if (!corpus)
        return;
    corpus_pattern_release(&corpus->rules->pattern);
    json_free(corpus->memory->document);
    arena_release(&corpus->memory->arena);
    free(corpus->memory);
    free(corpus);
}

void corpus_rebase(struct columns *table, const char *folder, const char *base)
{
    size_t file = (size_t)columns_find(table, "file");

    for (size_t row = 0; row < columns_rows(table); row++) {
        char *path, *seen;

        if (columns_missing(table, row, file))
            continue;
        path = path_join(folder, columns_text(table, row, file));
        seen = path_relative(base, path);
        columns_set(table, row, file, seen);
        free(seen);
        free(path);
    }
}

size_t corpus_tally(const struct columns *table,
                    const struct corpus_count *count)
{
    int column = columns_find(table, count->column);
    size_t found = 0;

    if (!count->column[0])
        return columns_rows(table);
    for (size_t row = 0; column >= 0 && row < columns_rows(table); row++) {
        if (text_equal(columns_text(table, row, (size_t)column), count->value))
            found++;
    }
    return found;
}
