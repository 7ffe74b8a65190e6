/* fuzz - see fuzz.h. */
#include <config.h>

#include "fuzz.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/utf8.h"
#include "common/file/atomic.h"

static int memory = -1; /* the file without a name */
static char memory_path[64];
static char folder[64]; /* "" before there is one */
static char named_path[256];

void fuzz_wrong(const char *file, int line, const char *what, const char *text)
{
    fprintf(stderr, "%s:%d: must hold: %s\n", file, line, what);
    if (text)
        fprintf(stderr, "the text is: %s\n", text);
    abort();
}

void fuzz_refused(const struct error *err, const char *name)
{
    size_t length = strnlen(err->text, sizeof(err->text));
    size_t bad;

    if (err->code <= ERROR_NONE || err->code > ERROR_INTERRUPTED)
        fuzz_wrong(__FILE__, __LINE__, "an error has a code", err->text);
    if (length == 0 || length == sizeof(err->text))
        fuzz_wrong(__FILE__, __LINE__, "an error has words", NULL);
    if (!utf8_valid(err->text, length, &bad))
        fuzz_wrong(__FILE__, __LINE__, "an error is UTF-8", err->text);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)err->text[i] < ' ' || err->text[i] == 0x7f)
            fuzz_wrong(__FILE__, __LINE__, "an error is one plain line",
                       err->text);
    }
    if (name && !strstr(err->text, name))
        fuzz_wrong(__FILE__, __LINE__, "an error names its file", err->text);
}

void fuzz_answered(bool good, const struct error *err, const char *name)
{
    if (!good)
        fuzz_refused(err, name);
    else if (err->code != ERROR_NONE)
        fuzz_wrong(__FILE__, __LINE__, "no error after success", err->text);
}

static void fill(int file, const void *bytes, size_t length)
{
    size_t done = 0;

    if (ftruncate(file, 0) != 0)
        abort();
    while (done < length) {
        ssize_t wrote = pwrite(file, (const char *)bytes + done, length - done,
                               (off_t)done);

        if (wrote <= 0)
            abort();
        done += (size_t)wrote;
    }
}

const char *fuzz_file(const void *bytes, size_t length)
{
    if (memory < 0) {
        memory = memfd_create("mien-fuzz", MFD_CLOEXEC);
        if (memory < 0)
            abort();
        snprintf(memory_path, sizeof(memory_path), "/proc/self/fd/%d", memory);
    }
    fill(memory, bytes, length);
    return memory_path;
}

static int clear_one(const char *path, const struct stat *info, int kind,
                     struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static void clear_folder(void)
{
    nftw(folder, clear_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *fuzz_folder(void)
{
    if (folder[0])
        return folder;
    snprintf(folder, sizeof(folder), "%s/mien-fuzz.XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(folder))
        abort();
    atexit(clear_folder);
    return folder;
}

const char *fuzz_named(const char *name, const void *bytes, size_t length)
{
    int file;

    snprintf(named_path, sizeof(named_path), "%s/%s", fuzz_folder(), name);
    file = open(named_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        abort();
    fill(file, bytes, length);
    close(file);
    return named_path;
}

char *fuzz_text(const uint8_t *bytes, size_t length)
{
    char *text = xmalloc(length + 1);

    for (size_t i = 0; i < length; i++)
        text[i] = bytes[i] ? (char)bytes[i] : ' ';
    text[length] = '\0';
    return text;
}

uint8_t fuzz_take(const uint8_t **bytes, size_t *length)
{
    if (*length == 0)
        return 0;
    (*length)--;
    return *(*bytes)++;
}

static void give_both(fuzz_give *give, void *context, int first,
                      const char *text, size_t length)
{
    char *both = xmalloc(length + 1);
    size_t head = first >= 0 ? 1 : 0;

    both[0] = (char)first;
    memcpy(both + head, text, length);
    give(context, both, head + length);
    free(both);
}

void fuzz_give_text(fuzz_give *give, void *context, int first, const char *text)
{
    give_both(give, context, first, text, strlen(text));
}

void fuzz_give_file(fuzz_give *give, void *context, int first, const char *path)
{
    struct error ignored;
    size_t length;
    char *text = file_read(path, 1 << 20, &length, &ignored);

    if (text)
        give_both(give, context, first, text, length);
    free(text);
}
