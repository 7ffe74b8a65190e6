# agree - Krippendorff's alpha alone (alpha.c), stratified folds (folds.c),
# beside numpy, statsmodels and scikit-learn where they are installed, with
# the ratio of processor times in this run; and the whole command on tables of
# ratings.
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
"$builddir/tests/bench/alpha" "${MIEN_BENCH_ITEMS:-1000000}" |
    tee "$folder/alpha"
"$builddir/tests/bench/folds" | tee "$folder/folds"
for python in python3 /usr/bin/python3; do
    "$python" -c 'import numpy' 2>/dev/null || continue
    "$python" "${srcdir:-.}/tests/bench/peers.py" | tee "$folder/peers"
    break
done
# OURS PEER: seconds of the peer by ours.
ratio() {
    awk -v peer="$2" -v ours="$1" '$1 == peer && ours > 0 {
        printf "%s: %.6f s, ours %.6f s: %.1f times as fast\n", $1, $2, ours,
            $2 / ours }' "$folder/peers"
}
if [ -s "$folder/peers" ]; then
    nominal=$(awk '$1 == 100000 && $2 == 6 && $3 == "nominal" { print $5 }' \
        "$folder/alpha")
    ratio "$nominal" numpy-nominal-alpha-100000x10x6
    ratio "$(sed -n 's/.* folds: \([0-9.]*\) s.*/\1/p' "$folder/folds")" \
        sklearn-stratified-group-folds-1000000
fi
for items in 1000 10000 100000; do
    awk -v items="$items" 'BEGIN {
        srand(1)
        print "item,annotator,value"
        for (i = 0; i < items; i++) {
            truth = int(6 * rand())
            for (g = 0; g < 10; g++)
                print i ",r" g "," (rand() < 0.6 ? truth : int(6 * rand()))
        }
    }' >"$folder/ratings.csv"
    echo "mien-eval agree, $items items, 10 annotators, nominal:"
    time "$builddir/mien-eval" agree --scale nominal \
        --bootstrap 0 --permutations 0 "$folder/ratings.csv" |
        grep Krippendorff
done
