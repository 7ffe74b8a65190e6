/* predictions - what is read, what is refused, what is written again. */
#include <config.h>

#include "eval/score/predictions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/file/atomic.h"

/* Reads `text` as a file of its own. */
static struct predictions *read_text(const char *text,
                                     const struct predictions_options *options,
                                     struct error *err)
{
    char path[64];
    struct predictions *p;

    snprintf(path, sizeof(path), "test_predictions.%ld.csv", (long)getpid());
    assert_true(atomic_write(path, text, strlen(text), err));
    error_clear(err);
    p = predictions_read(path, options, err);
    unlink(path);
    return p;
}

static void assert_refused(const char *text, const char *why)
{
    struct error err;

    assert_null(read_text(text, NULL, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (!strstr(err.text, why))
        fail_msg("expected \"%s\" in: %s", why, err.text);
}

static void labels_are_in_byte_order(void **state)
{
    struct error err;
    struct predictions *p = read_text("id,truth,predicted,score:zeal\n"
                                      "1,sad,Joy,0.5\n"
                                      "2,anger,\xc3\xa4rger,0.25\n",
                                      NULL, &err);

    (void)state;
    assert_non_null(p);
    assert_int_equal(p->task, PREDICTIONS_CLASSIFY);
    assert_int_equal(p->labels.count, 5);
    assert_string_equal(p->labels.item[0], "Joy");
    assert_string_equal(p->labels.item[1], "anger");
    assert_string_equal(p->labels.item[2], "sad");
    assert_string_equal(p->labels.item[3], "zeal"); /* a score's label */
    assert_string_equal(p->labels.item[4], "\xc3\xa4rger");
    assert_int_equal(p->truth[0], 2);
    assert_int_equal(p->predicted[1], 4);
    assert_int_equal(predictions_label(p, "sad"), 2);
    assert_int_equal(predictions_label(p, "rage"), -1);
    predictions_free(p);
}

static void without_speakers_each_row_stands_alone(void **state)
{
    struct error err;
    struct predictions *p =
        read_text("id,truth,predicted\n1,a,a\n2,b,a\n", NULL, &err);

    (void)state;
    assert_non_null(p);
    assert_false(p->has_speakers);
    assert_int_equal(p->clusters, 2);
    assert_int_equal(p->cluster[1], 1);
    predictions_free(p);
}

static void another_column_can_say_who_speaks(void **state)
{
    const struct predictions_options options = { .speaker = "actor" };
    const struct predictions_options wrong = { .speaker = "actress" };
    const char *text = "id,truth,predicted,actor\n1,a,a,x\n2,b,a,w\n3,b,b,x\n";
    struct error err;
    struct predictions *p = read_text(text, &options, &err);

    (void)state;
    assert_non_null(p);
    assert_int_equal(p->clusters, 2);
    assert_string_equal(p->speakers.item[0], "w");
    assert_int_equal(p->cluster[0], 1);
    predictions_free(p);
    assert_null(read_text(text, &wrong, &err));
    assert_non_null(strstr(err.text, "actress"));
}

static void numbers_need_a_task(void **state)
{
    const struct predictions_options regress = { .task = PREDICTIONS_REGRESS };
    const struct predictions_options classify = { .task =
                                                      PREDICTIONS_CLASSIFY };
    const char *text = "id,truth,predicted\n1,1,2\n2,2.5,2\n";
    struct error err;
    struct predictions *p;

    (void)state;
    assert_refused(text, "--task=");
    p = read_text(text, &regress, &err);
    assert_non_null(p);
    assert_true(p->true_value[1] == 2.5);
    predictions_free(p);
    p = read_text(text, &classify, &err);
    assert_non_null(p);
    assert_int_equal(p->labels.count, 3);
    predictions_free(p);
    p = read_text("# task: regress\nid,truth,predicted\n1,1,2\n", NULL, &err);
    assert_non_null(p);
    assert_int_equal(p->task, PREDICTIONS_REGRESS);
    predictions_free(p);
    assert_refused("# task: guess\nid,truth,predicted\n1,1,2\n", "guess");
}

static void broken_rows_are_named_by_line_and_column(void **state)
{
    (void)state;
    assert_refused("id,truth,predicted\n1,a,a\n2,,a\n",
                   ".csv:3: column \"truth\" is \"\"");
    assert_refused("id,truth,predicted\n1,a,a\n\"2\",b,\n",
                   ".csv:3: column \"predicted\" is \"\"");
    assert_refused("id,truth,predicted\n1,a,a\n1,b,a\n",
                   ".csv:3: column \"id\" is \"1\", as in line 2 already");
    assert_refused("# task: regress\nid,truth,predicted\n1,2,3\n2,x,3\n",
                   ".csv:4: column \"truth\" is \"x\", expected a number");
    assert_refused("id,truth,predicted,weight\n1,a,a,-1\n",
                   ".csv:2: column \"weight\" is \"-1\"");
    assert_refused("id,truth,predicted,speaker\n1,a,a,s\n2,a,a,\n",
                   ".csv:3: column \"speaker\" is \"\"");
    assert_refused("id,truth,predicted,score:a\n1,a,a,x\n",
                   ".csv:2: column \"score:a\" is \"x\"");
    assert_refused("id,truth\n1,a\n", "predicted");
    assert_refused("id,truth,predicted\n", "no rows");
}

static void a_repeat_may_have_the_same_ids(void **state)
{
    struct error err;
    struct predictions *p = read_text("id,truth,predicted,repeat\n"
                                      "1,a,a,1\n2,b,a,1\n1,a,a,2\n2,b,b,2\n",
                                      NULL, &err);

    (void)state;
    assert_non_null(p);
    assert_int_equal(p->rows, 4);
    assert_int_equal(p->items, 2);
    assert_int_equal(p->repeats, 2);
    predictions_free(p);
    assert_refused("id,truth,predicted,repeat\n1,a,a,1\n1,a,a,1\n",
                   "unique within a repeat");
}

static void only_leaves_rows_out(void **state)
{
    struct text_list only = { 0 };
    const struct predictions_options options = { .only = &only };
    const char *text = "id,truth,predicted,sex\n1,a,a,f\n2,b,b,m\n3,b,b,f\n";
    struct error err;
    struct predictions *p;

    (void)state;
    text_list_add(&only, "sex=f");
    p = read_text(text, &options, &err);
    assert_non_null(p);
    assert_int_equal(p->rows, 2);
    predictions_free(p);
    text_list_add(&only, "id=2");
    assert_null(read_text(text, &options, &err));
    assert_non_null(strstr(err.text, "--only"));
    text_list_release(&only);
}

static void what_is_written_reads_back(void **state)
{
    struct text_list labels = { 0 }, attributes = { 0 };
    const struct predictions_shape shape = { .task = PREDICTIONS_CLASSIFY,
                                             .scores = &labels,
                                             .attributes = &attributes,
                                             .fold = true,
                                             .repeat = true,
                                             .speaker = true,
                                             .weight = true };
    const double scores[] = { 0.1, 0.9 };
    const char *const sex[] = { "f" };
    const struct predictions_row row = { .id = "x,1",
                                         .truth = "anger",
                                         .predicted = "joy",
                                         .fold = "s1",
                                         .repeat = 1,
                                         .speaker = "s1",
                                         .weight = 0.5,
                                         .scores = scores,
                                         .attributes = sex };
    struct columns *sheet;
    struct predictions *p;
    struct buf text = { 0 };
    struct error err;

    (void)state;
    text_list_split(&labels, "anger,joy", ',');
    text_list_add(&attributes, "sex");
    sheet = predictions_sheet(&shape);
    predictions_sheet_add(sheet, &shape, &row);
    p = predictions_take(sheet, "sheet", NULL, &err);
    assert_non_null(p);
    columns_print(p->table, &text);
    assert_string_equal(buf_text(&text),
                        "# task: classify\n"
                        "id,truth,predicted,fold,repeat,speaker,weight,"
                        "score:anger,score:joy,sex\n"
                        "\"x,1\",anger,joy,s1,1,s1,0.5,0.1,0.9,f\n");
    assert_true(p->weight[0] == 0.5);
    buf_release(&text);
    predictions_free(p);
    text_list_release(&labels);
    text_list_release(&attributes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_in_byte_order),
        cmocka_unit_test(without_speakers_each_row_stands_alone),
        cmocka_unit_test(another_column_can_say_who_speaks),
        cmocka_unit_test(numbers_need_a_task),
        cmocka_unit_test(broken_rows_are_named_by_line_and_column),
        cmocka_unit_test(a_repeat_may_have_the_same_ids),
        cmocka_unit_test(only_leaves_rows_out),
        cmocka_unit_test(what_is_written_reads_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
