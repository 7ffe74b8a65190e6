/*
 * words - see words.h.
 */
#include <config.h>

#include "eval/feat/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "common/base/buf.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

enum { ELLIPSIS = 0x2026, APOSTROPHE = 0x2019 };

static bool is_letter(uint32_t code)
{
    return iswalnum((wint_t)code) != 0;
}

static bool is_blank(uint32_t code)
{
    return iswspace((wint_t)code) || code == 0xa0;
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == APOSTROPHE || code == 0x2018 ||
           code == 0x02bc || code == '`';
}

static void add_lower(struct buf *out, uint32_t code)
{
    char bytes[4];

    code = is_apostrophe(code) ? '\'' : (uint32_t)towlower((wint_t)code);
    buf_add(out, bytes, utf8_encode(code, bytes));
}

char *words_lower(const char *text)
{
    struct buf out = { 0 };
    bool gap = false;
    uint32_t code;
    size_t step;

    for (; (step = utf8_decode(text, &code)) > 0; text += step) {
        if (is_blank(code)) {
            gap = out.length > 0;
            continue;
        }
        if (gap)
            buf_add_char(&out, ' ');
        gap = false;
        add_lower(&out, code);
    }
    return buf_steal(&out);
}

size_t words_in_phrase(const char *text)
{
    size_t count = text[0] != '\0';

    for (; *text; text++)
        count += *text == ' ';
    return count;
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouy", c) != NULL;
}

/* The length without a silent ending. */
static size_t voiced_length(const char *word, size_t length)
{
    char last = length > 0 ? word[length - 1] : '\0';
    char before = length > 1 ? word[length - 2] : '\0';
    char third = length > 2 ? word[length - 3] : '\0';

    if (length < 4)
        return length;
    if (last == 'e' && !(before == 'l' && !is_vowel(third)))
        return length - 1;
    if (last == 'd' && before == 'e' && third != 't' && third != 'd')
        return length - 2;
    /* After a hiss the e of -es is heard. */
    if (last == 's' && before == 'e' && !strchr("sxzhcg", third) &&
        !(third == 'l' && !is_vowel(word[length - 4])))
        return length - 2;
    return length;
}

int words_syllables(const char *lower)
{
    size_t length = voiced_length(lower, strlen(lower));
    bool vowel = false;
    int count = 0;

    for (size_t i = 0; i < length; i++) {
        bool now = is_vowel(lower[i]);

        count += now && !vowel;
        vowel = now;
    }
    return count > 0 ? count : 1;
}

/* One piece between blanks: its code points. */
struct piece {
    uint32_t *item; /* owned */
    size_t count, capacity;
};

static void count_case(const uint32_t *code, size_t count, struct word *word)
{
    int large = 0, small = 0, run = 0;

    for (size_t i = 0; i < count; i++) {
        word->letters += is_letter(code[i]);
        large += iswupper((wint_t)code[i]) != 0;
        small += iswlower((wint_t)code[i]) != 0;
        run = i > 0 && iswalpha((wint_t)code[i]) &&
                      towlower((wint_t)code[i]) == towlower((wint_t)code[i - 1])
                  ? run + 1
                  : 0;
        word->lengthened = word->lengthened || run >= 2;
    }
    word->capitals = large >= 2 && small == 0;
}

/* What the marks behind a word say. */
static void read_marks(struct words *words, struct word *word,
                       const uint32_t *code, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        words->exclamations += code[i] == '!';
        words->questions += code[i] == '?';
        word->ends_sentence = word->ends_sentence || code[i] == '.' ||
                              code[i] == '!' || code[i] == '?' ||
                              code[i] == ELLIPSIS;
        word->ends_clause = word->ends_clause || code[i] == ',' ||
                            code[i] == ';' || code[i] == ':';
    }
    word->ends_clause = word->ends_clause || word->ends_sentence;
}

static const char *keep_lower(struct words *words, const uint32_t *code,
                              size_t count)
{
    struct buf out = { 0 };
    const char *kept;

    for (size_t i = 0; i < count; i++)
        add_lower(&out, code[i]);
    kept = arena_strdup(&words->arena, buf_text(&out));
    buf_release(&out);
    return kept;
}

/* Code points from the first letter to the last, with marks around them. */
static void add_word(struct words *words, const uint32_t *code, size_t count)
{
    struct word word = { .key = "" };
    size_t first = 0, last = count;

    while (first < count && !is_letter(code[first]))
        first++;
    while (last > first && !is_letter(code[last - 1]))
        last--;
    word.whole = keep_lower(words, code, count);
    if (first < last) {
        word.key = keep_lower(words, code + first, last - first);
        count_case(code + first, last - first, &word);
        word.syllables = words_syllables(word.key);
        words->spoken++;
    } else {
        last = 0;
    }
    read_marks(words, &word, code + last, count - last);
    VEC_PUSH(words, word);
}

/* Marks that hold a word together when alone between letters. */
static bool binds(const uint32_t *code, size_t count)
{
    return count == 1 && (is_apostrophe(*code) || *code == '-' ||
                          *code == '.' || *code == '_' || *code == '&' ||
                          *code == '@' || *code == '*' || *code == 0xad);
}

static void add_piece(struct words *words, const struct piece *piece)
{
    size_t begin = 0, i = 0;

    while (i < piece->count) {
        size_t marks = i;

        while (marks < piece->count && !is_letter(piece->item[marks]))
            marks++;
        /* Letters on both sides of a run of marks: two words. */
        if (marks > i && i > begin && is_letter(piece->item[i - 1]) &&
            marks < piece->count && !binds(piece->item + i, marks - i)) {
            add_word(words, piece->item + begin, marks - begin);
            begin = marks;
        }
        i = marks + 1;
    }
    if (begin < piece->count)
        add_word(words, piece->item + begin, piece->count - begin);
}

void words_split(struct words *words, const char *text)
{
    struct piece piece = { 0 };
    bool open = false; /* a sentence has begun */
    size_t step;

    do {
        uint32_t code;

        step = utf8_decode(text, &code);
        if (step > 0 && !is_blank(code)) {
            VEC_PUSH(&piece, code);
        } else if (piece.count > 0) {
            add_piece(words, &piece);
            piece.count = 0;
        }
        text += step;
    } while (step > 0);
    free(piece.item);
    for (size_t i = 0; i < words->count; i++) {
        open = open || words->item[i].key[0] != '\0';
        words->sentences += open && words->item[i].ends_sentence;
        open = open && !words->item[i].ends_sentence;
    }
    words->sentences += open;
}

void words_release(struct words *words)
{
    free(words->item);
    arena_release(&words->arena);
    memset(words, 0, sizeof(*words));
}
