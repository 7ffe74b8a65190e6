/*
 * lexicon - see lexicon.h.
 */
#include <config.h>

#include "eval/feat/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/codes.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "eval/feat/words.h"

enum { MAX_FIELDS = 4 };

enum layout { LAYOUT_NONE, LAYOUT_SCORE, LAYOUT_EMOTION };

/* One line, cut at its tabs; fields are borrowed from the file's text. */
struct line {
    size_t number;
    char *field[MAX_FIELDS];
    int fields;
};

struct source {
    const char *path;
    char *rest; /* of the file's text */
    size_t number;
    enum layout layout;
};

static bool blank(const char *text)
{
    return text[strspn(text, " \t\r")] == '\0';
}

/* The next line that is not empty; false at the end. */
static bool next_line(struct source *source, struct line *line)
{
    while (*source->rest) {
        char *text = source->rest, *end = strchr(text, '\n');

        source->rest = end ? end + 1 : text + strlen(text);
        source->number++;
        if (end)
            *end = '\0';
        if (end && end > text && end[-1] == '\r')
            end[-1] = '\0';
        if (blank(text))
            continue;
        line->number = source->number;
        line->fields = 0;
        while (text && line->fields < MAX_FIELDS) {
            char *tab = strchr(text, '\t');

            line->field[line->fields++] = text;
            if (tab)
                *tab++ = '\0';
            text = tab;
        }
        return true;
    }
    return false;
}

static bool is_number(const char *text)
{
    double ignored;

    return number_parse_measured(text, &ignored);
}

static enum layout layout_of(const struct line *line)
{
    if (line->fields < 2)
        return LAYOUT_NONE;
    if (is_number(line->field[1]))
        return line->fields == 2 || is_number(line->field[2]) ? LAYOUT_SCORE
                                                              : LAYOUT_NONE;
    if (line->fields == 3 && line->field[1][0] && is_number(line->field[2]))
        return LAYOUT_EMOTION;
    return LAYOUT_NONE;
}

static bool refuse(const struct source *source, const struct line *line,
                   struct error *err)
{
    return error_set(
        err, ERROR_INPUT,
        "%s:%zu: expected \"word TAB score\", \"word TAB mean TAB "
        "sd\" or \"word TAB emotion TAB value\"%s",
        source->path, line->number,
        source->layout == LAYOUT_NONE ? "" : ", the same in every line");
}

/* What the lines say, before the emotions are in order. */
struct entry {
    size_t word, emotion;
    double value;
};

struct entries {
    struct entry *item; /* owned */
    size_t count, capacity;
    struct intern emotions; /* in order of appearance */
};

static bool add_line(struct lexicon *lexicon, struct entries *entries,
                     const struct source *source, const struct line *line,
                     struct error *err)
{
    struct entry entry = { 0 };
    size_t phrase;
    char *word;

    if (layout_of(line) != source->layout || blank(line->field[0]))
        return refuse(source, line, err);
    word = words_lower(line->field[0]);
    phrase = words_in_phrase(word);
    if (phrase > LEXICON_MAX_PHRASE) {
        free(word);
        return error_set(err, ERROR_LIMIT,
                         "%s:%zu: a phrase of %zu words; at most %d are looked "
                         "up",
                         source->path, line->number, phrase,
                         LEXICON_MAX_PHRASE);
    }
    if (phrase > lexicon->longest)
        lexicon->longest = phrase;
    entry.word = intern_add(&lexicon->words, word);
    free(word);
    number_parse_measured(line->field[source->layout == LAYOUT_SCORE ? 1 : 2],
                          &entry.value);
    if (source->layout == LAYOUT_EMOTION)
        entry.emotion = intern_add(&entries->emotions, line->field[1]);
    if (entries->emotions.names.count > LEXICON_MAX_EMOTIONS)
        return error_set(err, ERROR_LIMIT,
                         "%s:%zu: more than %d emotions; is this a lexicon?",
                         source->path, line->number, LEXICON_MAX_EMOTIONS);
    VEC_PUSH(entries, entry);
    return true;
}

/* A first line in no layout is a header. */
static bool read_lines(struct lexicon *lexicon, struct entries *entries,
                       struct source *source, struct error *err)
{
    struct line line;
    bool more = next_line(source, &line);

    if (more && layout_of(&line) == LAYOUT_NONE)
        more = next_line(source, &line);
    if (!more)
        return error_set(err, ERROR_INPUT, "%s: has no words", source->path);
    source->layout = layout_of(&line);
    if (source->layout == LAYOUT_NONE)
        return refuse(source, &line, err);
    lexicon->scored = source->layout == LAYOUT_SCORE;
    for (; more; more = next_line(source, &line))
        if (!add_line(lexicon, entries, source, &line, err))
            return false;
    return true;
}

/* Emotions in byte order, so that columns do not hang on the lines' order. */
static void fill(struct lexicon *lexicon, const struct entries *entries)
{
    const struct text_list *seen = &entries->emotions.names;
    size_t words = lexicon->words.names.count;
    size_t *place = xcalloc(seen->count + 1, sizeof(*place));

    if (seen->count > 0)
        codes_make((const char *const *)seen->item, seen->count,
                   &lexicon->emotions, place);
    lexicon->width = seen->count > 0 ? seen->count : 1;
    lexicon->value = xcalloc(words * lexicon->width, sizeof(double));
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->item[i];

        lexicon->value[entry->word * lexicon->width + place[entry->emotion]] =
            entry->value;
    }
    free(place);
}

struct lexicon *lexicon_read(const char *path, struct error *err)
{
    struct lexicon *lexicon = xcalloc(1, sizeof(*lexicon));
    struct entries entries = { 0 };
    struct source source = { .path = path };
    size_t length, bad;
    char *text = file_read(path, LEXICON_MAX_BYTES, &length, err);
    bool good = false;

    if (!text)
        goto failed;
    hash_sha256(text, length, lexicon->hash);
    if (!utf8_valid(text, length, &bad) || strlen(text) != length) {
        error_set(err, ERROR_INPUT, "%s: is no UTF-8 text", path);
        goto failed;
    }
    source.rest = text_starts(text, "\xef\xbb\xbf") ? text + 3 : text;
    if (!read_lines(lexicon, &entries, &source, err))
        goto failed;
    fill(lexicon, &entries);
    good = true;
failed:
    free(text);
    free(entries.item);
    intern_release(&entries.emotions);
    if (!good) {
        lexicon_free(lexicon);
        return NULL;
    }
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    intern_release(&lexicon->words);
    text_list_release(&lexicon->emotions);
    free(lexicon->value);
    free(lexicon);
}

const double *lexicon_find(const struct lexicon *lexicon, const char *word)
{
    long at = intern_find(&lexicon->words, word);

    return at < 0 ? NULL : lexicon->value + (size_t)at * lexicon->width;
}
