#!/bin/sh
# mien-eval extract: rows, failures by name, the cache, Ctrl-C.
. "$srcdir/tests/support/tap.sh"
tap_folder

tone=$builddir/tests/support/tone
mkdir audio
"$tone" audio/a.wav 16000 1 1.5 220 0.3
"$tone" audio/b.wav 48000 2 1.5 220 0.3
"$tone" audio/low.wav 8000 1 1 110 0.3
"$tone" audio/silent.wav 16000 1 1 0 0
"$tone" audio/zero.wav 16000 1 0 220 0.3
"$tone" audio/cut.wav 16000 1 1 220 0.3
truncate -s 20000 audio/cut.wav
: >audio/empty.wav
echo "no sound, only words" >audio/words.mp3

cat >good.csv <<'END'
id,file,start,end,speaker
b,audio/b.wav,,,02
a,audio/a.wav,,,01
low,audio/low.wav,,,01
silent,audio/silent.wav,,,02
a#0.5-1,audio/a.wav,0.5,1,01
END
cat >mixed.csv <<'END'
id,file
missing,audio/missing.wav
a,audio/a.wav
zero,audio/zero.wav
cut,audio/cut.wav
empty,audio/empty.wav
words,audio/words.mp3
folder,audio
low,audio/low.wav
END

# cell FILE ID COLUMN - one cell of a table without quotes.
cell() {
    awk -F, -v id="$2" -v name="$3" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        $1 == id { print $column; found = 1 }
        END { if (!found) print "none" }' "$1"
}

# within VALUE LOW HIGH
within() {
    echo "$1 in $2..$3?"
    awk -v x="$1" -v low="$2" -v high="$3" \
        'BEGIN { exit !(x != "" && x + 0 >= low && x + 0 <= high) }'
}

ids() {
    grep -v '^#' "$1" | cut -d, -f1 | tr '\n' ' '
}

run mien-eval extract good.csv -o f.csv
check "a good corpus succeeds" test "$status" -eq 0
check "nothing is said on stderr" silent "$err"
check "a line says what was made" \
    says "$out" "f.csv: 5 items, 96 features; 0 from the cache"
check "rows stand in the corpus's order" \
    test "$(ids f.csv)" = "id b a low silent a#0.5-1 "
check "the set is noted" says f.csv "# set: basic"
check "the corpus's hash is noted" \
    says f.csv "# corpus_sha256: $(sha256sum good.csv | cut -d' ' -f1)"
# 220 Hz is 36 semitones over 27.5 Hz, 110 Hz 24.
check "pitch at 16 kHz" within "$(cell f.csv a f0_p50)" 35.98 36.02
check "pitch at 48 kHz, two channels" \
    within "$(cell f.csv b f0_p50)" 35.98 36.02
check "pitch at 8 kHz" within "$(cell f.csv low f0_p50)" 23.98 24.02
# Five partials of 0.06: 10 log10(5 * 0.06^2 / 2) = -20.458 dB; the mean of
# level 1 and 1/2 is 0.75 of it: 2.499 dB less.  A frame has no whole periods.
check "energy" within "$(cell f.csv a rms_db_p50)" -20.6 -20.3
check "channels are mixed by their mean" \
    within "$(cell f.csv b rms_db_p50)" -23.1 -22.8
check "silence is unvoiced" test "$(cell f.csv silent voiced_fraction)" = 0
check "silence has an empty pitch cell, not 0" \
    test -z "$(cell f.csv silent f0_mean)"
check "a segment has features of its own" \
    within "$(cell f.csv 'a#0.5-1' f0_p50)" 35.98 36.02

mkdir elsewhere
(cd elsewhere && mien-eval extract ../good.csv) >stdout.csv 2>/dev/null
check "file is relative to the table; stdout is the default" \
    cmp f.csv stdout.csv

run sh -c 'mien-eval extract - <good.csv | grep -v "^# corpus"'
check "- reads the table from standard input" test "$(ids "$out")" = "$(ids f.csv)"

