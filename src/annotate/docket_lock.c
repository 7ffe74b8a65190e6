/* docket_lock - mien.db in hand for a deed, not for a sitting. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/docket.h"

enum { TRIES = 100, WAIT_NS = 50 * 1000 * 1000 }; /* five seconds in all */

bool docket_let_go(struct docket *docket, struct error *err)
{
    const struct protocol *protocol = docket->protocol;

    /* All that a case needs is in memory from now on, fits too. */
    for (size_t q = 0; q < protocol->question_count; q++)
        for (size_t r = 0; r < protocol->question[q].rule_count; r++) {
            struct fit *fit;

            if (!docket_fit(docket, q, protocol->question[q].rule[r].kind, &fit,
                            err))
                return false;
        }
    docket->folder = xstrdup(project_folder(docket->project));
    docket_give_back(docket);
    return true;
}

/* Others hold it for moments only. */
static bool open_busy(struct docket *docket, struct error *err)
{
    const struct timespec wait = { 0, WAIT_NS };

    for (int i = 0; i < TRIES; i++) {
        error_clear(err);
        docket->project = project_open(docket->folder, true, err);
        if (docket->project)
            return project_blind(docket->project, true, err);
        if (err->code != ERROR_BUSY)
            return false;
        nanosleep(&wait, NULL);
    }
    return false;
}

/* The identity of what stands; zeros: nothing does. */
static void standing(const struct docket *docket, const struct docket_case *it,
                     uint8_t hash[EVENT_HASH_SIZE])
{
    const struct decision *last =
        it ? decisions_last(&docket->decisions, it->item_id,
                            docket_question(docket, it)->id)
           : NULL;

    memset(hash, 0, EVENT_HASH_SIZE);
    if (last)
        memcpy(hash, last->hash, EVENT_HASH_SIZE);
}

bool docket_take(struct docket *docket, const struct docket_case *it,
                 struct error *err)
{
    uint8_t before[EVENT_HASH_SIZE], now[EVENT_HASH_SIZE];

    if (!docket->folder)
        return true;
    standing(docket, it, before);
    if (!open_busy(docket, err))
        return false;
    decisions_release(&docket->decisions);
    if (!decisions_load(docket->project, &docket->decisions, err))
        return false;
    standing(docket, it, now);
    return memcmp(before, now, sizeof(now)) == 0 ||
           error_set(err, ERROR_INPUT,
                     "somebody else has dealt with it meanwhile: look again");
}

void docket_give_back(struct docket *docket)
{
    if (!docket->folder)
        return;
    project_close(docket->project);
    docket->project = NULL;
}
