#!/bin/sh
# A study with practice, gold, repeats, attention checks, rules that pause, and
# a questionnaire, from the protocol to the lead's table.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/support/synth" emodb >/dev/null || exit 99
cat >study.json <<'END'
{"mien": 1, "name": "study", "version": "1.0", "instructions": "Listen.",
 "questions": [{"id": "emotion", "type": "choice", "text": "Which?",
   "options": [{"value": "anger", "key": "a"}, {"value": "joy", "key": "j"},
               {"value": "sadness", "key": "s"},
               {"value": "neutral", "key": "n"}]}],
 "qualification": {"practice": 4, "gold_min": 0.25, "attempts": 2,
   "reference": {"emotion": {"attribute": "emotion",
                             "values": {"happiness": "joy"}}}},
 "attention": {"every": 10, "checks": [{"text": "Take anger here.",
   "question": "emotion", "value": "anger"}]},
 "pauses": [{"rule": "attention", "count": 1}],
 "questionnaire": {"start": [{"standard": "age", "required": true},
                             {"standard": "native_language"}]}}
END
run mien-annotate protocol check study.json
check "the protocol has no faults" test "$status" -eq 0
mien-annotate init calls --protocol study.json >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/calls
export MIEN_PROJECT
mien-annotate import --dataset emodb emodb >/dev/null 2>&1 || exit 99
mien-annotate annotator add anna ben
run mien-annotate assign --practice 100
check "more practice than there are references is refused" test "$status" -eq 3
check "... with the mend" says "$err" "--practice 0"
run mien-annotate assign --gold 0.1 --gold-from emotion=joyful
check "a filter that keeps nothing gives no gold" says "$err" "no item can be gold"
run mien-annotate assign --gold 0.1 --gold-from nothing
check "what is no filter is wrong usage" test "$status" -eq 2
run mien-annotate assign --skill 0.8
check "a simulation hands nothing out" test "$status" -eq 2
# By hand: right with 0.98 x 0.8 + 0.02 / 4 = 0.789, two agree with 0.789^2 + 3 x
# (0.211 / 3)^2 = 0.637, and alpha is (0.637 - 0.25) / 0.75 = 0.516.
run mien-annotate assign --dry-run --per-item 2 --skill 0.8 --seconds 30
check "it says how agreement would come out" \
    grep -q 'skill 0.8 and lapse 0.02: 0.5[0-3]' "$out"
check "... between which limits" grep -q 'from 0.[34].* to 0.6' "$out"
check "... how much is shared" says "$out" "share 76 of these items"
check "... and how long it takes" grep -q 'anna 0.7 h, ben 0.7 h' "$out"
run mien-annotate assign --dry-run --per-item 2 --skill 1 --lapse 0
check "those who never err agree" says "$out" ": 1.000,"
run mien-annotate assign --gold 0.1 --repeat 0.2 --distance 6 --format csv
cp "$out" shares.csv
check "all of it is handed out" says shares.csv \
    "annotator,bundle,items,repeats,gold,practice,checks"
check "... to both" test "$(wc -l <shares.csv)" -eq 3
check "... with practice" grep -q '^anna,1,[0-9]*,[0-9]*,4,4,[3-5]$' shares.csv

# anna says anger to everything; she begins by telling of herself.
{
    printf 'Enter\ntext 31\nEnter\ntext Lower Sorbian\nEnter\n'
    for _ in 1 2 3 4; do printf 'a\nEnter\n'; done
    printf 'expect Practice is done\nEnter\nexpect item 1 of\n'
    for _ in $(seq 100); do printf 'tick 4000000\na\n'; done
} >anger
run mien-annotate label --as anna --script anger --headless 80x24
check "a quarter of practice is enough here" test "$status" -eq 0
run mien-annotate collect
check "age is in people.db" grep -a -q 'Lower Sorbian' calls/people.db
run mien-annotate export
cp "$out" labels.csv
check "what was said of oneself is in no export" not grep -q 'Sorbian' labels.csv
check "practice is in no export" not grep -q ',practice,' labels.csv
check "attention checks neither" not grep -q ',attention,' labels.csv
check "gold is" grep -q ',gold,' labels.csv
run mien-annotate export --practice
check "... they are written apart" test "$(grep -c ',practice,' "$out")" -eq 4
check "... and nothing else" not grep -q ',work,' "$out"

# Her own record says no more than she may know.
run mien-annotate label --as anna --export-mine
check "annotators get their own record" says "$out" "item,practice,question"
check "... of all that they judged" test "$(grep -c ',emotion,anger,' "$out")" \
    -gt 40
check "... practice is marked" grep -q '^1,1,emotion,anger' "$out"
check "... gold and repeats are not" not grep -q 'gold\|repeat' "$out"
run mien-annotate label --as anna --export-mine --format json
check "... with every event" says "$out" '"kind": "session-started"'
check "... and what she said of herself" says "$out" "Lower Sorbian"
check "... and no name of a file" not grep -q '[01][0-9][ab]0[0-9][A-Z]' "$out"

