#!/bin/sh
# mien-annotate agreement on sets of options, grids, texts and traces: what
# mien-eval agree says of their export.
. "$srcdir/tests/support/tap.sh"
tap_folder

cat >types.json <<'END'
{"mien": 1, "name": "types", "version": "1.0", "unit": "text",
 "instructions": "Read.", "show": ["text"], "questions": [
 {"id": "topics", "type": "choice", "many": true, "text": "What?",
  "agreement": {"primary": "alpha", "min": 0.2}, "cannot_tell": true,
  "options": [{"value": "joy", "key": "j"}, {"value": "fear", "key": "f"},
   {"value": "hope", "key": "h"}]},
 {"id": "affect", "type": "grid", "text": "Where?",
  "x": {"min": 1, "max": 9, "low": "l", "high": "h"},
  "y": {"min": 1, "max": 9, "low": "l", "high": "h"}},
 {"id": "why", "type": "text", "text": "Why?", "required": false}]}
END
printf 'id,text,speaker\na,one,K\nb,two,K\nc,three,L\nd,four,L\n' >texts.csv
mien-annotate init study --protocol ./types.json >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/study
export MIEN_PROJECT
mien-annotate import texts.csv >/dev/null || exit 99
mien-annotate annotator add anna ben >/dev/null || exit 99
mien-annotate assign --per-item 2 >/dev/null || exit 99

# say ALIAS ITEM... - of each item "topics x y text", in the alias's order;
# topics by their keys.
say() {
    alias=$1
    shift
    {
        printf 'take\ntake\ntake\n'
        for one; do
            # shellcheck disable=SC2086
            set -- $one
            echo "$1" | fold -w 1
            printf 'take\n%s\n%s\n' "$2" "$3"
            [ $# -lt 4 ] || printf 'take\ntext %s\ntake\n' "$4"
            echo submit
        done
    } >script
    mien-annotate label --as "$alias" --script script --headless 80x24 \
        >/dev/null
}
say anna "jf 7 3 sobs" "j 5 5 because" "h 2 8" "f 1 1 loud" || exit 99
say ben "j 6 3 sobs" "j 5 6 why" "hf 3 7 x" "fh 1 2 Loud" || exit 99
mien-annotate export -o labels.csv || exit 99

# same NAME QUESTION OPTION... - the project's figures are those of the table.
same() {
    name=$1
    question=$2
    shift 2
    mien-eval agree labels.csv --only "question=$question" "$@" \
        --bootstrap 0 --permutations 0 --format csv | cut -d, -f 3-6 >bench.csv
    mien-annotate agreement --format csv | grep "^question,\|^$name," |
        cut -d, -f 4-7 >project.csv
    check "$name has figures" test "$(grep -c ',-\{0,1\}[0-9]' project.csv)" \
        -ge 4
    check "... those of mien-eval agree on the export" cmp bench.csv project.csv
}
same topics.masi topics --sets masi
same topics.jaccard topics --sets jaccard
same affect.x affect.x
same affect.y affect.y

run mien-annotate agreement
check "every question is compared" test "$status" -eq 0
check "sets, by how much they share" says "$out" "sets, by MASI"
check "... which is what a minimum is asked of" test \
    "$(grep -c 'which is asked for' "$out")" -eq 1
check "texts by being the same" awk '/^why: / { on = 1 }
    on && /^percent agreement/ { exit !($3 >= 0) }' "$out"
check "... and by nothing else" test \
    "$(sed -n '/^why: /,$p' "$out" | grep -c '^Krippendorff')" -eq 0
check "... with what that cannot tell" says "$out" "same in other words"
run mien-annotate agreement -q affect --by speaker
check "a grid by speaker" test "$(grep -c '^[KL]  *2  *4 ' "$out")" -eq 4
run mien-annotate agreement -q affect --by annotator
check "... by annotator" test "$(grep -c '^anna  *4 ' "$out")" -eq 2
run mien-annotate agreement --by time
check "... over time" grep -q '^anna  *4 ' "$out"
run mien-annotate agreement --format json
check "JSON names each view" says "$out" '"question": "affect.y"'
run mien-annotate agreement --methods
check "a paper is told how sets, grids and texts were compared" \
    grep -q 'as sets, by MASI.*two dimensions.*letter by letter' "$out"
check "... with a row a view" grep -q '^| affect\.y | interval | 4 |' "$out"

# --- traces ---
"$builddir/tests/tui/make_bundle" x.mien ekman6 3 4 || exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien
mien-annotate init calls --protocol valence-trace >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/calls
mien-annotate import corpus >/dev/null || exit 99
mien-annotate annotator add anna ben >/dev/null || exit 99
mien-annotate assign --per-item 2 >/dev/null || exit 99
run mien-annotate agreement
check "no trace at all is said" says "$out" "nobody has handed in a trace"
trace() {
    printf '%s\n' "$@" >script
    mien-annotate label --as "$alias" --script script --headless 80x24 \
        >/dev/null
}
for alias in anna ben; do
    case $alias in
    anna) wait=500000 ;;
    ben) wait=900000 ;;
    esac
    trace take "tick 20000" T "tick $wait" Up Up Up "tick 900000" Down Down \
        "tick 4000000" submit "tick 20000" T "tick $wait" Down Down \
        "tick 600000" Up "tick 5000000" submit || exit 99
done
mien-annotate export --what traces -o traces.csv || exit 99
run mien-annotate agreement
check "traces are compared" says "$out" "valence: 2 items, 2 annotators"
check "... with a mean and an interval" grep -q \
    '^valence: mean CCC -\{0,1\}0\.[0-9]* over 2 items, 95 % interval' "$out"
for by in none annotator; do
    mien-annotate agreement -q valence --by $by --format csv | cut -d, -f 2- >project.csv
    mien-eval agree --traces --per $by --format csv traces.csv >bench.csv
    check "... as mien-eval agree --traces does, by $by" \
        cmp bench.csv project.csv
done
check "... warped, against shifts" grep -q '^valence,anna,2,' project.csv
run mien-annotate agreement --by speaker
check "... by speaker" grep -q '^valence  *(nobody knows)  *2 ' "$out"
run mien-annotate agreement -q valence --by time --format csv
check "... over time" grep -q '^valence,valence,ben,3,1,' "$out"
mien-annotate agreement --align ccc --format csv | cut -d, -f 2- >project.csv
mien-eval agree --traces --align ccc --format csv traces.csv >bench.csv
check "... without reaction lags, too" cmp bench.csv project.csv
run mien-annotate agreement --min 0.99
check "less than is asked for is status 1" test "$status" -eq 1
check "... and said" says "$out" "the mean CCC is not 0.99, which is asked for"
run mien-annotate agreement --format json
check "JSON has them as an object" says "$out" '"qa_bin_s": 3'
run mien-annotate agreement --methods
check "a paper is told how traces were compared" says "$out" \
    "Traces were compared at 10 points a second"
check "... with a row a coefficient" grep -q \
    '^| valence\.valence | trace | 2 | 2 | .* | lagged CCC | ' "$out"
tap_done
