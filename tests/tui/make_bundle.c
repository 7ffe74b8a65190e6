/*
 * make_bundle - a bundle for screen tests, without a project.
 *
 *     make_bundle FILE.mien PROTOCOL SECONDS...
 *
 * Writes N.wav beside the bundle, one for each of SECONDS: 16 kHz, a tone
 * whose loudness rises to the middle and falls again, so that its waveform can
 * be told on a screen.  A SECONDS of "text:WORDS" is an item without sound,
 * "turns:WORDS|...|WORDS" one with the turns before it;
 * "missing" is one whose medium is not there, "changed" has another one than
 * it was, "broken" one that is no sound; "film:N" is a film of N pictures
 * without sound (avi.h); "pair:A+B" two of SECONDS or of "text:WORDS" to be
 * compared.  "practice:VALUE:" before one of these makes it
 * practice; "check:N" is the protocol's attention check N.  Ids are the items'
 * numbers, so that the screens and journals of two runs can be compared.
 */
#include <config.h>

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/store/bundle_internal.h"
#include "common/study/protocol.h"

#include "avi.h"

enum { RATE = 16000, ITEMS_MAX = 1000 };

static const double pi = 3.14159265358979323846;

static void put(FILE *file, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        putc((int)(value >> (8 * i) & 0xFF), file);
}

static void write_wav(const char *path, double seconds)
{
    uint32_t frames = (uint32_t)(seconds * RATE);
    FILE *file = fopen(path, "wb");

    if (!file) {
        perror(path);
        exit(1);
    }
    fputs("RIFF", file);
    put(file, 36 + 2 * frames, 4);
    fputs("WAVEfmt ", file);
    put(file, 16, 4);
    put(file, 1, 2); /* PCM */
    put(file, 1, 2); /* mono */
    put(file, RATE, 4);
    put(file, 2 * RATE, 4);
    put(file, 2, 2);
    put(file, 16, 2);
    fputs("data", file);
    put(file, 2 * frames, 4);
    for (uint32_t i = 0; i < frames; i++) {
        double level = sin(pi * i / frames) * 20000;

        put(file, (uint32_t)(int32_t)(level * sin(2 * pi * 220 * i / RATE)), 2);
    }
    fclose(file);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    if (!file) {
        perror(path);
        exit(1);
    }
    fputs(text, file);
    fclose(file);
}

/* "practice:VALUE:WHAT", "check:N"; returns what is left. */
static char *special(struct bundle_draft *draft, char *what,
                     struct bundle_truth *truth)
{
    if (text_starts(what, "check:")) {
        draft->asks = what[6] - '0';
        return "text:";
    }
    if (!text_starts(what, "practice:"))
        return what;
    what += strlen("practice:");
    draft->practice = true;
    truth->entry = draft->id;
    truth->value = xstrndup(what, strcspn(what, ":"));
    return what + strcspn(what, ":") + 1;
}

/* "1.5+2", or "text:WORDS+text:WORDS". */
static void add_pair(struct bundle_draft *draft, int number, const char *folder,
                     char *what)
{
    char *plus = strchr(what, '+');
    char *side[BUNDLE_SIDES] = { what, plus ? plus + 1 : what };
    char *name[BUNDLE_SIDES];
    uint8_t hash[BUNDLE_SIDES][HASH_SIZE] = { { 0 } };
    bool texts = text_starts(what, "text:");
    struct error err;
    double seconds;

    if (!plus)
        exit(1);
    *plus = '\0';
    for (int i = 0; i < BUNDLE_SIDES; i++) {
        char *path;

        name[i] = texts ? "" : xasprintf("%d%c.wav", number, 'a' + i);
        if (texts)
            continue;
        path = path_join(folder, name[i]);
        if (!number_parse(side[i], &seconds))
            exit(1);
        write_wav(path, seconds);
        if (!hash_file_sha256(path, hash[i], &err))
            exit(1);
        free(path);
    }
    draft->medium = name[0];
    draft->second.medium = name[1];
    draft->second.end_us = -1;
    memcpy(draft->sha256, hash[0], HASH_SIZE);
    memcpy(draft->second.sha256, hash[1], HASH_SIZE);
    if (texts) {
        draft->text = side[0] + 5;
        draft->second.text = side[1] + 5;
    }
}