for jobs in 1 2 5; do
    run mien-eval extract good.csv --no-cache -j $jobs -o jobs.csv
    check "--jobs $jobs gives the same bytes" cmp f.csv jobs.csv
done

# Failures.
run mien-eval extract mixed.csv --no-cache -o mixed.out
check "a file that fails makes 1" test "$status" -eq 1
check "the others are done, in order" test "$(ids mixed.out)" = "id a low "
check "a missing file is named" \
    says "$err" "audio/missing.wav: no such file"
check "zero length is named" \
    says "$err" "audio/zero.wav: has no samples (zero length)"
check "a truncated file is named" says "$err" "audio/cut.wav: is truncated"
check "an empty file is named" \
    says "$err" "audio/empty.wav: is empty (0 bytes)"
check "no medium is named" \
    says "$err" "audio/words.mp3: is no sound or video file"
check "a folder is named" says "$err" "audio: is a folder"
check "they are counted" says "$err" "6 of 8 items could not be extracted"
check "nobody else speaks" \
    test "$(grep -vc '^mien-eval' "$err")" -eq 0

# The cache.
check "the cache is where the user's caches are" \
    test -d "$XDG_CACHE_HOME/mien/features"
check "the cache is for the user's eyes only" \
    test "$(stat -c %a "$XDG_CACHE_HOME/mien/features")" = 700
run mien-eval extract good.csv -o again.csv
check "what was done comes from the cache" says "$out" "5 from the cache"
check "and is the same" cmp f.csv again.csv
run mien-eval extract good.csv --cache mine -o mine.csv
check "--cache names another" says "$out" "0 from the cache"
check "with an entry for each item" \
    test "$(find mine -type f | wc -l)" -eq 5
find mine -type f | head -n 1 | while read -r entry; do
    truncate -s 40 "$entry"
done
run mien-eval extract good.csv --cache mine -o mine.csv
check "a damaged entry is made again" says "$out" "4 from the cache"
check "and the numbers stay" cmp f.csv mine.csv
rm -r "$XDG_CACHE_HOME"
run mien-eval extract good.csv --no-cache -o none.csv
check "--no-cache keeps nothing" test ! -e "$XDG_CACHE_HOME/mien"
: >blocked
run mien-eval extract good.csv --cache blocked -o blocked.csv
check "a cache that cannot be written stops nothing" test "$status" -eq 0
check "but is told of, once" \
    test "$(grep -c 'the cache is not written' "$err")" -eq 1
check "and changes nothing" cmp f.csv blocked.csv

# What is asked for.
run mien-eval extract good.csv --only speaker=02 -o only.csv
check "--only keeps the rows that fit" \
    test "$(ids only.csv)" = "id b silent "
run mien-eval extract good.csv --only speaker=99 -o only.csv
check "--only that leaves nothing is bad input" test "$status" -eq 3
check "and leaves the old table" test "$(ids only.csv)" = "id b silent "
run mien-eval extract --list
check "--list names unit and source" says "$out" "semitones re 27.5 Hz"
run mien-eval extract --list --format json
check "--list prints JSON" says "$out" '"f0_mean"'
run mien-eval extract good.csv --set none
check "an unknown set is wrong usage" test "$status" -eq 2
check "and the known ones are named" says "$err" "known: basic"
run mien-eval extract
check "no corpus is wrong usage" test "$status" -eq 2
run mien-eval extract none.csv.gone
check "a missing corpus is bad input" test "$status" -eq 3

# bad TEXT - the message for a corpus of this one row.
bad() {
    printf 'id,file,start,end\n%s\n' "$1" >bad.csv
    run mien-eval extract bad.csv --no-cache
    [ "$status" -eq "$2" ] || return 1
    says "$err" "$3"
}
check "times that are none are refused with their line" \
    bad "a,audio/a.wav,abc," 3 'bad.csv:2: column "start" is "abc"'
check "an end before the start is refused" \
    bad "a,audio/a.wav,1,0.5" 3 'expected a time after "start"'
check "an end beyond the medium is a failure of the item" \
    bad "a,audio/a.wav,1,9" 1 '"end" is 9 s, but the medium ends at 1.5 s'
