/*
 * Signals with time stamps: what a cell of time may be, tables of irregular
 * stamps, and signals between their samples.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/feat/channel.h"
#include "eval/feat/series.h"

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) <= (by))

static char path[] = "/tmp/mien-series-XXXXXX";

static void put(const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

static void a_time_is_seconds_a_clock_or_a_date(void **state)
{
    double t;

    (void)state;
    assert_true(series_parse_time("12.5", 0, &t));
    NEAR(t, 12.5, 0);
    assert_true(series_parse_time("12500", 1e-3, &t));
    NEAR(t, 12.5, 1e-12);
    assert_true(series_parse_time("00:16:16,059", 1, &t));
    NEAR(t, 976.059, 1e-9);
    assert_true(series_parse_time("16:16.5", 1, &t));
    NEAR(t, 976.5, 1e-9);
    /* date -u -d 2019-06-11T18:43:45Z +%s */
    assert_true(series_parse_time("2019-06-11T18:43:45Z", 1, &t));
    NEAR(t, 1560278625, 0);
    assert_true(series_parse_time("2019-06-11 20:43:45.250+02:00", 1, &t));
    NEAR(t, 1560278625.25, 1e-6);
    assert_true(series_parse_time("2024-02-29T00:00:00-0130", 1, &t));
    NEAR(t, 1709170200, 0); /* date -u -d 2024-02-29T01:30:00Z +%s */
    assert_true(series_parse_time("1969-12-31T23:59:59Z", 1, &t));
    NEAR(t, -1, 0);
}

static void what_is_no_time_is_refused(void **state)
{
    static const char *const bad[] = {
        "",     "abc",        "1:2:3:4",  "1:99",
        "12:",  "2019-06-11", "1e300",    "2019-13-01T00:00:00Z",
        "1:2x", "00:00:01,",  "12.5s",    "2019-06-11T00:00:00+99:00",
        "nan",  "inf",        "-00:01.5", "2019-06-11T00:00:00Zoom",
    };
    double t;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(series_parse_time(bad[i], 1, &t));
}

static void a_table_is_put_in_order_and_doubles_are_counted(void **state)
{
    const struct series_options options = { .item = "who" };
    struct series series;
    struct error err;

    (void)state;
    put("who, t ,x,note,y\n"
        "a,2,20,n,\na,1,10,n,5\nb,1,7,n,nan\na,2,21,n,?\n");
    assert_true(series_read(path, &options, &series, &err));
    assert_int_equal(series.items.count, 2);
    assert_int_equal(series.columns.count, 2);
    assert_int_equal(series.left_out.count, 1);
    assert_string_equal(series.left_out.item[0], "note");
    assert_int_equal(series_at(&series, 0, 0)->count, 2);
    NEAR(series_at(&series, 0, 0)->value[0], 10, 0);
    NEAR(series_at(&series, 0, 0)->value[1], 21, 0); /* the last counts */
    assert_int_equal(series.doubled, 1);
    assert_int_equal(series_at(&series, 0, 1)->count, 1);
    assert_int_equal(series_at(&series, 1, 1)->count, 0);
    NEAR(series.start_s, 1, 0);
    series_release(&series);
}

static void frames_without_a_face_have_no_samples(void **state)
{
    const struct series_options options = { 0 };
    struct series series;
    struct error err;

    (void)state;
    put("timestamp, confidence, success, AU12_r\n"
        "0, 0.9, 1, 1\n0.1, 0.2, 1, 2\n0.2, 0.9, 0, 3\n0.3, 0.9, 1, 4\n");
    assert_true(series_read(path, &options, &series, &err));
    assert_int_equal(series.faceless, 2);
    assert_int_equal(series_at(&series, 0, 0)->count, 4); /* confidence */
    assert_int_equal(series_at(&series, 0, 2)->count, 2);
    NEAR(series_at(&series, 0, 2)->time[1], 0.3, 0);
    series_release(&series);
}

