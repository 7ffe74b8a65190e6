/*
 * alias - names that are safe as names of folders.
 */
#include <config.h>

#include "common/store/alias.h"

#include <string.h>

bool alias_check(const char *alias, struct error *err)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    size_t length = strlen(alias);

    if (length == 0 || length > ALIAS_LIMIT || alias[0] == '.' ||
        alias[0] == '-' || strspn(alias, good) != length)
        return error_set(err, ERROR_USAGE,
                         "\"%s\" is no alias: take 1 to %d letters, digits, "
                         "\"-\", \"_\" or \".\", with a letter or digit "
                         "first",
                         alias, (int)ALIAS_LIMIT);
    return true;
}
