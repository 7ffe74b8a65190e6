#!/bin/sh
# A full disk loses nothing that was kept, and says what is the matter.
. "$srcdir/tests/support/tap.sh"
tap_folder

# Many answers, a good deal more than the room for them.
{
    printf "Enter\nEnter\nEnter\n"
    i=0
    while [ $i -lt 400 ]; do
        printf 'a\n1\nquestion-back\nf\n2\nquestion-back\n'
        i=$((i + 1))
    done
    printf 'd\nscreen\n'
} >script

# found BUNDLE OUTPUT: as many answers in the journal as were shown as kept.
found() {
    in_journal=$(sqlite_count "$1")
    shown=$(grep '^kept' "$2" | grep -v -c @)
    echo "shown $shown, in the journal $in_journal"
    [ "$in_journal" -ge "$shown" ] && [ "$shown" -gt 3 ]
}

# Answers in a bundle, by a session that types nothing and so adds none.
sqlite_count() {
    "$builddir/tests/crash/count_answers" "$1"
}

"$builddir/tests/tui/make_bundle" anna.mien ekman6 0.2 0.2 || exit 99
cp anna.mien full.mien

# A limit on the size of files stands for the full disk where no file system
# can be mounted; it is reached in the write-ahead log.
limited() (
    trap '' XFSZ
    ulimit -f "$1" || exit 99
    shift
    exec "$@"
)
run limited 400 mien-annotate label full.mien --script script --headless 80x24
cp "$out" limited.out
check "what was not kept ends with status 3" test "$status" -eq 3
check "... and is told" says "$err" "NOT KEPT, all else is kept"
check "at a limit of file sizes, the screen says that nothing goes in" \
    says "$out" "NOT KEPT: the disk takes no more"
check "it says that nothing is lost" says "$out" "what was kept is safe"
check "it does not say that it is kept" not says "$out" "Kept."
check "every answer shown as kept is there" found full.mien limited.out
printf 'Enter\nEnter\nEnter\nd\n' >one
run mien-annotate label full.mien --script one --headless 80x24
check "with room again, work goes on" says "$out" "emotion disgust"

# Limits at which people.db, or mien.db, cannot be made whole.
undone() {
    for blocks in 8 24 60 80; do
        run limited $blocks mien-annotate init study --protocol ekman6
        [ "$status" -eq 3 ] && [ ! -e study ] &&
            says "$err" "the disk takes no more" || {
            echo "at $blocks blocks: status $status" && ls -A study
            return 1
        }
    done
}
check "a project that cannot be made leaves nothing" undone
run mien-annotate init study --protocol ekman6
check "... and is made when there is room" test "$status" -eq 0

# A file system that is really full.
mounted=no
if [ "$(id -u)" -eq 0 ] && mkdir disk &&
    mount -t tmpfs -o size=400k none disk 2>/dev/null; then
    mounted=yes
    trap 'umount "$tap_dir/disk"; rm -rf "$tap_dir"' EXIT
fi
if [ $mounted = yes ]; then
    cp anna.mien ./*.wav disk/
    run mien-annotate label disk/anna.mien --script script --headless 80x24
    cp "$out" full.out
    check "on a full disk, the screen says so" says "$out" "the disk is full"
    cp disk/anna.mien* .
    check "every answer shown as kept is there still" found anna.mien full.out
else
    skip "on a full disk nothing is lost" "no file system can be mounted here"
fi
tap_done
