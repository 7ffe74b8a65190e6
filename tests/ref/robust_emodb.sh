#!/bin/sh
# The sets egemaps and mien on the same speech at 22.05 kHz between zeros: over
# the 88 columns of the reference implementation the median correlation between
# such files and the plain ones was .85 (shared/research/egemaps.md).
. "$srcdir/tests/support/tap.sh"
need_shared data/emodb/audio
tap_folder

run mien-eval corpus --dataset emodb "$shared/data/emodb" -o corpus.csv
check "EmoDB is read" test "$status" -eq 0

# field CONDITION NUMBER - of the summary.
field() {
    awk -F, -v c="$1" -v n="$2" '$1 == c { print $n }' summary
}
# least CONDITION NUMBER WANTED
least() {
    echo "$(field "$1" "$2") is not $3"
    awk -v x="$(field "$1" "$2")" -v y="$3" 'BEGIN { exit !(x >= y) }'
}

for set in egemaps mien; do
    run mien-eval extract corpus.csv --set $set --check-robust \
        --only text_code=a04 --only speaker=03,08,11,14,16 --format csv
    check "$set: in all conditions" test "$status" -eq 0
    cp "$out" summary
    check "$set: at 22.05 kHz between zeros the median r is over .98" \
        least rate-22050-padded 3 0.98
    check "$set: and nine of ten columns are over .95" \
        least rate-22050-padded 4 0.95
    check "$set: zeros alone change nothing" least padded 8 0.9999
    check "$set: nor does the level" least gain-6 4 0.9999
    check "$set: frames that begin elsewhere change little" \
        least shifted 3 0.96
    check "$set: MP3 changes little" least mp3-64 3 0.97
done
tap_done
