#!/bin/sh
# A project from its making to its export: init, import, annotator, assign,
# collect, bundle, status, export, log.
. "$srcdir/tests/support/tap.sh"
tap_folder

# Six clips in corpus/: 1.wav .. 6.wav.
"$builddir/tests/tui/make_bundle" x.mien ekman6 0.2 0.25 0.3 0.2 0.25 0.3 ||
    exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien
"$builddir/tests/tui/make_bundle" x.mien ekman6 0.4 || exit 99
mv 1.wav seventh.wav && rm x.mien

mode() {
    stat -c %a "$1"
}

# init
run mien-annotate init calls --protocol ekman6
check "init makes a project" test "$status" -eq 0
check "it says which protocol governs it" says "$out" "protocol ekman6 1.0"
check "the folder is the lead's only" test "$(mode calls)" = 700
check "... and so is mien.db" test "$(mode calls/mien.db)" = 600
check "... and so is people.db" test "$(mode calls/people.db)" = 600
run mien-annotate init calls --protocol ekman6
check "init never makes one over another" test "$status" -eq 3
check "... and says so" says "$err" "there is a project already"
run mien-annotate init other --protocol ekman7
check "an unknown protocol is bad input" test "$status" -eq 3
check "... and leaves nothing behind" test ! -e other/mien.db
run mien-annotate init other
check "init without a protocol is wrong usage" test "$status" -eq 2
run mien-annotate init corpus --protocol ekman6
check "no project among other files" test "$status" -eq 3
check "... with the mend" says "$err" "name a new or an empty folder"
check "... and nothing is made" test ! -e corpus/mien.db
run mien-annotate init seventh.wav --protocol ekman6
check "a file is no folder for a project" says "$err" \
    "seventh.wav: is a file; name a folder"
mkdir empty && : >empty/.keep
run mien-annotate init empty --protocol ekman6
check "an empty folder is, hidden files aside" test "$status" -eq 0

# Where the project is.
run mien-annotate status
check "without a project the mend is told" says "$err" "name one with -p"
check "... with status 3" test "$status" -eq 3
(cd calls/work 2>/dev/null || mkdir calls/work)
cd calls/work && run mien-annotate annotator list && cd ../..
check "the nearest folder upwards is the project" test "$status" -eq 0
MIEN_PROJECT=calls run mien-annotate annotator list
check "\$MIEN_PROJECT names it" test "$status" -eq 0
MIEN_PROJECT=nowhere run mien-annotate annotator list -p calls
check "-p goes before it" test "$status" -eq 0
MIEN_PROJECT=$tap_dir/calls
export MIEN_PROJECT

# import
run mien-annotate assign
check "nothing to judge is told with the mend" says "$err" "mien-annotate import"
run mien-annotate import corpus
check "a folder of media is imported" says "$out" "imported 6 items"
run mien-annotate import corpus
check "again, they are known" says "$out" "imported 0 items, 6 known already"
cp corpus/1.wav first.wav
cp seventh.wav corpus/7.wav
echo noise >corpus/8.wav
run mien-annotate import corpus
check "a broken file is left out, with status 1" test "$status" -eq 1
check "... and named" says "$err" "8.wav"
check "... the others are taken" says "$out" "imported 1 item, 6 known"
rm corpus/8.wav
cp corpus/2.wav corpus/1.wav
run mien-annotate import corpus
check "another medium under a known id is refused" test "$status" -eq 3
check "... with the mend" says "$err" 'give it an id of its own'
cp first.wav corpus/1.wav
mv corpus moved
run mien-annotate import moved
check "media that moved are found again" says "$out" "7 found in another place"
mv moved corpus
mien-annotate import corpus >/dev/null
cp seventh.wav again.wav
run mien-annotate import again.wav
check "a medium that is an item already is left out" says "$out" \
    "imported 0 items, 1 the same as another"
check "... and said" says "$err" \
    'mien-annotate import: again: left out, it is the same sound as "7"'
cat >segments.csv <<END
id,file,start,end,speaker,sex,age,emotion,session
s1,corpus/3.wav,0,0.1,zoltan,m,77,glumness,one
s2,corpus/3.wav,0.1,0.3,zoltan,m,77,glumness,two
END
run mien-annotate import segments.csv
check "a corpus table brings segments" says "$out" "imported 2 items"
check "demographics go to people.db" grep -q -a zoltan calls/people.db
check "... with what they are" \
    sh -c "grep -a -q 77 calls/people.db && ! grep -a -q sex calls/mien.db"
sed 's/0.3,/0.1,/' segments.csv >bad.csv
run mien-annotate import bad.csv
check "a segment that ends too early is named by its line" \
    says "$err" 'bad.csv:3: column "end" is "0.1"'
sed 's/^s1/t1/; s/0.3,/99,/' segments.csv >bad.csv
run mien-annotate import bad.csv
check "a segment beyond the end of its medium is refused" test "$status" -eq 3
check "... by its line, with the medium's length" says "$err" \
    'bad.csv:3: column "end" is "99", beyond the end of corpus/3.wav, which is 0.300 s long'
sed 's/^s1/t1/; s/0.3,/abc,/' segments.csv >bad.csv
run mien-annotate import bad.csv
check "a faulty table is imported not at all" test "$status" -eq 3
run mien-annotate import nowhere
check "what is not there is bad input" test "$status" -eq 3