check "a start beyond the medium too" \
    bad "a,audio/a.wav,9," 1 'beyond the end at 1.500 s'

# Ctrl-C: 300 segments of a minute, stopped when the first is kept.
"$tone" audio/long.wav 16000 1 60 150 0.3
{
    echo "id,file,start,end"
    awk 'BEGIN { for (i = 0; i < 300; i++)
        printf "s%d,audio/long.wav,%.1f,60\n", i, i / 10 }'
} >long.csv
mien-eval extract long.csv --cache kept -j 2 -o long.out >/dev/null 2>&1 &
child=$!
tries=0
while [ "$(find kept -type f 2>/dev/null | wc -l)" -lt 2 ] &&
    [ $tries -lt 3000 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
kill -INT $child
stopped=0
wait $child || stopped=$?
check "Ctrl-C makes 4" test "$stopped" -eq 4
check "and leaves no table" test ! -e long.out
kept=$(find kept -type f | wc -l)
check "but keeps what was done" within "$kept" 1 299
check "whole" test -z "$(find kept -type f -exec sh -c '
    tail -n 1 "$1" | grep -qx end || echo "$1"' - {} \;)"
run mien-eval extract long.csv --only id=s0,s1 --cache kept -o part.csv
check "the next run begins with it" grep -q '; [12] from the cache' "$out"

# Several sets in one table.
run mien-eval extract --set quality,basic good.csv --no-cache -o two.csv
check "two sets make one table" test "$status" -eq 0
check "which says both" says two.csv "# set: quality,basic"
check "with what is each one's" says two.csv "# basic.rate_hz: 16000"
run mien-eval extract --set quality good.csv --no-cache -o q.csv
run mien-eval extract --set basic good.csv --no-cache -o b.csv
grep -v '^#' q.csv | cut -d, -f2- | sed '1s/[^,]*/quality:&/g' > q.cells
grep -v '^#' b.csv | cut -d, -f2- | sed '1s/[^,]*/basic:&/g' > b.cells
grep -v '^#' b.csv | cut -d, -f1 | paste -d, - q.cells b.cells > both.csv
grep -v '^#' two.csv > two.cells
check "and the numbers of each alone, behind its name" cmp two.cells both.csv
{ cat good.csv; echo 'gone,audio/gone.wav,,,03'; } > gone.csv
run mien-eval extract --set quality,basic gone.csv --no-cache -o three.csv
check "an item that cannot be measured has no row" test "$status" -eq 1
check "and each set says why" says "$err" "basic: "
check "the others have" test "$(grep -vc '^#' three.csv)" \
    -eq "$(grep -vc '^#' two.csv)"
run mien-eval extract --set basic,basic good.csv
check "a set twice is wrong usage" test "$status" -eq 2
run mien-eval extract --set basic,quality --column x good.csv
check "and --column with several" test "$status" -eq 2
run mien-eval extract --describe quality
check "--describe shows one set" says "$out" "flat tops"

# The set that takes sound at its own rate.
run mien-eval extract --set egemaps-compat good.csv --no-cache -o native.csv
check "egemaps-compat succeeds" test "$status" -eq 0
check "its note says that the rate is the file's" \
    grep -qx '# rate_hz: native' native.csv
run mien-eval extract --set egemaps-compat --rate 16000 good.csv --no-cache \
    -o brought.csv
check "at 16000 Hz another note" grep -qx '# rate_hz: 16000' brought.csv
median=F0semitoneFrom27.5Hz_sma3nz_percentile50.0
check "220 Hz at 48 kHz are 36 semitones" \
    within "$(cell native.csv b $median)" 35.9 36.1
check "and so at 16 kHz" within "$(cell brought.csv b $median)" 35.9 36.1
check "a piece is measured alone" \
    within "$(cell native.csv 'a#0.5-1' $median)" 35.9 36.1
run mien-eval extract --rate native good.csv --no-cache -o f.csv
check "a set that is defined at 16 kHz refuses another rate" \
    test "$status" -eq 2
check "and says so" grep -q 'basic, which is defined at 16000 Hz' "$err"

tap_done
