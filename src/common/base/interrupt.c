/* interrupt - see interrupt.h. */
#include <config.h>

#include "common/base/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "common/base/vec.h"

/* A handler can reach nothing else; this is the one global. */
static volatile sig_atomic_t pending;

/* Only calls that POSIX allows in a handler. */
static void end_at_once(int number)
{
    static const char words[] = ": interrupted\n";
    const char *name = program_invocation_short_name;
    ssize_t written = write(STDERR_FILENO, name, strlen(name));

    (void)number;
    if (written >= 0)
        written = write(STDERR_FILENO, words, sizeof(words) - 1);
    _exit(error_exit_status(ERROR_INTERRUPTED));
}

void interrupt_end_at_once(void)
{
    static const int signals[] = { SIGINT, SIGTERM };
    struct sigaction action = { .sa_handler = end_at_once }, old;

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < LENGTH_OF(signals); i++)
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

static void on_interrupt(int number)
{
    pending = 1;
    signal(number, SIG_DFL); /* the second one ends the program */
}

void interrupt_install(void)
{
    struct sigaction action = { .sa_handler = on_interrupt };

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool interrupt_pending(void)
{
    return pending != 0;
}

bool interrupt_check(struct error *err)
{
    if (!pending)
        return true;
    return error_set(err, ERROR_INTERRUPTED, "interrupted");
}
