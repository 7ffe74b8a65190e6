/*
 * facts - what can be found out about this terminal without curses' screen:
 * colours, keys, UTF-8, and how long its answers take.
 */
#ifndef MIEN_TERM_FACTS_H
#define MIEN_TERM_FACTS_H

#include <stdbool.h>
#include <stddef.h>

enum { FACTS_ROUNDS_MAX = 64, FACTS_KEYS_SIZE = 256 };

struct facts {
    bool is_terminal; /* stdin and stdout are one */
    char name[64];    /* TERM; "" when not set */
    bool known;       /* to terminfo */
    int colours;      /* 0: none, or not known; 16777216: all */
    bool mouse;
    bool utf8;                 /* the user's locale has it */
    int keys, keys_bad;        /* of terminfo, and those read as other keys */
    char bad[FACTS_KEYS_SIZE]; /* names of these */
    bool remote;               /* stdin comes by SSH */

    /* Asked of the terminal itself, when it is one. */
    size_t rounds;                  /* answers that came */
    double round[FACTS_ROUNDS_MAX]; /* ms each, sorted */
    int wide;                       /* cells of a wide character; 0: not told */
};

/* `rounds` questions are asked, when stdin and stdout are a terminal. */
void facts_read(struct facts *facts, size_t rounds);
/* The session came by SSH, by what the environment says. */
bool facts_remote(void);

#endif
