/*
 * protocol - what annotators are asked, what they are shown and hear, and how
 * disagreement is settled: mien-protocol(5).
 *
 * A protocol is read once and never changes; everything in it is borrowed
 * until protocol_free().  Pick texts with localized_pick().
 */
#ifndef MIEN_STUDY_PROTOCOL_H
#define MIEN_STUDY_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/embedded.h"
#include "common/base/error.h"
#include "common/file/hash.h"
#include "common/study/conduct.h"
#include "common/study/fault.h"
#include "common/study/localized.h"
#include "common/study/question.h"

enum {
    PROTOCOL_FORMAT = 1,        /* the "mien" key that this version reads */
    PROTOCOL_CONTEXT_MAX = 100, /* turns before an item */
};

enum protocol_unit { UNIT_CLIP, UNIT_SEGMENT, UNIT_TEXT, UNIT_PAIR };
enum protocol_order { ORDER_RANDOM, ORDER_CONTEXTUAL, ORDER_BLOCKED };
enum protocol_advance { ADVANCE_LAST_ANSWER, ADVANCE_KEY };
enum protocol_record { RECORD_ANSWERS, RECORD_TIMING, RECORD_FULL };
/* Peak and loudness are words of versions that played as recorded all the
 * same, as this one then does. */
enum protocol_gain {
    GAIN_NONE,
    GAIN_PEAK,
    GAIN_LOUDNESS,
    GAIN_SESSION, /* one for all items: gain_value in dB */
    GAIN_LUFS,    /* each item to gain_value in LUFS */
};

/* What may be shown: bits of protocol.show. */
enum protocol_show {
    SHOW_TEXT = 1 << 0,
    SHOW_CONTEXT = 1 << 1,
    SHOW_WAVEFORM = 1 << 2,
    SHOW_SPECTROGRAM = 1 << 3,
    SHOW_TRACKS = 1 << 4,
    SHOW_SPEAKER = 1 << 5,
    SHOW_VIDEO = 1 << 6,
};

/* The names that the file uses; each list ends with NULL. */
extern const char *const protocol_unit_names[];
extern const char *const protocol_order_names[];
extern const char *const protocol_advance_names[];
extern const char *const protocol_record_names[];
extern const char *const protocol_gain_names[];
extern const char *const protocol_show_names[]; /* in the order of the bits */

struct protocol_playback {
    int max_replays; /* after the first hearing; -1: no limit */
    bool must_hear_all;
    bool silent;   /* may go on without a sound device */
    double *speed; /* factors; at least one, 1 unless the file says so */
    size_t speed_count;
    enum protocol_gain gain;
    double gain_value; /* 0 unless `gain` has one */
};

struct protocol {
    struct protocol_memory *memory; /* owned; all else lies in it */

    const char *name;
    const char *version; /* "1.0" */
    int major, minor;
    struct localized title;
    struct localized description;
    struct localized purpose;
    struct localized content_warning; /* empty: none */
    struct localized consent;         /* empty: nothing is asked */
    struct localized instructions;
    const char *citation; /* "" when there is none */
    const char *licence;

    enum protocol_unit unit;
    enum protocol_order order;
    int context;   /* preceding turns shown */
    unsigned show; /* bits of enum protocol_show */
    struct question *question;
    size_t question_count;
    struct protocol_playback playback;
    enum protocol_advance advance;
    /* Marks that may be farther off are refused (timing.h); 0: any may. */
    double uncertainty_max_ms;
    bool revise; /* earlier items may be opened again */
    enum protocol_record record;
    int break_minutes;      /* a break is advised after so many; 0: never */
    int practice;           /* practice items before the work */
    double gold_min;        /* share of them to get right; 0: none */
    struct conduct conduct; /* the rest of how the study is run */
    /* Reasons to skip; "distressing" is always among them. */
    struct question_option *skip;
    size_t skip_count;

    const char *source; /* the text as it was read */
    size_t source_length;
    const char *canonical;   /* canonical JSON of it */
    uint8_t hash[HASH_SIZE]; /* SHA-256 of the canonical text */
    char hash_hex[HASH_HEX_SIZE];
};

/* Shipped with the program; ends with a row whose name is NULL. */
extern const struct embedded_file protocol_embedded[];

/*
 * Reads a protocol; `name` stands before errors.  Fails on the first fault
 * that is no warning and says how many there are.
 */
struct protocol *protocol_parse(const char *text, size_t length,
                                const char *name, struct error *err);
/* An embedded one by its name, or a file: with a "/" or ending in ".json". */
struct protocol *protocol_load(const char *name_or_file, struct error *err);
/* The text of the same; the caller's. */
char *protocol_load_text(const char *name_or_file, size_t *length,
                         struct error *err);
void protocol_free(struct protocol *protocol); /* takes NULL */

/*
 * As protocol_parse(), but adds all that is wrong with the file's form to
 * `faults`.  False, with `err` filled, only when `text` is no JSON object;
 * else *protocol is set, or NULL when a fault is no warning.
 */
bool protocol_read(const char *text, size_t length, const char *name,
                   struct fault_list *faults, struct protocol **protocol,
                   struct error *err);

/* Same name and same major version: work goes on under the other one. */
bool protocol_compatible(const struct protocol *a, const struct protocol *b);
/*
 * Does its journal have what is heard?  It does unless only answers are to be
 * recorded; rules about hearing need it in any case.  Without it times of
 * media stand there only where they are the judgement itself.
 */
bool protocol_journals_hearing(const struct protocol *protocol);
/* By its id, or NULL. */
const struct question *protocol_question(const struct protocol *protocol,
                                         const char *id);

#endif
