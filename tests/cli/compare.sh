# mien-eval compare: what a user sees of two runs, and what is refused.
. "$srcdir/tests/support/tap.sh"
tap_folder

# table WRONG - 6 speakers of 8 items of four labels: the first items of each
# speaker, as many as its place in WRONG says, are mistaken.
table() {
    awk -v wrong="$1" 'BEGIN {
        split("anger joy neutral sad", label, " ")
        n = split(wrong, mistakes, " ")
        print "id,truth,predicted,fold,speaker"
        for (s = 1; s <= n; s++)
            for (i = 0; i < 8; i++) {
                t = i % 4 + 1
                printf "%d-%d,%s,%s,%d,s%d\n", s, i, label[t],
                    label[i < mistakes[s] ? t % 4 + 1 : t], s, s
            }
    }'
}
table "1 0 2 1 1 0" >a.csv
table "3 1 4 1 2 2" >b.csv

run mien-eval compare a.csv b.csv
check "compares two tables" test "$status" -eq 0
check "warns of nothing" silent "$err"
check "counts items and speakers" says "$out" "classify, 48 items, 6 speakers"
# By hand: 43 and 35 of 48 right.
check "has both accuracies and the difference" says "$out" \
    "accuracy          0.8958  0.7292  +0.1667"
# By hand: five of six speakers differ, all for a; of 64 ways those with all
# five signs equal, times the idle sixth: 4.
check "the exact p is by swapping speakers" says "$out" "0.0625"
check "all ways are tried" says "$out" "in all 64 ways (0.031 at the least)"
check "counts speakers" says "$out" "5 : 0 (1)"
check "McNemar stands beside" says "$out" \
    "items: both right 35, only a 8, only b 0, both wrong 5"
# 2 / 2^8.
check "with its exact p" says "$out" "as if independent: exact p 0.0078"
check "the folds stand beside" says "$out" \
    "6 folds' UAR: corrected resampled t(5)"
check "says that nothing is shown" says "$out" \
    "neither is shown to be better in UAR: p 0.0625"
check "stays within 80 columns" test "$(awk '{ if (length($0) > m)
    m = length($0) } END { print m }' "$out")" -le 80
run mien-eval compare a.csv b.csv --level 0.9
check "a lower level is enough" says "$out" "a is better in UAR"

# The same p by another route: awk tries all signs of the speakers' parts.
brute() {
    awk 'BEGIN {
        n = split("2 1 2 0 1 2", d, " ")
        for (i = 1; i <= n; i++) whole += d[i]
        for (way = 0; way < 2 ^ n; way++) {
            sum = 0
            for (i = 1; i <= n; i++)
                sum += int(way / 2 ^ (i - 1)) % 2 ? -d[i] : d[i]
            extreme += sum >= whole || sum <= -whole
        }
        print extreme / 2 ^ n
    }'
}
run mien-eval compare a.csv b.csv --format csv
check "CSV has the p of all signs in awk" test \
    "$(awk -F, '$1 == "accuracy" { print $9 }' "$out")" = "$(brute)"
run mien-eval compare b.csv a.csv --format csv
check "the other way round the sign turns" test \
    "$(awk -F, '$1 == "accuracy" { printf "%.4f", $5 }' "$out")" = -0.1667
check "and p does not" test \
    "$(awk -F, '$1 == "accuracy" { print $9 }' "$out")" = "$(brute)"
run mien-eval compare a.csv b.csv --format json
check "prints JSON" says "$out" '"kind": "comparison"'
check "which says what McNemar assumes" says "$out" \
    '"assumption": "items taken as independent"'

# A table against itself.
run mien-eval compare a.csv a.csv
check "equal tables differ in nothing" says "$out" \
    "neither is shown to be better in UAR: p 1.000"

# The order of rows means nothing; other rows do.
{ head -n 1 b.csv; tail -n +2 b.csv | sort -r; } >turned.csv
mien-eval compare a.csv b.csv --format csv >straight
run mien-eval compare a.csv turned.csv --format csv
check "rows may stand in any order" cmp straight "$out"
grep -v '^6-' b.csv >fewer.csv
run mien-eval compare a.csv fewer.csv
check "different items are refused" test "$status" -eq 3
check "with what to do" says "$err" \
    "8 rows of a.csv are not in fewer.csv, 0 the other way round"
