#!/bin/sh
# Man pages are clean mdoc, and every command and format has one.
. "$srcdir/tests/support/tap.sh"
tap_folder
command -v mandoc >/dev/null || tap_skip_all "no mandoc"

# Of matters of style only what makes words vanish from the page.
clean() {
    mandoc -T lint -W warning "$1" >"$tap_dir/lint" 2>&1
    mandoc -T lint -W style "$1" 2>&1 |
        grep 'unterminated quoted' >>"$tap_dir/lint"
    cat "$tap_dir/lint"
    [ ! -s "$tap_dir/lint" ]
}

# What man(1) shows is formatted by groff, whose macros differ here and there.
formats() {
    groff -mdoc -Tutf8 -Kutf8 -z "$1" >"$tap_dir/groff" 2>&1
    cat "$tap_dir/groff"
    [ ! -s "$tap_dir/groff" ]
}

has_page() {
    ls "$srcdir"/man/"$1".[157] >/dev/null
}

# A command's page has all of the exit status that it can end with, and what
# `make update-man' writes stands under OPTIONS.
in_place() {
    awk '
        /^\.Sh/ { section = $0 }
        /^\.It [0-4]$/ && section == ".Sh EXIT STATUS" { status[$2] = 1 }
        /^\.\\" options of / && section != ".Sh OPTIONS" {
            print FILENAME ":" FNR ": stands in " section
            bad = 1
        }
        END {
            split("0 2 3 4", want, " ")
            for (i = 1; i in want; i++)
                if (!(want[i] in status)) {
                    print FILENAME ": no exit status " want[i]
                    bad = 1
                }
            exit bad
        }' "$1"
}

# Every page that is named in a SEE ALSO of ours is there.
references() {
    grep -h '^\.Xr mien' "$srcdir"/man/*.[157] |
        awk '{ print $2 "." $3 }' | LC_ALL=C sort -u |
        while read -r page; do
            [ -f "$srcdir/man/$page" ] || echo "missing: $page"
        done >"$tap_dir/dangling"
    cat "$tap_dir/dangling"
    [ ! -s "$tap_dir/dangling" ]
}

for page in "$srcdir"/man/*.[157]; do
    check "$(basename "$page") is clean mdoc" clean "$page"
    if command -v groff >/dev/null; then
        check "$(basename "$page") is clean to groff" formats "$page"
    else
        skip "$(basename "$page") is clean to groff" "no groff"
    fi
done
for page in "$srcdir"/man/*.1; do
    check "$(basename "$page") has exit status and options in their place" \
        in_place "$page"
done
for program in mien-annotate mien-eval; do
    check "$program has a page" has_page $program
    for command in $("$builddir/$program" --complete ''); do
        check "$program $command has a page" has_page "$program-$command"
    done
done
check "pages that are referred to exist" references
tap_done
