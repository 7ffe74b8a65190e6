#!/bin/sh
# Three simulated annotators over a part of RAVDESS: label, collect,
# agreement, adjudication, snapshot, a late change, a second snapshot, export.
. "$srcdir/tests/support/tap.sh"
need_shared data/ravdess/audio
tap_folder

mien-annotate init calls --protocol ekman6 >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/calls
export MIEN_PROJECT
run mien-annotate import --dataset ravdess --only speaker=01,02 \
    --only emotion=anger,fear,neutral "$shared/data/ravdess"
check "a part of RAVDESS is imported" test "$status" -eq 0
items=$(sed -n 's/imported \([0-9]*\) items.*/\1/p' "$out")
mien-annotate annotator add ann bob cleo
mien-annotate assign --per-item 3 --seed 5 >/dev/null

# judge N - anger, but fear at every Nth position.
judge() {
    printf 'Enter\nEnter\nEnter\n'
    n=0
    while [ $n -lt "$items" ]; do
        n=$((n + 1))
        if [ $((n % $1)) -gt 0 ]; then
            printf 'a\n3\n4\ntick 9000000\n'
        else
            printf 'f\n2\n4\ntick 9000000\n'
        fi
    done
}
for one in ann:2 bob:3 cleo:5; do
    judge "${one#*:}" >script
    mien-annotate label --as "${one%:*}" --script script --headless 80x24 \
        >/dev/null
done
run mien-annotate collect --format csv
check "their work comes home" grep -q '^3,[1-9]' "$out"
run mien-annotate agreement -q emotion --ci
check "agreement with intervals" grep -q \
    "^Krippendorff's alpha *-\{0,1\}[0-9.]* \[" "$out"
run mien-annotate adjudicate --auto --format csv
check "every case is settled or queued" test "$items" -eq \
    "$(awk -F, '$1 == "emotion" { n += $3 + $4 } END { print n }' "$out")"
case=$(mien-annotate adjudicate --list --state all -q emotion --format csv |
    sed -n '2s/,.*//p')
run mien-annotate adjudicate --as zoe --decide "$case" emotion neutral \
    --why "heard neither"
check "an adjudicator overrules" test "$status" -eq 0
mien-annotate snapshot create one >/dev/null
printf 'Enter\nEnter\nEnter\nback\nn\n4\nsubmit\n' >script
mien-annotate label calls/work/ann/1.mien --script script --headless 80x24 \
    >/dev/null
run mien-annotate snapshot diff one
check "a late change is told, and whose it is" grep -q \
    '^03-01-[0-9-]* emotion, by ann: [a-z]* became neutral$' "$out"
run mien-annotate adjudicate --auto --format csv
check "it reopens its own case" grep -q '^emotion,reopened,1,$' "$out"
mien-annotate snapshot create two >/dev/null
run mien-annotate snapshot diff one two
check "two snapshots differ by it" test -s "$out"
run mien-annotate export --what all --snapshot one -o truth
check "the first is exported as it was" test \
    "$(grep -c '^03-' truth/labels.csv)" -eq $((items * 6))
run mien-eval corpus --project calls --snapshot one --people sex -o corpus.csv
check "... and is a corpus table, with sex when asked" grep -q \
    '^# snapshot_sha256: [0-9a-f]*$' corpus.csv
run mien-annotate log verify
check "the journal is whole" test "$status" -eq 0

# The same way with marks: who is heard when.
cat >voice.json <<'END'
{"mien": 1, "name": "voice", "version": "1.0", "instructions": "Listen.",
 "questions": [
   {"id": "voice", "type": "segments", "text": "When does the voice sound?",
    "none": {"key": "0"},
    "tiers": [{"id": "voice", "options": [{"value": "speech", "key": "v"}]}],
    "adjudication": [{"rule": "unanimous", "tolerance": 0.05},
                     {"rule": "majority", "overlap": 0.6, "min_raters": 3},
                     {"rule": "adjudicator"}]},
   {"id": "emotion", "type": "choice", "text": "Which emotion?",
    "options": [{"value": "anger", "key": "a"}, {"value": "neutral", "key": "n"}],
    "adjudication": [{"rule": "unanimous"}, {"rule": "majority"},
                     {"rule": "adjudicator"}]}]}
END
mien-annotate init voice --protocol ./voice.json >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/voice
run mien-annotate import --dataset ravdess --only speaker=01,02 \
    --only emotion=anger,fear,neutral "$shared/data/ravdess"
items=$(sed -n 's/imported \([0-9]*\) items.*/\1/p' "$out")
mien-annotate annotator add ann bob cleo
mien-annotate assign --per-item 3 --seed 5 >/dev/null
# mark FROM LASTS - the same on each clip.
mark() {
    echo Enter
    n=0
    while [ $n -lt "$items" ]; do
        n=$((n + 1))
        printf '%s\n' "tick $1" v "tick $2" v "tick 9000000" question-next a
    done
}
for one in ann:1000000:1200000 bob:1100000:1000000 cleo:1300000:400000; do
    IFS=: read -r alias from lasts <<END
$one
END
    mark "$from" "$lasts" >script
    mien-annotate label --as "$alias" --script script --headless 80x24 \
        >/dev/null
done
run mien-annotate collect --format csv
check "marks come home" grep -q '^3,[1-9]' "$out"
run mien-annotate agreement -q voice --min -1
check "agreement of marks" says "$out" "voice"
run mien-annotate adjudicate --auto --format csv
check "marks of most are settled, clip by clip" \
    grep -q "^voice,majority,$items,0\$" "$out"
# ann 0.99 to 2.19 s, bob 1.09 to 2.09 s; cleo's overlaps them by a third.
run mien-annotate export --what consensus-segments
check "their borders are the medians" test "$items" -eq \
    "$(grep -c ',voice,1.04,2.14,speech,' "$out")"
case=$(sed -n '2s/,.*//p' "$out")
letter=$(mien-annotate adjudicate --show "$case" -q voice |
    sed -n 's/^  \([ABC]\)  1 mark: speech 1.29 .*/\1/p')
run mien-annotate adjudicate --as zoe --decide "$case" --take "$letter" voice \
    --why "breath, before that"
check "an adjudicator takes one annotator's marks" test "$status" -eq 0
mien-annotate snapshot create one >/dev/null
printf '%s\n' Enter back replay "tick 2500000" v "tick 300000" v \
    "tick 9000000" submit submit >script
mien-annotate label voice/work/ann/1.mien --script script --headless 80x24 \
    >/dev/null
run mien-annotate adjudicate --auto --format csv
check "a late mark reopens its own case" grep -q '^voice,reopened,1,$' "$out"
mien-annotate snapshot create two >/dev/null
run mien-annotate snapshot diff one two
check "the diff names the mark, and whose it is" grep -q \
    'voice, mark on voice by ann: 2.49 to 2.79 s, speech, new' "$out"
run mien-annotate export --what all --snapshot one -o marks
check "the first snapshot has the marks that were decided for" test "$items" \
    -eq "$(grep -c '^03-.*,voice,' marks/consensus-segments.csv)"
run mien-annotate log verify
check "its journal is whole" test "$status" -eq 0
tap_done
