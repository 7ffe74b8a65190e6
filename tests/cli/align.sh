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
cat >said.srt <<'END'
1
00:00:00,000 --> 00:00:01,000
<i>Well,</i>
then.

2
00:00:01,500 --> 00:00:02,500
No!
END
run mien-eval align --windows said.srt a=a.csv --item item
check "utterances are windows of every item" grep -q \
    '^x#0-1,x,0,1,"Well, then.",2,1$' "$out"
check "of which those are empty that nobody recorded" \
    grep -q '^y#1.5-2.5,y,1.5,2.5,No!,,0$' "$out"
printf 'id,item,start,end,emotion\nu1,x,0,1,joy\nu2,y,0:00.25,0:00.75,rage\n' \
    >turns.csv
run mien-eval align --windows turns.csv a=a.csv --item item -o u.csv
check "a table's windows keep their ids and what is said of them" \
    grep -q '^u2,y,0.25,0.75,rage,8.5,1$' u.csv
check "which are no features" \
    grep -q '^# not_features: item,start,end,emotion$' u.csv
printf 'id,start,end\nw1,0,1\n' >trial.csv
run mien-eval align --windows trial.csv a=a.csv --item item
check "a window of every item has a name in each" \
    sh -c "grep -q '^x#w1,x,' '$out' && grep -q '^y#w1,y,' '$out'"
run mien-eval align --window 2 --transcript said=said.srt a=a.csv --item item
check "a transcript stands beside windows" grep -q \
    '^x#0-2,x,0,2,"Well, then.",1,0.75,' "$out"
for i in 1 2 3 4 5 6; do
    printf 's%d,0,%d\ns%d,1,%d\n' $i $i $i $((i * i))
done | sed '1i item,time,x' >many.csv
{
    echo id,item,start,end,emotion,speaker
    for i in 1 2 3 4 5 6; do
        echo "w$i,s$i,0,1,$([ $((i % 2)) = 0 ] && echo joy || echo rage),p$i"
    done
} >who.csv
mien-eval align --windows who.csv many.csv --item item -o f.csv 2>"$err" >"$out"
run mien-eval cv f.csv --features f.csv --target emotion --folds 3 \
    --model logreg -o run
check "the table is corpus and features in one for cv" test "$status" -eq 0
mkdir e4
printf '1560000000\n1\n30\n31\n32\n33\n' >e4/TEMP.csv
printf '1560000000, IBI\n1,0.8\n1.9,0.9\n' >e4/IBI.csv
run mien-eval align --rate 1 e4 --offset e4=first
check "a wristband's folder is a stream" grep -q '^e4,3,33,$' "$out"
check "with all that it recorded" grep -q '^item,time,e4_temp,e4_ibi$' "$out"
run mien-eval align --rate 1 --columns eda e4
check "what it did not record is named" says "$err" 'has no "eda"'
printf 'when,till\n1,2\n' >bad.csv
run mien-eval align --windows bad.csv a=a.csv
check "windows need a start and an end" says "$err" "no column start"
printf '1\n00:00:05,000 --> 00:00:01,000\nno\n' >bad.srt
run mien-eval align --windows bad.srt a=a.csv
check "what ends before it starts is refused with its line" \
    says "$err" "bad.srt:3: ends before it starts"

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

# A movement of many tones seen by two clocks: the second shows 3.25 s more
# and runs 150 ppm fast; a third of nothing in common.
awk 'function f(t, k, s) {
         for (k = 1; k < 20; k++)
             s += sin(0.37 * k * t * (1 + 0.0013 * k * k) + k * k)
         return s
     }
     function noise() { seed = (seed * 16807) % 2147483647
                        return 6 * (seed / 2147483647 - 0.5) }
     BEGIN {
         seed = 11
         print "time,motion" >"cam.csv"
         print "time,acc" >"arm.csv"
         print "time,z" >"odd.csv"
         for (i = 0; i < 6000; i++) {
             t = i / 20
             if (t < 100 || t > 120)
                 printf "%.4f,%.4f\n", t, f(t) + noise() >"cam.csv"
         }
         for (i = 0; i < 9600; i++) {
             t = i / 32 + 0.02 * (i * 7 % 3)
             printf "%.4f,%.4f\n", t + 3.25 + 150e-6 * t, \
                 f(t) + noise() >"arm.csv"
             printf "%.4f,%.4f\n", t, noise() >"odd.csv"
         }
     }'
