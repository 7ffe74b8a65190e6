#!/bin/sh
# The gain of a protocol: applied, in the journal, in the exported answers.
. "$srcdir/tests/support/tap.sh"
tap_folder
tone=$builddir/tests/support/tone

mkdir corpus
"$tone" corpus/loud.wav 16000 1 2 220 0.5 &&
    "$tone" corpus/soft.wav 16000 1 2 220 0.05 &&
    "$tone" corpus/none.wav 16000 1 2 220 0 || exit 99

# work NAME GAIN - a project with that gain, one session and its export.
work() {
    sed "s/\"gain\": \"none\"/\"gain\": $2/" \
        "$srcdir/protocols/affect-bursts.json" >"$1.json"
    MIEN_PROJECT=$tap_dir/$1
    export MIEN_PROJECT
    mien-annotate init "$1" --protocol "$1.json" >/dev/null || exit 99
    mien-annotate import corpus >/dev/null || exit 99
    mien-annotate annotator add anna >/dev/null || exit 99
    mien-annotate assign --per-item 1 >/dev/null || exit 99
    {
        echo take
        for i in 1 2 3; do
            echo "tick 3000000"
            echo skip
            echo t
        done
    } >script
    run mien-annotate label --as anna --script script --headless 80x24
    check "a session with gain $2 goes through" test "$status" -eq 0
    mien-annotate export >"$1.csv"
    mien-annotate export -f jsonl >"$1.jsonl"
}

# gain NAME ITEM - of the exported row.
gain() {
    awk -F, -v item="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $at["item"] ~ item { print $at["gain_db"]; exit }' "$1.csv"
}

work lufs '{"lufs": -30}'
loud=$(gain lufs loud)
soft=$(gain lufs soft)
check "a loud item is made softer" awk "BEGIN { exit !($loud < -3) }"
check "... one of a tenth of its level is played 20 dB higher" \
    awk "BEGIN { d = $soft - ($loud); exit !(d > 19.9 && d < 20.1) }"
check "silence is left as it is" test "$(gain lufs none)" = 0
check "JSON lines have the number" grep -q "\"gain_db\":$loud[,}]" lufs.jsonl
if command -v sqlite3 >/dev/null; then
    sqlite3 lufs/work/anna/1.mien "SELECT body FROM payload" >out
    check "the journal has it with each play" test \
        "$(grep -c '"gain_db":.*"speed":1' out)" -eq 3
    check "... the number that is exported" says out "\"gain_db\":$loud"
else
    skip "the journal has it with each play" "sqlite3 is not installed"
fi
run mien-annotate log verify
check "... and verifies" test "$status" -eq 0
run mien-annotate protocol show lufs.json
check "the protocol shows it" says out "at -30 LUFS"
run mien-annotate protocol check lufs.json
check "... and is warned of" says out "takes away loudness"

work fixed '{"session_db": -6}'
check "one gain for all is that of each item" \
    test "$(gain fixed loud) $(gain fixed soft) $(gain fixed none)" = "-6 -6 -6"
run mien-annotate protocol show fixed.json
check "... and shown" says out "dB for all items"

work old '"loudness"'
check "an old word plays as recorded" test -z "$(gain old loud)"
work plain '"none"'
check "without a gain there is none" test -z "$(gain plain loud)"
check "... and JSON says null" grep -q '"gain_db":null' plain.jsonl
tap_done
