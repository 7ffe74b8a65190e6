#!/bin/sh
# From labels to truth: three simulated annotators of a synthetic corpus;
# agreement, adjudication, snapshots, a late change, exports.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" x.mien ekman6 0.2 0.25 0.3 0.2 0.25 0.3 \
    0.21 0.22 >/dev/null || exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien
cat >protocol.json <<'END'
{"mien": 1, "name": "mood", "version": "1.0", "instructions": "Listen.",
 "questions": [
   {"id": "emotion", "type": "choice", "text": "Which emotion?",
    "options": [{"value": "anger", "key": "a"}, {"value": "fear", "key": "f"},
                {"value": "neutral", "key": "n"}],
    "cannot_tell": {"key": "x"}, "agreement": {"primary": "alpha", "min": 0.67},
    "adjudication": [{"rule": "unanimous"},
                     {"rule": "dawid-skene", "min_posterior": 0.999999},
                     {"rule": "adjudicator"}]},
   {"id": "strength", "type": "scale", "measure": "interval", "min": 1,
    "max": 5, "text": "How strong?",
    "adjudication": [{"rule": "mean", "max_spread": 0.55, "min_raters": 3},
                     {"rule": "adjudicator"}]}]}
END
mien-annotate init calls --protocol ./protocol.json >/dev/null || exit 99
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
    printf 'Enter\nEnter\n'
    n=0
    while [ $n -lt 10 ]; do
        n=$((n + 1))
        if [ $((n % $1)) -gt 0 ]; then
            printf 'a\n3\ntick 9000000\n'
        else
            printf 'f\n2\ntick 9000000\n'
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
    --format csv --categories anger,fear,neutral \
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


# field COLUMN QUESTION STATE - of the queue, in its order.
queue() {
    mien-annotate adjudicate --list --state all --format csv |
        awk -F, -v q="$1" -v s="$2" '$2 == q && $3 == s { print $1 }'
}

# adjudicate --auto
run mien-annotate adjudicate --auto --format csv
cp "$out" first.csv
cp "$err" first.err
check "the chains are applied" test "$status" -eq 0
check "a model is frozen under an id" grep -q \
    'emotion: dawid-skene frozen as fit [0-9a-f]*, 24 ratings by 3' first.err
check "what all said is settled by unanimity" \
    grep -q '^emotion,unanimous,[1-9][0-9]*,0$' first.csv
check "means settle what does not spread" \
    grep -q '^strength,mean,[1-9][0-9]*,0$' first.csv
check "what they leave is for a person" \
    grep -q '^strength,for a person,[1-9][0-9]*,$' first.csv
settled=$(awk -F, '$2 != "for a person" { n += $3 } END { print n }' first.csv)
mien-annotate log verify >log.1
run mien-annotate adjudicate --auto --format csv
check "run again, nothing is settled anew" \
    awk -F, 'NR > 1 && $2 != "for a person" && $3 != 0 { exit 1 }' "$out"
check "... and all of it stands" test "$settled" -eq \
    "$(awk -F, 'NR > 1 { n += $4 } END { print n + 0 }' "$out")"
mien-annotate log verify >log.2
check "... and nothing is journalled" cmp log.1 log.2
run mien-annotate adjudicate --auto --refit
check "a fit of the same ratings is the same fit" says "$err" "is as it was"

# A person decides.
mien-annotate annotator add zoe
hard=$(queue strength open | head -n 1)
run mien-annotate adjudicate --as anna --decide "$hard" strength 2
check "nobody adjudicates what was hers to label" test "$status" -eq 3
check "... and is told so" says "$err" "somebody else must adjudicate it"
run mien-annotate adjudicate --as zoe --decide "$hard" strength 9
check "a decision is an answer that the question has" test "$status" -eq 3
run mien-annotate adjudicate --as zoe --decide "$hard" strength 2
check "an adjudicator decides what the rules left" test "$status" -eq 0
easy=$(mien-annotate adjudicate --list --state settled --only rule=unanimous \
    --format csv | sed -n "2s,\([^,]*\).*,\1,p")
run mien-annotate adjudicate --as zoe --decide "$easy" emotion neutral
check "overruling wants a reason" test "$status" -eq 2
run mien-annotate adjudicate --as zoe --decide "$easy" emotion neutral \
    --why "no emotion in it"
check "... and goes with one" test "$status" -eq 0
run mien-annotate adjudicate --show "$easy" -q emotion
check "the history says who overruled what, and why" says "$out" \
    "decision-overruled, adjudicator: neutral, by zoe (no emotion in it)"
check "... and what the rule had said" says "$out" "decision-made, unanimous"
check "no annotator is named" not grep -q -e anna -e ben -e cleo "$out"
run mien-annotate adjudicate --as ben --undo "$easy"
check "only one's own deed is taken back" test "$status" -eq 3
mien-annotate adjudicate --as zoe --undo "$easy"
run mien-annotate adjudicate --list --state settled --only item="$easy" \
    --question emotion
