#!/bin/sh
# The workbench in a real terminal: keys, resizing, and the terminal given
# back whatever ends it.
. "$srcdir/tests/support/tap.sh"
command -v tmux >/dev/null || tap_skip_all "tmux is not installed"
tap_folder

TMUX_TMPDIR=$tap_dir
SDL_AUDIODRIVER=dummy
TERM=xterm-256color
export TMUX_TMPDIR SDL_AUDIODRIVER TERM
unset TMUX
mux() { tmux -L mien -f /dev/null "$@"; }
trap 'mux kill-server 2>/dev/null; rm -rf "$tap_dir"' EXIT
mux new-session -d -x 80 -y 24 "exec env PS1='ready\$ ' sh" 2>err ||
    tap_skip_all "tmux does not run here: $(cat err)"

"$builddir/tests/tui/make_bundle" "$tap_dir/1.mien" ekman6 1 2 1 || exit 99

# shows TEXT - waits until the screen has the text, a minute at most.
shows() {
    tries=0
    while [ $tries -lt 600 ]; do
        mux capture-pane -p >screen
        grep -F -q -e "$1" screen && return 0
        sleep 0.1
        tries=$((tries + 1))
    done
    echo "the screen never showed: $1"
    cat screen
    return 1
}

# types KEY... - as tmux names them.
types() { mux send-keys "$@"; }

# runs COMMAND - in the shell of the session, between two looks at stty.
runs() {
    rm -f before after status
    types "stty -a >before; $1; echo \$? >status; stty -a >after" Enter
}

