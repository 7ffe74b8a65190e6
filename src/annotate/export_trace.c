/*
 * export_trace - traces as tables: samples, every pass apart, quality.
 *
 * Times are seconds from the item's beginning, when it was heard; no lag is
 * taken off.
 */
#include <config.h>

#include "annotate/export_trace.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/file/csv.h"
#include "common/store/project_trace.h"
#include "common/study/trace_measure.h"

struct writing {
    struct project *project;
    enum export_trace what;
    double rate;
    struct buf *out;
};

static const char *const sample_columns[] = {
    "item",    "annotator", "dimension", "time",  "value",     "question",
    "version", "settling",  "idle",      "input", "after_gap", "uncertainty",
};
static const char *const pass_columns[] = {
    "item",    "annotator", "dimension", "time",  "value",     "question",
    "version", "settling",  "idle",      "input", "after_gap", "uncertainty",
    "pass",    "heard_at",  "counts",    "end",
};
static const char *const quality_columns[] = {
    "item",           "annotator", "dimension",  "question",      "version",
    "passes",         "samples",   "traced_s",   "longest_gap_s", "idle_share",
    "settling_share", "low",       "high",       "range_used",    "keys",
    "mouse",          "stick",     "idle_times", "lag",
};

static int64_t start_of(const struct project_items *items, int64_t number)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->item[i].number == number)
            return items->item[i].start_us;
    return 0;
}

static void add_entry(struct export_subjects *subjects,
                      const struct export_rows *rows, size_t bundle,
                      size_t index, const struct project_items *items)
{
    const struct export_source *source = &rows->source[bundle];
    const struct fold_entry *entry = &source->fold.entry[index];
    struct export_subject it = {
        .work = &source->works.item[index],
        .entry = entry,
        .annotator = rows->bundles.item[bundle].alias,
        .bundle = rows->bundles.item[bundle].number,
        .position = index,
    };

    if (entry->withdrawn || entry->skipped || entry->submitted == 0 ||
        project_role_is_label(it.work->role) == rows->apart)
        return;
    it.from_us = start_of(items, it.work->item);
    for (size_t q = 0; q < rows->protocol->question_count; q++) {
        bool any = false;

        it.order = q;
        it.question = &rows->protocol->question[q];
        it.to_us = it.from_us;
        for (size_t i = 0; i < entry->passes.count; i++) {
            const struct event_pass *begin = &entry->passes.item[i].begin;

            if (strcmp(begin->question, it.question->id) != 0)
                continue;
            any = true;
            if (begin->to_us > it.to_us)
                it.to_us = begin->to_us;
        }
        if (any && it.question->trace)
            VEC_PUSH(subjects, it);
    }
}

static int compare(const void *a, const void *b)
{
    const struct export_subject *one = a;
    const struct export_subject *two = b;
    int by = strcmp(one->work->item_id, two->work->item_id);

    if (by == 0)
        by = strcmp(one->annotator, two->annotator);
    if (by == 0)
        by = (one->bundle > two->bundle) - (one->bundle < two->bundle);
    if (by == 0)
        by = (one->position > two->position) - (one->position < two->position);
    if (by == 0)
        by = (one->order > two->order) - (one->order < two->order);
    return by;
}

static void put_number(struct buf *out, double value)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_char(out, ',');
    if (isfinite(value))
        buf_add_text(out, number_format(value, text));
}

static void put_seconds(struct buf *out, int64_t us)
{
    char text[NUMBER_TEXT_SIZE];

    buf_addf(out, ",%s", number_format_seconds(us, text));
}

static void put_head(const struct writing *writing,
                     const struct export_subject *it, size_t axis)
{
    csv_put(writing->out, it->work->item_id);
    buf_add_char(writing->out, ',');
    csv_put(writing->out, it->annotator);
    buf_add_char(writing->out, ',');
    csv_put(writing->out, it->question->trace->dimension[axis].id);
}

static void put_flags(struct buf *out, unsigned flags)
{
    static const unsigned bits[] = { TRACE_SETTLING, TRACE_IDLE, TRACE_INPUT,
                                     TRACE_AFTER_GAP };

    for (size_t i = 0; i < LENGTH_OF(bits); i++)
        buf_add_text(out, flags & bits[i] ? ",1" : ",0");
}

