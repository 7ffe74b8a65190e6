#!/bin/sh
# mien-annotate protocol: check, show, list.
. "$srcdir/tests/support/tap.sh"
tap_folder

run mien-annotate protocol list --format csv
check "list names the shipped ones" test \
    "$(cut -d, -f1 out | tr '\n' ' ')" = \
    "name affect-bursts affect-grid arousal-pairs customer-call ekman6 \
emodb7 feeltrace gew sam9 utterances valence-trace "
run mien-annotate protocol check affect-bursts affect-grid arousal-pairs \
    customer-call ekman6 emodb7 feeltrace gew sam9 utterances valence-trace
check "the shipped ones are without fault" test "$status" -eq 0
check "... and without warning" test "$(grep -c ': no faults$' out)" -eq 11
run mien-annotate protocol check "$srcdir/protocols/sam9.json"
check "a file is checked, too" says out "sam9.json: no faults"

run mien-annotate protocol show ekman6 --language de
check "show speaks German" says out "n  neutral: es wird keine Emotion"
LC_ALL=de_DE.UTF-8 mien-annotate protocol show ekman6 >german
check "... by the locale, too" cmp out german
run mien-annotate protocol show ekman6 -l fr
check "... and English where it has no French" says out \
    "a  anger: from irritation to rage"
run mien-annotate protocol show sam9 --format json
check "show --format json is the file itself" \
    cmp out "$srcdir/protocols/sam9.json"

sed 's/"key": "f"/"key": "U"/; s/"max": 5/"max": 1/; s/"unit"/"unti"/' \
    "$srcdir/protocols/ekman6.json" >mine.json
run mien-annotate protocol check mine.json
check "faults of form make it 1" test "$status" -eq 1
check "an unknown key has its nearest" says out \
    'mine.json: unti: is no known key; did you mean "unit"?'
check "... and faults of sense are told with it" says out \
    "mine.json: questions[1].max: is 1 and min is 1; max must be greater than min"
check "... all of them" says out "mine.json: 4 faults, 0 warnings"
sed 's/"playback"/"timing": {"max_uncertainty_ms": 0}, "playback"/' \
    "$srcdir/protocols/ekman6.json" >timed.json
run mien-annotate protocol check timed.json
check "a limit of nothing to the uncertainty is a fault" says out \
    "timed.json: timing.max_uncertainty_ms: "
sed 's/"type": "choice"/"type": "choise"/' "$srcdir/protocols/ekman6.json" \
    >typo.json
run mien-annotate protocol check typo.json
check "what only follows from a fault of form is not told" says out \
    "typo.json: 1 fault, 0 warnings"
run mien-annotate protocol check away.json mine.json far.json
check "one that cannot be read does not hide the others" says out \
    "mine.json: 4 faults"
check "... it is named" says err "mien-annotate protocol check: away.json:"
check "... and so is the next" says err "mien-annotate protocol check: far.json:"
check "... with status 3" test "$status" -eq 3
sed 's/"key": "f"/"key": "U"/; s/"max": 5/"max": 1/' \
    "$srcdir/protocols/ekman6.json" >mine.json
run mien-annotate protocol check mine.json
check "faults of sense make it 1" test "$status" -eq 1
check "the workbench's keys are known" says out \
    "mine.json: questions[0].options[2].key: is \"U\", the workbench's own key for undo"
check "every fault is named" says out \
    "mine.json: questions[1].max: is 1 and min is 1; max must be greater than min"
check "they are counted" says out "mine.json: 3 faults, 0 warnings"
run mien-annotate protocol check mine.json --format json
check "JSON has path and fault" says out \
    '"path": "questions[0].intensity.max"'
run mien-annotate protocol show mine.json
check "a faulty one is not shown" test "$status" -eq 3
check "... and says why" says err "(and 1 more)"

sed 's/"gain": "none"/"gain": "peak"/' "$srcdir/protocols/ekman6.json" \
    >mine.json
run mien-annotate protocol check mine.json
check "a warning alone makes it 0" test "$status" -eq 0
check "... and is said" says out "mine.json: warning: playback.gain: "

printf '{"mien": 1,\n "name": }' >mine.json
run mien-annotate protocol check mine.json
check "what is no JSON cannot be read" test "$status" -eq 3
check "... with its line" says err "mine.json:2: not valid JSON"
run mien-annotate protocol check ./nowhere.json
check "a missing file is an error" test "$status" -eq 3
run mien-annotate protocol check ekman
check "an unknown name gets the nearest" says err 'did you mean "ekman6"?'
run mien-annotate protocol check
check "check needs a name" test "$status" -eq 2

tap_done
