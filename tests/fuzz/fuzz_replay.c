/*
 * fuzz_replay - a target's seeds, its kept inputs, and inputs made of them.
 *
 *     fuzz_NAME               TAP: all three; $srcdir is the source tree
 *     fuzz_NAME FILE...       these inputs only
 *     fuzz_NAME -s FOLDER     writes the seeds there, a file each
 *     fuzz_NAME -w            prints the words as a libFuzzer dictionary
 *     fuzz_NAME -m            prints how long an input may be
 *
 * What is made is the same each time: MIEN_FUZZ_SEED (1) and MIEN_FUZZ_RUNS
 * change that, and MIEN_FUZZ_SAVE names a file that holds each made input
 * before it is run.  An input that takes more than SECONDS ends the program.
 */
#include <config.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "fuzz.h"

enum { SECONDS = 60, DEEDS = 4, INPUT_LIMIT = 4 << 20 };

struct input {
    char *name;     /* owned */
    uint8_t *bytes; /* owned */
    size_t length;
};

struct inputs {
    struct input *item; /* owned */
    size_t count, capacity;
};

static uint64_t chance; /* xorshift64, never 0 */
static const char *present = "";

static size_t draw(size_t below)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return below ? (size_t)((chance >> 11) % below) : 0;
}

/* Says which input it was; by write(), in a signal's handler. */
static void say_input(int number)
{
    static const char begin[] = "# the input was: ";

    if (write(STDERR_FILENO, begin, sizeof(begin) - 1) > 0 &&
        write(STDERR_FILENO, present, strlen(present)) > 0 &&
        write(STDERR_FILENO, "\n", 1) > 0)
        signal(number, SIG_DFL);
    raise(number);
}

static void run(const char *name, const uint8_t *bytes, size_t length)
{
    /* A block of its own: what reads beyond the end is seen. */
    uint8_t *copy = xmalloc(length ? length : 1);

    if (length)
        memcpy(copy, bytes, length);
    present = name;
    alarm(SECONDS);
    fuzz_target.one(copy, length);
    alarm(0);
    present = "none";
    free(copy);
}

static void keep(void *context, const void *bytes, size_t length)
{
    struct inputs *inputs = context;
    struct input input = { .length = length };

    input.name = xasprintf("seed %zu", inputs->count + 1);
    input.bytes = xmalloc(length + 1);
    memcpy(input.bytes, bytes, length);
    VEC_PUSH(inputs, input);
}

static bool load(struct inputs *inputs, const char *path)
{
    struct input input = { 0 };
    struct error err;

    input.bytes = (uint8_t *)file_read(path, INPUT_LIMIT, &input.length, &err);
    if (!input.bytes) {
        fprintf(stderr, "%s\n", err.text);
        return false;
    }
    input.name = xstrdup(path);
    VEC_PUSH(inputs, input);
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct input *)a)->name,
                  ((const struct input *)b)->name);
}

/* The kept inputs, in the order of their names. */
static void load_corpus(struct inputs *inputs)
{
    const char *top = getenv("srcdir");
    char *folder =
        xasprintf("%s/tests/fuzz/corpus/%s", top ? top : ".", fuzz_target.name);
    DIR *listing = opendir(folder);
    size_t before = inputs->count;
    struct dirent *entry;

    while (listing && (entry = readdir(listing)) != NULL) {
        char *path = xasprintf("%s/%s", folder, entry->d_name);

        if (entry->d_name[0] != '.')
            load(inputs, path);
        free(path);
    }
    if (listing)
        closedir(listing);
    if (inputs->count > before)
        qsort(inputs->item + before, inputs->count - before,
              sizeof(*inputs->item), by_name);
    free(folder);
}

/* Puts `count` bytes in at `at`, as far as the limit goes. */
static void insert(struct input *made, size_t at, const void *bytes,
                   size_t count)
{
    if (made->length + count > fuzz_target.most)
        return;
    memmove(made->bytes + at + count, made->bytes + at, made->length - at);
    memcpy(made->bytes + at, bytes, count);
    made->length += count;
}

static void cut(struct input *made, size_t at, size_t count)
{
    if (count > made->length - at)
        count = made->length - at;
    memmove(made->bytes + at, made->bytes + at + count,
            made->length - at - count);
    made->length -= count;
}

static void change(struct input *made, const struct inputs *inputs)
{
    static const uint8_t odd[] = { 0,   '\n', '"',  ',',  '-',  '0', '9',
                                   'e', '.',  0x7f, 0x80, 0xc3, 0xff };
    const struct input *other = &inputs->item[draw(inputs->count)];
    size_t at = draw(made->length + 1);
    size_t words = 0;
    size_t from;

    while (fuzz_target.words[words])
        words++;
    switch (draw(7)) {
    case 0: /* one bit */
        if (at < made->length)
            made->bytes[at] ^= (uint8_t)(1u << draw(8));
        break;
    case 1: /* one byte */
        if (at < made->length)
            made->bytes[at] = odd[draw(sizeof(odd))];
        break;
    case 2: /* one more byte */
        insert(made, at, &odd[draw(sizeof(odd))], 1);
        break;
    case 3: /* some less */
        cut(made, at, 1 + draw(1 + draw(32)));
        break;
    case 4: /* the end is missing */
        made->length = at;
        break;
    case 5: /* a piece of another */
        from = draw(other->length + 1);
        insert(made, at, other->bytes + from, draw(other->length - from + 1));
        break;
    case 6:
        if (words > 0) {
            const char *word = fuzz_target.words[draw(words)];

            insert(made, at, word, strlen(word));
        }
        break;
    }
}

