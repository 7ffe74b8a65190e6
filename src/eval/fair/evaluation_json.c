/*
 * evaluation_json - metrics.json: mien-predictions(5) has the keys.
 */
#include <config.h>

#include "eval/fair/evaluation.h"

#include <string.h>

#include "common/file/json.h"

void evaluation_put_interval(struct json_writer *json,
                             const struct interval *interval,
                             const char *cluster)
{
    bool jackknife = interval->method != INTERVAL_PERCENTILE;

    json_begin_object(json);
    json_pair_text(json, "method", interval_method_name(interval->method));
    json_pair_text(json, "cluster", cluster);
    if (strcmp(cluster, "speaker") != 0)
        json_pair_text(json, "assumption", "rows taken as independent");
    json_pair_int(json, "clusters", (int64_t)interval->clusters);
    json_pair_number(json, "level", interval->level);
    if (interval->defined) {
        json_pair_number(json, "low", interval->low);
        json_pair_number(json, "high", interval->high);
        json_pair_number(json, "se", interval->se);
        if (jackknife)
            json_pair_number(json, "df", interval->df);
        json_pair_bool(json, "no_spread", interval->no_spread);
    } else {
        json_pair_text(json, "undefined", interval->reason);
    }
    if (!jackknife && interval->resamples > 0) {
        json_pair_int(json, "resamples", (int64_t)interval->resamples);
        json_pair_int(json, "redrawn", (int64_t)interval->redrawn);
        json_pair_int(json, "left_out", (int64_t)interval->undefined);
    }
    json_end_object(json);
}

void evaluation_put_normalization(struct json_writer *json, const char *how,
                                  bool transductive)
{
    if (!how) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    json_pair_text(json, "how", how);
    json_pair_bool(json, "transductive", transductive);
    json_end_object(json);
}

static void put_score(struct json_writer *json,
                      const struct evaluation *evaluation,
                      const struct part *part, const struct score *score)
{
    const struct predictions *p = evaluation->predictions;
    const struct interval *first = score_interval(score);
    const struct interval *second =
        first == &score->jackknife ? &score->bootstrap : &score->jackknife;
    const char *cluster = p->has_speakers ? "speaker" : "row";

    json_begin_object(json);
    json_pair_text(json, "metric", score->metric->name);
    if (score->label != METRIC_NO_LABEL)
        json_pair_text(json, "label", p->labels.item[score->label]);
    json_put_key(json, "value");
    if (score->value.defined)
        json_put_number(json, score->value.value);
    else
        json_put_null(json);
    json_pair_text(json, "evidence", evidence_name(score->evidence));
    if (score->reason)
        json_pair_text(json, "reason", score->reason);
    if (score->metric->about == METRIC_ABOUT_CLASSES) {
        json_pair_int(json, "classes",
                      (int64_t)confusion_present(&part->confusion));
        json_pair_int(json, "classes_known", (int64_t)p->labels.count);
    }
    if (p->task == PREDICTIONS_REGRESS &&
        score->metric == metric_find("ccc_recording"))
        json_pair_int(json, "recordings", (int64_t)part->recordings);
    if (score->evidence == EVIDENCE_MEASURED) {
        json_put_key(json, "interval");
        evaluation_put_interval(json, first, cluster);
        if (evaluation->settings.resamples > 0) {
            json_put_key(json, "beside");
            evaluation_put_interval(json, second, cluster);
        }
    }
    json_end_object(json);
}

static void put_confusion(struct json_writer *json, const struct predictions *p,
                          const struct part *part)
{
    size_t n = p->labels.count;

    json_put_key(json, "classes");
    json_begin_list(json);
    for (size_t k = 0; k < n; k++) {
        json_begin_object(json);
        json_pair_text(json, "label", p->labels.item[k]);
        json_pair_int(json, "rows", confusion_truth_items(&part->confusion, k));
        json_pair_int(json, "predicted",
                      confusion_predicted_items(&part->confusion, k));
        json_pair_int(json, p->has_speakers ? "speakers" : "clusters",
                      (int64_t)part->class_clusters[k]);
        json_end_object(json);
    }
    json_end_list(json);
    json_put_key(json, "confusion"); /* rows: truth; columns: predicted */
    json_begin_list(json);
    for (size_t k = 0; k < n; k++) {
        json_begin_list(json);
        for (size_t j = 0; j < n; j++)
            json_put_int(json, part->confusion.count[k * n + j]);
        json_end_list(json);
    }
    json_end_list(json);
}

