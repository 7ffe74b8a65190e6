#!/bin/sh
# A trace from its tracing to its tables: label, collect, export, log, erase.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" x.mien ekman6 3 || exit 99
mkdir corpus && mv 1.wav corpus/ && rm x.mien
mien-annotate init calls --protocol valence-trace >/dev/null &&
    mien-annotate import -p calls corpus >/dev/null &&
    mien-annotate annotator add -p calls anna >/dev/null &&
    mien-annotate assign -p calls >/dev/null || exit 99

# 3 s: up by 0.1 from 1 s on; then 1 to 2 s again, at -1.
cat >first.script <<'END'
take
tick 20000
T
tick 1000000
Up
Up
tick 2500000
expect all of it is traced
replay
tick 20000
Space
tick 100000
seek-on
tick 20000
select-from
seek-on
tick 20000
select-to
retrace
tick 900000
1
tick 2000000
expect all of it is traced
submit
END
label() {
    LC_ALL=C.UTF-8 mien-annotate label -p calls --as anna --script "$1" \
        --headless 80x24
}
run label first.script
check "a trace and a part of it again are handed in" test "$status" -eq 0

run mien-annotate export -p calls --what traces
check "a sample each 10 ms" test "$(grep -c ,valence, out)" -eq 300
check "... with the columns that mien-eval agree reads" says out \
    "item,annotator,dimension,time,value,question,version"
check "before the part the first version counts" says out \
    "1,anna,valence,0.5,0,valence,1,1,0,0,0"
value() { # value TIME: and the version
    grep "1,anna,valence,$1," out | cut -d, -f5,7
}
check "... also where the key was pressed" test "$(value 0.99)" = 0,1
check "in it the second one" test "$(value 1.5)" = "-1,2"
check "after it the first one again" test "$(value 2.5)" = 0.2,1

run mien-annotate export -p calls --what passes
check "every pass stands apart" test \
    "$(cut -d, -f13 out | sort -u | tr '\n' ' ')" = "1 2 pass "
check "... the old one whole" test "$(grep -c ',1,.*,1,complete$' out)" -ge 300

run mien-annotate export -p calls --what traces --rate 4
check "binned: four rows a second" test "$(wc -l <out)" -eq 13
check "a bin is the mean of its samples" says out \
    "1,anna,valence,2.625,0.2,valence"
run mien-annotate export -p calls --what traces --rate 3
check "a rate that does not divide 100 Hz" test "$(wc -l <out)" -eq 10

run mien-annotate export -p calls --what trace-quality
check "quality: one row" says out "1,anna,valence,valence,2,2,300,3,0,0,1,"
check "... no lag taken off" says out ",none"
check "... with the part of the range that was used" says out ",-1,0.2,0.6,"
run mien-annotate export -p calls --rate 4
check "a rate without traces is wrong usage" test "$status" -eq 2
run mien-annotate export -p calls --what traces --as-format jsonl
check "traces are CSV" test "$status" -eq 2

run mien-annotate status -p calls --format json
check "status tells how much is traced" grep -Eq '"traced_s": (3|2\.9[0-9]*),?$' out

# mien-eval reads it.
mien-annotate export -p calls --what traces -o traces.csv
check "the table is written to a file" test -s traces.csv

run mien-annotate log verify -p calls
check "seals hold at home" test "$status" -eq 0
tap_done
