#!/bin/sh
# mien-eval extract, killed: what was done is used again, and the table is the
# same byte for byte.
. "$srcdir/tests/support/tap.sh"
tap_folder

tone=$builddir/tests/support/tone
"$tone" long.wav 16000 1 20 150 0.3
{
    echo "id,file,start,end"
    awk 'BEGIN { for (i = 0; i < 40; i++)
        printf "s%d,long.wav,%.1f,%.1f\n", i, i / 4, i / 4 + 8 }'
} >corpus.csv

# extract JOBS FOLDER OUTPUT
extract() {
    mien-eval extract corpus.csv --set egemaps --trim-silence --cache "$2" \
        -j "$1" -o "$3"
}

run extract 1 whole whole.csv
check "a whole run" says "$out" "40 items"
entries() {
    find "$1" -type f 2>/dev/null | wc -l
}
for turn in 1 2 3; do
    before=$(entries kept)
    extract 2 kept kept.csv >/dev/null 2>&1 &
    child=$!
    tries=0
    while [ "$(entries kept)" -lt $((before + 5)) ] && [ $tries -lt 3000 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    kill -9 $child
    wait $child 2>/dev/null
    check "kill -9, turn $turn: no table stands there" test ! -e kept.csv
done
run extract 2 kept kept.csv
check "the next run begins with what was done" \
    test "$(sed 's/.*; \([0-9]*\) from the cache/\1/' "$out")" -ge 15
check "and makes the same table" cmp whole.csv kept.csv
check "with the same account" cmp whole.changes.csv kept.changes.csv
check "nothing else lies beside them" test "$(ls | grep -c '^kept')" -eq 3
run extract 1 kept again.csv
check "another run takes all from the cache" says "$out" "; 40 from the cache"
check "the same" cmp whole.csv again.csv
tap_done