check "taken back, the rule's decision stands" grep -q "unanimous" "$out"
run mien-annotate adjudicate --as ben --contest "$easy" -q emotion
check "a contest wants a reason" test "$status" -eq 2
mien-annotate adjudicate --as ben --contest "$easy" -q emotion --why "unsure"
run mien-annotate adjudicate --list --state contested --format csv
check "what is contested is in the queue again" says "$out" "$easy,emotion"
run mien-annotate adjudicate --auto --format csv
check "... and no rule takes it out" says "$out" "emotion,for a person,1,"
mien-annotate adjudicate --as zoe --decide "$easy" emotion anger
check "... a person does" test -z "$(queue emotion contested)"


# snapshot
run mien-annotate snapshot create first
check "a state is frozen under a name" test "$status" -eq 0
hash=$(sed -n 's/  first$//p' "$out")
run mien-annotate snapshot create first
check "a name is given once" test "$status" -eq 3
mien-annotate snapshot create twin >"$out"
check "the same state has the same hash" says "$out" "$hash  twin"
mien-annotate snapshot show first --lines >lines.1
check "the hash is that of the lines" \
    test "$(sha256sum <lines.1)" = "$hash  -"
check "no demographics are in them" not grep -q '"sex"' lines.1
mien-annotate export -o live.csv
mien-annotate export --snapshot first -o frozen.csv
check "exports of a snapshot carry its hash" says frozen.csv \
    "# snapshot_sha256: $hash"
grep -v '^#' frozen.csv >frozen.body
check "... and its labels are what a live export says" cmp live.csv frozen.body
mien-annotate export --what all --snapshot first -o all.1
run mien-annotate export --what consensus --snapshot first --people sex
check "demographics are joined when they are asked for" \
    grep -q "^$hard,strength,2,settled,adjudicator,,zoe,,,[fm]\$" "$out"
mien-eval corpus --project calls --snapshot first --soft -o corpus.1.csv
check "a corpus table carries the hash" says corpus.1.csv \
    "# snapshot_sha256: $hash"
check "... decisions, soft labels, and no demographics" grep -q \
    '^id,file,start,end,speaker,emotion,emotion:[a-z]*,emotion:[a-z]*,strength$' \
    corpus.1.csv
run mien-eval corpus --project calls --snapshot first --people sex
check "... unless asked for" grep -q '^id,file,start,end,speaker,sex,' "$out"

# A late change: an item of anna's that unanimity had settled.
late=$(mien-annotate adjudicate --list --state settled --only rule=unanimous \
    --format csv | sed -n '2s,\([^,]*\).*,\1,p')
at=$(awk -F, -v i="$late" '$1 == i && $2 == "anna" && $14 == "work" {
    print $13; exit }' live.csv)
{
    printf 'Enter\nEnter\n'
    n=$at
    while [ "$n" -le 10 ]; do
        n=$((n + 1))
        printf 'back\n'
    done
    printf 'n\nsubmit\n'
} >script
mien-annotate label calls/work/anna/1.mien --script script --headless 80x24 \
    >/dev/null
run mien-annotate snapshot diff first
check "diff says in words what changed, and whose it is" says "$out" \
    "$late emotion, by anna: anger became neutral"
run mien-annotate adjudicate --auto --format csv
check "a late change reopens its own case" grep -q '^emotion,reopened,1,$' \
    "$out"
check "... and no other" grep -q '^strength,reopened,0,$' "$out"
check "... the rules settle or leave it, and nothing else" \
    awk -F, 'NR > 1 && $1 == "strength" && $2 == "mean" && $3 != 0 { exit 1 }' \
    "$out"
run mien-annotate adjudicate --auto --refit --format csv
check "a new fit is frozen, of the labels as they are" says "$err" \
    "emotion: dawid-skene frozen as fit"
mien-annotate snapshot create second >"$out"
check "another state has another hash" not says "$out" "$hash"
run mien-annotate snapshot diff first second
check "two snapshots are compared" says "$out" "$late emotion, decision: anger (unanimous) became"
mien-annotate snapshot show first --lines >lines.2
check "work went on, and the first is what it was" cmp lines.1 lines.2
mien-annotate export --what all --snapshot first -o all.2
check "... in every export" diff -r all.1 all.2
mien-eval corpus --project calls --snapshot first --soft -o corpus.2.csv
check "... and as a corpus" cmp corpus.1.csv corpus.2.csv
run mien-annotate snapshot list --format csv
check "they are listed, with hashes" grep -q "^first,.*,0,$hash\$" "$out"
run mien-annotate snapshot show none
check "a snapshot that is not there is bad input" test "$status" -eq 3
run mien-annotate log verify
check "all of it stands in the journal" test "$status" -eq 0


