/*
 * scores_table - an evaluation as rows, and what run.json says about it.
 */
#include <config.h>

#include "eval/scores.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/cli/output.h"

static void put_number(struct table *table, bool defined, double value)
{
    table_put_number(table, defined ? value : (double)NAN);
}

static void put_row(struct table *table, const struct evaluation *evaluation,
                    const struct part *part, const struct score *score)
{
    const struct predictions *p = evaluation->predictions;
    const struct interval *jack = &score->jackknife;
    const struct interval *boot = &score->bootstrap;

    table_begin_row(table);
    table_put_text(table, part->by);
    table_put_text(table, part->name);
    table_put_int(table, (int64_t)part->items);
    table_put_int(table, (int64_t)part->rows);
    if (p->has_speakers)
        table_put_int(table, (int64_t)part->clusters);
    else
        table_put_missing(table, NULL);
    table_put_text(table, score->metric->name);
    table_put_text(table, score->label == METRIC_NO_LABEL
                              ? NULL
                              : p->labels.item[score->label]);
    put_number(table, score->value.defined, score->value.value);
    table_put_text(table, evidence_name(score->evidence));
    table_put_text(table, score->reason);
    table_put_text(table, interval_method_name(score_interval(score)->method));
    table_put_text(table,
                   p->has_speakers ? "speaker" : "rows taken as independent");
    table_put_int(table, (int64_t)jack->clusters);
    put_number(table, true, jack->level);
    put_number(table, jack->defined, jack->low);
    put_number(table, jack->defined, jack->high);
    put_number(table, jack->defined, jack->df);
    put_number(table, boot->defined, boot->low);
    put_number(table, boot->defined, boot->high);
    table_put_int(table, (int64_t)boot->resamples);
    table_put_int(table, (int64_t)boot->redrawn);
    table_put_text(table, evaluation->settings.normalization);
    if (evaluation->settings.normalization)
        table_put_bool(table, evaluation->settings.transductive);
    else
        table_put_missing(table, NULL);
}

void scores_csv(const struct evaluation *evaluation, struct buf *out)
{
    static const struct {
        const char *key;
        enum table_kind kind;
    } heads[] = {
        { "by", TABLE_TEXT },
        { "group", TABLE_TEXT },
        { "items", TABLE_INT },
        { "rows", TABLE_INT },
        { "speakers", TABLE_INT },
        { "metric", TABLE_TEXT },
        { "label", TABLE_TEXT },
        { "value", TABLE_NUMBER },
        { "evidence", TABLE_TEXT },
        { "reason", TABLE_TEXT },
        { "leading_interval", TABLE_TEXT },
        { "cluster", TABLE_TEXT },
        { "clusters", TABLE_INT },
        { "level", TABLE_NUMBER },
        { "jackknife_low", TABLE_NUMBER },
        { "jackknife_high", TABLE_NUMBER },
        { "jackknife_df", TABLE_NUMBER },
        { "bootstrap_low", TABLE_NUMBER },
        { "bootstrap_high", TABLE_NUMBER },
        { "resamples", TABLE_INT },
        { "redrawn", TABLE_INT },
        { "normalization", TABLE_TEXT },
        { "transductive", TABLE_BOOL },
    };
    struct table *table = table_new();

    for (size_t i = 0; i < LENGTH_OF(heads); i++)
        table_column(table, heads[i].key, heads[i].key, heads[i].kind, 4);
    for (size_t i = 0; i < evaluation->parts.count; i++) {
        const struct part *part = &evaluation->parts.item[i];

        for (size_t k = 0; k < part->scores.count; k++)
            put_row(table, evaluation, part, &part->scores.item[k]);
    }
    table_print(table, OUTPUT_CSV, out);
    table_free(table);
}

bool scores_normalization(const char *path,
                          struct evaluation_settings *settings, char **owned,
                          struct error *err)
{
    char *file = path_join(path, "run.json");
    struct json_document *run = NULL;
    const struct json *node = NULL;
    const char *how = NULL;
    bool good = true;

    if (path_is_folder(path) && path_is_file(file)) {
        run = json_read_file(file, err);
        good = run && json_want_object(run, json_root(run), "normalization",
                                       &node, err);
        good =
            good && (!node || (json_want_text(run, node, "how", &how, err) &&
                               json_want_bool(run, node, "transductive",
                                              &settings->transductive, err)));
    }
    if (good && how)
        settings->normalization = *owned = xstrdup(how);
    json_free(run);
    free(file);
    return good;
}
