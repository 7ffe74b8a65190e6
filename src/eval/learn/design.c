/*
 * design - features, target and groups of every item, in one place.
 */
#include <config.h>

#include "eval/learn/design_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/codes.h"
#include "common/base/mem.h"
#include "common/base/path.h"

void design_split_name(const char *argument, char **name, char **path)
{
    const char *equals = strchr(argument, '=');
    const char *slash = strchr(argument, '/');

    if (equals && equals > argument && (!slash || slash > equals)) {
        *name = xstrndup(argument, (size_t)(equals - argument));
        *path = xstrdup(equals + 1);
    } else {
        *name = path_without_extension(path_name(argument));
        *path = xstrdup(argument);
    }
}

const char *design_id(const struct design *design, size_t item)
{
    return columns_text(design->corpus, design->row[item], design->id);
}

const size_t *design_owner(const struct design *design)
{
    return design->owner ? design->owner : design->speaker;
}

size_t design_owners(const struct design *design)
{
    return design->owner ? design->owners.count : design->speakers.count;
}

/* Fails when the column is not there; the text is the same for all. */
static bool find_column(const struct design *design, const char *name,
                        size_t *column, struct error *err)
{
    int found = columns_need(design->corpus, name, err);

    if (found < 0)
        return false;
    *column = (size_t)found;
    return true;
}

static bool ids_are_unique(const struct design *design, struct error *err)
{
    size_t rows = columns_rows(design->corpus);
    struct text_list names = { 0 };
    const char **text = xcalloc(rows + 1, sizeof(*text));
    size_t *code = xcalloc(rows + 1, sizeof(*code));
    size_t *line = xcalloc(rows + 1, sizeof(*line));
    bool unique = true;

    for (size_t i = 0; i < rows; i++)
        text[i] = columns_text(design->corpus, i, design->id);
    codes_make(text, rows, &names, code);
    for (size_t i = 0; i < rows && unique; i++) {
        if (!text[i][0])
            unique = columns_fail(design->corpus, i, design->id, err,
                                  "every item needs an id");
        else if (line[code[i]])
            unique =
                columns_fail(design->corpus, i, design->id, err,
                             "the same id stands on line %zu", line[code[i]]);
        line[code[i]] = columns_line(design->corpus, i);
    }
    free(text);
    free(code);
    free(line);
    text_list_release(&names);
    return unique;
}

/* Which rows are asked for and have a target. */
static bool choose_rows(struct design *design,
                        const struct design_settings *settings, bool *wanted,
                        struct error *err)
{
    size_t rows = columns_rows(design->corpus);

    for (size_t i = 0; i < rows; i++)
        wanted[i] = true;
    for (size_t i = 0; settings->only && i < settings->only->count; i++)
        if (!columns_only(design->corpus, settings->only->item[i], wanted, err))
            return false;
    for (size_t i = 0; i < rows; i++) {
        design->asked += wanted[i];
        if (wanted[i] && columns_missing(design->corpus, i, design->target)) {
            wanted[i] = false;
            design->without_target++;
        }
    }
    if (design->asked == 0)
        return error_set(err, ERROR_INPUT, "%s: no item is asked for%s",
                         settings->corpus,
                         rows ? ": --only leaves nothing" : ": it is empty");
    if (design->asked == design->without_target)
        return error_set(err, ERROR_INPUT,
                         "%s: no item has a value in column \"%s\"",
                         settings->corpus, settings->target);
    return true;
}

/* The rows that stay become items. */
static bool keep_rows(struct design *design, const bool *wanted,
                      const struct design_settings *settings,
                      const struct matrix *cells, struct error *err)
{
    size_t rows = columns_rows(design->corpus);

    design->row = xcalloc(rows + 1, sizeof(*design->row));
    for (size_t i = 0; i < rows; i++)
        if (wanted[i])
            design->row[design->count++] = i;
    design->absent = design->asked - design->without_target - design->count;
    if (design->count == 0)
        return design->modalities == 0
                   ? error_set(err, ERROR_INPUT,
                               "%s: no item has a text in column \"%s\"",
                               settings->corpus, settings->text)
                   : error_set(
                         err, ERROR_INPUT,
                         "no item has features: the ids of the corpus table "
                         "(\"%s\") and of %s do not meet",
                         columns_text(design->corpus, 0, design->id),
                         design->modality[0].path);
    matrix_gather(&design->features, cells, design->row, design->count);
    for (size_t i = 0; i < design->count * design->features.columns; i++)
        design->missing += isnan(design->features.cell[i]) != 0;
    return true;
}

/* One number an item for a column of words; no cell may be missing. */
static size_t *code_column(const struct design *design, size_t column,
                           struct text_list *names, const char *mend,
                           struct error *err)
{
    const char **text = xcalloc(design->count + 1, sizeof(*text));
    size_t *code = NULL;

    for (size_t i = 0; i < design->count; i++) {
        text[i] = columns_text(design->corpus, design->row[i], column);
        if (!text[i][0]) {
            columns_fail(design->corpus, design->row[i], column, err, "%s",
                         mend);
            goto failed;
        }
    }
    code = xcalloc(design->count + 1, sizeof(*code));
    codes_make(text, design->count, names, code);

failed:
    free(text);
    return code;
}

/* Numbers are seldom meant as classes: the user must say so. */
static bool check_words(const struct design *design,
                        const struct design_settings *settings,
                        struct error *err)
{
    if (settings->task != LEARNER_CLASSIFY || settings->numbers_are_names ||
        !columns_is_numeric(design->corpus, design->target))
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s: column \"%s\" holds only numbers: --model svr "
                     "predicts numbers, --task classify takes them as names "
                     "of classes",
                     settings->corpus, settings->target);
}

