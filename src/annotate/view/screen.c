/*
 * screen - a grid of terminal cells, drawn by the views, shown by term.
 */
#include <config.h>

#include "annotate/view/screen.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/utf8.h"

static const char role_letters[ROLE_COUNT + 1] = ".T-KXCBwhPg!=k_psfi";

enum role screen_heat_role(int upper, int lower)
{
    return (enum role)(ROLE_HEAT + upper * SCREEN_HEATS + lower);
}

bool screen_role_heats(enum role role, int *upper, int *lower)
{
    int heats = (int)role - ROLE_HEAT;

    if (heats < 0 || heats >= SCREEN_HEATS * SCREEN_HEATS)
        return false;
    *upper = heats / SCREEN_HEATS;
    *lower = heats % SCREEN_HEATS;
    return true;
}

static int clamp_side(int side)
{
    if (side < 1)
        return 1;
    return side > SCREEN_SIDE_MAX ? SCREEN_SIDE_MAX : side;
}

void screen_init(struct screen *screen, int width, int height, bool ascii)
{
    *screen = (struct screen){ .ascii = ascii };
    screen_resize(screen, width, height);
}

void screen_release(struct screen *screen)
{
    free(screen->cells);
    *screen = (struct screen){ 0 };
}

void screen_resize(struct screen *screen, int width, int height)
{
    screen->width = clamp_side(width);
    screen->height = clamp_side(height);
    screen->cells =
        xreallocarray(screen->cells, (size_t)screen->width,
                      (size_t)screen->height * sizeof(*screen->cells));
    screen_clear(screen);
}

void screen_clear(struct screen *screen)
{
    size_t count = (size_t)screen->width * (size_t)screen->height;

    for (size_t i = 0; i < count; i++)
        screen->cells[i] = (struct cell){ .code = ' ' };
    screen->cursor_x = -1;
    screen->cursor_y = -1;
}

const struct cell *screen_cell(const struct screen *screen, int x, int y)
{
    assert(x >= 0 && x < screen->width && y >= 0 && y < screen->height);
    return &screen->cells[(size_t)y * (size_t)screen->width + (size_t)x];
}

/* The cell to draw on, or NULL outside the grid. */
static struct cell *at(struct screen *screen, int x, int y)
{
    if (x < 0 || x >= screen->width || y < 0 || y >= screen->height)
        return NULL;
    return &screen->cells[(size_t)y * (size_t)screen->width + (size_t)x];
}

/*
 * Makes a cell ready for another character: the other half of a wide one
 * that stood here must not stay behind.
 */
static void part_wide(struct screen *screen, int x, int y)
{
    struct cell *cell = at(screen, x, y);
    struct cell *left = at(screen, x - 1, y);
    struct cell *right = at(screen, x + 1, y);

    if (cell->code == 0 && left)
        left->code = ' ';
    if (cell->code != 0 && right && right->code == 0)
        right->code = ' ';
}

static void set_cell(struct screen *screen, int x, int y, enum role role,
                     uint32_t code)
{
    struct cell *cell = at(screen, x, y);

    if (!cell)
        return;
    part_wide(screen, x, y);
    *cell = (struct cell){ .code = code, .role = (uint8_t)role };
}

static void put_wide(struct screen *screen, int x, int y, enum role role,
                     uint32_t code)
{
    struct cell *second = at(screen, x + 1, y);

    if (!at(screen, x, y) || !second) {
        set_cell(screen, x, y, role, ' ');
        set_cell(screen, x + 1, y, role, ' ');
        return;
    }
    set_cell(screen, x, y, role, ' ');
    set_cell(screen, x + 1, y, role, ' ');
    at(screen, x, y)->code = code;
    second->code = 0;
}

static void add_mark(struct screen *screen, int x, int y, uint32_t mark)
{
    struct cell *cell = at(screen, x, y);

    if (cell && cell->code == 0)
        cell = at(screen, x - 1, y);
    if (!cell)
        return;
    for (int i = 0; i < SCREEN_MARKS; i++) {
        if (cell->mark[i] == 0) {
            cell->mark[i] = mark;
            return;
        }
    }
}

