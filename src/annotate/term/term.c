/*
 * term - the only door to curses.
 */
#include <config.h>

#include "annotate/term/term.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>

#include "annotate/term/easel.h"
#include "annotate/term/restore.h"
#include "common/base/mem.h"
#include "common/base/vec.h"

/* term.h of curses makes a macro of a common word. */
#undef lines
#undef columns

enum { SMALLEST = 1 };

struct terminal {
    SCREEN *curses; /* owned */
    bool colour;
    bool mouse; /* it was asked to report the mouse */
    bool moves; /* ... and its moves without a button */
    int width, height;
    struct screen shown; /* owned; what curses has been given */
    bool fresh;          /* it has been given nothing yet */
    bool *redrawn;       /* owned; rows that curses was given just now */
    struct easel easel;
};

static const int ink_colour[] = {
    COLOR_BLACK, COLOR_RED,     COLOR_GREEN, COLOR_YELLOW,
    COLOR_BLUE,  COLOR_MAGENTA, COLOR_CYAN,  COLOR_WHITE,
};

bool term_locale_is_utf8(void)
{
    locale_t own = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8;

    if (!own)
        return false;
    utf8 = strcmp(nl_langinfo_l(CODESET, own), "UTF-8") == 0;
    freelocale(own);
    return utf8;
}

int64_t term_now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

bool term_check(const char *without, struct error *err)
{
    const char *name = getenv("TERM");
    int status = 0;
    bool able;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(err, ERROR_USAGE,
                         "the workbench needs a terminal on stdin and stdout; "
                         "without one use %s",
                         without);
    if (!name || name[0] == '\0')
        return error_set(err, ERROR_USAGE,
                         "TERM is not set; set it to your terminal's type, "
                         "such as xterm-256color");
    if (setupterm(NULL, STDOUT_FILENO, &status) != OK)
        return error_set(err, ERROR_USAGE,
                         "TERM=%s is not known to terminfo; set it to your "
                         "terminal's type, such as xterm-256color",
                         name);
    able = cursor_address && clear_screen;
    del_curterm(cur_term);
    if (!able)
        return error_set(err, ERROR_USAGE,
                         "TERM=%s cannot place the cursor, so the workbench "
                         "cannot draw; use another terminal, or %s",
                         name, without);
    return true;
}

/* One pair of colours for each pair of inks; pair 0 is the default. */
static short pair_number(enum ink ink, enum ink paper)
{
    return (short)((ink + 1) * 9 + (paper + 1));
}

/* Behind those of the inks: upper and lower half of a cell. */
static short heat_pair(int upper, int lower)
{
    return (short)(81 + upper * SCREEN_HEATS + lower);
}

static bool has_heat(void)
{
    return COLORS >= 256 && COLOR_PAIRS > heat_pair(SCREEN_HEATS, 0);
}

static void init_heats(void)
{
    for (int upper = 0; upper < SCREEN_HEATS; upper++) {
        for (int lower = 0; lower < SCREEN_HEATS; lower++)
            init_pair(heat_pair(upper, lower), (short)theme_heat_colour(upper),
                      (short)theme_heat_colour(lower));
    }
}

static void init_colours(void)
{
    start_color();
    use_default_colors();
    for (int ink = INK_DEFAULT; ink <= INK_WHITE; ink++) {
        for (int paper = INK_DEFAULT; paper <= INK_WHITE; paper++) {
            short number = pair_number((enum ink)ink, (enum ink)paper);

            if (number != 0 && number < COLOR_PAIRS)
                init_pair(number, ink < 0 ? -1 : (short)ink_colour[ink],
                          paper < 0 ? -1 : (short)ink_colour[paper]);
        }
    }
    if (has_heat())
        init_heats();
}

static void read_size(struct terminal *term)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
        size.ws_row > 0) {
        term->width = size.ws_col;
        term->height = size.ws_row;
    } else {
        term->width = COLS;
        term->height = LINES;
    }
    if (term->width < SMALLEST)
        term->width = SMALLEST;
    if (term->height < SMALLEST)
        term->height = SMALLEST;
}

/*
 * Pastes come in brackets where the terminal can do that: "BE" and "BD" are
 * extended capabilities of terminfo (user_caps(5)), NULL where it cannot.
 */
static const char *paste_text(const char *capability)
{
    const char *text = tigetstr(capability);

    return text == (char *)-1 ? NULL : text;
}

static void bracket_pastes(bool on)
{
    const char *text = paste_text(on ? "BE" : "BD");

    if (text) {
        putp(text);
        fflush(stdout);
    }
}

