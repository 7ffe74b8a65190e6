/* csv - see csv.h. */
#include <config.h>

#include "common/file/csv.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

enum { FIELD_LIMIT = 16 << 20 }; /* bytes of a row */

struct csv_note {
    char *key;   /* owned */
    char *value; /* owned */
};

struct csv_reader {
    char *path;   /* owned; as shown in errors */
    FILE *stream; /* owned unless stdin */
    struct csv_options options;
    int ahead[4]; /* bytes that were read too early, the next one last */
    int ahead_count;
    size_t line;     /* of the next character */
    size_t row_line; /* on which the present row begins */
    struct buf text; /* the row's fields, each zero-ended */
    struct {
        size_t *item; /* owned: where each field begins in text */
        size_t count, capacity;
    } field;
    struct text_list names;
    struct {
        struct csv_note *item; /* owned */
        size_t count, capacity;
    } notes;
};

static int raw_byte(struct csv_reader *reader)
{
    return reader->ahead_count > 0 ? reader->ahead[--reader->ahead_count]
                                   : getc_unlocked(reader->stream);
}

/* Will be read (again); the end needs no telling. */
static void put_back(struct csv_reader *reader, int byte)
{
    if (byte != EOF)
        reader->ahead[reader->ahead_count++] = byte;
}

static int next_byte(struct csv_reader *reader)
{
    int byte = raw_byte(reader);

    if (byte == '\r') { /* CRLF counts as LF */
        int after = raw_byte(reader);

        if (after == '\n')
            byte = after;
        else
            put_back(reader, after);
    }
    if (byte == '\n')
        reader->line++;
    return byte;
}

static void put_byte(struct csv_reader *reader, int byte)
{
    if (reader->options.latin1 && byte >= 0x80) {
        char code[4];

        buf_add(&reader->text, code, utf8_encode((uint32_t)byte, code));
        return;
    }
    buf_add_char(&reader->text, (char)byte);
}

static bool line_error(const struct csv_reader *reader, struct error *err,
                       const char *what)
{
    return error_set(err, ERROR_INPUT, "%s:%zu: %s", reader->path,
                     reader->row_line, what);
}

/* More than one CR before an LF: none is kept, or it would not be read again
 * when it is written. */
static void drop_returns(struct csv_reader *reader)
{
    struct buf *text = &reader->text;
    size_t begin = reader->field.item[reader->field.count - 1];

    while (text->length > begin && text->data[text->length - 1] == '\r')
        text->data[--text->length] = '\0';
}

/* The part after the opening quote; the byte after the closing one. */
static int quoted_field(struct csv_reader *reader, struct error *err)
{
    for (;;) {
        int byte = next_byte(reader);

        if (byte == EOF) {
            line_error(reader, err, "a quoted field is never closed");
            return -2;
        }
        if (byte == '"') {
            byte = next_byte(reader);
            if (byte != '"')
                return byte;
        }
        if (byte == '\0') {
            line_error(reader, err, "a zero byte: this is no text");
            return -2;
        }
        if (byte == '\n')
            drop_returns(reader);
        put_byte(reader, byte);
        if (reader->text.length > FIELD_LIMIT) {
            line_error(reader, err,
                       "a row longer than 16 MiB; is a closing "
                       "quote missing?");
            return -2;
        }
    }
}

/* One field; returns the byte that ends it, or -2. */
static int read_field(struct csv_reader *reader, int byte, struct error *err)
{
    VEC_PUSH(&reader->field, reader->text.length);
    if (byte == '"') {
        byte = quoted_field(reader, err);
        if (byte == -2)
            return -2;
        if (byte != EOF && byte != '\n' && byte != reader->options.separator) {
            line_error(reader, err, "text after a closing quote");
            return -2;
        }
    }
    while (byte != EOF && byte != '\n' && byte != reader->options.separator) {
        if (byte == '\0') {
            line_error(reader, err, "a zero byte: this is no text");
            return -2;
        }
        put_byte(reader, byte);
        if (reader->text.length > FIELD_LIMIT) {
            line_error(reader, err, "a row longer than 16 MiB");
            return -2;
        }
        byte = next_byte(reader);
    }
    buf_add_char(&reader->text, '\0');
    return byte;
}

