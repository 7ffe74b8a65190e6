#!/bin/sh
# The chain of a journal verifies by Python's hashlib, as its page says.
. "$srcdir/tests/support/tap.sh"
tap_folder

python3 -c 'import sqlite3, hashlib; hashlib.blake2b' 2>/dev/null ||
    tap_skip_all "no Python 3 with sqlite3 and hashlib"
"$builddir/tests/tui/make_bundle" anna.mien ekman6 0.2 0.25 || exit 99
printf 'Enter\nEnter\nEnter\na\n3\n4\ntick 1000000\nf\nundo\n' >script
mien-annotate label anna.mien --script script --headless 80x24 >/dev/null ||
    exit 99
run python3 "$srcdir/tests/ref/chain.py" anna.mien
check "Python comes to the same hashes" test "$status" -eq 0
check "... of every event" test "$(cat "$out")" -gt 8
sed -i 's/"value":"anger"/"value":"angst"/' anna.mien
run python3 "$srcdir/tests/ref/chain.py" anna.mien
check "... and sees what was changed" test "$status" -ne 0
tap_done
