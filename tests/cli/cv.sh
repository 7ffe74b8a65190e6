# cv - cross-validation from the command line, on a small seeded table.
. "$srcdir/tests/support/tap.sh"
tap_folder

# corpus SPEAKERS - items of three classes; the features know the class a
# little, and each speaker has a voice of its own.  Fixed seed.
make_tables() {
    awk -v speakers="$1" 'BEGIN {
        seed = 42
        split("anger neutral sadness", class, " ")
        print "id,file,speaker,sex,text,emotion,valence" >"corpus.csv"
        print "id,f0,rate,level,noise" >"f.csv"
        for (s = 1; s <= speakers; s++) {
            voice = 3 * rnd()
            for (i = 1; i <= 12; i++) {
                k = i % 3 + 1
                id = sprintf("s%02d-%02d", s, i)
                printf "%s,%s.wav,s%02d,%s,some words,%s,%.3f\n", id, id, s, \
                    s % 2 ? "f" : "m", class[k], k + rnd() >"corpus.csv"
                printf "%s,%.5f,%.5f,%.5f,%.5f\n", id, voice + 2 * k * rnd(), \
                    (k == 2) + rnd(), voice + k + rnd(), rnd() >"f.csv"
            }
        }
    }
    function rnd() {
        seed = (seed * 1103515245 + 12345) % 2147483648
        return seed / 2147483648
    }'
}
make_tables 8

# cv ARGUMENT... - the usual corpus, features and target.
cv() {
    run mien-eval cv corpus.csv --features f.csv --target emotion "$@"
}

# same_run A B - all but the timing is byte for byte the same.
same_run() {
    cmp "$1/predictions.csv" "$2/predictions.csv" &&
        cmp "$1/metrics.json" "$2/metrics.json" &&
        cmp "$1/run.json" "$2/run.json"
}

# nothing_of NAME - no folder of that name, nor a temporary one.
nothing_of() {
    [ ! -e "$1" ] && [ -z "$(find . -maxdepth 1 -name ".$1.*")" ]
}

cv -o plain
check "a run exits with 0" test "$status" -eq 0
check "it says the score" says "$out" "UAR "
check "it says nothing on stderr" silent "$err"
check "it says where the run is" says "$out" "written to plain"
for file in predictions.csv metrics.json run.json timing.json; do
    check "the run has $file" test -s "plain/$file"
done
check "nothing else is left" nothing_of elsewhere
check "no hidden folder stays" test -z "$(find . -maxdepth 1 -name '.plain*')"
check "predictions hold every item once" \
    test "$(grep -v '^#' plain/predictions.csv | tail -n +2 | cut -d, -f1 |
        sort -u | wc -l)" -eq 96
check "sex goes along, the text does not" \
    test "$(sed -n 2p plain/predictions.csv)" = \
    id,truth,predicted,fold,speaker,sex,valence
check "each speaker is one fold" \
    awk -F, '!/^#/ && $1 != "id" && $4 != $5 { bad = 1 } END { exit bad }' \
    plain/predictions.csv

# The confusion matrix by another route: awk on predictions.csv.
cv -o confused --by sex
check "the summary has each group" \
    test "$(sed -n '/^sex = /{N;s/\n//;p;}' "$out" |
        grep -c '^sex = [fm]: 48 items, 4 speakers  UAR  .*\[')" -eq 2
awk -F, '!/^#/ && $1 != "id" { n[$2 " " $3]++; label[$2]; label[$3] }
    END { for (t in label) for (p in label) print t, p, n[t " " p] + 0 }' \
    confused/predictions.csv | sort >by_awk