static uint64_t setting(const char *name, uint64_t usual)
{
    const char *text = getenv(name);
    uint64_t value;

    return text && number_parse_uint(text, &value) ? value : usual;
}

/* Inputs of the limit's size at most; all of them are tried. */
static void run_made(const struct inputs *inputs, uint64_t runs)
{
    const char *save = getenv("MIEN_FUZZ_SAVE");
    struct input made = { 0 };
    struct error err;

    made.bytes = xmalloc(fuzz_target.most + 1);
    for (uint64_t i = 0; i < runs; i++) {
        const struct input *from = &inputs->item[draw(inputs->count)];
        char name[64];

        if (from->length > fuzz_target.most)
            continue;
        memcpy(made.bytes, from->bytes, from->length);
        made.length = from->length;
        for (size_t deed = 1 + draw(DEEDS); deed > 0; deed--)
            change(&made, inputs);
        if (save && !atomic_write(save, made.bytes, made.length, &err))
            fprintf(stderr, "%s\n", err.text);
        snprintf(name, sizeof(name), "number %llu of those made",
                 (unsigned long long)i);
        run(name, made.bytes, made.length);
    }
    free(made.bytes);
}

static void release(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->item[i].name);
        free(inputs->item[i].bytes);
    }
    free(inputs->item);
}

static int write_seeds(const char *folder)
{
    struct inputs inputs = { 0 };
    bool good = true;

    fuzz_target.seeds(keep, &inputs);
    for (size_t i = 0; i < inputs.count && good; i++) {
        char *path = xasprintf("%s/seed%03zu", folder, i);
        struct error err;

        good = atomic_write(path, inputs.item[i].bytes, inputs.item[i].length,
                            &err);
        if (!good)
            fprintf(stderr, "%s\n", err.text);
        free(path);
    }
    release(&inputs);
    return good ? 0 : 1;
}

static int print_words(void)
{
    for (size_t i = 0; fuzz_target.words[i]; i++) {
        putchar('"');
        for (const char *at = fuzz_target.words[i]; *at; at++)
            printf("\\x%02x", (unsigned char)*at);
        puts("\"");
    }
    return 0;
}

static int run_files(char **path)
{
    struct inputs inputs = { 0 };
    bool good = true;

    for (; *path; path++)
        good = load(&inputs, *path) && good;
    for (size_t i = 0; i < inputs.count; i++)
        run(inputs.item[i].name, inputs.item[i].bytes, inputs.item[i].length);
    release(&inputs);
    return good ? 0 : 1;
}

static int run_all(void)
{
    uint64_t runs = setting("MIEN_FUZZ_RUNS", fuzz_target.runs);
    struct inputs inputs = { 0 };
    size_t seeds;

    chance = setting("MIEN_FUZZ_SEED", 1) * 0x9e3779b97f4a7c15u | 1;
    puts("1..3");
    fuzz_target.seeds(keep, &inputs);
    seeds = inputs.count;
    for (size_t i = 0; i < seeds; i++)
        run(inputs.item[i].name, inputs.item[i].bytes, inputs.item[i].length);
    printf("%sok 1 - %zu seeds leave the reader whole\n",
           seeds > 0 ? "" : "not ", seeds);
    fflush(stdout);
    load_corpus(&inputs);
    for (size_t i = seeds; i < inputs.count; i++)
        run(inputs.item[i].name, inputs.item[i].bytes, inputs.item[i].length);
    printf("%sok 2 - %zu inputs that were found leave it whole\n",
           inputs.count > seeds ? "" : "not ", inputs.count - seeds);
    fflush(stdout);
    if (inputs.count > 0)
        run_made(&inputs, runs);
    printf("ok 3 - %llu inputs made of them leave it whole\n",
           (unsigned long long)runs);
    release(&inputs);
    return inputs.count > seeds && seeds > 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    signal(SIGALRM, say_input);
    signal(SIGABRT, say_input);
    if (argc == 3 && strcmp(argv[1], "-s") == 0)
        return write_seeds(argv[2]);
    if (argc == 2 && strcmp(argv[1], "-m") == 0)
        return printf("%zu\n", fuzz_target.most) > 0 ? 0 : 1;
    if (argc == 2 && strcmp(argv[1], "-w") == 0)
        return print_words();
    if (argc > 1)
        return run_files(argv + 1);
    return run_all();
}
