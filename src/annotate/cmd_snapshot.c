/* cmd_snapshot - frozen, content-hashed states of a project. */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/commands.h"
#include "annotate/freeze.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/cli/output.h"

struct snapshot_settings {
    const char *project;
    bool lines;
    int format;
};

#define FORMAT_OPTION                                                         \
    {                                                                         \
        .name = "format", .letter = 'f', .type = OPTION_CHOICE, .arg = "how", \
        .offset = offsetof(struct snapshot_settings, format),                 \
        .choices = output_format_names, .help = "print as text, csv or json"  \
    }

static const struct option_spec create_options[] = {
    WORKSPACE_PROJECT_OPTION(struct snapshot_settings), OPTION_END
};
static const struct option_spec list_options[] = {
    WORKSPACE_PROJECT_OPTION(struct snapshot_settings), FORMAT_OPTION,
    OPTION_END
};
static const struct option_spec show_options[] = {
    WORKSPACE_PROJECT_OPTION(struct snapshot_settings),
    { .name = "lines",
      .letter = 'l',
      .type = OPTION_FLAG,
      .offset = offsetof(struct snapshot_settings, lines),
      .help = "print the lines that the hash is made of" },
    OPTION_END
};

/* "2026-11-21 15:30" UTC. */
static const char *when(int64_t us, char out[32])
{
    time_t seconds = (time_t)(us / 1000000);
    struct tm tm;

    out[0] = '\0';
    if (gmtime_r(&seconds, &tm))
        strftime(out, 32, "%Y-%m-%d %H:%M", &tm);
    return out;
}

