#!/bin/sh
# mien-eval extract --set quality: bad input is seen.
. "$srcdir/tests/support/tap.sh"
tap_folder

tone=$builddir/tests/support/tone
"$tone" good.wav 16000 1 1.5 220 0.3
"$tone" stereo.wav 44100 2 1 220 0.3
"$tone" loud.wav 16000 1 1 220 3
"$tone" silent.wav 16000 1 1 0 0
"$tone" cut.wav 16000 1 1 220 0.3
truncate -s 20000 cut.wav
cat >corpus.csv <<'END'
id,file,start,end
good,good.wav,,
part,good.wav,0.5,1
stereo,stereo.wav,,
loud,loud.wav,,
silent,silent.wav,,
none,,,
END

# cell ID COLUMN - one cell of q.csv.
cell() {
    awk -F, -v id="$1" -v name="$2" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        $1 == id { print $column; found = 1 }
        END { if (!found) print "none" }' q.csv
}

run mien-eval extract corpus.csv --set quality -o q.csv
check "it runs" test "$status" -eq 0
check "an item without a file is counted" \
    says "$err" "1 of 6 items have no file: no row for them"
check "the set is noted" says q.csv "# set: quality"
check "no frames are noted" not grep -q frame_ms q.csv
check "length" test "$(cell good duration_s)" = 1.5
check "length of a part" test "$(cell part duration_s)" = 0.5
check "rate and channels are those of the file" \
    test "$(cell stereo sample_rate_hz) $(cell stereo channels)" = "44100 2"
# Five partials of 220 Hz end at 1,100 Hz.
check "a narrow sound needs a low rate" \
    test "$(cell stereo effective_rate_hz)" = 8000
check "clipping is seen" sh -c \
    "awk -v x='$(cell loud clipping_share)' 'BEGIN { exit !(x > 0.1) }'"
check "and not where there is none" test "$(cell good clipping_share)" = 0
check "silence is silent" \
    test "$(cell silent silence_share) $(cell silent digital_zero_share)" = "1 1"
check "and has no noise to measure" test -z "$(cell silent snr_db)"
run mien-eval extract corpus.csv --set quality -o again.csv
check "the cache serves it" says "$out" "5 from the cache"
check "with the same bytes" cmp q.csv again.csv
run mien-eval extract corpus.csv --set quality --no-cache -j 3 -o again.csv
check "and so does another number of threads" cmp q.csv again.csv

# bad ROW TEXT - a corpus of this one row fails with this message.
bad() {
    printf 'id,file,start,end\n%s\n' "$1" >bad.csv
    run mien-eval extract bad.csv --set quality -o bad.out
    [ "$status" -eq 1 ] && says "$err" "$2"
}
check "a truncated medium is named" bad "a,cut.wav,," "cut.wav: is truncated"
check "a missing one too" bad "a,gone.wav,," "gone.wav: no such file"
check "an end beyond the medium is told" \
    bad "a,good.wav,0,9" 'good.wav: "end" is 9 s, but the medium ends at 1.5 s'
check "a start beyond it too" bad "a,good.wav,9," "beyond the end at 1.500 s"
run mien-eval extract --list --set quality
check "--list says what is measured" says "$out" "flat tops"
tap_done
