#!/bin/sh
# mien-eval extract --set egemaps: what is not defined is missing.
. "$srcdir/tests/support/tap.sh"
tap_folder

tone=$builddir/tests/support/tone
"$tone" low.wav 16000 1 1.5 220 0.3
"$tone" high.wav 44100 2 1.5 220 0.3
"$tone" silent.wav 16000 1 1 0 0
cat >corpus.csv <<'END'
id,file
low,low.wav
high,high.wav
silent,silent.wav
END

# cell ID COLUMN - one cell of f.csv.
cell() {
    awk -F, -v id="$1" -v name="$2" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        $1 == id { print $column; found = 1 }
        END { if (!found) print "none" }' f.csv
}

# about VALUE WANTED SLACK
about() {
    awk -v x="$1" -v y="$2" -v d="$3" 'BEGIN {
        exit !(x != "" && x >= y - d && x <= y + d) }'
}

run mien-eval extract corpus.csv --set egemaps -o f.csv
check "it runs" test "$status" -eq 0
check "the set is noted" says f.csv "# set: egemaps"
check "and its frames" says f.csv "# frame_ms: 25"
# 220 Hz are 36 semitones above 27.5 Hz.
check "the pitch is that of the tone" about "$(cell low f0_mean)" 36 0.05
check "at any rate and with any channels" \
    about "$(cell high f0_mean)" 36 0.05
check "it is voiced" about "$(cell low voiced_share)" 1 0.05
check "silence has no pitch" test -z "$(cell silent f0_mean)"
check "no level" test -z "$(cell silent level)"
check "no formant's level" test -z "$(cell silent f1_level_mean)"
check "and says how much is voiced" \
    test "$(cell silent voiced_share) $(cell silent voiced_frames)" = "0 0"
run mien-eval extract corpus.csv --set egemaps --no-cache -j 3 -o again.csv
check "any number of threads gives the same" cmp f.csv again.csv
run mien-eval extract --describe egemaps --format csv
check "--describe has 90 columns" test "$(grep -c , "$out")" -eq 91
check "with unit and source" says "$out" "dB/Hz"
run mien-eval extract corpus.csv --set egemaps --rate native
check "the files' own rate is refused" says "$err" "defined at 16000 Hz"
run mien-eval extract corpus.csv --set mien -o f.csv
check "mien gives the same pitch" about "$(cell low f0_mean)" 36 0.05
check "and melody" about "$(cell low f0_dct0)" 36 0.05
check "and none of silence" test -z "$(cell silent f0_dct0)"
tap_done
