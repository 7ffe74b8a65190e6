/*
 * restore - the terminal is given back whatever ends the program.
 */
#include <config.h>

#include "annotate/term/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "common/base/vec.h"

static const int polite[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };
static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

enum { POLITE_COUNT = LENGTH_OF(polite), FATAL_COUNT = LENGTH_OF(fatal) };

/* Set before the handlers are, then only read by them, but for `asked`. */
static struct {
    struct termios saved;
    char text[256]; /* sent to the terminal by a handler */
    size_t length;
    int pipe[2];
    struct sigaction old_polite[POLITE_COUNT];
    struct sigaction old_fatal[FATAL_COUNT];
    struct sigaction old_size;
    volatile sig_atomic_t armed;
    volatile sig_atomic_t asked;
} state = { .pipe = { -1, -1 } };

/* Only what a handler may call: write, tcsetattr. */
static void give_back(void)
{
    ssize_t sent = write(STDOUT_FILENO, state.text, state.length);

    (void)sent;
    tcsetattr(STDIN_FILENO, TCSANOW, &state.saved);
}

static void wake(void)
{
    int before = errno;
    ssize_t sent = write(state.pipe[1], "s", 1);

    (void)sent;
    errno = before;
}

static void end_by(int number, const struct sigaction *old)
{
    give_back();
    sigaction(number, old, NULL);
    raise(number);
}

/* The first asks the loop to end; the second ends, whatever the loop does. */
static void on_polite(int number)
{
    if (state.asked) {
        for (size_t i = 0; i < POLITE_COUNT; i++) {
            if (polite[i] == number)
                end_by(number, &state.old_polite[i]);
        }
        return;
    }
    state.asked = number;
    wake();
}

static void on_fatal(int number)
{
    for (size_t i = 0; i < FATAL_COUNT; i++) {
        if (fatal[i] == number)
            end_by(number, &state.old_fatal[i]);
    }
}

static void on_size(int number)
{
    (void)number;
    wake();
}

static void catch (int number, void (*handler)(int), struct sigaction *old)
{
    struct sigaction action = { .sa_handler = handler };

    sigemptyset(&action.sa_mask);
    sigaction(number, &action, old);
}

static bool open_pipe(struct error *err)
{
    if (pipe(state.pipe) != 0)
        return error_set_errno(err, ERROR_IO, "no pipe for signals");
    for (int i = 0; i < 2; i++) {
        fcntl(state.pipe[i], F_SETFL, O_NONBLOCK);
        fcntl(state.pipe[i], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

bool restore_arm(struct error *err)
{
    if (tcgetattr(STDIN_FILENO, &state.saved) != 0)
        return error_set_errno(err, ERROR_IO, "the terminal's settings");
    if (!open_pipe(err))
        return false;
    state.length = 0;
    state.asked = 0;
    for (size_t i = 0; i < POLITE_COUNT; i++)
        catch (polite[i], on_polite, &state.old_polite[i]);
    for (size_t i = 0; i < FATAL_COUNT; i++)
        catch (fatal[i], on_fatal, &state.old_fatal[i]);
    catch (SIGWINCH, on_size, &state.old_size);
    state.armed = 1;
    return true;
}

/* A terminfo string without its "$<5>" paddings. */
static void add_capability(const char *text)
{
    while (*text != '\0' && state.length < sizeof(state.text)) {
        if (text[0] == '$' && text[1] == '<' && strchr(text, '>'))
            text = strchr(text, '>') + 1;
        else
            state.text[state.length++] = *text++;
    }
}

void restore_set_text(const char *screen, const char *cursor, const char *plain,
                      const char *paste, const char *mouse)
{
    const char *parts[] = { mouse, paste, plain, cursor, screen };

    state.length = 0;
    for (size_t i = 0; i < LENGTH_OF(parts); i++) {
        if (parts[i])
            add_capability(parts[i]);
    }
}

void restore_disarm(void)
{
    if (!state.armed)
        return;
    state.armed = 0;
    for (size_t i = 0; i < POLITE_COUNT; i++)
        sigaction(polite[i], &state.old_polite[i], NULL);
    for (size_t i = 0; i < FATAL_COUNT; i++)
        sigaction(fatal[i], &state.old_fatal[i], NULL);
    sigaction(SIGWINCH, &state.old_size, NULL);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &state.saved);
    for (int i = 0; i < 2; i++) {
        close(state.pipe[i]);
        state.pipe[i] = -1;
    }
}

int restore_signal(void)
{
    return state.asked;
}

int restore_fd(void)
{
    return state.pipe[0];
}
