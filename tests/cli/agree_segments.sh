# mien-eval agree --segments: stretches of time as a table.
. "$srcdir/tests/support/tap.sh"
tap_folder

cat >seg.csv <<END
item,annotator,tier,start,end,label,duration
c1,ann,emotion,2,6,joy,10
c1,bob,emotion,3,7,joy,10
END
run mien-eval agree --segments seg.csv
check "reads segments" test "$status" -eq 0
# By hand: 8 of 10 s the same, chance 0.52.
check "agreement of time" says "$out" "agreement of time    0.8000"
check "kappa of time" says "$out" "kappa of time        0.5833"
check "one item has no interval, and that is said" says "$out" "no interval:"
# IoU 3/5: a pair up to 0.6, none above.
check "a curve over overlaps" awk '$1 == "0.6" { a = $2 } $1 == "0.7" { b = $2 }
    END { exit !(a == "1.000" && b == "0.000") }' "$out"
check "a curve over borders" awk '$1 == "0.50" { a = $2 } $1 == "1.00" { b = $2 }
    END { exit !(a == "0.000" && b == "1.000") }' "$out"
check "stays within 80 columns" test "$(awk '{ if (length($0) > m)
    m = length($0) } END { print m }' "$out")" -le 80

cat >three.csv <<END
item,annotator,tier,start,end,label
c1,ann,emotion,0.5,3.0,joy
c1,ann,emotion,4.0,6.0,anger
c1,bob,emotion,0.6,3.2,joy
c1,bob,emotion,4.5,6.5,fear
c2,ann,emotion,1.0,2.0,anger
c2,bob,emotion,1.1,2.1,anger
c2,bob,emotion,5,5.4,joy
c3,ann,emotion,,,
c3,bob,emotion,2,3,fear
c3,ann,noise,1,2,cough
END
run mien-eval agree --segments --per item --format csv three.csv
check "lists what has no partner" test "$(grep -c 'nothing there' "$out")" = 2
run mien-eval agree --segments --per item --overlap 0.7 --format csv three.csv
check "and what overlaps too little" \
    grep -q '^c1,emotion,ann,4,6,anger,bob,0.6,fear,too little overlap$' "$out"
run mien-eval agree --segments three.csv
check "a tier each" test "$(grep -c 'items with two annotators' "$out")" = 2
check "undefined is explained" says "$out" "undefined: no item was judged by two"
check "never NaN" sh -c '! grep -qiw nan "$1"' sh "$out"
check "says how long items are" says "$out" "0 to the last end in it"
run mien-eval agree --segments --format json three.csv
check "json has both curves" sh -c 'grep -q overlap_curve "$1" &&
    grep -q tolerance_curve "$1"' sh "$out"
run mien-eval agree --segments --format csv --min 0.99 --only tier=emotion three.csv
check "exits 1 when too little agrees" test "$status" -eq 1
check "csv has a row a coefficient" test "$(wc -l <"$out")" -eq 9
printf 'item,annotator,start,end,label\na,x,3,2,joy\n' >bad.csv
run mien-eval agree --segments bad.csv
check "names a bad cell" says "$err" 'bad.csv:2: column "end" is "2", which is'
check "as bad input" test "$status" -eq 3
run mien-eval agree --segments --scale ordinal three.csv
check "refuses what segments have not" test "$status" -eq 2
run mien-eval agree --segments --by sex three.csv
check "names a column that is not there" says "$err" 'no column "sex"'
cat >sex.csv <<END
item,annotator,start,end,label,duration,sex,age
c1,ann,2,6,joy,10,f,old
c1,bob,3,7,joy,10,f,old
c1,cat,3,6,anger,10,f,old
c2,ann,0,4,joy,10,m,old
c2,bob,0,5,anger,10,m,old
c3,ann,,,,10,m,new
c3,bob,1,2,joy,10,m,new
END
run mien-eval agree --segments --by sex,age --format csv sex.csv
check "a group each, and each two together" test "$(cut -d, -f 3 <"$out" |
    tr '\n' ' ')" = "group f m old new f*old m*old m*new "
mien-eval agree --segments --only sex=f --format csv sex.csv >only.csv
check "a group is what its items are alone" awk -F, '
    FNR == NR { if ($2 == "kappa_time") want = $3; next }
    $3 == "f" { exit !($7 == want) }' only.csv "$out"
run mien-eval agree --segments --per annotator --format csv sex.csv
check "an annotator against the others" grep -q '^,ann,3,2,0\.7,' "$out"
# By hand: of joy one pair, in c1, and four segments that are met six times.
run mien-eval agree --segments --per label --format csv sex.csv
check "a label against all else" grep -q '^,anger,3,2,' "$out"
check "... matched with itself" grep -q '^,joy,3,4,.*,0\.33333' "$out"
run mien-eval agree --segments --cluster sex sex.csv
check "items that are alike are left out together" says "$out" \
    "jackknife-t over groups of items, by sex"
run mien-eval agree --segments --cluster age --format csv sex.csv
cp "$out" clustered
run mien-eval agree --segments --format csv sex.csv
check "... which changes intervals" not cmp -s "$out" clustered
check "... and no value" sh -c 'cut -d, -f 1-4 "$1" >a; cut -d, -f 1-4 \
    clustered | cmp - a' sh "$out"
sed 's/c1,bob,3,7,joy,10,f/c1,bob,3,7,joy,10,m/' sex.csv >two.csv
run mien-eval agree --segments --by sex two.csv
check "an item is of one group" says "$err" 'two.csv:3: column "sex" is "m", an'
printf 'item,annotator,start,end,label,duration\na,x,0,10,joy,10\na,y,0,10,joy,10\n' \
    >whole.csv
run mien-eval agree --segments whole.csv
check "one label throughout is no agreement beyond chance" grep -q \
    '^alpha_U  *undefined: all say one and the same throughout' "$out"
tap_done
