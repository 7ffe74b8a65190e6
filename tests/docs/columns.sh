#!/bin/sh
# Every column of a report's CSV and every key of its JSON is in a man page:
# in mien-reports(5), or in the command's own.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/support/synth" emodb 2 || exit 99
{
    mien-eval corpus --dataset emodb emodb -o corpus.csv &&
        mien-eval extract corpus.csv -o f.csv &&
        mien-eval cv corpus.csv --features f.csv --target emotion -o run &&
        mien-eval cv corpus.csv --features f.csv --target emotion \
            --normalize speaker -o other &&
        mien-annotate init --protocol emodb7 calls &&
        mien-annotate import -p calls --dataset emodb emodb &&
        mien-annotate annotator add -p calls ann bob &&
        mien-annotate assign -p calls --per-item 2
} >made 2>&1 || { cat made && exit 99; }
for who in ann bob; do
    {
        printf '%s\n' Enter Enter
        for answer in a h a s n; do
            printf 'tick 2000000\n%s\n4\n' $answer
        done
    } | mien-annotate label -p calls --as $who --script - --headless 80x24 \
        >/dev/null || exit 99
done
mien-annotate snapshot create -p calls v1 >/dev/null || exit 99
echo '{"mien": 1, "overall": {"uar": {"min": 0.5}}, "groups": ["sex"],
    "rules": [{"metric": "uar", "gap": "difference", "max": 0.5}]}' >policy.json
printf 'item,annotator\n03a01Fa,ann\n' >back.csv
printf 'item,annotator,value\na,x,1\na,y,1\nb,x,2\nb,y,2\nc,x,1\nc,y,2\n' \
    >ratings.csv

# told PAGE... - the names in the file "names" stand in one of the pages.
told() {
    for page; do
        cat "$srcdir/man/$page"
    done | sed 's/\\-/-/g' >pages
    good=0
    while read -r name; do
        grep -q -w -e "$name" pages || { echo "nowhere: $name" && good=1; }
    done <names
    [ -s names ] && return $good
}

# columns PAGE COMMAND... - of its CSV.
columns() {
    page=$1
    shift
    run "$@" --format csv
    grep -v '^#' "$out" | head -n 1 | tr -d '"\r' | tr ',' '\n' >names
    check "columns of $*" told "$page" mien-reports.5
}

# keys PAGE COMMAND... - of its JSON.
keys() {
    page=$1
    shift
    run "$@" --format json
    grep -o '"[a-z0-9_]*": ' "$out" | tr -d '": ' | LC_ALL=C sort -u >names
    check "keys of $*" told "$page" mien-predictions.5 mien-reports.5
}

columns mien-eval-score.1 mien-eval score run --by sex
columns mien-eval-cv.1 mien-eval cv corpus.csv --features f.csv \
    --target emotion -o third
columns mien-eval-compare.1 mien-eval compare run other
columns mien-eval-gate.1 mien-eval gate run --policy policy.json
columns mien-eval-agree.1 mien-eval agree ratings.csv
for per in annotator label item pair; do
    columns mien-eval-agree.1 mien-eval agree ratings.csv --scale nominal \
        --per $per
done
columns mien-features.5 mien-eval extract --list
columns mien-features.5 mien-eval extract corpus.csv --check-robust \
    --only speaker=03
columns mien-annotate-agreement.1 mien-annotate agreement -p calls
columns mien-annotate-assign.1 mien-annotate assign -p calls --dry-run \
    --tasks back.csv
columns mien-annotate-annotator.1 mien-annotate annotator list -p calls
columns mien-annotate-collect.1 mien-annotate collect -p calls
columns mien-annotate-status.1 mien-annotate status -p calls
columns mien-annotate-adjudicate.1 mien-annotate adjudicate --list -p calls
columns mien-annotate-adjudicate.1 mien-annotate adjudicate --auto -p calls
columns mien-annotate-snapshot.1 mien-annotate snapshot list -p calls
columns mien-annotate-snapshot.1 mien-annotate snapshot diff -p calls v1
columns mien-annotate-protocol.1 mien-annotate protocol list
columns mien-annotate-protocol.1 mien-annotate protocol check ekman6
columns mien-annotate-dataset.1 mien-annotate dataset list
columns mien-annotate-dataset.1 mien-annotate dataset check emodb emodb
keys mien-eval-score.1 mien-eval score run --by sex
keys mien-eval-compare.1 mien-eval compare run other
keys mien-eval-gate.1 mien-eval gate run --policy policy.json
keys mien-eval-agree.1 mien-eval agree ratings.csv
keys mien-annotate-agreement.1 mien-annotate agreement -p calls
keys mien-annotate-status.1 mien-annotate status -p calls
keys mien-annotate-snapshot.1 mien-annotate snapshot list -p calls
tap_done
