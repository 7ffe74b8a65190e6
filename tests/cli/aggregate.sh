# mien-eval aggregate: consensus labels as a user makes them.
. "$srcdir/tests/support/tap.sh"
tap_folder

# An export of two questions; dan is against everybody.
cat >export.csv <<'END'
item,annotator,value,question,sex
a1,ann,anger,emotion,f
a1,ben,anger,emotion,f
a1,cem,sadness,emotion,f
a2,ann,joy,emotion,m
a2,ben,anger,emotion,m
a3,ann,@cannot_tell,emotion,f
a3,ben,@technical_fault,emotion,f
a4,ann,joy,emotion,m
a4,ann,sadness,emotion,m
a4,ben,joy,emotion,m
a1,ann,3,arousal,f
a1,ben,4,arousal,f
a1,dan,1,arousal,f
a2,ann,1,arousal,m
a2,ben,2,arousal,m
a2,dan,5,arousal,m
a3,ann,2,arousal,f
a3,ben,2,arousal,f
a3,dan,4,arousal,f
a4,ann,5,arousal,m
a4,ben,4,arousal,m
a4,dan,2,arousal,m
END
emotion="--only question=emotion --target emotion"
arousal="--only question=arousal --target arousal"

# cell FILE ID COLUMN - one cell of a table of labels.
cell() {
    grep -v '^#' "$1" | awk -F, -v id="$2" -v column="$3" '
        NR == 1 { for (c = 1; c <= NF; c++) if ($c == column) at = c }
        $1 == id { print $at }'
}

run mien-eval aggregate export.csv --rule majority
check "questions are not mixed" says "$err" "--only question=..."
check "mixed questions: 3" test "$status" -eq 3

# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule majority $emotion --keep sex \
    --soft -o l.csv --weights w.csv
check "majority: 0" test "$status" -eq 0
check "majority: warns of nothing" silent "$err"
check "counts" says "$out" \
    "export.csv: majority, 4 items, 7 ratings of 3 annotators, 3 labels"
check "names reserved answers" says "$out" \
    "left out: 2 reserved answers (@cannot_tell 1, @technical_fault 1)"
check "names repeats" says "$out" "left out: 1 ratings of items that the same"
check "counts the states" says "$out" \
    "2 of 4 items decided; 1 tied; 1 without a rating"
check "a label" test "$(cell l.csv a1 emotion)" = anger
check "its share" test "$(cell l.csv a1 share)" = 0.6666666666666666
check "a tie has no label" test -z "$(cell l.csv a2 emotion)"
check "a tie is called one" test "$(cell l.csv a2 state)" = tie
check "a tie names its labels" test "$(cell l.csv a2 note)" = "anger|joy"
check "the first of repeats counts" test "$(cell l.csv a4 share)" = 1
check "an item of reserved answers is unrated" test \
    "$(cell l.csv a3 state)" = unrated
check "and says which" says l.csv \
    "only reserved answers: @cannot_tell 1, @technical_fault 1"
check "its soft label is missing" test -z "$(cell l.csv a3 emotion:joy)"
check "a soft label" test "$(cell l.csv a2 emotion:joy)" = 0.5
check "soft labels sum to 1" test "$(grep '^a[124]' l.csv | awk -F, '
    { sum = $8 + $9 + $10; if (sum > 0.999999 && sum < 1.000001) n++ }
    END { print n }')" = 3
check "an attribute is kept" test "$(cell l.csv a1 sex)" = f
check "the input's hash is noted" grep -q '^# input_sha256: [0-9a-f]\{64\}$' \
    l.csv
# ann: a1 anger (right), a2 joy (the first of the tie is anger), a4 joy.
check "agreement of an annotator" says w.csv "ann,3,0.6666666666666666,"

# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule majority $emotion --ties first
check "labels go to standard output" says "$out" "a2,anger,0.5,2,0,decided"
check "then the summary goes beside" says "$err" "1 of the items were tied"
check "a broken tie is named" says "$out" \
    "anger|joy tied, the first was taken"
# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule majority $emotion --min 0.7 \
    --min-ratings 2
check "--min leaves undecided" says "$out" \
    "a1,,0.6666666666666666,3,0,undecided,anger has 0.6666666666666666 only"
# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule majority $emotion --repeats all
check "--repeats all counts them" says "$out" "a4,joy,0.6666666666666666,3"

# Dan's r with the mean is negative; ann and ben alone are heard.
# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule ewe $arousal -o l.csv --weights w.csv
check "ewe: 0" test "$status" -eq 0
check "ewe names whom it does not hear" grep -q \
    '^weighs nothing: dan, r = -0' "$out"
