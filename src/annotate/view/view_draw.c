/*
 * view_draw - what the panes draw with.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/mem.h"
#include "common/base/utf8.h"

void draw_glyph(const struct canvas *canvas, int x, int y, enum role role,
                enum glyph glyph)
{
    screen_put_code(canvas->screen, x, y, role,
                    glyph_code(glyph, canvas->screen->ascii));
}

void draw_rule(const struct canvas *canvas, int y)
{
    screen_fill(canvas->screen, 0, y, canvas->screen->width, ROLE_FAINT,
                glyph_code(GLYPH_RULE, canvas->screen->ascii));
}

const char *draw_key(const struct canvas *canvas, enum action action,
                     char out[KEY_NAME_SIZE])
{
    uint32_t key = keymap_key(canvas->model->keymap, action);

    out[0] = '\0';
    return key == KEY_NONE ? out : key_name(key, out);
}

int draw_wrapped(const struct canvas *canvas, int x, int y, int width, int skip,
                 int rows, enum role role, const char *text)
{
    int count = 0;

    while (*text != '\0') {
        size_t length = wrap_line(text, width);

        if (count >= skip && count - skip < rows) {
            char *line = xstrndup(text, length);

            screen_put(canvas->screen, x, y + count - skip, width, role, line);
            free(line);
        }
        count++;
        text += length;
        if (*text == '\n' || *text == ' ')
            text++;
    }
    return count;
}
