/* traces_measure - agreement of traces, item by item. */
#include <config.h>

#include "common/report/traces_report.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/stat/ccc.h"
#include "common/stat/describe.h"
#include "common/stat/dist.h"

/* What counts as a rise or a fall, and as most raters; as the man page says. */
static const double step_share = 0.1, consensus_share = 2.0 / 3;

static size_t points_of(const struct traces_report *report, double seconds)
{
    return (size_t)floor(seconds * report->settings->look.rate + 0.5);
}

static void measure_piece(const struct traces_report *report, size_t dimension,
                          size_t item, struct traces_piece *piece)
{
    const struct traces_settings *settings = report->settings;
    const struct curve_table *table = &report->view.table;
    size_t raters = table->raters.count;

    if (!curve_panel_init(&piece->panel, curve_at(table, dimension, item),
                          report->view.lag + dimension * raters, raters,
                          settings->look.rate, &piece->reason)) {
        piece->panel.points = 0;
        return;
    }
    piece->means =
        curve_means_of(&piece->panel, points_of(report, settings->look.most),
                       settings->penalty / settings->look.rate);
    piece->qa = curve_qa_of(&piece->panel, points_of(report, settings->bin),
                            step_share, consensus_share);
}

/* Undefined also where only one of them is constant, as in the means. */
static struct estimate ccc_of(const struct ccc_sums *pairs)
{
    struct estimate pearson = ccc_pearson(pairs);

    return pearson.defined ? ccc_lin(pairs) : pearson;
}

/* A mean over items. */
struct mean {
    double sum, n;
};

static void add(struct mean *mean, struct estimate value)
{
    if (value.defined) {
        mean->sum += value.value;
        mean->n++;
    }
}

static struct estimate read(const struct mean *mean)
{
    return estimate_ratio(mean->sum, mean->n, "undefined in every item");
}

struct sums {
    struct mean ccc, pearson, lagged, shift;
    double here, *each; /* distances, summed over items */
    size_t warped;      /* items that they are from */
};

static void add_item(const struct traces_report *report,
                     const struct traces_piece *piece, size_t row,
                     struct sums *sums)
{
    const struct traces_settings *settings = report->settings;
    double rate = settings->look.rate;
    size_t points = piece->panel.points, shifts = (size_t)settings->shifts;
    const double *x = curve_row(&piece->panel, row);
    double *others = xcalloc(points + shifts + 1, sizeof(*others));
    double *each = others + points;
    struct ccc_sums pairs;
    struct curve_lagged lagged;
    struct curve_warp warp;

    curve_panel_mean(&piece->panel, row, others);
    pairs = ccc_sums_of(x, others, NULL, points);
    add(&sums->pearson, ccc_pearson(&pairs));
    add(&sums->ccc, ccc_of(&pairs));
    lagged = curve_lagged_ccc(others, x, points,
                              points_of(report, settings->look.most),
                              settings->penalty / rate);
    add(&sums->lagged, lagged.ccc);
    if (lagged.ccc.defined)
        add(&sums->shift, estimate_of(lagged.lag / rate));
    warp = curve_warp_of(x, others, points, points_of(report, settings->warp),
                         shifts, each);
    if (warp.p.defined && warp.shifts == shifts) {
        sums->here += warp.distance.value;
        for (size_t s = 0; s < shifts; s++)
            sums->each[s] += each[s];
        sums->warped++;
    }
    free(others);
}

static void read_person(const struct sums *sums, size_t shifts,
                        struct traces_person *out)
{
    double sum = 0, near = 0;

    out->ccc = read(&sums->ccc);
    out->pearson = read(&sums->pearson);
    out->lagged = read(&sums->lagged);
    out->shift = read(&sums->shift);
    for (size_t s = 0; s < shifts; s++) {
        sum += sums->each[s];
        near += sums->each[s] <= sums->here;
    }
    out->warp = out->p = estimate_undefined("too short, or constant");
    if (sums->warped > 0 && sum > 0) {
        out->warp = estimate_of(1 - sums->here * (double)shifts / sum);
        out->p = estimate_of((1 + near) / (double)(1 + shifts));
    }
}

