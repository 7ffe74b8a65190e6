#!/bin/sh
# mien-eval extract --set physio: an Empatica E4's files to one row.
. "$srcdir/tests/support/tap.sh"
tap_folder

mkdir -p rec/a rec/b
printf '100\n1\n30\n31\n32\n33\n' >rec/a/TEMP.csv
printf '100, IBI\n1,0.8\n1.9,0.9\n2.76,0.86\n' >rec/a/IBI.csv
printf '100\n1\nwarm\n' >rec/b/TEMP.csv
cat >corpus.csv <<'END'
id,physio,physio_start,physio_end
a,rec/a,,
part,rec/a,2,3
file,rec/a/TEMP.csv,,
b,rec/b,,
none,,,
END

# cell ID COLUMN - one cell of p.csv.
cell() {
    awk -F, -v id="$1" -v name="$2" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        $1 == id { print $column; found = 1 }
        END { if (!found) print "none" }' p.csv
}

run mien-eval extract corpus.csv --set physio -o p.csv
check "a file that fails makes 1" test "$status" -eq 1
check "and is named with its line" \
    says "$err" "rec/b/TEMP.csv:3: expected a number"
check "the others have a row" \
    says "$out" "p.csv: 3 items"
check "an item without a recording is counted" \
    says "$err" "1 of 5 items have no physio"
check "temperature" test "$(cell a temp_mean) $(cell part temp_mean)" = "31.5 32"
# sqrt((100^2 + 40^2) / 2) = 76.158
check "intervals" test "$(cell a ibi_rmssd | cut -c1-6)" = 76.157
check "one file alone" test "$(cell file temp_p50)" = 31.5
check "what is in no recording is left out" not grep -q eda_mean p.csv
cp p.csv first.csv
run mien-eval extract corpus.csv --set physio -o p.csv
check "folders come from the cache" says "$out" "3 from the cache"
check "with the same bytes" cmp first.csv p.csv
printf '100\n1\n30\n31\n32\n34\n' >rec/a/TEMP.csv
run mien-eval extract corpus.csv --set physio -o p.csv
check "but not when a file in them has changed" \
    test "$(cell a temp_p80)" != "$(cp first.csv p.csv; cell a temp_p80)"

e4=$shared/data/formats/empatica-e4
if [ -e "$e4/EDA.csv" ]; then
    printf 'id,physio\ne4,%s\n' "$e4" >real.csv
    run mien-eval extract real.csv --set physio -o p.csv
    check "the device's own files are read" test "$status" -eq 0
    # mean FILE - awk's mean of its values, rounded.
    mean() {
        awk 'FNR > 2 { s += $1; n++ } END { printf "%.6f\n", s / n }' "$1"
    }
    check "skin conductance as awk has it" \
        test "$(printf %.6f "$(cell e4 eda_mean)")" = "$(mean "$e4/EDA.csv")"
    check "heart rate as awk has it" \
        test "$(printf %.6f "$(cell e4 hr_mean)")" = "$(mean "$e4/HR.csv")"
    # Neighbours are those whose time is the interval's length later.
    awk -F, 'FNR > 1 && $2 >= 0.3 && $2 <= 2 {
            d = $1 - at - $2
            if (at && d < 0.02 && d > -0.02) {
                s += ($2 - was) ^ 2; n++ }
            at = $1; was = $2 }
        END { printf "%.4f\n", 1000 * sqrt(s / n) }' "$e4/IBI.csv" >rmssd
    check "RMSSD as awk has it" \
        test "$(printf %.4f "$(cell e4 ibi_rmssd)")" = "$(cat rmssd)"
else
    skip "the device's own files" "no shared/data/formats/empatica-e4"
fi
tap_done