# The first "labels" and the first "confusion" are those of all items.
awk '/"labels": \[/ && !n { list = "labels"; next }
    /"confusion": \[/ && !m { list = "counts"; next }
    list == "labels" && /\]/ { list = "" }
    list == "labels" { gsub(/[ ",]/, ""); label[n++] = $0 }
    list == "counts" && /[0-9]/ { gsub(/[ ,]/, ""); value[m++] = $0 }
    m == n * n { list = "" }
    END { for (t = 0; t < n; t++) for (p = 0; p < n; p++)
        print label[t], label[p], value[t * n + p] }' \
    confused/metrics.json | sort >by_mien
check "awk finds nine cells" test "$(wc -l <by_awk)" -eq 9
check "awk counts the confusion matrix of metrics.json" cmp by_awk by_mien

# The same bytes with any number of jobs, and with the same seed.
cv --param C=0.01,0.1,1 --folds 4 --shuffle --seed 7 --jobs 1 -o one
cv --param C=0.01,0.1,1 --folds 4 --shuffle --seed 7 --jobs 2 -o two
cv --param C=0.01,0.1,1 --folds 4 --shuffle --seed 7 --jobs 5 -o five
check "two jobs give the bytes of one" same_run one two
check "five jobs give the bytes of one" same_run one five
cv --param C=0.01,0.1,1 --folds 4 --shuffle --seed 8 -o other
check "another seed shuffles otherwise" \
    not cmp -s one/predictions.csv other/predictions.csv
check "the choice of C is kept" says one/run.json '"search"'

# Repeating a run.
run mien-eval cv --from one/run.json -o again
check "--from repeats a run" test "$status" -eq 0
check "--from gives the same bytes" same_run one again
mkdir deep
(cd deep && mien-eval cv --from ../one -o again >/dev/null)
check "--from works from another folder, and with the folder's name" \
    cmp one/predictions.csv deep/again/predictions.csv
run mien-eval cv --from one/run.json --seed 3 -o no
check "--from with other settings is refused" test "$status" -eq 2
check "nothing is left of it" nothing_of no
cp f.csv kept.csv
echo "s99-01,1,1,1,1" >>f.csv
run mien-eval cv --from one/run.json -o no
check "--from on a changed input is refused" test "$status" -eq 3
check "it names the input" says "$err" "f.csv is not what it was when one/run.json"
check "and leaves nothing" nothing_of no
cv -o foreign
check "features of unknown items are reported" \
    says "$err" '1 of 97 rows of "f" are about items that the corpus table'
check "and in run.json" says foreign/run.json '"rows_of_unknown_items": 1'
cp kept.csv f.csv

# An earlier run is not overwritten by chance.
cv -o plain
check "an earlier run is refused" test "$status" -eq 3
check "with the way out" says "$err" "replace it with --force"
cv --folds 4 -o plain --force
check "--force replaces it" test "$status" -eq 0
check "by the new one" says plain/run.json '"folds": "4"'
check "and cleans up" test -z "$(find . -maxdepth 1 -name '.plain*')"
echo mine >plain/notes.txt
cv -o plain --force
check "--force spares a folder with foreign files" test "$status" -eq 3
check "and names one" says "$err" "notes.txt"
check "it is still there" test -s plain/notes.txt
cv -o deep --force
check "--force does not replace what is no run" test "$status" -eq 3
cv -o nowhere/run
check "a missing parent folder is said before the work" \
    says "$err" "the folder nowhere does not exist"
cv -o slashed//
check "a name that ends in slashes is taken" test -s slashed/run.json
mkdir empty
cv -o empty
check "an empty folder is filled" test -s empty/run.json

# A class that a training part lacks.
awk -F, 'BEGIN { OFS = "," } $3 == "s03" && $6 == "sadness" { $6 = "fear" }
    { print }' corpus.csv >lacking.csv
run mien-eval cv lacking.csv --features f.csv --target emotion -o lacks
check "a class missing in training does not stop a run" test "$status" -eq 0
check "it is said" says "$err" 'fold "s03": its training part has no item of fear'
check "it is in run.json" \
    grep -q '"classes_missing_in_training": \[$' lacks/run.json
check "only in that fold" test "$(grep -c '^ *"fear"$' lacks/run.json)" -eq 1

# Folds with one class in training.
awk -F, 'BEGIN { OFS = "," } NR > 1 { $6 = $3 == "s01" ? "anger" : "neutral" }
    { print }' corpus.csv >alone.csv
run mien-eval cv alone.csv --features f.csv --target emotion -o no
check "a fold with one class in training is an error" test "$status" -eq 3
check "that is explained" says "$err" \
    'fold "s01": all of its 84 training items are "neutral"'
check "and leaves nothing" nothing_of no

# Missing cells, absent rows, missing targets.
awk -F, 'BEGIN { OFS = "," } NR == 3 { $2 = "" } NR == 4 { $3 = "" }
    NR == 5 { $2 = $3 = $4 = $5 = "" } NR != 6 { print }' f.csv >gaps.csv
awk -F, 'BEGIN { OFS = "," } NR == 10 { $6 = "" } { print }' \
    corpus.csv >unlabelled.csv
run mien-eval cv unlabelled.csv --features gaps.csv --target emotion -o gaps
check "gaps do not stop a run" test "$status" -eq 0
check "filled cells are said" says "$out" "2 of 372 cells had no value"
check "absent items are said" \
    says "$err" '2 of 95 items have no features in "gaps" and are left out'
check "unlabelled ones are said" \
    says "$err" '1 of 96 items have no target and are left out'
check "run.json counts the filled cells" says gaps/run.json '"cells_missing": 2'
check "run.json counts the absent" says gaps/run.json '"items_absent": 2'
check "93 items remain" \
    test "$(grep -vc '^#' gaps/predictions.csv)" -eq 94

# Two modalities.
cut -d, -f1,2,3 f.csv >a.csv
cut -d, -f1,4,5 f.csv >b.csv
run mien-eval cv corpus.csv --features voice=a.csv --features b.csv \
    --target emotion -o two_tables
cv -o whole
cp "$out" whole_out
check "two tables are joined as one" \
    cmp two_tables/predictions.csv whole/predictions.csv
run mien-eval cv corpus.csv --features x=a.csv --features x=b.csv \
    --target emotion -o no
check "two tables of one name are refused" test "$status" -eq 2

# Normalising by speaker is labelled wherever a score stands.
cp whole_out global_run
cv --normalize speaker -o speaker
check "speaker is transductive on the screen" says "$out" "transductive"
check "and in run.json" says speaker/run.json '"transductive": true'
check "and in metrics.json" says speaker/metrics.json '"transductive": true'
check "and in predictions.csv" says speaker/predictions.csv "transductive"
check "the global score stands beside it" \
    says "$out" "beside it, with global z-scores"
check "and it is that of the global run" test \
    "$(grep '^UAR  ' "$out" | tail -n 1)" = "$(grep '^UAR  ' global_run)"
check "and in run.json" says speaker/run.json '"global_beside"'
cv --normalize enrol:2 -o enrol
check "enrolled items are not scored" \
    test "$(grep -vc '^#' enrol/predictions.csv)" -eq 81
check "the first two of each speaker" \
    not grep -q -e '^s..-01,' -e '^s..-02,' enrol/predictions.csv
check "and counted" says enrol/run.json '"spent_on_enrolment": 16'
cv --normalize neutral-enrol:1 -o neutral
check "neutral items are enrolled" \
    test "$(grep -c ',neutral,' enrol/predictions.csv)" -gt 0
check "one of each speaker" \
    test "$(grep -vc '^#' neutral/predictions.csv)" -eq 89
awk '/^#/ { next } !head++ { print $0 ",room"; next }
    { print $0 "," NR % 2 }' corpus.csv > rooms.csv
run mien-eval cv rooms.csv --features f.csv --target emotion \
    --normalize speaker --normalize-by room --spread mad -o rooms
check "items are normalised by another column, robustly" test "$status" -eq 0
check "which the screen says" says "$out" "speaker, by room, median and mad"
check "and run.json" says rooms/run.json '"normalize_by": "room"'
check "the scores are other ones" \
    not cmp -s rooms/predictions.csv speaker/predictions.csv
run mien-eval cv rooms.csv --features f.csv --target emotion \
    --normalize enrol:3 --normalize-by room -o rooms_enrol
check "three of each of two rooms are enrolled" \
    says rooms_enrol/run.json '"spent_on_enrolment": 6'
check "and not scored" test "$(grep -vc '^#' rooms_enrol/predictions.csv)" \
    -eq "$(($(grep -vc '^#' rooms/predictions.csv) - 6))"
run mien-eval cv --from rooms -o rooms_again
check "and come again from the record" \
    cmp rooms/predictions.csv rooms_again/predictions.csv
run mien-eval cv corpus.csv --features f.csv --target emotion \
    --cascade unit -o tamed
check "outliers are tamed" says "$out" "normalization: global, then unit"
check "which changes the scores" \
    not cmp -s tamed/predictions.csv speaker/predictions.csv
run mien-eval cv --from tamed -o tamed_again
check "and comes again from the record" \
    cmp tamed/predictions.csv tamed_again/predictions.csv
awk '/^#/ { next } !head++ { print "id,speaker,emotion,words"; next }
    { split($0, cell, ","); n++; print "w" n ",s" n % 5 "," \
        (n % 2 ? "joy,what a lovely day" : "fear,the day was dark") \
        (n % 7 ? "" : " only once" n) }' corpus.csv > words.csv
run mien-eval cv words.csv --text words --target emotion -o words
check "words alone can be features" test "$status" -eq 0
check "which the screen says" says "$out" "words: tf-idf"
check "and tell what they tell" says "$out" "UAR              1.0000"
run mien-eval cv --from words -o words_again
check "and come again from the record" \
    cmp words/predictions.csv words_again/predictions.csv
sed 's/,the day was dark.*/,/' words.csv > wordless.csv
run mien-eval cv wordless.csv --text words --target emotion -o no
check "items without words are left out, here a whole class" \
    test "$status" -eq 3
run mien-eval cv words.csv --text none --target emotion -o no
check "a column of words that is not there is named" says "$err" "none"
cv --text emotion --text-terms 9 -o both
check "words stand beside features" test "$status" -eq 0
cv --normalize-by sex -o no
check "a column to normalise by wants speaker or enrol" test "$status" -eq 2
cv --normalize neutral-enrol:1 --neutral calm -o no
check "an unknown neutral label is refused" says "$err" '"calm"'

# logo, groups, and the guard.
cv --folds logo:sex -o sexes
check "logo leaves one value out" \
    test "$(grep -v '^#' sexes/predictions.csv | cut -d, -f4 | sort -u |
        tr '\n' ' ')" = "f fold m "
awk -F, 'BEGIN { OFS = "," } { print $0, NR == 1 ? "take" : "t" NR % 4 }' \
    corpus.csv >takes.csv
run mien-eval cv takes.csv --features f.csv --target emotion --folds logo:take \
    -o takes
check "speakers on both sides are said" \
    says "$err" "not speaker-independent: 4 of 4 folds test speakers"
check "and in run.json" says takes/run.json '"speaker_independent": false'
check "other runs are speaker-independent" \
    says whole/run.json '"speaker_independent": true'
run mien-eval cv takes.csv --features f.csv --target emotion --folds logo:take \
    --group speaker -o no
check "logo and --group contradict each other" test "$status" -eq 2

# Numbers.
cv --model logreg -o logreg
check "logreg writes probabilities" \
    grep -q 'score:anger,score:neutral,score:sadness' logreg/predictions.csv
run mien-eval cv corpus.csv --features f.csv --target valence -o no
check "a target of numbers is not taken for classes" test "$status" -eq 3
check "with the way out" says "$err" "--model svr predicts numbers"
run mien-eval cv corpus.csv --features f.csv --target valence --model svr \
    --param C=0.01,1 --folds 4 -o svr
check "svr predicts them" test "$status" -eq 0
check "and is scored by CCC" says "$out" "CCC"
check "its table says so" says svr/predictions.csv "# task: regress"

# Wrong words.
cv --target feeling -o no
check "an unknown column is bad input" test "$status" -eq 3
check "named with the ones there are" says "$err" 'emotion'
cv --by sexx -o no
check "an unknown --by column is said before the work" says "$err" "sexx"
cv --folds 9 -o no
check "more folds than speakers is bad input" test "$status" -eq 3
check "with both numbers" says "$err" "9 folds need at least 9"
cv --param D=1 -o no
check "an unknown parameter is a usage error" test "$status" -eq 2
check "named with the ones there are" says "$err" "it has: C, eps"
cv --param C=0 -o no
check "C must be above 0" says "$err" 'C is "0", expected a number above 0'
cv --model forest -o no
check "an unknown model is a usage error" test "$status" -eq 2
cv --folds many -o no
check "unknown folds are a usage error" test "$status" -eq 2
run mien-eval cv corpus.csv --target emotion -o no
check "features are needed" test "$status" -eq 2
run mien-eval cv
check "all that is missing is named at once, in order" says "$err" \
    "mien-eval cv: still needed: the corpus table, --features FILE (once for each modality) or --text COL, --target COL (what is predicted), --output RUN (the folder that is made)"
run mien-eval cv -h
check "-h is --help for a command" says "$out" "Usage: mien-eval cv"
check "... with status 0" test "$status" -eq 0
run mien-eval -h
check "... and for the program" says "$out" "Usage: mien-eval COMMAND"
cv
check "a run folder is needed" test "$status" -eq 2
sed 's/^s02-01,/s01-01,/' corpus.csv >twice.csv
run mien-eval cv twice.csv --features f.csv --target emotion -o no
check "an id that stands twice is named with its line" \
    says "$err" 'twice.csv:14: column "id" is "s01-01", the same id'
sed 's/^s/x/' f.csv >others.csv
run mien-eval cv corpus.csv --features others.csv --target emotion -o no
check "ids that never meet are bad input" says "$err" "do not meet"
awk -F, 'BEGIN { OFS = "," } NR == 7 { $3 = "" } { print }' corpus.csv >mute.csv
run mien-eval cv mute.csv --features f.csv --target emotion -o no
check "an item without a speaker is named with its line" \
    says "$err" 'mute.csv:7: column "speaker"'
check "none of them left anything" nothing_of no

# Ctrl-C leaves nothing.
make_tables 60
mien-eval cv corpus.csv --features f.csv --target emotion --folds loso \
    --param C=0.0001,0.001,0.01,0.1,1,10,100,1000,10000,100000 \
    --param eps=1e-9,1e-8,1e-7 -o no >/dev/null 2>"$tap_dir/err" &
pid=$!
sleep 0.5
kill -INT "$pid"
wait "$pid"
status=$?
check "an interrupted run exits with 4" test "$status" -eq 4
check "and leaves nothing" nothing_of no
# A mark for "missing" such as the largest double: its square is infinite.
awk -F, -v OFS=, 'NR > 1 && NR < 20 { $4 = "1.797e308" } { print }' f.csv \
    >marks.csv
run mien-eval cv corpus.csv --features marks.csv --target emotion -o marks
check "a feature too large to square is refused" test "$status" -eq 3
check "with its place and the mend" \
    says "$err" 'marks.csv:2: column "level" is "1.797e308", larger than 1e30'
mkfifo pipe.csv
run mien-eval cv corpus.csv --features pipe.csv --target emotion -o piped
check "a pipe is refused, not waited for" test "$status" -eq 3
check "with the mend" says "$err" "write this to a file first"
tap_done
