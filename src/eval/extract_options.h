/*
 * extract_options - what `mien-eval extract` is asked for: the option table,
 * and which of its words contradict each other.
 */
#ifndef MIEN_EVAL_EXTRACT_OPTIONS_H
#define MIEN_EVAL_EXTRACT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/cli/option.h"
#include "eval/extract_sets.h"
#include "eval/feat/frame_set.h"

struct extract_options {
    struct text_list sets;
    const char *describe;
    int rate;
    const char *column;
    struct text_list lexicons;
    bool denoise, trim;
    const char *changes;
    const char *output;
    int64_t jobs;
    struct text_list only;
    const char *cache;
    bool no_cache;
    bool list;
    bool robust;
    uint64_t seed;
    int format;
};

extern const struct option_spec extract_option_specs[];
extern const struct extract_options extract_option_defaults;

/* Columns are to be shown, nothing extracted. */
bool extract_lists(const struct extract_options *options);
/* The set that gives a row a frame; NULL: none is asked for. */
const struct frame_set *extract_frames_asked(
    const struct extract_options *options);

/*
 * False with ERROR_USAGE.  The first looks at the words alone (`argc` of them
 * are no options); the second at what the chosen sets can do.
 */
bool extract_check_words(const struct extract_options *options,
                         const struct frame_set *frame_set, int argc,
                         struct error *err);
bool extract_check_sets(const struct extract_options *options,
                        const struct frame_set *frame_set,
                        const struct chosen_sets *sets, struct error *err);

#endif
