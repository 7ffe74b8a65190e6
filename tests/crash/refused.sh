#!/bin/sh
# When the journal refuses an event, what was to follow it does not happen.
. "$srcdir/tests/support/tap.sh"
python3 -c 'import sqlite3' 2>/dev/null ||
    tap_skip_all "python3 with sqlite3 is not installed"
tap_folder

"$builddir/tests/tui/make_bundle" anna.mien ekman6 0.2 0.2 || exit 99

# answers - how many were ever set.
answers() {
    python3 -c '
import sqlite3
rows = sqlite3.connect("anna.mien").execute(
    "SELECT count(*) FROM event WHERE kind = ?", ("answer-set",))
print(rows.fetchone()[0])'
}

printf 'take\ntake\ntake\ntick 500000\na\n3\n4\ntick 500000\n' >first
run mien-annotate label anna.mien --script first --headless 80x24
check "an item is judged and handed in" says "$out" "@submitted"
before=$(answers)
check "its answers are in the journal" [ "$before" -ge 3 ]

python3 -c '
import sqlite3
file = sqlite3.connect("anna.mien")
file.execute("""CREATE TRIGGER refuse BEFORE INSERT ON event
    WHEN NEW.kind = "revised" BEGIN SELECT RAISE(ABORT, "no"); END""")
file.commit()' || exit 99
printf 'take\ntake\ntake\nback\nd\nscreen\n' >second
run mien-annotate label anna.mien --script second --headless 80x24
check "a revision that is refused is said not to be kept" \
    says "$out" "NOT KEPT"
check "the answer that was to follow it is not in the journal" \
    [ "$(answers)" = "$before" ]
check "nor on the screen" not says "$out" "✓ disgust"
tap_done
