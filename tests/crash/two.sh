#!/bin/sh
# One writer: a second process on the same bundle is told who has it; those
# who only read go on beside it.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" x.mien ekman6 0.2 0.25 || exit 99
mkdir corpus && mv ./*.wav corpus/
mien-annotate init calls --protocol ekman6 >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/calls
MIEN_USER=anna
export MIEN_PROJECT MIEN_USER
mien-annotate import corpus >/dev/null || exit 99
mien-annotate annotator add anna || exit 99
mien-annotate assign >/dev/null || exit 99

mkfifo keys
mien-annotate label --script keys --headless 80x24 >first 2>&1 &
first=$!
exec 3>keys
printf 'Enter\nEnter\nEnter\na\n' >&3

# The first has it as soon as an answer is kept.
tries=0
until grep -q 'emotion anger' first || [ $tries -gt 300 ]; do
    tries=$((tries + 1))
    sleep 0.1
done

echo Enter >script
run mien-annotate label --script script --headless 80x24
check "the second process is refused" test "$status" -eq 3
check "it is told which process has it" says "$err" "process $first"
check "it is told where and since when" \
    grep -q "on .*, since [0-9-]* [0-9:]* UTC" "$err"
check "it is told the mend" says "$err" "end that one first"

run mien-annotate collect --format csv
check "what is kept already can be collected" test "$status" -eq 0
check "... all of it" grep -q '^1,[4-9],0,0,0$' "$out"
run mien-annotate bundle anna -o copy.mien
check "an open bundle can be copied" test "$status" -eq 0
check "... with what was kept" \
    test "$("$builddir/tests/crash/count_answers" copy.mien)" -eq 1

printf '3\n3\n' >&3
exec 3>&-
wait $first
check "the first works on and ends well" test $? -eq 0
check "it kept what came after" grep -q 'kept .* confidence 3' first
run mien-annotate label --script script --headless 80x24
check "afterwards the bundle is free" test "$status" -eq 0
check "no lock is left behind" test ! -e calls/work/anna/1.mien.lock
check "the bundle is one file again" test "$(ls calls/work/anna)" = 1.mien
tap_done
