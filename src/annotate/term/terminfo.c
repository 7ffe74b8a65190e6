/*
 * terminfo - what the terminal's entry says.
 */
#include <config.h>

#include "annotate/term/terminfo.h"

#include <stdlib.h>
#include <unistd.h>

#include "annotate/term/easel.h"

#include <curses.h>
#include <term.h>

bool terminfo_open(void)
{
    int status;

    return setupterm(NULL, STDOUT_FILENO, &status) == OK;
}

void terminfo_close(void)
{
    del_curterm(cur_term);
}

const char *terminfo_text(const char *capability)
{
    const char *text = tigetstr(capability);

    return text == (char *)-1 ? NULL : text;
}

int terminfo_colours(void)
{
    if (max_colors <= 0)
        return 0;
    return easel_depth(true) == PICTURE_TRUE ? 1 << 24 : max_colors;
}
