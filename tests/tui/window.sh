#!/bin/sh
# The window for videos, on a display that nobody sees: it shows the
# picture that belongs to the time, names nothing and gives its keys on.
. "$srcdir/tests/support/tap.sh"
tap_folder

for tool in Xvfb tmux ffmpeg xdotool; do
    command -v $tool >/dev/null || {
        echo "1..0 # SKIP $tool is not installed"
        exit 0
    }
done

socket=mien-window-$$
tmux="tmux -L $socket -f /dev/null"
unset TMUX WAYLAND_DISPLAY

# The first free display.
start_display() {
    Xvfb -displayfd 3 -screen 0 640x480x24 -nolisten tcp \
        3>"$tap_dir/display" 2>/dev/null &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -s "$tap_dir/display" ] && break
        sleep 0.3
    done
    DISPLAY=:$(cat "$tap_dir/display")
    export DISPLAY
    [ "$DISPLAY" != : ]
}
trap '$tmux kill-server 2>/dev/null; kill $server 2>/dev/null
    rm -rf "$tap_dir"' EXIT

start_label() {
    "$builddir/tests/tui/make_bundle" work/1.mien \
        "$srcdir/tests/tui/film.json" film:30 film:10 &&
        $tmux new-session -d -x 80 -y 24 \
            "env SDL_AUDIODRIVER=dummy SDL_VIDEODRIVER=x11 \
             DISPLAY=$DISPLAY TERM=screen-256color LC_ALL=C.UTF-8 \
             ASAN_OPTIONS=detect_leaks=0 HOME=$tap_dir \
             '$builddir/mien-annotate' label --window=$1 work/1.mien; \
             sleep 60" &&
        within "Enter" && $tmux send-keys Enter
}

within() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        $tmux capture-pane -p | grep -qF -e "$1" && return
        sleep 0.25
    done
    $tmux capture-pane -p
    return 1
}

find_window() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        window=$(xdotool search --onlyvisible --class . 2>/dev/null | tail -n 1)
        [ -n "$window" ] && return
        sleep 0.25
    done
    $tmux capture-pane -p
    return 1
}

# Ten grey values across the middle of the window.
grab() {
    eval "$(xdotool getwindowgeometry --shell "$window")"
    ffmpeg -nostdin -v error -f x11grab -video_size "${WIDTH}x${HEIGHT}" \
        -i "$DISPLAY+$X,$Y" -frames:v 1 -vf "scale=10:1:flags=area" \
        -pix_fmt gray -f rawvideo - | od -An -tu1 >"$tap_dir/grey"
    cat "$tap_dir/grey"
}

# At the end of three seconds it is the last of ten fields that is white.
last_is_white() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        # shellcheck disable=SC2046
        set -- $(grab)
        [ "${10:-0}" -gt 100 ] && [ "${1:-255}" -lt 60 ] &&
            [ "${9:-255}" -lt 100 ] && return
        sleep 0.25
    done
    echo "$@"
    return 1
}

press() {
    xdotool windowfocus "$window" 2>/dev/null
    xdotool key --window "$window" "$1"
}

title_is_plain() {
    [ "$(xdotool getwindowname "$window")" = mien ]
}

kept() {
    press y && within "item 2 of 2"
}

mkdir work
check "a display for the test" start_display
check "label starts" start_label yes
check "a window opens" find_window
check "its title names nothing" title_is_plain
check "at the end it shows the last picture" last_is_white
check "a key pressed in it answers" kept
tap_done
