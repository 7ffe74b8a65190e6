# compare - against statsmodels, scipy and R on the clips of CREMA-D, and
# against the formulas' own numbers on five times two folds.
. "$srcdir/tests/support/tap.sh"
need_shared golden/paired-tests-cremad/input.csv golden/cv-5x2-tests/input.csv
tap_folder
clips=$shared/golden/paired-tests-cremad
folds=$shared/golden/cv-5x2-tests

# votes COLUMN - the answers of one mode as predictions: right is "ok".
votes() {
    awk -F, -v name="$1" 'NR == 1 {
            for (at = 1; $at != name; at++);
            print "id,truth,predicted,speaker"
            next
        }
        { print $1 ",ok," ($at > 0 ? "ok" : "no") "," $2 }' "$clips/input.csv"
}
votes voice_ok >voice.csv
votes face_ok >face.csv
votes mm_ok >mm.csv

# field FILE KEY - of our JSON or theirs, one pair a line.
field() {
    awk -v key="\"$2\":" '$1 == key { sub(/,$/, "", $2); print $2; exit }' "$1"
}
# theirs CASE KEY [TEST] - in the block of a case (and of a test in it).
theirs() {
    awk -v name="\"$1\":" -v test="\"${3:-}\":" -v key="\"$2\":" '
        $1 == name { inside = 1 }
        inside && (test == "\"\":" || $1 == test) { near = 1 }
        inside && near && $1 == key { sub(/,$/, "", $2); print $2; exit }
    ' "$clips/expected.json"
}
# near A B - to ten digits.
near() {
    awk -v a="$1" -v b="$2" 'BEGIN {
        print a, b
        if (a == "" || b == "") exit 1
        d = a - b; if (d < 0) d = -d
        m = b < 0 ? -b : b
        exit !(d <= 1e-9 * m || d <= 1e-300) }'
}

for pair in voice:face face:mm; do
    a=${pair%:*}
    b=${pair#*:}
    case=${a}_vs_$b
    run mien-eval compare "$a.csv" "$b.csv" --format json --samples 2000
    check "$case: runs" test "$status" -eq 0
    check "$case: exact McNemar as statsmodels" near \
        "$(field "$out" exact_p)" "$(theirs "$case" p mcnemar_exact)"
    check "$case: mid-p" near "$(field "$out" mid_p)" \
        "$(theirs "$case" mcnemar_midp_formula)"
    check "$case: chi squared as R's mcnemar.test" near \
        "$(field "$out" chi2_p)" \
        "$(theirs "$case" p mcnemar_chi2_uncorrected)"
    check "$case: actors for whom the first is better" test \
        "$(field "$out" a_better)" = "$(theirs "$case" wins)"
    check "$case: actors that differ" test \
        "$(($(field "$out" a_better) + $(field "$out" b_better)))" = \
        "$(theirs "$case" n per_actor_sign_test)"
    # Both differ at p below 1e-11 by every test there: no drawn way is as far.
    check "$case: no drawn way is as far" near "$(field "$out" p)" \
        "$(awk 'BEGIN { printf "%.17g", 1 / 2001 }')"
done

# Five repeats of two folds of 1,000 items: in each fold as many more right
# in a as the case's difference says.
awk -F, 'NR > 1 {
        for (f = 1; f <= 2; f++)
            for (i = 0; i < 1000; i++) {
                more = int($f * 1000 + ($f < 0 ? -0.5 : 0.5))
                a = i < 500 + (more > 0 ? more : 0)
                b = i < 500 + (more < 0 ? -more : 0)
                row = f "-" i ",ok,"
                end = "," f "," NR - 1
                print row (a ? "ok" : "no") end >"a.rows"
                print row (b ? "ok" : "no") end >"b.rows"
            }
    }' "$folds/input.csv"
for side in a b; do
    { echo id,truth,predicted,fold,repeat; cat $side.rows; } >"$side.csv"
done
run mien-eval compare a.csv b.csv --format json --samples 100
check "five times two folds: runs" test "$status" -eq 0
check "Alpaydin's F" near "$(field "$out" five_by_two_f)" \
    "$(field "$folds/expected.json" F)"
check "its p" near "$(field "$out" five_by_two_p)" \
    "$(awk '$1 == "\"alpaydin_F\":" { inside = 1 }
        inside && $1 == "\"p\":" { sub(/,$/, "", $2); print $2; exit }' \
        "$folds/expected.json")"
check "McNemar is left out of repeats" says "$out" '"mcnemar": null'
tap_done
