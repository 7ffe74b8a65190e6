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
check "one who is steady agrees with herself" grep -q "^anna,.*,$asked,1," \
    status.csv
check "one who is not, does not" grep -q "^ben,.*,$asked,0\.[0-9]*," status.csv
run mien-annotate label --as anna --script steady --headless 80x24
check "when all is done, that is said" says "$out" 'all the work of "anna" is done'
check "... as no failure" test "$status" -eq 0
check "... with the way to revise" says "$out" "mien-annotate label $(pwd)/calls/work/anna/"
run mien-annotate export
check "repeats are marked in the export" \
    test "$(grep -c ',repeat,' "$out")" -eq $((2 * asked))
check "items have their own ids again" grep -q '^08a01' "$out"

# Two corpora whose file names are their labels, with all that could give a
# label away: hidden gold, repeats, practice whose answers travel along.
cat >both.json <<'END'
{"mien": 1, "name": "both", "version": "1.0", "instructions": "Listen.",
 "questions": [{"id": "feeling", "type": "choice", "text": "Which?",
   "options": [{"value": "cross", "key": "c"}, {"value": "glad", "key": "g"},
               {"value": "low", "key": "l"}, {"value": "even", "key": "e"}]}],
 "qualification": {"practice": 4, "gold_min": 0,
   "reference": {"feeling": {"attribute": "emotion", "values": {
     "anger": "cross", "angry": "cross", "happiness": "glad", "happy": "glad",
     "sadness": "low", "sad": "low", "neutral": "even"}}}}}
END
unset MIEN_PROJECT
mien-annotate init both --protocol both.json >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/both
export MIEN_PROJECT
mien-annotate import --dataset emodb --only speaker=03 "$shared/data/emodb" \
    >/dev/null 2>&1 || exit 99
mien-annotate import --dataset ravdess --only speaker=01,02,08,12 \
    "$shared/data/ravdess" >/dev/null 2>&1
mien-annotate annotator add cleo
run mien-annotate assign --gold 0.2 --repeat 0.2 --format csv
cp "$out" both.csv
check "both corpora are handed out, with gold and practice" \
    grep -q '^cleo,1,[1-9][0-9]*,[1-9][0-9]*,[1-9][0-9]*,4,0$' both.csv
run mien-annotate bundle cleo -o cleo.mien --with-media
emodb_name='[01][0-9][ab][0-9][0-9][WLEAFTN][a-f]'
ravdess_name='03-01-0[1-8]-0[12]-0[12]-0[12]-[0-9][0-9]'
check "no name of either corpus is in the bundle that is taken away" \
    not grep -a -q -e "$emodb_name" -e "$ravdess_name" cleo.mien
check "... nor among its media" sh -c \
    "! ls cleo.media | grep -q -e '$emodb_name' -e '$ravdess_name'"
check "... nor inside of them" not grep -a -q -r -e "$emodb_name" \
    -e "$ravdess_name" -e emotion -e statement cleo.media
# What the protocol says is no leak; all else of the bundle is searched.
strip() {
    tr -d '\n' <both.json >flat
    tr -d '\n' <"$1" | python3 -c '
import sys
data = sys.stdin.buffer.read()
flat = open("flat", "rb").read()
sys.stdout.buffer.write(data.replace(flat, b""))'
}
strip cleo.mien >stripped
for word in gold repeat again Kids Dogs recognised natural female \
    angry happy sadness anger neutral statement; do
    check "... nor \"$word\"" not grep -a -q "$word" stripped
done
# Four answers of practice, each of them once, and no other.
run sh -c "grep -a -o 'feeling\(cross\|glad\|low\|even\)' stripped | sort | uniq -c"
check "the right answers in it are those of practice" \
    test "$(wc -l <"$out")" -eq 4
check "... and no others" test "$(awk '{ n += $1 } END { print n }' "$out")" -eq 4

# All screens of the whole work.
{
    printf 'Enter\nscreen\n'
    for _ in 1 2 3 4; do printf 'screen\nc\nscreen\nEnter\n'; done
    printf 'screen\nEnter\n'
    for _ in $(seq 400); do printf 'tick 3000000\nscreen\nroles\nc\n'; done
} >all
mien-annotate label cleo.mien --script all --headless 80x24 >screens 2>&1
check "all was judged" grep -q 'All items are done' screens
check "no screen has a file's name" not grep -q -e "$emodb_name" \
    -e "$ravdess_name" screens
check "... nor says gold or repeat" not grep -q -w -e gold -e repeat screens
check "only practice says what is right" test \
    "$(grep -c -e 'Right: ' -e 'Not as expected: ' screens)" -eq 4
mien-annotate label cleo.mien --export-mine >mine
check "her own record has no name of a file" not grep -q -e "$emodb_name" \
    -e "$ravdess_name" mine

