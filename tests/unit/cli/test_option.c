/* option, output - one table is parser, help and man page. */
#include <config.h>

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/cli/option.h"
#include "common/cli/output.h"

struct settings {
    bool force;
    int64_t repeats;
    uint64_t seed;
    double level;
    const char *out;
    int how;
    struct text_list by;
};

static const char *const hows[] = { "none", "global", "speaker", NULL };

static const struct option_spec specs[] = {
    { .name = "force",
      .type = OPTION_FLAG,
      .offset = offsetof(struct settings, force),
      .help = "replace what is there" },
    { .name = "repeats",
      .letter = 'r',
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct settings, repeats),
      .min = 1,
      .max = 1000,
      .help = "repeat the folds n times with other seeds" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct settings, seed),
      .help = "seed of chance" },
    { .name = "level",
      .type = OPTION_NUMBER,
      .arg = "p",
      .offset = offsetof(struct settings, level),
      .min = 0.5,
      .max = 0.999,
      .help = "level of the intervals" },
    { .name = "out",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct settings, out),
      .help = "write here" },
    { .name = "normalize",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct settings, how),
      .choices = hows,
      .help = "global z-scores all items alike" },
    { .name = "by",
      .type = OPTION_LIST,
      .arg = "col,...",
      .offset = offsetof(struct settings, by),
      .help = "disaggregate" },
    OPTION_END
};

static bool parse(struct settings *settings, char **argv, int *first,
                  struct error *err)
{
    int argc = 0;

    while (argv[argc])
        argc++;
    return option_parse(specs, settings, argc, argv, first, err);
}

static void options_have_gnu_habits(void **state)
{
    char *argv[] = { "cv",       "a.csv", "-r",     "5",  "--norm=speaker",
                     "--by=x,y", "--by",  "z",      "-o", "run",
                     "--force",  "--",    "--seed", NULL };
    struct settings settings = { .repeats = 1 };
    struct error err = { 0 };
    int first;

    (void)state;
    assert_true(parse(&settings, argv, &first, &err));
    assert_int_equal(settings.repeats, 5);
    assert_int_equal(settings.how, 2);
    assert_int_equal(settings.by.count, 3);
    assert_string_equal(settings.by.item[2], "z");
    assert_string_equal(settings.out, "run");
    assert_true(settings.force);
    assert_string_equal(argv[first], "a.csv");
    assert_string_equal(argv[first + 1], "--seed");
    option_release(specs, &settings);
}

static void says(char *word, char *value, const char *wanted)
{
    char *argv[] = { "cv", word, value, NULL };
    struct settings settings = { 0 };
    struct error err = { 0 };
    int first;

    assert_false(parse(&settings, argv, &first, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.text, wanted);
    option_release(specs, &settings);
}

static void a_wrong_option_says_what_is_wrong(void **state)
{
    (void)state;
    says("-r", "0", "-r: 0 is outside 1..1000");
    says("--repeats", "x", "--repeats: \"x\" is not a whole number");
    says("--seed", "-1", "--seed: \"-1\" is not a whole number from 0");
    says("--level=2", NULL, "--level: 2 is outside 0.5..0.999");
    says("--normalize=globl", NULL,
         "--normalize: \"globl\" is none of none, global, speaker; did you "
         "mean global?");
    says("--sede=3", NULL, "there is no option --sede; did you mean --seed?");
    says("-x", NULL, "there is no option -x; --help lists them");
    says("--out", NULL, "--out wants file");
    says("-o", NULL, "-o wants a value");
    says("--force=1", NULL, "--force takes no value");
}

struct beside {
    bool traces;
    double lag;
    const char *rule;
    int how;
    int64_t top, seed;
};

static const struct option_spec beside[] = {
    { .name = "traces",
      .type = OPTION_FLAG,
      .offset = offsetof(struct beside, traces) },
    { .name = "lag",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct beside, lag),
      .with = "traces+rule=mean|median|ewe" },
    { .name = "rule",
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct beside, rule) },
    { .name = "how",
      .letter = 'h',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct beside, how),
      .choices = hows },
    { .name = "top",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct beside, top),
      .min = 1,
      .max = 9,
      .with = "how=global,traces",
      .without = "lag,rule=me" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct beside, seed),
      .with = "how=none" },
    OPTION_END
};

