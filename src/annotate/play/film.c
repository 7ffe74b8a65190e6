/*
 * film - the thread that has the picture of each media time ready.
 */
#include <config.h>

#include "annotate/play/film.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/video.h"

enum { SLOTS = 8 }; /* pictures ahead: a quarter of a second at 30 a second */

struct slot {
    struct film_picture picture;
    uint8_t *rgb; /* owned */
    size_t room;
};

/* What the UI thread wants. */
struct film_wish {
    char *path;        /* owned; NULL: none */
    uint64_t opens;    /* counts film_open() */
    uint64_t redraws;  /* counts what makes all slots useless */
    int width, height; /* 0: nothing */
    int64_t us;        /* asked for last */
    bool asked;
    int64_t loop_from_us, loop_to_us;
    int steps; /* 0: none wanted */
    int64_t step_us;
};

struct film {
    /* Set once. */
    struct wake *wake; /* borrowed */
    pthread_t thread;
    bool running;

    /* Under lock. */
    pthread_mutex_t lock;
    pthread_cond_t news; /* for the thread */
    pthread_cond_t rest; /* for film_settle() */
    struct film_wish wish;
    struct film_state state;
    struct slot slot[SLOTS]; /* in the order of showing */
    int count;
    bool finished; /* after the last slot comes nothing */
    bool resting;
    bool quit;
    bool stepped;
    int64_t stepped_us;

    /* UI thread only. */
    struct slot held; /* given out last */
    uint64_t held_redraws;

    /* Film thread only. */
    struct video *video; /* owned */
    struct slot spare;   /* drawn into without the lock */
    uint64_t opens, redraws;
    uint64_t drawn;
    bool wrapped; /* since it was placed: times went back */
};

static bool covers(const struct film_picture *picture, int64_t us)
{
    return us >= picture->from_us && us < picture->until_us;
}

static bool loops(const struct film_wish *wish)
{
    return wish->loop_to_us > wish->loop_from_us;
}

/* --- under lock --------------------------------------------------------- */

static void swap_slots(struct slot *a, struct slot *b)
{
    struct slot kept = *a;

    *a = *b;
    *b = kept;
}

/* Takes the first `count` slots away; their room is kept for others. */
static void drop(struct film *film, int count)
{
    for (int i = count; i < film->count; i++)
        swap_slots(&film->slot[i - count], &film->slot[i]);
    film->count -= count;
}

static int slot_of(const struct film *film, int64_t us)
{
    for (int i = 0; i < film->count; i++) {
        if (covers(&film->slot[i].picture, us))
            return i;
    }
    return -1;
}

static bool holds(const struct film *film, int64_t us)
{
    return film->held.picture.rgb && film->held_redraws == film->wish.redraws &&
           covers(&film->held.picture, us);
}

static bool wants_pictures(const struct film *film)
{
    return film->video && film->wish.width > 0 && film->wish.asked &&
           !film->state.failed;
}

static void redraw(struct film *film)
{
    film->wish.redraws++;
    drop(film, film->count);
}

/* --- the thread --------------------------------------------------------- */

static void fail(struct film *film, const struct error *err)
{
    pthread_mutex_lock(&film->lock);
    if (film->opens == film->wish.opens) {
        film->state.failed = true;
        memcpy(film->state.error_text, err->text, sizeof(err->text));
    }
    pthread_mutex_unlock(&film->lock);
}

/* Called and returns under lock. */
static void take_up(struct film *film)
{
    char *path = film->wish.path ? xstrdup(film->wish.path) : NULL;
    struct film_state state = { 0 };
    struct video *video = NULL;
    uint64_t opens = film->wish.opens;

    pthread_mutex_unlock(&film->lock);
    video_close(film->video);
    if (path) {
        struct error err;
        bool present;

        video = video_open(path, &present, &err);
        if (!video && present) {
            state.failed = true;
            memcpy(state.error_text, err.text, sizeof(err.text));
        }
    }
    if (video) {
        state.open = true;
        state.width = video_info(video)->width;
        state.height = video_info(video)->height;
        state.rate = video_info(video)->rate;
    }
    free(path);
    pthread_mutex_lock(&film->lock);
    film->video = video;
    film->opens = opens;
    if (opens == film->wish.opens)
        film->state = state;
    wake_post(film->wake);
}

