/* cmd_bundle - hand a bundle out for work elsewhere. */
#include <config.h>

#include <stdlib.h>

#include "annotate/commands.h"
#include "annotate/workspace.h"
#include "common/cli/output.h"
#include "common/store/alias.h"
#include "common/store/bundle.h"
#include "common/store/bundle_copy.h"

struct bundle_settings {
    const char *project;
    const char *output;
    bool with_media;
};

static const struct option_spec bundle_options[] = {
    WORKSPACE_PROJECT_OPTION(struct bundle_settings),
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct bundle_settings, output),
      .help = "the new file, such as anna.mien" },
    { .name = "with-media",
      .type = OPTION_FLAG,
      .offset = offsetof(struct bundle_settings, with_media),
      .help = "lay the media in a folder beside it, under random names" },
    OPTION_END
};

static bool record(struct project *project, const char *alias,
                   struct error *err)
{
    char *payload = event_payload_text("alias", alias);
    bool good = project_begin(project, err) &&
                project_record(project, EVENT_BUNDLED, payload, err) &&
                project_commit(project, err);

    if (!good)
        project_rollback(project);
    free(payload);
    return good;
}

static void hand_out(struct project *project,
                     const struct bundle_settings *settings, const char *alias,
                     struct error *err)
{
    char *from = bundle_find_open(project_folder(project), alias, NULL, err);
    struct buf out = { 0 };
    size_t media = 0;

    if (from &&
        bundle_copy(from, settings->output, settings->with_media, &media,
                    err) &&
        record(project, alias, err)) {
        buf_addf(&out, "made %s", settings->output);
        if (settings->with_media)
            buf_addf(&out, " with %zu media", media);
        buf_addf(&out,
                 "; label it with `mien-annotate label %s' and bring "
                 "it home with `mien-annotate collect %s'\n",
                 settings->output, settings->output);
        output_write(&out, err);
    }
    buf_release(&out);
    free(from);
}

static int cmd_bundle(void *context, int argc, char **argv, struct error *err)
{
    const struct bundle_settings *settings = context;
    struct project *project = NULL;

    if (argc != 1)
        error_set(err, ERROR_USAGE, "name one alias");
    else if (!settings->output)
        error_set(err, ERROR_USAGE, "-o is needed: the new file");
    else if (alias_check(argv[0], err))
        project = workspace_open(settings->project, true, err);
    if (project)
        hand_out(project, settings, argv[0], err);
    project_close(project);
    return error_exit_status(err->code);
}

const struct command cmd_bundle_entry = {
    .name = "bundle",
    .group = "Project",
    .synopsis = "alias -o file [options]",
    .summary = "hand somebody's work out as a file",
    .options = bundle_options,
    .settings_size = sizeof(struct bundle_settings),
    .run = cmd_bundle,
};
