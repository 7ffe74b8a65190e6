#!/bin/sh
# Sources are as clang-format 14 writes them.
. "$srcdir/tests/support/tap.sh"
tap_folder
format=$(command -v clang-format-14 || command -v clang-format) ||
    tap_skip_all "no clang-format"
case $("$format" --version) in
*' 14.'*) ;;
*) tap_skip_all "another version of clang-format than 14" ;;
esac

formatted() {
    find "$srcdir/src" "$srcdir/tests" -name '*.[ch]' | LC_ALL=C sort |
        xargs "$format" --dry-run -Werror --style=file:"$srcdir/.clang-format"
}

check "sources are formatted" formatted
tap_done
