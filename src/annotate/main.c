/* mien-annotate: the labelling workbench. */
#include <config.h>

#include "annotate/commands.h"
#include "common/cli/command.h"
#include "common/stat/dist.h"

int main(int argc, char **argv)
{
    const struct program program = {
        .name = "mien-annotate",
        .summary = "Annotate emotion in audio, video and text, blind and "
                   "journalled.",
        .commands = commands,
        .fallback = "label",
    };

    dist_quiet();
    return command_main(&program, argc, argv);
}
