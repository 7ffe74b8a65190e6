#!/bin/sh
# What a snapshot holds besides answers of one value: marks, passes of traces,
# grids; and what diff says of them.
. "$srcdir/tests/support/tap.sh"
tap_folder

"$builddir/tests/tui/make_bundle" x.mien ekman6 4 5 6 || exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien

# --- marks ---
mien-annotate init talk --protocol "$srcdir/tests/tui/tiers.json" >/dev/null ||
    exit 99
MIEN_PROJECT=$tap_dir/talk
export MIEN_PROJECT
mien-annotate import corpus >/dev/null || exit 99
mien-annotate annotator add anna ben >/dev/null || exit 99
mien-annotate assign --per-item 2 >/dev/null || exit 99
run mien-annotate snapshot create before
check "a snapshot warns of nothing" test ! -s "$err"

# mark ALIAS LINE... - three items: marks, nothing, skipped.
mark() {
    alias=$1
    shift
    {
        echo take
        for line; do echo "$line"; done
        printf 'submit\nnothing\nsubmit\nskip\nt\n'
    } >script
    mien-annotate label --as "$alias" --script script --headless 80x24 \
        >/dev/null
}
# again LINE... - anna opens her first item up again.
again() {
    {
        printf 'take\nback\nback\nback\n'
        for line; do echo "$line"; done
        printf 'submit\n'
    } >script
    mien-annotate label talk/work/anna/1.mien --script script \
        --headless 80x24
}
mark anna "tick 1000000" w "tick 500000" l 4 "tick 500000" l \
    "tick 500000" w cursor-down cursor-down mark-in || exit 99
mark ben "tick 1100000" w "tick 1300000" w || exit 99
run mien-annotate snapshot create one
check "a state with marks is frozen" test "$status" -eq 0
check "... and says how many" says "$out" " 4 marks, "
hash=$(sed -n 's/  one$//p' "$out")
mien-annotate snapshot create twin >twin
check "the same marks have the same hash" says twin "$hash  twin"
run mien-annotate snapshot show one
check "the lines give the hash" says "$out" "the lines give this hash"
mien-annotate snapshot show one --lines >lines.1
check "... which anybody can make" test "$(sha256sum <lines.1)" = "$hash  -"
check "a mark is a line with its tier, times, label and attributes" grep -Eq \
    '^\{"annotator":"anna","attributes":\{"intensity":"4"\},"bundle":1,"end_us":1990000,"id":"[0-9a-f]{64}","item":"[123]","label":"laughter","note":"","position":[123],"question":"talk","role":"work","start_us":1490000,"tier":"sound"\}$' \
    lines.1
check "a point ends where it starts" grep -q \
    '"end_us":2490000,.*"start_us":2490000,"tier":"breath"' lines.1
check "nothing to mark is a label" grep -q '"value":"@none"' lines.1
mien-annotate export --what segments -o marks.csv
check "each mark of the export is there" test \
    "$(grep -c '"tier":' lines.1)" -eq \
    "$(awk -F, 'NR > 1 && $4 != ""' marks.csv | wc -l)"
run mien-annotate snapshot diff before one
check "diff says whose marks are new" grep -Eq \
    '^[123] talk, mark on sound by anna: 1.49 to 1.99 s, laughter, new$' "$out"
run mien-annotate snapshot diff one before
check "... or were taken away" grep -Eq \
    '^[123] talk, mark on speech by ben: .* s, woman was taken away$' "$out"
run mien-annotate snapshot diff one twin
check "the same marks do not differ" says "$out" "nothing differs"

# The same marks, exported: one engine, one figure.
run mien-annotate agreement
check "agreement on segments is told tier by tier" grep -q \
    '^speech: [12] items with two annotators' "$out"
check "... beside that on the other questions" says "$out" "clear: "
mien-eval agree --segments marks.csv --only role=work --format csv >bench.csv
mien-annotate agreement -q talk --format csv | cut -d, -f2- >project.csv
check "mien-eval agree --segments says the same of the export" \
    cmp bench.csv project.csv
check "... with figures" grep -Eq '^speech,alpha_time,-?0\.[0-9]+,' project.csv
mien-eval agree --segments marks.csv --only role=work --per item \
    --format csv >bench.csv
mien-annotate agreement -q talk --by item --format csv | cut -d, -f2- \
    >project.csv
check "... and of marks without a partner" cmp bench.csv project.csv
run mien-annotate agreement -q talk --min 1
check "a tier's alpha below what is asked for is status 1" \
    test "$status" -eq 1
check "... and said" says "$out" "alpha of time is not 1, which is asked for"
run mien-annotate agreement -q talk --min -1
check "less can be asked for" grep -q 'alpha of time is' "$out"
run mien-annotate agreement -q talk --by annotator
check "segments by annotator" grep -q '^speech  *anna  *[12] ' "$out"
run mien-annotate agreement -q talk --by label
check "... by label" grep -q '^speech  *woman  *[12] ' "$out"
run mien-annotate agreement -q talk --by speaker --format csv
check "... by speaker" grep -q '^talk,speech,speaker,' "$out"
run mien-annotate agreement -q talk --by time
check "... over time" grep -q '^speech  *ben  *4 ' "$out"
run mien-annotate agreement -q talk --methods
check "a paper is told how segments were compared" grep -q \
    '^| talk\.speech | segments | [12] | 2 | .* | alpha of time | ' "$out"
run mien-annotate agreement --format json
check "JSON has them as an object" says "$out" '"primary": "alpha_time"'

# A late change: a mark of anna's moved, one relabelled, one deleted.
again question-back cursor-down segment-next 5 cursor-down segment-next \
    clear cursor-up cursor-up "tick 3000000" m "tick 500000" m >/dev/null