static void add_item(struct bundle_draft *draft, int number, const char *folder,
                     char *what, struct bundle_truth *truth)
{
    char *name = xasprintf("%d.wav", number);
    char *path = path_join(folder, name);
    struct error err;
    double seconds;

    snprintf(draft->id, sizeof(draft->id), "%016d", number);
    draft->end_us = -1;
    draft->asks = -1;
    what = special(draft, what, truth);
    draft->medium = name;
    if (text_starts(what, "pair:")) {
        free(name);
        add_pair(draft, number, folder, what + 5);
    } else if (text_starts(what, "text:")) {
        free(name);
        draft->medium = "";
        draft->text = what + 5;
    } else if (text_starts(what, "film:")) {
        if (!number_parse(what + 5, &seconds) ||
            !avi_write(path, (uint32_t)seconds) ||
            !hash_file_sha256(path, draft->sha256, &err))
            exit(1);
    } else if (strncmp(what, "turns:", 6) == 0) { /* ... and the last of them */
        char *last = strrchr(what, '|');

        free(name);
        draft->medium = "";
        *last = '\0';
        draft->context = what + 6;
        draft->text = last + 1;
        for (char *at = what; (at = strchr(at, '|')) != NULL;)
            *at = '\n';
    } else if (strcmp(what, "changed") == 0) {
        write_wav(path, 1);
    } else if (strcmp(what, "broken") == 0) {
        write_text(path, "no sound at all\n");
        if (!hash_file_sha256(path, draft->sha256, &err))
            exit(1);
    } else if (number_parse(what, &seconds)) {
        write_wav(path, seconds);
        if (!hash_file_sha256(path, draft->sha256, &err))
            exit(1);
    }
    free(path);
}

/* They belong to the protocol's first question. */
static bool put_truths(const char *path, const char *text,
                       struct bundle_truth *truth, size_t count,
                       struct error *err)
{
    struct bundle_truth *known = xcalloc(count + 1, sizeof(*known));
    struct protocol *protocol = protocol_parse(text, strlen(text), path, err);
    size_t filled = 0;
    bool good;

    for (size_t i = 0; protocol && i < count; i++) {
        if (!truth[i].entry)
            continue;
        known[filled] = truth[i];
        known[filled++].question = protocol->question[0].id;
    }
    good = protocol && bundle_add_truths(path, known, filled, err);
    protocol_free(protocol);
    free(known);
    return good;
}

int main(int argc, char **argv)
{
    struct bundle_draft *draft = xcalloc(ITEMS_MAX, sizeof(*draft));
    struct bundle_truth *truth = xcalloc(ITEMS_MAX, sizeof(*truth));
    const uint8_t id[BUNDLE_ID_SIZE] = { 1 };
    struct error err;
    size_t length;
    char *protocol;
    char *folder;

    if (argc < 3 || argc - 3 > ITEMS_MAX) {
        fprintf(stderr, "usage: make_bundle FILE PROTOCOL SECONDS...\n");
        return 2;
    }
    folder = path_folder(argv[1]);
    for (int i = 3; i < argc; i++)
        add_item(&draft[i - 3], i - 2, folder, argv[i], &truth[i - 3]);
    protocol = protocol_load_text(argv[2], &length, &err);
    unlink(argv[1]);
    if (!protocol ||
        !bundle_create(argv[1], id, "anna", protocol, draft, (size_t)(argc - 3),
                       &err) ||
        !put_truths(argv[1], protocol, truth, (size_t)(argc - 3), &err)) {
        fprintf(stderr, "make_bundle: %s\n", err.text);
        return 1;
    }
    for (int i = 3; i < argc; i++) {
        if (draft[i - 3].medium[0])
            free((char *)draft[i - 3].medium);
        if (draft[i - 3].second.medium && draft[i - 3].second.medium[0])
            free((char *)draft[i - 3].second.medium);
        free((char *)truth[i - 3].value);
    }
    free(draft);
    free(truth);
    free(protocol);
    free(folder);
    return 0;
}