static bool is_control(uint32_t code)
{
    return code < ' ' || (code >= 0x7F && code < 0xA0);
}

int screen_put(struct screen *screen, int x, int y, int cells, enum role role,
               const char *text)
{
    int used = 0;
    uint32_t code;
    size_t length;

    while ((length = utf8_decode(text, &code)) > 0) {
        int width = utf8_code_width(code);

        text += length;
        if (is_control(code))
            continue;
        if (width == 0) {
            if (used > 0 && !screen->ascii)
                add_mark(screen, x + used - 1, y, code);
            continue;
        }
        if (used + width > cells)
            break;
        if (screen->ascii && code > 0x7E) {
            for (int i = 0; i < width; i++)
                set_cell(screen, x + used + i, y, role, '?');
        } else if (width == 2) {
            put_wide(screen, x + used, y, role, code);
        } else {
            set_cell(screen, x + used, y, role, code);
        }
        used += width;
    }
    return used;
}

int screen_putf(struct screen *screen, int x, int y, int cells, enum role role,
                const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return screen_put(screen, x, y, cells, role, text);
}

int screen_put_cut(struct screen *screen, int x, int y, int cells,
                   enum role role, const char *text)
{
    int tail = screen->ascii ? 3 : 1;
    int used;

    if (utf8_width(text) <= cells || cells < tail)
        return screen_put(screen, x, y, cells, role, text);
    used = screen_put(screen, x, y, cells - tail, role, text);
    for (int i = 0; i < tail; i++)
        set_cell(screen, x + used + i, y, role, screen->ascii ? '.' : 0x2026);
    return used + tail;
}

void screen_put_code(struct screen *screen, int x, int y, enum role role,
                     uint32_t code)
{
    if (screen->ascii && code > 0x7E)
        code = '?';
    if (utf8_code_width(code) == 2)
        put_wide(screen, x, y, role, code);
    else
        set_cell(screen, x, y, role, code);
}

void screen_put_picture(struct screen *screen, int x, int y,
                        const struct picture_cell *picture)
{
    struct cell *cell = at(screen, x, y);

    set_cell(screen, x, y, ROLE_PICTURE, picture->code);
    if (!cell)
        return;
    cell->ink = picture->ink;
    cell->paper = picture->paper;
}

void screen_fill(struct screen *screen, int x, int y, int cells, enum role role,
                 uint32_t code)
{
    for (int i = 0; i < cells; i++)
        screen_put_code(screen, x + i, y, role, code);
}

static void dump_code(struct buf *out, uint32_t code)
{
    char bytes[4];

    buf_add(out, bytes, utf8_encode(code, bytes));
}

static void dump_row(const struct screen *screen, int y, struct buf *out)
{
    int end = screen->width;

    while (end > 0 && screen_cell(screen, end - 1, y)->code == ' ')
        end--;
    for (int x = 0; x < end; x++) {
        const struct cell *cell = screen_cell(screen, x, y);

        if (cell->code == 0)
            continue;
        dump_code(out, cell->code);
        for (int i = 0; i < SCREEN_MARKS && cell->mark[i]; i++)
            dump_code(out, cell->mark[i]);
    }
    buf_add_char(out, '\n');
}

void screen_dump(const struct screen *screen, struct buf *out)
{
    for (int y = 0; y < screen->height; y++)
        dump_row(screen, y, out);
}

/* Of two heats that of the upper one. */
static char role_letter(uint8_t role)
{
    int upper, lower;

    if (screen_role_heats((enum role)role, &upper, &lower))
        return (char)('0' + upper);
    return role_letters[role];
}

void screen_dump_roles(const struct screen *screen, struct buf *out)
{
    for (int y = 0; y < screen->height; y++) {
        for (int x = 0; x < screen->width; x++)
            buf_add_char(out, role_letter(screen_cell(screen, x, y)->role));
        buf_add_char(out, '\n');
    }
}
