/*
 * sight - what of a medium is in the window: samples, spectrogram, tracks.
 */
#include <config.h>

#include "annotate/play/sight.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/play/sight_internal.h"
#include "common/base/mem.h"

enum { TRACK_POINT_US = 10000 };

/* The samples of the window and of as much beside it. */
struct close_up {
    struct peaks *peaks; /* owned; NULL: none */
    int64_t left_us, right_us;
    int64_t window_us; /* that it was made for */
    bool finest;       /* it has single samples */
};

struct sight {
    struct wake *wake; /* borrowed; set once */

    /* Under lock. */
    pthread_mutex_t lock;
    char *path; /* owned; NULL: none */
    int64_t from_us, to_us;
    unsigned item; /* raised by each sight_open() */
    struct sight_want want;
    bool wanted;
    struct tile tile[SIGHT_TILES];
    size_t tiles;
    unsigned clock; /* of the tiles' last use */
    uint8_t loudest;
    struct close_up close_up;
    unsigned news;

    /* Worker thread only. */
    struct sight_source source;
    unsigned source_item;
};

struct sight *sight_new(struct wake *wake)
{
    struct sight *sight = xcalloc(1, sizeof(*sight));

    sight->wake = wake;
    pthread_mutex_init(&sight->lock, NULL);
    return sight;
}

static void forget(struct sight *sight)
{
    for (size_t i = 0; i < sight->tiles; i++)
        tile_clear(&sight->tile[i]);
    sight->tiles = 0;
    sight->loudest = 0;
    peaks_free(sight->close_up.peaks);
    sight->close_up = (struct close_up){ 0 };
}

void sight_free(struct sight *sight)
{
    if (!sight)
        return;
    forget(sight);
    sight_source_close(&sight->source);
    free(sight->path);
    pthread_mutex_destroy(&sight->lock);
    free(sight);
}

void sight_open(struct sight *sight, const char *path, int64_t from_us,
                int64_t to_us)
{
    pthread_mutex_lock(&sight->lock);
    forget(sight);
    free(sight->path);
    sight->path = path ? xstrdup(path) : NULL;
    sight->from_us = from_us;
    sight->to_us = to_us;
    sight->item++;
    sight->wanted = false;
    pthread_mutex_unlock(&sight->lock);
}

void sight_look(struct sight *sight, const struct sight_want *want)
{
    pthread_mutex_lock(&sight->lock);
    sight->want = *want;
    sight->wanted = true;
    pthread_mutex_unlock(&sight->lock);
}

unsigned sight_news(struct sight *sight)
{
    unsigned news;

    pthread_mutex_lock(&sight->lock);
    news = sight->news;
    pthread_mutex_unlock(&sight->lock);
    return news;
}

/* --- tiles: under lock -------------------------------------------------- */

static struct tile *find(struct sight *sight, const struct tile_key *key)
{
    for (size_t i = 0; i < sight->tiles; i++) {
        struct tile *tile = &sight->tile[i];

        if (tile->key.kind == key->kind && tile->key.index == key->index &&
            tile->key.window_us == key->window_us &&
            tile->key.width == key->width) {
            tile->used = ++sight->clock;
            return tile;
        }
    }
    return NULL;
}

/* In the place of the one that was not used for longest. */
static void keep(struct sight *sight, const struct tile *tile)
{
    struct tile *place = &sight->tile[0];

    if (sight->tiles < SIGHT_TILES) {
        place = &sight->tile[sight->tiles++];
        *place = (struct tile){ 0 };
    } else {
        for (size_t i = 1; i < SIGHT_TILES; i++) {
            if (sight->tile[i].used < place->used)
                place = &sight->tile[i];
        }
        tile_clear(place);
    }
    *place = *tile;
    place->used = ++sight->clock;
    if (!tile->level)
        return;
    for (size_t i = 0; i < tile->count * SIGHT_BANDS; i++) {
        if (tile->level[i] > sight->loudest)
            sight->loudest = tile->level[i];
    }
}

/* The absolute number of the column that holds a time, at this zoom. */
static int64_t column_at(const struct sight_want *want, int64_t us)
{
    return (int64_t)floor((double)us * want->width /
                          (double)(want->right_us - want->left_us));
}

static struct tile_key spectrum_key(const struct sight_want *want,
                                    int64_t index)
{
    return (struct tile_key){ TILE_SPECTRUM, want->right_us - want->left_us,
                              want->width, index };
}

static struct tile_key tracks_key(int64_t index)
{
    return (struct tile_key){ TILE_TRACKS, 0, 0, index };
}

