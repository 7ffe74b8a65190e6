/*
 * protocol_show - a protocol as text, in one language.
 */
#ifndef MIEN_ANNOTATE_PROTOCOL_SHOW_H
#define MIEN_ANNOTATE_PROTOCOL_SHOW_H

#include "common/base/buf.h"
#include "common/study/protocol.h"

/* `language`, or that of the locale when it is NULL; borrowed. */
const char *protocol_show_language(const char *language);
void protocol_show(const struct protocol *protocol, const char *language,
                   struct buf *out);
/*
 * Adds "name: text", folded at blanks to the width of a terminal and
 * indented; nothing when the text is empty.
 */
void protocol_show_fact(const char *name, const char *text, struct buf *out);

/* One option with its key on a line; the points of a scale; the tiers of a
 * question of segments. */
void protocol_show_option(const struct question_option *option,
                          const char *language, struct buf *out);
void protocol_show_scale(const struct scale *scale, const char *language,
                         struct buf *out);
void protocol_show_tiers(const struct question *question, const char *language,
                         struct buf *out);

#endif