/* 1, 0 at the end, -1.  Blank lines between rows are passed over. */
static int read_row(struct csv_reader *reader, struct error *err)
{
    size_t offset;
    int byte;

    do {
        reader->row_line = reader->line;
        byte = next_byte(reader);
    } while (byte == '\n');
    buf_clear(&reader->text);
    reader->field.count = 0;
    if (byte == EOF) {
        if (!ferror(reader->stream))
            return 0;
        error_set_errno(err, ERROR_IO, "%s: cannot read", reader->path);
        return -1;
    }
    for (;;) {
        byte = read_field(reader, byte, err);
        if (byte == -2)
            return -1;
        if (byte != reader->options.separator)
            break;
        if (reader->text.length > FIELD_LIMIT) {
            line_error(reader, err, "a row longer than 16 MiB");
            return -1;
        }
        byte = next_byte(reader);
    }
    if (!utf8_valid(reader->text.data, reader->text.length, &offset)) {
        line_error(reader, err,
                   "not UTF-8; save the table as UTF-8 and try again");
        return -1;
    }
    return 1;
}

static void add_note(struct csv_reader *reader, char *text)
{
    char *colon = strchr(text, ':');
    struct csv_note note;

    if (!colon)
        return;
    *colon++ = '\0';
    text += strspn(text, " \t");
    colon += strspn(colon, " \t");
    note.key = xstrdup(text);
    note.value = xstrdup(colon);
    VEC_PUSH(&reader->notes, note);
}

/* `#` lines, of which "# key: value" are kept; then the header follows. */
static void read_notes(struct csv_reader *reader)
{
    int byte;

    while ((byte = raw_byte(reader)) == '#') {
        struct buf line = { 0 };

        while ((byte = next_byte(reader)) != EOF && byte != '\n')
            buf_add_char(&line, (char)byte);
        if (line.data)
            add_note(reader, line.data);
        buf_release(&line);
    }
    put_back(reader, byte);
}

/* Other characters begin as it does: those of full width, for one. */
static void skip_bom(struct csv_reader *reader)
{
    static const unsigned char bom[] = { 0xef, 0xbb, 0xbf };
    int byte[sizeof(bom)];
    size_t count = 0;

    do
        byte[count] = raw_byte(reader);
    while (byte[count] == bom[count] && ++count < sizeof(bom));
    if (count == sizeof(bom))
        return;
    for (count++; count > 0; count--)
        put_back(reader, byte[count - 1]);
}

