# bench: the workbench on a pseudo terminal (make bench; needs libvterm).
#
# Prints how long the first screen takes of a bundle of ITEMS / 5 entries
# (ITEMS: 100000) in a project of ITEMS, the peak memory beside that of
# --version, and the time from a key to its painted cell, KEYS times (500),
# while sound plays and waveform, spectrogram and tracks scroll.
: "${builddir:?run me by make bench}"
PATH=$builddir:$PATH
items=${ITEMS:-100000}
libraries=$(${PKG_CONFIG:-pkg-config} --cflags --libs vterm 2>/dev/null) || {
    echo "pty: skipped: pkg-config does not know vterm"
    exit 0
}
dir=$(mktemp -d "${TMPDIR:-/tmp}/mien-bench.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
${CC:-cc} -O2 -D_GNU_SOURCE -o "$dir/pty" "$srcdir/tests/bench/pty.c" \
    $libraries -lutil || exit 1
cd "$dir" || exit 1
SDL_AUDIODRIVER=dummy TERM=xterm-256color LANG=C.UTF-8
XDG_CONFIG_HOME=$dir/config
export SDL_AUDIODRIVER TERM LANG XDG_CONFIG_HOME
cat >seen.json <<'END'
{"mien": 1, "name": "seen", "version": "1.0", "title": "What is seen",
 "instructions": "Judge.", "unit": "segment",
 "show": ["waveform", "spectrogram", "tracks"],
 "playback": {"must_hear_all": false},
 "questions": [
  {"id": "mood", "type": "choice", "measure": "nominal",
   "options": [{"value": "good", "key": "g"}, {"value": "bad", "key": "b"}]},
  {"id": "sure", "type": "scale", "measure": "ordinal", "min": 1, "max": 5}]}
END

# Each file of the corpus gives as many pieces as are wanted.
"$builddir/tests/support/synth" corpus 10 || exit 1
find corpus -name '*.wav' | LC_ALL=C sort | awk -v items="$items" '
    { file[n++] = $0 }
    END {
        print "id,file,start,end"
        for (i = 0; i < items; i++) {
            at = int(i / n) * 0.0004
            printf "i%d,%s,%.4f,%.4f\n", i, file[i % n], at, at + 0.25
        }
    }' >items.csv
mien-annotate init --protocol ./seen.json big >told &&
    mien-annotate import -p big items.csv >told &&
    mien-annotate annotator add -p big a1 a2 a3 a4 a5 >told &&
    mien-annotate assign -p big --per-item 1 >told || exit 1
mkdir few
find corpus -name '*.wav' | LC_ALL=C sort | sed -n '1~10p' |
    while read -r file; do cp "$file" few; done
mien-annotate init --protocol ./seen.json small >told &&
    mien-annotate import -p small few >told &&
    mien-annotate annotator add -p small a1 >told &&
    mien-annotate assign -p small >told || exit 1

echo "mien-annotate --version"
./pty first 10 mien mien-annotate --version
echo "label, a bundle of $((items / 5)) of a project of $items"
./pty first 20 "Judge" mien-annotate label -p big --as a1
echo "label, keys while it plays"
./pty keys "${KEYS:-500}" mien-annotate label -p small --as a1
