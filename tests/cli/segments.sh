#!/bin/sh
# Marks on tiers from the workbench to a table and to mien-eval agree.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" x.mien ekman6 4 5 6 || exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien
mien-annotate init talk --protocol "$srcdir/tests/tui/tiers.json" >/dev/null ||
    exit 99
MIEN_PROJECT=$tap_dir/talk
export MIEN_PROJECT
mien-annotate import corpus >/dev/null || exit 99
mien-annotate annotator add anna ben >/dev/null || exit 99
mien-annotate assign --per-item 2 >/dev/null || exit 99

# mark ALIAS LINE... - three items: marks, nothing, skipped.
mark() {
    alias=$1
    shift
    {
        echo take
        for line; do echo "$line"; done
        echo submit
        echo nothing
        echo submit
        echo skip
        echo t
    } >script
    mien-annotate label --as "$alias" --script script --headless 80x24
}

run mark anna "tick 1000000" w "tick 500000" l 4 "tick 500000" l \
    "tick 500000" w cursor-down cursor-down mark-in
check "a session of marks goes through" test "$status" -eq 0
run mark ben "tick 1100000" w "tick 1300000" w
check "... and another annotator's, too" test "$status" -eq 0

run mien-annotate export --what segments
check "marks are exported" test "$status" -eq 0
check "the columns are those of the page" test "$(head -n 1 out)" = \
    "item,annotator,tier,start,end,label,duration,question,answer,note,bundle,\
position,role,start_uncertainty,end_uncertainty,sound.intensity,sound.certainty"
check "an interval has its times and label" \
    grep -Eq '^[123],anna,speech,0.99,2.49,woman,[456],talk,,,1,1,work,,,,$' out
check "... and its attributes" \
    grep -Eq '^[123],anna,sound,1.49,1.99,laughter,[456],talk,,,1,1,work,,,4,$' \
    out
check "a point has no end" \
    grep -Eq '^[123],anna,breath,2.49,,,[456],talk,,,1,1,work,,,,$' out
check "a tier without marks has a row that says so" \
    grep -Eq '^[123],ben,breath,,,,[456],talk,,,1,1,work,,,,$' out
check "nothing to mark is an answer of its own" test \
    "$(grep -c '^[123],anna,[a-z]*,,,,[456],talk,@none,' out)" -eq 3
check "a skipped item has no marks, not even none" test \
    "$(cut -d, -f1,2 out | sort -u | wc -l)" -eq 5
cp out marks.csv
run mien-annotate status
check "status counts the marks" grep -Eq '^anna .* 3$' out
check "... and names the column" grep -Eq '^annotator .* marks$' out
run mien-annotate export --what segments
check "the same marks give the same bytes" cmp out marks.csv
run mien-annotate export
check "the answers say that there was nothing" \
    grep -Eq '^[123],anna,@none,talk,' out
check "... and what was skipped" grep -Eq ',@technical_fault,talk,' out
check "... and nothing of marks" test "$(grep -c woman out)" -eq 0
run mien-annotate export --what segments -f jsonl
check "JSON lines have attributes in an object" \
    grep -q '"attributes":{"intensity":"4"}' out
check "... and null where there is no end" grep -q '"end":null' out
run mien-eval agree --segments marks.csv
check "mien-eval agree reads the table" test "$status" -eq 0
check "... for each tier" says out "speech"
run mien-annotate export --what segment
check "a table of another name is wrong usage" test "$status" -eq 2
run mien-annotate log verify
check "the journals verify" test "$status" -eq 0
tap_done
