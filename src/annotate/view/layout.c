/*
 * layout - which rows of the screen belong to which pane.
 */
#include <config.h>

#include "annotate/view/layout.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    FIXED_ROWS = 2 + 3, /* header and its rule; note, status, keys */
    QUESTIONS_MIN = 4,
    TEXT_MAX = 8,
    TEXT_LEAST = 2, /* before titles of other questions */
    PICTURE_MIN = 6,
    WAVE_MIN = 3,
    WAVE_LEAST = 1, /* where questions need all else: loud, soft, silent */
    SPECTROGRAM_MIN = 4,
    TRACKS_MIN = 3,
    PANE_HIGH = 13,  /* or a third of a high screen */
    RULER_SPARE = 6, /* rows that the panes must have to spare for it */
};

/* The stack, in the order in which its panes get rows. */
enum { OWN, PICTURE, WAVE, SPECTROGRAM, TRACKS, PANES };
enum { BORROWERS = WAVE + 1 }; /* the others take no row of the questions */

struct pane {
    int least; /* rows; 0: not wanted */
    int most;
    int weight; /* its share of what is left over */
    int rows;
};

static int at_least(int value, int least)
{
    return value < least ? least : value;
}

static int at_most(int value, int most)
{
    return value > most ? most : value;
}

static int place(struct band *band, int y, int rows)
{
    *band = (struct band){ .y = y, .rows = rows };
    return y + rows;
}

static void wish_panes(struct pane pane[PANES], int height,
                       const struct layout_wish *wish)
{
    int high = at_least(height / 3, PANE_HIGH);

    for (int i = 0; i < PANES; i++)
        pane[i] = (struct pane){ .most = high, .weight = 2 };
    pane[OWN].least = at_most(wish->own_least, wish->own);
    pane[OWN].most = wish->own;
    pane[OWN].weight = 4;
    if (!wish->sound)
        return;
    pane[PICTURE].least = wish->picture ? PICTURE_MIN : 0;
    pane[PICTURE].most = at_least(height / 2, PANE_HIGH);
    pane[PICTURE].weight = 6;
    pane[WAVE].least = wish->wave ? WAVE_MIN : 0;
    pane[SPECTROGRAM].least = wish->spectrogram ? SPECTROGRAM_MIN : 0;
    pane[SPECTROGRAM].weight = 3;
    pane[TRACKS].least = wish->tracks ? TRACKS_MIN : 0;
}

/* Of the questions, so that `left` is `wanted`; nothing, where they need it. */
static void borrow(int wanted, int least, int *left, int *questions)
{
    int missing = wanted - *left;

    if (missing > 0 && *questions - missing >= at_least(least, QUESTIONS_MIN)) {
        *questions -= missing;
        *left += missing;
    }
}

/* Each its least, as long as there are rows; returns what is left. */
static int grant_least(struct pane pane[PANES], int left, int least,
                       int *questions)
{
    for (int i = 0; i < PANES; i++) {
        if (i < BORROWERS)
            borrow(pane[i].least, least, &left, questions);
        if (i == WAVE && pane[i].least > left) {
            borrow(WAVE_LEAST, least, &left, questions);
            if (left >= WAVE_LEAST)
                pane[i].least = WAVE_LEAST;
        }
        if (pane[i].least > left)
            continue;
        pane[i].rows = pane[i].least;
        left -= pane[i].least;
    }
    return left;
}

/* Row by row to the one that is lowest for its weight. */
static void share(struct pane pane[PANES], int left)
{
    for (; left > 0; left--) {
        struct pane *next = NULL;

        for (int i = 0; i < PANES; i++) {
            if (pane[i].rows > 0 && pane[i].rows < pane[i].most &&
                (!next ||
                 pane[i].rows * next->weight < next->rows * pane[i].weight))
                next = &pane[i];
        }
        if (!next)
            return;
        next->rows++;
    }
}

static bool any_pane(const struct pane pane[PANES])
{
    for (int i = 0; i < PANES; i++) {
        if (pane[i].rows > 0)
            return true;
    }
    return false;
}

void layout_fit(struct layout *layout, int height,
                const struct layout_wish *wish)
{
    int body = height - FIXED_ROWS - 1; /* and the rule */
    int sound = wish->sound ? 2 : 0;
    struct pane pane[PANES];
    int wanted, questions, left, text, ruler;
    int most = wish->sound ? TEXT_MAX : height; /* a text may be all there is */
    int stack = 0;
    int y;

    wish_panes(pane, height, wish);
    for (int i = 0; i < PANES; i++)
        stack += pane[i].least;
    wanted = wish->questions + stack + sound <= body ? wish->questions
                                                     : wish->question;
    text = at_most(wish->text, TEXT_LEAST);
    questions = at_least(at_most(wanted, body - sound - text),
                         at_least(wish->question_least, QUESTIONS_MIN));
    questions = at_most(questions, body - sound);
    left = body - sound - questions;
    text = at_least(at_most(at_most(wish->text, most), left), 0);
    left = grant_least(pane, left - text, wish->question_least, &questions);
    ruler = left >= RULER_SPARE && any_pane(pane) ? 1 : 0;
    share(pane, left - ruler);
    if (pane[WAVE].rows % 2 == 0 && pane[WAVE].rows > 0) {
        pane[WAVE].rows--; /* an odd number has a row for the middle */
        ruler = 1;
    }

    y = place(&layout->header, 0, 2);
    y = place(&layout->text, y, text);
    y = place(&layout->picture, y, pane[PICTURE].rows);
    y = place(&layout->wave, y, pane[WAVE].rows);
    y = place(&layout->spectrogram, y, pane[SPECTROGRAM].rows);
    y = place(&layout->tracks, y, pane[TRACKS].rows);
    y = place(&layout->own, y, pane[OWN].rows);
    y = place(&layout->ruler, y, ruler);
    y = place(&layout->position, y, sound / 2);
    y = place(&layout->transport, y, sound / 2);
    y = place(&layout->rule, y, 1);
    place(&layout->questions, y, height - 3 - y);
    place(&layout->note, height - 3, 1);
    place(&layout->status, height - 2, 1);
    place(&layout->keys, height - 1, 1);
}