static void is_beside(const char *wanted, char *one, char *two, char *three)
{
    char *argv[] = { "agree", one, two, three, NULL };
    struct beside settings = { .rule = "mean" };
    struct error err = { 0 };
    int first, argc = 1 + (one != NULL) + (two != NULL) + (three != NULL);

    if (option_parse(beside, &settings, argc, argv, &first, &err))
        assert_null(wanted);
    else
        assert_string_equal(err.text, wanted);
}

static void an_option_that_would_have_no_effect_is_refused(void **state)
{
    (void)state;
    is_beside("--lag goes with --traces and --rule mean, median or ewe",
              "--lag=1", NULL, NULL);
    is_beside(NULL, "--lag=1", "--traces", NULL); /* the rule by default */
    is_beside(NULL, "--lag=1", "--rule=ewe", "--traces");
    is_beside("--lag goes with --traces and --rule mean, median or ewe",
              "--lag=1", "--traces", "--rule=me");
    is_beside("--top goes with --how global or --traces", "--top=1", NULL,
              NULL);
    is_beside(NULL, "--top=1", "-h", "global");
    is_beside("--top has no effect beside --lag or --rule me", "--top=1",
              "--lag=0", "--traces");
    is_beside("--top has no effect beside --lag or --rule me", "--top=1",
              "--rule=me", "--traces");
    is_beside(NULL, "--seed=1", NULL, NULL); /* how is none by default */
    is_beside("--seed goes with --how none", "--seed=1", "--how=speaker", NULL);
}

static void help_and_man_page_come_from_the_table(void **state)
{
    struct buf help = { 0 }, mdoc = { 0 };

    (void)state;
    option_help(specs, &help);
    option_mdoc(specs, &mdoc);
    assert_non_null(strstr(help.data, "  -r, --repeats=n         repeat the "));
    assert_non_null(strstr(mdoc.data, ".It Fl r , Fl \\-repeats Ns = Ns Ar n\n"
                                      "Repeat the folds n times with other"));
    /* A value keeps its small letter. */
    assert_non_null(strstr(mdoc.data, "Ar how\nglobal z\\-scores all items"));
    buf_release(&help);
    buf_release(&mdoc);
}

static void a_table_prints_as_text_csv_and_json(void **state)
{
    struct table *table = table_new();
    struct buf out = { 0 };

    (void)state;
    table_column(table, "group", "group", TABLE_TEXT, 0);
    table_column(table, "uar", "UAR", TABLE_NUMBER, 3);
    table_begin_row(table);
    table_put_text(table, "m\xc3\xa4nnlich, alt");
    table_put_number(table, 0.84449999);
    table_begin_row(table);
    table_put_text(table, "f");
    table_put_missing(table, "insufficient");
    table_print(table, OUTPUT_TEXT, &out);
    assert_string_equal(out.data, "group                   UAR\n"
                                  "m\xc3\xa4nnlich, alt         0.844\n"
                                  "f              insufficient\n");
    buf_clear(&out);
    table_print(table, OUTPUT_CSV, &out);
    assert_string_equal(out.data,
                        "group,uar\n\"m\xc3\xa4nnlich, alt\",0.84449999\nf,\n");
    buf_clear(&out);
    table_print(table, OUTPUT_JSON, &out);
    assert_non_null(strstr(out.data, "\"group\": \"f\",\n    \"uar\": null"));
    buf_release(&out);
    table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_have_gnu_habits),
        cmocka_unit_test(a_wrong_option_says_what_is_wrong),
        cmocka_unit_test(an_option_that_would_have_no_effect_is_refused),
        cmocka_unit_test(help_and_man_page_come_from_the_table),
        cmocka_unit_test(a_table_prints_as_text_csv_and_json),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
