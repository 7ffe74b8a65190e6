/*
 * theme - how each role of a cell looks.
 */
#include <config.h>

#include "annotate/view/theme.h"

#include <assert.h>

/* clang-format off */
#define COLOURS(of_text, behind) .ink = INK_##of_text, .paper = INK_##behind

static const struct look colour[ROLE_COUNT] = {
    [ROLE_PLAIN]    = { COLOURS(DEFAULT, DEFAULT) },
    [ROLE_TITLE]    = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_FAINT]    = { COLOURS(DEFAULT, DEFAULT), .faint = true },
    [ROLE_KEY]      = { COLOURS(CYAN, DEFAULT), .bold = true },
    [ROLE_CHOSEN]   = { COLOURS(YELLOW, DEFAULT), .bold = true },
    [ROLE_CURSOR]   = { COLOURS(DEFAULT, DEFAULT), .underline = true },
    [ROLE_BOTH]     = { COLOURS(YELLOW, DEFAULT), .bold = true,
                        .underline = true },
    [ROLE_WAVE]     = { COLOURS(BLUE, DEFAULT) },
    [ROLE_HEARD]    = { COLOURS(CYAN, DEFAULT) },
    [ROLE_PLAYHEAD] = { COLOURS(YELLOW, DEFAULT), .bold = true },
    [ROLE_GOOD]     = { COLOURS(CYAN, DEFAULT) },
    [ROLE_ALERT]    = { COLOURS(YELLOW, DEFAULT), .bold = true },
    [ROLE_BAR]      = { COLOURS(DEFAULT, DEFAULT), .reverse = true },
    [ROLE_BAR_KEY]  = { COLOURS(DEFAULT, DEFAULT), .bold = true,
                        .reverse = true },
    [ROLE_INPUT]    = { COLOURS(DEFAULT, DEFAULT), .underline = true },
    [ROLE_PICTURE]  = { COLOURS(DEFAULT, DEFAULT) }, /* has its own */
    [ROLE_SELECTION] = { COLOURS(YELLOW, DEFAULT), .bold = true },
    [ROLE_PITCH]    = { COLOURS(YELLOW, DEFAULT), .bold = true },
    [ROLE_INTENSITY] = { COLOURS(CYAN, DEFAULT) },
};

static const struct look mono[ROLE_COUNT] = {
    [ROLE_PLAIN]    = { COLOURS(DEFAULT, DEFAULT) },
    [ROLE_TITLE]    = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_FAINT]    = { COLOURS(DEFAULT, DEFAULT) },
    [ROLE_KEY]      = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_CHOSEN]   = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_CURSOR]   = { COLOURS(DEFAULT, DEFAULT), .underline = true },
    [ROLE_BOTH]     = { COLOURS(DEFAULT, DEFAULT), .bold = true,
                        .underline = true },
    [ROLE_WAVE]     = { COLOURS(DEFAULT, DEFAULT) },
    [ROLE_HEARD]    = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_PLAYHEAD] = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_GOOD]     = { COLOURS(DEFAULT, DEFAULT) },
    [ROLE_ALERT]    = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_BAR]      = { COLOURS(DEFAULT, DEFAULT), .reverse = true },
    [ROLE_BAR_KEY]  = { COLOURS(DEFAULT, DEFAULT), .bold = true,
                        .reverse = true },
    [ROLE_INPUT]    = { COLOURS(DEFAULT, DEFAULT), .underline = true },
    [ROLE_PICTURE]  = { COLOURS(DEFAULT, DEFAULT) }, /* has its own */
    [ROLE_SELECTION] = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_PITCH]    = { COLOURS(DEFAULT, DEFAULT), .bold = true },
    [ROLE_INTENSITY] = { COLOURS(DEFAULT, DEFAULT) },
};
/* clang-format on */

const struct look *theme_look(enum theme theme, enum role role)
{
    assert(role < ROLE_COUNT);
    return theme == THEME_MONO ? &mono[role] : &colour[role];
}

/*
 * Of xterm's 256: each is lighter than the one before, from blue to yellow,
 * which no kind of colour vision confuses; after the idea of cividis.
 *
 * Nunez, J. R., Anderton, C. R. & Renslow, R. S. (2018). Optimizing colormaps
 * with consideration for color vision deficiency. PLOS ONE 13(7), e0199239.
 */
int theme_heat_colour(int heat)
{
    static const int colour256[SCREEN_HEATS] = { 16,  17,  18,  60,
                                                 102, 144, 185, 229 };

    assert(heat >= 0 && heat < SCREEN_HEATS);
    return colour256[heat];
}
