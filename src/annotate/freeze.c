/* freeze - gathering a state. */
#include <config.h>

#include "annotate/freeze.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/freeze_internal.h"

/* The labels as `export --as-format jsonl' writes them, one line each. */
static bool add_labels(struct project *project, bool whole,
                       struct truth_lines *lines, struct error *err)
{
    struct export_rows rows;
    bool good = export_gather(project, false, &rows, err);

    for (size_t i = 0; good && i < rows.count; i++) {
        struct buf body = { 0 };

        export_json_row(&rows.item[i], &body);
        truth_add(lines, (struct truth_line){ TRUTH_LABEL, rows.item[i].speaker,
                                              rows.item[i].annotator,
                                              buf_text(&body) });
        buf_release(&body);
    }
    good = good && (!whole || freeze_marks(project, &rows, lines, err));
    export_release(&rows);
    return good;
}

bool freeze_now(struct project *project, bool whole, struct frozen *out,
                struct error *err)
{
    memset(out, 0, sizeof(*out));
    return truth_gather_items(project, &out->lines, err) &&
           add_labels(project, whole, &out->lines, err) &&
           truth_gather_cases(project, &out->lines, err) &&
           (!whole || truth_gather_people(project, &out->lines, err));
}

bool freeze_load(struct project *project, const char *name, struct frozen *out,
                 struct error *err)
{
    if (!name)
        return freeze_now(project, true, out, err);
    memset(out, 0, sizeof(*out));
    return snapshot_load(project, name, &out->snapshot, &out->lines, err);
}

void freeze_release(struct frozen *frozen)
{
    snapshot_release(&frozen->snapshot);
    truth_release(&frozen->lines);
}

size_t freeze_count(const struct frozen *frozen, enum truth_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < frozen->lines.count; i++)
        n += frozen->lines.item[i].kind == kind;
    return n;
}
