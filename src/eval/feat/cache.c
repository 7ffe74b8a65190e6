/*
 * cache - see cache.h.
 *
 * An entry is text: "mien-features 1", the number of values, one value a line
 * (empty: missing), "end".  Its name is the SHA-256 of the key.
 */
#include <config.h>

#include "eval/feat/cache.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/file/atomic.h"

enum { ENTRY_LIMIT = 16 << 20 }; /* bytes */

static const char magic[] = "mien-features 1\n";

char *cache_default_folder(void)
{
    return path_cache("features");
}

/* "folder/ab/cdef..."; the caller's. */
static char *entry_path(const char *folder, const struct cache_key *key)
{
    char medium[HASH_HEX_SIZE], name[HASH_HEX_SIZE];
    uint8_t hash[HASH_SIZE];
    char *text;

    hash_to_hex(key->medium, HASH_SIZE, medium);
    text = xasprintf("%s%s\n%s\n%s\n%" PRId64 "\n%" PRId64 "\n", magic, medium,
                     key->set, key->version, key->start_us, key->end_us);
    hash_sha256(text, strlen(text), hash);
    free(text);
    hash_to_hex(hash, HASH_SIZE, name);
    return xasprintf("%s/%.2s/%s", folder, name, name + 2);
}

/* Takes a line off *text; NULL at the end. */
static char *take_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');

    if (!end)
        return NULL;
    *end = '\0';
    *text = end + 1;
    return line;
}

static bool parse(char *text, double *value, size_t count)
{
    int64_t found;
    char *line;

    if (strncmp(text, magic, sizeof(magic) - 1) != 0)
        return false;
    text += sizeof(magic) - 1;
    line = take_line(&text);
    if (!line || !number_parse_int(line, &found) || found < 0 ||
        (size_t)found != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        line = take_line(&text);
        if (!line)
            return false;
        value[i] = NAN;
        if (*line && !number_parse(line, &value[i]))
            return false;
    }
    return strcmp(text, "end\n") == 0;
}

bool cache_get(const char *folder, const struct cache_key *key, double *value,
               size_t count)
{
    char *path = entry_path(folder, key);
    struct error ignored;
    size_t length;
    char *text = path_is_file(path)
                     ? file_read(path, ENTRY_LIMIT, &length, &ignored)
                     : NULL;
    bool good = text && parse(text, value, count);

    free(text);
    free(path);
    return good;
}

bool cache_put(const char *folder, const struct cache_key *key,
               const double *value, size_t count, struct error *err)
{
    char *path = entry_path(folder, key);
    char *parent = path_folder(path);
    char number[NUMBER_TEXT_SIZE];
    struct buf text = { 0 };
    bool good = false;

    buf_addf(&text, "%s%zu\n", magic, count);
    for (size_t i = 0; i < count; i++) {
        if (!isnan(value[i]))
            buf_add_text(&text, number_format(value[i], number));
        buf_add_char(&text, '\n');
    }
    buf_add_text(&text, "end\n");
    /* Features tell of people: for the user's eyes only. */
    if (path_make_folders(parent, 0700, err))
        good = atomic_write(path, text.data, text.length, err);
    buf_release(&text);
    free(parent);
    free(path);
    return good;
}
