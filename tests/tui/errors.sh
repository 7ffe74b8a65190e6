#!/bin/sh
# What label refuses, and in which words.
. "$srcdir/tests/support/tap.sh"
tap_folder
unset TMUX
"$builddir/tests/tui/make_bundle" 1.mien "$srcdir/tests/tui/rules.json" 1 1 ||
    exit 99

# label ARGUMENT... - without a terminal, whatever the test runs on.
label() { run mien-annotate label "$@" </dev/null; }

# script WORDS - plays one line on the bundle.
script() {
    printf '%s\n' "$1" >line.script
    label 1.mien --script line.script --headless 80x24
}

label 1.mien
check "without a terminal it is wrong usage" test "$status" -eq 2
check "and says what to do" says "$err" "--script FILE --headless 80x24"

label 1.mien --headless 80x24
check "a screen without a script is wrong usage" test "$status" -eq 2
label 1.mien --script line.script --headless 80
check "so is a size that is none" test "$status" -eq 2
check "named as it was given" says "$err" '"80" is no size such as 80x24'
label 1.mien 2.mien --headless 80x24 --script line.script
check "so are two bundles" test "$status" -eq 2

label none.mien --script line.script --headless 80x24
check "a missing bundle is bad input" test "$status" -eq 3
label 1.mien --script none.script --headless 80x24
check "so is a missing script" test "$status" -eq 3
check "with its name" says "$err" "none.script"
echo "no bundle" >text.mien
label text.mien --script line.script --headless 80x24
check "so is a file that is no bundle" test "$status" -eq 3
label --script line.script --headless 80x24
check "so is a folder that is no project" test "$status" -eq 3

script "plai"
check "an unknown word is bad input" test "$status" -eq 3
check "with file, line and word" says "$err" \
    'line.script:1: "plai" is no action, no key and no word of scripts'
script "tick soon"
check "a tick wants microseconds" says "$err" "such as 2500000"
script "resize big"
check "a resize wants a size" says "$err" "such as 80x24"
script "expect no such text"
check "what is expected and not shown is a no" test "$status" -eq 1
check "with file and line" says "$err" 'line.script:1: the screen does not show'
check "and the screen is printed" says "$out" "Rules of hearing"
script "refuse Rules of hearing"
check "so is what is refused and shown" test "$status" -eq 1

echo "replay Ctl-R" >bad.keys
label 1.mien --keys bad.keys --script line.script --headless 80x24
check "a bad key file is bad input" test "$status" -eq 3
check "with its line" says "$err" 'bad.keys:1: no key "Ctl-R"'
printf '# mine\nsubmit \0Ctrl-S\nreplay F5\n' >zero.keys
label 1.mien --keys zero.keys --script line.script --headless 80x24
check "a key file is not cut at a zero byte" test "$status" -eq 3
check "... which is told with its line" says "$err" "zero.keys:2: a zero byte"
printf 'Enter\nscr\0een\n' >zero.script
label 1.mien --script zero.script --headless 80x24
check "nor is a script" says "$err" "zero.script:2: a zero byte"
mkdir -p "$XDG_CONFIG_HOME/mien"
cp bad.keys "$XDG_CONFIG_HOME/mien/keys"
script "expect the shipped keys are used"
check "the user's own is only told of" grep -q 'no key "Ctl-R"' "$out"
rm "$XDG_CONFIG_HOME/mien/keys"

run mien-annotate label --print-keys
check "the shipped keys can be printed" says "$out" "play-pause"
cp "$out" own.keys
script "expect Enter begins"
label 1.mien --keys own.keys --script line.script --headless 80x24
check "and read again" test "$status" -eq 0

label --silent 1.mien --script line.script --headless 80x24
check "silence is refused where the protocol wants ears" test "$status" -eq 2
for hand in left right; do
    run mien-annotate label --keys $hand --print-keys
    check "the keys for the $hand hand are printed" says "$out" "$hand hand alone"
done
run mien-annotate label --keys mine --print-keys
check "others are not shipped" test "$status" -eq 2
tap_done
