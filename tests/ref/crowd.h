/*
 * crowd - what the tests of consensus rules share: reading a case's ratings,
 * comparing rows of probabilities.
 */
#ifndef MIEN_TESTS_CROWD_H
#define MIEN_TESTS_CROWD_H

#include "common/stat/ratings.h"
#include "golden.h"

static const char *const crowds[] = { "aggregate-bluebirds",
                                      "aggregate-synth-emotion-a" };

/* task,worker,label in this order. */
static inline struct ratings *ratings_of_case(const struct golden *golden)
{
    struct ratings_builder *builder = ratings_builder_new(NULL);

    for (size_t i = 0; i < columns_rows(golden->input); i++) {
        const char *const *cell = (const char *const[]){
            columns_text(golden->input, i, 0),
            columns_text(golden->input, i, 1),
            columns_text(golden->input, i, 2),
        };
        uint32_t item = ratings_builder_item(builder, cell[0]);
        uint32_t rater = ratings_builder_rater(builder, cell[1]);

        assert_true(ratings_builder_add(builder, item, rater, cell[2]));
    }
    return ratings_builder_finish(builder);
}

static inline const struct json *need(const struct json *object,
                                      const char *key)
{
    const struct json *node = json_member(object, key);

    if (!node)
        fail_msg("expected.json has no \"%s\"", key);
    return node;
}

static inline void assert_near(const char *what, const struct json *expected,
                               double got, double tolerance)
{
    assert_non_null(expected);
    if (!(fabs(json_value(expected, 0) - got) <= tolerance))
        fail_msg("%s: expected %.17g, got %.17g", what, json_value(expected, 0),
                 got);
}

/* Rows of probabilities of each item, as a list or by label. */
static inline void assert_rows(const struct ratings *ratings,
                               const struct json *expected, const double *row,
                               double tolerance)
{
    size_t classes = ratings->categories.count;

    assert_int_equal(json_count(expected), ratings->items.count);
    for (size_t i = 0; i < ratings->items.count; i++) {
        const char *name = ratings->items.item[i];
        const struct json *her = need(expected, name);

        for (size_t k = 0; k < classes; k++)
            assert_near(name,
                        json_kind(her) == JSON_ARRAY
                            ? json_item(her, k)
                            : need(her, ratings->categories.item[k]),
                        row[i * classes + k], tolerance);
    }
}

static inline void assert_list(const struct text_list *names,
                               const struct json *expected, const double *value,
                               double tolerance)
{
    assert_int_equal(json_count(expected), names->count);
    for (size_t i = 0; i < names->count; i++)
        assert_near(names->item[i], need(expected, names->item[i]), value[i],
                    tolerance);
}

#endif
