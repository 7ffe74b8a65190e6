# agree - Krippendorff's alpha alone (alpha.c), numpy where it is installed,
# and the whole command on a table of ratings.
"$builddir/tests/bench/alpha" "${MIEN_BENCH_ITEMS:-1000000}"
if command -v python3 >/dev/null; then
    python3 "${srcdir:-.}/tests/bench/alpha.py"
fi
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
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