run mien-eval compare a.csv fewer.csv --common
check "or left out" says "$out" "a: a.csv, 8 rows left out"
check "and the rest is compared" says "$out" "classify, 40 items, 5 speakers"
sed 's/^1-1,joy,/1-1,sad,/' b.csv >other.csv
run mien-eval compare a.csv other.csv
check "another truth is refused" test "$status" -eq 3
check "by its id" says "$err" \
    'id "1-1": a.csv and other.csv do not have the same truth'
sed '2s/s1$/s2/' b.csv >moved.csv
run mien-eval compare a.csv moved.csv
check "another speaker is refused" says "$err" "the same speaker"
sed 's/^[^i]/x&/' b.csv >strange.csv
run mien-eval compare a.csv strange.csv
check "nothing in common is refused" says "$err" "no item in common"

# Labels that only one of them predicts.
sed 's/^\(1-7,sad\),sad/\1,bored/' a.csv >bored.csv
run mien-eval compare a.csv bored.csv --format csv
check "a label of one table alone is a mistake" test \
    "$(awk -F, '$1 == "accuracy" { printf "%.4f", $4 }' "$out")" = 0.8750
check "and no class of the truth" not grep -q bored "$out"

# Speakers: known to one, to none, too few.
cut -d, -f 1-4 b.csv >unknown.csv
run mien-eval compare a.csv unknown.csv --format csv
check "one table's speakers are enough" cmp straight "$out"
cut -d, -f 1-4 a.csv >alone.csv
run mien-eval compare alone.csv unknown.csv
check "without speakers rows stand for them" says "$out" \
    "rows taken as independent"
check "drawn where they are many" says "$out" "in 100000 drawn ways (seed 1)"
run mien-eval compare alone.csv unknown.csv --samples 500 --seed 4
cp "$out" once
run mien-eval compare alone.csv unknown.csv --samples 500 --seed 4
check "and drawn again alike" cmp once "$out"
grep -e '^id' -e '^[12]-' a.csv >two_a.csv
grep -e '^id' -e '^[12]-' b.csv >two_b.csv
run mien-eval compare two_a.csv two_b.csv
check "two speakers are too few" says "$out" \
    "2 speakers are too few: no difference could have p 0.05"
grep -e '^id' -e '^1-' a.csv >one_a.csv
grep -e '^id' -e '^1-' b.csv >one_b.csv
run mien-eval compare one_a.csv one_b.csv
check "one is, too" says "$out" "1 speaker is too few"

# Numbers.
numbers() {
    awk -v noise="$1" 'BEGIN {
        print "# task: regress"
        print "id,truth,predicted,speaker,recording"
        for (i = 0; i < 40; i++)
            printf "%d,%g,%g,s%d,r%d\n", i, i % 7,
                i % 7 + noise * ((i * 37) % 11 - 5) / 5, i % 5, i % 5
    }'
}
numbers 0.5 >near.csv
numbers 2 >far.csv
run mien-eval compare near.csv far.csv
check "compares numbers" says "$out" "regress, 40 items, 5 speakers"
check "by CCC first" says "$out" "CCC, all items"
check "lower errors are better" says "$out" "5 : 0"
check "McNemar is not for numbers" not grep -q McNemar "$out"
run mien-eval compare a.csv near.csv
check "two tasks are refused" says "$err" \
    "a.csv is about a task to classify, near.csv about one to regress"

run mien-eval compare a.csv
check "one run is too few" test "$status" -eq 2
run mien-eval compare a.csv b.csv a.csv
check "three are too many" test "$status" -eq 2
run mien-eval compare a.csv nothing.csv
check "a missing file is named" says "$err" "nothing.csv"

# Only one of the tables knows who speaks.
cut -d, -f 1-4 b.csv >mute.csv
run mien-eval compare a.csv mute.csv
check "speakers of one table are taken for both" says "$out" "6 speakers"
check "... which is said" \
    says "$out" "who speaks is taken from a; b does not say"
run mien-eval compare mute.csv a.csv --format json
check "... also in JSON" test "$(grep -c '"has_speakers": \(true\|false\)' "$out")" -eq 2
run mien-eval compare a.csv b.csv
check "... where both know, nothing is said" not says "$out" "who speaks"
run mien-eval compare a.csv b.csv --samples 0
check "no ways to swap are no test" says "$err" "--samples: 0 is outside 1.."
tap_done
