#!/bin/sh
# From marks, traces, points, texts and sets of labels to their consensus:
# three simulated annotators, rules, an expert, a person, snapshots, exports.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" x.mien ekman6 4 5 >/dev/null || exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien
cat >protocol.json <<'END'
{"mien": 1, "name": "drawn", "version": "1.0", "instructions": "Listen.",
 "questions": [
   {"id": "talk", "type": "segments", "text": "Who speaks when?",
    "none": {"key": "z"},
    "tiers": [
      {"id": "speech", "options": [{"value": "woman", "key": "w"},
                                   {"value": "man", "key": "m"}]},
      {"id": "breath", "kind": "point"}],
    "adjudication": [{"rule": "unanimous", "tolerance": 0.15},
                     {"rule": "majority", "overlap": 0.5, "min_raters": 3},
                     {"rule": "adjudicator"}]},
   {"id": "felt", "type": "trace", "measure": "interval",
    "text": "How pleasant?", "dimensions": [{"id": "valence", "min": -1,
      "max": 1, "low": "not", "high": "very"}],
    "adjudication": [{"rule": "ewe", "min_raters": 3},
                     {"rule": "adjudicator"}]},
   {"id": "point", "type": "grid", "measure": "interval", "text": "Where?",
    "x": {"min": 1, "max": 9, "low": "bad", "high": "good"},
    "y": {"min": 1, "max": 9, "low": "calm", "high": "excited"},
    "adjudication": [{"rule": "median", "max_spread": 3},
                     {"rule": "adjudicator"}]},
   {"id": "mood", "type": "choice", "many": true, "text": "Which?",
    "options": [{"value": "anger", "key": "a"}, {"value": "fear", "key": "f"},
                {"value": "joy", "key": "j"}],
    "adjudication": [{"rule": "unanimous"}, {"rule": "majority"},
                     {"rule": "adjudicator"}]},
   {"id": "said", "type": "text", "text": "What is said?",
    "adjudication": [{"rule": "unanimous"},
                     {"rule": "expert", "annotators": ["dora", "cleo"]},
                     {"rule": "adjudicator"}]}]}
END
mien-annotate init talk --protocol ./protocol.json >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/talk
export MIEN_PROJECT
mien-annotate import corpus >/dev/null || exit 99
mien-annotate annotator add anna ben cleo
mien-annotate assign --per-item 3 --seed 2 >/dev/null

# judge ALIAS FROM LASTS LABEL LATE X MOODS WORDS - both items alike: a mark,
# a trace that rises LATE after 1 s and falls 2 s after that, a point, labels,
# words.
judge() {
    {
        echo take
        for item in ${9:-1 2}; do
            printf '%s\n' "tick $2" "$4" "tick $3" "$4" "tick 9000000" \
                question-next "tick 20000" T "tick $((1000000 + $5))" 9 \
                "tick 2000000" 1 "tick 9000000" question-next "$6" 4
            printf '%s\n' question-next $7 question-next take "text $8" take
        done
    } >script
    mien-annotate label --as "$1" --script script --headless 80x24 >screens ||
        { cat screens; exit 99; }
}
judge anna 1000000 500000 w 300000 3 "a f" "good  morning"
judge ben 1100000 600000 w 0 5 "a j" "good morning"
judge cleo 900000 700000 m 600000 4 "a f" "good evening"

run mien-annotate adjudicate --auto --format csv
check "the chains of all types are applied" test "$status" -eq 0
check "marks that most have are settled" grep -q '^talk,majority,2,0$' "$out"
check "traces are fused" grep -q '^felt,ewe,2,0$' "$out"
check "points have a median" grep -q '^point,median,2,0$' "$out"
check "sets of labels a majority for each label" \
    grep -q '^mood,majority,2,0$' "$out"
check "the words of the first expert who judged it settle a text" grep -q '^said,expert,2,0$' \
    "$out"
check "lags and weights are frozen" grep -q \
    'felt: ewe frozen as fit [0-9a-f]*, 6 ratings by 3' "$err"
mien-annotate log verify >log.1
run mien-annotate adjudicate --auto --format csv
check "run again, nothing is settled anew" awk -F, \
    'NR > 1 && $2 != "for a person" && $3 != 0 { exit 1 }' "$out"
mien-annotate log verify >log.2
check "... and nothing is journalled" cmp log.1 log.2

# By hand: the marks called woman are 0.99 to 1.49 and 1.09 to 1.69 s.
run mien-annotate export --what consensus-segments
check "a decided mark has its borders at the medians" \
    grep -q '^1,speech,1.04,1.59,woman,talk,,,majority,$' "$out"
