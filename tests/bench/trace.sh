# bench: a trace of two hours at 100 Hz in two dimensions, through the store.
#
# Prints the size of the bundle, the longest commit, the largest write-ahead
# log and how long it takes to go on (HOURS: 2 unless told).
: "${builddir:?run me by make bench}"
folder=$(mktemp -d "${TMPDIR:-/tmp}/mien-bench.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
"$builddir/tests/bench/trace" "$folder" "${HOURS:-2}"