static bool read_header(struct csv_reader *reader, struct error *err)
{
    int got = read_row(reader, err);

    if (got < 0)
        return false;
    if (got == 0)
        return error_set(err, ERROR_INPUT,
                         "%s: empty; expected a header with column names",
                         reader->path);
    for (size_t i = 0; i < reader->field.count; i++) {
        const char *name = csv_field(reader, i);

        if (reader->options.no_header) {
            char *number = xasprintf("%zu", i + 1);

            text_list_add(&reader->names, number);
            free(number);
            continue;
        }
        /* OpenFace writes ", " between names. */
        name += strspn(name, " ");
        text_list_add(&reader->names, name);
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool check_names(const struct csv_reader *reader, struct error *err)
{
    size_t count = reader->names.count;
    const char **name = xcalloc(count + 1, sizeof(*name));
    bool good = true;

    for (size_t i = 0; i < count; i++)
        name[i] = reader->names.item[i];
    qsort(name, count, sizeof(*name), by_text);
    for (size_t i = 1; i < count && good; i++) {
        if (name[i][0] && text_equal(name[i], name[i - 1]))
            good = error_set(err, ERROR_INPUT,
                             "%s:%zu: column \"%s\" stands twice in the header",
                             reader->path, reader->row_line, name[i]);
    }
    free(name);
    return good;
}

struct csv_reader *csv_open(const char *path, const struct csv_options *options,
                            struct error *err)
{
    struct csv_reader *reader = xcalloc(1, sizeof(*reader));
    long begin;

    if (options)
        reader->options = *options;
    if (!reader->options.separator)
        reader->options.separator = ',';
    reader->path = xstrdup(text_equal(path, "-") ? "standard input" : path);
    reader->line = 1;
    reader->stream = text_equal(path, "-") ? stdin : fopen(path, "re");
    if (!reader->stream) {
        error_set_errno(err, ERROR_INPUT, "%s: cannot open", path);
        goto failed;
    }
    skip_bom(reader);
    read_notes(reader);
    begin = ftell(reader->stream);
    if (begin >= 0)
        begin -= reader->ahead_count;
    if (!read_header(reader, err) || !check_names(reader, err))
        goto failed;
    if (reader->options.no_header) {
        if (begin < 0 || fseek(reader->stream, begin, SEEK_SET) != 0) {
            error_set(err, ERROR_INPUT,
                      "%s: a table without a header must be a file",
                      reader->path);
            goto failed;
        }
        reader->ahead_count = 0;
        reader->line = reader->row_line;
    }
    return reader;

failed:
    csv_close(reader);
    return NULL;
}

void csv_close(struct csv_reader *reader)
{
    if (!reader)
        return;
    if (reader->stream && reader->stream != stdin)
        fclose(reader->stream);
    for (size_t i = 0; i < reader->notes.count; i++) {
        free(reader->notes.item[i].key);
        free(reader->notes.item[i].value);
    }
    free(reader->notes.item);
    text_list_release(&reader->names);
    buf_release(&reader->text);
    free(reader->field.item);
    free(reader->path);
    free(reader);
}

size_t csv_column_count(const struct csv_reader *reader)
{
    return reader->names.count;
}

const char *csv_column_name(const struct csv_reader *reader, size_t column)
{
    return reader->names.item[column];
}

int csv_find(const struct csv_reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->names.count; i++) {
        if (text_equal(reader->names.item[i], name))
            return (int)i;
    }
    return -1;
}

bool csv_missing_column(const char *path, const struct text_list *names,
                        const char *name, struct error *err)
{
    const char **list = xcalloc(names->count + 1, sizeof(*list));
    const char *near;

    for (size_t i = 0; i < names->count; i++)
        list[i] = names->item[i];
    near = text_nearest(name, list);
    error_set(err, ERROR_INPUT, "%s: there is no column \"%s\"", path, name);
    if (near)
        error_append(err, "; did you mean \"%s\"?", near);
    else {
        error_append(err, "; the columns are");
        for (size_t i = 0; i < names->count && i < 12; i++)
            error_append(err, "%s %s", i ? "," : "", list[i]);
        if (names->count > 12)
            error_append(err, ", ...");
    }
    free(list);
    return false;
}

int csv_need(const struct csv_reader *reader, const char *name,
             struct error *err)
{
    int column = csv_find(reader, name);

    if (column < 0)
        csv_missing_column(reader->path, &reader->names, name, err);
    return column;
}

const char *csv_note(const struct csv_reader *reader, const char *key)
{
    for (size_t i = 0; i < reader->notes.count; i++) {
        if (text_equal(reader->notes.item[i].key, key))
            return reader->notes.item[i].value;
    }
    return NULL;
}

size_t csv_note_count(const struct csv_reader *reader)
{
    return reader->notes.count;
}

const char *csv_note_at(const struct csv_reader *reader, size_t index,
                        const char **value)
{
    *value = reader->notes.item[index].value;
    return reader->notes.item[index].key;
}

int csv_next(struct csv_reader *reader, struct error *err)
{
    int got = read_row(reader, err);

    if (got == 1 && reader->field.count != reader->names.count) {
        error_set(err, ERROR_INPUT,
                  "%s:%zu: %zu field%s, but the header has %zu; is a comma or "
                  "a quote missing?",
                  reader->path, reader->row_line, reader->field.count,
                  reader->field.count == 1 ? "" : "s", reader->names.count);
        return -1;
    }
    return got;
}

const char *csv_field(const struct csv_reader *reader, size_t column)
{
    return reader->text.data + reader->field.item[column];
}

size_t csv_line(const struct csv_reader *reader)
{
    return reader->row_line;
}

bool csv_fail(const struct csv_reader *reader, size_t column, struct error *err,
              const char *format, ...)
{
    char what[256];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    return error_set(err, ERROR_INPUT, "%s:%zu: column \"%s\" is \"%.60s\", %s",
                     reader->path, reader->row_line, reader->names.item[column],
                     csv_field(reader, column), what);
}

void csv_put(struct buf *out, const char *field)
{
    /* A leading # or BOM would read as another thing, were it first. */
    if (!strpbrk(field, ",\"\r\n") && field[0] != '#' && field[0] != ' ' &&
        !text_starts(field, "\xef\xbb\xbf")) {
        buf_add_text(out, field);
        return;
    }
    buf_add_char(out, '"');
    for (; *field; field++) {
        if (*field == '"')
            buf_add_char(out, '"');
        buf_add_char(out, *field);
    }
    buf_add_char(out, '"');
}

void csv_put_row(struct buf *out, const char *const *field, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(out, ',');
        csv_put(out, field[i]);
    }
    /* A row of one empty field must not read as a blank line. */
    if (count == 1 && field[0][0] == '\0')
        buf_add_text(out, "\"\"");
    buf_add_char(out, '\n');
}
