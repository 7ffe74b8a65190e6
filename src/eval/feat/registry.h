/*
 * registry - every feature set, and of each feature: name, unit, source.
 *
 * A set has a plan (how sound becomes frames), descriptors (a number a frame)
 * and gives each descriptor its functionals: its columns are the descriptors
 * in order, each with all functionals, or alone where it has a mean only.  To
 * add a descriptor is one row in a set's table; to add a set is one file with
 * its tables and one line in registry.c.  A set whose numbers come to be in
 * another way brings a `compute` of its own, and one that wants something else
 * than sound (a medium as it is, a table, text) a `measure`.
 */
#ifndef MIEN_FEAT_REGISTRY_H
#define MIEN_FEAT_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/media/prepare.h"
#include "common/signal/pitch.h"
#include "common/signal/window.h"

/* What a descriptor sees of one moment. */
struct moment {
    int rate;            /* Hz */
    const float *sample; /* the frame, without its window */
    int samples;
    const float *magnitude; /* spectrum of the windowed frame */
    const float *before;    /* of the frame before; NULL at the first */
    int bins;
    double bin_hz;
    const double *cepstrum; /* [0] is coefficient 1 */
    struct pitch_value pitch;
};

struct descriptor {
    const char *name; /* as in column names */
    const char *unit;
    const char *text;  /* what it is, for people */
    const char *paper; /* where it is defined */
    /* NAN: undefined at this moment, and passed over. */
    double (*compute)(const struct moment *moment, int index);
    int index;      /* for families such as mfcc1, mfcc2 */
    bool mean_only; /* one column, without a functional's name */
    /*
     * Also asked for frames of digital silence.  The others pass over these:
     * editing made them, they have neither level nor shape.
     */
    bool of_silence;
};

/* How sound becomes moments. */
struct moment_plan {
    int rate;  /* Hz; all sound is brought to it */
    int frame; /* samples; frames are centred */
    int hop;   /* samples */
    enum window_kind window;
    int mel_bands;
    double mel_low_hz, mel_high_hz;
    double mel_floor; /* of a band's energy */
    int coefficients; /* of the cepstrum, from 1 */
};

/* What a set is made from. */
enum feature_input {
    FEATURE_OF_SOUND, /* a medium or a piece of it, as mono at plan->rate */
    FEATURE_OF_FILE,  /* a file or a folder of files, which the set reads */
    FEATURE_OF_TEXT,  /* the cell of the corpus table itself */
};

/* One item, as a set sees it; all borrowed. */
struct feature_item {
    const char *text; /* the cell */
    const char *path; /* the cell as a path from here; NULL for text */
    int64_t start_us;
    int64_t end_us; /* negative: to the end */
    /* What is done to sound first; NULL: nothing. */
    const struct prepare_settings *prepare;
    struct prepare_changes *changes; /* what that changed; goes with it */
};

struct feature_set {
    const char *name;
    const char *version; /* changes whenever a number does */
    const char *summary;
    enum feature_input input;
    /* Of the corpus table, where an item names its input; NULL: "file". */
    const char *column;
    const struct moment_plan *plan; /* NULL where there are no frames */
    /* Of sets of sound without a plan: "native" or Hz, for the notes. */
    const char *rate;
    /* The same set from sound at 16 kHz, where it takes a file's own rate. */
    const struct feature_set *at_16000;
    const struct descriptor *descriptors;
    size_t count; /* of descriptors */
    /* Columns that no item has a value in are left out of the table. */
    bool sparse;
    /*
     * Of sound: mono at plan->rate into registry_columns() numbers; missing is
     * NAN.  May be called from several threads.
     */
    bool (*compute)(const struct feature_set *set, const float *sample,
                    int64_t samples, double *out, struct error *err);
    /* The same of any other input; errors begin with the path. */
    bool (*measure)(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err);
    const void *data; /* for `measure`: what the set was made with */
};

/* Ends with NULL. */
extern const struct feature_set *const registry_sets[];

/* The corpus table's column that a set reads. */
const char *registry_input_column(const struct feature_set *set);

/* The error names the sets there are. */
const struct feature_set *registry_find(const char *name, struct error *err);

/*
 * The set for sound at the files' own rate, or at 16 kHz; NULL, with the
 * reason, where the set has no such variant.
 */
const struct feature_set *registry_at_rate(const struct feature_set *set,
                                           bool native, struct error *err);

size_t registry_columns(const struct feature_set *set);
/* "mfcc1_p20"; the caller's. */
char *registry_column_name(const struct feature_set *set, size_t column);
/* The descriptor that a column belongs to. */
const struct descriptor *registry_column(const struct feature_set *set,
                                         size_t column);

#endif