/* Draws the present picture into the spare slot. */
static bool draw(struct film *film, int width, int height)
{
    struct slot *spare = &film->spare;
    size_t size = (size_t)width * (size_t)height * 3;
    struct error err;

    if (spare->room < size) {
        free(spare->rgb);
        spare->rgb = xmalloc(size);
        spare->room = size;
    }
    if (!video_draw(film->video, width, height, spare->rgb, &err)) {
        fail(film, &err);
        return false;
    }
    spare->picture = (struct film_picture){
        .from_us = video_from_us(film->video),
        .until_us =
            video_at_end(film->video) ? INT64_MAX : video_until_us(film->video),
        .width = width,
        .height = height,
        .rgb = spare->rgb,
        .number = ++film->drawn,
    };
    if (spare->picture.from_us <= video_info(film->video)->first_us)
        spare->picture.from_us = INT64_MIN;
    return true;
}

/* Puts the present picture behind the others, unless all was changed
 * meanwhile.  Called and returns under lock. */
static void push(struct film *film, const struct film_wish *wish)
{
    bool drawn;

    pthread_mutex_unlock(&film->lock);
    drawn = draw(film, wish->width, wish->height);
    pthread_mutex_lock(&film->lock);
    if (!drawn || wish->redraws != film->wish.redraws ||
        film->opens != film->wish.opens)
        return;
    film->finished = video_at_end(film->video) && !loops(&film->wish);
    swap_slots(&film->slot[film->count++], &film->spare);
    wake_post(film->wake);
}

/* Goes to the picture that is wanted now.  Under lock, as push(). */
static void place(struct film *film)
{
    struct film_wish wish = film->wish;
    struct error err;
    bool found;

    drop(film, film->count);
    film->wrapped = false;
    pthread_mutex_unlock(&film->lock);
    found = video_seek(film->video, wish.us, &err);
    if (!found)
        fail(film, &err);
    pthread_mutex_lock(&film->lock);
    if (found)
        push(film, &wish);
}

/* Puts the next picture behind the others.  Under lock, as push(). */
static void go_on(struct film *film)
{
    struct film_wish wish = film->wish;
    struct error err;
    bool late = false;
    bool there;

    pthread_mutex_unlock(&film->lock);
    if (loops(&wish) && (video_at_end(film->video) ||
                         video_until_us(film->video) >= wish.loop_to_us)) {
        there = video_seek(film->video, wish.loop_from_us, &err);
        if (!there)
            fail(film, &err);
        film->wrapped = true;
    } else {
        there = video_next(film->video) == 1;
        late = there && !film->wrapped && !video_at_end(film->video) &&
               video_until_us(film->video) <= wish.us;
    }
    pthread_mutex_lock(&film->lock);
    film->state.late += late;
    film->finished = !there;
    if (there && !late)
        push(film, &wish);
}

/* Finds the picture beside one.  Under lock, as push(). */
static void step(struct film *film)
{
    int64_t us = film->wish.step_us;
    int steps = film->wish.steps;
    int64_t found_us = us;
    struct film_wish wish;
    struct error err;

    film->wish.steps = 0;
    pthread_mutex_unlock(&film->lock);
    if (video_seek(film->video, us, &err)) {
        found_us = video_from_us(film->video);
        if (steps > 0 && video_next(film->video))
            found_us = video_from_us(film->video);
        else if (steps < 0 && video_seek(film->video, found_us - 1, &err))
            found_us = video_from_us(film->video);
    }
    pthread_mutex_lock(&film->lock);
    if (film->opens == film->wish.opens) {
        film->stepped = true;
        film->stepped_us = found_us;
        wake_post(film->wake);
    }
    /* The slots do not follow from where the video stands now. */
    drop(film, film->count);
    film->finished = film->wrapped = false;
    wish = film->wish;
    if (wants_pictures(film))
        push(film, &wish);
}

/* Does one thing that there is to do; under lock. */
static bool work(struct film *film)
{
    bool wanted;

    if (film->opens != film->wish.opens) {
        take_up(film);
        return true;
    }
    if (film->wish.steps != 0 && film->video) {
        step(film);
        return true;
    }
    if (!wants_pictures(film))
        return false;
    if (film->redraws != film->wish.redraws) {
        film->redraws = film->wish.redraws;
        place(film);
        return true;
    }
    wanted = !holds(film, film->wish.us) && slot_of(film, film->wish.us) < 0;
    if (wanted) {
        place(film);
        return true;
    }
    if (film->count == SLOTS || film->finished)
        return false;
    go_on(film);
    return true;
}

static void *run(void *context)
{
    struct film *film = context;

    pthread_mutex_lock(&film->lock);
    while (!film->quit) {
        film->resting = false;
        if (work(film))
            continue;
        film->resting = true;
        pthread_cond_broadcast(&film->rest);
        pthread_cond_wait(&film->news, &film->lock);
    }
    pthread_mutex_unlock(&film->lock);
    return NULL;
}

