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
tap_done