# The workbench: judge first, then see, then decide.
mien-annotate annotator add yara
cat >script <<'END'
Enter
refuse Judgements
expect Which emotion?
a
5
expect strength
expect Judgements
expect (yours)
expect The rules
END
cat >>script <<'END'
refuse anna
refuse ben
cursor-down
cursor-up
Enter
END
run mien-annotate adjudicate --as yara -q strength --state all \
    --script script --headless 80x24
check "the adjudicator judges blind, then the case is revealed" \
    test "$status" -eq 0
cp "$out" screens
run mien-annotate adjudicate --as anna -q strength --script script \
    --headless 80x24
check "who labelled everything has nothing to adjudicate" says "$out" \
    "nothing to adjudicate here"
check "... and is told why" says "$err" "were yours to label"
check "no private bundle is left behind" test -z "$(find calls -name '.hearing*')"
votes=$(mien-annotate adjudicate --list --state all -q strength --format csv |
    sed -n '2s,\([^,]*\).*,\1,p')
run mien-annotate adjudicate --show "$votes" -q strength
check "the blind judgement is kept as a vote" says "$out" "vote-cast: 5, by yara"

# Sent back: a second round of its own.
cat >script <<'END'
Enter
a
3
expect Judgements
send-back
text was it really so?
Enter
expect sent back to the annotators
expect Kept
END
run mien-annotate adjudicate --as yara -q strength --state settled --only rule=mean \
    --script script --headless 80x24
check "a case is sent back, with a reason" test "$status" -eq 0
back=$(queue strength sent-back)
check "... and is no longer open" test -n "$back"
check "... its annotators have it as work again" test -e calls/work/ben/2.mien
run mien-annotate adjudicate --auto --format csv
check "... and the rules wait for them" grep -q '^strength,sent back,1,$' "$out"
for one in anna ben cleo; do
    printf 'Enter\nEnter\na\n3\ntick 9000000\n' >script
    mien-annotate label --as $one --script script --headless 80x24 >/dev/null
done
run mien-annotate adjudicate --auto --format csv
check "judged again, it is settled by what was said then" \
    grep -q '^strength,reopened,1,$' "$out"
run mien-annotate adjudicate --list --state settled -q strength \
    --only item="$back"
check "... by the rules" grep -q ' mean  *3$' "$out"
run mien-annotate agreement -q emotion --min -1
check "... outside the figures of agreement" says "$out" \
    "3 judgements of gold items or of items that were sent back"

# A meeting: everybody votes blind, then all is revealed.
cat >script <<'END'
Enter
a
2
refuse Judgements
refuse yara  2
a
4
expect Judgements
expect yara  2, blind, here
expect zoe  4, blind, here
undo
expect nothing to take back
refuse NOT KEPT
END
run mien-annotate adjudicate --meeting yara,zoe -q strength --state all \
    --only item="$easy" --script script --headless 80x24
check "a meeting sees nothing before all have voted; to find nothing to take back loses nothing" \
    test "$status" -eq 0
run mien-annotate log verify
check "all of that stands in the journal, too" test "$status" -eq 0

# Fits are frozen: who comes later weighs nothing before they are renewed.
cat >flip.json <<'END'
{"mien": 1, "name": "flip", "version": "1.0", "instructions": "Listen.",
 "questions": [{"id": "emotion", "type": "choice", "text": "Which?",
   "options": [{"value": "anger", "key": "a"}, {"value": "fear", "key": "f"}],
   "adjudication": [{"rule": "dawid-skene", "min_posterior": 0.5},
                    {"rule": "adjudicator"}]}]}
END
MIEN_PROJECT=$tap_dir/flip
mien-annotate init flip --protocol ./flip.json >/dev/null || exit 99
mien-annotate import corpus.csv >/dev/null
# all ALIAS KEY - she says the same of everything.
all() {
    { echo take; for i in 1 2 3 4 5 6 7 8; do
        printf '%s\n' "tick 9000000" "$2" take
    done; } >script
    mien-annotate label --as "$1" --script script --headless 80x24 >/dev/null
}
mien-annotate annotator add anna ben
mien-annotate assign --per-item 2 >/dev/null
all anna a
all ben a
mien-annotate adjudicate --auto >/dev/null
mien-annotate annotator add cleo dora eva
mien-annotate assign --per-item 5 >/dev/null
for one in cleo dora eva; do all $one f; done
mien-annotate adjudicate --auto >/dev/null
run mien-annotate adjudicate --list --state settled --format csv
check "the frozen fit does not know who came later" test \
    "$(grep -c 'dawid-skene,anger$' "$out")" -eq 8
run mien-annotate adjudicate --auto --refit
check "a new fit knows all, and lists what it turns over" test \
    "$(grep -c '^c[1-8]  *emotion  *anger  *fear$' "$out")" -eq 8
tap_done
