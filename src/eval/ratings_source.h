/*
 * ratings_source - where ratings come from: the options that every command
 * on a ratings table shares, and reading the table as they say.
 *
 *     struct agree_settings {
 *         struct ratings_source source;
 *         ...
 *     };
 *     static const struct option_spec agree_options[] = {
 *         RATINGS_SOURCE_OPTIONS(struct agree_settings, source),
 *         ...
 */
#ifndef MIEN_EVAL_RATINGS_SOURCE_H
#define MIEN_EVAL_RATINGS_SOURCE_H

#include <stddef.h>

#include "common/cli/option.h"
#include "common/study/ratings_table.h"

/* The option parser's; option_release() frees the lists. */
struct ratings_source {
    const char *item, *rater, *value; /* columns; NULL: the usual names */
    bool wide, counts;                /* neither: one row a rating */
    struct text_list columns, categories, only;
    char sets; /* not an option: what joins the labels of a set; 0: none */
};

#define RATINGS_SOURCE_OPTIONS(settings, source)                               \
    { .name = "item",                                                          \
      .type = OPTION_TEXT,                                                     \
      .arg = "col",                                                            \
      .offset = offsetof(settings, source.item),                               \
      .help = "the column of items (default: item, or id)" },                  \
        { .name = "rater",                                                     \
          .type = OPTION_TEXT,                                                 \
          .arg = "col",                                                        \
          .offset = offsetof(settings, source.rater),                          \
          .help = "the column of annotators (default: annotator, rater or "    \
                  "worker; "                                                   \
                  "without one they are anonymous)" },                         \
        { .name = "value",                                                     \
          .type = OPTION_TEXT,                                                 \
          .arg = "col",                                                        \
          .offset = offsetof(settings, source.value),                          \
          .help = "the column of ratings (default: value, label or rating)" }, \
        { .name = "wide",                                                      \
          .letter = 'w',                                                       \
          .type = OPTION_FLAG,                                                 \
          .offset = offsetof(settings, source.wide),                           \
          .help = "one row an item, one column an annotator" },                \
        { .name = "counts",                                                    \
          .letter = 'c',                                                       \
          .type = OPTION_FLAG,                                                 \
          .offset = offsetof(settings, source.counts),                         \
          .help =                                                              \
              "one row an item, one column a category: how many chose it" },   \
        { .name = "columns",                                                   \
          .type = OPTION_LIST,                                                 \
          .arg = "col[=name],...",                                             \
          .offset = offsetof(settings, source.columns),                        \
          .help = "with --wide or --counts: these columns only, under other "  \
                  "names where given" },                                       \
        { .name = "categories",                                                \
          .type = OPTION_LIST,                                                 \
          .arg = "v,...",                                                      \
          .offset = offsetof(settings, source.categories),                     \
          .help = "the values that could be chosen, in their order (default: " \
                  "those that were)" },                                        \
    {                                                                          \
        .name = "only", .type = OPTION_MANY, .arg = "col=v,...",               \
        .offset = offsetof(settings, source.only),                             \
        .help = "only rows whose column has one of the values; may be given "  \
                "more than once, all must hold"                                \
    }

/*
 * Reads the table at `path`; `keep` has the attributes of items to keep.
 * ERROR_USAGE when the options contradict each other.  The caller releases
 * `table`.
 */
bool ratings_source_read(const struct ratings_source *source, const char *path,
                         const struct text_list *keep,
                         struct ratings_table *table, struct error *err);

#endif
