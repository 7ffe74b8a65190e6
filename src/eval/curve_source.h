/*
 * curve_source - continuous ratings for `agree --traces` and `aggregate
 * --traces`: the options that both share, reading, and how late everybody is.
 */
#ifndef MIEN_EVAL_CURVE_SOURCE_H
#define MIEN_EVAL_CURVE_SOURCE_H

#include <stddef.h>

#include "common/cli/option.h"
#include "common/cli/output.h"
#include "common/report/curve_view.h"
#include "eval/ratings_source.h"

/* The option parser's. */
struct curve_source {
    bool traces;
    const char *time, *dimension;
    struct curve_look look;
};

#define CURVE_SOURCE_DEFAULTS       \
    {                               \
        .look = CURVE_LOOK_DEFAULTS \
    }

#define CURVE_SOURCE_OPTIONS(settings, source, with_most)                     \
    { .name = "traces",                                                       \
      .type = OPTION_FLAG,                                                    \
      .offset = offsetof(settings, source.traces),                            \
      .help = "continuous ratings: one row a sample of a trace; --value may " \
              "name several columns, a dimension each" },                     \
        { .name = "time",                                                     \
          .type = OPTION_TEXT,                                                \
          .arg = "col",                                                       \
          .offset = offsetof(settings, source.time),                          \
          .with = "traces",                                                   \
          .help = "traces: the column of seconds (default: time, time_s or "  \
                  "t_s)" },                                                   \
        { .name = "dimension",                                                \
          .type = OPTION_TEXT,                                                \
          .arg = "col",                                                       \
          .offset = offsetof(settings, source.dimension),                     \
          .with = "traces",                                                   \
          .help = "traces: the column that names what was traced (default: "  \
                  "dimension or question, where there is one)" },             \
        { .name = "rate",                                                     \
          .type = OPTION_NUMBER,                                              \
          .arg = "hz",                                                        \
          .offset = offsetof(settings, source.look.rate),                     \
          .min = 0.1,                                                         \
          .max = 1000,                                                        \
          .with = "traces",                                                   \
          .help = "traces: points a second at which they are compared "       \
                  "(default: 10)" },                                          \
        { .name = "align",                                                    \
          .type = OPTION_CHOICE,                                              \
          .arg = "how",                                                       \
          .offset = offsetof(settings, source.look.align),                    \
          .choices = curve_align_names,                                       \
          .with = "traces",                                                   \
          .help = "traces: estimate each annotator's reaction lag and look "  \
                  "at the traces without it: none (the default), or where "   \
                  "correlation, ccc or mutual-information is highest" },      \
        { .name = "signal",                                                   \
          .type = OPTION_TEXT,                                                \
          .arg = "file",                                                      \
          .offset = offsetof(settings, source.look.signal),                   \
          .with = "traces+align=correlation|ccc|mutual-information",          \
          .help = "traces: lags behind this signal (columns item, time, "     \
                  "value), not behind the other annotators" },                \
        { .name = "max-lag",                                                  \
          .type = OPTION_NUMBER,                                              \
          .arg = "s",                                                         \
          .offset = offsetof(settings, source.look.most),                     \
          .min = 0,                                                           \
          .max = 60,                                                          \
          .with = with_most,                                                  \
          .help = "traces: no lag is longer, in seconds (default: 5)" },      \
        { .name = "lag",                                                      \
          .type = OPTION_NUMBER,                                              \
          .arg = "s",                                                         \
          .offset = offsetof(settings, source.look.lag),                      \
          .min = 0,                                                           \
          .max = 60,                                                          \
          .with = "traces",                                                   \
          .help = "traces: everybody is so late, in seconds" },               \
    {                                                                         \
        .name = "lags", .type = OPTION_TEXT, .arg = "file",                   \
        .offset = offsetof(settings, source.look.lags), .with = "traces",     \
        .help = "traces: lags from a table (columns annotator, lag, and "     \
                "dimension if they differ)"                                   \
    }

/*
 * `ratings` has the columns and --only.  ERROR_USAGE for options that do not
 * go with traces or with each other.
 */
bool curve_source_read(const struct curve_source *source,
                       const struct ratings_source *ratings, char *const *path,
                       size_t count, struct curve_view *view,
                       struct error *err);

#endif
