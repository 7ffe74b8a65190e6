#!/bin/sh
# What cannot be worked on: each case has its own clear error.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" good.mien ekman6 0.2 0.25 || exit 99
printf 'Enter\nEnter\nEnter\nscreen\n' >script

# patch FILE OFFSET BYTES - writes over what is there.
patch() {
    printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# refused FILE TEXT - label ends with 3 and says so; the file is as it was.
refused() {
    before=$(cksum <"$1")
    run mien-annotate label "$1" --script script --headless 80x24
    [ "$status" -eq 3 ] || return 1
    [ "$(cksum <"$1")" = "$before" ] || return 1
    [ ! -e "$1.lock" ] || return 1
    says "$err" "$2"
}

echo "dear diary" >text.mien
check "a text is no mien file" refused text.mien "is no mien file"
: >empty.mien
check "an empty file is none" refused empty.mien "is no mien file"
cp good.mien other.mien
patch other.mien 68 '\0\0\0\0'
check "the database of another program is left alone" \
    refused other.mien "the database of another program"
cp good.mien newer.mien
patch newer.mien 60 '\0\0\0\11'
check "a newer file is left alone" refused newer.mien "of a newer mien"
check "... with both versions named" says "$err" "version 9, this one knows "
cp good.mien kind.mien
patch kind.mien 71 'P'
check "another kind of mien file is told by its name" \
    refused kind.mien "is a mien project; expected a mien bundle"
run mien-annotate label nowhere.mien --script script --headless 80x24
check "a file that is not there is bad input" test "$status" -eq 3
check "... and named" says "$err" "nowhere.mien: cannot be opened"
head -c 20000 good.mien >cut.mien
run mien-annotate label cut.mien --script script --headless 80x24
check "a damaged file is told to be so" says "$err" "is damaged"
check "... with the mend" says "$err" "go on with a copy of it from before"

mv 1.wav away.wav
run mien-annotate label good.mien --script script --headless 80x24
check "a missing medium is told" says "$out" "is missing"
check "... by its position, not by its name" not says "$out" "1.wav"
cp 2.wav 1.wav
run mien-annotate label good.mien --script script --headless 80x24
check "a medium that changed is told apart" says "$out" "is not the one that was handed out"
mkdir shelf && mv away.wav shelf/1.wav
run mien-annotate label good.mien --media shelf --script script \
    --headless 80x24
check "--media names a folder that has the right one" \
    not says "$out" "is not the one that was handed out"
tap_done
