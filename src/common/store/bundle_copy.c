/*
 * bundle_copy - a bundle for work away from the project.
 *
 * Everything is made under names that end in .new; the bundle gets its own
 * name last, so that one that is there is whole.
 */
#include <config.h>

#include "common/store/bundle_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/path.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/store/bundle_internal.h"
#include "common/store/samples_internal.h"

enum { COPY_SIZE = 1 << 16, NAME_SIZE = 8 };

struct copying {
    struct bundle *bundle; /* owned; the one that is copied */
    const char *to;
    char *draft;   /* owned; the copy until it is whole */
    char *folder;  /* owned; of the media */
    struct db *db; /* owned; of the copy */
    bool made_folder;
    struct text_list files; /* media that were copied */
    size_t *name;           /* owned; side of an entry to place in `files` */
};

/* Sides are numbered through: those of entry i are 2 i and 2 i + 1. */
static enum bundle_side side_of(size_t at)
{
    return at % BUNDLE_SIDES ? BUNDLE_SECOND : BUNDLE_FIRST;
}

static const char *medium_of(const struct bundle *bundle, size_t at,
                             const uint8_t **hash)
{
    return bundle_medium_path(bundle, at / BUNDLE_SIDES, side_of(at), hash);
}

static void copying_release(struct copying *work, bool good)
{
    db_close(work->db);
    bundle_close(work->bundle);
    if (!good && work->draft)
        unlink(work->draft);
    for (size_t i = 0; !good && i < work->files.count; i++)
        unlink(work->files.item[i]);
    if (!good && work->made_folder)
        rmdir(work->folder);
    text_list_release(&work->files);
    free(work->name);
    free(work->draft);
    free(work->folder);
}

static bool copy_stream(FILE *in, FILE *out)
{
    char *block = xmalloc(COPY_SIZE);
    size_t got = 0;
    bool good = true;

    while (good && (got = fread(block, 1, COPY_SIZE, in)) > 0)
        good = fwrite(block, 1, got, out) == got;
    free(block);
    return good && !ferror(in) && fflush(out) == 0 && fsync(fileno(out)) == 0;
}

static bool copy_file(const char *from, const char *to, struct error *err)
{
    FILE *in = fopen(from, "rbe");
    int fd = in ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    FILE *out = fd >= 0 ? fdopen(fd, "wb") : NULL;
    bool good = out && copy_stream(in, out);

    if (!good)
        error_set_errno(err, ERROR_IO, "%s: cannot be copied to %s", from, to);
    if (out && fclose(out) != 0 && good)
        good = error_set_errno(err, ERROR_IO, "%s", to);
    if (in)
        fclose(in);
    return good;
}

/* An earlier side with the same medium, or `at`. */
static size_t first_with(const struct bundle *bundle, size_t at)
{
    const uint8_t *hash, *other;
    size_t i = 0;

    medium_of(bundle, at, &hash);
    for (; i < at; i++)
        if (medium_of(bundle, i, &other)[0] &&
            memcmp(hash, other, HASH_SIZE) == 0)
            break;
    return i;
}

static bool copy_medium(struct copying *work, size_t at, struct error *err)
{
    uint8_t chance[NAME_SIZE];
    char hex[2 * NAME_SIZE + 1];
    const uint8_t *hash;
    enum bundle_medium state;
    char *from = NULL;
    char *to;
    bool good;

    state = bundle_medium(work->bundle, at / BUNDLE_SIDES, side_of(at), NULL,
                          &from, err);
    if (state == BUNDLE_MEDIUM_MISSING) /* nothing here takes --media */
        error_set(err, ERROR_INPUT,
                  "the medium of item %zu is missing: put it back there",
                  at / BUNDLE_SIDES + 1);
    if (state != BUNDLE_MEDIUM_OK)
        return error_prefix(err, "%s", medium_of(work->bundle, at, &hash));
    hash_random(chance, sizeof(chance));
    hash_to_hex(chance, sizeof(chance), hex);
    to = xasprintf("%s/%s%s", work->folder, hex, path_extension(from));
    good = copy_file(from, to, err);
    work->name[at] = work->files.count;
    text_list_add(&work->files, to);
    free(to);
    free(from);
    return good;
}