static void a_bad_table_is_named_with_its_line(void **state)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        { "", "empty" },
        { "time,x\n", "no row" },
        { "when,x\n1,2\n", "no column of time" },
        { "time,x\n1,2\nz,3\n", ":3: column \"time\"" },
        { "time,x\n1,2\n2,q\n", ":3: column \"x\"" },
        { "time,x\n1,\n2,nan\n", "no number" },
        { "time,x\n1\n", ":2:" },
    };
    const struct series_options options = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct series series;
        struct error err;

        put(bad[i].text);
        assert_false(series_read(path, &options, &series, &err));
        assert_non_null(strstr(err.text, bad[i].says));
        series_release(&series);
    }
}

static double times[] = { 0, 1, 2, 6, 7, 8 };
static double values[] = { 0, 2, 2, 10, 12, 12 };
static struct series_curve curve = { times, values, 6, 6, false };

static void a_gap_is_not_filled(void **state)
{
    struct channel channel;

    (void)state;
    channel_init(&channel, &curve, CHANNEL_LINEAR, NAN); /* up to 3 steps */
    assert_int_equal(channel.gaps, 1);
    NEAR(channel_at(&channel, 0.5, 0), 1, 1e-12);
    NEAR(channel_at(&channel, 2, 0), 2, 0); /* the sample itself */
    assert_true(isnan(channel_at(&channel, 2.5, 0)));
    assert_true(isnan(channel_at(&channel, 5.9, 0)));
    NEAR(channel_at(&channel, 6.5, 0), 11, 1e-12);
    NEAR(channel_at(&channel, 8, 0), 12, 0);
    assert_true(isnan(channel_at(&channel, -0.1, 0)));
    assert_true(isnan(channel_at(&channel, 8.1, 0)));
    channel_release(&channel);
    channel_init(&channel, &curve, CHANNEL_LINEAR, 4); /* allowed */
    NEAR(channel_at(&channel, 4, 0), 6, 1e-12);
    channel_release(&channel);
}

static void a_step_lasts_until_the_next_or_one_usual_step(void **state)
{
    struct channel channel;

    (void)state;
    channel_init(&channel, &curve, CHANNEL_STEP, NAN);
    NEAR(channel_at(&channel, 0.9, 0), 0, 0);
    NEAR(channel_at(&channel, 2.9, 0), 2, 0);
    assert_true(isnan(channel_at(&channel, 3.1, 0)));
    NEAR(channel_at(&channel, 8.9, 0), 12, 0);
    assert_true(isnan(channel_at(&channel, 9, 0)));
    channel_release(&channel);
}

/* By hand: straight from 0 to 2 in 0 .. 1, then 2 until 2; missing behind. */
static void a_window_weighs_moments_and_knows_its_share(void **state)
{
    struct channel_window window;
    struct channel channel;

    (void)state;
    channel_init(&channel, &curve, CHANNEL_LINEAR, NAN);
    channel_over(&channel, 0, 4, &window);
    NEAR(window.valid_s, 2, 1e-12);
    NEAR(window.mean, 1.5, 1e-12);
    /* E v^2 = (4/3 + 4) / 2 = 8/3; less 9/4 is 5/12. */
    NEAR(window.sd, sqrt(5.0 / 12), 1e-12);
    NEAR(window.least, 0, 0);
    NEAR(window.most, 2, 0);
    channel_over(&channel, 0, 1, &window);
    NEAR(window.slope, 2, 1e-12);
    channel_over(&channel, 3, 5, &window);
    NEAR(window.valid_s, 0, 0);
    assert_true(isnan(window.mean));
    /* Means of points: half of the step must be there. */
    channel.method = CHANNEL_MEAN;
    NEAR(channel_at(&channel, 1.5, 1), 2, 1e-12);
    NEAR(channel_at(&channel, 2, 1), 2, 1e-12);
    assert_true(isnan(channel_at(&channel, 2.1, 1)));
    channel_release(&channel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_seconds_a_clock_or_a_date),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(a_table_is_put_in_order_and_doubles_are_counted),
        cmocka_unit_test(frames_without_a_face_have_no_samples),
        cmocka_unit_test(a_bad_table_is_named_with_its_line),
        cmocka_unit_test(a_gap_is_not_filled),
        cmocka_unit_test(a_step_lasts_until_the_next_or_one_usual_step),
        cmocka_unit_test(a_window_weighs_moments_and_knows_its_share),
    };
    int fd = mkstemp(path), out;

    if (fd < 0)
        return 99;
    close(fd);
    out = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return out;
}
