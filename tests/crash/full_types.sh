#!/bin/sh
# A full disk under marks, traces and comparisons: what was shown as kept is
# kept, and whatever is pressed meanwhile the screen says that nothing is.
. "$srcdir/tests/support/tap.sh"
python3 -c 'import sqlite3' 2>/dev/null ||
    tap_skip_all "python3 with sqlite3 is not installed"
tap_folder
cp "$srcdir"/tests/tui/*.json .
make_bundle=$builddir/tests/tui/make_bundle

# A limit on the size of files stands for the full disk: it is reached in the
# write-ahead log.
limited() (
    trap '' XFSZ
    ulimit -f "$1" || exit 99
    shift
    exec "$@"
)

# count BUNDLE KIND... - so many events of these kinds its journal has.
count() {
    python3 -c '
import sqlite3, sys
file = sqlite3.connect(sys.argv[1])
print(sum(file.execute("SELECT count(*) FROM event WHERE kind = ?",
                       (kind,)).fetchone()[0] for kind in sys.argv[2:]))' "$@"
}

# all_there BUNDLE OUTPUT KIND... - as many of each as were shown as kept.
all_there() {
    bundle=$1
    output=$2
    shift 2
    for kind; do
        if [ "$kind" = answer-set ]; then
            shown=$(grep '^kept' "$output" | grep -v -c @)
        else
            shown=$(grep -c "^kept.* @$kind" "$output")
        fi
        there=$(count "$bundle" "$kind")
        echo "$kind: shown $shown, there $there"
        [ "$there" -ge "$shown" ] && [ "$shown" -gt 0 ] || return 1
    done
}

# full NAME - the script of that name on its bundle, with room for a part.
full() {
    run limited 400 mien-annotate label "$1.mien" --script "$1" \
        --headless 80x24
    cp "$out" "$1.out"
    check "$1: the session ends with status 3" test "$status" -eq 3
    check "$1: the screen says so, whatever is pressed meanwhile" \
        says "$1.out" "mien  ! NOT KEPT: the disk takes no more"
    check "$1: the damage is none" "$builddir/tests/crash/count_answers" "$1.mien"
}

$make_bundle marks.mien ./tiers.json 30 || exit 99
{
    printf 'take\ntake\n'
    for _ in $(seq 200); do
        printf 'tick 20000\nw\ntick 20000\nw\nundo\nredo\n'
    done
    printf 'loop\nscreen\n'
} >marks
full marks
check "marks: all that was shown as kept is there" all_there marks.mien \
    marks.out segment-added segment-changed undo redo

$make_bundle pairs.mien ./compare.json pair:0.3+0.3 || exit 99
{
    printf 'take\ntake\ntick 2000000\n'
    for _ in $(seq 200); do
        printf 'a\nquestion-back\nb\nquestion-back\n'
    done
    printf 'screen\n'
} >pairs
full pairs
check "pairs: all that was shown as kept is there" all_there pairs.mien \
    pairs.out answer-set

# Four seconds are traced, or fewer: the rest is refused while keys go on.
$make_bundle trace.mien ./rank.json 20 || exit 99
{
    printf 'take\ntake\n'
    for _ in $(seq 40); do
        printf 'tick 50000\nk\ntick 50000\nj\ntraced\n'
    done
    printf 'k\nscreen\n'
} >trace
full trace
upto=$(sed -n 's/^traced [0-9a-f]* //p' trace.out | tail -n 1)
traced=$(python3 -c '
import sqlite3
print(sqlite3.connect("trace.mien").execute(
    "SELECT max(media_us) FROM sample").fetchone()[0])')
check "trace: a part of it was taken" test "${upto:-0}" -gt 100000
check "trace: all but its last 50 ms are there" test \
    "${traced:-0}" -ge "$((${upto:-0} - 50000))"
printf 'take\ntick 100000\nscreen\n' >on
run mien-annotate label trace.mien --script on --headless 80x24
check "trace: with room again, work goes on" test "$status" -eq 0
check "trace: ... after what was traced" grep -q '[1-9]\.*[0-9]* of 20.0 s traced' "$out"
check "trace: ... and the head names the work again" not says "$out" "NOT KEPT"
check "trace: the pass has its end" test "$(count trace.mien trace-ended)" -eq 1
tap_done
