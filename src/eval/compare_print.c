/*
 * compare_print - text for a terminal.
 */
#include <config.h>

#include "eval/compare_print.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/utf8.h"

enum { LABEL_WIDTH = 17 };

static void put_left(struct buf *out, const char *text, int width)
{
    char *clipped = xstrndup(text, utf8_clip(text, width - 1));

    buf_add_text(out, clipped);
    for (int i = utf8_width(clipped); i < width; i++)
        buf_add_char(out, ' ');
    free(clipped);
}

/* Three digits that tell, never a bare 0. */
static void put_p(struct buf *out, double p)
{
    buf_addf(out, p < 0.001 ? "%.1e" : p < 0.1 ? "%.4f" : "%.3f", p);
}

static const char *unit_of(const struct comparison *comparison)
{
    return comparison->side[0]->has_speakers ? "speaker" : "row";
}

static void put_run(const struct compare_made *made, size_t side,
                    struct buf *out)
{
    buf_addf(out, "%c: %s", (int)('a' + (int)side), made->name[side]);
    if (made->normalization[side])
        buf_addf(out, ", normalization %s%s", made->normalization[side],
                 made->transductive[side] ? " (transductive)" : "");
    if (made->left_out[side] > 0)
        buf_addf(out, ", %zu rows left out", made->left_out[side]);
    buf_add_char(out, '\n');
}

static void put_how(const struct comparison *comparison,
                    const struct compare_made *made, struct buf *out)
{
    const struct permutation *luck = &comparison->scores.item[0].luck;
    const char *unit = unit_of(comparison);

    buf_addf(out, "%g %% intervals: delete-one-%s jackknife with Student's t\n",
             100 * made->settings->level, unit);
    if (luck->exact)
        buf_addf(out,
                 "p: a and b swapped %s by %s in all %" PRIu64
                 " ways (%.2g at the least)\n",
                 unit, unit, luck->splits, 2 / (double)luck->splits);
    else
        buf_addf(out,
                 "p: a and b swapped %s by %s in %" PRIu64
                 " drawn ways (seed %" PRIu64 ")\n",
                 unit, unit, luck->splits, made->settings->seed);
    if (!comparison->side[0]->has_speakers)
        buf_add_text(out, "no column \"speaker\": rows taken as independent; "
                          "where one person gave\nseveral, every interval is "
                          "too narrow and every p too small\n");
}

static void put_score(const struct comparison *comparison,
                      const struct compare_score *score, struct buf *out)
{
    char text[64];
    const char *label = score->label == METRIC_NO_LABEL
                            ? ""
                            : comparison->side[0]->labels.item[score->label];

    snprintf(text, sizeof(text), "%s%s%.40s", score->metric->title,
             *label ? " " : "", label);
    put_left(out, text, LABEL_WIDTH);
    for (size_t side = 0; side < 2; side++) {
        if (score->value[side].defined)
            buf_addf(out, "%7.4f ", score->value[side].value);
        else
            buf_add_text(out, "      - ");
    }
    if (!score->difference.defined) {
        buf_addf(out, " undefined: %s\n", score->difference.reason);
        return;
    }
    buf_addf(out, "%+8.4f  ", score->difference.value);
    if (!score->interval.defined)
        snprintf(text, sizeof(text), "-");
    else if (score->interval.no_spread)
        snprintf(text, sizeof(text), "no spread");
    else
        snprintf(text, sizeof(text), "[%+.3f, %+.3f]", score->interval.low,
                 score->interval.high);
    put_left(out, text, 18);
    text[0] = '\0';
    if (score->luck.defined)
        snprintf(text, sizeof(text), score->luck.p < 0.001 ? "%.1e" : "%.4f",
                 score->luck.p);
    put_left(out, text, 9);
    buf_addf(out, "%zu : %zu", score->first_better, score->second_better);
    if (score->equal > 0)
        buf_addf(out, " (%zu)", score->equal);
    buf_add_char(out, '\n');
}

static void put_scores(const struct comparison *comparison, struct buf *out)
{
    put_left(out, "\nscore", LABEL_WIDTH + 1);
    buf_add_text(out, "      a       b    a - b  jackknife-t       p        "
                      "better\n");
    for (size_t i = 0; i < comparison->scores.count; i++)
        put_score(comparison, &comparison->scores.item[i], out);
    buf_addf(out, "better: %ss for whom a, for whom b is better (neither)\n",
             unit_of(comparison));
}

