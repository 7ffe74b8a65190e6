/* cmd_init - make a project governed by a protocol. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/commands.h"
#include "common/base/log.h"
#include "common/base/path.h"
#include "common/cli/output.h"
#include "common/store/project.h"
#include "common/study/protocol_check.h"

struct init_settings {
    const char *protocol;
};

static const struct option_spec init_options[] = {
    { .name = "protocol",
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct init_settings, protocol),
      .help = "what is asked: a shipped protocol (see protocol list), or a "
              "file of your own" },
    OPTION_END
};

/* A protocol with faults never governs a project; doubts are told. */
static bool check(const struct protocol *protocol, const char *name,
                  struct error *err)
{
    struct fault_list faults = { 0 };
    bool good;

    protocol_check(protocol, NULL, &faults);
    for (size_t i = 0; i < faults.count; i++)
        if (faults.item[i].warning)
            log_warning("%s: %s: %s", name, faults.item[i].path,
                        faults.item[i].text);
    good = fault_none(&faults, name, err);
    fault_release(&faults);
    return good;
}

/* What is in the folder and is no hidden file? */
static bool note_entry(void *context, const char *relative, struct error *err)
{
    char **first = context;

    (void)err;
    if (!*first && relative[0] != '.')
        *first = xstrdup(relative);
    return true;
}

/* A project among other files would not be told apart from them. */
static bool is_free(const char *folder, struct error *err)
{
    char *database = path_join(folder, "mien.db");
    char *first = NULL;
    bool good = true;

    if (path_is_folder(folder) && !path_is_file(database)) {
        good = path_walk(folder, note_entry, &first, err);
        if (first)
            good = error_set(err, ERROR_INPUT,
                             "%s: holds other files already, such as %s; name "
                             "a new or an empty folder, such as %s-project, "
                             "and import this one into it",
                             folder, first, folder);
    }
    free(first);
    free(database);
    return good;
}

static int cmd_init(void *context, int argc, char **argv, struct error *err)
{
    const struct init_settings *settings = context;
    struct protocol *protocol = NULL;
    struct project *project = NULL;
    struct buf out = { 0 };

    if (argc != 1)
        error_set(err, ERROR_USAGE,
                  "name one folder: where the project "
                  "shall be");
    else if (!settings->protocol)
        error_set(err, ERROR_USAGE,
                  "--protocol is needed: a shipped one (`mien-annotate "
                  "protocol list' names them) or a file");
    else
        protocol = protocol_load(settings->protocol, err);
    if (protocol && check(protocol, settings->protocol, err) &&
        is_free(argv[0], err))
        project = project_create(argv[0], protocol->name, protocol->version,
                                 protocol->source, err);
    if (project) {
        buf_addf(&out, "made project %s with protocol %s %s\n", argv[0],
                 protocol->name, protocol->version);
        output_write(&out, err);
    }
    buf_release(&out);
    project_close(project);
    protocol_free(protocol);
    return error_exit_status(err->code);
}

const struct command cmd_init_entry = {
    .name = "init",
    .group = "Project",
    .synopsis = "--protocol name folder",
    .summary = "make a project governed by a protocol",
    .options = init_options,
    .settings_size = sizeof(struct init_settings),
    .run = cmd_init,
};
