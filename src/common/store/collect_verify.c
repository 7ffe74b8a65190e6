/*
 * collect_verify - is what came home as it was written?
 */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/store/collect.h"
#include "common/store/project_internal.h"
#include "common/store/samples_internal.h"

struct check {
    struct project *project;
    size_t events;
    size_t erased;
    struct text_list *faults; /* borrowed */
};

static void fault(struct check *check, const char *chain, const char *text)
{
    char *line = xasprintf("%s: %s", chain, text);

    text_list_add(check->faults, line);
    free(line);
}

/* A head that was recorded must still be among the chain's events. */
static bool check_heads(struct check *check, const char *name,
                        const uint8_t chain[JOURNAL_CHAIN_SIZE],
                        const struct journal_list *list, struct error *err)
{
    struct db *db = project_db(check->project);
    struct stmt *stmt = db_stmt(db, STMT_HEAD_LIST, err);
    uint8_t head[EVENT_HASH_SIZE];
    int step;

    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, chain, JOURNAL_CHAIN_SIZE);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        bool found = false;

        if (!stmt_blob(stmt, 0, head, sizeof(head)))
            continue;
        for (size_t i = 0; !found && i < list->count; i++)
            found = memcmp(list->item[i].event.hash, head, sizeof(head)) == 0;
        if (!found)
            fault(check, name, "events that were collected are missing");
    }
    return step == 0;
}

static bool check_chain(struct check *check, const char *name,
                        const uint8_t chain[JOURNAL_CHAIN_SIZE],
                        struct error *err)
{
    struct journal_report report;
    struct journal_list list;
    bool good;

    if (!journal_load(project_db(check->project), chain, &list, err))
        return false;
    journal_verify(&list, chain, &report);
    good = check_heads(check, name, chain, &list, err) &&
           (report.fault[0] || samples_verify(project_db(check->project), &list,
                                              report.fault, err));
    journal_list_release(&list);
    check->events += report.events;
    check->erased += report.erased;
    if (report.fault[0])
        fault(check, name, report.fault);
    return good;
}

bool collect_verify(struct project *project, size_t *events, size_t *erased,
                    struct text_list *faults, struct error *err)
{
    struct check check = { .project = project, .faults = faults };
    struct project_bundles list;
    bool good;

    if (!project_bundles(project, &list, err))
        return false;
    good = check_chain(&check, "project", project_journal(project)->chain, err);
    for (size_t i = 0; good && i < list.count; i++) {
        char *name =
            xasprintf("%s/%" PRId64, list.item[i].alias, list.item[i].number);

        good = check_chain(&check, name, list.item[i].id, err);
        free(name);
    }
    project_bundles_release(&list);
    *events = check.events;
    *erased = check.erased;
    return good;
}
