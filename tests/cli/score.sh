# mien-eval score: what a user sees of good, odd and broken predictions.
. "$srcdir/tests/support/tap.sh"
tap_folder

# voices N - predictions of 2 N speakers, 8 items each of four emotions:
# women (even) get 7 of 8 right, men 6 of 8; the last one's age is missing.
voices() {
    awk -v n="$1" 'BEGIN {
        split("anger joy neutral sad", label, " ")
        print "id,truth,predicted,speaker,sex,age"
        for (s = 0; s < 2 * n; s++)
            for (i = 0; i < 8; i++) {
                t = i % 4 + 1
                wrong = s % 2 ? i < 2 : i == (s / 2) % 8
                printf "%d-%d,%s,%s,s%02d,%s,%s\n", s, i, label[t],
                    label[wrong ? t % 4 + 1 : t], s, s % 2 ? "m" : "f",
                    s == 2 * n - 1 ? "" : s < n ? "old" : "young"
            }
    }'
}
voices 6 >voices.csv

run mien-eval score voices.csv
check "scores a table" test "$status" -eq 0
check "warns of nothing" silent "$err"
check "counts items and speakers" says "$out" \
    "voices.csv: classify, 96 items, 12 speakers, 4 classes"
# By hand: 6 women * 7 + 6 men * 6 = 78 of 96.
check "has the accuracy" says "$out" "accuracy         0.8125  ["
check "says how many classes the UAR has" says "$out" "4 of 4 classes"
check "names both intervals" grep -q 'value  jackknife-t      bootstrap' "$out"
check "shows single speakers" says "$out" \
    "UAR of single speakers (12): 0.750 to 0.875, median 0.812"
check "stays within 80 columns" test "$(awk '{ if (length($0) > m)
    m = length($0) } END { print m }' "$out")" -le 80

run mien-eval score voices.csv --by sex,age
check "shows groups" says "$out" "sex = f: 48 items, 6 speakers"
check "shows intersections" says "$out" "sex*age = f*old: 24 items, 3 speakers"
check "calls three speakers insufficient" says "$out" \
    "insufficient: 3 speakers, fewer than 4"
check "makes missing values a group" says "$out" \
    "age = (missing): 8 items, 1 speaker"
check "names it in intersections" says "$out" "sex*age = m*(missing): 8 items"
check "stays within 80 columns by group" test "$(awk '{ if (length($0) > m)
    m = length($0) } END { print m }' "$out")" -le 80

run mien-eval score voices.csv --by sex --format csv
check "prints CSV" test "$(head -n 1 "$out" | cut -d, -f1-8)" = \
    "by,group,items,rows,speakers,metric,label,value"
check "has a row a score" test \
    "$(grep -c '^sex,f,48,48,6,' "$out")" -eq 16
# By hand: women 7 of 8, each class once or twice wrong.
check "has the women's accuracy" says "$out" \
    "sex,f,48,48,6,accuracy,,0.875,measured,,jackknife-t,speaker,6,0.95,"

run mien-eval score voices.csv --by sex --format json
check "prints JSON" says "$out" '"kind": "scores"'
check "JSON names method and clusters" says "$out" '"method": "jackknife-t"'
check "JSON has the confusion" says "$out" '"confusion": ['
cp "$out" first.json
run mien-eval score voices.csv --by sex --format json
check "is the same each time" cmp -s "$out" first.json
run mien-eval score voices.csv --by sex --format json --seed 2
check "another seed draws others" not cmp -s "$out" first.json
run mien-eval score voices.csv --bootstrap 0
check "does without bootstrap" not grep -q bootstrap "$out"

# The same through a run folder, which may know how it was normalised.
mkdir run
cp voices.csv run/predictions.csv
echo '{"normalization": {"how": "speaker", "transductive": true}}' >run/run.json
run mien-eval score run
check "scores a run" test "$status" -eq 0
check "says that it is transductive" says "$out" \
    "normalization: speaker (transductive"
check "says it beside the scores" says "$out" "overall (transductive): 96 items"
run mien-eval score run --format csv
check "CSV says it in each row" test "$(grep -c ',speaker,1$' "$out")" -eq 16
run mien-eval score run --format json
check "JSON says it" says "$out" '"transductive": true'

# Perfect, constant, one class.
awk -F, -v OFS=, 'NR > 1 { $3 = $2 } 1' voices.csv >perfect.csv
run mien-eval score perfect.csv
check "a perfect model scores 1" says "$out" "UAR              1.0000"
check "and has no spread to rely on" says "$out" "no spread"
check "... in the classes either" says "$out" "1.000 no spread"
check "... which have no interval to look reliable" not says "$out" \
    "1.000 [1.000, 1.000]"
awk -F, -v OFS=, 'NR > 1 { $2 = "joy" } 1' voices.csv >one.csv
run mien-eval score one.csv
check "one class: says so" says "$out" "1 of 4 classes"
check "one class: the others have no recall" grep -q \
    '^anger .* undefined  ' "$out"
awk -F, -v OFS=, 'NR > 1 { $3 = "joy" } 1' voices.csv >same.csv
run mien-eval score same.csv
check "never predicted is undefined" grep -q '^sad .* undefined  *0.000' "$out"
check "no NaN anywhere" not grep -qi 'nan' "$out"
run mien-eval score same.csv --format json
check "no NaN in JSON" not grep -qi 'nan[^"a-z]' "$out"
check "a reason instead" says "$out" '"reason": "never predicted"'