static bool covers(const struct close_up *close_up,
                   const struct sight_want *want)
{
    return close_up->peaks && close_up->left_us <= want->left_us &&
           close_up->right_us >= want->right_us &&
           (close_up->finest ||
            want->right_us - want->left_us >= close_up->window_us / 4);
}

static bool tracks_shown(const struct sight_want *want)
{
    return want->tracks && want->right_us - want->left_us <= SIGHT_TRACKS_US;
}

/* Is the tile missing?  Then it is what is to be done. */
static bool missing(struct sight *sight, struct tile_key key,
                    struct tile_key *task)
{
    if (find(sight, &key))
        return false;
    *task = key;
    return true;
}

static bool missing_spectrum(struct sight *sight, struct tile_key *task)
{
    const struct sight_want *want = &sight->want;
    int64_t first = column_at(want, want->left_us) / SIGHT_TILE;
    int64_t last = column_at(want, want->right_us - 1) / SIGHT_TILE;
    int64_t end = column_at(want, sight->to_us - 1) / SIGHT_TILE;
    int64_t begin = column_at(want, sight->from_us) / SIGHT_TILE;

    for (int64_t i = first; i <= last; i++) {
        if (missing(sight, spectrum_key(want, i), task))
            return true;
    }
    return (last < end && missing(sight, spectrum_key(want, last + 1), task)) ||
           (first > begin &&
            missing(sight, spectrum_key(want, first - 1), task));
}

static bool missing_tracks(struct sight *sight, struct tile_key *task)
{
    const struct sight_want *want = &sight->want;
    int64_t piece_us = sight_piece_us(sight->from_us, sight->to_us);
    int64_t first = (want->left_us - sight->from_us) / piece_us;
    int64_t last = (want->right_us - 1 - sight->from_us) / piece_us;

    for (int64_t i = first; i <= last; i++) {
        if (missing(sight, tracks_key(i), task))
            return true;
    }
    return false;
}

/* --- the worker thread -------------------------------------------------- */

static void take_peaks(void *context, struct peaks *peaks)
{
    struct peaks **place = context;

    *place = peaks;
}

static bool always(void *context)
{
    (void)context;
    return true;
}

/* Puts it in place unless another item was opened meanwhile. */
static void come_closer(struct sight *sight, unsigned item)
{
    int64_t window_us = sight->want.right_us - sight->want.left_us;
    struct close_up close_up = { .left_us = sight->want.left_us - window_us,
                                 .right_us = sight->want.right_us + window_us,
                                 .window_us = window_us };
    struct peaks_watch watch = { take_peaks, always, &close_up.peaks };
    char *path = xstrdup(sight->path);
    struct peaks_info info;
    struct error err;

    if (close_up.left_us < sight->from_us)
        close_up.left_us = sight->from_us;
    if (close_up.right_us > sight->to_us)
        close_up.right_us = sight->to_us;
    pthread_mutex_unlock(&sight->lock);
    peaks_build(path, close_up.left_us, close_up.right_us, &watch, &err);
    free(path);
    pthread_mutex_lock(&sight->lock);
    if (item != sight->item) {
        peaks_free(close_up.peaks);
        return;
    }
    if (!close_up.peaks) /* it cannot be read: nothing, and not again */
        close_up.peaks = peaks_new(READER_MIN_RATE, 1, 0, 0);
    peaks_info(close_up.peaks, &info);
    close_up.finest = info.bucket == 1;
    peaks_free(sight->close_up.peaks);
    sight->close_up = close_up;
}

/* The source is the item that is open now; under lock. */
static void follow_item(struct sight *sight)
{
    if (sight->source_item == sight->item)
        return;
    sight_source_close(&sight->source);
    sight->source.path = sight->path ? xstrdup(sight->path) : NULL;
    sight->source.from_us = sight->from_us;
    sight->source.to_us = sight->to_us;
    sight->source_item = sight->item;
}

static void make_tile(struct sight *sight, const struct tile_key *key,
                      unsigned item)
{
    struct tile tile = { .key = *key };

    follow_item(sight);
    pthread_mutex_unlock(&sight->lock);
    tile_compute(&tile, &sight->source);
    pthread_mutex_lock(&sight->lock);
    if (item == sight->item)
        keep(sight, &tile);
    else
        tile_clear(&tile);
}