run mien-annotate export --what consensus-segments --as-format jsonl
check "... in JSON lines, too" says "$out" \
    '"tier":"speech","start":1.04,"end":1.59,"label":"woman"'
# Rises 0.6, 0.3, 0 s late: 0.3, 0, -0.3 s about their mean.
run mien-annotate adjudicate --show 1 -q felt
check "lags are those of the simulated annotators" says "$out" \
    "3 traces fused after lags of -0.30 to 0.30 s"
check "no annotator is named" not grep -q -e anna -e ben -e cleo "$out"
run mien-annotate export --what consensus-traces
check "a decided trace rises where the annotators meet" awk -F, '
    $1 == 1 && $4 > 0.9 && !up { up = $3 }
    $1 == 1 && up && !down && $4 < 0 { down = $3 }
    END { exit !(up > 1.3 && up < 1.5 && down > 3.2 && down < 3.5) }' "$out"
run mien-eval corpus --project talk
check "points, labels and texts are columns of a corpus" says "$out" \
    "1,corpus/1.wav,,,,4,4,anger|fear,good evening"

# A person decides: a version that is there, or one of her own.
mien-annotate annotator add zoe
letter=$(mien-annotate adjudicate --show 1 -q talk |
    sed -n 's/^  \([ABC]\)  1 mark: man .*/\1/p')
run mien-annotate adjudicate --as zoe --decide 1 --take "$letter" talk
check "overruling marks wants a reason" test "$status" -eq 2
run mien-annotate adjudicate --as zoe --decide 1 --take "$letter" talk \
    --why "a low voice"
check "one annotator's marks are taken" test "$status" -eq 0
run mien-annotate export --what consensus-segments
check "... and come out" grep -q '^1,speech,0.89,1.59,man,talk,,,adjudicator,zoe$' \
    "$out"
run mien-annotate adjudicate --as zoe --decide 1 --take K talk
check "a letter that is not there is refused" test "$status" -eq 3
run mien-annotate adjudicate --as zoe --decide 2 talk --why "heard two" \
    '[{"tier":"speech","start_us":500000,"end_us":400000}]'
check "marks that do not read are refused" test "$status" -eq 3
run mien-annotate adjudicate --as zoe --decide 2 talk --why "heard two" \
    '[{"tier":"speech","label":"cat","start_us":1,"end_us":400000}]'
check "... and those that the question has not" says "$err" "cat"
run mien-annotate adjudicate --as zoe --decide 2 talk --why "heard two" \
    '[{"tier":"speech","label":"man","start_us":100000,"end_us":400000},
      {"tier":"speech","label":"woman","start_us":300000,"end_us":900000}]'
check "... and those that break its rules" says "$err" "It would lie over"
run mien-annotate adjudicate --as zoe --decide 2 talk --why "heard two" \
    '[{"tier":"speech","label":"man","start_us":100000,"end_us":300000},
      {"tier":"speech","label":"woman","start_us":300000,"end_us":900000}]'
check "her own marks are a decision" test "$status" -eq 0
mien-annotate export --what consensus | grep '^2,talk' >marks.1
run mien-annotate adjudicate --as zoe --decide 2 talk --why "heard two" \
    '[ {"start_us": 300000, "tier": "speech", "end_us": 900000,
    "label": "woman"}, {"label": "man", "end_us": 300000,
    "start_us": 100000, "tier": "speech"} ]'
mien-annotate export --what consensus | grep '^2,talk' >marks.2
check "written otherwise they are the same marks" cmp marks.1 marks.2
mien-annotate adjudicate --as zoe --undo 2
run mien-annotate adjudicate --as zoe --decide 2 point 4,12
check "a point outside the grid is refused" test "$status" -eq 3
run mien-annotate adjudicate --as zoe --undo 2
run mien-annotate export --what consensus-segments
check "taken back, the rule's marks stand" \
    grep -q '^2,speech,1.04,1.59,woman,talk,,,majority,$' "$out"
run mien-annotate adjudicate --as ben --contest 2 -q felt --why "it drops"
run mien-annotate adjudicate --list --state contested --format csv
check "a fusion is contested" says "$out" "2,felt,contested"
mien-annotate adjudicate --as zoe --decide 2 --take ewe felt
run mien-annotate adjudicate --list --state settled --only item=2 -q felt
check "... and taken again" grep -q "adjudicator" "$out"

# The workbench, beside other commands: mien.db is held for a deed only.
mien-annotate annotator add yara
cat >first <<'END'
take
tick 1000000
w
tick 600000
w
tick 9000000
question-next
tick 20000
T
tick 1200000
9
tick 2000000
1
tick 9000000
question-next
3
4
question-next
a
j
question-next
take
text good evening
refuse Judgements
take
expect Judgements
expect (yours)
expect majority
screen
END
mkfifo keys
mien-annotate adjudicate --as yara --state all --only item=2 --script keys \
    --headless 80x40 >sitting.out 2>sitting.err &
