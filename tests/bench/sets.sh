# bench: feature sets against each other, speaker-independent (make bench-sets).
#
# Leave-one-speaker-out on the corpora of $MIEN_SHARED, each set with and
# without speaker normalisation, C searched inside each training part by five
# folds of whole speakers; then the paired differences of the last set to each
# of the others, speaker by speaker, with exact p.  Runs are kept in OUT, and
# not made again when they are there: each one is a look at the outer folds.
#
#   OUT=FOLDER CORPORA="emodb ravdess" SETS="a b c" MODEL=svm C=0.001,0.01
#   CASCADE=unit
: "${builddir:?run me by make bench-sets}"
PATH=$builddir:$PATH
shared=$(cd "${MIEN_SHARED:-../shared}" && pwd) || exit 99
out=${OUT:-${TMPDIR:-/tmp}/mien-sets}
corpora=${CORPORA:-emodb ravdess}
sets=${SETS:-egemaps-compat egemaps mien}
model=${MODEL:-svm}
cascade=${CASCADE:-none}
tag=$model
[ "$cascade" = none ] || tag=$tag-$cascade
costs=${C:-0.0001,0.001,0.01,0.1}
mkdir -p "$out" && cd "$out" || exit 99

# made FILE COMMAND... - by the command, which is told FILE, unless it is there.
made() {
    [ -e "$1" ] && return
    made_name=$1
    shift
    "$@" -o "$made_name" >log 2>&1 || {
        tail -n 5 log
        exit 1
    }
}

# corpus NAME - its table; of EmoDB the four emotions that all speakers have.
corpus() {
    only=
    [ "$1" = emodb ] && only=emotion=anger,happiness,neutral,sadness
    made "$1.csv" mien-eval corpus --dataset "$1" "$shared/data/$1" \
        ${only:+--only "$only"}
}

# field FILE METRIC COLUMNS - of the CSV that score and compare print.
field() {
    awk -F, -v metric="$2" -v names="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["metric"] == metric && !done {
            n = split(names, name, " ")
            for (i = 1; i <= n; i++) printf "%s ", $at[name[i]]
            done = 1
        }' "$1"
}

printf '%-8s %-15s %-8s %7s %17s %9s\n' \
    corpus set normal. UAR "95 % interval" accuracy
for corpus in $corpora; do
    corpus "$corpus"
    for set in $sets; do
        made "$corpus-$set.csv" mien-eval extract "$corpus.csv" --set "$set"
        for how in global speaker; do
            run=$corpus-$set-$how-$tag
            made "$run" mien-eval cv "$corpus.csv" --target emotion \
                --features "$corpus-$set.csv" --model "$model" \
                --param "C=$costs" --normalize "$how" --cascade "$cascade"
            mien-eval score "$run" --bootstrap 0 --format csv >scores
            printf '%-8s %-15s %-8s %7.4f   [%.4f, %.4f] %9.4f\n' \
                "$corpus" "$set" "$how" \
                $(field scores uar "value jackknife_low jackknife_high") \
                $(field scores accuracy value)
        done
    done
done

printf '\n%-8s %-8s %-32s %8s %18s %9s  %s\n' \
    corpus normal. difference UAR "95 % interval" "exact p" better
for corpus in $corpora; do
    for how in global speaker; do
        last=${sets##* }
        for set in $sets; do
            [ "$set" = "$last" ] && continue
            mien-eval compare "$corpus-$last-$how-$tag" \
                "$corpus-$set-$how-$tag" --format csv >pair
            printf '%-8s %-8s %-32s %+8.4f [%+.4f, %+.4f] %9.4f  %s : %s\n' \
                "$corpus" "$how" "$last less $set" \
                $(field pair uar "difference low high p a_better b_better")
        done
    done
    for set in $sets; do
        mien-eval compare "$corpus-$set-speaker-$tag" \
            "$corpus-$set-global-$tag" --format csv >pair
        printf '%-8s %-8s %-32s %+8.4f [%+.4f, %+.4f] %9.4f  %s : %s\n' \
            "$corpus" both "$set: speaker less global" \
            $(field pair uar "difference low high p a_better b_better")
    done
done
rm -f log scores pair
