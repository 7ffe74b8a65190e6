#!/bin/sh
# Every header compiles alone.
. "$srcdir/tests/support/tap.sh"
tap_folder

compiles() {
    echo "#include \"$1\"" | ${CC:-cc} -std=c11 -Wall -Wextra -Werror \
        -include "$builddir/config.h" -I"$srcdir/src" -I"$builddir/src" \
        -fsyntax-only -xc -
}

# All in a few runs: one alone only when its run fails.
alone() {
    bad=0
    for header in $(cd "$srcdir/src" && find . -name '*.h' | sed 's,^\./,,' |
        LC_ALL=C sort); do
        compiles "$header" >"$tap_dir/log" 2>&1 || {
            echo "$header"
            cat "$tap_dir/log"
            bad=1
        }
    done
    return $bad
}

check "headers compile alone" alone
tap_done