static bool measure_people(struct traces_report *report, struct error *err)
{
    const struct curve_table *table = &report->view.table;
    size_t raters = table->raters.count, items = table->items.count;
    size_t shifts = (size_t)report->settings->shifts;
    double *each = xcalloc(shifts + 1, sizeof(*each));

    report->person = xcalloc(table->dimensions.count * raters + 1,
                             sizeof(struct traces_person));
    for (size_t c = 0; c < table->dimensions.count * raters; c++) {
        struct sums sums = { .each = each };
        struct traces_person *person = &report->person[c];

        for (size_t s = 0; s < shifts; s++)
            each[s] = 0;
        for (size_t i = 0; i < items && !interrupt_pending(); i++) {
            const struct traces_piece *piece =
                &report->piece[c / raters * items + i];

            for (size_t row = 0; row < piece->panel.raters; row++) {
                if (piece->panel.points > 0 && piece->panel.raters > 1 &&
                    piece->panel.rater[row] == c % raters) {
                    add_item(report, piece, row, &sums);
                    person->items++;
                }
            }
        }
        read_person(&sums, shifts, person);
    }
    free(each);
    return interrupt_check(err);
}

bool traces_measure(struct traces_report *report, struct error *err)
{
    const struct curve_table *table = &report->view.table;
    size_t items = table->items.count;
    size_t pieces = table->dimensions.count * items;

    report->piece = xcalloc(pieces + 1, sizeof(*report->piece));
    for (size_t p = 0; p < pieces; p++) {
        if (interrupt_check(err))
            measure_piece(report, p / items, p % items, &report->piece[p]);
        else
            return false;
    }
    return !report->settings->annotators || measure_people(report, err);
}

const char *const traces_titles[TRACES_VALUES] = {
    "CCC",          "Pearson's r", "lagged CCC", "Cronbach's alpha",
    "QA agreement", "QA alpha",
};

static struct estimate value_of(const struct traces_piece *one,
                                enum traces_value value)
{
    if (one->panel.points == 0)
        return estimate_undefined(one->reason);
    switch (value) {
    case TRACES_PEARSON:
        return one->means.pearson;
    case TRACES_LAGGED:
        return one->means.lagged;
    case TRACES_CRONBACH:
        return one->means.cronbach;
    case TRACES_QA:
        return one->qa.agreement;
    case TRACES_QA_ALPHA:
        return one->qa.alpha;
    case TRACES_CCC:
    case TRACES_VALUES:
        break;
    }
    return one->means.ccc;
}

struct estimate traces_mean(const struct traces_report *report,
                            size_t dimension, enum traces_value value,
                            const bool *keep, double *half, size_t *count)
{
    size_t items = report->view.table.items.count;
    double *x = xcalloc(items + 1, sizeof(*x));
    struct estimate mean, sd;

    *count = 0;
    for (size_t i = 0; i < items; i++) {
        struct estimate one =
            value_of(&report->piece[dimension * items + i], value);

        if ((!keep || keep[i]) && one.defined)
            x[(*count)++] = one.value;
    }
    mean = describe_mean(x, *count);
    sd = describe_sd(x, *count, DESCRIBE_N_LESS_1);
    *half = sd.defined ? sd.value / sqrt((double)*count) *
                             dist_t_quantile(0.5 + report->settings->level / 2,
                                             (double)*count - 1)
                       : 0;
    free(x);
    return mean;
}

struct estimate traces_rest(const struct traces_report *report,
                            size_t dimension, size_t item, size_t rater)
{
    const struct curve_panel *panel =
        &report->piece[dimension * report->view.table.items.count + item].panel;
    struct estimate out = estimate_undefined("nobody else traced it");
    double *others = xcalloc(panel->points + 1, sizeof(*others));

    for (size_t row = 0;
         panel->points > 0 && panel->raters > 1 && row < panel->raters; row++) {
        struct ccc_sums pairs;

        if (panel->rater[row] != rater)
            continue;
        curve_panel_mean(panel, row, others);
        pairs = ccc_sums_of(curve_row(panel, row), others, NULL, panel->points);
        out = ccc_of(&pairs);
    }
    free(others);
    return out;
}

void traces_release(struct traces_report *report)
{
    const struct curve_table *of = &report->view.table;

    for (size_t p = 0;
         report->piece && p < of->dimensions.count * of->items.count; p++)
        curve_panel_release(&report->piece[p].panel);
    free(report->piece);
    free(report->person);
    curve_view_release(&report->view);
    report->piece = NULL;
    report->person = NULL;
}

bool traces_fails(const struct traces_report *report)
{
    for (size_t d = 0; d < report->view.table.dimensions.count; d++) {
        double half;
        size_t count;
        struct estimate mean =
            traces_mean(report, d, TRACES_CCC, NULL, &half, &count);

        if (report->settings->min >= -1 &&
            (!mean.defined || mean.value < report->settings->min))
            return true;
    }
    return false;
}