# Without speakers.
cut -d, -f1-3,5 voices.csv >rows.csv
run mien-eval score rows.csv
check "without speakers: rows" says "$out" "rows taken as independent"
check "without speakers: 0" test "$status" -eq 0
check "without speakers: on each line" test \
    "$(grep -c 'as if independent$' "$out")" -eq 4
check "without speakers: 80 columns" test "$(awk '{ if (length($0) > m)
    m = length($0) } END { print m }' "$out")" -le 80
run mien-eval score rows.csv --format json
check "JSON says it on every interval" test \
    "$(grep -c '"assumption": "rows taken as independent"' "$out")" -eq \
    "$(grep -c '"method":' "$out")"
run mien-eval score voices.csv --speaker sex
check "another column as speaker" says "$out" "96 items, 2 speakers"

run mien-eval score voices.csv --only sex=f --only age=old,young
check "--only takes rows" says "$out" "48 items, 6 speakers"

# Numbers.
awk 'BEGIN {
    print "# task: regress"
    print "id,truth,predicted,speaker,recording,sex"
    for (s = 0; s < 8; s++)
        for (i = 0; i < 10; i++)
            printf "%d-%d,%g,%g,s%d,r%d,%s\n", s, i, i,
                i + (i * 7 + s * 3) % 5 / 4, s, s, s % 2 ? "m" : "f"
}' >numbers.csv
run mien-eval score numbers.csv --by sex
check "numbers: both CCC" test "$(grep -c '^CCC, [ar]' "$out")" -eq 6
check "numbers: names the recordings" says "$out" "8 recordings"
check "numbers: MAE" grep -q '^MAE ' "$out"
grep -v '^#' numbers.csv >plain.csv
run mien-eval score plain.csv
check "numbers without a task: asks" says "$err" "--task=classify or --task=regress"
check "numbers without a task: 3" test "$status" -eq 3
run mien-eval score plain.csv --task regress
check "takes the task" says "$out" "regress, 80 items"
run mien-eval score numbers.csv --task classify
check "--task stands above the note" says "$out" "classify, 80 items"

awk 'BEGIN { print "id,truth,predicted"
    for (i = 0; i < 300; i++) print i "," i / 7 "," i / 9 }' >many.csv
run mien-eval score many.csv --task classify
check "numbers as labels: asks" says "$err" "more than 200: if they are numbers"
check "numbers as labels: 3" test "$status" -eq 3

# Broken input.
printf '\357\273\277id,truth,predicted,speaker\r\n1,a,a,s\r\n2,b,b,t\r\n' \
    >windows.csv
run mien-eval score windows.csv
check "reads a BOM and CRLF" test "$status" -eq 0
: >empty.csv
run mien-eval score empty.csv
check "an empty file: 3" test "$status" -eq 3
run mien-eval score - <voices.csv
check "reads standard input" says "$out" "96 items"
sed '5s/,[a-z]*,/,,/' voices.csv >hole.csv
run mien-eval score hole.csv
check "a hole: file, line, column" says "$err" \
    'mien-eval score: hole.csv:5: column "truth" is ""'
check "a hole: 3" test "$status" -eq 3
check "a hole: no output" silent "$out"
printf 'id,truth,predicted\n1,a,b\n2,a\n' >short.csv
run mien-eval score short.csv
check "a short row: its line" says "$err" "short.csv:3"
run mien-eval score none.csv
check "no file: 3" test "$status" -eq 3
run mien-eval score voices.csv --by sexx
check "no such column: names the nearest" says "$err" '"sex"'
check "no such column: 3" test "$status" -eq 3
run mien-eval score
check "no argument: 2" test "$status" -eq 2
run mien-eval score voices.csv --level 2
check "bad level: 2" test "$status" -eq 2
run mien-eval score voices.csv --by a,b,c,d,e
check "too many columns: 2" test "$status" -eq 2

# Ctrl-C, once.  (A shell in the background has SIGINT off: timeout turns it
# on; without --foreground it would signal its whole group, so twice.)
run timeout --foreground --preserve-status -s INT 2 mien-eval score voices.csv \
    --bootstrap 1000000
check "Ctrl-C: 4" test "$status" -eq 4
check "Ctrl-C: no half output" silent "$out"

# The confusion matrix by another road: awk counts pairs.
run mien-eval score voices.csv
awk -F, 'NR > 1 { n[$2 " " $3]++ } END {
    split("anger joy neutral sad", l, " ")
    for (i = 1; i <= 4; i++) {
        line = l[i]
        for (j = 1; j <= 4; j++)
            line = line " " n[l[i] " " l[j]] + 0
        print line
    }
}' voices.csv >counted
sed -n '/^truth/,/^$/p' "$out" | awk 'NF == 5' | tr -s ' ' >shown
check "the confusion is what awk counts" cmp -s counted shown
# By hand: x has weights 1 + 2 + 1, of which 2 are right; the row of weight 0
# is none, and with it the only y of the truth.
printf '%s\n' id,truth,predicted,speaker,weight a,x,x,s,1 b,x,y,t,2 c,y,y,u,0 \
    d,x,x,v,1 >weights.csv
run mien-eval score weights.csv
check "weights count in accuracy" says "$out" "accuracy         0.5000"
check "a row of weight 0 is no row" says "$out" "overall: 3 items, 3 speakers"
check "nor is its class in the truth" says "$out" "UAR              0.5000"
tap_done
