#!/bin/sh
# Calls that overflow, lose errors, or follow the locale.
. "$srcdir/tests/support/tap.sh"
tap_folder

banned='strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof|strtok|rand|srand|system|popen|tmpnam|mktemp|alloca|setjmp|longjmp'

calls() {
    find "$1" -name '*.[ch]' | LC_ALL=C sort |
        xargs grep -nE "(^|[^[:alnum:]_.>])($banned) *\(" >"$tap_dir/calls"
    cat "$tap_dir/calls"
    [ ! -s "$tap_dir/calls" ]
}

# exit() belongs to main; malloc without a check to base/mem.
exits() {
    find "$1" -name '*.[ch]' ! -path '*/base/mem.c' | LC_ALL=C sort |
        xargs grep -nE '(^|[^[:alnum:]_.>])(exit|malloc|calloc|realloc|strdup|strndup) *\(' \
            >"$tap_dir/calls"
    cat "$tap_dir/calls"
    [ ! -s "$tap_dir/calls" ]
}

check "no banned call in src" calls "$srcdir/src"
check "no exit() or unchecked allocation in src" exits "$srcdir/src"
mkdir planted
echo 'void f(char *a) { strcpy(a, "x"); }' >planted/a.c
check "a planted strcpy is seen" not calls planted
tap_done