const struct event_pass *export_subject_pass(const struct export_subject *it,
                                             int64_t media_us)
{
    for (size_t i = it->entry->passes.count; i-- > 0;) {
        const struct fold_pass *pass = &it->entry->passes.item[i];

        if (fold_pass_counts(pass, it->question->id) &&
            media_us >= pass->first_us && media_us <= pass->last_us)
            return &pass->begin;
    }
    return NULL;
}

/* One standard deviation of when it was heard; empty where that is not known,
 * or exact, as on a script's own clock. */
static void put_uncertainty(struct buf *out, const struct event_pass *pass)
{
    if (pass && pass->uncertainty_us > 0)
        put_seconds(out, pass->uncertainty_us);
    else
        buf_add_char(out, ',');
}

static void put_bin(const struct writing *writing,
                    const struct export_subject *it, size_t axis,
                    const struct trace_bin *bin)
{
    put_head(writing, it, axis);
    put_seconds(writing->out, bin->middle_us - it->from_us);
    put_number(writing->out, bin->value[axis]);
    buf_add_char(writing->out, ',');
    csv_put(writing->out, it->question->id);
    if (bin->samples > 0) {
        const struct event_pass *pass = export_subject_pass(it, bin->middle_us);

        buf_addf(writing->out, ",%d", pass ? pass->version : 0);
        put_flags(writing->out, bin->flags);
        put_uncertainty(writing->out, pass);
    } else {
        buf_add_text(writing->out, ",,,,,,");
    }
    buf_add_char(writing->out, '\n');
}

static void put_sample(const struct writing *writing,
                       const struct export_subject *it, size_t axis,
                       const struct trace_sample *sample,
                       const struct event_pass *pass)
{
    put_head(writing, it, axis);
    put_seconds(writing->out, sample->media_us - it->from_us);
    put_number(writing->out, sample->value[axis]);
    buf_add_char(writing->out, ',');
    csv_put(writing->out, it->question->id);
    buf_addf(writing->out, ",%d", pass ? pass->version : 0);
    put_flags(writing->out, sample->flags);
    put_uncertainty(writing->out, pass);
}

static void write_samples(const struct writing *writing,
                          const struct export_subject *it,
                          const struct trace_samples *samples)
{
    struct trace_bins bins = { 0 };

    if (writing->rate > 0)
        trace_bin(samples, it->from_us, it->to_us, writing->rate, &bins);
    for (size_t axis = 0; axis < it->question->trace->count; axis++) {
        for (size_t i = 0; i < bins.count; i++)
            put_bin(writing, it, axis, &bins.item[i]);
        for (size_t i = 0; writing->rate == 0 && i < samples->count; i++) {
            put_sample(writing, it, axis, &samples->item[i],
                       export_subject_pass(it, samples->item[i].media_us));
            buf_add_char(writing->out, '\n');
        }
    }
    free(bins.item);
}

static bool write_passes(const struct writing *writing,
                         const struct export_subject *it, struct error *err)
{
    for (size_t p = 0; p < it->entry->passes.count; p++) {
        const struct fold_pass *pass = &it->entry->passes.item[p];
        struct trace_samples rows = { 0 };
        const char *id = it->question->id;
        bool good;

        if (strcmp(pass->begin.question, id) != 0)
            continue;
        good = project_trace_read(writing->project, pass->hash, &rows, err);
        for (size_t axis = 0; axis < it->question->trace->count; axis++)
            for (size_t i = 0; i < rows.count; i++) {
                put_sample(writing, it, axis, &rows.item[i], &pass->begin);
                buf_addf(writing->out, ",%zu", p + 1);
                put_seconds(writing->out,
                            rows.item[i].host_us - rows.item[0].host_us);
                buf_addf(writing->out, ",%d,%s\n", fold_pass_counts(pass, id),
                         pass->discarded ? "discarded"
                                         : trace_end_name(pass->end));
            }
        free(rows.item);
        if (!good)
            return false;
    }
    return true;
}

