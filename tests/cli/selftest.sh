#!/bin/sh
# mien-annotate selftest, and what label makes of it: refusals, the journal.
. "$srcdir/tests/support/tap.sh"
tap_folder
SDL_AUDIODRIVER=dummy
export SDL_AUDIODRIVER
unset SSH_CONNECTION SSH_TTY

value() {
    sed -n "s/^$1,\([^,]*\),.*/\1/p" out
}

run mien-annotate selftest --keys 20 --format csv </dev/null
check "it runs without a terminal" test "$status" -eq 0
check "... names the driver" test "$(value sound)" = "default device (dummy)"
check "... and the buffer" test "$(value sound.buffer)" != ""
check "... measures how long keys wait" \
    sh -c 'expr "$1" : "[0-9]*\.[0-9][0-9][0-9]$"' - "$(value key.median)"
check "... also under load" test "$(value key-under-load.p95)" != ""
check "... says what can be timed" test "$(value verdict.choice)" = yes
check "... and keeps it for the user" \
    grep -q key_sd_ms "$XDG_CONFIG_HOME/mien/timing.json"
check "... for nobody else" test "$(stat -c %a "$XDG_CONFIG_HOME/mien")" = 700

run mien-annotate selftest --keys 20 --format json --no-keep </dev/null
check "JSON is one list" says out '"what": "sound"'
SDL_AUDIODRIVER=nonsense
run mien-annotate selftest --keys 20 --no-keep </dev/null
check "no sound device is no failure" test "$status" -eq 0
check "... it is told" says out "no sound device can be opened"
run mien-annotate selftest --tap 20 --no-keep </dev/null
check "... but there is nothing to tap to" test "$status" -eq 3
SDL_AUDIODRIVER=dummy
run mien-annotate selftest --tap 20 --no-keep </dev/null
check "taps need a terminal" test "$status" -eq 2
run mien-annotate selftest --tap 2
check "two taps are too few" test "$status" -eq 2

# label
command -v tmux >/dev/null || {
    skip "label refuses, and journals" "tmux is not installed"
    tap_done
    exit 0
}
socket=mien-selftest-$$
tmux="tmux -L $socket -f /dev/null"
unset TMUX
trap '$tmux kill-server 2>/dev/null; rm -rf "$tap_dir"' EXIT

protocol() {
    sed 's/"playback":/"timing": {"max_uncertainty_ms": '"$1"'}, "playback":/' \
        "$srcdir/tests/tui/speed.json" >strict.json
    "$builddir/tests/tui/make_bundle" 1.mien strict.json 2
}

# label_in_tmux OPTIONS KEYS... - until it has ended.
label_in_tmux() {
    rm -f ended
    $tmux new-session -d -x 80 -y 24 \
        "env TERM=screen-256color LC_ALL=C.UTF-8 SDL_AUDIODRIVER=dummy \
         XDG_CONFIG_HOME=$XDG_CONFIG_HOME ASAN_OPTIONS=detect_leaks=0 $1 \
         '$builddir/mien-annotate' label $2 1.mien 2>err; echo \$? >ended"
    shift 2
    for key; do
        sleep 1
        $tmux send-keys "$key"
    done
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -s ended ] && return
        sleep 0.3
    done
    return 1
}

protocol 5
check "label ends at once" label_in_tmux "" ""
check "... where marks are too uncertain" test "$(cat ended)" -eq 1
check "... says by how much" says err "wants marks within 5 ms; here they are"
check "... and what to do" says err "selftest --tap"
protocol 5000
check "a looser protocol lets it work" label_in_tmux "" "--latency=30" Enter y Q
check "... to the end" test "$(cat ended)" -eq 0
check "over SSH the way is measured" \
    label_in_tmux "SSH_TTY=/dev/pts/0" "--latency=30" Enter Q
check "... and here it is short" test "$(cat ended)" -eq 0

if command -v sqlite3 >/dev/null; then
    sqlite3 1.mien "SELECT body FROM payload" >payloads
    check "the session says how it is timed" says payloads \
        '"source":"measured"'
    check "... the kind of device only" says payloads '"audio":"dummy (dummy)"'
    check "each mark carries its uncertainty" says payloads \
        '"question":"emotion","uncertainty_ms":'
else
    skip "the journal has the timing" "sqlite3 is not installed"
fi
tap_done