static void put_mcnemar(const struct comparison *comparison, struct buf *out)
{
    const struct paired_mcnemar *test = &comparison->mcnemar;

    if (!comparison->has_mcnemar)
        return;
    buf_addf(out,
             "\nitems: both right %zu, only a %zu, only b %zu, both wrong "
             "%zu\n",
             comparison->both_right, comparison->only_right[0],
             comparison->only_right[1], comparison->both_wrong);
    if (!test->exact.defined) {
        buf_addf(out, "McNemar: undefined: %s\n", test->exact.reason);
        return;
    }
    buf_add_text(out, "McNemar, items as if independent: exact p ");
    put_p(out, test->exact.value);
    if (test->mid_p.defined) {
        buf_add_text(out, ", mid-p ");
        put_p(out, test->mid_p.value);
    }
    buf_add_char(out, '\n');
}

static void put_folds(const struct comparison *comparison, struct buf *out)
{
    const struct compare_folds *folds = &comparison->folds;

    if (!folds->used)
        return;
    buf_addf(out, "%zu folds' %s: ", folds->folds,
             comparison->scores.item[0].metric->title);
    if (!folds->corrected.p.defined) {
        buf_addf(out, "%s\n", folds->corrected.p.reason);
        return;
    }
    buf_addf(out, "corrected resampled t(%g) %.2f, p ", folds->corrected.df1,
             folds->corrected.statistic);
    put_p(out, folds->corrected.p.value);
    if (folds->five_by_two && folds->f.p.defined) {
        buf_addf(out, "; 5x2cv F(10, 5) %.2f, p ", folds->f.statistic);
        put_p(out, folds->f.p.value);
    }
    buf_add_char(out, '\n');
}

/* One sentence on the leading score. */
static void put_verdict(const struct comparison *comparison,
                        const struct compare_made *made, struct buf *out)
{
    const struct compare_score *score = &comparison->scores.item[0];
    double alpha = 1 - made->settings->level;
    double gain = score->metric->lower_is_better ? -score->difference.value
                                                 : score->difference.value;

    buf_add_char(out, '\n');
    if (!score->difference.defined || !score->luck.defined) {
        buf_addf(out, "%s cannot be compared: %s\n", score->metric->title,
                 score->difference.defined ? score->luck.reason
                                           : score->difference.reason);
        return;
    }
    if (score->luck.p <= alpha + 1e-12)
        buf_addf(out, "%c is better in %s: luck alone does this with p ",
                 gain > 0 ? 'a' : 'b', score->metric->title);
    else
        buf_addf(out, "neither is shown to be better in %s: p ",
                 score->metric->title);
    put_p(out, score->luck.p);
    buf_add_char(out, '\n');
    if (score->luck.exact && 2 / (double)score->luck.splits > alpha)
        buf_addf(out, "%zu %s%s too few: no difference could have p %g\n",
                 comparison->clusters, unit_of(comparison),
                 comparison->clusters == 1 ? " is" : "s are", alpha);
}

void compare_text(const struct comparison *comparison,
                  const struct compare_made *made, struct buf *out)
{
    const struct predictions *p = comparison->side[0];

    buf_addf(out, "%s, %zu item%s", predictions_task_name(p->task),
             comparison->items, comparison->items == 1 ? "" : "s");
    if (p->repeats > 1)
        buf_addf(out, " in %zu repeats", p->repeats);
    if (p->has_speakers)
        buf_addf(out, ", %zu speaker%s", comparison->clusters,
                 comparison->clusters == 1 ? "" : "s");
    buf_add_char(out, '\n');
    put_run(made, 0, out);
    put_run(made, 1, out);
    if (made->transductive[0] != made->transductive[1])
        buf_add_text(out, "one of them used the tested speakers' own items, "
                          "the other did not\n");
    if (made->knows[0] != made->knows[1])
        buf_addf(out, "who speaks is taken from %s; %s does not say\n",
                 made->knows[0] ? "a" : "b", made->knows[0] ? "b" : "a");
    put_how(comparison, made, out);
    put_scores(comparison, out);
    put_mcnemar(comparison, out);
    put_folds(comparison, out);
    put_verdict(comparison, made, out);
}
