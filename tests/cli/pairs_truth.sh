#!/bin/sh
# Pairs from init to a rank of the consensus, and who may settle them.
. "$srcdir/tests/support/tap.sh"
tap_folder
SDL_AUDIODRIVER=dummy
MIEN_PROJECT=$tap_dir/p
export SDL_AUDIODRIVER MIEN_PROJECT

"$builddir/tests/support/synth" emodb 2 >/dev/null || exit 99
mien-annotate init p --protocol arousal-pairs >/dev/null || exit 99
mien-annotate import --dataset emodb --only speaker=03 emodb >/dev/null
for one in ann ben cy; do mien-annotate annotator add "$one"; done
mien-annotate assign --per-item 3 --partners 3 >/dev/null

# answer WHO KEY... - to the end, with the keys in turn.
answer() {
    who=$1
    shift
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        for key in "$@"; do
            printf '%s\n' Enter 'tick 6000000' "$key"
        done
    done >script
    mien-annotate label --as "$who" --script script --headless 80x24 \
        >screens 2>/dev/null
}
answer ann a b
answer ben b
answer cy t a

run mien-annotate adjudicate --auto --format csv
check "the shipped protocol of pairs has a chain" \
    grep -q '^arousal,unanimous,' "$out"
settled=$(awk -F, '/unanimous|majority/ { n += $3 } END { print n }' "$out")
open=$(awk -F, '/for a person/ { print $3 }' "$out")
check "... that settles some and leaves some" \
    test "$settled" -gt 0 -a "$open" -gt 2
check "... and that was later than a version without" \
    sh -c 'mien-annotate protocol show arousal-pairs | grep -q "1\.1"'

# What stands of each pair, as its rows and as a scale.
run mien-annotate export --what consensus -o consensus.csv
check "a consensus of pairs says what was compared" \
    says consensus.csv ,fit,first,second,chosen
check "... and chosen" test "$(awk -F, '
    NR > 1 && ($10 "~" $11 != $1 ||
        $12 != ($3 == "first" ? $10 : $3 == "second" ? $11 : ""))
    ' consensus.csv | wc -l)" -eq 0
run mien-eval rank consensus.csv --prior 0.5
check "it is ranked" says "$out" "items, $settled comparisons"
check "... without what is not settled, which is said" \
    says "$out" "0 repeats, $open not settled"
run mien-annotate export --what consensus --as-format jsonl
check "JSON lines say it, too" \
    test "$(grep -c '"first":".*"second":"' "$out")" -eq $((settled + open))
run mien-annotate export --what soft
check "so do the shares" says "$out" item,question,label,share,answers,first,second
mien-annotate snapshot create one >/dev/null
mien-annotate export --what consensus --snapshot one | grep -v '^#' >frozen.csv
check "and what was frozen" cmp -s consensus.csv frozen.csv
awk -F, 'NR == 1 || $4 != "settled"' consensus.csv >open.csv
run mien-eval rank open.csv
check "nothing settled is no scale" says "$err" "none of the $open comparisons"
awk -F, 'NR == 1 || $3 == ""' OFS=, consensus.csv | cut -d, -f 1-3,10,11 >bare.csv
run mien-eval rank bare.csv
check "an answer that is missing is named" says "$err" "must say which of the two"
awk -F, -v OFS=, 'NR == 1 { print $10, $11, $3 }
    $3 != "" { print $10, $11, NR == 2 ? "@skipped" : NR % 2 ? "first" : "second" }' \
    consensus.csv >alone.csv
printf '%s\n' only1,only2,@skipped >>alone.csv
run mien-eval rank alone.csv --prior 0.5
check "who is in no comparison that counts is named" says "$err" "only1"