# annotator
run mien-annotate assign
check "nobody to judge is told with the mend" says "$err" "annotator add"
run mien-annotate annotator add anna --name "Anna Schmidt"
check "somebody is let in" test "$status" -eq 0
check "her name is in people.db" grep -q -a Schmidt calls/people.db
check "... and nowhere else" not grep -q -a Schmidt calls/mien.db
mien-annotate annotator add ben cleo
run mien-annotate annotator add anna
check "nobody is let in twice" says "$err" '"anna" works here already'
run mien-annotate annotator add ../anna
check "an alias is no path" test "$status" -eq 2
mien-annotate annotator retire cleo
run mien-annotate annotator list --format csv
check "list tells who works here" says "$out" "anna,"
check "... and who retired" grep -q 'cleo,[0-9-]*,[0-9-]*,0,0' "$out"

# assign
run mien-annotate assign --per-item 3
check "more annotators than there are is refused" test "$status" -ne 0
run mien-annotate assign --per-item 2 --repeat 0.25 --seed 5 --dry-run \
    --format csv
cp "$out" dry
check "a dry run makes nothing" test ! -e calls/work/anna/1.mien
run mien-annotate assign --per-item 2 --repeat 0.25 --seed 5 --format csv
check "work is handed out as the dry run said" cmp -s "$out" dry
check "... all nine to both, with repeats" says "$out" "anna,1,9,2"
check "the retired get none" not grep -q cleo "$out"
check "the bundle is the annotator's and lead's only" \
    test "$(mode calls/work/anna/1.mien)" = 600
run mien-annotate assign --per-item 2
check "what was handed out is not handed out again" \
    says "$err" "nothing was handed out"
check "... without a table of nothing" silent "$out"
bundle=calls/work/anna/1.mien
for word in zoltan glumness Schmidt repeat gold; do
    check "a bundle does not hold \"$word\"" not grep -a -q $word $bundle
done

# Who labels.
printf 'Enter\nEnter\nEnter\na\n3\n4\ntick 1000000\nskip\n1\n' >script
run mien-annotate label --script script --headless 80x24
check "without an alias the ways to give one are told" \
    says "$err" "give your alias with --as"
MIEN_USER=anna run mien-annotate label --script script --headless 80x24
check "\$MIEN_USER is the alias" says "$out" "emotion anger"
check "... nobody but her is labelling" not test -e calls/work/ben/1.mien-wal
run mien-annotate label --as dora --script script --headless 80x24
check "one without work is told so" says "$err" 'no work was handed out to "dora"'

# status, export
run mien-annotate status
check "status fits a screen of 80 columns" \
    test "$(wc -L <"$out")" -le 80
run mien-annotate status --format json
check "status counts what is done" grep -A3 '"anna"' "$out"
check "... and what was skipped" grep -q '"skipped": 1' "$out"
run mien-annotate export -o labels.csv
check "export writes a table" test "$status" -eq 0
check "its first columns are what agree reads" \
    says labels.csv "item,annotator,value,question,"
check "answers are there, with intensity" \
    grep -q '^[^,]*,anna,anger,emotion,,3,' labels.csv
check "numbers are numbers" grep -q '^[^,]*,anna,4,confidence,' labels.csv
check "a skipped entry is a reserved answer" \
    grep -q ',anna,@[a-z_]*,emotion,' labels.csv
check "no reference label is among them" not grep -q glumness labels.csv
mien-annotate export >again.csv
check "the same labels give the same bytes" cmp -s labels.csv again.csv
run mien-annotate export --as-format jsonl
check "JSON lines have the same rows" test "$(wc -l <"$out")" -eq \
    "$(($(wc -l <labels.csv) - 1))"
check "... with typed values" grep -q '"value":4,"question":"confidence"' "$out"
run mien-annotate export --as-format xml
check "an unknown format is wrong usage" test "$status" -eq 2

# bundle and collect
mv corpus corpus.away
run mien-annotate bundle ben -o away.mien --with-media
check "a bundle whose media are missing is not handed out" test "$status" -eq 3
check "... nor a part of it" test ! -e away.media
check "... and the mend is one that there is" \
    says "$err" "is missing: put it back there"
mv corpus.away corpus
run mien-annotate bundle ben -o away.mien --with-media
check "a bundle is handed out with its media, each once" says "$out" "with 4 media"
check "its media have random names" \
    test "$(ls away.media | grep -c '^[0-9a-f]\{16\}\.wav$')" -eq 4
check "no file name is left in it" not grep -a -q corpus/ away.mien
run mien-annotate bundle ben -o away.mien
check "a bundle is never made over a file" test "$status" -eq 3
mkdir elsewhere && mv away.* elsewhere/
run mien-annotate label elsewhere/away.mien --script script --headless 80x24
check "it is worked on anywhere" says "$out" "emotion anger"
run mien-annotate collect elsewhere/away.mien --format csv
check "and comes home" test "$status" -eq 0
check "... once" test "$(mien-annotate collect elsewhere/away.mien \
    --format csv | tail -n 1)" = "3,0,0,0,0"
cp elsewhere/away.mien elsewhere/copy.mien
mien-annotate label elsewhere/away.mien --script script --headless 80x24 \
    >/dev/null
mien-annotate label elsewhere/copy.mien --script script --headless 80x24 \
    --media elsewhere/away.media >/dev/null
run mien-annotate collect elsewhere/away.mien elsewhere/copy.mien
check "a bundle continued twice is kept and named" \
    says "$err" "ben/1 was continued in 2 places"
cp corpus/1.wav stranger.mien
run mien-annotate collect stranger.mien
check "what is no bundle is refused" says "$err" "is no mien file"

# log
run mien-annotate log verify
check "the record verifies" test "$status" -eq 0
check "... and says how much there is" grep -q '[0-9]* events, 0 payloads' "$out"
sed -i 's/"value":"anger"/"value":"angst"/' calls/mien.db
run mien-annotate log verify
check "what was changed is found, with status 1" test "$status" -eq 1
check "... and named" says "$out" "its payload was changed"
tap_done