# Every type of question, with references for those that are judged.
cat >types.json <<'END'
{"mien": 1, "name": "types", "version": "1.0", "instructions": "Listen.",
 "questions": [
  {"id": "feeling", "type": "choice", "text": "Which?",
   "options": [{"value": "cross", "key": "c"}, {"value": "low", "key": "l"},
               {"value": "even", "key": "e"}]},
  {"id": "strength", "type": "scale", "text": "How strong?", "min": 1, "max": 5},
  {"id": "affect", "type": "grid", "text": "Where?",
   "x": {"min": 1, "max": 9}, "y": {"min": 1, "max": 9}},
  {"id": "bursts", "type": "segments", "text": "When?", "none": {"key": "0"},
   "tiers": [{"id": "voice", "options": [{"value": "burst", "key": "b"}]}]},
  {"id": "course", "type": "trace", "text": "Now?", "required": false,
   "dimensions": [{"id": "calm"}]},
  {"id": "because", "type": "text", "text": "Why?", "required": false}],
 "show": ["waveform", "spectrogram", "tracks"], "advance": "key",
 "playback": {"must_hear_all": false},
 "qualification": {"practice": 2, "gold_min": 0, "reference": {
   "feeling": {"attribute": "emotion", "values": {"anger": "cross",
     "angry": "cross", "sadness": "low", "sad": "low", "neutral": "even"}},
   "strength": {"attribute": "natural_pct", "values": {"100": "5"}}}}}
END
unset MIEN_PROJECT
mien-annotate init types --protocol types.json >/dev/null 2>&1 || exit 99
MIEN_PROJECT=$tap_dir/types
export MIEN_PROJECT
mien-annotate import --dataset emodb --only speaker=03 \
    --only emotion=anger,neutral,sadness "$shared/data/emodb" >/dev/null 2>&1
mien-annotate import --dataset ravdess --only speaker=01 "$shared/data/ravdess" \
    >/dev/null 2>&1
mien-annotate annotator add dora
run mien-annotate assign --gold 0.2 --repeat 0.2 --format csv
check "all types are handed out, with gold, repeats and practice" \
    grep -q '^dora,1,[1-9][0-9]*,[1-9][0-9]*,[1-9][0-9]*,2,0$' "$out"
run mien-annotate bundle dora -o dora.mien --with-media
# A longer protocol lies in several pieces: it is taken out by its own door.
cp dora.mien stripped
python3 -c '
import sqlite3
db = sqlite3.connect("stripped", isolation_level=None)
db.execute("PRAGMA secure_delete = ON")
db.execute("UPDATE meta SET value = ? WHERE key = ?", ("", "protocol"))
db.execute("VACUUM")' || exit 99
check "no name of either corpus is in that bundle" not grep -a -q \
    -e "$emodb_name" -e "$ravdess_name" stripped
for word in gold repeat again natural_pct angry sadness anger neutral \
    statement; do
    check "... nor \"$word\"" not grep -a -q "$word" stripped
done
check "the right answers in it are those of practice" test "$(grep -a -o \
    'feeling\(cross\|low\|even\)' stripped | wc -l)" -le 2
{
    printf 'Enter\nscreen\n'
    for _ in $(seq 60); do
        printf 'tick 900000\nscreen\nc\n3\n5\n5\nb\ntick 200000\nb\n'
        printf 'Tab\nT\ntick 100000\nscreen\nsubmit\nscreen\nEnter\nscreen\n'
    done
} >all
mien-annotate label dora.mien --script all --headless 100x50 >screens 2>&1
check "items of all types were judged" grep -q 'All items are done' screens
check "no screen of them has a file's name" not grep -q -e "$emodb_name" \
    -e "$ravdess_name" screens
check "... nor says gold or repeat" not grep -q -w -e gold -e repeat screens

# Pairs of a corpus whose labels are known, some of them met once more.
cat >pairs.json <<'END'
{"mien": 1, "name": "pairs", "version": "1.0", "instructions": "Listen.",
 "unit": "pair",
 "questions": [{"id": "which", "type": "compare", "text": "Who is crosser?",
   "tie": true}]}
END
unset MIEN_PROJECT
mien-annotate init pairs --protocol pairs.json >/dev/null 2>&1 || exit 99
MIEN_PROJECT=$tap_dir/pairs
export MIEN_PROJECT
mien-annotate import --dataset emodb --only speaker=03 \
    --only emotion=anger,neutral "$shared/data/emodb" >/dev/null 2>&1
check "the pairs' project has the references" \
    grep -a -q recognised_pct pairs/mien.db
mien-annotate annotator add ella
run mien-annotate assign --partners 2 --repeat 0.3 --format csv
check "pairs are handed out, with repeats" \
    grep -q '^ella,1,[1-9][0-9]*,[1-9][0-9]*' "$out"
pairs=$(sed -n 's/^ella,1,\([0-9]*\),\([0-9]*\).*/\1 + \2/p' "$out")
run mien-annotate bundle ella -o ella.mien --with-media
check "no name of a file is in their bundle" not grep -a -q "$emodb_name" \
    ella.mien
check "... nor among its media or inside of them" sh -c \
    "! { ls ella.media; cat ella.media/*; } | grep -a -q '$emodb_name'"
for word in repeat swapped gold recognised natural emotion anger neutral \
    female statement; do
    check "... nor \"$word\"" not grep -a -q "$word" ella.mien
done
{
    printf 'Enter\nscreen\n'
    for _ in $(seq $((${pairs:-0} + 5))); do
        printf 'tick 9000000\nscreen\na\nscreen\nroles\nEnter\nscreen\n'
    done
} >all
mien-annotate label ella.mien --script all --headless 80x24 >screens 2>&1
check "all pairs were judged" grep -q 'All items are done' screens
check "no screen of them has a file's name" not grep -q "$emodb_name" screens
check "... nor says gold or repeat" not grep -q -w -e gold -e repeat screens
mien-annotate label ella.mien --export-mine >mine
check "her own record of pairs has no name of a file" not grep -q \
    "$emodb_name" mine
tap_done
