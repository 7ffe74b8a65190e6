#!/bin/sh
# mien-annotate replay: a session played back from the journal.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" b.mien ekman6 0.2 0.25 0.3 || exit 99
session() {
    printf '%s\n' "$@" >script
    mien-annotate label b.mien --script script --headless 80x24 >/dev/null
}

run mien-annotate replay b.mien
check "a bundle without work has nothing to show" test "$status" -eq 3
session Enter Enter 'tick 500000' a 4 5 'tick 500000'
session Enter Enter 'tick 500000' f 2 undo 'tick 400000' s 3
before=$(cksum <b.mien)

run mien-annotate replay --list b.mien 1
check "the first session is listed" test "$status" -eq 0
check "with what was answered" says "$out" "emotion = anger"
check "and only that one" not says "$out" "emotion = sadness"
run mien-annotate replay --list b.mien
check "the last one is the default" says "$out" "emotion = sadness"
at=$(grep -n 'undo' "$out" | cut -d: -f1)
run mien-annotate replay --headless 80x24 --at $((at - 1)) b.mien
check "the screen before an undo has what was undone" \
    says "$out" "✓ fear"
run mien-annotate replay --headless 80x24 --at "$at" b.mien
check "and after it has not" not says "$out" "✓ fear, 2"
run mien-annotate replay --headless 80x24 b.mien
check "at the end stands the last answer" says "$out" "sadness"
run mien-annotate replay b.mien 3
check "there is no third session" test "$status" -eq 2
run mien-annotate replay --headless 80x24 --at 999 b.mien
check "nor event 999" test "$status" -eq 2
check "nothing was changed" test "$(cksum <b.mien)" = "$before"

"$builddir/tests/tui/make_bundle" p.mien ekman6 \
    practice:anger:0.2 0.25 0.3 || exit 99
printf '%s\n' Enter Enter 'tick 500000' >script
mien-annotate label p.mien --script script --headless 80x24 >/dev/null
run mien-annotate replay --headless 80x24 p.mien
check "practice is counted by itself, as it was" says "$out" \
    "practice 1 of 1"

cp "$srcdir/tests/tui/tiers.json" "$srcdir/tests/tui/plane.json" .
"$builddir/tests/tui/make_bundle" marks.mien ./tiers.json 2 || exit 99
printf '%s\n' Enter Enter 'tick 300000' w 'tick 300000' l 'tick 300000' l 3 >script
mien-annotate label marks.mien --script script --headless 80x24 >/dev/null
run mien-annotate replay --list marks.mien
check "of a mark it tells tier, label and times" says "$out" \
    "segment-added at 0:00.2 speech woman from 0.290 s"
check "... and what was changed of it" says "$out" "intensity = 3"

"$builddir/tests/tui/make_bundle" trace.mien ./plane.json 3 || exit 99
printf '%s\n' Enter Enter 'tick 1100000' k 'tick 2000000' >script
mien-annotate label trace.mien --script script --headless 80x24 >/dev/null
run mien-annotate replay --list trace.mien
cp "$out" events
sealed() {
    grep -n 'trace-sealed' events | sed -n "$1p" | cut -d: -f1
}
run mien-annotate replay --headless 80x24 --at "$(sealed 1)" trace.mien
check "a trace is shown while it was made" says "$out" "● tracing"
check "... as far as it was kept" says "$out" "1.0 of 3.0 s traced"
run mien-annotate replay --headless 80x24 --at "$(sealed 2)" trace.mien
check "... with where the hand was" grep -q 'arousal [0-9.]*[1-9]' "$out"
run mien-annotate replay --headless 80x24 trace.mien
check "... and as it was done" says "$out" "✓ traced"

"$builddir/tests/tui/make_bundle" turns.mien utterances \
    "turns:Who is it?|It is me|Come in then!" || exit 99
printf '%s\n' Enter Enter n >script
mien-annotate label turns.mien --script script --headless 80x24 >/dev/null
run mien-annotate replay --headless 80x24 turns.mien
check "the turns before an item are shown" says "$out" "  It is me"

german() {
    env -u LC_ALL LC_MESSAGES=de_DE.UTF-8 LANG=C.UTF-8 \
        mien-annotate replay --headless 80x24 b.mien
}
run german
check "the texts are in the language of LC_MESSAGES" says "$out" "Trauer"
run mien-annotate replay --headless 80x24 b.mien
check "... and in English where none is asked for" not says "$out" "Trauer"

if command -v tmux >/dev/null; then
    tmux -L "mien-$$" -f /dev/null new-session -d -x 80 -y 24 \
        "LANG=C.UTF-8 $(command -v mien-annotate) replay --speed 20 b.mien 1"
    for i in 1 2 3 4 5 6 7 8 9 10; do
        sleep 0.3
        tmux -L "mien-$$" capture-pane -p >pane
        grep -q 'session-ended' pane && break
    done
    check "on a terminal it plays to the session's end" says pane "session-ended"
    tmux -L "mien-$$" send-keys PageUp
    sleep 0.5
    tmux -L "mien-$$" capture-pane -p >pane
    check "and steps back" not says pane "session-ended"
    tmux -L "mien-$$" kill-server
else
    skip "on a terminal it plays" "no tmux"
fi
tap_done