static bool copy_media(struct copying *work, struct error *err)
{
    size_t count = bundle_count(work->bundle) * BUNDLE_SIDES;
    const uint8_t *hash;

    work->name = xcalloc(count + 1, sizeof(*work->name));
    if (mkdir(work->folder, 0700) != 0)
        return error_set_errno(err, ERROR_IO, "%s: cannot be made",
                               work->folder);
    work->made_folder = true;
    for (size_t at = 0; at < count; at++) {
        size_t first = first_with(work->bundle, at);

        if (!medium_of(work->bundle, at, &hash)[0])
            continue;
        if (first < at)
            work->name[at] = work->name[first];
        else if (!copy_medium(work, at, err))
            return false;
    }
    return true;
}

/* Where the copy finds the medium of a side; the caller's. */
static char *new_place(const struct copying *work, size_t at, bool with_media)
{
    char *home = path_folder(work->to);
    const uint8_t *hash;
    char *from, *path, *place;

    if (with_media) {
        path = xstrdup(work->files.item[work->name[at]]);
    } else {
        from = path_folder(bundle_path(work->bundle));
        path = path_join(from, medium_of(work->bundle, at, &hash));
        free(from);
    }
    place = path_relative(home, path);
    free(path);
    free(home);
    return place;
}

static bool place_media(struct copying *work, bool with_media,
                        struct error *err)
{
    size_t count = bundle_count(work->bundle) * BUNDLE_SIDES;
    bool good = db_begin(work->db, err);
    const uint8_t *hash;

    for (size_t at = 0; good && at < count; at++) {
        struct stmt *stmt;
        char *place;

        if (!medium_of(work->bundle, at, &hash)[0])
            continue;
        stmt = db_stmt(work->db,
                       side_of(at) == BUNDLE_FIRST ? STMT_ENTRY_MEDIUM
                                                   : STMT_SECOND_MEDIUM,
                       err);
        if (!stmt)
            return false;
        place = new_place(work, at, with_media);
        stmt_bind_int(stmt, 1, (int64_t)(at / BUNDLE_SIDES) + 1);
        stmt_bind_text(stmt, 2, place);
        good = stmt_run(work->db, stmt, err);
        free(place);
    }
    /* The scrub leaves no name of before in unused pages. */
    return good && db_commit(work->db, err) && db_scrub(work->db, err);
}

/*
 * While somebody traces, the newest samples have no seal yet: hers will get
 * one, the copy must not claim them.
 */
static bool drop_tail(struct copying *work, struct error *err)
{
    struct journal_list list;
    bool good =
        journal_load(work->db, bundle_id_bytes(work->bundle), &list, err);

    if (!good)
        return false;
    good = samples_cut_unsealed(work->db, &list, err);
    journal_list_release(&list);
    return good;
}

static bool copy_all(struct copying *work, const char *from, bool with_media,
                     struct error *err)
{
    work->bundle = bundle_open(from, BUNDLE_READ, err);
    if (!work->bundle)
        return false;
    unlink(work->draft);
    if (!db_copy(bundle_db(work->bundle), work->draft, err))
        return false;
    work->db = db_open(work->draft, DB_BUNDLE, DB_WRITE, err);
    if (!work->db || !drop_tail(work, err) ||
        (with_media && !copy_media(work, err)) ||
        !place_media(work, with_media, err))
        return false;
    if (link(work->draft, work->to) != 0) /* never over another file */
        return error_set_errno(err, ERROR_IO, "%s: cannot be made", work->to);
    unlink(work->draft);
    return true;
}

bool bundle_copy(const char *from, const char *to, bool with_media,
                 struct text_list *media, struct error *err)
{
    struct copying work = { .to = to };
    char *stem = path_without_extension(to);
    bool good;

    work.draft = xasprintf("%s.new", to);
    work.folder = xasprintf("%s.media", stem);
    free(stem);
    if (access(to, F_OK) == 0)
        good = error_set(err, ERROR_INPUT,
                         "%s is there already; take another name", to);
    else
        good = copy_all(&work, from, with_media, err);
    for (size_t i = 0; good && i < work.files.count; i++)
        text_list_add(media, work.files.item[i]);
    copying_release(&work, good);
    return good;
}
