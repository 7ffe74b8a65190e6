/* cmd_bundle - hand a bundle out for work elsewhere. */
#include <config.h>

#include <stdlib.h>

#include "annotate/commands.h"
#include "annotate/workspace.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/text.h"
#include "common/cli/output.h"
#include "common/media/tags.h"
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

/* What a new name hides a medium may still say of itself. */
static void warn_of_tags(const struct text_list *media)
{
    char *example = NULL;
    size_t count = 0;

    for (size_t i = 0; i < media->count; i++) {
        struct text_list tags = { 0 };
        struct error err;

        if (tags_list(media->item[i], &tags, &err) && tags.count > 0 &&
            count++ == 0)
            example = xstrdup(tags.item[0]);
        text_list_release(&tags);
    }
    if (count > 0)
        log_warning("%zu of %zu media say in words what they are, such as %s, "
                    "and whoever has the files can read it: take it out of "
                    "the originals and import those, if it tells anything "
                    "(ffmpeg -i OLD -map 0 -map_metadata -1 -c copy NEW)",
                    count, media->count, example);
    free(example);
}

static void hand_out(struct project *project,
                     const struct bundle_settings *settings, const char *alias,
                     struct error *err)
{
    char *from = bundle_find_open(project_folder(project), alias, NULL, err);
    struct buf out = { 0 };
    struct text_list media = { 0 };

    if (from &&
        bundle_copy(from, settings->output, settings->with_media, &media,
                    err) &&
        record(project, alias, err)) {
        buf_addf(&out, "made %s", settings->output);
        if (settings->with_media)
            buf_addf(&out, " with %zu media", media.count);
        buf_addf(&out,
                 "; label it with `mien-annotate label %s' and bring "
                 "it home with `mien-annotate collect %s'\n",
                 settings->output, settings->output);
        output_write(&out, err);
        warn_of_tags(&media);
    }
    buf_release(&out);
    text_list_release(&media);
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
