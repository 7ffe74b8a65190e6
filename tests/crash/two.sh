#!/bin/sh
# One writer: a second process on the same bundle is told who has it.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" anna.mien ekman6 0.2 0.2 || exit 99
mkfifo keys
mien-annotate label anna.mien --script keys --headless 80x24 >first 2>&1 &
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
run mien-annotate label anna.mien --script script --headless 80x24
check "the second process is refused" test "$status" -eq 3
check "it is told which process has it" says "$err" "process $first"
check "it is told where and since when" \
    grep -q "on .*, since [0-9-]* [0-9:]* UTC" "$err"
check "it is told the mend" says "$err" "end that one first"

printf '3\n3\n' >&3
exec 3>&-
wait $first
check "the first works on and ends well" test $? -eq 0
check "it kept what came after" says first "kept 0000000000000001 confidence 3"
run mien-annotate label anna.mien --script script --headless 80x24
check "afterwards the bundle is free" test "$status" -eq 0
check "no lock is left behind" test ! -e anna.mien.lock
tap_done