sitting=$!
exec 3>keys
cat first >&3
n=0
while ! grep -q "The rules" sitting.out && [ $n -lt 200 ]; do
    sleep 0.1
    n=$((n + 1))
    echo screen >&3
done
check "marks of all stand on lanes, under letters" \
    grep -q '^   [ABC]   .*├woman' sitting.out
check "... and the rule's" grep -q '^   majority .*├woman' sitting.out
check "... and no name" not grep -q -e anna -e ben -e cleo sitting.out
run mien-annotate collect
check "work comes home while somebody adjudicates" test "$status" -eq 0
run mien-annotate export --what consensus
check "... and is exported" test "$status" -eq 0
run mien-annotate adjudicate --as zoe --decide 2 talk --take majority
check "... and another one decides" test "$status" -eq 0
printf '%s\n' Enter "text all of it" Enter \
    "expect somebody else has dealt with it meanwhile" screen >&3
# Now her own, in the editor once more: a man, too.
printf '%s\n' back replay "tick 2500000" m "tick 500000" m "tick 9000000" \
    submit submit "expect 2 marks: woman 0.99 to 1.59 s, man 2.49 to 2.99 s" \
    Enter "text two of them" Enter "expect Kept" screen >&3
exec 3>&-
wait $sitting
check "a sitting says at its end that a deed was not kept" test $? -eq 3
run mien-annotate adjudicate --show 2 -q talk
check "what somebody else did meanwhile is not overrun" says "$out" \
    "decision-made, adjudicator: 1 mark: woman 1.04 to 1.59 s, by zoe"
check "her own marks, made in the editor, are decided for" says "$out" \
    "decision-overruled, adjudicator: 2 marks: woman 0.99 to 1.59 s, man 2.49"
check "the blind vote is what she said first" says "$out" \
    "vote-cast: 1 mark: woman 0.99 to 1.59 s, by yara"
run mien-annotate adjudicate --show 2 -q felt
check "a trace is a vote, too" grep -q \
    "vote-cast: [0-9.]* to 5.0 s: valence -1.00 to 1.00, .* by yara" "$out"
mien-annotate adjudicate --as yara --undo 2 -q talk
mien-annotate adjudicate --as zoe --undo 2 -q talk

# Frozen, and a late change.
mien-annotate snapshot create one >/dev/null
mien-annotate export --what all --snapshot one -o all.1
check "all that was decided is in a snapshot" test \
    "$(ls all.1 | tr '\n' ' ')" = "consensus-segments.csv \
consensus-traces.csv consensus.csv labels.csv soft.csv "
printf '%s\n' take back replay "tick 2000000" m "tick 500000" m \
    "tick 9000000" submit submit >script
mien-annotate label talk/work/cleo/1.mien --script script --headless 80x24 \
    >late.screen 2>&1
run mien-annotate adjudicate --auto --format csv
check "a late mark reopens its own case" grep -q '^talk,reopened,1,$' "$out"
check "... and no other" test "$(grep -c ',reopened,0,$' "$out")" -eq 4
mien-annotate snapshot create two >/dev/null
run mien-annotate snapshot diff one two
check "the difference is told in words" says "$out" "mark on speech by cleo"
mien-annotate export --what all --snapshot one -o all.2
check "the first snapshot is what it was" diff -r all.1 all.2
# Sent back: all three trace the first item again, at the same time.
run mien-annotate adjudicate --as zoe --send-back 1 -q felt --why "too late?"
check "a trace is sent back" test "$status" -eq 0
run mien-annotate adjudicate --auto --format csv
check "... and waits for those who traced it" \
    grep -q '^felt,sent back,1,$' "$out"
judge anna 1000000 500000 w 0 3 "a f" "good  morning" 1
judge ben 1100000 600000 w 0 5 "a j" "good morning" 1
judge cleo 900000 700000 m 0 4 "a f" "good evening" 1
run mien-annotate adjudicate --auto --format csv
check "... is opened again by what they say now" \
    grep -q '^felt,reopened,1,$' "$out"
check "... and settled by the rule" grep -q '^felt,ewe,1,0$' "$out"
run mien-annotate adjudicate --show 1 -q felt
check "... from what was judged again" says "$out" "judged again"
run mien-annotate adjudicate --auto --refit --format json
check "a new fit says what it turns over" says "$err" "felt: ewe frozen as fit"

run mien-annotate log verify
check "all of it stands in the journal" test "$status" -eq 0

tap_done
