#!/bin/sh
# Questions of every type from the protocol to the export: what is answered
# is kept, undone, handed in and written out.
. "$srcdir/tests/support/tap.sh"
tap_folder

# A project of two clips, governed by a protocol, one bundle for anna.
project() {
    rm -rf calls corpus x.mien
    "$builddir/tests/tui/make_bundle" x.mien ekman6 0.2 0.25 || exit 99
    mkdir corpus && mv ./*.wav corpus/ && rm x.mien
    mien-annotate init calls --protocol "$1" >/dev/null &&
        mien-annotate import -p calls corpus >/dev/null &&
        mien-annotate annotator add -p calls anna >/dev/null &&
        mien-annotate assign -p calls >/dev/null || exit 99
}
label() {
    run mien-annotate label -p calls --as anna --script - --headless 80x24
}
exported() {
    mien-annotate export -p calls "$@" | cut -d, -f 1-4,6
}

# A grid: by digits, by arrows, taken back, and one that cannot be told.
project affect-grid
label <<'END'
Enter
Enter
tick 400000
7
3
back
Right
Up
Enter
back
undo
expect ✓ 7, 3
submit
tick 400000
cannot-tell
END
check "a grid is answered by digits and arrows" test "$status" -eq 0
check "... each answer is kept" says "$out" "affect 8,4"
run exported
check "a grid is exported as two numbers" says "$out" ",anna,7,affect.x,"
check "... the second one, too" says "$out" ",anna,3,affect.y,"
check "... so is what cannot be told" \
    test "$(grep -c '@cannot_tell,affect\.[xy],' "$out")" -eq 2
run mien-annotate label -p calls --as anna --export-mine
check "one's own record has both, too" says "$out" "1,0,affect.y,3,"
run mien-annotate label -p calls --as anna --export-mine --format json
check "... as JSON" says "$out" '"question": "affect.x"'
run mien-annotate export -p calls --as-format jsonl
check "as JSON they are numbers" says "$out" '"value":3,"question":"affect.y"'
run mien-annotate status -p calls
check "status counts it" says "$out" "2"
run mien-annotate protocol show affect-grid
check "show names both axes" says "$out" "  y              1 to 9, 1 sleepiness"

# A wheel: family and intensity, by keys and by arrows.
project gew
label <<'END'
Enter
Enter
Enter
tick 400000
j
4
tick 400000
Right
Left
Enter
Right
Right
Enter
END
check "a wheel is answered by key and by arrows" test "$status" -eq 0
check "... family and intensity" says "$out" "emotion joy intensity 4"
check "... across the wheel" says "$out" "emotion anger intensity 2"
run exported
check "a wheel is exported with its intensity" says "$out" ",joy,emotion,4"

# Grids that contradict themselves.
grid() {
    cat >grid.json <<END
{"mien": 1, "name": "g", "version": "1.0", "unit": "clip",
 "instructions": "Place it.", "questions": [{"id": "a", "type": "grid",
 "text": "Where?", $1}]}
END
    run mien-annotate protocol check grid.json
}
axis='{"min": 0, "max": 4, "low": "l", "high": "h"}'
grid "\"x\": $axis, \"y\": $axis"
check "a grid of any size is good" says "$out" "no faults"
grid "\"x\": $axis"
check "a grid needs both axes" says "$out" "questions[0].y: is missing"
grid "\"x\": $axis, \"y\": {\"min\": 3, \"max\": 1}"
check "... each of them in order" says "$out" \
    "questions[0].y.max: is 1 and min is 3"
grid "\"x\": $axis, \"y\": $axis, \"measure\": \"nominal\""
check "a grid is not nominal" says "$out" "but a grid has an order"
grid "\"x\": $axis, \"y\": $axis, \"many\": true"
check "a grid takes one answer" says "$out" "a grid takes one answer"
grid "\"x\": $axis, \"y\": $axis, \"corners\": {\"top\": \"t\"}"
check "corners have four names" says "$out" "questions[0].corners.top"

# Texts: from a table, with the turns before them, and answers in one's words.
cat >turns.csv <<'END'
id,recording,speaker,text,sentiment
a1,a,Kim,"Well, hello",pleasedindeed
a2,a,Lee,Who are you?,startledindeed
a3,a,Kim,愛です。,calm
b1,b,Lee,שלום,calm
END
printf 'id\ttext\nt1\tTab "quoted\n' >more.tsv
rm -rf calls && mien-annotate init calls --protocol utterances >/dev/null
run mien-annotate import -p calls turns.csv
check "texts are imported from a table" says "$out" "imported 4 items"
run mien-annotate import -p calls turns.csv
check "... and known again" says "$out" "4 known already"
sed 's/Who are/Whom do/' turns.csv >other.csv
run mien-annotate import -p calls other.csv
check "another text of the same name is refused" says "$err" \
    'another text than the one that was imported as "a2"'
run mien-annotate import -p calls corpus
check "media are imported, too" test "$status" -eq 0
printf 'id,text\nx,\n' >empty.csv
run mien-annotate import -p calls empty.csv
check "a row without text is left out" says "$err" "x: its text is missing"
rm -rf calls && mien-annotate init calls --protocol utterances >/dev/null
mien-annotate import -p calls turns.csv >/dev/null
mien-annotate annotator add -p calls anna >/dev/null
mien-annotate assign -p calls >/dev/null
check "reference labels of texts stay at home" sh -c \
    "! mien-annotate bundle anna -p calls -o b.mien >/dev/null ||
     ! grep -a -q -e sentiment -e indeed b.mien"
label <<'END'
Enter
Enter
Enter
screen
j
take
text it is "so"
take
take
screen
n
submit
screen
s
submit
screen
x
submit
END
cp "$out" turns
check "the turns before a text are shown in their order" \
    sh -c "grep -A 1 '^  Kim: Well, hello' turns | grep -q '^  Lee: Who are'"
check "... and no other conversation's" sh -c \
    "grep -B 1 '^  שלום' turns | head -n 1 | grep -q 'speaker Lee'"
check "... nor any before the first" sh -c \
    "grep -B 2 '^  שלום' turns | head -n 1 | grep -q -e '───'"
run exported
check "a text is exported as it was written" grep -q \
    'anna,"it is ""so""",because,' "$out"
check "all of them are done" test "$(grep -c ',emotion,' "$out")" -eq 4
run mien-annotate protocol show utterances
check "show names the unit" says "$out" "text, in contextual order"

# A text in words that are kept for answers that are no text.
cat >words.json <<'END'
{"mien": 1, "name": "w", "version": "1.0", "unit": "text", "show": ["text"],
 "instructions": "Say it.", "questions": [{"id": "w", "type": "text",
 "text": "In your words?", "options": []}]}
END
run mien-annotate protocol check words.json
check "a text has no options" says "$out" "a text has no options"
sed 's/, "options": \[\]//; s/"show": \["text"\],//' words.json >hidden.json
run mien-annotate protocol check hidden.json
check "a text that is not shown is a fault" says "$out" \
    'show: does not list "text"'
sed 's/, "options": \[\]/, "adjudication": [{"rule": "soft"}]/' words.json >soft.json
run mien-annotate protocol check soft.json
check "no shares settle free texts" says "$out" \
    "take unanimous or majority, which compare the words"
tap_done
