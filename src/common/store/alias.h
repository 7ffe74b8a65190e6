/*
 * alias - names that stand for persons, and for their folders under work/.
 */
#ifndef MIEN_STORE_ALIAS_H
#define MIEN_STORE_ALIAS_H

#include "common/base/error.h"

enum { ALIAS_LIMIT = 64 }; /* bytes */

/* Letters, digits, "-", "_" and "."; no dot at the beginning. */
bool alias_check(const char *alias, struct error *err);

#endif
