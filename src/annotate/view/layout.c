/*
 * layout - which rows of the screen belong to which pane.
 */
#include <config.h>

#include "annotate/view/layout.h"

enum {
    FIXED_ROWS = 2 + 3, /* header and its rule; note, status, keys */
    WAVE_MIN = 3,
    WAVE_MAX = 13, /* or a third of a high screen */
    QUESTIONS_MIN = 4,
    TEXT_MAX = 8,
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

void layout_fit(struct layout *layout, int height,
                const struct layout_wish *wish)
{
    int body = height - FIXED_ROWS - 1; /* and the rule */
    int sound = wish->sound ? 2 : 0;
    int shown = wish->sound && wish->wave ? WAVE_MIN : 0;
    int wanted = wish->questions + shown + sound <= body ? wish->questions
                                                         : wish->question;
    int questions = at_least(at_most(wanted, body - sound), QUESTIONS_MIN);
    int left = body - sound - questions;
    int text = at_least(at_most(at_most(wish->text, TEXT_MAX), left), 0);
    int high = at_least(height / 3, WAVE_MAX);
    int wave = wish->sound && wish->wave ? at_most(left - text, high) : 0;
    int y;

    if (wish->wave && wish->sound && wave < WAVE_MIN) {
        /* A waveform of too few rows: the questions lend them. */
        int lend = at_most(WAVE_MIN - wave, questions - QUESTIONS_MIN);

        if (wave + lend == WAVE_MIN) {
            questions -= lend;
            wave = WAVE_MIN;
        } else {
            wave = 0;
        }
    }
    if (wave > 0 && wave % 2 == 0)
        wave--; /* an odd number has a row for the middle */
    y = place(&layout->header, 0, 2);
    y = place(&layout->text, y, text);
    y = place(&layout->wave, y, wave);
    y = place(&layout->position, y, sound / 2);
    y = place(&layout->transport, y, sound / 2);
    y = place(&layout->rule, y, 1);
    place(&layout->questions, y, height - 3 - y);
    place(&layout->note, height - 3, 1);
    place(&layout->status, height - 2, 1);
    place(&layout->keys, height - 1, 1);
}
