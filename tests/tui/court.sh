#!/bin/sh
# The conflict workbench: what each type of case looks like, at two sizes and
# in ASCII.  `make update-golden' rewrites court.screen.
. "$srcdir/tests/support/tap.sh"
tap_folder

for what in choice segments trace; do
    for size in 80x24 200x60; do
        echo "== $what $size"
        "$builddir/tests/tui/draw_court" $what $size || exit 99
    done
    echo "== $what ascii"
    "$builddir/tests/tui/draw_court" $what 80x24 --ascii || exit 99
done >screens
if [ "${UPDATE_GOLDEN:-}" ]; then
    cp screens "$srcdir/tests/tui/court.screen"
fi
check "cases are drawn as they were" diff "$srcdir/tests/tui/court.screen" screens
check "ASCII is all that --ascii needs" not sh -c \
    'sed -n "/== [a-z]* ascii/,/== [a-z]* 80x24/p" screens | grep -v == |
        LC_ALL=C grep -q "[^ -~]"'
# What the manual shows is what is drawn.
for what in segments trace; do
    sed -n "/court screen: $what/,/^\.Ed/p" \
        "$srcdir/man/mien-annotate-adjudicate.1" |
        sed '1,2d;/^\.Ed/d;s/^\\&//;s/\\-/-/g' >manual
    "$builddir/tests/tui/draw_court" $what 80x24 | sed -n '3,22p' >drawn
    check "the screen of $what in the manual is the screen" cmp manual drawn
done
tap_done
