/*
 * stretch - see stretch.h.
 *
 * The output is made in blocks of one hop, H frames.  At the joint i, output
 * frame i * H, exactly the input frame a[i] sounds, which lies within reach
 * of its place i * H * speed.  The block before joint i fades from what
 * follows a[i-1] to what precedes a[i]:
 *
 *     out[(i-1) * H + k] = fall[k] * in[a[i-1] + k] + rise[k] * in[a[i]-H + k]
 *
 * and a[i] is where both sound most alike: the two halves add up in phase,
 * so that no pitch period is broken.
 */
#include <config.h>

#include "common/media/stretch.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/reader.h"

enum { COARSE_RATE = 12000 }; /* Hz; places per second looked at first */
/* Share of its score that a joint at the end of the reach loses: of two
 * periods that fit, the nearer one is nearly always meant. */
static const double price = 0.1;

static const double pi = 3.14159265358979323846;

struct stretch {
    /* Set once. */
    int rate, channels;
    int64_t hop, reach; /* frames */
    int64_t step;       /* of the coarse search, frames */
    float *rise;        /* owned; `hop` weights */

    double speed;
    bool finished;
    int64_t joint;  /* number of the next one */
    int64_t before; /* a[joint - 1] */

    /* The input that is still needed. */
    float *in;                       /* owned */
    float *mono;                     /* owned; the sum of the channels */
    int64_t base, in_count, in_room; /* frame of in[0]; frames */
    float *zeros;                    /* owned; one frame of silence */

    /* Ready and not yet pulled. */
    float *ready; /* owned */
    int64_t count, next, room;
    int64_t made; /* frames out, pulled or not */
};

static int64_t frames_of(int rate, int64_t us)
{
    int64_t frames = (rate * us + 500000) / 1000000;

    return frames > 0 ? frames : 1;
}

struct stretch *stretch_new(int rate, int channels, double speed,
                            struct error *err)
{
    struct stretch *stretch;

    if (rate < READER_MIN_RATE || rate > READER_MAX_RATE || channels < 1 ||
        channels > READER_MAX_CHANNELS || !(speed >= STRETCH_SLOWEST) ||
        speed > STRETCH_FASTEST) {
        error_set(err, ERROR_LIMIT,
                  "speed %g at %d Hz with %d channels is outside the limits",
                  speed, rate, channels);
        return NULL;
    }
    stretch = xcalloc(1, sizeof(*stretch));
    stretch->rate = rate;
    stretch->channels = channels;
    stretch->hop = frames_of(rate, STRETCH_HOP_US);
    stretch->reach = frames_of(rate, STRETCH_REACH_US);
    stretch->step = rate > COARSE_RATE ? rate / COARSE_RATE : 1;
    stretch->zeros = xcalloc((size_t)channels, sizeof(float));
    stretch->rise =
        xreallocarray(NULL, (size_t)stretch->hop, sizeof(*stretch->rise));
    for (int64_t k = 0; k < stretch->hop; k++) { /* half of a Hann window */
        double s = sin(pi / 2 * (double)k / (double)stretch->hop);

        stretch->rise[k] = (float)(s * s);
    }
    stretch_reset(stretch, speed);
    return stretch;
}

void stretch_free(struct stretch *stretch)
{
    if (!stretch)
        return;
    free(stretch->rise);
    free(stretch->zeros);
    free(stretch->in);
    free(stretch->mono);
    free(stretch->ready);
    free(stretch);
}

void stretch_reset(struct stretch *stretch, double speed)
{
    stretch->speed = speed;
    stretch->finished = false;
    stretch->joint = 1; /* joint 0 is the beginning of both */
    stretch->before = 0;
    stretch->base = stretch->in_count = 0;
    stretch->count = stretch->next = stretch->made = 0;
}

int64_t stretch_length(int64_t frames, double speed)
{
    double exact = (double)frames / speed;
    double whole = nearbyint(exact);

    /* 1.1 is not quite 1.1: what is whole to a billionth is whole. */
    if (fabs(exact - whole) < 1e-9 * (exact + 1))
        return (int64_t)whole;
    return (int64_t)ceil(exact);
}

/* --- input -------------------------------------------------------------- */

/* Drops what no joint to come can reach. */
static void drop_used(struct stretch *stretch)
{
    int64_t place =
        llround((double)(stretch->joint * stretch->hop) * stretch->speed);
    int64_t first = place - stretch->reach - stretch->hop;
    int64_t drop;

    if (first > stretch->before)
        first = stretch->before;
    drop = first - stretch->base;
    if (drop > stretch->in_count)
        drop = stretch->in_count;
    if (drop < stretch->in_count && drop < stretch->hop * 4)
        return; /* not worth the moving */
    stretch->in_count -= drop;
    stretch->base += drop;
    memmove(stretch->in, stretch->in + drop * stretch->channels,
            (size_t)(stretch->in_count * stretch->channels) * sizeof(float));
    memmove(stretch->mono, stretch->mono + drop,
            (size_t)stretch->in_count * sizeof(float));
}

static void keep(struct stretch *stretch, const float *in, int64_t frames)
{
    int64_t width = stretch->channels;
    float *to;

    if (stretch->in_count + frames > stretch->in_room) {
        stretch->in_room = (stretch->in_count + frames) * 2;
        stretch->in = xreallocarray(stretch->in, (size_t)stretch->in_room,
                                    (size_t)width * sizeof(float));
        stretch->mono = xreallocarray(stretch->mono, (size_t)stretch->in_room,
                                      sizeof(float));
    }
    to = stretch->mono + stretch->in_count;
    memcpy(stretch->in + stretch->in_count * width, in,
           (size_t)(frames * width) * sizeof(float));
    for (int64_t i = 0; i < frames; i++) {
        float sum = 0;

        for (int64_t c = 0; c < width; c++)
            sum += *in++;
        *to++ = sum;
    }
    stretch->in_count += frames;
}

