/*
 * fuzz - what the fuzz targets share.
 *
 * A target gives bytes to one reader of outside input, as a file or in memory,
 * and holds what must be true whatever they are: what is refused has words
 * (in UTF-8, one line, with the file's name), what is read and written is read
 * again as the same.  The reader's memory is looked after by the sanitizers.
 *
 * Each target is linked in two ways: with fuzz_replay.c, which runs its seeds,
 * its kept inputs and some that it makes of them (in `make check`), and with
 * fuzz_engine.c for clang's libFuzzer (run.sh).
 */
#ifndef MIEN_TESTS_FUZZ_H
#define MIEN_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"

typedef void fuzz_give(void *context, const void *bytes, size_t length);

struct fuzz_target {
    const char *name; /* "csv": kept inputs lie in corpus/csv */
    /* Gives the bytes to the reader; ends the process when it is wrong. */
    void (*one)(const uint8_t *bytes, size_t length);
    /* Gives inputs that are good, or nearly. */
    void (*seeds)(fuzz_give *give, void *context);
    const char *const *words; /* worth putting in; ends with NULL */
    size_t most;              /* bytes of an input */
    unsigned runs;            /* made inputs in `make check` */
};

extern const struct fuzz_target fuzz_target;

/*
 * Ends the process, saying what must hold, unless it does.  Not assert():
 * this stays whatever NDEBUG says.
 */
#define fuzz_must(holds)                                  \
    do {                                                  \
        if (!(holds))                                     \
            fuzz_wrong(__FILE__, __LINE__, #holds, NULL); \
    } while (0)
void fuzz_wrong(const char *file, int line, const char *what, const char *text)
    __attribute__((noreturn));

/* `err` is as an error has to be; `name` (if any) begins or stands in it. */
void fuzz_refused(const struct error *err, const char *name);
/* Filled when, and only when, the reader failed. */
void fuzz_answered(bool good, const struct error *err, const char *name);

/* A file without a name that holds the bytes; its path, valid until next. */
const char *fuzz_file(const void *bytes, size_t length);
/* The file under that name in our own folder; its path, valid until next. */
const char *fuzz_named(const char *name, const void *bytes, size_t length);
/* That folder, which is removed at the end. */
const char *fuzz_folder(void);

/* Zero-ended copy without zeros within, the caller's. */
char *fuzz_text(const uint8_t *bytes, size_t length);
/* Takes the first byte, 0 when there is none. */
uint8_t fuzz_take(const uint8_t **bytes, size_t *length);
/* A seed of one first byte and a text. */
void fuzz_give_text(fuzz_give *give, void *context, int first,
                    const char *text); /* first < 0: no such byte */
/* A seed from a file, if it can be read. */
void fuzz_give_file(fuzz_give *give, void *context, int first,
                    const char *path);

#endif