/* What there was of passes and of input, all versions together. */
static void put_effort(const struct writing *writing,
                       const struct export_subject *it)
{
    struct event_inputs sum = { 0 };
    int idle = 0;

    for (size_t i = 0; i < it->entry->passes.count; i++) {
        const struct fold_pass *pass = &it->entry->passes.item[i];

        if (strcmp(pass->begin.question, it->question->id) != 0)
            continue;
        sum.keys += pass->inputs.keys;
        sum.mouse += pass->inputs.mouse;
        sum.stick += pass->inputs.stick;
        idle += pass->idle;
    }
    buf_addf(writing->out, ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%d,none\n",
             sum.keys, sum.mouse, sum.stick, idle);
}

/* The highest that counts. */
static int current_version(const struct export_subject *it)
{
    int version = 0;

    for (size_t i = 0; i < it->entry->passes.count; i++) {
        const struct fold_pass *pass = &it->entry->passes.item[i];

        if (fold_pass_counts(pass, it->question->id) &&
            pass->begin.version > version)
            version = pass->begin.version;
    }
    return version;
}

static void write_quality(const struct writing *writing,
                          const struct export_subject *it,
                          const struct trace_samples *samples)
{
    const struct question_trace *rules = it->question->trace;
    struct trace_quality quality;
    size_t passes = 0;

    trace_measure(samples, it->from_us, it->to_us, &quality);
    for (size_t i = 0; i < it->entry->passes.count; i++)
        passes += strcmp(it->entry->passes.item[i].begin.question,
                         it->question->id) == 0;
    for (size_t axis = 0; axis < rules->count; axis++) {
        double used = quality.high[axis] - quality.low[axis];

        put_head(writing, it, axis);
        buf_add_char(writing->out, ',');
        csv_put(writing->out, it->question->id);
        buf_addf(writing->out, ",%d,%zu,%zu", current_version(it), passes,
                 quality.samples);
        put_number(writing->out, quality.traced_s);
        put_number(writing->out, quality.longest_gap_s);
        put_number(writing->out, quality.idle_share);
        put_number(writing->out, quality.settling_share);
        put_number(writing->out, quality.low[axis]);
        put_number(writing->out, quality.high[axis]);
        put_number(writing->out,
                   rules->mode == TRACE_ABSOLUTE
                       ? used / trace_range(&rules->dimension[axis])
                       : NAN);
        put_effort(writing, it);
    }
}

static bool write_one(const struct writing *writing,
                      const struct export_subject *it, struct error *err)
{
    struct trace_samples samples = { 0 };
    bool good;

    if (writing->what == EXPORT_TRACE_PASSES)
        return write_passes(writing, it, err);
    good = project_trace_current(writing->project, it->entry, it->question->id,
                                 &samples, err);
    if (good && writing->what == EXPORT_TRACE_QUALITY)
        write_quality(writing, it, &samples);
    else if (good)
        write_samples(writing, it, &samples);
    free(samples.item);
    return good;
}

bool export_subjects_list(struct project *project,
                          const struct export_rows *rows,
                          struct export_subjects *out, struct error *err)
{
    struct project_items items;

    if (!project_items(project, &items, err))
        return false;
    for (size_t b = 0; b < rows->bundles.count; b++)
        for (size_t i = 0; i < rows->source[b].works.count; i++)
            add_entry(out, rows, b, i, &items);
    project_items_release(&items);
    if (out->count > 0)
        qsort(out->item, out->count, sizeof(*out->item), compare);
    return true;
}

bool export_traces(struct project *project, const struct export_rows *rows,
                   enum export_trace what, double rate, struct buf *out,
                   struct error *err)
{
    struct writing writing = { project, what, rate, out };
    struct export_subjects subjects = { 0 };
    bool good = export_subjects_list(project, rows, &subjects, err);

    if (!good)
        return false;
    if (what == EXPORT_TRACE_QUALITY)
        csv_put_row(out, quality_columns, LENGTH_OF(quality_columns));
    else if (what == EXPORT_TRACE_PASSES)
        csv_put_row(out, pass_columns, LENGTH_OF(pass_columns));
    else
        csv_put_row(out, sample_columns, LENGTH_OF(sample_columns));
    for (size_t i = 0; good && i < subjects.count; i++)
        good = write_one(&writing, &subjects.item[i], err);
    free(subjects.item);
    return good;
}
