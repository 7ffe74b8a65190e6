/* trace - passes over passes, seals, and what the journal says of them. */
#include <config.h>

#include "common/study/trace.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/rng.h"
#include "common/base/vec.h"
#include "common/study/fold.h"
#include "common/study/trace_measure.h"

enum { SLOTS = 200 };

static struct trace_sample sample_at(int slot, double value)
{
    return (struct trace_sample){
        .media_us = (int64_t)slot * TRACE_STEP_US,
        .value = { value, NAN },
    };
}

/* Against the plain way: a cell for each time, the newest pass writes it. */
static void the_newest_pass_wins_where_it_has_samples(void **state)
{
    struct rng *rng = rng_new(3, "test/trace");

    (void)state;
    for (int round = 0; round < 500; round++) {
        struct trace_samples pass[6] = { 0 };
        struct trace_part part[6];
        struct trace_samples out = { 0 };
        double cell[SLOTS];
        size_t at = 0;

        for (int i = 0; i < SLOTS; i++)
            cell[i] = NAN;
        for (int p = 0; p < 6; p++) {
            int from = (int)rng_below(rng, SLOTS);
            int to = from + (int)rng_below(rng, (uint64_t)(SLOTS - from) + 1);
            int last = -1;

            for (int i = from; i < to; i++) {
                if (rng_below(rng, 8) == 0)
                    continue; /* a hole within the pass */
                VEC_PUSH(&pass[p], sample_at(i, p + i / 1000.0));
                last = i;
            }
            part[p] = (struct trace_part){ pass[p].item, pass[p].count };
            if (last < 0)
                continue;
            from = (int)(pass[p].item[0].media_us / TRACE_STEP_US);
            for (int i = from; i <= last; i++)
                cell[i] = NAN;
            for (size_t i = 0; i < pass[p].count; i++)
                cell[pass[p].item[i].media_us / TRACE_STEP_US] =
                    pass[p].item[i].value[0];
        }
        trace_compose(part, 6, &out);
        for (int i = 0; i < SLOTS; i++) {
            if (isnan(cell[i]))
                continue;
            assert_true(at < out.count);
            assert_int_equal(out.item[at].media_us, (int64_t)i * TRACE_STEP_US);
            assert_true(out.item[at++].value[0] == cell[i]);
        }
        assert_int_equal(at, out.count);
        for (int p = 0; p < 6; p++)
            free(pass[p].item);
        free(out.item);
    }
    rng_free(rng);
}

static void a_seal_knows_every_field_but_no_sign_of_zero(void **state)
{
    const uint8_t pass[EVENT_HASH_SIZE] = { 1 };
    const uint8_t other[EVENT_HASH_SIZE] = { 2 };
    struct trace_sample rows[2] = { sample_at(1, 0), sample_at(2, 0.5) };
    uint8_t first[EVENT_HASH_SIZE], again[EVENT_HASH_SIZE];

    (void)state;
    trace_hash(pass, 0, rows, 2, first);
    rows[0].value[0] = -0.0; /* a database does not give that back */
    trace_hash(pass, 0, rows, 2, again);
    assert_memory_equal(first, again, sizeof(first));
    trace_hash(pass, 1, rows, 2, again);
    assert_memory_not_equal(first, again, sizeof(first));
    trace_hash(other, 0, rows, 2, again);
    assert_memory_not_equal(first, again, sizeof(first));
    trace_hash(pass, 0, rows, 1, again);
    assert_memory_not_equal(first, again, sizeof(first));
    rows[1].flags = TRACE_IDLE;
    trace_hash(pass, 0, rows, 2, again);
    assert_memory_not_equal(first, again, sizeof(first));
    rows[1].flags = 0;
    rows[1].host_us = 1;
    trace_hash(pass, 0, rows, 2, again);
    assert_memory_not_equal(first, again, sizeof(first));
}

struct journal {
    struct fold fold;
    uint8_t count;
};

static void add(struct journal *journal, enum event_kind kind, char *payload,
                uint8_t hash[EVENT_HASH_SIZE])
{
    struct event event = { .kind = kind,
                           .name = event_name(kind),
                           .entry = "e1",
                           .payload = payload };

    event.hash[0] = ++journal->count;
    if (hash)
        memcpy(hash, event.hash, EVENT_HASH_SIZE);
    fold_apply(&journal->fold, &event);
    free(payload);
}

/* Samples from_us to to_us, by one seal. */
static void trace(struct journal *journal, int version, int64_t from_us,
                  int64_t to_us, bool whole, enum trace_end end)
{
    struct event_pass pass = {
        (char *)"q", version, from_us, 10000000, whole, 0
    };
    struct event_seal seal = { .first_us = from_us,
                               .last_us = to_us - TRACE_STEP_US,
                               .count = (to_us - from_us) / TRACE_STEP_US };
    struct event_inputs inputs = { .keys = 3 };

    add(journal, EVENT_TRACE_STARTED, event_payload_pass(&pass), seal.pass);
    add(journal, EVENT_TRACE_SEALED, event_payload_seal(&seal), NULL);
    if (end != TRACE_RUNNING)
        add(journal, EVENT_TRACE_ENDED,
            event_payload_pass_end(seal.pass, end, seal.count, &inputs), NULL);
}