/* --- the UI thread ------------------------------------------------------ */

struct film *film_new(struct wake *wake, struct error *err)
{
    struct film *film = xcalloc(1, sizeof(*film));

    film->wake = wake;
    pthread_mutex_init(&film->lock, NULL);
    pthread_cond_init(&film->news, NULL);
    pthread_cond_init(&film->rest, NULL);
    if (pthread_create(&film->thread, NULL, run, film) != 0) {
        error_set(err, ERROR_IO, "cannot start a thread for pictures");
        film_free(film);
        return NULL;
    }
    film->running = true;
    return film;
}

/* The thread has something to look at. */
static void nudge(struct film *film)
{
    film->resting = false;
    pthread_cond_signal(&film->news);
}

void film_free(struct film *film)
{
    if (!film)
        return;
    if (film->running) {
        pthread_mutex_lock(&film->lock);
        film->quit = true;
        nudge(film);
        pthread_mutex_unlock(&film->lock);
        pthread_join(film->thread, NULL);
    }
    video_close(film->video);
    for (int i = 0; i < SLOTS; i++)
        free(film->slot[i].rgb);
    free(film->held.rgb);
    free(film->spare.rgb);
    free(film->wish.path);
    pthread_cond_destroy(&film->news);
    pthread_cond_destroy(&film->rest);
    pthread_mutex_destroy(&film->lock);
    free(film);
}

void film_open(struct film *film, const char *path)
{
    struct film_wish *wish = &film->wish;

    pthread_mutex_lock(&film->lock);
    free(wish->path);
    wish->path = path ? xstrdup(path) : NULL;
    wish->opens++;
    wish->asked = false;
    wish->steps = 0;
    wish->loop_from_us = wish->loop_to_us = 0;
    film->stepped = false;
    film->state = (struct film_state){ .busy = path != NULL };
    redraw(film);
    nudge(film);
    pthread_mutex_unlock(&film->lock);
}

void film_size(struct film *film, int width, int height)
{
    pthread_mutex_lock(&film->lock);
    if (film->wish.width != width || film->wish.height != height) {
        film->wish.width = width;
        film->wish.height = height;
        redraw(film);
        nudge(film);
    }
    pthread_mutex_unlock(&film->lock);
}

void film_loop(struct film *film, int64_t from_us, int64_t to_us)
{
    struct film_wish *wish = &film->wish;

    pthread_mutex_lock(&film->lock);
    if (wish->loop_from_us != from_us || wish->loop_to_us != to_us) {
        wish->loop_from_us = from_us;
        wish->loop_to_us = to_us;
        redraw(film); /* what was decoded ahead may not follow */
        nudge(film);
    }
    pthread_mutex_unlock(&film->lock);
}

bool film_at(struct film *film, int64_t media_us, struct film_picture *out)
{
    bool found = true;
    int at;

    pthread_mutex_lock(&film->lock);
    film->wish.us = media_us;
    film->wish.asked = true;
    if (!holds(film, media_us)) {
        at = slot_of(film, media_us);
        found = at >= 0;
        if (!found && film->count > 0 && /* a late one is better than none */
            film->slot[film->count - 1].picture.until_us <= media_us)
            at = film->count - 1;
        if (at >= 0) {
            film->state.late += (unsigned)at + !found;
            swap_slots(&film->held, &film->slot[at]);
            film->held_redraws = film->wish.redraws;
            drop(film, at + 1);
        }
        nudge(film);
    }
    *out = film->held.picture;
    if (film->held_redraws != film->wish.redraws)
        *out = (struct film_picture){ 0 };
    pthread_mutex_unlock(&film->lock);
    return found;
}

void film_step(struct film *film, int64_t media_us, int steps)
{
    pthread_mutex_lock(&film->lock);
    film->wish.steps = steps;
    film->wish.step_us = media_us;
    nudge(film);
    pthread_mutex_unlock(&film->lock);
}

bool film_stepped(struct film *film, int64_t *media_us)
{
    bool stepped;

    pthread_mutex_lock(&film->lock);
    stepped = film->stepped;
    film->stepped = false;
    *media_us = film->stepped_us;
    pthread_mutex_unlock(&film->lock);
    return stepped;
}

void film_state(struct film *film, struct film_state *out)
{
    pthread_mutex_lock(&film->lock);
    *out = film->state;
    pthread_mutex_unlock(&film->lock);
}

void film_settle(struct film *film)
{
    pthread_mutex_lock(&film->lock);
    nudge(film);
    while (!film->resting)
        pthread_cond_wait(&film->rest, &film->lock);
    pthread_mutex_unlock(&film->lock);
}