/*
 * xterm's modes 1002 (presses, releases, moves with a button down) and 1006
 * (reports without a limit to the columns).  Only to a terminal whose entry
 * speaks of a mouse ("XM" or "kmous"): others may print what they do not
 * understand.
 */
static const char mouse_on[] = "\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1003l\033[?1002l";

static bool knows_mouse(void)
{
    const char *names[] = { "XM", "kmous" };

    for (size_t i = 0; i < LENGTH_OF(names); i++) {
        const char *text = tigetstr(names[i]);

        if (text && text != (char *)-1 && text[0] != '\0')
            return true;
    }
    return false;
}

static void switch_mouse(const struct terminal *term, bool on)
{
    if (!term->mouse)
        return;
    putp(on ? mouse_on : mouse_off);
    fflush(stdout);
}

/* xterm's mode 1003: every move. */
void term_track_moves(struct terminal *term, bool on)
{
    if (!term->mouse || term->moves == on)
        return;
    term->moves = on;
    putp(on ? "\033[?1003h" : "\033[?1003l\033[?1002h");
    fflush(stdout);
}

struct terminal *term_open(bool mouse, struct error *err)
{
    struct terminal *term = NULL;

    if (!term_check("another one", err))
        return NULL;
    if (!restore_arm(err)) /* saves the terminal's state first */
        return NULL;
    term = xcalloc(1, sizeof(*term));
    term->curses = newterm(NULL, stdout, stdin);
    if (!term->curses) {
        error_set(err, ERROR_IO, "the terminal cannot be set up");
        goto failed;
    }
    term->mouse = mouse && knows_mouse();
    restore_set_text(exit_ca_mode, cursor_normal, exit_attribute_mode,
                     paste_text("BD"), term->mouse ? mouse_off : NULL);
    bracket_pastes(true);
    switch_mouse(term, true);
    raw();
    noecho();
    nonl();
    curs_set(0);
    idcok(stdscr, FALSE); /* what it shifts may be a picture */
    term->colour = has_colors();
    if (term->colour)
        init_colours();
    read_size(term);
    resizeterm(term->height, term->width);
    screen_init(&term->shown, 1, 1, false);
    term->fresh = true;
    return term;

failed:
    term_close(term);
    return NULL;
}

/* Where there is no other screen to go back to, the shell goes on below. */
static void clear_last_line(void)
{
    move(LINES - 1, 0);
    clrtoeol();
    refresh();
}

void term_close(struct terminal *term)
{
    if (!term)
        return;
    if (term->curses) {
        easel_drain(&term->easel);
        clear_last_line();
        curs_set(1);
        bracket_pastes(false);
        switch_mouse(term, false);
        endwin();
        delscreen(term->curses);
    }
    restore_disarm();
    screen_release(&term->shown);
    free(term->redrawn);
    free(term);
}

bool term_has_heat(const struct terminal *term)
{
    return term->colour && has_heat();
}

bool term_has_colour(const struct terminal *term)
{
    return term->colour;
}

enum picture_depth term_depth(const struct terminal *term, enum theme theme)
{
    return easel_depth(term->colour && theme == THEME_COLOUR);
}

void term_answered(struct terminal *term, int64_t at_us)
{
    easel_answered(&term->easel, at_us);
}

bool term_size(struct terminal *term, int *width, int *height)
{
    int before_width = term->width;
    int before_height = term->height;

    read_size(term);
    *width = term->width;
    *height = term->height;
    if (term->width == before_width && term->height == before_height)
        return false;
    resizeterm(term->height, term->width);
    term->fresh = true;
    clearok(curscr, TRUE);
    return true;
}

static attr_t attributes(const struct look *look)
{
    attr_t bits = A_NORMAL;

    if (look->bold)
        bits |= A_BOLD;
    if (look->underline)
        bits |= A_UNDERLINE;
    if (look->reverse)
        bits |= A_REVERSE;
    if (look->faint)
        bits |= A_DIM;
    return bits;
}

static void show_cell(const struct terminal *term, const struct cell *cell,
                      int x, int y, enum theme theme)
{
    wchar_t text[SCREEN_MARKS + 2] = { 0 };
    const struct look *look;
    int upper, lower;
    short pair = 0;
    cchar_t shown;

    text[0] = (wchar_t)(cell->role == ROLE_PICTURE ? (uint32_t)EASEL_STAND_IN
                                                   : cell->code);
    for (int i = 0; i < SCREEN_MARKS; i++)
        text[i + 1] = (wchar_t)cell->mark[i];
    if (screen_role_heats((enum role)cell->role, &upper, &lower)) {
        setcchar(&shown, text, A_NORMAL, heat_pair(upper, lower), NULL);
        mvadd_wch(y, x, &shown);
        return;
    }
    look = theme_look(theme, (enum role)cell->role);
    if (term->colour && theme == THEME_COLOUR)
        pair = pair_number(look->ink, look->paper);
    setcchar(&shown, text, attributes(look), pair, NULL);
    mvadd_wch(y, x, &shown);
}