# came_back - the shell goes on, the terminal is as it was, the screen too.
came_back() {
    tries=0
    while [ ! -s after ] && [ $tries -lt 600 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    # The size is not the program's to give back.
    sed 's/rows [0-9]*; columns [0-9]*;//' before >before.plain
    sed 's/rows [0-9]*; columns [0-9]*;//' after >after.plain
    diff before.plain after.plain && shows 'ready$' &&
        [ "$(mux display-message -p '#{alternate_on}')" = 0 ] &&
        [ "$(mux display-message -p '#{cursor_flag}')" = 1 ] &&
        [ "$(mux display-message -p '#{mouse_any_flag}')" = 0 ]
}

ended_with() {
    [ "$(cat status)" = "$1" ] || {
        echo "status $(cat status), not $1"
        mux capture-pane -p
        return 1
    }
}

# the_process - the number of the workbench that this session runs.
the_process() {
    ps -o pid= --ppid "$(mux display-message -p '#{pane_pid}')" | tr -d ' '
}

runs "mien-annotate label 1.mien"
check "the instructions come first" shows "Your task"
check "a long page says so" shows "reads on"
types Enter
check "consent is asked for" shows "agrees and begins"
types Enter
check "the first item opens" shows "item 1 of 3"
check "it plays by itself" shows "heard 1 time"
types a
check "an answer is shown as kept" shows "✓ anger"
types 3 4
check "the last answer goes on at the end" shows "item 2 of 3, 1 done"
mux resize-window -x 60 -y 20
check "a small screen says so" shows "mien needs 80x24 cells"
mux resize-window -x 120 -y 40
check "a larger one goes on" shows "item 2 of 3, 1 done"
# click COLUMN ROW - as a terminal reports it; both count from 1.
click() {
    mux send-keys -l "$(printf '\033[<0;%d;%dM\033[<0;%d;%dm' "$1" "$2" "$1" "$2")"
}
check "the terminal reports its mouse" \
    [ "$(mux display-message -p '#{mouse_button_flag}#{mouse_sgr_flag}')" = 11 ]
row=$(grep -n -F happiness screen | head -n 1 | cut -d: -f1)
column=$(sed -n "${row}p" screen | sed 's/happiness.*//' | wc -m)
click "$column" "$row"
check "a click answers" shows "✓ happiness"
types B
check "an earlier item opens again" shows "(revising) item 1 of 3"
types '?'
check "the help knows all keys" shows "play, or pause where it stands"
types Escape
check "Escape alone leaves it" shows "Which emotion"
types Q
check "the terminal comes back after stopping" came_back
check "stopping is no error" ended_with 0
check "and says how far it is" shows "1 of 3 items done"

runs "mien-annotate label 1.mien"
check "it opens again" shows "Your task"
types Enter Enter
check "it goes on where it stopped" shows "of 3"
kill -TERM "$(the_process)"
check "the terminal comes back after SIGTERM" came_back
check "SIGTERM is an interruption" ended_with 4

runs "mien-annotate label 1.mien"
check "it opens once more" shows "Your task"
kill -ABRT "$(the_process)"
check "the terminal comes back after a crash" came_back

runs "mien-annotate label 1.mien"
check "nothing was lost by it" shows "1 of 3 done"
types Q
check "the shell is back" came_back

runs "mien-annotate label --no-mouse 1.mien"
check "the mouse can be left to the terminal" shows "Your task"
check "then it is not reported" \
    [ "$(mux display-message -p '#{mouse_any_flag}')" = 0 ]
types Q
check "and the shell is back" came_back

runs "mien-annotate label 1.mien"
check "it can be suspended" shows "Your task"
types C-z
check "Ctrl-Z gives the shell" shows "ready$"
types fg Enter
check "and the shell gives it back" shows "Your task"
rm -f after
types Q
check "and be stopped after that" shows "ready$"
types "stty -a >after" Enter
check "the terminal comes back after that, too" came_back

runs "mien-annotate label 1.mien"
check "it runs again" shows "Your task"
mux set-buffer "Q"
mux paste-buffer -p
check "what is pasted is no key" shows "What is pasted is no answer"
types Q
check "what is typed is" came_back

runs "TERM=dumb mien-annotate label 1.mien"
check "a dumb terminal is left alone" came_back
check "and refused as wrong usage" ended_with 2
mux capture-pane -p -J >screen
check "in words" says screen "cannot place the cursor"
check "and told of line mode" says screen "--plain"

runs "SDL_AUDIODRIVER=none-such mien-annotate label 1.mien"
check "without sound it ends at once" came_back
mux capture-pane -p -J >screen
check "and says why" says screen "no sound device"

"$builddir/tests/tui/make_bundle" "$tap_dir/2.mien" \
    "$srcdir/tests/tui/mixed.json" 1 text:words || exit 99
runs "SDL_AUDIODRIVER=none-such mien-annotate label 2.mien"
check "where silence is allowed it is offered" shows "There is no sound"
types Enter Enter
check "and taken" shows "without sound"
mux capture-pane -e -p >screen
check "there is colour" grep -q "$(printf '\033')\[[0-9;]*36m" screen
types Q
check "the terminal comes back from silence" came_back

# A circle of the wheel: joy, as strong as the fourth from the hub.
"$builddir/tests/tui/make_bundle" "$tap_dir/3.mien" gew 1 1 || exit 99
mux resize-window -x 80 -y 24
runs "mien-annotate label 3.mien"
check "a wheel has instructions" shows "Your task"
types Enter Enter Enter
check "a wheel is shown" shows "j joy"
check "its item is heard to the end" shows "all of it"
row=$(grep -n -F "j joy" screen | head -n 1 | cut -d: -f1)
column=$(sed -n "${row}p" screen | sed 's/.  j joy.*//; s/ *$//; s/.$//; s/ *$//' |
    wc -m)
click "$((column - 1))" "$row"
check "a click on a circle of the wheel answers and says how strong" \
    shows "item 2 of 2, 1 done"
types B
check "and is kept as it was clicked" shows "✓ joy, 4"
types Q
check "the terminal comes back from the wheel" came_back

runs "NO_COLOR=1 mien-annotate label --silent 2.mien"
check "silence can be asked for" shows "Your task"
types Enter
check "and no colour, too" shows "without sound"
mux capture-pane -e -p >screen
check "then there is none" not grep -q "$(printf '\033')\[[0-9;]*3[0-7]m" screen
types Q
check "the terminal comes back from there" came_back

runs "mien-annotate label --silent 1.mien"
check "silence is refused where it must be heard" came_back
check "as wrong usage" ended_with 2

tap_done
