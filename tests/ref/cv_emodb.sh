# cv - leave-one-speaker-out on EmoDB with openSMILE's eGeMAPS features,
# against scikit-learn's UAR for the same procedure (LinearSVC and
# LogisticRegression, C searched by five grouped folds).  The losses differ a
# little (solver, tolerance, one-against-rest), hence the bound of 0.02.
. "$srcdir/tests/support/tap.sh"
features=formats/opensmile/emodb-eGeMAPSv02.csv
need_shared "data/emodb/audio" "data/$features"
tap_folder

run mien-eval corpus --dataset emodb "$shared/data/emodb" \
    --only emotion=anger,happiness,neutral,sadness -o corpus.csv
check "the corpus table has the 339 files" \
    test "$(grep -vc '^id,' corpus.csv)" -eq 339

# near NAME UAR - the run's UAR is within 0.02 of it.
near() {
    mien-eval score "$1" --format csv --bootstrap 0 |
        awk -F, -v want="$2" '$1 == "" && $6 == "uar" {
            print "uar", $8; found = 1
            if ($8 < want - 0.02 || $8 > want + 0.02) bad = 1 }
            END { exit bad || !found }'
}

# try NAME UAR ARGUMENT... - one nested leave-one-speaker-out run.
try() {
    name=$1
    want=$2
    shift 2
    run mien-eval cv corpus.csv --features "$shared/data/$features" \
        --target emotion --folds loso --by sex -o "$name" "$@"
    check "$name: runs" test "$status" -eq 0
    check "$name: UAR is near $want" near "$name" "$want"
}

try svm-global 0.7719 --param C=0.0001,0.001,0.01,0.1,1
try svm-speaker 0.8445 --param C=0.0001,0.001,0.01,0.1,1 --normalize speaker
try logreg-global 0.7619 --model logreg --param C=0.001,0.01,0.1,1
try logreg-speaker 0.8577 --model logreg --param C=0.001,0.01,0.1,1 \
    --normalize speaker
check "the speaker's score is labelled transductive" says "$out" transductive

# The confusion matrix by another route: awk on predictions.csv.
awk -F, '!/^#/ && $1 != "id" { n[$2 " " $3]++; label[$2] = label[$3] = 1 }
    END { for (t in label) for (p in label) print t, p, n[t " " p] + 0 }' \
    svm-global/predictions.csv | sort >by_awk
awk '/"labels": \[/ && !n { list = "labels"; next }
    /"confusion": \[/ && !m { list = "counts"; next }
    list == "labels" && /\]/ { list = "" }
    list == "labels" { gsub(/[ ",]/, ""); label[n++] = $0 }
    list == "counts" && /[0-9]/ { gsub(/[ ,]/, ""); value[m++] = $0 }
    m == n * n { list = "" }
    END { for (t = 0; t < n; t++) for (p = 0; p < n; p++)
        print label[t], label[p], value[t * n + p] }' \
    svm-global/metrics.json | sort >by_mien
check "awk finds sixteen cells" test "$(wc -l <by_awk)" -eq 16
check "awk counts the confusion matrix of metrics.json" cmp by_awk by_mien

# UAR of each sex by another route, against metrics.json.
sex=$(grep -v '^#' svm-global/predictions.csv | head -n 1 | tr ',' '\n' |
    grep -n '^sex$' | cut -d: -f1)
for value in f m; do
    awk -F, -v sex="$sex" -v value="$value" '$sex == value && !/^#/ {
            n[$2]++; right[$2] += $2 == $3 }
        END { for (k in n) { sum += right[k] / n[k]; m++ }
            printf "%.6f\n", sum / m }' svm-global/predictions.csv >by_awk
    mien-eval score svm-global --by sex --format csv --bootstrap 0 |
        awk -F, -v value="$value" '$1 == "sex" && $2 == value && $6 == "uar" {
            printf "%.6f\n", $8 }' >by_mien
    check "awk's UAR of sex $value is that of score" cmp by_awk by_mien
done
tap_done
