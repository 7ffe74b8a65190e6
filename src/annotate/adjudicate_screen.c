/*
 * adjudicate_screen - the conflict workbench: the same bench as label, on a
 * private bundle that holds the queue.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotate/adjudicate.h"
#include "annotate/bench_court.h"
#include "annotate/sitting.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/store/hearing.h"

/*
 * The protocol without what concerns annotators only: consent, practice,
 * breaks, questionnaires, checks.
 */
static char *bare_protocol(const struct protocol *protocol, struct error *err)
{
    static const char *const keep[] = {
        "mien",         "name",     "version",   "title",
        "description",  "purpose",  "unit",      "show",
        "instructions", "citation", "questions", "skip",
        "playback",     "advance",  "record",    "licence",
    };
    struct json_document *document = json_parse(
        protocol->source, protocol->source_length, "the protocol", err);
    struct buf out = { 0 };
    const char *between = "";

    if (!document)
        return NULL;
    buf_add_char(&out, '{');
    for (const struct json *it = json_first(json_root(document)); it;
         it = json_next(it))
        for (size_t k = 0; k < sizeof(keep) / sizeof(keep[0]); k++)
            if (text_equal(json_key(it), keep[k])) {
                buf_addf(&out, "%s\"%s\":", between, keep[k]);
                json_canonical(it, &out);
                between = ",";
            }
    buf_add_char(&out, '}');
    json_free(document);
    return buf_steal(&out);
}

static bool sit(struct court *court, const struct adjudicate_options *options,
                const char *path, struct error *err)
{
    struct sitting sitting = { .bundle = path,
                               .script = options->script,
                               .headless = options->headless,
                               .keys = options->keys,
                               .media = options->media,
                               .ascii = options->ascii,
                               .silent = options->silent,
                               .court = court };

    return sitting_run(&sitting, err);
}

/* What was sent back, and not taken back, becomes work; nobody is blind now. */
static bool hand_back(struct court *court, struct error *err)
{
    struct docket *docket = court->docket;
    struct queue_report report = { 0 };
    size_t n = 0;
    bool good = true;

    for (size_t i = 0; i < court->back.count; i++) {
        bool still = false;

        for (size_t k = 0; k < court->queued; k++)
            still = still || (court->queue[k]->item == court->back.item[i] &&
                              docket_state(docket, court->queue[k]) ==
                                  DECISION_STATE_SENT_BACK);
        if (still)
            court->back.item[n++] = court->back.item[i];
    }
    if (n > 0) {
        good = docket_take(docket, NULL, err) &&
               project_blind(docket->project, false, err) &&
               hearing_send_back(docket->project, court->back.item, n, &report,
                                 err);
        docket_give_back(docket);
    }
    if (good && n > 0)
        log_notice("%zu items are with their annotators again", n);
    queue_report_release(&report);
    return good;
}

bool adjudicate_screen(struct docket *docket, const struct adjudicator *member,
                       size_t members, const struct adjudicate_options *options,
                       struct error *err)
{
    size_t queued, left_out;
    const struct docket_case **queue =
        adjudicate_queue(docket, options, &queued, err);
    struct court court = { 0 };
    char *protocol = NULL, *path = NULL;
    bool good = false;

    if (!queue)
        return false;
    left_out = court_init(&court, docket, member, members, queue, queued);
    if (left_out > 0)
        log_notice("%zu cases are left out: they were yours to label",
                   left_out);
    if (court.items == 0) {
        printf("nothing to adjudicate here\n");
        good = true;
        goto done;
    }
    protocol = bare_protocol(docket->protocol, err);
    if (protocol)
        path = hearing_bundle(docket->project, member[0].alias, protocol,
                              court.item, court.items, members, err);
    good =
        path && docket_let_go(docket, err) && sit(&court, options, path, err);
    if (path) {
        char *lock = xasprintf("%s.lock", path);

        unlink(path);
        unlink(lock);
        free(lock);
    }
    good = hand_back(&court, good ? err : &(struct error){ 0 }) && good;
done:
    court_release(&court);
    free(protocol);
    free(path);
    free(queue);
    return good;
}
