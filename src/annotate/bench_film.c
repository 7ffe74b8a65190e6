/*
 * bench_film - the pictures of the open entry: the one that belongs to what
 * is heard goes into the model as cells.
 */
#include <config.h>

#include <stdlib.h>

#include "annotate/bench_internal.h"
#include "annotate/view/view.h"
#include "common/base/mem.h"

bool bench_film_begin(struct bench *bench,
                      const struct bench_settings *settings, struct error *err)
{
    if (!(bench->protocol->show & SHOW_VIDEO))
        return true;
    bench->film = film_new(&bench->wake, err);
    if (!bench->film)
        return false;
    bench->window_wish = settings->window;
    bench->painter = painter_new(settings->depth, settings->ascii);
    return true;
}

void bench_depth(struct bench *bench, enum picture_depth depth, bool ascii)
{
    if (!bench->film)
        return;
    painter_free(bench->painter);
    bench->painter = painter_new(depth, ascii);
    bench->shown = 0;
}

void bench_film_end(struct bench *bench)
{
    bench_window_end(bench);
    film_free(bench->film);
    painter_free(bench->painter);
    free(bench->cells);
}

static void tell_state(struct bench *bench, enum picture_state picture,
                       const struct film_state *state)
{
    struct message message = bench_message(bench, MESSAGE_VIDEO);

    bool shown = picture == PICTURE_HERE || picture == PICTURE_APART;

    if (bench->told == picture && !shown)
        return;
    if (bench->told == picture && bench->model.picture.width == state->width)
        return;
    bench->told = picture;
    message.entry = bench->sounding;
    message.picture = picture;
    message.width = state->width;
    message.height = state->height;
    message.text = "The pictures of this item cannot be shown";
    bench_send(bench, &message);
}

void bench_film_open(struct bench *bench, const char *path)
{
    struct film_state none = { 0 };

    if (!bench->film)
        return;
    film_open(bench->film, path);
    bench->shown = 0;
    if (bench->window)
        window_blank(bench->window);
    bench->told = PICTURE_NONE; /* as update() begins an entry */
    tell_state(bench, path ? PICTURE_COMING : PICTURE_NONE, &none);
}

/*
 * A picture's time falls between two samples of the sound: the seek goes to
 * the one after it, so that it is that picture which is shown.
 */
static void tell_step(struct bench *bench,
                      const struct player_snapshot *snapshot)
{
    struct message message = bench_message(bench, MESSAGE_STEPPED);
    int64_t us;

    if (!film_stepped(bench->film, &us) || snapshot->rate < 1)
        return;
    message.entry = bench->sounding;
    message.from_us = us + 1000000 / snapshot->rate;
    bench_send(bench, &message);
}

static void paint(struct bench *bench, const struct film_picture *picture,
                  int columns, int rows)
{
    struct message message = bench_message(bench, MESSAGE_CELLS);

    if (picture->number == bench->shown && bench->model.picture.columns > 0)
        return;
    bench->shown = picture->number;
    bench->cells = xreallocarray(bench->cells, (size_t)columns,
                                 (size_t)rows * sizeof(*bench->cells));
    painter_paint(bench->painter, picture->rgb, picture->width, picture->height,
                  bench->cells, columns, rows);
    message.entry = bench->sounding;
    message.cells = bench->cells;
    message.width = columns;
    message.height = rows;
    bench_send(bench, &message);
}

static void show_in_cells(struct bench *bench,
                          const struct player_snapshot *snapshot)
{
    struct film_picture picture;
    int columns, rows;

    if (!view_picture_size(&bench->model, &columns, &rows)) {
        film_size(bench->film, 0, 0);
        return;
    }
    film_size(bench->film, columns * PAINTER_CELL, rows * PAINTER_CELL);
    if (!film_at(bench->film, snapshot->media_us, &picture)) {
        if (bench->patient) {
            film_settle(bench->film);
            film_at(bench->film, snapshot->media_us, &picture);
        }
        if (!picture.rgb)
            return;
    }
    /* The next one comes with a wake, where this one is late. */
    bench->picture_until_us =
        picture.until_us > snapshot->media_us ? picture.until_us : INT64_MAX;
    paint(bench, &picture, columns, rows);
}

void bench_film_pump(struct bench *bench,
                     const struct player_snapshot *snapshot)
{
    struct film_state state;

    if (!bench->film || bench->sounding >= bench->model.count ||
        snapshot->medium != bench->medium)
        return;
    if (bench->patient)
        film_settle(bench->film);
    film_state(bench->film, &state);
    if (state.busy)
        return;
    if (state.open)
        bench_window_open(bench, &state);
    tell_state(bench,
               state.open     ? bench->window ? PICTURE_APART : PICTURE_HERE
               : state.failed ? PICTURE_FAILED
                              : PICTURE_NONE,
               &state);
    if (!state.open)
        return;
    if (snapshot->looping)
        film_loop(bench->film, snapshot->loop_from_us, snapshot->loop_to_us);
    else
        film_loop(bench->film, 0, 0);
    tell_step(bench, snapshot);
    if (bench->window)
        bench_window_show(bench, snapshot, &state);
    else
        show_in_cells(bench, snapshot);
}

int64_t bench_next_picture_us(const struct bench *bench)
{
    const struct model *model = &bench->model;

    if (!bench->film ||
        (bench->told != PICTURE_HERE && bench->told != PICTURE_APART) ||
        !model->playback.playing || bench->picture_until_us == INT64_MAX)
        return -1;
    return (int64_t)((double)(bench->picture_until_us -
                              model->playback.position_us) /
                     model->playback.speed);
}
