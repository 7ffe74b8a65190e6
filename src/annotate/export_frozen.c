/* export_frozen - the passes of a snapshot, and what its tables begin with. */
#include <config.h>

#include "annotate/export_frozen.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/vec.h"
#include "common/store/project_trace.h"

struct protocol *export_frozen_protocol(struct project *project,
                                        const struct frozen *frozen,
                                        struct error *err)
{
    const struct truth_line *line = NULL;
    struct json_document *document;
    const char *wanted = NULL;
    struct protocol *found = NULL;
    int64_t newest;
    char *text = project_protocol(project, &newest, err);

    if (!text)
        return NULL;
    free(text);
    for (size_t i = 0; !line && i < frozen->lines.count; i++)
        if (frozen->lines.item[i].kind == TRUTH_PROTOCOL)
            line = &frozen->lines.item[i];
    if (!line) {
        error_set(err, ERROR_INPUT, "the snapshot names no protocol");
        return NULL;
    }
    document = json_parse(line->body, strlen(line->body), "a line", err);
    if (!document)
        return NULL;
    if (!json_need_text(document, json_root(document), "sha256", &wanted, err))
        newest = 0;
    for (int64_t n = newest; !found && n > 0; n--) {
        text = project_protocol_numbered(project, n, err);
        if (!text)
            break;
        found = protocol_parse(text, strlen(text), "the protocol", err);
        free(text);
        if (!found)
            break;
        if (!text_equal(found->hash_hex, wanted)) {
            protocol_free(found);
            found = NULL;
        }
    }
    json_free(document);
    if (!found && err->code == ERROR_NONE)
        error_set(err, ERROR_INPUT,
                  "the protocol of the snapshot is not in the project");
    return found;
}

/* A pass as its line has it. */
struct line_pass {
    uint8_t samples_hash[EVENT_HASH_SIZE];
    int64_t samples;
    enum trace_end end;
    bool discarded, met;
};

struct line_passes {
    struct line_pass *item; /* owned */
    size_t count, capacity;
    struct intern ids; /* in hex, by place */
};

static bool read_pass(const struct truth_line *line, struct line_passes *passes,
                      struct error *err)
{
    struct json_document *document =
        json_parse(line->body, strlen(line->body), "a pass", err);
    const struct json *root;
    const char *id, *end, *hash;
    struct line_pass pass = { 0 };
    bool good;

    if (!document)
        return false;
    root = json_root(document);
    good = json_need_text(document, root, "id", &id, err) &&
           json_need_text(document, root, "end", &end, err) &&
           json_need_text(document, root, "samples_hash", &hash, err) &&
           json_need_int(document, root, "samples", &pass.samples, err);
    if (good && !hash_from_hex(hash, pass.samples_hash, EVENT_HASH_SIZE))
        good = json_fail(document, json_member(root, "samples_hash"), err,
                         "expected a hash in hex");
    if (good) {
        pass.discarded = text_equal(end, "discarded");
        for (int e = TRACE_RUNNING; e <= TRACE_CUT_OFF; e++)
            if (text_equal(end, trace_end_name((enum trace_end)e)))
                pass.end = (enum trace_end)e;
        if (intern_add(&passes->ids, id) == passes->count)
            VEC_PUSH(passes, pass);
    }
    json_free(document);
    return good;
}

static bool same_samples(struct project *project, const struct fold_pass *pass,
                         const struct line_pass *was, struct error *err)
{
    struct trace_samples samples = { 0 };
    uint8_t hash[EVENT_HASH_SIZE];
    bool good = project_trace_read(project, pass->hash, &samples, err);

    if (good) {
        trace_hash(pass->hash, 0, samples.item, samples.count, hash);
        if ((int64_t)samples.count != was->samples ||
            memcmp(hash, was->samples_hash, sizeof(hash)) != 0)
            good = error_set(err, ERROR_INPUT,
                             "the samples of a trace are not those that the "
                             "snapshot froze; `mien-annotate log verify' says "
                             "more");
    }
    free(samples.item);
    return good;
}

/* The passes of one entry: those of the snapshot stay, as they were. */
static bool keep_passes(struct project *project, struct line_passes *lines,
                        struct fold_entry *entry, struct error *err)
{
    struct fold_passes *passes = &entry->passes;
    size_t kept = 0;
    bool good = true;

    for (size_t i = 0; i < passes->count; i++) {
        struct fold_pass pass = passes->item[i];
        char hex[EVENT_HASH_HEX_SIZE];
        struct line_pass *was;
        long at;

        event_hash_hex(pass.hash, hex);
        at = intern_find(&lines->ids, hex);
        if (at < 0) {
            event_pass_release(&pass.begin);
            continue;
        }
        was = &lines->item[at];
        was->met = true;
        pass.discarded = was->discarded;
        if (!was->discarded)
            pass.end = was->end;
        good = good && same_samples(project, &pass, was, err);
        passes->item[kept++] = pass;
    }
    passes->count = kept;
    /* It had been handed in, whatever happened since. */
    if (kept > 0) {
        entry->submitted = entry->submitted > 0 ? entry->submitted : 1;
        entry->skipped = entry->withdrawn = false;
    }
    return good;
}

bool export_frozen_passes(struct project *project, const struct frozen *frozen,
                          struct export_rows *rows, struct error *err)
{
    struct line_passes lines = { 0 };
    struct protocol *protocol = export_frozen_protocol(project, frozen, err);
    bool good = protocol != NULL;

    for (size_t i = 0; good && i < frozen->lines.count; i++)
        if (frozen->lines.item[i].kind == TRUTH_PASS)
            good = read_pass(&frozen->lines.item[i], &lines, err);
    for (size_t b = 0; good && b < rows->source_count; b++)
        for (size_t i = 0; good && i < rows->source[b].works.count; i++)
            good = keep_passes(project, &lines, &rows->source[b].fold.entry[i],
                               err);
    for (size_t i = 0; good && i < lines.count; i++)
        if (!lines.item[i].met)
            good = error_set(err, ERROR_INPUT,
                             "a trace of the snapshot is not in the project");
    if (good) {
        protocol_free(rows->protocol);
        rows->protocol = protocol;
        protocol = NULL;
    }
    protocol_free(protocol);
    intern_release(&lines.ids);
    free(lines.item);
    return good;
}

void export_frozen_notes(const struct frozen *frozen, struct buf *out)
{
    if (!frozen->snapshot.name)
        return;
    buf_addf(out, "# snapshot: %s\n# snapshot_sha256: %s\n",
             frozen->snapshot.name, frozen->snapshot.sha256);
    if (frozen->snapshot.erased > 0)
        buf_addf(out, "# erased: %zu lines, since it was taken\n",
                 frozen->snapshot.erased);
}

void export_frozen_line(const struct frozen *frozen, struct buf *out)
{
    struct json_writer json;

    if (!frozen->snapshot.name)
        return;
    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    json_pair_text(&json, "snapshot", frozen->snapshot.name);
    json_pair_text(&json, "sha256", frozen->snapshot.sha256);
    json_end_object(&json);
    buf_add_char(out, '\n');
}