check "ewe: weight 0" grep -q '^dan,4,0,-0[.].*negative, weighs nothing' w.csv
check "ewe: a3 is 2, whatever the weights" test "$(cell l.csv a3 arousal)" = 2
# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule mean $arousal --use-weights w.csv
check "weights are used again" test "$(grep '^a1,' "$out" | cut -d, -f2)" = \
    "$(cell l.csv a1 arousal)"
# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule median $arousal
check "median" says "$out" "a4,4,"
# shellcheck disable=SC2086
run mien-eval aggregate export.csv --rule mean $emotion
check "mean of labels: 3" test "$status" -eq 3
check "mean of labels: says what to take" says "$err" \
    'mean wants numbers, and "anger" is none: take majority'

# Models, on a crowd of which two annotators spam.
awk 'BEGIN {
    print "id,rater,label"
    split("anger joy sad", l, " ")
    for (i = 0; i < 60; i++)
        for (w = 0; w < 7; w++)
            printf("%d,w%d,%s\n", i, w,
                w > 4 ? "joy" : l[(i + ((i * 7 + w * 5) % 6 == 0)) % 3 + 1])
}' >crowd.csv
for rule in dawid-skene one-coin mace glad wawa zero-based-skill; do
    run mien-eval aggregate crowd.csv --rule $rule -o "$rule.csv" \
        --weights "$rule.w"
    check "$rule: 0" test "$status" -eq 0
    check "$rule finds the truth" test "$(grep -v '^#' "$rule.csv" | awk -F, '
        BEGIN { split("anger joy sad", l, " ") }
        NR > 1 && $2 == l[$1 % 3 + 1] { good++ }
        END { print good }')" = 60
    check "$rule trusts the spammers least" test "$(grep '^w[0-6]' "$rule.w" |
        sort -t, -k3g | head -n 2 | cut -d, -f1 | sort | tr '\n' ' ')" = "w5 w6 "
done
run mien-eval aggregate crowd.csv --rule mace -o again.csv
check "the same seed gives the same bytes" cmp -s mace.csv again.csv
run mien-eval aggregate crowd.csv --rule dawid-skene -o l.csv --confusion k.csv
check "says how the fit ended" grep -q '^converged after [0-9]* iterations' \
    "$out"
check "a spammer's confusion" grep -q '^w6,anger,joy,1,' k.csv
run mien-eval aggregate crowd.csv --rule dawid-skene -o l.csv --iterations 1
check "a fit that did not converge says so" says "$out" "NOT CONVERGED"
run mien-eval aggregate crowd.csv --rule dawid-skene -o l.csv --format json
check "the summary as JSON" says "$out" '"kind": "aggregate"'
check "JSON has the annotators" says "$out" '"annotator": "w6"'

# Counts: no names, no models of annotators.
printf 'id,joy,anger,@cannot_tell\nx,3,1,1\ny,0,0,2\n' >counts.csv
run mien-eval aggregate counts.csv --counts --rule majority
check "counts" says "$out" "x,joy,0.75,4,1,decided"
run mien-eval aggregate counts.csv --counts --rater joy --rule majority
check "a column of annotators has no place in counts: 2" \
    test "$status" -eq 2
check "... and it says why" says "$err" "--rater and --value are of a long"
run mien-eval aggregate counts.csv --counts --rule majority
check "counts of reserved answers only" says "$out" "y,,,0,2,unrated,"
run mien-eval aggregate counts.csv --counts --rule mace
check "mace without names: 3" test "$status" -eq 3
check "mace without names: what to take" says "$err" \
    "mace must know who rated"
run mien-eval aggregate counts.csv --counts --rule majority --weights w.csv
check "--weights without names: 2" test "$status" -eq 2

# Usage.
run mien-eval aggregate export.csv
check "no rule: 2" test "$status" -eq 2
check "no rule: which there are" says "$err" "dawid-skene"
run mien-eval aggregate crowd.csv --rule mean --soft
check "--soft of numbers: 2" test "$status" -eq 2
run mien-eval aggregate crowd.csv --rule majority --target state
check "a target with a name of ours: 2" test "$status" -eq 2
printf 'annotator,weight\nw0,1\n' >w.csv
run mien-eval aggregate crowd.csv --rule majority --use-weights w.csv
check "a missing weight is named" says "$err" \
    'w.csv has no weight of annotator "w1"'
run mien-eval aggregate none.csv --rule majority
check "no file: 3" test "$status" -eq 3
printf '%s\n' item,annotator,value i,a,x i,b,x >same.csv
run mien-eval aggregate same.csv --rule majority -o ./same.csv
check "ratings are not written over" says "$err" "same.csv is read"
tap_done
