/*
 * consensus_mace - truth, and how often each annotator knows or guesses.
 *
 * Hovy, D., Berg-Kirkpatrick, T., Vaswani, A. & Hovy, E. (2013). Learning
 * whom to trust with MACE. NAACL-HLT, 1120-1130: an annotator answers an item
 * either with its truth, or by a strategy of her own that does not look at
 * the item.  Truths are equally likely beforehand.  The M-step is variational
 * (section 3.3: Beta(0.5, 0.5) on guessing, Dirichlet(10) on strategies) or
 * adds 0.01 / K to the expected counts.  Of several random starts the one
 * with the highest log-likelihood is kept.
 */
#ifndef MIEN_STAT_CONSENSUS_MACE_H
#define MIEN_STAT_CONSENSUS_MACE_H

#include <stdint.h>

#include "common/stat/consensus_em.h"

struct consensus_mace_settings {
    struct consensus_em_settings em;
    bool smoothed; /* plain EM with smoothed counts; else variational */
    int restarts;  /* random starts, at least 1 */
    uint64_t seed;
    /*
     * NULL: random.  Else one start: guess, know of each rater, and her
     * strategy, `classes` numbers a rater.
     */
    const double *start_spam, *start_know, *start_strategy;
};

struct consensus_mace {
    struct consensus_fit fit;
    double *posterior; /* owned; items * classes */
    /*
     * Owned, of each rater.  Variational ones are exp of expected logarithms
     * and sum to less than 1; consensus_mace_competence() is a share.
     */
    double *spam, *know;
    double *strategy; /* owned; raters * classes */
    int restart;      /* the start that was kept, from 0 */
    double worst;     /* lowest log-likelihood that a start ended with */
};

/* Every rating has a rater.  NULL after Ctrl-C. */
struct consensus_mace *consensus_mace_new(
    const struct ratings *ratings,
    const struct consensus_mace_settings *settings, struct error *err);
void consensus_mace_free(struct consensus_mace *model);
/* know / (know + spam). */
double consensus_mace_competence(const struct consensus_mace *model,
                                 size_t rater);

#endif
