/*
 * view_figure - the self-assessment manikins, drawn in cells.
 *
 * After Bradley, M. M. & Lang, P. J. (1994). Measuring emotion: the
 * self-assessment manikin and the semantic differential. J. Behav. Ther. Exp.
 * Psychiatry 25(1), 49-59: five figures over five points, or over every other
 * one of nine; the
 * mouth tells valence, the burst in the body arousal, the size dominance.
 * These are drawings of ours in ASCII, not copies of theirs.
 */
#include <config.h>

#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/text.h"
#include "common/base/vec.h"

enum { FIGURES = 5, FIGURE_ROWS = 3, FIGURE_WIDTH = 7 };

struct manikin {
    const char *name;
    const char *row[FIGURES][FIGURE_ROWS];
};

/* clang-format off */
static const struct manikin manikins[] = {
    { "sam-valence",
      { { " .---. ", " |o o| ", " '.-.' " },
        { " .---. ", " |o o| ", " '-~-' " },
        { " .---. ", " |o o| ", " '---' " },
        { " .---. ", " |o o| ", " '-v-' " },
        { " .---. ", " |^ ^| ", " '\\_/' " } } },
    { "sam-arousal",
      { { "  (-)  ", " /   \\ ", " |___| " },
        { "  (o)  ", " / . \\ ", " |___| " },
        { "  (o)  ", " /.:.\\ ", " |___| " },
        { "  (O)  ", " /:*:\\ ", " |_:_| " },
        { "  (O)  ", "\\|***|/", "/|***|\\" } } },
    { "sam-dominance",
      { { "       ", "       ", "  (.)  " },
        { "       ", "  (o)  ", "  | |  " },
        { "       ", "  (o)  ", "  /|\\  " },
        { "  (o)  ", "  /|\\  ", "  | |  " },
        { " ( O ) ", " /|#|\\ ", " _| |_ " } } },
};
/* clang-format on */

static const struct manikin *find(const struct scale *scale)
{
    size_t count = scale_count(scale);

    if (count != 5 && count != 7 && count != 9)
        return NULL;
    for (size_t i = 0; i < LENGTH_OF(manikins); i++) {
        if (text_equal(manikins[i].name, scale->figure))
            return &manikins[i];
    }
    return NULL;
}

int view_figure_height(const struct scale *scale)
{
    return find(scale) ? FIGURE_ROWS : 0;
}

void view_figure(const struct canvas *canvas, const struct scale *scale, int x,
                 int y, int point_width, int chosen)
{
    const struct manikin *manikin = find(scale);
    int last = (int)scale_count(scale) - 1;

    if (!manikin)
        return;
    for (int figure = 0; figure < FIGURES; figure++) {
        /* Over a point or, of seven, between two of them. */
        int left = x + figure * last * point_width / (FIGURES - 1) +
                   (point_width - FIGURE_WIDTH) / 2;
        bool here = chosen * (FIGURES - 1) == figure * last;

        for (int row = 0; row < FIGURE_ROWS; row++)
            screen_put(canvas->screen, left, y + row, FIGURE_WIDTH,
                       here ? ROLE_CHOSEN : ROLE_PLAIN,
                       manikin->row[figure][row]);
    }
}