run mien-annotate snapshot diff one
check "a mark that says something else is named" grep -q \
    ' talk, mark on sound by anna: .* s, laughter as before, other attributes$' \
    "$out"
check "... one that was deleted" grep -q \
    ' talk, mark on breath by anna: 2.49 s was taken away$' "$out"
check "... and one that was added" grep -Eq \
    ' talk, mark on speech by anna: 2.9[89] to 3.4[89] s, man, new$' "$out"
check "... and nothing of ben's" not says "$out" "by ben"
run mien-annotate snapshot show one --lines
check "what was frozen is what it was" cmp "$out" lines.1
run mien-annotate export --what segments --snapshot one
check "marks are exported as a snapshot has them" test "$status" -eq 0
check "... with its hash" says "$out" "# snapshot_sha256: $hash"
sed '/^#/d' "$out" >then.csv
check "... and are those of that day, to the byte" cmp then.csv marks.csv
mien-annotate export --what segments -o now.csv
check "... not those of today" not cmp -s now.csv marks.csv
run mien-annotate export --what segments --snapshot one -f jsonl
check "JSON lines begin with the snapshot" test "$(head -n 1 "$out")" = \
    "{\"snapshot\":\"one\",\"sha256\":\"$hash\"}"
check "... and have a line a row" test "$(wc -l <"$out")" -eq \
    "$(wc -l <marks.csv)"
run mien-annotate export --what segments --snapshot never
check "a snapshot that is not there is named" says "$err" never
check "... as bad input" test "$status" -eq 3
run mien-annotate export --what segments --snapshot before
check "a snapshot without marks has none" test \
    "$(grep -vc '^#' "$out")" -eq 1

# --- traces ---
rm -r corpus
"$builddir/tests/tui/make_bundle" x.mien ekman6 3 || exit 99
mkdir corpus && mv ./*.wav corpus/ && rm x.mien
mien-annotate init calls --protocol valence-trace >/dev/null || exit 99
MIEN_PROJECT=$tap_dir/calls
mien-annotate import corpus >/dev/null || exit 99
mien-annotate annotator add anna >/dev/null || exit 99
mien-annotate assign >/dev/null || exit 99
printf '%s\n' take "tick 20000" T "tick 1000000" Up Up "tick 2500000" submit \
    >script
label() {
    LC_ALL=C.UTF-8 mien-annotate label --as anna --script script \
        --headless 80x24
}
run label
check "a trace is handed in" test "$status" -eq 0
run mien-annotate snapshot create one
check "a snapshot counts passes of traces" says "$out" " 1 passes of traces, "
hash=$(sed -n 's/  one$//p' "$out")
mien-annotate snapshot create twin >twin
check "the same trace has the same hash" says twin "$hash  twin"
mien-annotate snapshot show one --lines >lines.1
check "a pass is a line with its samples counted and hashed" grep -Eq \
    '^\{"annotator":"anna","bundle":1,"counts":true,"dimensions":\["valence"\],"end":"complete","first_us":0,"id":"[0-9a-f]{64}","item":"1","last_us":2990000,"position":1,"question":"valence","role":"work","samples":300,"samples_hash":"[0-9a-f]{64}","version":1\}$' \
    lines.1
check "... and no samples, so that it stays small" test \
    "$(wc -c <lines.1)" -lt 3000
mien-annotate export --what traces -o traces.1
mien-annotate export --what passes -o passes.1
mien-annotate export --what trace-quality -o quality.1
printf '%s\n' take back replay "tick 20000" Space "tick 100000" seek-on \
    "tick 20000" select-from seek-on "tick 20000" select-to retrace \
    "tick 900000" 1 "tick 2000000" submit >script
mien-annotate label calls/work/anna/1.mien --script script \
    --headless 80x24 >/dev/null
run mien-annotate snapshot diff one
check "diff says that there is a new pass, and whose" grep -Eq \
    '^1 valence, pass of a trace by anna: version 2, 100 samples of 1\.0. to 2\.0. s, new$' \
    "$out"
run mien-annotate snapshot show one --lines
check "the first pass is as it was" cmp "$out" lines.1
for what in traces passes trace-quality; do
    run mien-annotate export --what $what --snapshot one
    sed '/^#/d' "$out" >then.csv
    check "$what are exported as a snapshot has them" \
        cmp then.csv "${what#trace-}.1"
    mien-annotate export --what $what -o now.csv
    check "... which is not as they are now" not cmp -s now.csv then.csv
    check "... with its hash" says "$out" "# snapshot_sha256: $hash"
done
run mien-annotate export --what traces --rate 2 --snapshot one
check "... in bins, too" test "$(grep -vc '^#' "$out")" -eq 7
cp "$out" then.csv
run mien-eval agree --traces then.csv
check "... as mien-eval reads them" test "$status" -eq 0

# --- answers of more than one value ---
frozen() { # frozen PROTOCOL: its work is in the file script
    rm -rf calls
    mien-annotate init calls --protocol "$1" >/dev/null || exit 99
    mien-annotate import corpus >/dev/null || exit 99
    mien-annotate annotator add anna >/dev/null || exit 99
    mien-annotate assign >/dev/null || exit 99
    label >/dev/null || exit 99
    mien-annotate snapshot create one >/dev/null
    run mien-annotate snapshot show one --lines
}
printf '%s\n' take "tick 4000000" 7 3 submit >script
frozen affect-grid
check "both numbers of a grid are frozen" grep -q '"value":7,.*affect.x' "$out"
check "... the second one, too" grep -q '"value":3,.*affect.y' "$out"
tap_done
