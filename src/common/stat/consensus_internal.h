/* consensus_internal - one function a rule fills the result. */
#ifndef MIEN_STAT_CONSENSUS_INTERNAL_H
#define MIEN_STAT_CONSENSUS_INTERNAL_H

#include "common/stat/consensus.h"

/* Each fills posteriors or numbers, raters, and the fit. */
bool consensus_run_vote(struct consensus *out, struct error *err);
bool consensus_run_dawid(struct consensus *out, struct error *err);
bool consensus_run_coin(struct consensus *out, struct error *err);
bool consensus_run_mace(struct consensus *out, struct error *err);
bool consensus_run_glad(struct consensus *out, struct error *err);
bool consensus_run_number(struct consensus *out, struct error *err);

#endif