# What the lead sees of her: one of four gold items is anger.
run mien-annotate status --format csv
cp "$out" status.csv
column() {
    awk -F, -v name="$1" -v who="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        $1 == who { print $at }' status.csv
}
check "gold is judged at home" test "$(column gold_right anna)" -eq 1
check "... out of four" test "$(column gold_of anna)" -eq 4
check "... with Wilson's interval" sh -c "echo $(column gold_low anna) | grep -q ^0.04558"
check "all checks of attention were passed" test \
    "$(column attention_right anna)" -eq "$(column attention_of anna)"
check "she is as good as her practice was" test \
    "$(column practice_right anna)" -eq 1
check "she is steady" test "$(column self_agreement anna)" = 1
check "one session says nothing of drift" test -z "$(column drift anna)"
check "ben has no gold yet" test "$(column gold_of ben)" -eq 0
run mien-annotate status
check "people see it in a table of its own" says "$out" "practice  gold"

# ben never takes anger: the first check pauses him.
{
    printf 'Enter\ntext 31\nEnter\nEnter\n'
    for _ in 1 2 3 4; do printf 'j\nEnter\n'; done
    printf 'expect Practice is done\nEnter\n'
    for _ in $(seq 100); do printf 'tick 4000000\nj\n'; done
    printf 'expect A pause\n'
} >joy
run mien-annotate label --as ben --script joy --headless 80x24
check "an attention check that is failed pauses the work" test "$status" -eq 0
run mien-annotate label --as ben --script joy --headless 80x24
check "... which is refused from then on" test "$status" -eq 1
check "... with the mend" says "$err" "speak with whoever leads"
check "... and without the rule" not grep -q 'attention' "$err"
mien-annotate label --as ben --export-mine --format json >mine.json
check "... and one's own record has the pause" says mine.json '"kind": "paused"'
check "... but not by which rule" sh -c \
    "! grep -A 3 '\"kind\": \"paused\"' mine.json | grep -q rule"
run mien-annotate status
check "the lead is told who was paused" says "$out" "annotator release ben"
run mien-annotate annotator release ben
check "the lead opens it again" test "$status" -eq 0
printf 'Enter\nexpect item\n' >on
run mien-annotate label --as ben --script on --headless 80x24
check "... and it goes on" test "$status" -eq 0
run mien-annotate status
check "... and the lead still sees that there was a pause" says "$out" \
    "ben was paused 1 time by rules of the protocol and may go on"
run mien-annotate annotator release ben
check "nobody is released twice" test "$status" -eq 3

# A new version of the protocol.
sed 's/"1.0"/"1.1"/' study.json >minor.json
sed 's/"1.0"/"2.0"/' study.json >major.json
run mien-annotate protocol adopt study.json
check "the same version is refused" test "$status" -eq 3
run mien-annotate protocol adopt ekman6
check "another protocol too" says "$err" "another project"
run mien-annotate protocol adopt minor.json
check "a minor version goes on" says "$out" "bundles that are out go on"
run mien-annotate assign
check "... with nothing to hand out anew" says "$err" "nothing was handed out"
run mien-annotate protocol adopt major.json
run mien-annotate assign --practice 0 --format csv
check "a major one begins anew" grep -q '^anna,2,' "$out"
printf 'item,annotator\n03a01Wa,anna\n' >back.csv
run mien-annotate assign --tasks back.csv
check "an item is sent back" test "$status" -eq 0
printf 'item,annotator\n99a01Wa,anna\n' >back.csv
run mien-annotate assign --tasks back.csv
check "... one that is there" says "$err" "no item of this project"

# Of a grid it is simulated how what rises to the right would agree.
mien-annotate init grid --protocol affect-grid >/dev/null || exit 99
mien-annotate import -p grid --dataset emodb emodb >/dev/null 2>&1 || exit 99
mien-annotate annotator add -p grid anna ben
run mien-annotate assign -p grid --dry-run --per-item 2 --skill 1 --lapse 0
check "a grid can be simulated, too" says "$out" 'of "affect.x" by annotators'
check "... by those who never err" says "$out" ": 1.000,"

# A bundle of an older mien, as its first version made them.
python3 - "$srcdir/src/common/store/migrations/bundle-0001.sql" \
    calls/work/anna/1.mien old.mien <<'END'
import sqlite3, sys
old = sqlite3.connect(sys.argv[3])
old.executescript(open(sys.argv[1]).read())
old.execute("PRAGMA application_id = %d" % 0x6d696542)
old.execute("PRAGMA user_version = 1")
old.execute("ATTACH ? AS new", (sys.argv[2],))
for table, columns in (("meta", "key, value"),
                       ("entry", "position, id, medium, sha256, start_us, "
                                 "end_us, text, speaker, erased"),
                       ("event", "*"), ("payload", "*")):
    old.execute("INSERT INTO main.%s SELECT %s FROM new.%s"
                % (table, columns, table))
old.commit()
END
cp old.mien before.mien
run mien-annotate collect old.mien
check "a bundle of an older mien is collected" test "$status" -eq 0
check "... and stays as it was" cmp old.mien before.mien
run mien-annotate label old.mien --export-mine
check "... and can be read" grep -q ',emotion,anger,' "$out"
tap_done
