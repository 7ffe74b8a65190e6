#!/bin/sh
# mien-eval extract --denoise --trim-silence: what was done is told, and kept
# apart from what was measured without.
. "$srcdir/tests/support/tap.sh"
tap_folder

command -v ffmpeg >/dev/null || tap_skip_all "no ffmpeg"
tone=$builddir/tests/support/tone
"$tone" tone.wav 16000 1 1.5 220 0.3
# A second of faint noise on each side of the tone, and under it.
ffmpeg -v error -i tone.wav -filter_complex \
    "[0]adelay=1000,apad=pad_dur=1[a];anoisesrc=r=16000:d=3.5:a=0.002:seed=7[b];
     [a][b]amix=inputs=2:duration=longest:normalize=0" noisy.wav
"$tone" silent.wav 16000 1 1 0 0
cat >corpus.csv <<'END'
id,file,start,end
tone,tone.wav,,
noisy,noisy.wav,,
piece,noisy.wav,0.5,3.5
silent,silent.wav,,
gone,gone.wav,,
END

# cell FILE ID COLUMN
cell() {
    awk -F, -v id="$2" -v name="$3" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        $1 == id { print $column; found = 1 }
        END { if (!found) print "none" }' "$1"
}

# about VALUE WANTED SLACK
about() {
    echo "$1 about $2?"
    awk -v x="$1" -v y="$2" -v d="$3" 'BEGIN {
        exit !(x != "" && x + 0 >= y - d && x + 0 <= y + d) }'
}

run mien-eval extract corpus.csv --set egemaps -o plain.csv
check "without, nothing is told" test ! -e plain.changes.csv
run mien-eval extract corpus.csv --set egemaps --trim-silence -o cut.csv
check "an item that is missing makes 1 as before" test "$status" -eq 1
check "nothing is taken from what was measured without" \
    says "$out" "0 from the cache"
check "the table says what was done" \
    says cut.csv "# trim_silence: 25 dB below the loudest, 0.1 s left"
check "so does that of the changes" says cut.changes.csv "# trim_silence: "
check "the silence before is cut but for 0.1 s" \
    about "$(cell cut.changes.csv noisy cut_start_s)" 0.9 0.021
check "and that behind" about "$(cell cut.changes.csv noisy cut_end_s)" 0.9 0.021
check "of a piece that of the piece" \
    about "$(cell cut.changes.csv piece cut_start_s)" 0.4 0.021
check "a tone alone is not cut" \
    test "$(cell cut.changes.csv tone cut_start_s)" = 0
check "nor are zeros" test "$(cell cut.changes.csv silent cut_end_s)" = 0
check "what cannot be read is in neither" \
    test "$(cell cut.changes.csv gone cut_end_s)" = none
check "noise was not looked at" \
    test -z "$(cell cut.changes.csv noisy noise_floor_db)"
# 1.5 s of 3.5, and of 1.7.
check "more of it is voiced now" \
    about "$(cell plain.csv noisy voiced_share)" 0.43 0.02
check "as it should" about "$(cell cut.csv noisy voiced_share)" 0.88 0.02
check "another piece of the same has the same numbers, nearly" \
    about "$(cell cut.csv piece f0_mean)" "$(cell cut.csv noisy f0_mean)" 0.01

run mien-eval extract corpus.csv --set egemaps --denoise --trim-silence \
    -o both.csv --changes told.csv
check "both at once" test "$(grep -c '^# denoise\|^# trim' both.csv)" -eq 2
check "--changes names the table" test -s told.csv
# Uniform noise of 0.002 is 10 log10(0.002^2 / 3) = -58.8 dB.
check "the noise's level is found" \
    about "$(cell told.csv noisy noise_floor_db)" -58.8 1
check "and is lower now" about "$(cell told.csv noisy noise_removed_db)" 10 3
check "the sound as a whole hardly" \
    about "$(cell told.csv noisy level_removed_db)" 0 0.1
check "zeros have no noise" test -z "$(cell told.csv silent noise_floor_db)"

for jobs in 1 2; do
    run mien-eval extract corpus.csv --set egemaps --denoise --trim-silence \
        -o $jobs.csv --no-cache -j $jobs
done
check "any number of threads gives the same" cmp 1.csv 2.csv
check "and tells the same" cmp 1.changes.csv 2.changes.csv
run mien-eval extract corpus.csv --set egemaps --denoise --trim-silence \
    -o again.csv
check "it comes from the cache" says "$out" "4 from the cache"
check "the same" cmp both.csv again.csv
check "with what was told" cmp told.csv again.changes.csv
run mien-eval extract corpus.csv --set egemaps --denoise -o one.csv
check "each way of preparing has its own" says "$out" "0 from the cache"
run mien-eval extract corpus.csv --set egemaps -o once.csv
check "and none spoils the plain one" cmp plain.csv once.csv
run mien-eval extract corpus.csv --set egemaps-compat,mien --trim-silence \
    -o two.csv
check "several sets share one account" \
    test "$(grep -v '^#' two.changes.csv)" = "$(grep -v '^#' cut.changes.csv)"

run mien-eval extract corpus.csv --set mien,quality --denoise -o x.csv
check "the set quality wants the recording as it is" \
    says "$err" "--denoise and --trim-silence are not for the set quality"
check "that is wrong usage" test "$status" -eq 2
run mien-eval extract corpus.csv --set lld --denoise -o x.csv
check "sets of frames keep their times" says "$err" "not for the set lld"
run mien-eval extract corpus.csv --denoise
check "the account needs a place" says "$err" "name one of them by --output"
run mien-eval extract corpus.csv --changes x.csv
check "and there must be one" says "$err" "--changes goes with --denoise or --trim-silence"
run mien-eval extract corpus.csv --denoise --changes x.csv -o x.csv
check "the two tables are two files" says "$err" "name one file, x.csv"
check "nothing was written" test ! -e x.csv
cp corpus.csv kept.csv
run mien-eval extract corpus.csv -o corpus.csv
check "the corpus table is not written over" says "$err" "corpus.csv is read"
check "... and stays" cmp corpus.csv kept.csv
tap_done
