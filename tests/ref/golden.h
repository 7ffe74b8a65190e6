/*
 * golden - the shared numbers of trusted tools, for tests in ref/.
 */
#ifndef MIEN_TESTS_GOLDEN_H
#define MIEN_TESTS_GOLDEN_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/columns.h"
#include "common/file/json.h"
#include "common/stat/two_sample.h"

struct golden {
    struct json_document *document;
    const struct json *expected; /* its root */
    struct columns *input;
    double tolerance;
};

/* The caller frees. */
static inline char *golden_path(const char *name, const char *file)
{
    return xasprintf("%s/golden/%s/%s", getenv("MIEN_SHARED"), name, file);
}

/* Prints a skip line and ends the program when a case is not there. */
static inline void golden_need(const char *name)
{
    char *path =
        getenv("MIEN_SHARED") ? golden_path(name, "expected.json") : NULL;

    if (!path || !path_is_file(path)) {
        printf("1..0 # SKIP no shared/golden/%s\n", name);
        exit(0);
    }
    free(path);
}

static inline struct golden golden_open(const char *name)
{
    struct golden golden;
    struct error err;
    char *expected = golden_path(name, "expected.json");
    char *input = golden_path(name, "input.csv");

    golden.document = json_read_file(expected, &err);
    assert_non_null(golden.document);
    golden.expected = json_root(golden.document);
    golden.input = columns_read(input, NULL, &err);
    assert_non_null(golden.input);
    golden.tolerance =
        json_value(json_member(golden.expected, "tolerance_abs"), 0);
    assert_true(golden.tolerance > 0);
    free(expected);
    free(input);
    return golden;
}

static inline void golden_close(struct golden *golden)
{
    json_free(golden->document);
    columns_free(golden->input);
}

/* The number under `key` is there, and `value` is it. */
static inline void golden_near(const struct golden *golden,
                               const struct json *object, const char *key,
                               double value)
{
    const struct json *node = json_member(object, key);

    if (!node || json_kind(node) != JSON_NUMBER)
        fail_msg("expected.json has no number \"%s\"", key);
    if (!(fabs(json_value(node, 0) - value) <= golden->tolerance))
        fail_msg("%s: expected %.17g, got %.17g", key, json_value(node, 0),
                 value);
}

/* A column as numbers; the caller frees. */
static inline double *golden_column(const struct golden *golden,
                                    const char *name)
{
    size_t rows = columns_rows(golden->input);
    double *x = xcalloc(rows + 1, sizeof(*x));
    int at = columns_find(golden->input, name);
    struct error err;

    assert_true(at >= 0);
    for (size_t i = 0; i < rows; i++)
        if (!columns_number(golden->input, i, (size_t)at, &x[i], &err))
            fail_msg("%s", err.text);
    return x;
}

/* Those whose cell in `by` is `group`; the caller frees .x. */
static inline struct sample golden_group(const struct golden *golden,
                                         const char *name, const char *by,
                                         const char *group)
{
    size_t at = (size_t)columns_find(golden->input, by), n = 0;
    double *x = golden_column(golden, name);

    for (size_t i = 0; i < columns_rows(golden->input); i++)
        if (strcmp(columns_text(golden->input, i, at), group) == 0)
            x[n++] = x[i];
    return (struct sample){ x, n };
}

#endif
