# mien-eval gate: what passes, what fails, what could not be measured.
. "$srcdir/tests/support/tap.sh"
tap_folder

# voices N F M - predictions of N women and N men, 24 items each, of which
# women get about F of 8 right and men M of 8; joy is always right.
voices() {
    awk -v n="$1" -v f="$2" -v m="$3" 'BEGIN {
        split("anger joy neutral sad", label, " ")
        print "id,truth,predicted,speaker,sex,accent"
        for (s = 0; s < 2 * n; s++)
            for (i = 0; i < 24; i++) {
                t = i % 4 + 1
                right = t == 2 || (i + int(s / 2)) % 8 < (s % 2 ? m : f)
                printf "%d-%d,%s,%s,s%02d,%s,%s\n", s, i, label[t],
                    label[right ? t : t % 4 + 1], s, s % 2 ? "m" : "f",
                    s == 0 ? "" : "north"
            }
    }'
}
voices 6 7 7 >fair.csv
voices 6 8 4 >unfair.csv
voices 3 7 7 >few.csv

cat >policy.json <<'J'
{"mien": 1,
 "overall": {"uar": {"min": 0.60}, "recall:joy": {"min": 0.9}},
 "groups": ["sex"],
 "min_group": {"items": 30, "speakers": 5, "per_class": 5},
 "on_insufficient": "fail",
 "rules": [{"metric": "uar", "gap": "difference", "max": 0.10,
            "confidence": 0.95, "burden": "disprove"},
           {"metric": "tpr", "label": "anger", "gap": "ratio", "min": 0.80}]}
J

run mien-eval gate fair.csv --policy policy.json
check "a fair model passes: 0" test "$status" -eq 0
check "says so" says "$out" "PASS: 0 of 4 checks failed, 0 could not be measured"
check "warns of nothing" silent "$err"
check "shows the signed gap" grep -q ' = [+-]0\.' "$out"
check "shows all splits of the speakers" says "$out" \
    "(all 924 splits of the speakers)"
check "stays within 80 columns" test "$(awk '{ if (length($0) > m)
    m = length($0) } END { print m }' "$out")" -le 80

run mien-eval gate unfair.csv --policy policy.json
check "an unfair model fails: 1" test "$status" -eq 1
check "names the rule that failed" says "$out" "FAIL          sex: uar, f - m"
check "still passes what it reaches" says "$out" "pass          overall: uar"
cp "$out" text

run mien-eval gate unfair.csv --policy policy.json --format json
check "JSON: 1" test "$status" -eq 1
check "JSON: verdict" says "$out" '"verdict": "fail"'
check "JSON: Welch" says "$out" '"method": "jackknife-welch-t"'
check "JSON: the classes compared" says "$out" '"classes": ['
cp "$out" first.json
run mien-eval gate unfair.csv --policy policy.json --format json
check "is the same each time" cmp -s "$out" first.json

run mien-eval gate unfair.csv --policy policy.json --format csv
check "CSV: 1" test "$status" -eq 1
check "CSV: one row a check" \
    test "$(wc -l <"$out")" -eq "$(($(grep -c '"outcome"' first.json) + 1))"
check "CSV: what failed, between whom" \
    test "$(grep -m 1 '^fail' "$out" | cut -d, -f 1,4,10-12)" = fail,uar,sex,f,m

# Burdens: a gap that is neither proved nor disproved.
voices 5 7 6 |
    awk -F, -v OFS=, 'NR > 1 && $4 == "s01" && $2 != "joy" { $3 = "joy" } 1' \
        >noisy.csv
rule() {
    printf '{"mien":1,"groups":["sex"],"rules":[{"metric":"uar",'
    printf '"gap":"difference","max":0.10%s}]}' "$1"
}
rule '' >point.json
rule ',"burden":"disprove"' >disprove.json
rule ',"burden":"prove"' >prove.json
run mien-eval gate noisy.csv --policy point.json
check "the point decides without burden" test "$status" -eq 1
run mien-eval gate noisy.csv --policy disprove.json
check "disprove: the benefit of the doubt" test "$status" -eq 0
run mien-eval gate noisy.csv --policy prove.json
check "prove: none" test "$status" -eq 1

# Too few speakers.
run mien-eval gate few.csv --policy policy.json
check "three speakers a group: 1" test "$status" -eq 1
check "says what is lacking" says "$out" "3 speakers, fewer than 5"
check "marks it" grep -q '^INSUFFICIENT  sex: uar, f$' "$out"
sed 's/"fail"/"warn"/' policy.json >warn.json
run mien-eval gate few.csv --policy warn.json
check "warn: nothing measured is no pass" test "$status" -eq 1

