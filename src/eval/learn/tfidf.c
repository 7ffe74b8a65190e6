/*
 * tfidf - words of a text as numbers, fitted on the training part of a fold.
 */
#include <config.h>

#include "eval/learn/tfidf.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "eval/feat/words.h"

struct term_list {
    size_t *item; /* owned by whom it is handed to */
    size_t count, capacity;
};

/* The terms that begin at word `at`. */
static void add_terms(struct tfidf_texts *texts, const struct words *words,
                      size_t at, size_t ngram, struct buf *name,
                      struct term_list *terms)
{
    size_t taken = 0;

    buf_clear(name);
    for (size_t i = at; i < words->count && taken < ngram; i++) {
        size_t number;

        if (!words->item[i].key[0])
            continue;
        if (taken)
            buf_add_char(name, ' ');
        buf_add_text(name, words->item[i].key);
        number = intern_add(&texts->names, buf_text(name));
        VEC_PUSH(terms, number);
        taken++;
    }
}

static void add_text(struct tfidf_texts *texts, const char *text, size_t ngram,
                     struct buf *name, struct term_list *terms)
{
    struct words words = { 0 };

    words_split(&words, text);
    for (size_t i = 0; i < words.count; i++)
        if (words.item[i].key[0])
            add_terms(texts, &words, i, ngram, name, terms);
    words_release(&words);
}

struct named {
    const char *name;
    size_t number;
};

static int by_name(const void *left, const void *right)
{
    return strcmp(((const struct named *)left)->name,
                  ((const struct named *)right)->name);
}

static void rank_names(struct tfidf_texts *texts)
{
    size_t count = texts->names.names.count;
    struct named *named = xcalloc(count + 1, sizeof(*named));

    for (size_t i = 0; i < count; i++)
        named[i] = (struct named){ texts->names.names.item[i], i };
    qsort(named, count, sizeof(*named), by_name);
    texts->rank = xcalloc(count + 1, sizeof(*texts->rank));
    for (size_t i = 0; i < count; i++)
        texts->rank[named[i].number] = i;
    free(named);
}

void tfidf_read(struct tfidf_texts *texts, const char *const *text,
                size_t items, size_t ngram)
{
    struct term_list terms = { 0 };
    struct buf name = { 0 };

    assert(ngram >= 1 && ngram <= TFIDF_MAX_NGRAM);
    memset(texts, 0, sizeof(*texts));
    texts->items = items;
    texts->first = xcalloc(items + 1, sizeof(*texts->first));
    for (size_t i = 0; i < items; i++) {
        add_text(texts, text[i], ngram, &name, &terms);
        texts->first[i + 1] = terms.count;
    }
    texts->term = terms.item;
    buf_release(&name);
    rank_names(texts);
}

void tfidf_texts_release(struct tfidf_texts *texts)
{
    free(texts->first);
    free(texts->term);
    free(texts->rank);
    intern_release(&texts->names);
    memset(texts, 0, sizeof(*texts));
}

/* How many of the items have each term. */
static size_t *count_items(const struct tfidf_texts *texts, const size_t *train,
                           size_t count)
{
    size_t terms = texts->names.names.count;
    size_t *items = xcalloc(terms + 1, sizeof(*items));
    size_t *last = xcalloc(terms + 1, sizeof(*last)); /* item + 1 */

    for (size_t i = 0; i < count; i++) {
        for (size_t k = texts->first[train[i]]; k < texts->first[train[i] + 1];
             k++) {
            size_t term = texts->term[k];

            items[term] += last[term] != i + 1;
            last[term] = i + 1;
        }
    }
    free(last);
    return items;
}

struct frequent {
    size_t term, items, rank;
};

static int by_frequency(const void *left, const void *right)
{
    const struct frequent *a = left, *b = right;

    if (a->items != b->items)
        return a->items < b->items ? 1 : -1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

void tfidf_fit(struct tfidf *fit, const struct tfidf_settings *settings,
               const struct tfidf_texts *texts, const size_t *train,
               size_t count)
{
    size_t terms = texts->names.names.count;
    size_t *items = count_items(texts, train, count);
    struct frequent *list = xcalloc(terms + 1, sizeof(*list));
    size_t enough = 0;

    for (size_t t = 0; t < terms; t++)
        if (items[t] && items[t] >= settings->min_items)
            list[enough++] = (struct frequent){ t, items[t], texts->rank[t] };
    qsort(list, enough, sizeof(*list), by_frequency);
    fit->width = enough < settings->max_terms ? enough : settings->max_terms;
    fit->column = xcalloc(terms + 1, sizeof(*fit->column));
    fit->idf = xcalloc(fit->width + 1, sizeof(*fit->idf));
    for (size_t t = 0; t < terms; t++)
        fit->column[t] = SIZE_MAX;
    for (size_t k = 0; k < fit->width; k++) {
        fit->column[list[k].term] = k;
        fit->idf[k] =
            1 + log((1 + (double)count) / (1 + (double)list[k].items));
    }
    free(list);
    free(items);
}

void tfidf_row(const struct tfidf *fit, const struct tfidf_texts *texts,
               size_t item, double *row)
{
    double square = 0;

    memset(row, 0, fit->width * sizeof(*row));
    for (size_t k = texts->first[item]; k < texts->first[item + 1]; k++) {
        size_t column = fit->column[texts->term[k]];

        if (column != SIZE_MAX)
            row[column]++;
    }
    for (size_t c = 0; c < fit->width; c++) {
        if (row[c] > 0)
            row[c] = (1 + log(row[c])) * fit->idf[c];
        square += row[c] * row[c];
    }
    for (size_t c = 0; c < fit->width && square > 0; c++)
        row[c] /= sqrt(square);
}

void tfidf_release(struct tfidf *fit)
{
    free(fit->column);
    free(fit->idf);
    memset(fit, 0, sizeof(*fit));
}
