#!/bin/sh
# From labels to truth: three simulated annotators of a synthetic corpus;
# agreement, adjudication, snapshots, a late change, exports.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" x.mien ekman6 0.2 0.25 0.3 0.2 0.25 0.3 \
    0.21 0.22 >/dev/null || exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien
mien-annotate init calls --protocol ekman6 >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/calls
export MIEN_PROJECT
cat >corpus.csv <<'END'
id,file,speaker,sex
c1,corpus/1.wav,s1,f
c2,corpus/2.wav,s1,f
c3,corpus/3.wav,s1,f
c4,corpus/4.wav,s2,m
c5,corpus/5.wav,s2,m
c6,corpus/6.wav,s2,m
c7,corpus/7.wav,s2,m
c8,corpus/8.wav,s2,m
END
mien-annotate import corpus.csv >/dev/null
mien-annotate annotator add anna ben cleo
run mien-annotate agreement
check "without work agreement fails for want of it" test "$status" -eq 1
check "... and says why" says "$out" "undefined: no item has two ratings"
mien-annotate assign --per-item 3 --repeat 0.25 --seed 5 >/dev/null

# judge N - anger, but fear at every Nth position.
judge() {
    printf 'Enter\nEnter\nEnter\n'
    n=0
    while [ $n -lt 10 ]; do
        n=$((n + 1))
        if [ $((n % $1)) -gt 0 ]; then
            printf 'a\n3\n4\ntick 9000000\n'
        else
            printf 'f\n2\n4\ntick 9000000\n'
        fi
    done
}
for one in anna:3 ben:4 cleo:5; do
    judge "${one#*:}" >script
    mien-annotate label --as "${one%:*}" --script script --headless 80x24 \
        >/dev/null
done

# agreement
run mien-annotate agreement --question emotion
check "agreement below what the protocol asks for is status 1" \
    test "$status" -eq 1
check "... and is told" says "$out" "below 0.67, which is asked for"
check "hidden repeats are left out, and said" says "$out" \
    "6 ratings are one annotator's second of an item: the first counts"
check "each coefficient of names is there" says "$out" "Gwet's AC1"
run mien-annotate agreement --question emotion --min -1
check "--min asks for less" test "$status" -eq 0
# The same ratings, exported: one engine, one figure.
mien-annotate export -o labels.csv
mien-eval agree labels.csv --only question=emotion --only role=work \
    --format csv --categories anger,disgust,fear,happiness,sadness,surprise,neutral \
    | cut -d, -f3- >bench.csv
mien-annotate agreement -q emotion --ci --format csv --min -1 | cut -d, -f4- \
    >project.csv
check "mien-eval agree says the same of the export" cmp bench.csv project.csv
run mien-annotate agreement -q emotion --by annotator --format csv
check "annotators stand under their aliases" says "$out" "emotion,ben,"
check "... with their self-consistency" \
    grep -q '^question,annotator,.*,repeated,consistent$' "$out"
run mien-annotate agreement -q emotion --by speaker
check "agreement on each speaker's items" grep -q '^s2 *5 *15 ' "$out"
run mien-annotate agreement -q emotion --by time
check "agreement over time, in quarters" grep -q '^cleo *4 *2 ' "$out"
run mien-annotate agreement --by item --format csv
check "a table by item is of one question" test "$status" -eq 2
run mien-annotate agreement --methods --bootstrap 50 --permutations 50
check "--methods names the protocol by its hash" says "$out" \
    "$(mien-annotate agreement --format json --min -1 |
        sed -n 's/.*"protocol_sha256": "\(.*\)".*/\1/p')"
check "... the treatment of reserved answers" says "$out" \
    "are no ratings and were left out"
check "... and each coefficient with its intervals" \
    grep -q "| emotion | nominal | 8 | 3 | 24 | 0 | Krippendorff's alpha (primary) | -\{0,1\}[0-9.]* | .* to .* | .* to .* | .* to .* |" "$out"
tap_done