/* To curses all cells of pictures look alike. */
static bool same_cell(const struct cell *a, const struct cell *b)
{
    if (a->role == ROLE_PICTURE && b->role == ROLE_PICTURE)
        return true;
    return a->code == b->code && a->role == b->role &&
           memcmp(a->mark, b->mark, sizeof(a->mark)) == 0;
}

static bool same_row(const struct screen *a, const struct screen *b, int y)
{
    for (int x = 0; x < a->width; x++) {
        if (!same_cell(screen_cell(a, x, y), screen_cell(b, x, y)))
            return false;
    }
    return true;
}

/* Whole rows, so that no half of a wide character can stay behind. */
static void show_rows(struct terminal *term, const struct screen *screen,
                      enum theme theme)
{
    int width = screen->width < COLS ? screen->width : COLS;
    int height = screen->height < LINES ? screen->height : LINES;

    for (int y = 0; y < height; y++) {
        term->redrawn[y] = term->fresh || !same_row(screen, &term->shown, y);
        if (!term->redrawn[y])
            continue;
        for (int x = 0; x < width; x++) {
            const struct cell *cell = screen_cell(screen, x, y);

            if (cell->code != 0)
                show_cell(term, cell, x, y, theme);
        }
    }
}

/* Keeps the grid, to tell next time what has changed. */
static void remember(struct terminal *term, const struct screen *screen)
{
    if (term->shown.width != screen->width ||
        term->shown.height != screen->height)
        screen_resize(&term->shown, screen->width, screen->height);
    for (size_t i = 0; i < (size_t)screen->width * (size_t)screen->height;
         i++) {
        if (screen->cells[i].role != ROLE_PICTURE) /* the easel keeps those */
            term->shown.cells[i] = screen->cells[i];
    }
    term->fresh = false;
}

static void paint(struct terminal *term, const struct screen *screen,
                  enum theme theme)
{
    int64_t now_us = term_now_us();

    easel_paint(&term->easel, screen, &term->shown, term->redrawn,
                easel_ready(&term->easel, now_us), term_depth(term, theme),
                now_us);
}

void term_show(struct terminal *term, const struct screen *screen,
               enum theme theme)
{
    if (term->shown.width != screen->width ||
        term->shown.height != screen->height)
        term->fresh = true;
    if (term->fresh)
        erase();
    term->redrawn = xreallocarray(term->redrawn, (size_t)screen->height,
                                  sizeof(*term->redrawn));
    memset(term->redrawn, 0, (size_t)screen->height * sizeof(*term->redrawn));
    show_rows(term, screen, theme);
    remember(term, screen);
    if (screen->cursor_x >= 0 && screen->cursor_x < COLS &&
        screen->cursor_y >= 0 && screen->cursor_y < LINES) {
        move(screen->cursor_y, screen->cursor_x);
        curs_set(1);
    } else {
        curs_set(0);
    }
    refresh();
    paint(term, screen, theme);
}

void term_redraw(struct terminal *term)
{
    term->fresh = true;
    clearok(curscr, TRUE);
}

void term_beep(struct terminal *term)
{
    (void)term;
    beep();
}

void term_suspend(struct terminal *term)
{
    easel_drain(&term->easel);
    clear_last_line();
    curs_set(1);
    bracket_pastes(false);
    switch_mouse(term, false);
    term->moves = false;
    endwin();
    kill(0, SIGTSTP); /* the whole job, as Ctrl-Z in a shell does */
    /* Continued: curses takes the terminal back at the next refresh. */
    reset_prog_mode();
    bracket_pastes(true);
    switch_mouse(term, true);
    term->fresh = true;
    clearok(curscr, TRUE);
    refresh();
}

int term_stopped(const struct terminal *term)
{
    (void)term;
    return restore_signal();
}

int term_signal_fd(const struct terminal *term)
{
    (void)term;
    return restore_fd();
}

void term_drain_signals(struct terminal *term)
{
    char bytes[64];

    (void)term;
    while (read(restore_fd(), bytes, sizeof(bytes)) > 0)
        ;
}
