#!/bin/sh
# mien-annotate label --plain: the workbench line by line.
. "$srcdir/tests/support/tap.sh"
tap_folder
SDL_AUDIODRIVER=dummy
LANG=C.UTF-8
export SDL_AUDIODRIVER LANG

"$builddir/tests/tui/make_bundle" one.mien ekman6 0.2 0.25 || exit 99

# say LINE... - each a moment after the one before, as a person types.
say() {
    for line; do
        printf '%s\n' "$line"
        sleep 0.4
    done
}

say '' anger 4 'no such thing' 5 '' | mien-annotate label one.mien --plain >told
check "a session ends with its input" test $? -eq 0
check "the instructions are read out" says told "Label the emotion"
check "the item is told" says told "Item 1 of 2, 0 done."
check "with its sound" says told "Playing."
check "the answers are told with their keys" \
    says told "a anger: from irritation to rage"
check "an answer's words give it" says told "Kept. How strong is it?"
check "what is no answer is told" says told '"no such thing" is no answer'
check "a number answers a scale, and the next item comes" \
    says told "Item 2 of 2, 1 done."
check "nothing but text is written" not grep -q "$(printf '\033')" told

say '' f 1 skip 1 back '/progress' '/cancel' redraw quit |
    mien-annotate label one.mien --plain >told
check "work goes on where it stopped" says told "Item 2 of 2, 1 done."
check "a key gives an answer too" says told "Your answer: fear"
check "a reason to skip is asked for" says told "distressing for me"
check "and the item skipped" says told "2 is skipped"
check "quit says how far it is" says told "2 of 2 items done."

"$builddir/tests/tui/make_bundle" keys.mien ekman6 0.2 || exit 99
say '' P Esc Q |
    mien-annotate label keys.mien --plain >told
check "the keys that are named are taken, too" says told "Your progress"
check "... all of them" not grep -q 'is no answer' told
check "... to the last" says told "0 of 1 items done."

cp "$srcdir/tests/tui/text.json" .
"$builddir/tests/tui/make_bundle" text.mien ./text.json 0.2 0.2 || exit 99
say '' g 'well, help me' '' quit | mien-annotate label text.mien --plain >told
check "a text is answered in words" says told "Which words show it?"
run mien-annotate label text.mien --export-mine
check "which are kept as they are" says "$out" "well, help me"

"$builddir/tests/tui/make_bundle" grid.mien affect-grid 0.2 || exit 99
run mien-annotate label grid.mien --plain </dev/null
check "what lines cannot ask is refused" test "$status" -eq 3
check "with the question" says "$err" "wants the screen"
tap_done
