/*
 * tfidf - words of a text as numbers, fitted on the training part of a fold.
 *
 * A term is a run of 1 to `ngram` words of an item's text (feat/words.h: small
 * letters, no marks).  Of the training items' terms those that at least
 * `min_items` items have become columns, at most `max_terms` of them, the most
 * frequent ones first.  A cell is
 *
 *     (1 + ln tf) (1 + ln((1 + n) / (1 + df)))
 *
 * with tf how often the item has the term, df how many of the n training
 * items have it; each row is then divided by its Euclidean norm (Salton &
 * Buckley 1988, "Term-weighting approaches in automatic text retrieval", IPM
 * 24:513, weighting ltc; the ones added to n, df and the logarithm are
 * scikit-learn's).  An item without any of the terms is a row of zeros.
 */
#ifndef MIEN_LEARN_TFIDF_H
#define MIEN_LEARN_TFIDF_H

#include <stddef.h>

#include "common/base/intern.h"

enum { TFIDF_MAX_NGRAM = 3 };

struct tfidf_settings {
    size_t ngram; /* 1 .. TFIDF_MAX_NGRAM */
    size_t min_items;
    size_t max_terms;
};

/* The terms of all items, as numbers: a dictionary, nothing is fitted. */
struct tfidf_texts {
    size_t items;
    size_t *first; /* owned: of an item in `term`; one more at the end */
    size_t *term;  /* owned: with repetitions */
    size_t *rank;  /* owned: a term's place in byte order of the names */
    struct intern names;
};

/* `text` has one an item. */
void tfidf_read(struct tfidf_texts *texts, const char *const *text,
                size_t items, size_t ngram);
void tfidf_texts_release(struct tfidf_texts *texts);

struct tfidf {
    size_t width;   /* columns */
    size_t *column; /* owned: of a term; SIZE_MAX: none */
    double *idf;    /* owned: of a column */
};

void tfidf_fit(struct tfidf *fit, const struct tfidf_settings *settings,
               const struct tfidf_texts *texts, const size_t *train,
               size_t count);
/* `row` has fit->width places. */
void tfidf_row(const struct tfidf *fit, const struct tfidf_texts *texts,
               size_t item, double *row);
void tfidf_release(struct tfidf *fit);

#endif
