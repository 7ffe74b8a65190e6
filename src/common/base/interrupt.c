/* interrupt - see interrupt.h. */
#include <config.h>

#include "common/base/interrupt.h"

#include <signal.h>
#include <stddef.h>

/* A handler can reach nothing else; this is the one global. */
static volatile sig_atomic_t pending;

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