static int finish(struct project *project, bool damaged,
                  const struct error *err)
{
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

static bool print(struct buf *out, struct error *err)
{
    bool good = output_write(out, err);

    buf_release(out);
    return good;
}

static void put_counts(const struct frozen *frozen, struct buf *out)
{
    size_t marks = freeze_count(frozen, TRUTH_MARK);
    size_t passes = freeze_count(frozen, TRUTH_PASS);

    buf_addf(out, "%zu items, %zu labels, ", freeze_count(frozen, TRUTH_ITEM),
             freeze_count(frozen, TRUTH_LABEL));
    if (marks > 0)
        buf_addf(out, "%zu marks, ", marks);
    if (passes > 0)
        buf_addf(out, "%zu passes of traces, ", passes);
    buf_addf(out, "%zu cases (%s), %zu persons\n",
             freeze_count(frozen, TRUTH_CASE), "an item's question each",
             freeze_count(frozen, TRUTH_PERSON));
}

static int create(void *context, int argc, char **argv, struct error *err)
{
    const struct snapshot_settings *settings = context;
    struct project *project = NULL;
    struct frozen now = { 0 };
    struct buf out = { 0 };
    char hex[HASH_HEX_SIZE];
    bool damaged = false;

    if (argc != 1 || !*argv[0]) {
        error_set(err, ERROR_USAGE, "name the snapshot");
        return 0;
    }
    project = workspace_open(settings->project, true, err);
    if (project && home_collect(project, &damaged, err) &&
        freeze_now(project, true, &now, err) &&
        snapshot_create(project, argv[0], &now.lines, err)) {
        snapshot_hash(&now.lines, hex);
        buf_addf(&out, "%s  %s\n", hex, argv[0]);
        put_counts(&now, &out);
        print(&out, err);
    }
    freeze_release(&now);
    return finish(project, damaged, err);
}

static int list(void *context, int argc, char **argv, struct error *err)
{
    const struct snapshot_settings *settings = context;
    struct project *project = NULL;
    struct snapshots all = { 0 };
    struct table *table = table_new();
    struct buf out = { 0 };

    (void)argv;
    table_column(table, "name", "name", TABLE_TEXT, 0);
    table_column(table, "made", "made (UTC)", TABLE_TEXT, 0);
    table_column(table, "lines", "lines", TABLE_INT, 0);
    table_column(table, "erased", "erased", TABLE_INT, 0);
    table_column(table, "sha256", "SHA-256", TABLE_TEXT, 0);
    if (argc != 0)
        error_set(err, ERROR_USAGE, "list takes options only");
    else
        project = workspace_open(settings->project, false, err);
    if (project && snapshot_list(project, &all, err)) {
        for (size_t i = 0; i < all.count; i++) {
            char text[32];

            table_begin_row(table);
            table_put_text(table, all.item[i].name);
            table_put_text(table, when(all.item[i].made_us, text));
            table_put_int(table, (int64_t)all.item[i].lines);
            table_put_int(table, (int64_t)all.item[i].erased);
            if (settings->format == OUTPUT_TEXT)
                all.item[i].sha256[12] = '\0';
            table_put_text(table, all.item[i].sha256);
        }
        table_print(table, (enum output_format)settings->format, &out);
        print(&out, err);
    }
    snapshots_release(&all);
    table_free(table);
    return finish(project, false, err);
}

static void put_lines(const struct frozen *frozen, struct buf *out)
{
    for (size_t i = 0; i < frozen->lines.count; i++)
        if (frozen->lines.item[i].kind != TRUTH_ERASED)
            buf_addf(out, "%s\n", frozen->lines.item[i].body);
}

static void put_snapshot(const struct frozen *frozen, struct buf *out)
{
    char text[32], hex[HASH_HEX_SIZE];

    buf_addf(out, "%s, made %s UTC\n", frozen->snapshot.name,
             when(frozen->snapshot.made_us, text));
    buf_addf(out, "sha256 %s\n", frozen->snapshot.sha256);
    put_counts(frozen, out);
    snapshot_hash(&frozen->lines, hex);
    if (frozen->snapshot.erased > 0)
        buf_addf(out,
                 "%zu of %zu lines were erased since, with the persons whom "
                 "they concerned;\nthe hash cannot be made again without "
                 "them\n",
                 frozen->snapshot.erased, frozen->snapshot.lines);
    else
        buf_addf(out, "%s\n",
                 text_equal(hex, frozen->snapshot.sha256)
                     ? "the lines give this hash"
                     : "DAMAGED: the lines give another hash");
}

static int show(void *context, int argc, char **argv, struct error *err)
{
    const struct snapshot_settings *settings = context;
    struct project *project = NULL;
    struct frozen frozen = { 0 };
    struct buf out = { 0 };
    char hex[HASH_HEX_SIZE];
    bool damaged = false;

    if (argc != 1) {
        error_set(err, ERROR_USAGE, "name one snapshot");
        return 0;
    }
    project = workspace_open(settings->project, false, err);
    if (project && freeze_load(project, argv[0], &frozen, err)) {
        if (settings->lines)
            put_lines(&frozen, &out);
        else
            put_snapshot(&frozen, &out);
        snapshot_hash(&frozen.lines, hex);
        damaged = frozen.snapshot.erased == 0 &&
                  !text_equal(hex, frozen.snapshot.sha256);
        print(&out, err);
    }
    freeze_release(&frozen);
    return finish(project, damaged, err);
}

static void put_changes(const struct text_list *changes,
                        const struct frozen *from, const struct frozen *to,
                        int format, struct buf *out)
{
    struct table *table;

    if (format == OUTPUT_TEXT) {
        for (size_t i = 0; i < changes->count; i++)
            buf_addf(out, "%s\n", changes->item[i]);
        if (changes->count == 0)
            buf_add_text(out, "nothing differs\n");
        if (from->snapshot.erased + to->snapshot.erased > 0)
            buf_addf(out,
                     "%zu and %zu lines were erased since, and are not "
                     "compared\n",
                     from->snapshot.erased, to->snapshot.erased);
        return;
    }
    table = table_new();
    table_column(table, "change", "change", TABLE_TEXT, 0);
    for (size_t i = 0; i < changes->count; i++) {
        table_begin_row(table);
        table_put_text(table, changes->item[i]);
    }
    table_print(table, (enum output_format)format, out);
    table_free(table);
}

static int diff(void *context, int argc, char **argv, struct error *err)
{
    const struct snapshot_settings *settings = context;
    struct project *project = NULL;
    struct frozen from = { 0 }, to = { 0 };
    struct text_list changes = { 0 };
    struct buf out = { 0 };
    bool damaged = false;

    if (argc != 1 && argc != 2) {
        error_set(err, ERROR_USAGE,
                  "name two snapshots, or one, to compare it with the present");
        return 0;
    }
    project = workspace_open(settings->project, true, err);
    if (project && (argc == 2 || home_collect(project, &damaged, err)) &&
        freeze_load(project, argv[0], &from, err) &&
        freeze_load(project, argc == 2 ? argv[1] : NULL, &to, err) &&
        freeze_diff(&from, &to, &changes, err)) {
        put_changes(&changes, &from, &to, settings->format, &out);
        print(&out, err);
    }
    text_list_release(&changes);
    freeze_release(&from);
    freeze_release(&to);
    return finish(project, damaged, err);
}

static const struct command create_entry = {
    .name = "create",
    .synopsis = "[options] name",
    .summary = "freeze what there is now under a name",
    .options = create_options,
    .settings_size = sizeof(struct snapshot_settings),
    .run = create,
};

static const struct command list_entry = {
    .name = "list",
    .synopsis = "[options]",
    .summary = "the snapshots and their hashes",
    .options = list_options,
    .settings_size = sizeof(struct snapshot_settings),
    .run = list,
};

static const struct command show_entry = {
    .name = "show",
    .synopsis = "[options] name",
    .summary = "what a snapshot holds, and whether it is whole",
    .options = show_options,
    .settings_size = sizeof(struct snapshot_settings),
    .run = show,
};

static const struct command diff_entry = {
    .name = "diff",
    .synopsis = "[options] a [b]",
    .summary = "what changed between two snapshots, or since one",
    .options = list_options,
    .settings_size = sizeof(struct snapshot_settings),
    .run = diff,
};

static const struct command *const nested[] = { &create_entry, &list_entry,
                                                &show_entry, &diff_entry,
                                                NULL };

const struct command cmd_snapshot_entry = {
    .name = "snapshot",
    .group = "Results",
    .synopsis = "command [options]",
    .summary = "freeze the labels and decisions, and compare what was frozen",
    .nested = nested,
};