# A group of one, beside two that can be compared.
{
    cat fair.csv
    awk 'BEGIN { for (i = 0; i < 24; i++)
        print "x-" i ",joy,joy,s99,other,north" }'
} >third.csv
run mien-eval gate third.csv --policy policy.json
check "a third group of one: 1" test "$status" -eq 1
run mien-eval gate third.csv --policy warn.json
check "warn: the rest decides" test "$status" -eq 0
check "warn: it is named" says "$out" 'named, not counted: "warn"'
check "warn: and counted apart" says "$out" "2 could not be measured"

# A missing value is a group too.
sed 's/"sex"/"accent"/' policy.json >accent.json
run mien-eval gate fair.csv --policy accent.json
check "missing values are a group" says "$out" "accent: uar, (missing)"
check "missing values: 1" test "$status" -eq 1
run mien-eval gate fair.csv --policy accent.json --only accent=north
check "one group alone has no gap" says "$out" \
    "1 of 1 groups can be compared: a gap needs two"
check "one group alone: 1" test "$status" -eq 1

# No speakers.
cut -d, -f1-3,5 fair.csv >rows.csv
run mien-eval gate rows.csv --policy policy.json
check "no speakers: 1" test "$status" -eq 1
check "no speakers: says why" says "$out" \
    'UNDECIDED: no column "speaker": rows taken as independent'
run mien-eval gate rows.csv --policy policy.json --format json
check "no speakers: JSON" says "$out" '"verdict": "undecided"'

# A run that was normalised by its own speakers.
mkdir run
cp fair.csv run/predictions.csv
echo '{"normalization": {"how": "speaker", "transductive": true}}' >run/run.json
run mien-eval gate run --policy policy.json
check "says that a run is transductive" says "$out" \
    "normalization: speaker (transductive"
run mien-eval gate run --policy policy.json --format json
check "JSON says it" says "$out" '"transductive": true'
echo '{"normalization": "speaker"}' >run/run.json
run mien-eval gate run --policy policy.json
check "a bad run.json: 3" test "$status" -eq 3
check "a bad run.json: its path" says "$err" "run/run.json: normalization"

# Numbers.
awk 'BEGIN {
    print "# task: regress"
    print "id,truth,predicted,speaker,sex"
    for (s = 0; s < 12; s++)
        for (i = 0; i < 10; i++)
            printf "%d-%d,%g,%g,s%02d,%s\n", s, i, i,
                i + (i * 7 + s * 3) % 5 / 4, s, s % 2 ? "m" : "f"
}' >numbers.csv
cat >ccc.json <<'J'
{"mien": 1, "overall": {"ccc": {"min": 0.8}, "mae": {"max": 1}},
 "groups": ["sex"],
 "rules": [{"metric": "ccc", "gap": "difference", "max": 0.1},
           {"metric": "mae", "gap": "ratio", "min": 0.5}]}
J
run mien-eval gate numbers.csv --policy ccc.json
check "numbers pass" test "$status" -eq 0
check "numbers: an upper bound" says "$out" "at most 1"
run mien-eval gate fair.csv --policy ccc.json
check "the wrong task: 3" test "$status" -eq 3
check "the wrong task: the path" says "$err" "ccc.json: overall.ccc: ccc is a metric of regress"

# Bad policies and bad input.
sed 's/"sex"/"gender"/' policy.json >gender.json
run mien-eval gate fair.csv --policy gender.json
check "no such column: 3" test "$status" -eq 3
check "no such column: named" says "$err" "gender.json: groups[0]"
sed 's/"anger"/"angre"/' policy.json >label.json
run mien-eval gate fair.csv --policy label.json
check "no such label: 3" test "$status" -eq 3
check "no such label: the nearest" says "$err" 'did you mean "anger"'
sed 's/"groups"/"regression": {"uar": {"max_drop": 0.02}}, "groups"/' \
    policy.json >regression.json
run mien-eval gate fair.csv --policy regression.json
check "regression: 3" test "$status" -eq 3
check "regression: refused by name" says "$err" \
    "regression.json: regression: is not supported by this version"
sed 's/"rules"/"rulez"/' policy.json >unknown.json
run mien-eval gate fair.csv --policy unknown.json
check "an unknown key: the nearest" says "$err" '"rules"'
run mien-eval gate fair.csv
check "no policy: 2" test "$status" -eq 2
run mien-eval gate fair.csv --policy none.json
check "no such policy: 3" test "$status" -eq 3
run mien-eval gate --policy policy.json
check "no predictions: 2" test "$status" -eq 2
tap_done
