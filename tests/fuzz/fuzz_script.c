/*
 * fuzz_script - scripts of the workbench, which press every key and click
 * everywhere: the first byte says under which protocol.
 */
#include <config.h>

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../unit/media/encode.h"
#include "annotate/bench.h"
#include "annotate/script.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"
#include "common/store/bundle_internal.h"
#include "common/study/protocol.h"
#include "fuzz.h"

enum { PROTOCOLS_MOST = 32, ENTRIES = 3 };

static const char *const words[] = {
    "play-pause\n",
    "rate-up\n",
    "next\n",
    "previous\n",
    "undo\n",
    "redo\n",
    "submit\n",
    "note\n",
    "flag\n",
    "skip\n",
    "tick 50000\n",
    "tick 10000000\n",
    "text words\n",
    "Enter\n",
    "Escape\n",
    "Tab\n",
    "mouse click 40 12\n",
    "mouse drag 50 12\n",
    "mouse release 50 12\n",
    "resize 40x10\n",
    "screen\n",
    "stick 0.5 -1\n",
    "roles\n",
    "help\n",
    "Left\n",
    "Right\n",
    "1\n",
    "5\n",
    "a\n",
    "key s\n",
    NULL,
};

/* A bundle for each shipped protocol, made once. */
static struct {
    char *bytes; /* owned; NULL: not yet */
    size_t length;
} bundle[PROTOCOLS_MOST];

static size_t protocol_count(void)
{
    size_t count = 0;

    while (count < PROTOCOLS_MOST && protocol_embedded[count].name)
        count++;
    return count;
}

static void seeds(fuzz_give *give, void *context)
{
    static const char *const text[] = {
        "screen\ntick 1000000\nplay-pause\ntick 200000\nscreen\nEnter\n",
        "help\nscreen\nEscape\nnote\ntext a note\nEnter\nflag\nEnter\nskip\n",
        "mouse click 40 12\nmouse press 10 5\nmouse drag 30 5\n"
        "mouse release 30 5\nmouse wheel-up 40 8\nscreen\n",
        "# a comment\n1\nTab\n5\nEnter\nundo\nredo\nnext\nprevious\n",
        "resize 30x8\nscreen\nresize 132x43\nexpect xyz\n",
        "play-pause\nstick 0.5 -1\ntick 100000\nstick none\ntick 300000\n",
    };

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
        for (size_t k = 0; k < protocol_count(); k++)
            fuzz_give_text(give, context, (int)k, text[i]);
}

static void must(bool done, const struct error *err)
{
    if (!done)
        fuzz_wrong(__FILE__, __LINE__, "a bundle can be made", err->text);
}

static bool asks_for_pairs(size_t number)
{
    const char *unit = strstr(protocol_embedded[number].text, "\"unit\"");

    return unit && strncmp(unit + strlen("\"unit\""), ": \"pair\"", 8) == 0;
}

/* A sound, a text, and a medium that is not there. */
static void make_bundle(size_t number, const char *path)
{
    static const uint8_t id[BUNDLE_ID_SIZE] = { 1 };
    struct bundle_draft draft[ENTRIES];
    char *medium = path_join(fuzz_folder(), "a.wav");
    float sample[4000];
    struct error err;

    for (int i = 0; i < 4000; i++)
        sample[i] = (float)(0.5 * sin(0.2 * i));
    if (!encode_wav(medium, 8000, 1, sample, 4000))
        abort();
    for (int i = 0; i < ENTRIES; i++) {
        draft[i] = (struct bundle_draft){ .medium = i == 0   ? "a.wav"
                                                    : i == 1 ? ""
                                                             : "none.wav",
                                          .text = "Some words, \xc3\xa4.",
                                          .context = "before\nand before",
                                          .end_us = -1,
                                          .asks = -1 };
        snprintf(draft[i].id, sizeof(draft[i].id), "%016d", i);
    }
    must(hash_file_sha256(medium, draft[0].sha256, &err), &err);
    for (int i = 0; i < ENTRIES && asks_for_pairs(number); i++) {
        draft[i].second = (struct bundle_draft_second){
            .medium = i == 2 ? "none.wav" : "a.wav", .end_us = -1
        };
        memcpy(draft[i].second.sha256, draft[0].sha256, HASH_SIZE);
    }
    must(bundle_create(path, id, "anna", protocol_embedded[number].text, draft,
                       ENTRIES, &err),
         &err);
    bundle[number].bytes =
        file_read(path, 1 << 24, &bundle[number].length, &err);
    must(bundle[number].bytes != NULL, &err);
    free(medium);
}

/* What a script prints is not for the test's own output. */
static int hide_output(void)
{
    int kept, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    fflush(stdout);
    kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (nowhere >= 0)
        dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
    return kept;
}

static void show_output(int kept)
{
    fflush(stdout);
    if (kept >= 0) {
        dup2(kept, STDOUT_FILENO);
        close(kept);
    }
}

static void play(const char *path, const char *script)
{
    struct keymap keymap = { 0 };
    struct bench_settings settings = {
        .bundle = path,
        .terminal = "headless",
        .keymap = &keymap,
        .output = PLAYER_MANUAL,
        .window = WINDOW_NO,
        .latency_us = -1,
        .kept = { .key_sd = -1 },
        .depth = PICTURE_MONO,
    };
    struct bench_watch watch = script_watch();
    struct error err = { 0 };
    struct bench bench;
    bool good;

    keymap_defaults(&keymap);
    good = bench_open(&bench, &settings, &watch, &err);
    if (!good)
        fuzz_wrong(__FILE__, __LINE__, "a good bundle opens", err.text);
    good = script_run(&bench, script, 80, 24, false, &err);
    fuzz_answered(good, &err, NULL);
    bench_close(&bench, "script");
    keymap_release(&keymap);
}

static void one(const uint8_t *bytes, size_t length)
{
    size_t number = fuzz_take(&bytes, &length) % protocol_count();
    char *path = path_join(fuzz_folder(), "1.mien");
    char *script = xstrdup(fuzz_named("script", bytes, length));
    struct error err;
    int output;

    unlink(path);
    if (!bundle[number].bytes)
        make_bundle(number, path);
    must(atomic_write(path, bundle[number].bytes, bundle[number].length, &err),
         &err);
    output = hide_output();
    play(path, script);
    show_output(output);
    free(script);
    free(path);
}

const struct fuzz_target fuzz_target = {
    .name = "script",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 512,
    .runs = 150,
};
