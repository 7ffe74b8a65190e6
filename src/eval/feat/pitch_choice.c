/*
 * pitch_choice - see pitch_choice.h.
 */
#include <config.h>

#include "eval/feat/pitch_choice.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

enum {
    UNVOICED = SUBHARMONIC_CANDIDATES, /* the last state */
    STATES = UNVOICED + 1,
    ROOM = PITCH_CHOICE_DELAY + 1,
};

/* The weights of the reference set. */
#define LOCAL_COST 2.0
#define JUMP_COST 10.0
#define BEND_COST 10.0
#define CHANGE_COST 10.0
#define STAY_UNVOICED_COST 1.0
#define WEAK_COST 4.0
#define RANGE_COST 1.0
#define VOICED_FROM 0.7
#define NEVER 999.0

struct past {
    float hz[SUBHARMONIC_CANDIDATES];
    uint8_t from[STATES]; /* the best state of the frame before */
};

struct pitch_choice {
    double cost[STATES];
    double log_hz[SUBHARMONIC_CANDIDATES]; /* of the last frame */
    double slope; /* of the last pair of pitches looked at, in logarithms */
    struct past past[ROOM]; /* frame n is at n % ROOM */
    int64_t pushed, decided;
};

struct pitch_choice *pitch_choice_new(void)
{
    struct pitch_choice *choice = xcalloc(1, sizeof(*choice));

    choice->slope = 1;
    return choice;
}

void pitch_choice_free(struct pitch_choice *choice)
{
    free(choice);
}

/* Pitches that speakers seldom use. */
static double range_cost(double hz)
{
    if (hz <= 0)
        return 2;
    if (hz < 100)
        return 1 - hz / 100;
    if (hz <= 350)
        return 0;
    if (hz < 600)
        return (hz - 350) / 250;
    return 1.2;
}

static void local_costs(const struct subharmonic_candidate *candidate,
                        double *cost)
{
    bool voiced = false;

    for (int i = 0; i < UNVOICED; i++) {
        double p = candidate[i].voicing;
        double weak = p < VOICED_FROM ? WEAK_COST : 0;

        voiced |= p >= VOICED_FROM;
        p = p < 0.01 ? 0.01 : p > 1 ? 1 : p;
        cost[i] = LOCAL_COST * (weak - log(p)) +
                  RANGE_COST * range_cost(candidate[i].hz);
    }
    cost[UNVOICED] = voiced ? LOCAL_COST * WEAK_COST : 0;
}

/* From state `from` of the frame before to `to`; NAN: an empty candidate. */
static double step_cost(struct pitch_choice *choice, int from, int to,
                        const double *log_hz)
{
    double slope, cost;

    if (from == UNVOICED && to == UNVOICED)
        return STAY_UNVOICED_COST;
    if (from == UNVOICED || to == UNVOICED) {
        choice->slope = 0;
        return CHANGE_COST;
    }
    slope = log_hz[to] - choice->log_hz[from];
    if (isnan(slope))
        return NEVER;
    cost = JUMP_COST * fabs(slope) + BEND_COST * fabs(slope - choice->slope);
    choice->slope = slope;
    return cost;
}

static void extend(struct pitch_choice *choice,
                   const struct subharmonic_candidate *candidate,
                   const double *log_hz)
{
    struct past *past = &choice->past[choice->pushed % ROOM];
    double local[STATES], cost[STATES];

    local_costs(candidate, local);
    for (int i = 0; i < UNVOICED; i++)
        past->hz[i] = candidate[i].hz;
    if (choice->pushed == 0) {
        memcpy(choice->cost, local, sizeof(local));
        return;
    }
    for (int to = 0; to < STATES; to++) {
        past->from[to] = 0;
        for (int from = 0; from < STATES; from++) {
            double sum =
                choice->cost[from] + step_cost(choice, from, to, log_hz);

            if (from > 0 && sum >= cost[to])
                continue;
            cost[to] = sum;
            past->from[to] = (uint8_t)from;
        }
        cost[to] += local[to];
    }
    memcpy(choice->cost, cost, sizeof(cost));
}

/* Sums that only grow would lose their differences. */
static void level_costs(struct pitch_choice *choice)
{
    double least = choice->cost[0];

    for (int i = 1; i < STATES; i++)
        least = fmin(least, choice->cost[i]);
    for (int i = 0; i < STATES; i++)
        choice->cost[i] -= least;
}

static float decide(struct pitch_choice *choice)
{
    const struct past *past;
    int state = 0;

    for (int i = 1; i < STATES; i++)
        if (choice->cost[i] < choice->cost[state])
            state = i;
    for (int64_t n = choice->pushed - 1; n > choice->decided; n--)
        state = choice->past[n % ROOM].from[state];
    past = &choice->past[choice->decided++ % ROOM];
    return state == UNVOICED ? 0 : past->hz[state];
}

bool pitch_choice_push(struct pitch_choice *choice,
                       const struct subharmonic_candidate *candidate, float *hz)
{
    double log_hz[SUBHARMONIC_CANDIDATES];

    for (int i = 0; i < UNVOICED; i++)
        log_hz[i] = candidate[i].hz > 0 ? log(candidate[i].hz) : NAN;
    extend(choice, candidate, log_hz);
    memcpy(choice->log_hz, log_hz, sizeof(log_hz));
    level_costs(choice);
    choice->pushed++;
    if (choice->pushed <= PITCH_CHOICE_DELAY)
        return false;
    *hz = decide(choice);
    return true;
}

bool pitch_choice_drain(struct pitch_choice *choice, float *hz)
{
    if (choice->decided == choice->pushed)
        return false;
    *hz = decide(choice);
    return true;
}
