/*
 * extract_sets - one or more feature sets, extracted into one table.
 */
#include <config.h>

#include "eval/extract_sets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"

static bool take_one(struct chosen_sets *sets, const char *name,
                     enum rate_choice rate, const struct text_list *lexicons,
                     struct error *err)
{
    struct chosen_set chosen = { .set = registry_find(name, err) };

    if (chosen.set && rate != RATE_OF_SET)
        chosen.set = registry_at_rate(chosen.set, rate == RATE_OF_FILE, err);
    if (!chosen.set)
        return false;
    for (size_t i = 0; i < sets->count; i++)
        if (text_equal(sets->item[i].set->name, chosen.set->name))
            return error_set(err, ERROR_USAGE, "--set names %s twice", name);
    if (chosen.set == &text_set && lexicons->count) {
        chosen.text = text_set_new(lexicons, err);
        if (!chosen.text)
            return false;
        chosen.set = text_set_features(chosen.text);
    }
    VEC_PUSH(sets, chosen);
    return true;
}

bool chosen_sets_take(struct chosen_sets *sets, const struct text_list *names,
                      enum rate_choice rate, const struct text_list *lexicons,
                      struct error *err)
{
    bool scored = false;

    for (size_t i = 0; i < names->count; i++) {
        if (!take_one(sets, names->item[i], rate, lexicons, err))
            return false;
        scored = scored || sets->item[i].text;
    }
    if (lexicons->count && !scored)
        return error_set(err, ERROR_USAGE,
                         "--lexicon is for --set text, not %s",
                         sets->item[0].set->name);
    return true;
}

void chosen_sets_release(struct chosen_sets *sets)
{
    for (size_t i = 0; i < sets->count; i++)
        text_set_free(sets->item[i].text);
    free(sets->item);
    memset(sets, 0, sizeof(*sets));
}

static char *column_name(const struct chosen_sets *sets, size_t set,
                         const char *name)
{
    return sets->count == 1
               ? xstrdup(name)
               : xasprintf("%s:%s", sets->item[set].set->name, name);
}

/* Of the corpus's rows: not measured by some set. */
static bool *failed_rows(const struct extract_result *part, size_t parts,
                         size_t rows)
{
    bool *failed = xcalloc(rows + 1, sizeof(*failed));

    for (size_t p = 0; p < parts; p++)
        for (size_t i = 0; i < part[p].failures; i++)
            failed[part[p].failure[i].row] = true;
    return failed;
}

/* The row of one item; `next` is where each part stands: all go alike. */
static bool join_row(const struct extract_result *part, size_t parts,
                     size_t *next, const char *id, bool failed,
                     struct feature_table *table)
{
    double *cell = NULL;
    bool any = false;

    for (size_t p = 0; p < parts; p++)
        any = any || (next[p] < part[p].table->rows &&
                      text_equal(part[p].table->id[next[p]], id));
    if (any && !failed)
        cell = feature_table_add_row(table, id);
    for (size_t p = 0; p < parts; p++) {
        const struct feature_table *from = part[p].table;

        if (next[p] < from->rows && text_equal(from->id[next[p]], id)) {
            if (cell)
                memcpy(cell, from->value + next[p] * from->columns,
                       from->columns * sizeof(*cell));
            next[p]++;
        }
        if (cell)
            cell += from->columns;
    }
    return any;
}

static void join_failures(const struct chosen_sets *sets,
                          struct extract_result *part,
                          struct extract_result *result)
{
    size_t count = 0;

    for (size_t p = 0; p < sets->count; p++)
        count += part[p].failures;
    result->failure = xcalloc(count + 1, sizeof(*result->failure));
    for (size_t p = 0; p < sets->count; p++)
        for (size_t i = 0; i < part[p].failures; i++) {
            struct extract_failure *to = &result->failure[result->failures++];

            to->row = part[p].failure[i].row;
            to->text = xasprintf("%s: %s", sets->item[p].set->name,
                                 part[p].failure[i].text);
        }
}

static void join(const struct chosen_sets *sets, const struct columns *corpus,
                 struct extract_result *part, struct extract_result *result)
{
    size_t rows = columns_rows(corpus);
    bool *failed = failed_rows(part, sets->count, rows);
    size_t *next = xcalloc(sets->count, sizeof(*next));
    size_t id = (size_t)columns_find(corpus, "id");

