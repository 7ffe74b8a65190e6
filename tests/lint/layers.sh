#!/bin/sh
# The include rules of layers.txt hold, and the lint sees a breach.
. "$srcdir/tests/support/tap.sh"
tap_folder

breaches() {
    (cd "$1" && find . -name '*.[ch]' | sed 's,^\./,,' | LC_ALL=C sort |
        xargs awk -f "$srcdir/tests/lint/layers.awk" \
            "$srcdir/tests/lint/layers.txt") >"$tap_dir/breaches"
    cat "$tap_dir/breaches"
    [ ! -s "$tap_dir/breaches" ]
}

check "includes follow layers.txt" breaches "$srcdir/src"

mkdir -p planted/common/base planted/common/file
echo '#include "common/file/json.h"' >planted/common/base/up.c
check "an upward include is seen" not breaches planted
echo '#include <sqlite3.h>' >planted/common/base/up.c
check "a library beside its door is seen" not breaches planted
echo '#include <cjson/cJSON.h>' >planted/common/file/json.h
rm planted/common/base/up.c
check "a library type in a face header is seen" not breaches planted
tap_done