# Who settles what: the reason is true.
item=$(mien-annotate adjudicate --list --format csv | sed -n '2s/,.*//p')
run mien-annotate adjudicate --decide "$item" arousal tie --as lead
check "a person decides on a pair" test "$status" -eq 0
run mien-annotate adjudicate --decide "$item" mood tie --as lead
check "a question that is not there is named" says "$err" 'no question "mood"'
for what in --show --contest --undo --send-back; do
    run mien-annotate adjudicate $what nope --why so --as lead
    check "$what of what was not handed out says so" \
        says "$err" 'no item "nope" that was handed out'
done
cat >bare.json <<'END'
{"mien": 1, "name": "bare", "version": "1.0", "instructions": "Listen.",
 "questions": [{"id": "mood", "type": "choice", "text": "Which?",
   "options": [{"value": "good", "key": "g"}, {"value": "bad", "key": "b"}]}]}
END
mien-annotate init bare --protocol ./bare.json >/dev/null
mien-annotate import -p bare --dataset emodb --only speaker=03 emodb >/dev/null
mien-annotate annotator add -p bare ann
mien-annotate assign -p bare >/dev/null
handed=$(awk -F, 'NR == 2 { print $10 }' consensus.csv)
for what in "--decide $handed mood good" --auto --list "--show $handed" ''; do
    run mien-annotate adjudicate -p bare $what --as lead
    check "without a chain, adjudicate $what says so" \
        says "$err" 'has a chain of rules'
    check "... and fails" test "$status" -eq 3
done

# What no question of the protocol asks for is refused, not written empty.
for what in traces passes trace-quality segments consensus-segments \
    consensus-traces; do
    run mien-annotate export --what $what -o nothing.csv
    check "no table of $what where nobody was asked" \
        says "$err" "no question of the protocol is of the type"
    check "... wrong usage" test "$status" -eq 2
done
check "... and nothing is written" test ! -e nothing.csv
for option in '--unit 1' '--overlap 0.3' '--rate 5' '--align ccc'; do
    run mien-annotate agreement $option
    check "agreement $option is of another type" \
        says "$err" "${option% *} has no effect: no question"
    check "... wrong usage" test "$status" -eq 2
done
run mien-annotate export --practice
check "no practice is said" says "$err" "nobody has answered practice"

# A meeting: two people, in turn, blind.
mien-annotate annotator add yara
mien-annotate annotator add zoe
run mien-annotate adjudicate --meeting zoe,zoe
check "nobody votes twice in a meeting" says "$err" '"zoe" stands in it twice'
check "... wrong usage" test "$status" -eq 2
run mien-annotate adjudicate --meeting zoe
check "a meeting is of two at least" says "$err" "two people or more"
item=$(mien-annotate adjudicate --list --format csv | sed -n '2s/,.*//p')
cat >script <<'END'
Enter
expect zoe votes, item 1 of 1, 0 done
tick 9000000
b
expect zoe has voted; now yara
expect yara votes, item 1 of 1, 0 done
back
expect shown when all have voted
expect yara votes
refuse ● b
tick 9000000
skip
Enter
expect yara has no vote: that is everybody
expect zoe  second, blind, here
expect yara  @skipped, blind, here
expect > 1 second  zoe
refuse (yours)
END
run mien-annotate adjudicate --meeting zoe,yara --only item="$item" \
    --script script --headless 80x24
check "the screen says whose turn it is, and keeps the votes before hers" \
    test "$status" -eq 0
cat "$err"
run mien-annotate adjudicate --as zoe </dev/null
check "without a terminal there is no line mode to advise" not says "$err" --plain
check "... but lists" says "$err" "use --list"

# The media moved.
mv emodb moved
cat >script <<'END'
Enter
expect missing
END
run mien-annotate adjudicate --as zoe --script script --headless 80x24
check "media that moved are missed" test "$status" -eq 0
sed -i 's/expect/refuse/' script
run mien-annotate adjudicate --as zoe --media moved/wav --script script \
    --headless 80x24
check "... and found where --media says" test "$status" -eq 0
tap_done
