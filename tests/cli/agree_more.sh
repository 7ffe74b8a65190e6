# mien-eval agree: sets of labels, tables of weights, pairs, gold, time,
# groups crossed, annotators left out.
. "$srcdir/tests/support/tap.sh"
tap_folder
quick="--bootstrap 0 --permutations 0"

# Cohen (1968): kappa .492, weighted .348 (psych 2.2.9: 0.347826086956522).
awk 'BEGIN { split("88 14 18 10 40 10 2 6 12", n, " ")
    split("a b c", name, " ")
    print "item,annotator,value"
    for (i = 0; i < 9; i++) for (t = 0; t < n[i + 1]; t++) {
        k++
        print k ",x," name[int(i / 3) + 1]
        print k ",y," name[i % 3 + 1] } }' >cohen.csv
printf 'a,b,c\n0,1,3\n1,0,6\n3,6,0\n' >far.csv
run mien-eval agree $quick --format csv --weight-table far.csv cohen.csv
check "reads a table of disagreements" test "$status" -eq 0
check "weighted kappa is Cohen's of 1968" grep -q \
    "^,,cohen_kappa,Cohen's kappa,0.34782608695652" "$out"
run mien-eval agree $quick --format csv cohen.csv
check "unweighted, too" grep -q "^,,cohen_kappa,Cohen's kappa,0.4915254237288" \
    "$out"
printf ',a,b,c\na,0,1,3\nb,1,0,6\nc,3,7,0\n' >bad.csv
run mien-eval agree $quick --weight-table bad.csv cohen.csv
check "refuses one that is not symmetric" test "$status" -eq 3
check "and says so" says "$err" "must be symmetric"

cat >sets.csv <<END
item,annotator,value
1,x,fear|joy
1,y,joy|fear
2,x,fear
2,y,fear|joy
3,x,joy
3,y,anger
4,x,anger
4,y,anger
END
# By hand.  Sets: FJ 3, F 1, J 1, A 3 of 8.  MASI distances: F-FJ and J-FJ
# 1 - 1/2 * 2/3 = 2/3, else 1.  D_o = (0 + 2/3 + 1 + 0) * 2 / 8 = 5/12.
# D_e = 2 (3 * 2/3 + 3 * 2/3 + 9 + 1 + 3 + 3) / 56 = 40/56.
run mien-eval agree $quick --sets masi --format csv sets.csv
check "sets are sets, however they are written" test "$status" -eq 0
check "alpha by MASI" grep -q "^,,alpha,Krippendorff's alpha,0.41666666666" "$out"
# Jaccard distance 1/2: D_o = (1/2 + 1) / 4 = 3/8, D_e = 2 (1.5 + 1.5 + 16) / 56.
run mien-eval agree $quick --sets jaccard --format csv sets.csv
check "alpha by Jaccard" grep -q "^,,alpha,Krippendorff's alpha,0.44736842105" \
    "$out"
run mien-eval agree $quick --sets masi sets.csv
check "says what it did" says "$out" "sets, by MASI"
run mien-eval agree $quick --sets masi --scale interval sets.csv
check "refuses sets of another scale" test "$status" -eq 2

cat >long.csv <<END
item,annotator,value,sex,age,truth,when
a,ann,joy,f,old,joy,1
a,bob,joy,f,old,joy,1
a,cem,fear,f,old,joy,1
b,ann,fear,m,old,fear,2
b,bob,fear,m,old,fear,2
b,cem,fear,m,old,fear,2
c,ann,joy,m,young,anger,3
c,bob,fear,m,young,anger,3
c,cem,joy,m,young,anger,3
d,ann,fear,f,young,,4
d,bob,joy,f,young,,4
d,cem,fear,f,young,,4
END
run mien-eval agree $quick --by sex,age long.csv
check "crosses groups" grep -q '^sex\*age = f\*old: 1 of 1 items' "$out"
check "beside the single ones" test "$(grep -c '^[a-z*]* = ' "$out")" = 8
run mien-eval agree $quick --per pair --format csv long.csv
check "has a row a pair" test "$(wc -l <"$out")" -eq 4
# ann and bob: a, b the same, c and d not; what they say at c and at d.
check "with agreement and the commonest confusion" \
    grep -q "^ann,bob,4,0.5,0," "$out"
