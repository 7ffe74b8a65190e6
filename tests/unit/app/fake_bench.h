/*
 * fake_bench - a tiny bench for tests of update(): the journal keeps
 * everything (or, when told, nothing), and the sound is two seconds long and
 * heard at once when fake_hear() says so.
 */
#ifndef MIEN_TEST_FAKE_BENCH_H
#define MIEN_TEST_FAKE_BENCH_H

#include "annotate/app/update.h"
#include "common/base/buf.h"

enum { LENGTH_US = 2000000 }; /* of the sound */

struct bench {
    struct protocol *protocol;
    struct keymap keymap;
    struct model model;
    struct buf log; /* the journal's event names since the last look */
    struct effects effects;
    int64_t now_us;
    unsigned events;
    bool disk_full;
    bool quit;
    int plays;
    int reveals; /* that were asked for; the test answers */
    struct {
        int count;
        enum court_deed deed;
        size_t question;
        int choice;
        char why[80];
    } judged; /* the last deed at a court */
};

#define HEAD                                                         \
    "{\"mien\": 1, \"name\": \"t\", \"version\": \"1.0\","           \
    "\"title\": \"T\", \"instructions\": \"I\", \"unit\": \"clip\"," \
    "\"order\": \"random\", \"show\": [\"waveform\"],"
#define CHOICE                                                              \
    "{\"id\": \"emotion\", \"type\": \"choice\", \"measure\": \"nominal\"," \
    "\"text\": \"Which?\", \"required\": true, \"options\": ["              \
    "{\"value\": \"anger\", \"key\": \"a\"},"                               \
    "{\"value\": \"joy\", \"key\": \"j\"}],"
#define SCALE(id)                                                         \
    "{\"id\": \"" id "\", \"type\": \"scale\", \"measure\": \"ordinal\"," \
    "\"text\": \"How?\", \"required\": true, \"min\": 1, \"max\": 5}"

void fake_start(struct bench *bench, const char *json);
void fake_stop(struct bench *bench);
void fake_send(struct bench *bench, struct message message);
void fake_heard(struct bench *bench, enum heard_kind kind, int64_t media_us);
/* All of the open item sounds, from the beginning to the end. */
void fake_hear(struct bench *bench);
/* Keys by their names, blanks between. */
void press(struct bench *bench, const char *names);
/* What was appended since the last look. */
void logged(struct bench *bench, const char *names);
/* The first value of the answer; NULL: there is none. */
void answered(struct bench *bench, size_t question, const char *value);
/* The status holds the text. */
void says(const struct bench *bench, const char *text);

#endif
