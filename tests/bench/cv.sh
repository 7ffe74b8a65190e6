# bench: nested leave-one-speaker-out cross-validation (make bench).
#
# Prints seconds (best of three) for a seeded table of ITEMS items of
# FEATURES features, SPEAKERS speakers, four classes, five values of C and
# five inner folds; with one job and with all.  Where scikit-learn is
# installed, the same procedure is timed there, in one process.
: "${builddir:?run me by make bench}"
PATH=$builddir:$PATH
items=${ITEMS:-400}
features=${FEATURES:-88}
speakers=${SPEAKERS:-10}
dir=$(mktemp -d "${TMPDIR:-/tmp}/mien-bench.XXXXXX") || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99

awk -v items="$items" -v features="$features" -v speakers="$speakers" '
    function rnd() {
        seed = (seed * 1103515245 + 12345) % 2147483648
        return seed / 2147483648
    }
    BEGIN {
        seed = 1
        print "id,speaker,emotion" >"corpus.csv"
        line = "id"
        for (k = 1; k <= features; k++)
            line = line ",f" k
        print line >"f.csv"
        for (i = 0; i < items; i++) {
            class = int(4 * rnd())
            who = i % speakers
            printf "i%d,s%02d,c%d\n", i, who, class >"corpus.csv"
            line = "i" i
            for (k = 1; k <= features; k++)
                line = line "," rnd() + rnd() + rnd() + \
                    (k % 4 == class ? 0.3 : 0) + (k % speakers == who ? 1 : 0)
            print line >"f.csv"
        }
    }'

# best COMMAND... - the least wall time of three runs, in seconds.
best() {
    for turn in 1 2 3; do
        rm -rf run
        "$@" >/dev/null 2>&1 || return 1
        awk -F'[:,]' '/wall_seconds/ { print $2 }' run/timing.json
    done | sort -n | head -n 1
}

for model in svm logreg; do
    for jobs in 1 0; do
        seconds=$(best mien-eval cv corpus.csv --features f.csv \
            --target emotion --folds loso --model "$model" \
            --param C=0.0001,0.001,0.01,0.1,1 --jobs "$jobs" -o run)
        printf '%-8s %5d items %5d features  jobs %-3s %8.3f s\n' "$model" \
            "$items" "$features" "$([ "$jobs" = 0 ] && echo all || echo 1)" \
            "$seconds"
    done
done

python3 -c 'import sklearn' 2>/dev/null || exit 0
python3 - <<'PEER'
import csv, time
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import (GridSearchCV, LeaveOneGroupOut,
                                     StratifiedGroupKFold)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

rows = list(csv.reader(open("corpus.csv")))[1:]
y = np.array([r[2] for r in rows])
g = np.array([r[1] for r in rows])
x = np.array([r[1:] for r in list(csv.reader(open("f.csv")))[1:]], float)
for name, model in (("svm", LinearSVC(class_weight="balanced", dual=False)),
                    ("logreg", LogisticRegression(class_weight="balanced",
                                                  max_iter=1000))):
    pipe = make_pipeline(StandardScaler(), model)
    key = type(model).__name__.lower() + "__C"
    began = time.time()
    for train, test in LeaveOneGroupOut().split(x, y, g):
        GridSearchCV(pipe, {key: [1e-4, 1e-3, 1e-2, 1e-1, 1]},
                     cv=StratifiedGroupKFold(5),
                     scoring="balanced_accuracy").fit(
                         x[train], y[train], groups=g[train]).predict(x[test])
    print(f"{name:8} scikit-learn, one process      {time.time() - began:8.3f} s")
PEER
