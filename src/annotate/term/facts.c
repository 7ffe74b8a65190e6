/*
 * facts - what can be found out about this terminal.
 */
#include <config.h>

#include "annotate/term/facts.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "annotate/app/key.h"
#include "annotate/term/keys.h"
#include "annotate/term/term.h"
#include "annotate/term/terminfo.h"
#include "common/base/vec.h"

enum { ANSWER_MS = 1000, ANSWER_SIZE = 64 };

struct known_key {
    const char *capability;
    uint32_t key;
};

static const struct known_key known_keys[] = {
    { "kcuu1", KEY_CODE_UP },
    { "kcud1", KEY_CODE_DOWN },
    { "kcub1", KEY_CODE_LEFT },
    { "kcuf1", KEY_CODE_RIGHT },
    { "khome", KEY_CODE_HOME },
    { "kend", KEY_CODE_END },
    { "kpp", KEY_CODE_PAGE_UP },
    { "knp", KEY_CODE_PAGE_DOWN },
    { "kich1", KEY_CODE_INSERT },
    { "kdch1", KEY_CODE_DELETE },
    { "kf1", KEY_CODE_F0 + 1 },
    { "kf2", KEY_CODE_F0 + 2 },
    { "kf3", KEY_CODE_F0 + 3 },
    { "kf4", KEY_CODE_F0 + 4 },
    { "kf5", KEY_CODE_F0 + 5 },
    { "kf6", KEY_CODE_F0 + 6 },
    { "kf7", KEY_CODE_F0 + 7 },
    { "kf8", KEY_CODE_F0 + 8 },
    { "kf9", KEY_CODE_F0 + 9 },
    { "kf10", KEY_CODE_F0 + 10 },
    { "kf11", KEY_CODE_F0 + 11 },
    { "kf12", KEY_CODE_F0 + 12 },
    { "kcbt", KEY_MOD_SHIFT | KEY_CODE_TAB },
    { "kbs", KEY_CODE_BACKSPACE },
};

bool facts_remote(void)
{
    const char *connection = getenv("SSH_CONNECTION");
    const char *tty = getenv("SSH_TTY");

    return (connection && connection[0]) || (tty && tty[0]);
}

/* What the workbench would make of the bytes that the terminal sends. */
static uint32_t key_of(const char *bytes)
{
    struct keys keys = { 0 };
    struct key_press press;

    keys_feed(&keys, bytes, strlen(bytes), 0);
    if (!keys_next(&keys, 10 * KEYS_ESC_US, &press) || keys.count > 0)
        return KEY_NONE;
    return press.key;
}

static void read_keys(struct facts *facts)
{
    for (size_t i = 0; i < LENGTH_OF(known_keys); i++) {
        const char *bytes = terminfo_text(known_keys[i].capability);
        char name[KEY_NAME_SIZE];
        size_t used = strlen(facts->bad);

        if (!bytes)
            continue;
        facts->keys++;
        if (key_of(bytes) == known_keys[i].key)
            continue;
        facts->keys_bad++;
        snprintf(facts->bad + used, sizeof(facts->bad) - used, "%s%s",
                 used ? ", " : "", key_name(known_keys[i].key, name));
    }
}

static void read_terminfo(struct facts *facts)
{
    const char *mouse;

    if (!facts->name[0] || !terminfo_open())
        return;
    facts->known = true;
    facts->colours = terminfo_colours();
    mouse = terminfo_text("XM");
    if (!mouse)
        mouse = terminfo_text("kmous");
    facts->mouse = mouse && mouse[0];
    read_keys(facts);
    terminfo_close();
}

/* Reads an answer that ends in `last`; its milliseconds, or -1. */
static double answer_of(const char *question, char last,
                        char answer[ANSWER_SIZE])
{
    struct pollfd file = { .fd = STDIN_FILENO, .events = POLLIN };
    int64_t begun_us = term_now_us();
    size_t used = 0;

    if (write(STDOUT_FILENO, question, strlen(question)) < 0)
        return -1;
    while (used < ANSWER_SIZE - 1 && poll(&file, 1, ANSWER_MS) > 0 &&
           read(STDIN_FILENO, answer + used, 1) == 1) {
        used++;
        answer[used] = '\0';
        if (answer[used - 1] == last)
            return (double)(term_now_us() - begun_us) / 1000;
    }
    return -1;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void ask(struct facts *facts, size_t rounds)
{
    char answer[ANSWER_SIZE] = "";
    int row = 0, column = 0;

    for (size_t i = 0; i < rounds && i < FACTS_ROUNDS_MAX; i++) {
        double ms = answer_of("\033[5n", 'n', answer);

        if (ms < 0)
            return; /* it does not answer */
        facts->round[facts->rounds++] = ms;
    }
    qsort(facts->round, facts->rounds, sizeof(facts->round[0]), compare);
    if (!facts->utf8 || rounds == 0)
        return;
    /* A wide character in column 1, and where the cursor is after it. */
    if (answer_of("\r\xE3\x81\x82\033[6n", 'R', answer) >= 0 &&
        sscanf(answer, "\033[%d;%dR", &row, &column) == 2)
        facts->wide = column - 1;
    if (write(STDOUT_FILENO, "\r\033[K", 4) < 0)
        facts->wide = 0;
}

void facts_read(struct facts *facts, size_t rounds)
{
    const char *name = getenv("TERM");
    struct termios before, raw_mode;

    memset(facts, 0, sizeof(*facts));
    snprintf(facts->name, sizeof(facts->name), "%s", name ? name : "");
    facts->is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    facts->utf8 = term_locale_is_utf8();
    facts->remote = facts_remote();
    read_terminfo(facts);
    if (!facts->is_terminal || tcgetattr(STDIN_FILENO, &before) != 0)
        return;
    raw_mode = before;
    raw_mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw_mode.c_cc[VMIN] = 1;
    raw_mode.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw_mode) != 0)
        return;
    ask(facts, rounds);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
}
