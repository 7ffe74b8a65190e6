#!/bin/sh
# mien-eval extract --set face: tables of OpenFace and Py-Feat to one row each.
. "$srcdir/tests/support/tap.sh"
tap_folder

mkdir tables
printf 'frame, timestamp, confidence, success, AU04_r\n' >tables/a.csv
cp tables/a.csv tables/empty.csv
cp tables/a.csv tables/bad.csv
printf '1, 0, 1, 1, 2\n2, 0.5, 0.5, 1, 5\n3, 1, 0, 0, 0\n' >>tables/a.csv
printf '1, 0, 1, 1, two\n' >>tables/bad.csv
cat >corpus.csv <<'END'
id,face,face_start,face_end
a,tables/a.csv,,
part,tables/a.csv,0.5,
empty,tables/empty.csv,,
bad,tables/bad.csv,,
gone,tables/gone.csv,,
none,,,
END

run mien-eval extract corpus.csv --set face -o f.csv
check "tables that fail make 1" test "$status" -eq 1
grep -v '^#' f.csv | cut -d, -f 1-5 >rows
check "rows by hand" test "$(cat rows)" = "$(printf '%s\n' \
    id,frames,usable_share,confidence,AU04_r_mean \
    "a,3,0.6666666666666666,0.5,3" \
    "part,2,0.5,0.25,5")"
check "columns without any value are left out" \
    says "$err" "features have a value for no item and are left out"
check "an empty table is named" says "$err" "tables/empty.csv: has no frame"
check "a bad cell is named" \
    says "$err" 'tables/bad.csv:2: column "AU04_r" is " two"'
check "a missing table is named" says "$err" "tables/gone.csv"
check "an item without a table is counted" \
    says "$err" "1 of 6 items have no face"
cp f.csv first.csv
run mien-eval extract corpus.csv --set face -j 2 -o f.csv
check "the cache serves the good ones" says "$out" "2 from the cache"
check "with the same bytes" cmp first.csv f.csv
sed 's/^id,face,/id,tracker,/' corpus.csv >other.csv
run mien-eval extract other.csv --only id=a --set face --column tracker \
    -o other.out
check "--column names another column" test "$status" -eq 0

openface=$shared/data/formats/openface/OpenFace_Test.csv
pyfeat=$shared/data/formats/pyfeat/001.csv
if [ -e "$openface" ] && [ -e "$pyfeat" ]; then
    printf 'id,face\no,%s\np,%s\n' "$openface" "$pyfeat" >real.csv
    run mien-eval extract real.csv --set face -o real.out
    check "tables of the programs themselves are read" test "$status" -eq 0
    # mean FILE COLUMN WEIGHT - awk's weighted mean.
    mean() {
        tr -d ' ' <"$1" | awk -F, -v x="$2" -v w="$3" '
            NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            { s += $at[x] * $at[w]; n += $at[w] }
            END { printf "%.6f\n", s / n }'
    }
    # ours ID COLUMN
    ours() {
        awk -F, -v id="$1" -v x="$2" '/^#/ { next }
            !c { for (i = 1; i <= NF; i++) if ($i == x) c = i; next }
            $1 == id { printf "%.6f\n", $c }' real.out
    }
    for name in AU04_r AU12_r pose_Rx; do
        check "$name of OpenFace is awk's weighted mean" \
            test "$(ours o ${name}_mean)" = \
            "$(mean "$openface" $name confidence)"
    done
    for name in AU04 AU12; do
        check "$name of Py-Feat is awk's weighted mean" \
            test "$(ours p ${name}_mean)" = \
            "$(mean "$pyfeat" $name FaceScore)"
    done
else
    skip "tables of the programs themselves" "no shared/data/formats"
fi
tap_done