run mien-eval agree $quick --per confusion --format csv long.csv
check "lists all cells" grep -q "^ann,bob,fear,joy,1$" "$out"
run mien-eval agree $quick --per gold --gold truth --format csv long.csv
check "judges by a column of gold" grep -q "^ann,3,2,0.66666" "$out"
printf 'item,value\na,joy\nb,joy\n' >gold.csv
run mien-eval agree $quick --per gold --gold gold.csv --format csv long.csv
check "or by a file" grep -q "^cem,2,0,0,0,.*joy>fear 2$" "$out"
run mien-eval agree $quick --per confusion --gold gold.csv --format csv long.csv
check "gold is in the confusions" grep -q "^(gold),cem,joy,fear,2$" "$out"
run mien-eval agree $quick --per time --windows 2 --order when --format csv long.csv
check "has windows of each and of all" test "$(wc -l <"$out")" -eq 9
# ann: a 1/2, b 1; then c 1/2, d 1/2.
check "with agreement in each" sh -c '
    grep -q "^ann,1,1,2,2,0.75$" "$1" && grep -q "^ann,2,3,4,2,0.5$" "$1"' \
    sh "$out"
run mien-eval agree $quick --jackknife annotators long.csv
check "leaves out annotators" says "$out" "jackknife-t over 3 annotators"
run mien-eval agree $quick --jackknife annotators --counts --item clip - <<END
clip,joy,fear
1,3,2
2,1,4
END
check "who must have names" says "$out" "annotators have no names"
run mien-eval agree $quick --per gold long.csv
check "asks for gold" test "$status" -eq 2
run mien-eval agree $quick --order when long.csv
check "refuses an order without windows" test "$status" -eq 2

# Not everybody judged all, and nothing is left over for the error: with these
# the search for REML variances once ended in an abort.
printf 'item,a,b,c\n1,1,2,\n2,3,4,\n3,5,,7\n4,,7,8\n5,2,3,4\n' >additive.csv
run mien-eval agree --wide --scale interval additive.csv
check "REML without any error is undefined" test "$status" -eq 0
check "... which is explained" says "$out" \
    "ICC(A,1)               undefined: items and annotators explain every"
printf 'item,a,b,c\n1,1,1,\n2,3,3,\n3,5,,5\n4,,7,7\n5,2,2,2\n' >same.csv
run mien-eval agree --wide --scale interval same.csv
check "... but 1 where all say the same" grep -q '^ICC(A,1)  *1\.0000' "$out"

# What rounding leaves of no variation is neither agreement nor 1e33.
printf 'item,a,b,c\n1,4,4,4\n2,4,4,4\n3,4,4,4\n4,4,4,4\n5,4,4,4\n6,4,4,4\n' \
    >flat.csv
run mien-eval agree --wide --scale interval flat.csv
check "ratings that never vary have no ICC" test \
    "$(grep -c '^ICC(.*undefined: the ratings do not vary (0/0)' "$out")" -eq 6
printf 'item,a,b,c\n1,3,6,4\n2,3,6,4\n3,3,6,4\n4,3,6,4\n5,3,6,4\n6,3,6,4\n' \
    >shifted.csv
run mien-eval agree --wide --scale interval shifted.csv
check "... nor consistency, where only annotators differ" test \
    "$(grep -c "^ICC(C,.*undefined: the annotators' levels differ" "$out")" -eq 2
check "... and the mean of k is explained" says "$out" \
    "ICC(k)                 undefined: the items' means are all the same (x/0)"
# Fourteen fives, a third missing: their mean is not quite five, and that gave
# an ICC(A,1) of 1.
awk 'BEGIN { print "item,annotator,value"
    for (i = 0; i < 8; i++) for (r = 0; r < 3; r++)
        if ((i + r) % 4) print "i" i ",r" r ",5" }' >flat.csv
run mien-eval agree flat.csv
check "... also where some are missing" test \
    "$(grep -c '^ICC(.*undefined: the ratings do not vary (0/0)' "$out")" -eq 6

# The head says what was done, not what was asked for.
awk 'BEGIN { print "item,annotator,value"
    for (i = 0; i < 21000; i++) for (r = 0; r < 10; r++)
        print "i" i ",r" r "," (i * 7 + r * i % 3) % 5 }' >many.csv
run mien-eval agree --scale nominal --permutations 0 many.csv
check "a bootstrap that was left out is not in the head" \
    not says "$out" "resamples)"
check "... and the foot says why" says "$out" "bootstrap: left out: too many"
run mien-eval agree --scale nominal --permutations 0 --format json many.csv
check "... nor are its limits in JSON" says "$out" '"bootstrap_limits": null'
run mien-eval agree --bootstrap 100 additive.csv --wide --scale interval \
    --format json
check "... which are there where there are any" \
    says "$out" '"bootstrap_limits": "BCa"'
tap_done