static void put_spread(struct json_writer *json, const struct predictions *p,
                       const struct spread *spread)
{
    json_put_key(json, "per_speaker");
    if (spread->speakers == 0) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    json_pair_text(json, "metric", metric_leading(p->task)->name);
    json_pair_int(json, "speakers", (int64_t)spread->speakers);
    json_pair_number(json, "lowest", spread->low);
    json_pair_number(json, "median", spread->median);
    json_pair_number(json, "highest", spread->high);
    json_pair_number(json, "sd", spread->sd);
    json_end_object(json);
}

static void put_part(struct json_writer *json,
                     const struct evaluation *evaluation,
                     const struct part *part)
{
    const struct predictions *p = evaluation->predictions;

    json_begin_object(json);
    if (part->by) {
        json_pair_text(json, "by", part->by);
        json_pair_text(json, "group", part->name);
    }
    json_pair_int(json, "rows", (int64_t)part->rows);
    json_pair_int(json, "items", (int64_t)part->items);
    json_put_key(json, "speakers");
    if (p->has_speakers)
        json_put_int(json, (int64_t)part->clusters);
    else
        json_put_null(json);
    json_put_key(json, "scores");
    json_begin_list(json);
    for (size_t i = 0; i < part->scores.count; i++)
        put_score(json, evaluation, part, &part->scores.item[i]);
    json_end_list(json);
    put_spread(json, p, &part->spread);
    if (p->task == PREDICTIONS_CLASSIFY)
        put_confusion(json, p, part);
    json_end_object(json);
}

static void put_head(struct json_writer *json,
                     const struct evaluation *evaluation)
{
    const struct evaluation_settings *settings = &evaluation->settings;
    const struct predictions *p = evaluation->predictions;

    json_pair_int(json, "mien", 1);
    json_pair_text(json, "kind", "scores");
    json_pair_text(json, "task", predictions_task_name(p->task));
    json_pair_int(json, "repeats", (int64_t)p->repeats);
    json_pair_text(json, "cluster", p->has_speakers ? "speaker" : "row");
    json_pair_text(json, "clustering",
                   p->has_speakers ? "clustered by speaker"
                                   : "rows taken as independent");
    json_pair_number(json, "level", settings->level);
    json_pair_int(json, "resamples", settings->resamples);
    json_put_key(json, "seed"); /* exact only as text above 2^53 */
    json_put_number(json, (double)settings->seed);
    json_put_key(json, "normalization");
    evaluation_put_normalization(json, settings->normalization,
                                 settings->transductive);
}

void evaluation_json(const struct evaluation *evaluation, struct buf *out)
{
    const struct predictions *p = evaluation->predictions;
    struct json_writer json;

    json_writer_init(&json, out, 1);
    json_begin_object(&json);
    put_head(&json, evaluation);
    if (p->task == PREDICTIONS_CLASSIFY) {
        json_put_key(&json, "labels");
        json_begin_list(&json);
        for (size_t k = 0; k < p->labels.count; k++)
            json_put_text(&json, p->labels.item[k]);
        json_end_list(&json);
    }
    json_put_key(&json, "overall");
    put_part(&json, evaluation, &evaluation->parts.item[0]);
    json_put_key(&json, "groups");
    json_begin_list(&json);
    for (size_t i = 1; i < evaluation->parts.count; i++)
        put_part(&json, evaluation, &evaluation->parts.item[i]);
    json_end_list(&json);
    json_end_object(&json);
}
