#!/bin/sh
# How much is recorded: answers, their timing, or everything; and that it is
# said before the work begins.
. "$srcdir/tests/support/tap.sh"
python3 -c 'import sqlite3' 2>/dev/null ||
    tap_skip_all "python3 with sqlite3 is not installed"
tap_folder

# protocol RECORD PLAYBACK
protocol() {
    cat <<END
{"mien": 1, "name": "rec", "version": "1.0", "instructions": "Listen.",
 "record": "$1", "playback": {$2},
 "questions": [{"id": "mood", "type": "choice", "text": "Which?",
   "options": [{"value": "glad", "key": "g"}, {"value": "sad", "key": "s"}]}]}
END
}

# work RECORD PLAYBACK - a project in the folder `p' in which anna worked.
work() {
    protocol "$1" "$2" >rec.json
    unset MIEN_PROJECT
    rm -rf p
    mien-annotate init p --protocol rec.json >/dev/null || exit 99
    MIEN_PROJECT=$tap_dir/p
    export MIEN_PROJECT
    mien-annotate import items.csv >/dev/null || exit 99
    mien-annotate annotator add anna
    mien-annotate assign >/dev/null || exit 99
    printf '%s\n' screen take 'tick 300000' play-pause 'tick 9000000' \
        play-pause 'tick 9000000' g 'tick 9000000' s >script
    run mien-annotate label --as anna --script script --headless 80x24
    cp "$out" screens
}

# events WHERE - how many there are.
events() {
    python3 -c '
import sqlite3, sys
print(sqlite3.connect("p/work/anna/1.mien").execute(
    "SELECT count(*) FROM event WHERE " + sys.argv[1]).fetchone()[0])' "$1"
}
column() {
    mien-annotate export | awk -F, -v name="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        NR == 2 { print $at }'
}

"$builddir/tests/tui/make_bundle" x.mien ekman6 1 1 || exit 99
printf 'id,file\ni1,1.wav\ni2,2.wav\n' >items.csv

work answers ''
check "of answers alone that is said at the start" says screens \
    "Your answers, notes and flags, and when you gave them."
check "... no play stands in the journal" test \
    "$(events "kind IN ('play', 'pause', 'ended', 'seek')")" -eq 0
check "... nor where it was judged" test "$(events 'media_us >= 0')" -eq 0
check "... how often it was heard is not said to be never" test \
    "$(column hearings),$(column heard_to_end)" = ,
mien-annotate label --as anna --export-mine >mine.csv
check "... nor in one's own record" test \
    "$(sed -n 's/^1,0,mood,glad,,,,0,,\([0-9]*\),.*/<\1>/p' mine.csv)" = "<>"
check "... but when it was judged" test -n "$(column submitted_at)"

work answers '"max_replays": 3'
check "a rule about hearing needs what is heard" test \
    "$(events "kind = 'play'")" -gt 0
check "... which is said, too" says screens "what you heard, when and how often"
check "... and counted" test "$(column hearings)" -gt 0

work timing ''
check "with timing what is heard is kept" test "$(events "kind = 'play'")" -gt 0
check "... and where it was judged" test \
    "$(events "kind = 'answer-set' AND media_us >= 0")" -gt 0
check "... but no keys" test "$(events "kind = 'key'")" -eq 0
check "... as is said" says screens "what you heard, when and how often"

work full ''
check "full has each key" test "$(events "kind = 'key'")" -ge 2
check "... and pauses before one" test "$(events "kind = 'idle'")" -gt 0
check "... as is said" says screens "each key that you press"
tap_done