static bool read_target(struct design *design,
                        const struct design_settings *settings,
                        struct error *err)
{
    if (settings->task == LEARNER_CLASSIFY) {
        design->class_of =
            code_column(design, design->target, &design->classes, "", err);
        return design->class_of != NULL;
    }
    design->value = xcalloc(design->count, sizeof(*design->value));
    for (size_t i = 0; i < design->count; i++)
        if (!columns_number(design->corpus, design->row[i], design->target,
                            &design->value[i], err))
            return error_append(err, "; --task classify takes words");
    return true;
}

static bool read_groups(struct design *design,
                        const struct design_settings *settings,
                        bool group_is_speaker, struct error *err)
{
    int speaker = columns_find(design->corpus, "speaker");
    size_t group;

    if (!find_column(design, settings->group, &group, err))
        return false;
    design->group = code_column(design, group, &design->groups,
                                "items without a group cannot be kept apart: "
                                "fill it in or leave them out with --only",
                                err);
    if (!design->group)
        return false;
    if (speaker < 0 && group_is_speaker)
        speaker = (int)group;
    if (speaker < 0) {
        if (!normalize_needs_speakers(&settings->normalize) ||
            settings->normalize_by)
            return true;
        return error_set(err, ERROR_INPUT,
                         "%s: normalising by speaker needs a column "
                         "\"speaker\", or --normalize-by another one",
                         settings->corpus);
    }
    design->speaker_column = columns_name(design->corpus, (size_t)speaker);
    design->speaker = code_column(design, (size_t)speaker, &design->speakers,
                                  "every item needs a speaker: fill it in or "
                                  "leave them out with --only",
                                  err);
    return design->speaker != NULL;
}

/* Items without words are absent, as those without a row of a table. */
static bool find_texts(struct design *design,
                       const struct design_settings *settings, bool *wanted,
                       struct error *err)
{
    size_t column;

    if (!settings->text)
        return true;
    if (!find_column(design, settings->text, &column, err))
        return error_prefix(err, "--text");
    for (size_t i = 0; i < columns_rows(design->corpus); i++) {
        if (!wanted[i] || !columns_missing(design->corpus, i, column))
            continue;
        wanted[i] = false;
        design->wordless++;
    }
    return true;
}

static void read_texts(struct design *design,
                       const struct design_settings *settings)
{
    const char **text;
    size_t column;

    if (!settings->text)
        return;
    column = (size_t)columns_find(design->corpus, settings->text);
    text = xcalloc(design->count + 1, sizeof(*text));
    for (size_t i = 0; i < design->count; i++)
        text[i] = columns_text(design->corpus, design->row[i], column);
    design->texts = xcalloc(1, sizeof(*design->texts));
    tfidf_read(design->texts, text, design->count, settings->ngram);
    free(text);
}

static bool read_owners(struct design *design,
                        const struct design_settings *settings,
                        struct error *err)
{
    size_t column;

    if (!settings->normalize_by)
        return true;
    if (!find_column(design, settings->normalize_by, &column, err))
        return error_prefix(err, "--normalize-by");
    design->owner = code_column(design, column, &design->owners,
                                "every item needs a value to be normalised "
                                "by: fill it in or leave them out with --only",
                                err);
    return design->owner != NULL;
}

static bool read_items(struct design *design,
                       const struct design_settings *settings,
                       bool group_is_speaker, struct error *err)
{
    struct matrix cells = { 0 };
    bool *wanted = xcalloc(columns_rows(design->corpus) + 1, sizeof(*wanted));
    bool done = choose_rows(design, settings, wanted, err) &&
                check_words(design, settings, err) &&
                design_join(design, settings->features,
                            settings->text ? settings->terms : 0, wanted,
                            &cells, err) &&
                find_texts(design, settings, wanted, err) &&
                keep_rows(design, wanted, settings, &cells, err) &&
                read_target(design, settings, err) &&
                read_groups(design, settings, group_is_speaker, err) &&
                read_owners(design, settings, err) &&
                design_enrol(design, settings, err);

    if (done)
        read_texts(design, settings);
    matrix_release(&cells);
    free(wanted);
    return done;
}

struct design *design_read(const struct design_settings *settings,
                           bool group_is_speaker, struct error *err)
{
    struct design *design = xcalloc(1, sizeof(*design));

    design->corpus = columns_read(settings->corpus, NULL, err);
    if (!design->corpus)
        goto failed;
    if (!find_column(design, "id", &design->id, err) ||
        !find_column(design, settings->target, &design->target, err) ||
        !ids_are_unique(design, err))
        goto failed;
    if (!read_items(design, settings, group_is_speaker, err))
        goto failed;
    return design;

failed:
    design_free(design);
    return NULL;
}

void design_free(struct design *design)
{
    if (!design)
        return;
    for (size_t i = 0; i < design->modalities; i++) {
        free(design->modality[i].name);
        free(design->modality[i].path);
    }
    free(design->modality);
    columns_free(design->corpus);
    matrix_release(&design->features);
    text_list_release(&design->names);
    text_list_release(&design->groups);
    text_list_release(&design->classes);
    text_list_release(&design->speakers);
    free(design->row);
    free(design->group);
    free(design->class_of);
    free(design->value);
    text_list_release(&design->owners);
    if (design->texts)
        tfidf_texts_release(design->texts);
    free(design->texts);
    free(design->speaker);
    free(design->owner);
    free(design->enrolled);
    free(design);
}
