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

# What is heard: the samples that go to the device.  Both tones come out alike,
# by the number that the journal has.
if command -v tmux >/dev/null && command -v python3 >/dev/null; then
    tmux="tmux -L mien-gain-$$ -f /dev/null"
    trap '$tmux kill-server 2>/dev/null; rm -rf "$tap_dir"' EXIT
    mkdir single
    "$tone" single/soft.wav 48000 2 2 220 0.05 || exit 99
    sed 's/"gain": "none"/"gain": {"lufs": -30}/' \
        "$srcdir/protocols/affect-bursts.json" >heard.json
    mien-annotate init heard --protocol heard.json >/dev/null &&
        mien-annotate import -p heard single >/dev/null &&
        mien-annotate annotator add -p heard anna >/dev/null &&
        mien-annotate assign -p heard >/dev/null || exit 99
    env -u TMUX $tmux new-session -d -x 80 -y 24 \
        "env TERM=screen-256color LC_ALL=C.UTF-8 SDL_AUDIODRIVER=disk \
         SDL_DISKAUDIOFILE=$tap_dir/heard.raw ASAN_OPTIONS=detect_leaks=0 \
         XDG_CONFIG_HOME=$XDG_CONFIG_HOME MIEN_PROJECT=$tap_dir/heard \
         '$builddir/mien-annotate' label --as anna 2>heard.err; echo >ended"
    for _ in $(seq 100); do # the start page, then until it is over
        $tmux send-keys Enter 2>/dev/null
        if $tmux capture-pane -p 2>/dev/null | grep -q '0:02.0 / 0:02.0'; then
            break
        fi
        sleep 0.3
    done
    $tmux send-keys Q
    for _ in $(seq 50); do
        [ -e ended ] && break
        sleep 0.2
    done
    mien-annotate label -p heard --as anna --export-mine --format json >mine
    db=$(sed -n 's/.*\\"gain_db\\":\([-0-9.]*\).*/\1/p' mine | head -n 1)
    check "the journal has a gain for it" test -n "$db"
    cat >peak.py <<'END'
import array, math, sys
played = array.array("f", open(sys.argv[1], "rb").read())
wav = array.array("h", open(sys.argv[2], "rb").read()[44:])
loudest = max(abs(x) for x in played)
print(20 * math.log10(loudest / (max(abs(x) for x in wav) / 32768)))
END
    heard_db=$(python3 peak.py heard.raw single/soft.wav)
    check "what the device gets is louder by just that" \
        awk "BEGIN { d = $heard_db - ($db); exit !(d > -0.1 && d < 0.1) }"
    check "... which is not nothing" awk "BEGIN { exit !($db > 5) }"
else
    skip "what the device gets" "tmux or python3 is not installed"
fi

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