run mien-eval align --rate 10 cam.csv arm.csv --match arm.acc=motion \
    --max-offset 5 --max-skew 400 -o m.csv --clocks clocks.csv
check "a clock is estimated" test "$status" -eq 0
near() {
    awk -F, -v at="$1" -v truth="$2" -v by="$3" 'NR == 2 {
        d = $at - truth
        exit !(d < by && d > -by) }' clocks.csv
}
check "the offset is right to 20 ms" near 3 3.25 0.02
check "the skew to 60 ppm" near 5 150 60
check "and both are told with their uncertainty" \
    grep -q "^cam   arm      3\.2[0-9]* *0\.0[0-9]* *1[0-9][0-9]\.[0-9] " "$out"
together() {
    grep -v '^#' m.csv | awk -F, 'NR > 1 && $3 != "" && $4 != "" {
            n++; x += $3; y += $4; xx += $3 ^ 2; yy += $4 ^ 2; xy += $3 * $4 }
        END {
            r = (xy - x * y / n) / sqrt((xx - x * x / n) * (yy - y * y / n))
            exit !(r > 0.7) }'
}
check "the aligned columns go together" together
cp m.csv first.csv
run mien-eval align --rate 10 cam.csv arm.csv --match arm.acc=motion \
    --max-offset 5 --max-skew 400 -o m.csv --format json
check "twice the same bytes, clocks and all" cmp m.csv first.csv
check "JSON has the clocks" grep -q '"skew_ppm": 1' "$out"
run mien-eval align --rate 10 cam.csv arm.csv \
    --match arm.acc=motion --max-offset 160 -o never.csv
check "too wide a search for the length is refused" test "$status" -eq 1
check "with what to do" says "$err" "lower --max-offset"
run mien-eval align --rate 10 cam.csv odd.csv --match odd.z=motion -o never.csv
check "nothing in common is refused" test "$status" -eq 1
check "and said" says "$err" "cam: clock of odd: "
check "and nothing is written for it" test ! -e never.csv
run mien-eval align --rate 10 cam.csv odd.csv --match odd.z=motion --warp 1 \
    --keep-clock -o never.csv
check "what warping brings no nearer than wrong times is refused" \
    says "$err" "warp of odd: warped no nearer than at wrong times"
run mien-eval align --rate 10 cam.csv arm.csv --offset arm=3.25 --warp 0.5 \
    --match arm.acc=motion --keep-clock -o m.csv --clocks clocks.csv
check "what fits is bent" test "$status" -eq 0
check "and how far is told" sh -c "cut -d, -f 14 clocks.csv | grep -q '^0\.[0-9]'"
run mien-eval align --rate 10 cam.csv odd.csv --match cam.motion=motion
check "the reference's clock is not to be found" \
    says "$err" "the reference's clock is the table's"
run mien-eval align --rate 10 cam.csv odd.csv --match odd.y=motion
check "a column that is not there is named" \
    says "$err" 'odd.csv has no column of numbers "y"'
cp cam.csv kept.csv
ln -s cam.csv link.csv
run mien-eval align --rate 10 odd.csv seen=cam.csv -o link.csv
check "what is read is not written over" says "$err" "link.csv is read"
check "... and stays as it was" cmp cam.csv kept.csv
run mien-eval align --rate 10 cam.csv arm.csv --match arm.acc=motion \
    -o one.csv --clocks one.csv
check "nor are two tables written into one file" says "$err" "are one file"
tap_done
