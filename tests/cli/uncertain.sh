#!/bin/sh
# How far marks may be off, from a real clock to the tables.
. "$srcdir/tests/support/tap.sh"
tap_folder
command -v tmux >/dev/null || {
    skip "marks carry how far they may be off" "tmux is not installed"
    tap_done
    exit 0
}
unset SSH_CONNECTION SSH_TTY TMUX
tmux="tmux -L mien-uncertain-$$ -f /dev/null"
trap '$tmux kill-server 2>/dev/null; rm -rf "$tap_dir"' EXIT

sed 's/{"id": "clear".*false}/{"id": "calm", "type": "trace",\
      "required": false, "dimensions": [{"id": "calm"}]}/' \
    "$srcdir/tests/tui/tiers.json" >marks.json
mkdir -p corpus "$XDG_CONFIG_HOME/mien" || exit 99
"$builddir/tests/tui/make_bundle" x.mien marks.json 8 || exit 99
mv 1.wav corpus/
mien-annotate init calls --protocol marks.json >/dev/null 2>&1 &&
    mien-annotate import -p calls corpus >/dev/null &&
    mien-annotate annotator add -p calls anna >/dev/null &&
    mien-annotate assign -p calls >/dev/null || exit 99

# A latency that was measured, with its error; keys; no link.
echo '{"mien": 1, "device": "default device (dummy)", "latency_ms": 40,
       "latency_sd_ms": 12, "key_sd_ms": 5}' >"$XDG_CONFIG_HOME/mien/timing.json"
$tmux new-session -d -x 100 -y 40 \
    "env TERM=screen-256color LC_ALL=C.UTF-8 SDL_AUDIODRIVER=dummy \
     XDG_CONFIG_HOME=$XDG_CONFIG_HOME ASAN_OPTIONS=detect_leaks=0 \
     mien-annotate label -p calls --as anna 2>err; echo \$? >ended"

# press KEY TEXT - then waits until the screen says so.
press() {
    $tmux send-keys "$1"
    for _ in $(seq 100); do
        $tmux capture-pane -p >screen
        if grep -q "$2" screen; then return 0; fi
        sleep 0.1
    done
    cat screen
    return 1
}
sleep 1
check "the item opens" press Enter "Who speaks"
sleep 0.5
check "a mark begins" press w "woman"
sleep 0.5
check "... and ends" press w "woman"
sleep 0.3
check "a second one begins" press m "man"
sleep 0.3
check "... and ends" press m "man"
sleep 0.3
check "it is paused" press Space "paused"
check "its end is moved by hand" press '"' "man"
sleep 0.3
check "the next question is asked" press Tab "calm"
check "... and traced from the beginning" press T "trac"
sleep 1
check "the work is left" $tmux send-keys Q
for _ in $(seq 60); do
    [ -s ended ] && break
    sleep 0.1
done
check "... without a fault" test "$(cat ended)" -eq 0

# Her own record: hypot(12, 5) = 13 ms, and the buffer's part of it.
run mien-annotate label -p calls --as anna --export-mine
check "both edges of a mark carry it" grep -Eq \
    ',woman,.*,speech,[0-9.]+,[0-9.]+,0\.01[3-9][0-9]*,0\.01[3-9][0-9]*,$' out
check "... not one that was put by hand" grep -Eq \
    ',man,.*,speech,[0-9.]+,[0-9.]+,0\.01[3-9][0-9]*,,$' out
check "the trace carries it" grep -Eq \
    ',calm,1,.*,,[0-9.]+,[0-9.]+,0\.01[3-9][0-9]*,0\.01[3-9][0-9]*,$' out
run mien-annotate label -p calls --as anna --export-mine --format json
check "... as JSON, too" grep -q '"start_uncertainty": 0.01[3-9]' out

# The lead's tables, once it is handed in.
printf '%s\n' take "tick 9000000" submit >rest
run env LC_ALL=C.UTF-8 mien-annotate label -p calls --as anna --script rest \
    --headless 100x40
check "it is handed in" test "$status" -eq 0
run mien-annotate export -p calls --what segments
check "marks are exported with it" grep -Eq \
    ',woman,.*,work,0\.01[3-9][0-9]*,0\.01[3-9][0-9]*,,$' out
check "... but for what was put by hand" grep -Eq \
    ',man,.*,work,0\.01[3-9][0-9]*,,,$' out
cp out marks.csv
mien-annotate snapshot create -p calls one >/dev/null
mien-annotate export -p calls --what segments --snapshot one >frozen.csv
sed -i '/^#/d' frozen.csv
check "... and from a snapshot, too" cmp frozen.csv marks.csv
run mien-annotate export -p calls --what traces
check "samples are" grep -Eq \
    '^1,anna,calm,0\.2,0,calm,1,1,0,0,0,0\.01[3-9][0-9]*$' out
run mien-annotate export -p calls --what traces --rate 10
check "... bins, too" grep -Eq ',1,0,0,0,0\.01[3-9][0-9]*$' out
run mien-annotate export -p calls --what passes
check "... and passes" grep -Eq ',0\.01[3-9][0-9]*,1,0\.1[0-9]*,[01],' out
tap_done
