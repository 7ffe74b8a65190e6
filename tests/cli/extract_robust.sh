#!/bin/sh
# mien-eval extract --check-robust: what moves and what does not.
. "$srcdir/tests/support/tap.sh"
tap_folder

tone=$builddir/tests/support/tone
echo id,file >corpus.csv
for hz in 110 140 180 210 250 300; do
    "$tone" $hz.wav 16000 1 1.2 $hz 0.$((hz / 40))
    echo "$hz,$hz.wav" >>corpus.csv
done
{ cat corpus.csv; echo gone,gone.wav; } >gone.csv

# cell CONDITION COLUMN FIELD - of all.csv.
cell() {
    awk -F, -v c="$1" -v n="$2" -v f="$3" '$1 == c && $2 == n { print $f }' all.csv
}

# within VALUE LOW HIGH
within() {
    echo "$1 in $2..$3?"
    awk -v x="$1" -v low="$2" -v high="$3" \
        'BEGIN { exit !(x != "" && x + 0 >= low && x + 0 <= high) }'
}

mkdir tmp
TMPDIR=$tap_dir/tmp
export TMPDIR
run mien-eval extract corpus.csv --set egemaps --check-robust -o all.csv \
    --format csv
check "it runs" test "$status" -eq 0
check "a line a condition" test "$(grep -c . "$out")" -eq 17
check "a row a condition and column" test "$(grep -c '^[a-z]' all.csv)" \
    -eq $((16 * 90 + 1))
check "the set's version is noted" grep -q '^# version: ' all.csv
check "no temporary file is left" test -z "$(ls tmp)"
check "nothing is kept in the cache" test ! -e "$XDG_CACHE_HOME/mien"
# By hand: 20 dB less of everything.
check "a level falls with the recording's" \
    within "$(cell gain-20 level_mean 7)$(cell gain-20 level 7)" 0.5 50
check "but in step" within "$(cell gain-20 level 5)" 0.9999 1
check "pitch does not know of levels" \
    within "$(cell gain-20 f0_mean 6)" 0 0.00001
check "nor of rates" within "$(cell rate-48000 f0_mean 6)" 0 0.0001
check "nor of zeros at the ends" within "$(cell padded f0_mean 6)" 0 0
check "which change no length either" \
    within "$(cell padded voiced_share 6)" 0 0
check "at another rate, too" \
    within "$(cell rate-22050-padded voiced_share 6)" 0 0.01
check "nor of codecs" within "$(cell opus-24 f0_mean 6)" 0 0.01
# A tone has no noise of its own: 10 dB of it are all there is of its HNR.
check "noise lowers the harmonics-to-noise ratio" \
    within "$(cell noise-10 hnr_mean 6)" 0.3 1
check "and more of it more" within "$(cell noise-30 hnr_mean 6)" 0 \
    "$(cell noise-10 hnr_mean 6)"
check "all six items are there" test "$(cell padded f0_mean 3)" -eq 6

cp all.csv one.csv
cp "$out" summary
run mien-eval extract corpus.csv --set egemaps --check-robust -o all.csv \
    --format csv -j 1
check "any number of threads gives the same" cmp one.csv all.csv
check "and the same summary" cmp summary "$out"
run mien-eval extract corpus.csv --set egemaps --check-robust -o all.csv \
    --seed 2 --format csv
check "another seed is other noise" not cmp -s one.csv all.csv
grep -v ^noise one.csv >one.rest
grep -v ^noise all.csv >all.rest
check "and nothing else" cmp one.rest all.rest

run mien-eval extract gone.csv --set egemaps --check-robust --only id=110,140,180,gone
check "an item that cannot be read is left out and told of" \
    says "$err" "gone.wav: no such file"
check "which makes 1" test "$status" -eq 1
check "without --output the summary is all there is" says "$out" "median r"
run mien-eval extract corpus.csv --set egemaps --check-robust --only id=110,140
check "two items are too few to correlate" says "$err" "it needs 3 of them"
check "what was not prepared does not say so" not says "$out" "prepared"
run mien-eval extract corpus.csv --set egemaps --check-robust --denoise \
    --only id=110,140,180 -o cleaned.csv
check "that the sound was denoised is said on each line" \
    grep -q "^noise-10 .*  denoise$" "$out"
check "... and in the table" says cleaned.csv "# denoise: afftdn"
TMPDIR=$tap_dir/nowhere
run mien-eval extract corpus.csv --set egemaps --check-robust
check "a folder for temporary files that is not there is named" \
    says "$err" "$tap_dir/nowhere/mien-robust"
TMPDIR=$tap_dir/tmp
mien-eval extract corpus.csv --set mien --check-robust -o late.csv \
    >/dev/null 2>&1 &
child=$!
tries=0
while [ -z "$(ls tmp)" ] && [ $tries -lt 1000 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
kill -INT $child
stopped=0
wait $child || stopped=$?
check "Ctrl-C makes 4" test "$stopped" -eq 4
check "and leaves no temporary file" test -z "$(ls tmp)"
check "and no table" test ! -e late.csv
run mien-eval extract corpus.csv --set quality --check-robust
check "the set quality measures just what is changed" \
    says "$err" "--check-robust is for one set of sound"
run mien-eval extract corpus.csv --check-robust --cache here
check "and no cache is used" test "$status" -eq 2
tap_done
