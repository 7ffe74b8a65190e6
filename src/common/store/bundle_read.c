/*
 * bundle_read - what a bundle asks, and which of it is the same.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/store/bundle_internal.h"

static const char *keep(struct bundle *bundle, struct stmt *stmt, int column)
{
    return stmt_is_null(stmt, column)
               ? NULL
               : arena_strdup(&bundle->texts, stmt_text(stmt, column));
}

/* Both statements have them in these columns. */
static void keep_side(struct bundle *bundle, struct stmt *stmt,
                      struct place *place, enum bundle_side side)
{
    place->side[side].medium = keep(bundle, stmt, 1);
    if (!stmt_blob(stmt, 2, place->side[side].sha256, HASH_SIZE))
        memset(place->side[side].sha256, 0, HASH_SIZE);
}

static bool read_entries(struct bundle *bundle, struct error *err)
{
    struct stmt *stmt = db_stmt(bundle->db, STMT_ENTRY_LIST, err);
    int step = -1;

    if (!stmt)
        return false;
    while ((step = stmt_step(bundle->db, stmt, err)) > 0) {
        struct place place = {
            .entry.id = keep(bundle, stmt, 0),
            .entry.start_us = stmt_int(stmt, 3),
            .entry.end_us = stmt_int(stmt, 4),
            .entry.text = keep(bundle, stmt, 5),
            .entry.speaker = keep(bundle, stmt, 6),
            .entry.erased = stmt_int(stmt, 7) != 0,
            .entry.practice = stmt_int(stmt, 8) != 0,
            .entry.asks = stmt_is_null(stmt, 9) ? -1 : (int)stmt_int(stmt, 9),
            .entry.context = keep(bundle, stmt, 10),
        };

        keep_side(bundle, stmt, &place, BUNDLE_FIRST);
        place.side[BUNDLE_SECOND].medium = "";
        place.entry.has_medium = place.side[BUNDLE_FIRST].medium[0] != '\0';
        VEC_PUSH(&bundle->places, place);
    }
    stmt_reset(stmt);
    return step == 0;
}

/* What is heard or read second, of pairs. */
static bool read_seconds(struct bundle *bundle, struct error *err)
{
    struct stmt *stmt = db_stmt(bundle->db, STMT_SECOND_LIST, err);
    int step = -1;

    if (!stmt)
        return false;
    while ((step = stmt_step(bundle->db, stmt, err)) > 0) {
        int64_t position = stmt_int(stmt, 0);
        struct place *place;

        if (position < 1 || (size_t)position > bundle->places.count)
            continue;
        place = &bundle->places.item[position - 1];
        keep_side(bundle, stmt, place, BUNDLE_SECOND);
        place->entry.pair = true;
        place->entry.second = (struct bundle_second){
            .start_us = stmt_int(stmt, 3),
            .end_us = stmt_int(stmt, 4),
            .text = keep(bundle, stmt, 5),
            .speaker = keep(bundle, stmt, 6),
            .has_medium = place->side[BUNDLE_SECOND].medium[0] != '\0',
        };
    }
    stmt_reset(stmt);
    return step == 0;
}

static bool read_truths(struct bundle *bundle, struct error *err)
{
    struct stmt *stmt = db_stmt(bundle->db, STMT_TRUTH_LIST, err);
    int step = -1;

    if (!stmt)
        return false;
    while ((step = stmt_step(bundle->db, stmt, err)) > 0)
        VEC_PUSH(&bundle->truths,
                 ((struct known){ .entry = keep(bundle, stmt, 0),
                                  .question = keep(bundle, stmt, 1),
                                  .value = keep(bundle, stmt, 2) }));
    stmt_reset(stmt);
    return step == 0;
}

/* One of the two that a place has, for telling what is the same. */
struct face {
    const uint8_t *sha256;
    int64_t start_us, end_us;
    const char *text;
};

static struct face face_of(const struct place *place, enum bundle_side side)
{
    const struct bundle_entry *entry = &place->entry;
    const char *text = side == BUNDLE_FIRST ? entry->text : entry->second.text;

    return (struct face){
        place->side[side].sha256,
        side == BUNDLE_FIRST ? entry->start_us : entry->second.start_us,
        side == BUNDLE_FIRST ? entry->end_us : entry->second.end_us,
        text ? text : "",
    };
}

static int compare_faces(const struct face *one, const struct face *two)
{
    int by = memcmp(one->sha256, two->sha256, HASH_SIZE);

    if (by == 0)
        by = (one->start_us > two->start_us) - (one->start_us < two->start_us);
    if (by == 0)
        by = (one->end_us > two->end_us) - (one->end_us < two->end_us);
    return by ? by : strcmp(one->text, two->text);
}

/* A pair is the same whichever of the two comes first. */
static bool is_turned(const struct place *place)
{
    struct face first = face_of(place, BUNDLE_FIRST);
    struct face second = face_of(place, BUNDLE_SECOND);

    return place->entry.pair && compare_faces(&first, &second) > 0;
}

/* Either of the two that a place has, in the order that pairs share. */
static struct face nth_face(const struct place *place, int nth)
{
    return face_of(place, (enum bundle_side)(nth ^ place->entry.turned));
}

static bool is_same(const struct place *one, const struct place *two)
{
    bool same = one->entry.pair == two->entry.pair;

    for (int nth = 0; same && nth < BUNDLE_SIDES; nth++) {
        struct face left = nth_face(one, nth), right = nth_face(two, nth);

        same = compare_faces(&left, &right) == 0;
    }
    return same;
}

/* FNV-1a; what is the same has the same. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
    return hash;
}

static uint64_t hash_place(const struct place *place)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (int nth = 0; nth <= place->entry.pair; nth++) {
        struct face face = nth_face(place, nth);

        hash = mix(hash, face.sha256, sizeof(hash)); /* of 32: enough */
        hash = mix(hash, &face.start_us, sizeof(face.start_us));
        hash = mix(hash, &face.end_us, sizeof(face.end_us));
        hash = mix(hash, face.text, strlen(face.text));
    }
    return hash ^ hash >> 32;
}

/*
 * Numbers what is the same by the first one of it; see struct bundle_entry.  A
 * table with open addressing: sorting 20,000 entries was a sixth of the time
 * to the first screen.
 */
static void number_same(struct bundle *bundle)
{
    struct place *place = bundle->places.item;
    size_t count = bundle->places.count;
    size_t slots = 64;
    size_t *first; /* its index and 1; 0: free */

    while (slots < 2 * count)
        slots *= 2;
    first = xcalloc(slots, sizeof(*first));
    for (size_t i = 0; i < count; i++) {
        size_t at;

        place[i].entry.turned = is_turned(&place[i]);
        at = (size_t)hash_place(&place[i]) & (slots - 1);
        while (first[at] && !is_same(&place[first[at] - 1], &place[i]))
            at = (at + 1) & (slots - 1);
        if (!first[at])
            first[at] = i + 1;
        place[i].entry.same = first[at] - 1;
    }
    free(first);
}

bool bundle_read(struct bundle *bundle, struct error *err)
{
    if (!read_entries(bundle, err) || !read_seconds(bundle, err))
        return false;
    number_same(bundle);
    return read_truths(bundle, err);
}
