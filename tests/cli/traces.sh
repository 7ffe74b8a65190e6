# mien-eval agree --traces, aggregate --traces: continuous ratings as tables.
. "$srcdir/tests/support/tap.sh"
tap_folder

# Four annotators of two clips, irregular times; they lag 0.5, 1, 1.5 and 3 s
# behind what is felt, which is in felt.csv.
awk 'function felt(i, t) {
        return 5 + sin(0.31 * t + i) + 0.7 * sin(0.73 * t) + 0.5 * sin(1.37 * t)
    }
    BEGIN { srand(3)
        split("0.5 1 1.5 3", lag, " ")
        print "item,annotator,dimension,time,value" >"traces.csv"
        print "item,time,value" >"felt.csv"
        for (i = 1; i <= 2; i++) {
            for (g = 1; g <= 4; g++)
                for (t = 0.1 * rand(); t < 60; t += 0.05 + 0.1 * rand())
                    printf "c%d,r%d,valence,%.3f,%.4f\n", i, g, t, \
                        felt(i, t - lag[g]) + 0.2 * (rand() - 0.5) >"traces.csv"
            for (t = 0; t < 60; t += 0.1)
                printf "c%d,%.1f,%.4f\n", i, t, felt(i, t) >"felt.csv"
        }
    }'
run mien-eval agree --traces traces.csv
check "reads traces" test "$status" -eq 0
check "says what it read" says "$out" "2 items, 4 annotators, 1 dimension"
check "and how it looks at it" says "$out" "straight between samples, 10 points"
check "has a row for each item" test "$(grep -c '^valence  *c[12] ' "$out")" = 2
check "has an interval over items" says "$out" "interval ["
raw=$(sed -n 's/^valence: mean CCC \([0-9.]*\).*/\1/p' "$out")
run mien-eval agree --traces --align correlation traces.csv
seen=$(sed -n 's/^valence: mean CCC \([0-9.]*\).*/\1/p' "$out")
check "without the lags they agree more" awk "BEGIN { exit !($seen > $raw + 0.1) }"
check "says against what lags are" says "$out" "with the mean of the others"

for how in correlation ccc mutual-information; do
    run mien-eval agree --traces --align $how --signal felt.csv \
        --per annotator --format csv traces.csv
    check "$how finds known lags within 0.1 s" awk -F, 'NR > 1 {
        split("0.5 1 1.5 3", lag, " ")
        gap = $4 - lag[substr($2, 2)]
        if (gap < -0.1 || gap > 0.1) bad = 1
        n++ } END { exit bad || n != 4 }' "$out"
done
cp "$out" by_person
check "warped against the rest they are nearer than shifted" \
    awk -F, 'NR > 1 && $10 > 0.02 { bad = 1 } END { exit bad }' by_person

run mien-eval aggregate --traces --rule ewe --leave-one-out \
    --align correlation --signal felt.csv --weights w.csv -o fused.csv traces.csv
check "fuses" test "$status" -eq 0
check "names its columns" grep -q "^item,dimension,time,value,sd,annotators$" \
    fused.csv
check "the fused trace is what was felt" awk -F, '/^c/ {
    t = $3; i = substr($1, 2)
    f = 5 + sin(0.31 * t + i) + 0.7 * sin(0.73 * t) + 0.5 * sin(1.37 * t)
    d = $4 - f; if (d < 0) d = -d
    sum += d; n++ } END { exit !(n > 1000 && sum / n < 0.05) }' fused.csv
check "says who weighs what" test "$(grep -c ',valence,2,' w.csv)" = 4
cp traces.csv before.csv
run mien-eval agree --traces --lags w.csv --per annotator --format csv traces.csv
check "takes lags from that table" awk -F, '$2 == "r4" { exit !($4 > 2.9) }' \
    "$out"
check "never touches what was recorded" cmp before.csv traces.csv
run mien-eval aggregate --traces --rule mean --lag 2 traces.csv
check "a fixed lag moves all of them" test "$status" -eq 0
check "which is said" says "$err" "everybody were 2 s late"

sed 1d traces.csv | awk -F, 'BEGIN { print "who,t_s,valence,arousal" }
    $1 == "c1" { print $2 "," $4 "," $5 "," 10 - $5 }' >clip.csv
run mien-eval agree --traces --rater who --value valence,arousal clip.csv
check "a column a dimension, a file an item" \
    test "$(grep -c '^[av][a-z]*al*[a-z]*  *clip ' "$out")" = 2
run mien-eval agree --traces --format json traces.csv
check "has json" says "$out" '"rate_hz": 10'
run mien-eval agree --traces --min 0.99 traces.csv
check "exits 1 when too little agrees" test "$status" -eq 1

printf 'item,annotator,time,value\na,x,0,1\na,x,1,1\na,y,0,2\na,y,1,3\n' >flat.csv
run mien-eval agree --traces flat.csv
check "undefined is explained" says "$out" "CCC undefined: no item has two"
check "never NaN" sh -c '! grep -qiw nan "$1"' sh "$out"
run mien-eval agree --traces --align ccc --lag 1 traces.csv
check "refuses two ways of lags" test "$status" -eq 2
run mien-eval agree --align ccc traces.csv
check "refuses lags without traces" test "$status" -eq 2
printf 'item,annotator,time,value\na,x,soon,1\n' >bad.csv
run mien-eval agree --traces bad.csv
check "names the bad cell" says "$err" 'bad.csv:2: column "time" is "soon"'
check "as bad input" test "$status" -eq 3
run mien-eval aggregate --traces --rule median traces.csv
check "refuses a rule that traces have not" test "$status" -eq 2
tap_done