/* The frame of that number; silence before the beginning and after the end. */
static const float *frame_at(const struct stretch *stretch, int64_t frame)
{
    int64_t at = frame - stretch->base;

    if (frame < 0 || at >= stretch->in_count)
        return stretch->zeros;
    assert(at >= 0);
    return stretch->in + at * stretch->channels;
}

/* --- where the next joint goes ------------------------------------------ */

struct likeness {
    int64_t place; /* where the joint would be but for the likeness */
    int64_t best;
    double score;
};

/*
 * How alike what follows a[i-1] and what precedes `joint` are: correlation,
 * but for the energy of the former, which is the same for all joints.
 */
static double alike(const struct stretch *stretch, int64_t joint)
{
    int64_t end = stretch->base + stretch->in_count;
    int64_t wanted = stretch->before, found = joint - stretch->hop;
    int64_t k = found < 0 ? -found : 0;
    int64_t stop = stretch->hop;
    double product = 0, energy = 0;

    if (wanted + stop > end)
        stop = end - wanted;
    if (found + stop > end)
        stop = end - found;
    for (; k < stop; k++) {
        double a = stretch->mono[wanted - stretch->base + k];
        double b = stretch->mono[found - stretch->base + k];

        product += a * b;
        energy += b * b;
    }
    return energy > 0 ? product / sqrt(energy) : 0;
}

static void consider(const struct stretch *stretch, struct likeness *likeness,
                     int64_t joint)
{
    int64_t off = llabs(joint - likeness->place);
    double score;

    if (off > stretch->reach)
        return;
    score = alike(stretch, joint);
    score -= fabs(score) * price * (double)off / (double)stretch->reach;
    if (score > likeness->score) {
        likeness->score = score;
        likeness->best = joint;
    }
}

/* From the place outwards, so that the nearer of two equals wins. */
static int64_t find_joint(const struct stretch *stretch, int64_t place)
{
    struct likeness likeness = { .place = place, .best = place };
    int64_t rough;

    likeness.score = alike(stretch, place);
    for (int64_t off = stretch->step; off <= stretch->reach;
         off += stretch->step) {
        consider(stretch, &likeness, place - off);
        consider(stretch, &likeness, place + off);
    }
    rough = likeness.best;
    for (int64_t off = 1; off < stretch->step; off++) {
        consider(stretch, &likeness, rough - off);
        consider(stretch, &likeness, rough + off);
    }
    return likeness.best;
}

/* --- output ------------------------------------------------------------- */

static float *make_room(struct stretch *stretch, int64_t frames)
{
    size_t width = (size_t)stretch->channels * sizeof(float);

    if (stretch->next > 0) {
        stretch->count -= stretch->next;
        memmove(stretch->ready,
                stretch->ready + stretch->next * stretch->channels,
                (size_t)stretch->count * width);
        stretch->next = 0;
    }
    if (stretch->count + frames > stretch->room) {
        stretch->room = (stretch->count + frames) * 2;
        stretch->ready =
            xreallocarray(stretch->ready, (size_t)stretch->room, width);
    }
    return stretch->ready + stretch->count * stretch->channels;
}

/* The block that ends at joint `after`, its first `frames` frames. */
static void make_block(struct stretch *stretch, int64_t after, int64_t frames)
{
    float *out = make_room(stretch, frames);

    for (int64_t k = 0; k < frames; k++) {
        const float *old = frame_at(stretch, stretch->before + k);
        const float *new = frame_at(stretch, after - stretch->hop + k);
        float rise = stretch->rise[k];

        for (int c = 0; c < stretch->channels; c++)
            *out++ = (1 - rise) * old[c] + rise * new[c];
    }
    stretch->count += frames;
    stretch->made += frames;
    stretch->before = after;
    stretch->joint++;
}

/* Makes all blocks that can be made; `total` < 0: the end is not known. */
static void work(struct stretch *stretch, int64_t total)
{
    for (;;) {
        int64_t place =
            llround((double)(stretch->joint * stretch->hop) * stretch->speed);
        int64_t need = place + stretch->reach;
        int64_t frames = stretch->hop;

        if (stretch->before + stretch->hop > need)
            need = stretch->before + stretch->hop;
        if (total < 0 && stretch->base + stretch->in_count < need)
            return;
        if (total >= 0 && total - stretch->made < frames)
            frames = total - stretch->made;
        if (frames == 0)
            return;
        make_block(stretch, find_joint(stretch, place), frames);
        drop_used(stretch);
    }
}

void stretch_push(struct stretch *stretch, const float *in, int64_t frames)
{
    assert(!stretch->finished);
    if (frames <= 0)
        return;
    keep(stretch, in, frames);
    work(stretch, -1);
}

void stretch_finish(struct stretch *stretch)
{
    if (stretch->finished)
        return;
    stretch->finished = true;
    work(stretch,
         stretch_length(stretch->base + stretch->in_count, stretch->speed));
}

int64_t stretch_ready(const struct stretch *stretch)
{
    return stretch->count - stretch->next;
}

int64_t stretch_pull(struct stretch *stretch, float *out, int64_t frames)
{
    if (frames > stretch_ready(stretch))
        frames = stretch_ready(stretch);
    if (frames > 0)
        memcpy(out, stretch->ready + stretch->next * stretch->channels,
               (size_t)(frames * stretch->channels) * sizeof(float));
    stretch->next += frames;
    return frames;
}
