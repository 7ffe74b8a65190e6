/*
 * fuzz_ratings - tables of ratings: long, wide, counts, sets of labels; and
 * weights of raters, for whoever rates in a small table of our own.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/study/ratings_table.h"
#include "eval/aggregate.h"
#include "fuzz.h"

enum { MODES = 6, MODE_SETS = 3, MODE_WEIGHTS = 4, MODE_DECLARED = 5 };

static const char *const words[] = {
    "item", "annotator", "value", "weight", "@cannot_tell", "@",  "joy|sad",
    "|",    "1e9",       "-1",    "\"\"",   "1000000",      NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(give, context, RATINGS_LONG,
                   "item,annotator,value\na,x,1\na,y,2\nb,x,@cannot_tell\n"
                   "b,y,\na,x,3\n");
    fuzz_give_text(give, context, RATINGS_LONG, "id,label\na,joy\nb,sad\n");
    fuzz_give_text(give, context, RATINGS_WIDE,
                   "item,x,y,z\na,joy,joy,\nb,sad,joy,sad\n");
    fuzz_give_text(give, context, RATINGS_WIDE, "x,y\n1,2\n3,4\n");
    fuzz_give_text(give, context, RATINGS_COUNTS,
                   "item,joy,sad\na,3,1\nb,0,4\n");
    fuzz_give_text(give, context, MODE_SETS,
                   "item,annotator,value\na,x,joy|sad\na,y,joy\nb,x,\n");
    fuzz_give_text(give, context, MODE_WEIGHTS,
                   "annotator,weight\nx,0.5\ny,1\nz,2\n");
    fuzz_give_text(give, context, MODE_DECLARED,
                   "item,annotator,value\na,x,joy\na,y,sad\n");
}

static void check(const struct ratings *ratings)
{
    struct ratings *single;
    size_t dropped;

    for (size_t i = 0; i < ratings->items.count; i++) {
        fuzz_must(ratings->start[i] <= ratings->start[i + 1]);
        for (size_t k = ratings->start[i]; k < ratings->start[i + 1]; k++) {
            fuzz_must(ratings->rating[k].code < ratings->categories.count);
            fuzz_must(ratings->rating[k].rater == RATINGS_NOBODY ||
                      ratings->rating[k].rater < ratings->raters.count);
        }
    }
    single = ratings_single(ratings, RATINGS_LAST, &dropped);
    for (size_t i = 0; ratings->value && i < ratings->categories.count; i++)
        fuzz_must(fabs(ratings->value[i]) <= NUMBER_MOST);
    fuzz_must(ratings_count(single) + dropped == ratings_count(ratings));
    ratings_free(single);
}

static void read_weights(const char *path)
{
    struct ratings_builder *builder = ratings_builder_new(NULL);
    static const char *const who[] = { "x", "y", "z" };
    struct error err = { 0 };
    struct ratings *ratings;
    double *weight;

    for (size_t i = 0; i < 3; i++)
        ratings_builder_add(builder, ratings_builder_item(builder, "a"),
                            ratings_builder_rater(builder, who[i]), "joy");
    ratings = ratings_builder_finish(builder);
    weight = aggregate_weights_read(path, ratings, &err);
    fuzz_answered(weight != NULL, &err, path);
    for (size_t i = 0; weight && i < 3; i++)
        fuzz_must(weight[i] >= 0 && weight[i] <= 1e300);
    free(weight);
    ratings_free(ratings);
}

static void one(const uint8_t *bytes, size_t length)
{
    char *declared[] = { "joy", "sad" };
    struct text_list categories = { .item = declared, .count = 2 };
    int mode = fuzz_take(&bytes, &length) % MODES;
    const char *path = fuzz_file(bytes, length);
    struct ratings_table_options options = {
        .layout = mode < MODE_SETS ? (enum ratings_layout)mode : RATINGS_LONG,
        .sets = mode == MODE_SETS ? '|' : 0,
        .categories = mode == MODE_DECLARED ? &categories : NULL,
    };
    struct ratings_table table = { 0 };
    struct error err = { 0 };
    bool good;

    if (mode == MODE_WEIGHTS) {
        read_weights(path);
        return;
    }
    good = ratings_table_read(path, &options, &table, &err);
    fuzz_answered(good, &err, path);
    if (!good)
        return;
    check(table.ratings);
    ratings_table_release(&table);
}

const struct fuzz_target fuzz_target = {
    .name = "ratings",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 2048,
    .runs = 4000,
};
