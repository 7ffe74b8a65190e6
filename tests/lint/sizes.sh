#!/bin/sh
# No source file passes 500 lines, no function 80; each says what it is.
. "$srcdir/tests/support/tap.sh"
tap_folder

sources() {
    find "$srcdir/src" "$srcdir/tests" -name '*.[ch]' | LC_ALL=C sort
}

long_files() {
    sources | xargs wc -l | awk '$2 != "total" && $1 > 500 { print; bad = 1 }
        END { exit bad }'
}

# From an opening brace in column 0 to its closing one.
long_functions() {
    sources | xargs awk '
        /^{/ { start = FNR }
        /^}/ && start && FNR - start > 80 {
            print FILENAME ":" start ": " FNR - start " lines"; bad = 1 }
        /^}/ { start = 0 }
        END { exit bad }'
}

# The first line opens a comment that says what the file is.
uncommented() {
    sources | while read -r file; do
        case $(head -n 1 "$file") in
        '/*'*) ;;
        *) echo "$file" ;;
        esac
    done >"$tap_dir/bare"
    cat "$tap_dir/bare"
    [ ! -s "$tap_dir/bare" ]
}

check "no file passes 500 lines" long_files
check "no function passes 80 lines" long_functions
check "every file begins with what it is" uncommented
tap_done
