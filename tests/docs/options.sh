#!/bin/sh
# The OPTIONS of every man page are those of the program.
#
# A page holds, for each of its commands, the list between
#   .\" options of mien-eval cv: made by `make update-man'
#   .\" options end
# and mien-keys(5) the actions of the workbench with their keys between
#   .\" keys of the workbench: made by `make update-man'
#   .\" keys end
# With "update" as the first argument the pages are rewritten instead.
if [ "${1:-}" = update ]; then
    : "${srcdir:?}" "${builddir:?}"
    tap_dir=$(mktemp -d)
    trap 'rm -rf "$tap_dir"' EXIT
else
    . "$srcdir/tests/support/tap.sh"
    tap_folder
fi

# rewritten PAGE - the page with the lists that the program prints now.
rewritten() {
    app=$srcdir/src/annotate/app
    keys="awk -f $srcdir/tests/docs/keys.awk"
    keys="$keys $app/defaults.conf $app/actions.def"
    awk -v bin="$builddir/" -v keys="$keys" '
        /^\.\\" options of / {
            print
            command = $0
            sub(/^\.\\" options of /, "", command)
            sub(/:.*/, "", command)
            run = bin command " --mdoc-options"
            while ((run | getline line) > 0)
                print line
            close(run)
            skipping = 1
            next
        }
        /^\.\\" keys of the workbench/ {
            print
            run = keys
            while ((run | getline line) > 0)
                print line
            close(run)
            skipping = 1
            next
        }
        /^\.\\" (options|keys) end/ { skipping = 0 }
        !skipping { print }' "$1"
}

up_to_date() {
    rewritten "$1" >"$tap_dir/page"
    diff "$1" "$tap_dir/page"
}

# Each command with options of its own has its list in some page.
listed() {
    grep -q "^\.\\\\\" options of $1:" "$srcdir"/man/*.1
}

if [ "${1:-}" = update ]; then
    for page in "$srcdir"/man/*.1 "$srcdir"/man/mien-keys.5; do
        [ -f "$page" ] || continue
        rewritten "$page" >"$tap_dir/page"
        cmp -s "$page" "$tap_dir/page" || cat "$tap_dir/page" >"$page"
    done
    exit 0
fi

for page in "$srcdir"/man/*.1; do
    check "$(basename "$page") lists the options" up_to_date "$page"
done
check "mien-keys.5 lists the keys" up_to_date "$srcdir/man/mien-keys.5"
for program in mien-annotate mien-eval; do
    for command in $("$builddir/$program" --complete ''); do
        nested=$("$builddir/$program" --complete "$command" '')
        for name in ${nested:-.}; do
            full="$program $command"
            [ "$name" = . ] || full="$full $name"
            [ "$($builddir/$full --mdoc-options | wc -l)" -gt 2 ] || continue
            check "$full has its options in a page" listed "$full"
            check "the help of $full fits 80 columns" \
                test "$($builddir/$full --help | wc -L)" -le 80
        done
    done
done
tap_done
