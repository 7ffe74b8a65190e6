#!/bin/sh
# Practice, gold and attention on a grid, on sets and on marks: from a table
# with references to the screen that tells, and to the lead's table.
. "$srcdir/tests/support/tap.sh"
tap_folder

cat >study.json <<'END'
{"mien": 1, "name": "three", "version": "1.0", "instructions": "Judge.",
 "questions": [
  {"id": "affect", "type": "grid", "text": "How does it feel?",
   "x": {"min": 1, "max": 9, "low": "bad", "high": "good"},
   "y": {"min": 1, "max": 9, "low": "calm", "high": "wild"}},
  {"id": "moods", "type": "choice", "many": true, "text": "Which moods?",
   "options": [{"value": "glad", "key": "g"}, {"value": "sad", "key": "s"},
               {"value": "mad", "key": "m"}]},
  {"id": "bursts", "type": "segments", "text": "Where are bursts?",
   "none": {"key": "n"},
   "tiers": [{"id": "voice", "options": [{"value": "laugh", "key": "l"}]}]}],
 "playback": {"must_hear_all": false}, "advance": "key", "order": "blocked",
 "attention": {"every": 2, "checks": [{"text": "Point at 9, 9.",
   "question": "affect", "value": "9,9"}]},
 "qualification": {"practice": 1, "gold_min": 1, "reference": {
   "affect": {"attributes": ["valence", "arousal"], "tolerance": 1},
   "moods": {"attribute": "moods"},
   "bursts": {"attribute": "laughs", "tolerance": 0.25}}}}
END
run mien-annotate protocol check study.json
check "the protocol has no faults" test "$status" -eq 0

# faulty NAME SED-SCRIPT TEXT - such a protocol is refused, and says so.
faulty() {
    sed "$2" study.json >faulty.json
    run mien-annotate protocol check faulty.json
    check "$1" test "$status" -ne 0
    check "... and says so" says out "$3"
}
faulty "marks without a nearness are refused" \
    's/, "tolerance": 0.25//' "does not say how near a mark must be"
faulty "a reference of a text is refused" \
    's/"id": "moods", "type": "choice", "many": true/"id": "moods", "type": "text"/
     s/^   "options".*//; s/^ *{"value": "mad".*/   "max_length": 80},/' \
    "neither right nor wrong (text)"
faulty "a tolerance of options is refused" \
    's/"attribute": "moods"/"attribute": "moods", "tolerance": 1/' \
    "options are right or wrong"
faulty "an overlap of a grid is refused" 's/"tolerance": 1}/"min_overlap": 1}/' \
    "only segments and choices of many"
faulty "one axis of a grid is refused" 's/"valence", "arousal"/"valence"/' \
    "rightwards and upwards"
faulty "a tier that is not there is refused" \
    's/"attribute": "laughs"/"attribute": "laughs", "tier": "x"/' \
    "names a tier that the question does not have"
faulty "attention to marks is refused" \
    's/"question": "affect", "value": "9,9"/"question": "bursts", "value": "laugh"/' \
    "attention is judged by"

"$builddir/tests/tui/make_bundle" x.mien ekman6 4 4 4 4 4 4 || exit 99
{
    echo "id,file,valence,arousal,moods,laughs"
    for i in 1 2 3 4 5 6; do
        echo "i$i,$i.wav,7,3,glad|mad,laugh 1 2"
    done
} >items.csv
mien-annotate init p --protocol study.json >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/p
export MIEN_PROJECT
mien-annotate import items.csv >/dev/null || exit 99
mien-annotate annotator add anna ben >/dev/null || exit 99
run mien-annotate assign --per-item 2 --gold 0.4
check "there is practice and gold of all three" test "$status" -eq 0

# item X Y MOODS LINE... - a point by its digits, the moods, the marks.
item() {
    printf '%s\n' "$1" "$2" Tab
    for mood in $3; do echo "$mood"; done
    echo Tab
    shift 3
    for line; do echo "$line"; done
    echo submit
}
right() {
    item 6 3 "g m" "tick 1100000" l "tick 1000000" l
}
{
    echo take
    item 4 3 "g" "tick 1500000" l "tick 500000" l
    echo "expect the answer is \"7,3\", and yours is \"4, 3\", up to 3 away"
    echo "expect the answer is \"glad, mad\", and yours is \"glad\""
    echo "expect the answer is \"laugh 1 2\", and yours is \"laugh 1.49 1.99\""
    echo "take"
    echo "expect 0 of 1 practice items were right"
    echo "take"
    right
    echo "expect Right: the answer is \"7,3\""
    echo "expect Right: the answer is \"glad, mad\""
    echo "expect Right: the answer is \"laugh 1 2\""
    echo "take"
    echo "expect Practice is done"
    echo "take"
} >script
cp script script.ben
# anna points at 9, 9 always, marks nothing; ben is right, and never attentive.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    item 9 9 "g" n >>script
    right >>script.ben
    # A check has no sound to mark; elsewhere this is refused.
    printf 'n\nsubmit\n' >>script.ben
done
run mien-annotate label --as anna --script script --headless 100x50
check "practice tells of all three" test "$status" -eq 0
run mien-annotate label --as ben --script script.ben --headless 100x50
check "... everybody" test "$status" -eq 0
run mien-annotate status --format csv
cp out status.csv
column() {
    awk -F, -v name="$1" -v who="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        $1 == who { print $at }' status.csv
}
check "gold is judged by all three questions" test \
    "$(column gold_right anna),$(column gold_of anna)" = 0,1
check "... and is right with all of them" test \
    "$(column gold_right ben),$(column gold_of ben)" = 1,1
check "attention is judged by a grid" test \
    "$(column attention_right anna),$(column attention_of anna)" = 1,1
check "... and fails by it" test \
    "$(column attention_right ben),$(column attention_of ben)" = 0,1
tap_done
