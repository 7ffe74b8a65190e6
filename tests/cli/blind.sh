#!/bin/sh
# A corpus whose file names are its labels, handed out blind, with repeats.
. "$srcdir/tests/support/tap.sh"
need_shared data/emodb/audio
tap_folder

mien-annotate init calls --protocol ekman6 >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/calls
export MIEN_PROJECT
run mien-annotate import --dataset emodb --only speaker=08 \
    --only emotion=anger,neutral "$shared/data/emodb"
check "a corpus is imported by its descriptor" test "$status" -eq 0
items=$(sed -n 's/imported \([0-9]*\) items.*/\1/p' "$out")
check "... the part of it that was asked for" test "$items" -gt 10
check "reference labels are in mien.db" \
    grep -a -q recognised_pct calls/mien.db
check "demographics are not" sh -c "! grep -a -q '[^a-z]sex' calls/mien.db"
check "they are in people.db" grep -a -q 'sexf' calls/people.db
check "... with what the speakers agreed to" grep -a -q consent calls/people.db

mien-annotate annotator add anna ben
run mien-annotate assign --per-item 2 --repeat 0.5 --format csv
check "work with repeats is handed out" \
    says "$out" "anna,1,$items,$(((items + 1) / 2))"
run mien-annotate bundle anna -o anna.mien --with-media
check "a bundle is taken away with its media" test "$status" -eq 0
check "no name of a file is in it" not grep -a -q '08[ab][0-9][0-9][A-Z][a-f]' \
    anna.mien
check "... nor beside it" sh -c \
    'test -z "$(ls anna.media | grep "08[ab][0-9][0-9][A-Z][a-f]")"'
for word in recognised_pct natural_pct emotion_code female repeat; do
    check "... nor \"$word\"" not grep -a -q "$word" calls/work/anna/1.mien
done

# anna hears the same each time; ben changes his mind now and then.
hear() {
    printf 'Enter\nEnter\nEnter\n'
    n=0
    while [ $n -lt $((items * 2)) ]; do
        n=$((n + 1))
        if [ "$1" = steady ] || [ $((n % 3)) -gt 0 ]; then
            printf 'a\n3\n4\ntick 9000000\n'
        else
            printf 'f\n2\n4\ntick 9000000\n'
        fi
    done
}
hear steady >steady
hear moody >moody
mien-annotate label --as anna --script steady --headless 80x24 >/dev/null
mien-annotate label --as ben --script moody --headless 80x24 >/dev/null
run mien-annotate status --format csv
cp "$out" status.csv
entries=$((items + (items + 1) / 2))
check "all entries are done" grep -q "^anna,1,$entries,$entries,0,0," status.csv
asked=$((2 * ((items + 1) / 2)))
check "one who is steady agrees with herself" grep -q "^anna,.*,$asked,1\$" \
    status.csv
check "one who is not, does not" grep -q "^ben,.*,$asked,0\.[0-9]*\$" status.csv
run mien-annotate label --as anna --script steady --headless 80x24
check "when all is done, that is said" says "$out" 'all the work of "anna" is done'
check "... as no failure" test "$status" -eq 0
check "... with the way to revise" says "$out" "mien-annotate label $(pwd)/calls/work/anna/"
run mien-annotate export
check "repeats are marked in the export" \
    test "$(grep -c ',repeat,' "$out")" -eq $((2 * asked))
check "items have their own ids again" grep -q '^08a01' "$out"
tap_done
