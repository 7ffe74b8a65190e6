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
check "with its sound" grep -q -i "playing" told
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

# All that is on the screen is told: each page of the questionnaire, the turns
# before an item, what stands after each line.
cp "$srcdir/tests/tui/study.json" .
"$builddir/tests/tui/make_bundle" study.mien ./study.json check:0 || exit 99
say '' 33 Female /quit | mien-annotate label study.mien --plain >told
check "each question about the annotator is told" says told "question 2 of 2"
check "... and answered by its words" says told 'Text: Please choose "dull"'
check "... of which none was refused" not grep -q 'is no answer' told
"$builddir/tests/tui/make_bundle" turns.mien utterances \
    "turns:Who is it?|It is me|Come in then!" || exit 99
say '' n '' /flag /quit | mien-annotate label turns.mien --plain >told
check "the turns before an item are told" says told "  It is me"
check "... before its own words" sh -c \
    "sed -n '/Before it:/,/^Text: Come in/p' told | grep -q 'Who is it'"
check "a command waits for the text that is written" says told \
    "/flag has to wait"
check "... and is not taken for it" not grep -q 'Your answer: /flag' told
cat >many.json <<'JSON'
{"mien": 1, "name": "many", "version": "1.0", "instructions": "Judge.",
 "questions": [{"id": "moods", "type": "choice", "many": true, "text": "Which?",
   "options": [{"value": "glad", "key": "g"}, {"value": "mad", "key": "m"}]}],
 "show": ["text"], "advance": "key"}
JSON
"$builddir/tests/tui/make_bundle" many.mien ./many.json text:Well || exit 99
say '' g m g undo quit | mien-annotate label many.mien --plain >told
check "what stands is told after each line" test \
    "$(sed -n 's/^Your answer: //p' told | tr -d '\n')" = \
    "none yet.glad.glad, mad.mad.glad, mad."
check "... and that it is kept, each time" test "$(grep -c '^Kept' told)" -eq 3
say '' '' | mien-annotate label many.mien --plain --keys left >told
check "an empty line goes on with other keys, too" says told "1 of 1 items done"

"$builddir/tests/tui/make_bundle" grid.mien affect-grid 0.2 || exit 99
run mien-annotate label grid.mien --plain </dev/null
check "what lines cannot ask is refused" test "$status" -eq 3
check "with the question" says "$err" "wants the screen"
tap_done
