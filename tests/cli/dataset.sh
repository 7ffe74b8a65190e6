#!/bin/sh
# mien-annotate dataset: descriptors, and corpora held against them.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/support/synth" corpus 1 || exit 99

run mien-annotate dataset list --format csv
check "list names the shipped ones" test \
    "$(cut -d, -f1 out | tr '\n' ' ')" = "name crema-d emodb goemotions meld ravdess "
run mien-annotate dataset show emodb
check "show says under which licence" says out "licence          CC0-1.0"
check "... and what to expect" says out "items            535"
run mien-annotate dataset show emodb --format json
check "show --format json is the file itself" \
    cmp out "$srcdir/datasets/emodb.json"
run mien-annotate dataset check emodb ravdess
check "a missing folder is an error" test "$status" -eq 3
for name in emodb ravdess crema-d; do
    run mien-annotate dataset check $name
    check "$name is without fault" test "$status" -eq 0
    check "... and says so" says out "$name: no faults"
done

run mien-annotate dataset check emodb corpus --format csv
check "counts that differ warn" test "$status" -eq 0
check "... with what was expected and found" says out "items,,differs,535,40"
check "... and on stderr" says err "counts differ"
check "media are opened" says out "media,,whole,40,40"

# Damage: an empty file, one that is no sound, one that breaks off.
: >corpus/wav/03a01Wa.wav
run mien-annotate dataset check emodb corpus --format csv
check "an empty medium is damage" test "$status" -eq 1
check "... and named" says out "medium,wav/03a01Wa.wav,"
check "the others are whole" says out "media,,damaged,40,39"
echo "<html>404 Not Found</html>" >corpus/wav/03a01Wa.wav
run mien-annotate dataset check emodb corpus
check "a page instead of sound is damage" test "$status" -eq 1
head -c 3000 corpus/wav/03a01Fa.wav >corpus/wav/03a01Wa.wav
run mien-annotate dataset check emodb corpus --decode --jobs 1 --format csv
check "a medium that breaks off is damage" test "$status" -eq 1
run mien-annotate dataset check emodb corpus --decode --jobs 2 --format csv
mv out out2
run mien-annotate dataset check emodb corpus --decode --jobs 1 --format csv
check "--jobs does not change what is said" cmp out out2

printf '{"mien": 1, "name": "x", "files": [], "id": "{who}"}' >my.json
run mien-annotate dataset check my.json
check "a faulty descriptor is told from a sound one" test "$status" -eq 1
check "the fault is named" says out "my.json: files: is missing or empty"
printf '{' >my.json
run mien-annotate dataset check my.json
check "what is no JSON cannot be read" test "$status" -eq 3
run mien-annotate dataset chek emodb
check "a mistyped command gets the nearest" says err 'did you mean "check"?'
run mien-annotate dataset
check "dataset alone is wrong use" test "$status" -eq 2

tap_done