static void begin(struct journal *journal)
{
    static const char *const id[] = { "e1" };

    memset(journal, 0, sizeof(*journal));
    fold_init(&journal->fold, id, 1);
}

static void passes_that_meet_cover_the_item(void **state)
{
    struct journal journal;
    struct fold_span hole;

    (void)state;
    begin(&journal);
    trace(&journal, 1, 0, 4000000, false, TRACE_PAUSED);
    assert_true(fold_trace_hole(&journal.fold, 0, "q", 0, 10000000, &hole));
    assert_int_equal(hole.from_us, 4000000);
    assert_int_equal(hole.to_us, 10000000);
    trace(&journal, 1, 6000000, 10000000, false, TRACE_COMPLETE);
    assert_true(fold_trace_hole(&journal.fold, 0, "q", 0, 10000000, &hole));
    assert_int_equal(hole.to_us, 6000000);
    trace(&journal, 1, 4030000, 6000000, false, TRACE_CUT_OFF);
    assert_false(fold_trace_hole(&journal.fold, 0, "q", 0, 10000000, &hole));
    assert_int_equal(fold_trace_version(&journal.fold, 0, "q"), 1);
    assert_int_equal(fold_traced_us(&journal.fold, 0, "q"), 9970000);
    assert_true(fold_trace_hole(&journal.fold, 0, "other", 0, 1, &hole) ==
                false); /* nothing of an item that is next to nothing */
    fold_release(&journal.fold);
}

static void what_must_be_whole_counts_only_to_its_end(void **state)
{
    struct journal journal;
    struct fold_span hole;

    (void)state;
    begin(&journal);
    trace(&journal, 1, 0, 9000000, true, TRACE_STOPPED);
    assert_int_equal(fold_trace_version(&journal.fold, 0, "q"), 0);
    assert_int_equal(fold_trace_next_version(&journal.fold, 0, "q"), 2);
    assert_true(fold_trace_hole(&journal.fold, 0, "q", 0, 10000000, &hole));
    assert_int_equal(hole.from_us, 0);
    trace(&journal, 2, 0, 10000000, true, TRACE_COMPLETE);
    assert_false(fold_trace_hole(&journal.fold, 0, "q", 0, 10000000, &hole));
    fold_release(&journal.fold);
}

static void a_version_is_taken_back_and_comes_back(void **state)
{
    struct journal journal;
    uint8_t deed[EVENT_HASH_SIZE];

    (void)state;
    begin(&journal);
    trace(&journal, 1, 0, 10000000, false, TRACE_COMPLETE);
    trace(&journal, 2, 2000000, 3000000, false, TRACE_COMPLETE);
    assert_int_equal(fold_trace_version(&journal.fold, 0, "q"), 2);
    add(&journal, EVENT_TRACE_DISCARDED, event_payload_discard("q", 2), deed);
    assert_int_equal(fold_trace_version(&journal.fold, 0, "q"), 1);
    assert_int_equal(fold_trace_next_version(&journal.fold, 0, "q"), 3);
    assert_non_null(fold_undo_target(&journal.fold, 0));
    add(&journal, EVENT_UNDO, event_payload_undo(deed), NULL);
    assert_int_equal(fold_trace_version(&journal.fold, 0, "q"), 2);
    add(&journal, EVENT_REDO, event_payload_undo(deed), NULL);
    assert_int_equal(fold_trace_version(&journal.fold, 0, "q"), 1);
    assert_int_equal(journal.fold.malformed, 0);
    fold_release(&journal.fold);
}

static void seals_that_do_not_follow_are_counted_as_malformed(void **state)
{
    struct journal journal;
    struct event_pass pass = { (char *)"q", 1, 0, 1000000, false, 0 };
    struct event_seal seal = { .count = 10, .last_us = 90000 };

    (void)state;
    begin(&journal);
    add(&journal, EVENT_TRACE_SEALED, event_payload_seal(&seal), NULL);
    assert_int_equal(journal.fold.malformed, 1); /* of no pass */
    add(&journal, EVENT_TRACE_STARTED, event_payload_pass(&pass), seal.pass);
    seal.first = 5;
    add(&journal, EVENT_TRACE_SEALED, event_payload_seal(&seal), NULL);
    assert_int_equal(journal.fold.malformed, 2); /* five are missing */
    seal.first = 0;
    add(&journal, EVENT_TRACE_SEALED, event_payload_seal(&seal), NULL);
    assert_int_equal(journal.fold.malformed, 2);
    assert_int_equal(journal.fold.entry[0].passes.item[0].count, 10);
    fold_release(&journal.fold);
}

