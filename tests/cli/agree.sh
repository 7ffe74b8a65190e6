# mien-eval agree: what a user sees of good, odd and broken tables of ratings.
. "$srcdir/tests/support/tap.sh"
tap_folder
quick="--bootstrap 0 --permutations 0"

cat >long.csv <<END
item,annotator,question,value,sex
a,ann,emotion,joy,f
a,bob,emotion,joy,f
a,cem,emotion,fear,f
a,ann,emotion,fear,f
b,ann,emotion,fear,m
b,bob,emotion,fear,m
b,cem,emotion,@cannot_tell,m
c,ann,emotion,joy,m
c,bob,emotion,fear,m
c,cem,emotion,joy,m
c,cem,sure,5,m
d,ann,emotion,fear,f
d,bob,emotion,fear,f
d,cem,emotion,fear,f
END
run mien-eval agree --only question=emotion long.csv
check "reads a long table" test "$status" -eq 0
check "warns of nothing" test ! -s "$err"
check "counts items, annotators, ratings" grep -q \
    "^long.csv: 4 items, 3 annotators, 11 ratings$" "$out"
check "says how reserved answers are treated" grep -q \
    "^reserved answers: @cannot_tell 1; no ratings: left out" "$out"
check "says which of two ratings counts" grep -q "the first counts" "$out"
# By hand: 1/3, 1, 1/3, 1 of the items' pairs.
check "has percent agreement" grep -q "^percent agreement       0.6667 " "$out"
check "has three annotators' kappas" sh -c '
    grep -q "^Conger" "$1" && grep -q "^Light" "$1" && ! grep -q "^Cohen" "$1"
    ' sh "$out"
check "stays within 80 columns" test "$(awk '{ if (length($0) > m)
    m = length($0) } END { print m }' "$out")" -le 80
cp "$out" first
run mien-eval agree --only question=emotion long.csv
check "says the same again" cmp first "$out"

run mien-eval agree $quick --only question=emotion --by sex long.csv
check "makes groups of items" grep -q "^sex = f: 2 of 2 items" "$out"
run mien-eval agree $quick --only question=emotion --per annotator long.csv
check "tells of each annotator" grep -q "^cem  *3  *1 " "$out"
# ann judged a again, and otherwise than before.
check "tells of repeats" test "$(awk '$1 == "ann" { print $(NF - 1), $NF }' \
    "$out")" = "1 0"
run mien-eval agree $quick --only question=emotion --per item --top 2 \
    --format csv long.csv
check "lists the hardest items" test "$(tail -n +2 "$out" | cut -d, -f1 |
    tr '\n' ' ')" = "a c "

# Four speakers of ten items each, every item of a speaker alike.
awk 'BEGIN { print "item,annotator,value,speaker"
    for (i = 0; i < 40; i++) for (g = 0; g < 3; g++)
        print i ",r" g "," (int(i / 10) % 2 ? "joy" : g == int(i / 10) ? \
            "fear" : "joy") ",s" int(i / 10) }' >speakers.csv
run mien-eval agree $quick --format csv speakers.csv
cut -d, -f10-12 "$out" | sed -n 2p >by_item
run mien-eval agree $quick --cluster speaker --format csv speakers.csv
cut -d, -f10-12 "$out" | sed -n 2p >by_speaker
check "leaves out speakers: four less two degrees of freedom" \
    test "$(cut -d, -f3 by_speaker)" = 2
check "which is wider than leaving out items" \
    awk -F, 'FNR == 1 && NR == 1 { w = $2 - $1 } END { exit !($2 - $1 > w) }' \
    by_item by_speaker
run mien-eval agree $quick --cluster speaker speakers.csv
check "says so" says "$out" "jackknife-t over 4 speakers"

printf 'ann,bob\n1,1\n1,1\n1,1\n' >same.csv
run mien-eval agree $quick -w -s nominal same.csv
check "undefined is explained" grep -q \
    "^Krippendorff's alpha   undefined: all ratings are the same" "$out"
check "never a false 1" sh -c '! grep -q " 1.0000" "$1" || test "$(
    grep -c " 1.0000" "$1")" -eq 1' sh "$out"
check "never NaN" sh -c '! grep -qiw "nan" "$1"' sh "$out"
run mien-eval agree $quick -w -s nominal --categories 1,2 same.csv
check "AC1 knows of a declared category" grep -q "^Gwet's AC1  *1.0000" "$out"
run mien-eval agree $quick -w -s nominal --min 0.5 same.csv
check "an undefined alpha is not enough" test "$status" -eq 1
run mien-eval agree $quick --only question=emotion --min 0.99 long.csv
check "an alpha below --min is not enough" test "$status" -eq 1
run mien-eval agree $quick --only question=emotion --min -1 long.csv
check "an alpha above --min is" test "$status" -eq 0

run mien-eval agree $quick -w --format json same.csv
check "JSON has reasons and no NaN" sh -c '
    grep -q "\"reason\": \"all ratings are the same" "$1" &&
    ! grep -qi "nan[,}]" "$1"' sh "$out"
if command -v python3 >/dev/null; then
    check "JSON is JSON" python3 -m json.tool "$out"
else
    skip "JSON is JSON" "no python3"
fi

# Huge and odd numbers.
printf 'ann,bob\n1e9,1000000001\n-3.5,-3\n0,0\n' >odd.csv
run mien-eval agree $quick -w odd.csv
check "takes any numbers" grep -q "^ICC(A,1)  *1.0000" "$out"
run mien-eval agree $quick -w -s ratio odd.csv
check "refuses negative ratios" says "$err" "no values below 0"
check "as wrong usage" test "$status" -eq 2
run mien-eval agree $quick --only question=emotion -s ordinal long.csv
check "names have no order" says "$err" "--categories low,...,high"
run mien-eval agree $quick --only question=emotion -s ordinal \
    --categories fear,joy long.csv
check "until they are declared" test "$status" -eq 0
run mien-eval agree $quick --wide --counts long.csv
check "one shape at a time" test "$status" -eq 2
run mien-eval agree $quick --item file long.csv
check "names a missing column" says "$err" 'no column "file"'
run mien-eval agree $quick none.csv
check "names a missing file" test "$status" -eq 3
run mien-eval agree
check "asks for a table" test "$status" -eq 2
tap_done
