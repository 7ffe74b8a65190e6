/*
 * transcript - see transcript.h.
 */
#include <config.h>

#include "eval/align/transcript.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/buf.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/file/atomic.h"
#include "eval/feat/series.h"

enum { MAX_BYTES = 256 << 20, MAX_FIELDS = 8, HTK_SECOND = 10000000 };
#define MOST_S 1e12

enum { START, END, TEXT, ITEM };

struct lines {
    const char *path;
    char *rest;
    size_t number;
};

/* The next line without its end; NULL behind the last. */
static char *next_line(struct lines *lines)
{
    char *line = lines->rest, *end;

    if (!*line)
        return NULL;
    end = strchr(line, '\n');
    lines->rest = end ? end + 1 : line + strlen(line);
    if (end)
        *end = '\0';
    else
        end = lines->rest;
    if (end > line && end[-1] == '\r')
        end[-1] = '\0';
    lines->number++;
    return line;
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t")] == '\0';
}

static bool add_span(const struct lines *lines, struct columns *table,
                     double start, double end, const char *text,
                     struct error *err)
{
    size_t row;

    if (!(fabs(start) < MOST_S && fabs(end) < MOST_S))
        return error_set(err, ERROR_INPUT, "%s:%zu: a time beyond all measure",
                         lines->path, lines->number);
    if (end < start)
        return error_set(err, ERROR_INPUT, "%s:%zu: ends before it starts",
                         lines->path, lines->number);
    row = columns_add_row(table);
    columns_set_number(table, row, START, start);
    columns_set_number(table, row, END, end);
    columns_set(table, row, TEXT, text);
    return true;
}

/* "00:00:01,000 --> 00:00:02,500", and perhaps where on the screen. */
static bool srt_times(char *line, double *start, double *end)
{
    char *arrow = strstr(line, "-->"), *after;
    char room[64];

    if (!arrow)
        return false;
    *arrow = '\0';
    after = arrow + 3 + strspn(arrow + 3, " \t");
    after[strcspn(after, " \t")] = '\0';
    return series_parse_time(series_trim(line, room, sizeof(room)), 1, start) &&
           series_parse_time(after, 1, end);
}

/* <i> and {\an8} are how it looks, not what is said. */
static void add_words(struct buf *out, const char *line)
{
    if (out->length > 0 && *line)
        buf_add_char(out, ' ');
    while (*line) {
        const char *close = *line == '<'   ? strchr(line, '>')
                            : *line == '{' ? strchr(line, '}')
                                           : NULL;

        if (close)
            line = close + 1;
        else
            buf_add_char(out, *line++);
    }
}

static bool read_srt(struct lines *lines, struct columns *table,
                     struct error *err)
{
    char *line;

    while ((line = next_line(lines))) {
        struct buf text = { 0 };
        double start, end;
        bool good;

        if (is_blank(line))
            continue;
        if (line[strspn(line, "0123456789 ")] == '\0') { /* its number */
            line = next_line(lines);
            if (!line)
                return true;
        }
        if (!srt_times(line, &start, &end))
            return error_set(err, ERROR_INPUT,
                             "%s:%zu: expected 00:00:01,000 --> 00:00:02,500",
                             lines->path, lines->number);
        while ((line = next_line(lines)) && !is_blank(line))
            add_words(&text, line);
        good = add_span(lines, table, start, end, buf_text(&text), err);
        buf_release(&text);
        if (!good)
            return false;
    }
    return true;
}

static int split(char *line, char *field[MAX_FIELDS])
{
    int count = 0;

    while (count < MAX_FIELDS) {
        line += strspn(line, " \t");
        if (!*line)
            break;
        field[count++] = line;
        line += strcspn(line, " \t");
        if (*line)
            *line++ = '\0';
    }
    return count;
}

/* SHOW CHANNEL START LENGTH WORD; of alternatives ("*") all stand there. */
static bool read_ctm(struct lines *lines, struct columns *table,
                     struct error *err)
{
    char *line, *field[MAX_FIELDS];

    columns_add(table, "item");
    while ((line = next_line(lines))) {
        double start, length;
        int count;

        if (is_blank(line) || strncmp(line, ";;", 2) == 0)
            continue;
        count = split(line, field);
        if (count >= 4 && text_equal(field[2], "*"))
            continue;
        if (count < 5 || !number_parse(field[2], &start) ||
            !number_parse(field[3], &length))
            return error_set(err, ERROR_INPUT,
                             "%s:%zu: expected show, channel, start, length "
                             "and word",
                             lines->path, lines->number);
        if (!add_span(lines, table, start, start + length, field[4], err))
            return false;
        columns_set(table, columns_rows(table) - 1, ITEM, field[0]);
    }
    return true;
}

static bool read_lab(struct lines *lines, struct columns *table,
                     struct error *err)
{
    char *line, *field[MAX_FIELDS];

    while ((line = next_line(lines))) {
        double start, end;
        int count;

        if (is_blank(line))
            continue;
        count = split(line, field);
        if (count < 3 || !number_parse(field[0], &start) ||
            !number_parse(field[1], &end))
            return error_set(err, ERROR_INPUT,
                             "%s:%zu: expected start and end in 100 ns, and a "
                             "label",
                             lines->path, lines->number);
        if (!add_span(lines, table, start / HTK_SECOND, end / HTK_SECOND,
                      field[2], err))
            return false;
    }
    return true;
}

struct columns *transcript_read(const char *path, bool *known,
                                struct error *err)
{
    const char *extension = path_extension(path);
    bool (*read)(struct lines *, struct columns *, struct error *) =
        strcasecmp(extension, ".srt") == 0   ? read_srt
        : strcasecmp(extension, ".ctm") == 0 ? read_ctm
        : strcasecmp(extension, ".lab") == 0 ? read_lab
                                             : NULL;
    struct lines lines = { .path = path };
    struct columns *table;
    size_t length, bad;
    char *text;

    *known = read != NULL;
    if (!read)
        return NULL;
    text = file_read(path, MAX_BYTES, &length, err);
    if (!text)
        return NULL;
    lines.rest = strncmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;
    table = columns_new();
    columns_add(table, "start");
    columns_add(table, "end");
    columns_add(table, "text");
    if (!utf8_valid(text, length, &bad))
        error_set(err, ERROR_INPUT, "%s: is no UTF-8 at byte %zu", path, bad);
    else if (read(&lines, table, err)) {
        free(text);
        return table;
    }
    columns_free(table);
    free(text);
    return NULL;
}