bool sight_serve(struct sight *sight)
{
    struct tile_key key;
    bool done = true;

    pthread_mutex_lock(&sight->lock);
    if (!sight->wanted || !sight->path ||
        sight->want.right_us <= sight->want.left_us) {
        follow_item(sight); /* a medium that was left is closed */
        done = false;
    } else if (sight->want.samples && !covers(&sight->close_up, &sight->want)) {
        come_closer(sight, sight->item);
    } else if ((sight->want.spectrogram && missing_spectrum(sight, &key)) ||
               (tracks_shown(&sight->want) && missing_tracks(sight, &key))) {
        make_tile(sight, &key, sight->item);
    } else {
        done = false;
    }
    sight->news += done;
    pthread_mutex_unlock(&sight->lock);
    if (done)
        wake_post(sight->wake);
    return done;
}

/* --- the UI thread draws ------------------------------------------------ */

bool sight_samples(struct sight *sight, struct peak *column)
{
    const struct sight_want *want = &sight->want;
    bool there;

    pthread_mutex_lock(&sight->lock);
    there = want->samples && covers(&sight->close_up, want);
    if (there)
        peaks_draw(sight->close_up.peaks, PEAKS_ALL, want->left_us,
                   want->right_us, column, (size_t)want->width);
    pthread_mutex_unlock(&sight->lock);
    return there;
}

void sight_spectrum(struct sight *sight, uint8_t *level, uint8_t *loudest)
{
    const struct sight_want *want = &sight->want;
    const struct tile *tile = NULL;

    memset(level, 0, (size_t)want->width * SIGHT_BANDS);
    pthread_mutex_lock(&sight->lock);
    *loudest = sight->loudest;
    if (sight->wanted && want->right_us > want->left_us) {
        int64_t first = column_at(want, want->left_us);

        for (int i = 0; i < want->width; i++) {
            int64_t at = first + i;

            if (i == 0 || at % SIGHT_TILE == 0) {
                struct tile_key key = spectrum_key(want, at / SIGHT_TILE);

                tile = find(sight, &key);
            }
            if (tile && tile->level)
                memcpy(level + (size_t)i * SIGHT_BANDS,
                       tile->level + (at % SIGHT_TILE) * SIGHT_BANDS,
                       SIGHT_BANDS);
        }
    }
    pthread_mutex_unlock(&sight->lock);
}

/* The tile that holds a point; mostly that of the point before. */
struct lookup {
    int64_t piece; /* points of a tile */
    int64_t index; /* of `tile`; -1: none was looked for */
    const struct tile *tile;
};

/* Points `from` to `to` - 1 of the item: the mean pitch of voiced ones, the
 * highest intensity. */
static void draw_points(struct sight *sight, struct lookup *lookup,
                        int64_t from, int64_t to, float *hz, float *db)
{
    double sum = 0;
    int voiced = 0;

    for (int64_t i = from; i < to; i++) {
        int64_t at = i % lookup->piece;

        if (i / lookup->piece != lookup->index) {
            struct tile_key key = tracks_key(i / lookup->piece);

            lookup->index = key.index;
            lookup->tile = find(sight, &key);
        }
        if (!lookup->tile || at >= (int64_t)lookup->tile->count)
            continue;
        *db = fmaxf(*db, lookup->tile->db[at]); /* NAN gives way */
        if (lookup->tile->hz[at] > 0) {
            sum += (double)lookup->tile->hz[at];
            voiced++;
        }
    }
    if (!isnan(*db))
        *hz = voiced > 0 ? (float)(sum / voiced) : 0;
}

void sight_tracks(struct sight *sight, float *hz, float *db)
{
    const struct sight_want *want = &sight->want;
    int64_t window_us = want->right_us - want->left_us;
    struct lookup lookup = { .index = -1 };

    pthread_mutex_lock(&sight->lock);
    lookup.piece = sight->to_us - sight->from_us <= SIGHT_WHOLE_US
                       ? INT64_MAX
                       : SIGHT_PIECE_US / TRACK_POINT_US;
    for (int i = 0; i < want->width; i++) {
        int64_t from_us = want->left_us + window_us * i / want->width;
        int64_t to_us = want->left_us + window_us * (i + 1) / want->width;
        int64_t from =
            (from_us - sight->from_us + TRACK_POINT_US / 2) / TRACK_POINT_US;
        int64_t to =
            (to_us - sight->from_us + TRACK_POINT_US / 2) / TRACK_POINT_US;

        hz[i] = db[i] = NAN;
        if (sight->wanted && tracks_shown(want))
            draw_points(sight, &lookup, from, to > from ? to : from + 1, &hz[i],
                        &db[i]);
    }
    pthread_mutex_unlock(&sight->lock);
}