    result->table = feature_table_new();
    for (size_t p = 0; p < sets->count; p++) {
        const struct feature_table *from = part[p].table;

        for (size_t c = 0; c < from->columns; c++) {
            char *name = column_name(sets, p, from->name[c]);

            feature_table_add_column(result->table, name);
            free(name);
        }
        result->cached += part[p].cached;
        result->left_out += part[p].left_out;
    }
    for (size_t i = 0; i < rows; i++)
        if (!join_row(part, sets->count, next, columns_text(corpus, i, id),
                      failed[i], result->table) &&
            !failed[i])
            result->fileless++;
    join_failures(sets, part, result);
    /* The sound is the same for each set. */
    result->changes = part[0].changes;
    part[0].changes = NULL;
    free(failed);
    free(next);
}

bool chosen_sets_extract(const struct chosen_sets *sets,
                         const struct columns *corpus,
                         const struct extract_settings *settings,
                         struct extract_result *result, struct error *err)
{
    struct extract_result *part = xcalloc(sets->count, sizeof(*part));
    bool good = true;

    memset(result, 0, sizeof(*result));
    for (size_t p = 0; good && p < sets->count; p++) {
        struct extract_settings own = *settings;

        own.set = sets->item[p].set;
        good = extract_corpus(corpus, &own, &part[p], err);
    }
    if (good && sets->count == 1) {
        *result = part[0];
        memset(&part[0], 0, sizeof(part[0]));
    } else if (good) {
        join(sets, corpus, part, result);
    }
    for (size_t p = 0; p < sets->count; p++)
        extract_result_release(&part[p]);
    free(part);
    return good;
}

static void add_note(const struct chosen_sets *sets, size_t set,
                     struct feature_table *table, const char *key,
                     const char *value)
{
    char *name = sets->count == 1
                     ? xstrdup(key)
                     : xasprintf("%s.%s", sets->item[set].set->name, key);

    feature_table_add_note(table, name, value);
    free(name);
}

static void add_plan(const struct chosen_sets *sets, size_t at,
                     struct feature_table *table)
{
    const struct moment_plan *plan = sets->item[at].set->plan;
    char number[32];

    snprintf(number, sizeof(number), "%d", plan->rate);
    add_note(sets, at, table, "rate_hz", number);
    snprintf(number, sizeof(number), "%g", 1000.0 * plan->frame / plan->rate);
    add_note(sets, at, table, "frame_ms", number);
    snprintf(number, sizeof(number), "%g", 1000.0 * plan->hop / plan->rate);
    add_note(sets, at, table, "hop_ms", number);
}

void chosen_sets_add_notes(const struct chosen_sets *sets,
                           struct feature_table *table)
{
    struct buf names = { 0 };

    for (size_t i = 0; i < sets->count; i++)
        buf_addf(&names, "%s%s", i ? "," : "", sets->item[i].set->name);
    feature_table_add_note(table, "set", buf_text(&names));
    buf_release(&names);
    for (size_t i = 0; i < sets->count; i++) {
        const struct chosen_set *chosen = &sets->item[i];

        add_note(sets, i, table, "version", chosen->set->version);
        if (chosen->set->plan)
            add_plan(sets, i, table);
        else if (chosen->set->rate)
            add_note(sets, i, table, "rate_hz", chosen->set->rate);
        if (chosen->text)
            text_set_add_notes(chosen->text, table);
    }
}

void chosen_sets_list_begin(struct table *table)
{
    table_column(table, "column", "column", TABLE_TEXT, 0);
    table_column(table, "unit", "unit", TABLE_TEXT, 0);
    table_column(table, "what", "what", TABLE_TEXT, 0);
    table_column(table, "source", "source", TABLE_TEXT, 0);
}

void chosen_sets_list_row(struct table *table, const char *name,
                          const struct descriptor *descriptor)
{
    table_begin_row(table);
    table_put_text(table, name);
    table_put_text(table, descriptor->unit);
    table_put_text(table, descriptor->text);
    table_put_text(table, descriptor->paper);
}

bool chosen_sets_list(const struct chosen_sets *sets, enum output_format format,
                      struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };
    bool good;

    chosen_sets_list_begin(table);
    for (size_t p = 0; p < sets->count; p++) {
        const struct feature_set *set = sets->item[p].set;

        for (size_t i = 0; i < registry_columns(set); i++) {
            char *own = registry_column_name(set, i);
            char *name = column_name(sets, p, own);

            chosen_sets_list_row(table, name, registry_column(set, i));
            free(name);
            free(own);
        }
    }
    table_print(table, format, &out);
    good = output_write(&out, err);
    buf_release(&out);
    table_free(table);
    return good;
}
