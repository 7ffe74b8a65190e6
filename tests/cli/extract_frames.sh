#!/bin/sh
# mien-eval extract: sets that give a row a frame.
. "$srcdir/tests/support/tap.sh"
tap_folder

tone=$builddir/tests/support/tone
mkdir audio
"$tone" audio/a.wav 16000 1 1.5 220 0.3
"$tone" audio/b.wav 48000 2 0.5 220 0.3
cat >corpus.csv <<'END'
id,file,start,end
b,audio/b.wav,,
"a, cut",audio/a.wav,0.5,1
gone,audio/gone.wav,,
none,,,
a,audio/a.wav,,
END
grep -v '^gone' corpus.csv >good.csv

run mien-eval extract good.csv --set lld -o lld.csv
check "frames of all items make one table" test "$status" -eq 0
check "items without a file are counted" says "$err" "1 of 4 items have no file"
check "the set is noted" says lld.csv "# set: lld"
check "items stand in the corpus's order" test \
    "$(grep -v -e '^#' -e '^id' lld.csv | sed 's/,.*//' | uniq | tr '\n' ' ')" \
    = 'b "a a '
check "a frame every 10 ms, with its time" test \
    "$(grep '^a,' lld.csv | cut -d, -f2 | sed -n '1p;2p;$p' | tr '\n' ' ')" \
    = "0 0.01 1.49 "
check "a piece's times begin at 0" test \
    "$(grep '^"a, cut"' lld.csv | cut -d, -f3 | sed -n '1p;$p' | tr '\n' ' ')" \
    = "0 0.49 "
awk -F, '/^a,/ && $2 > 0.2 && $2 < 1.3 { n++; near += $4 > 35.5 && $4 < 36.5 }
    END { exit !(n > 100 && near == n) }' lld.csv
check "and the pitch of 220 Hz, 36 semitones, in each" test $? -eq 0
awk -F, '/^id,/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
    /^a,/ && $2 > 0.2 && $2 < 1.3 { n++; near += $at["cpps"] > 5 &&
        $at["f1"] == "" == ($at["f1_bandwidth"] == "") && $at["hnr"] > 20 }
    END { exit !(n > 100 && near == n) }' lld.csv
check "and contours of mien" test $? -eq 0
run mien-eval extract good.csv --set lld -j 3 -o jobs.csv
check "the bytes do not depend on the threads" cmp lld.csv jobs.csv
run mien-eval extract corpus.csv --set lld -o most.csv
check "an item that cannot be read is named" test "$status" -eq 1
check "with its file" says "$err" "gone.wav"
check "the others are there" test "$(grep -vc '^#' most.csv)" \
    -eq "$(grep -vc '^#' lld.csv)"
run mien-eval extract good.csv --set lld,quality
check "frames and items do not share a table" test "$status" -eq 2
run mien-eval extract good.csv --set lld --rate native
check "a rate is no choice there" test "$status" -eq 2
run mien-eval extract --describe egemaps-compat-lld --format csv
check "--describe lists the reference's 25" test "$(grep -c . "$out")" -eq 26
if [ -w /dev/full ]; then
    mien-eval extract good.csv --set lld >/dev/full 2>full
    check "a full disk is an error" test $? -eq 3
fi

# The reference's own frames, to the rounding of its six digits; formants are
# found by another method.  It tells one frame more, of which 20 ms are there.
opensmile=$shared/data/formats/opensmile
if [ -d "$opensmile" ]; then
    for id in 03a01Fa 08a04Tb; do
        printf 'id,file\n%s,%s\n' "$id" \
            "$shared/data/emodb/audio/$id.flac" >one.csv
        run mien-eval extract one.csv --set egemaps-compat-lld -o ours.csv
        grep -v '^#' ours.csv | tr , ';' >ours.txt
        awk -F';' '
            NR == FNR { for (i = 3; i <= NF; i++) theirs[FNR, i] = $i
                name[FNR] = $i; next }
            FNR == 1 { for (i = 3; i <= NF; i++) if (theirs[1, i] != $i) exit 2
                next }
            {
                for (i = 3; i <= NF; i++) {
                    if (theirs[1, i] ~ /frequency|bandwidth/)
                        continue
                    off = $i - theirs[FNR, i]
                    size = theirs[FNR, i]
                    if (off < 0) off = -off
                    if (size < 0) size = -size
                    cells++
                    good += off <= 1e-4 * size + 1e-6
                }
            }
            END { print cells, good; exit !(cells > 2000 && good > 0.99 * cells) }
        ' "$opensmile/$id-eGeMAPSv02-lld.csv" ours.txt >told
        check "$id: names and frames are the reference's" test $? -eq 0
    done
else
    skip "frames are the reference's" "no shared data"
fi
tap_done
