/* mien-eval: the evaluation bench. */
#include <config.h>

#include "common/cli/command.h"
#include "common/stat/dist.h"
#include "eval/commands.h"

int main(int argc, char **argv)
{
    const struct program program = {
        .name = "mien-eval",
        .summary = "Train and score emotion models honestly, speaker by "
                   "speaker and group by group.",
        .commands = commands,
    };

    dist_quiet();
    return command_main(&program, argc, argv);
}
