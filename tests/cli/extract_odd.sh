#!/bin/sh
# mien-eval extract: odd media, every set of sound: measured, or refused by
# name; and always the same way.
. "$srcdir/tests/support/tap.sh"
tap_folder

command -v ffmpeg >/dev/null || tap_skip_all "no ffmpeg"
tone=$builddir/tests/support/tone

# make NAME OPTIONS... - the tone as another file.
make() {
    name=$1
    shift
    ffmpeg -v error -y -i plain.wav "$@" "$name"
}

"$tone" plain.wav 16000 1 1.2 220 0.3
make rate8.wav -ar 8000
make rate96.wav -ar 96000
make bits24.wav -c:a pcm_s24le
make bits8.wav -c:a pcm_u8
make float.wav -c:a pcm_f32le
make double.wav -c:a pcm_f64le
make stereo.wav -ac 2
make left.wav -af 'pan=stereo|c0=c0|c1=0*c0'
make six.flac -af 'pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0'
make film.mkv -c:a flac -f matroska
make loud.wav -af volume=40dB -c:a pcm_f32le
make short.wav -t 0.01
make one.wav -af atrim=end_sample=1
"$tone" silent.wav 16000 1 1 0 0

make long.wav -t 0.5
head -c 9000 long.wav >cut.wav
: >empty.wav
echo "only words" >words.wav
"$tone" zero.wav 16000 1 0 220 0.3
# Samples that are no numbers.
{ head -c 44 float.wav; awk 'BEGIN { for (i = 0; i < 400; i++)
    printf "\377\377\377\177" }' LC_ALL=C; } >head.nan
ffmpeg -v error -y -f f32le -ar 16000 -ac 1 -i head.nan -c:a pcm_f32le nan.wav

good='rate8 rate96 bits24 bits8 float double stereo left loud short one silent'
{
    echo id,file
    echo plain,plain.wav
    for name in $good; do echo $name,$name.wav; done
    echo six,six.flac
    echo film,film.mkv
} >good.csv
items=$(($(wc -l <good.csv) - 1))
{
    echo id,file
    for name in cut empty words zero nan gone; do echo $name,$name.wav; done
    echo folder,.
    echo plain,plain.wav
} >bad.csv

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

# all_about FILE COLUMN WANTED SLACK IDS...
all_about() {
    all_file=$1 all_column=$2 all_wanted=$3 all_slack=$4
    shift 4
    for all_id; do
        about "$(cell "$all_file" "$all_id" "$all_column")" "$all_wanted" \
            "$all_slack" || return 1
    done
}

rows() {
    grep -vc '^#\|^id' "$1"
}

for set in basic egemaps mien egemaps-compat quality; do
    run mien-eval extract good.csv --set $set --no-cache -o $set.csv
    check "$set: odd media that are whole are all measured" \
        test "$status-$(rows $set.csv)" = "0-$items"
    check "$set: nothing is said" silent "$err"
    check "$set: and there is no number that is none" \
        not grep -q 'nan\|inf' $set.csv
    run mien-eval extract bad.csv --set $set --no-cache -o bad.$set.csv
    check "$set: media that are not whole are told of, the rest is done" \
        test "$status-$(rows bad.$set.csv)" = "1-1"
    for name in 'cut.wav: is truncated' 'empty.wav: is empty' \
        'words.wav: is no sound' 'zero.wav: has no samples' \
        'nan.wav: is damaged at ' 'gone.wav: no such file' \
        ': is a folder'; do
        check "$set: $name" says "$err" "$name"
    done
done

# Sets of frames: a row a frame, so items are counted by their ids.
for set in lld egemaps-compat-lld; do
    run mien-eval extract good.csv --set $set -o $set.csv
    check "$set: all are measured" says "$out" "$set.csv: $items items"
    check "$set: without a number that is none" not grep -q 'nan\|inf' $set.csv
    run mien-eval extract bad.csv --set $set -o bad.$set.csv
    check "$set: what is not whole is told of, the rest is done" test \
        "$status-$(grep -v '^#' bad.$set.csv | cut -d, -f1 | sort -u |
            tr '\n' ' ')" = "1-id plain "
done

# The same tone in all of them: 220 Hz are 36 semitones over 27.5 Hz.
same='rate8 rate96 bits24 bits8 float double stereo left loud six film'
for set in basic egemaps mien; do
    # shellcheck disable=SC2086
    check "$set: one pitch at all rates, depths and channels" \
        all_about $set.csv f0_mean 36 0.05 $same
    check "$set: two periods in 10 ms are enough for it" \
        about "$(cell $set.csv short f0_mean)" 36 0.05
    check "$set: one sample has none" test -z "$(cell $set.csv one f0_mean)"
    check "$set: nor silence" test -z "$(cell $set.csv silent f0_mean)"
done
# shellcheck disable=SC2086
check "egemaps-compat: at its own rate as well" \
    all_about egemaps-compat.csv F0semitoneFrom27.5Hz_sma3nz_percentile50.0 \
    36 0.1 $same
check "egemaps-compat: less than a frame has no value" \
    test -z "$(cell egemaps-compat.csv short loudness_sma3_amean)"
check "quality: the rate" test "$(cell quality.csv rate96 sample_rate_hz)" = 96000
check "quality: of which 16 kHz have sound" \
    about "$(cell quality.csv rate96 effective_rate_hz)" 8000 8000
check "quality: the channels" test "$(cell quality.csv six channels)" = 6
check "quality: what is beyond full scale" \
    about "$(cell quality.csv loud clipping_share)" 0.8 0.05
check "quality: silence" test "$(cell quality.csv silent digital_zero_share)" = 1
check "quality: 10 ms" about "$(cell quality.csv short duration_s)" 0.01 0.0001

# Ten hours: a header over a hole in the disk.
head -c 44 plain.wav >ten.wav
bytes=$((10 * 3600 * 16000 * 2))
size() { # NUMBER - four bytes, the lowest first.
    printf "\\$(printf %o $(($1 % 256)))\\$(printf %o $(($1 / 256 % 256)))"
    printf "\\$(printf %o $(($1 / 65536 % 256)))\\$(printf %o $(($1 / 16777216)))"
}
size $((bytes + 36)) | dd of=ten.wav bs=1 seek=4 conv=notrunc 2>/dev/null
size $bytes | dd of=ten.wav bs=1 seek=40 conv=notrunc 2>/dev/null
truncate -s $((bytes + 44)) ten.wav
printf 'id,file,start,end\nall,ten.wav,,\npiece,ten.wav,35990,36000\n' >ten.csv
for set in basic egemaps mien; do
    run mien-eval extract ten.csv --set $set --no-cache -o ten.out
    check "$set: ten hours are refused, with what to do" \
        says "$err" "ten.wav: is longer than 120 minutes: cut it into segments"
    check "$set: a piece of them is measured" test "$(rows ten.out)" -eq 1
done
for set in lld egemaps-compat-lld; do
    run mien-eval extract ten.csv --set $set --only id=all -o ten.out
    check "$set: ten hours of rows are refused, too" \
        says "$err" "is longer than 120 minutes"
done
run mien-eval extract ten.csv --set egemaps-compat --only id=piece --no-cache \
    -o ten.out
check "egemaps-compat: a piece, too" test "$status-$(rows ten.out)" = "0-1"
tap_done
