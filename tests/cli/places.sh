#!/bin/sh
# Wrong places: a folder for a file and the other way round, what is no run
# and no project, nowhere to write; and commands that are ended.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/support/synth" emodb 2 || exit 99
"$builddir/tests/tui/make_bundle" anna.mien ekman6 0.2 || exit 99
mkdir folder

refused() { # WHAT-IS-SAID COMMAND...
    said=$1
    shift
    run "$@"
    check "$1 $2: $said" says "$err" "$said"
    check "... as bad input" test "$status" -eq 3
}

refused "folder: is a folder; name a file of keys" \
    mien-annotate label anna.mien --script folder --headless 80x24
refused "gone: cannot open: there is no such file or folder" \
    mien-annotate label anna.mien --script gone --headless 80x24
refused "it is a folder; name a file" mien-eval agree folder
refused "gone.csv: cannot open: there is no such file or folder" \
    mien-eval agree gone.csv
refused "folder: no run (it has no predictions.csv)" mien-eval score folder
refused "folder: no run (it has no run.json)" \
    mien-eval cv --from folder -o again
refused "folder: no project (it has no mien.db)" \
    mien-eval corpus --project folder
refused "the folder that it is to be in does not exist" \
    mien-eval corpus --dataset emodb emodb -o nowhere/corpus.csv
mien-eval corpus --dataset emodb emodb -o corpus.csv 2>/dev/null || exit 99
refused "nowhere/f.csv: the folder that it is to be in does not exist" \
    mien-eval extract corpus.csv -o nowhere/f.csv --cache kept
check "... before the work, which would be in the cache" test ! -e kept

mien-annotate init --protocol emodb7 calls >/dev/null &&
    mien-annotate import -p calls --dataset emodb emodb >/dev/null 2>&1 &&
    mien-annotate annotator add -p calls ann || exit 99
run mien-annotate assign -p calls --gold 0.1 --gold-from gone
check "gold from what is no file and no filter is wrong usage" \
    test "$status" -eq 2
check "... and both are named" \
    says "$err" '"gone" is neither a filter, such as emotion=anger,sadness, nor a .csv file'

# A command that waits for its input, with nothing to put away.
mkfifo pipe
mien-eval agree pipe >"$tap_dir/out" 2>"$tap_dir/err" &
pid=$!
sleep 0.3
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
err=$tap_dir/err
check "a command that is ended says so" says "$err" "mien-eval agree: interrupted"
check "... with status 4" test "$status" -eq 4
check "and nothing was printed" test ! -s "$tap_dir/out"
tap_done
