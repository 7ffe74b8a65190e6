#!/bin/sh
# Scripts of keys and the screens that they must give.
#
# NAME.script stands beside NAME.screen, which is all that `label' writes to
# stdout.  The first lines of a script say what it runs on:
#
#     # protocol: ekman6            name, or a file of this folder
#     # items: 1.5 2 text:Hello     as make_bundle takes them
#     # size: 80x24               several: it is run at each of them,
#                                   in colour and then with --ascii --mono
#     # options: --ascii            may be left out
#     # language: de_DE.UTF-8       may be left out
#     # again: yes                  the script is run a second time on the
#                                   same bundle; only that is compared
#
# `make update-golden' rewrites the screens.
. "$srcdir/tests/support/tap.sh"
tap_folder

# field NAME SCRIPT
field() {
    sed -n "s/^# $1: *//p" "$2" | head -n 1
}

# play SCRIPT SIZE OPTIONS - what label writes goes to $tap_dir/screen.
play() {
    size=$2
    options=$3
    protocol=$(field protocol "$1")
    [ -f "$srcdir/tests/tui/$protocol" ] &&
        protocol=$srcdir/tests/tui/$protocol
    rm -rf "$tap_dir/work"
    mkdir "$tap_dir/work"
    # shellcheck disable=SC2046 # words are meant to be split
    (
        cd "$tap_dir/work" || exit 1
        eval "set -- '$1' $(field items "$1")"
        script=$1
        shift
        "$builddir/tests/tui/make_bundle" "$tap_dir/work/1.mien" \
            "$protocol" "$@" || exit 1
        language=$(field language "$script")
        if [ "$(field again "$script")" = yes ]; then
            label >/dev/null || exit 1
        fi
        label
    ) >"$tap_dir/screen" 2>"$tap_dir/screen.err"
}

label() {
    # shellcheck disable=SC2046
    LC_ALL=${language:-C.UTF-8} mien-annotate label "$tap_dir/work/1.mien" \
        --script "$script" --headless "$size" \
        $(echo "$options" | sed "s,HERE,$srcdir/tests/tui,")
}

# play_all SCRIPT - at each of its sizes; with several, drawn in both ways.
play_all() {
    sizes=$(field size "$1")
    case $sizes in
    *" "*) ;;
    *)
        play "$1" "$sizes" "$(field options "$1")"
        return
        ;;
    esac
    : >"$tap_dir/screens"
    for each in $sizes; do
        for way in "" "--ascii --mono"; do
            echo "== $each $way" >>"$tap_dir/screens"
            play "$1" "$each" "$way" || return 1
            cat "$tap_dir/screen" >>"$tap_dir/screens"
        done
    done
    mv "$tap_dir/screens" "$tap_dir/screen"
}

# same NAME - the screens are as they should be.
same() {
    play_all "$srcdir/tests/tui/$1.script" || {
        cat "$tap_dir/screen.err"
        tail -n 30 "$tap_dir/screen"
        return 1
    }
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        cp "$tap_dir/screen" "$srcdir/tests/tui/$1.screen"
    fi
    diff -u "$srcdir/tests/tui/$1.screen" "$tap_dir/screen"
}

for path in "$srcdir"/tests/tui/*.script; do
    name=$(basename "$path" .script)
    check "screens of $name" same "$name"
done
tap_done
