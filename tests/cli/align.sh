#!/bin/sh
# mien-eval align: streams of different rates and clocks on one time base.
. "$srcdir/tests/support/tap.sh"
tap_folder

cat >a.csv <<'END'
item,time,valence
x,0,1
x,0.5,2
x,1,3
x,1.5,3
x,4,5
y,0,9
y,1,8
END
printf 'item;t_s;eda;who\nx;100.25;10;me\nx;101.25;20;me\nx;102.25;30;me\n' \
    >b.csv
run mien-eval align --rate 2 --item item a=a.csv b=b.csv --offset b=100 -o t.csv
check "two streams stand on one time base" test "$status" -eq 0
cat >expected <<'END'
item,time,a_valence,b_eda
x,0,1,
x,0.5,2,12.5
x,1,3,17.5
x,1.5,3,22.5
x,2,,27.5
x,2.5,,
x,3,,
x,3.5,,
x,4,5,
y,0,9,
y,0.5,8.5,
y,1,8,
END
check "gaps and what was not recorded are empty" \
    sh -c "grep -v '^#' t.csv | cmp - expected"
check "what has no numbers is named" says "$err" "left out, without numbers: who"
check "items that a stream has not are counted" \
    says "$err" "b.csv: has 1 of the 2 items not"
check "the report has the share that is there" \
    grep -Eq '^b +eda +3 +0\.333$' "$out"
cp t.csv first.csv
run mien-eval align --rate 2 --item item a=a.csv b=b.csv --offset b=100 -o t.csv
check "twice the same bytes" cmp t.csv first.csv
run mien-eval align --rate 2 --item item a=a.csv b=b.csv --offset b=100 \
    --max-gap a=none --method a=step
check "a step stays over gaps that are allowed" grep -q '^x,3.5,3,$' "$out"
run mien-eval align --rate 2 --item item a=a.csv b=b.csv --offset b=100 \
    --skew b=1000000
check "a skew without sense is refused" test "$status" -eq 2
# A clock that runs 1 % too fast shows 101 after 100 s.
printf 'time,z\n0,0\n101,101\n' >fast.csv
printf 'time,q\n0,0\n100,0\n' >slow.csv
run mien-eval align --rate 0.01 --max-gap none q=slow.csv z=fast.csv \
    --skew z=10000
check "a known skew is taken out" grep -q '^q,100,0,101$' "$out"

run mien-eval align --window 2 --item item a=a.csv b=b.csv --offset b=100 \
    -o w.csv
check "windows have a row each" test "$(grep -vc '^#' w.csv)" -eq 4
# x 0-2: straight 1 to 3 in a second, then 3 until 1.5: (2 + 1.5) / 1.5.
check "a window is the mean of what is there, with its share" \
    grep -q '^x#0-2,x,0,2,2.333333333333333[0-9]*,0.75,18.75,0.875$' w.csv
check "too little of it leaves the cell empty" \
    grep -q '^x#2-4,x,2,4,,0,,0.125$' w.csv
printf 'id,emotion,speaker\nx#0-2,joy,s1\nx#2-4,joy,s2\ny#0-2,rage,s1\n' >c.csv

run mien-eval align --rate 2 --window 2 a.csv
check "points or windows, not both" test "$status" -eq 2
run mien-eval align --rate 2 a.csv d/a.csv
check "two streams of one name are refused" says "$err" "name them apart"
run mien-eval align --rate 2 nowhere.csv
check "a file that is not there is bad input" test "$status" -eq 3
run mien-eval align --rate 2 --method b=cubic b=b.csv
check "an unknown method is refused" says "$err" "expected linear, step or mean"
run mien-eval align --rate 2 --offset 3 b=b.csv
check "an offset says of which stream" says "$err" "of which stream?"
printf 'time,v\n0,1\nsoon,2\n' >bad.csv
run mien-eval align --rate 2 bad.csv -o never.csv
check "a bad time is named with its line" \
    says "$err" 'bad.csv:3: column "time" is "soon"'
check "and nothing is written" test ! -e never.csv
tap_done