/* 0 to 1 s at 100 Hz but for 0.25 to 0.5 s: value 1, then 2 from 0.5 s on. */
static void make_halves(struct trace_samples *out)
{
    for (int i = 0; i < 100; i++) {
        struct trace_sample sample = sample_at(i, i < 50 ? 1 : 2);

        sample.flags = i >= 75 ? TRACE_IDLE : i < 5 ? TRACE_SETTLING : 0;
        if (i < 25 || i >= 50)
            VEC_PUSH(out, sample);
    }
}

static void an_empty_bin_stays_empty(void **state)
{
    struct trace_samples samples = { 0 };
    struct trace_bins bins = { 0 };

    (void)state;
    make_halves(&samples);
    trace_bin(&samples, 0, 1000000, 4, &bins);
    assert_int_equal(bins.count, 4);
    assert_int_equal(bins.item[0].middle_us, 125000);
    assert_true(bins.item[0].value[0] == 1);
    assert_int_equal(bins.item[0].samples, 25);
    assert_true(isnan(bins.item[1].value[0]));
    assert_int_equal(bins.item[1].samples, 0);
    assert_true(bins.item[2].value[0] == 2);
    assert_int_equal(bins.item[3].flags, TRACE_IDLE);
    bins.count = 0; /* half a second: 25 ones; then 50 twos */
    trace_bin(&samples, 0, 1000000, 2, &bins);
    assert_int_equal(bins.count, 2);
    assert_true(bins.item[0].value[0] == 1 && bins.item[1].value[0] == 2);
    bins.count = 0; /* all of it: (25 + 2 * 50) / 75 */
    trace_bin(&samples, 0, -1, 1, &bins);
    assert_int_equal(bins.count, 1);
    assert_true(fabs(bins.item[0].value[0] - 125.0 / 75) < 1e-12);
    free(bins.item);
    free(samples.item);
}

static void bins_hold_every_sample_once_at_any_rate(void **state)
{
    struct rng *rng = rng_new(5, "test/bins");

    (void)state;
    for (int round = 0; round < 200; round++) {
        struct trace_samples samples = { 0 };
        struct trace_bins bins = { 0 };
        double rate = 0.5 + (double)rng_below(rng, 2000) / 20;
        double sum = 0, back = 0;
        size_t count = 0;

        for (int i = 0; i < 300; i++)
            if (rng_below(rng, 4) > 0) {
                VEC_PUSH(&samples, sample_at(i, (double)rng_below(rng, 100)));
                sum += samples.item[samples.count - 1].value[0];
            }
        trace_bin(&samples, 0, 3000000, rate, &bins);
        for (size_t i = 0; i < bins.count; i++) {
            count += bins.item[i].samples;
            if (bins.item[i].samples > 0)
                back += bins.item[i].value[0] * (double)bins.item[i].samples;
        }
        assert_int_equal(count, samples.count);
        assert_true(fabs(back - sum) < 1e-6);
        free(bins.item);
        free(samples.item);
    }
    rng_free(rng);
}

static void quality_counts_gaps_idleness_and_range(void **state)
{
    struct trace_samples samples = { 0 };
    struct trace_quality quality;

    (void)state;
    make_halves(&samples);
    trace_measure(&samples, 0, 1200000, &quality);
    assert_int_equal(quality.samples, 75);
    assert_true(fabs(quality.longest_gap_s - 0.25) < 1e-9);
    assert_true(fabs(quality.idle_share - 25.0 / 75) < 1e-12);
    assert_true(fabs(quality.settling_share - 5.0 / 75) < 1e-12);
    assert_true(quality.low[0] == 1 && quality.high[0] == 2);
    assert_true(isnan(quality.low[1]));
    trace_measure(&samples, 0, 1500000, &quality); /* and at its end */
    assert_true(fabs(quality.longest_gap_s - 0.5) < 1e-9);
    samples.count = 0;
    trace_measure(&samples, 0, 1000000, &quality);
    assert_true(isnan(quality.idle_share));
    assert_true(fabs(quality.longest_gap_s - 1) < 1e-9);
    free(samples.item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_pass_wins_where_it_has_samples),
        cmocka_unit_test(a_seal_knows_every_field_but_no_sign_of_zero),
        cmocka_unit_test(passes_that_meet_cover_the_item),
        cmocka_unit_test(what_must_be_whole_counts_only_to_its_end),
        cmocka_unit_test(a_version_is_taken_back_and_comes_back),
        cmocka_unit_test(an_empty_bin_stays_empty),
        cmocka_unit_test(bins_hold_every_sample_once_at_any_rate),
        cmocka_unit_test(quality_counts_gaps_idleness_and_range),
        cmocka_unit_test(seals_that_do_not_follow_are_counted_as_malformed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
