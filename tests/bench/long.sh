# bench: a long medium in the workbench (make bench; needs libvterm).
#
# Opens HOURS (8) of sound at 16 kHz, as WAV and, where ffmpeg is, as FLAC:
# the first time, when it is checked and read while one looks at it, and again,
# when both are in the cache.  Prints how long it takes until it plays, from a
# key that moves or zooms the window to the painted cells, from all of it to
# single periods, and the peak memory.
: "${builddir:?run me by make bench}"
PATH=$builddir:$PATH
hours=${HOURS:-8}
libraries=$(${PKG_CONFIG:-pkg-config} --cflags --libs vterm 2>/dev/null) || {
    echo "long: skipped: pkg-config does not know vterm"
    exit 0
}
dir=$(mktemp -d "${TMPDIR:-/tmp}/mien-bench.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
# shellcheck disable=SC2086 # words are meant to be split
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
   "options": [{"value": "good", "key": "g"}, {"value": "bad", "key": "b"}]}]}
END

# little BYTES NUMBER - as a WAV file has it.
little() {
    number=$2
    for _ in $(seq "$1"); do
        # shellcheck disable=SC2059 # the format is the byte
        printf "\\$(printf %03o $((number % 256)))"
        number=$((number / 256))
    done
}

# The voices of a synthetic corpus, over and over.
"$builddir/tests/support/synth" corpus 10 || exit 1
bytes=$((hours * 3600 * 32000))
find corpus -name '*.wav' | LC_ALL=C sort | while read -r file; do
    tail -c +45 "$file"
done >voices
mkdir wav
{
    printf RIFF && little 4 $((bytes + 36)) && printf 'WAVEfmt ' &&
        little 4 16 && little 2 1 && little 2 1 && little 4 16000 &&
        little 4 32000 && little 2 2 && little 2 16 &&
        printf data && little 4 $bytes
} >wav/long.wav
while cat voices; do :; done 2>/dev/null | head -c $bytes >>wav/long.wav
command -v ffmpeg >/dev/null && mkdir flac &&
    ffmpeg -v error -i wav/long.wav flac/long.flac

for kind in wav flac; do
    [ -d $kind ] || continue
    mien-annotate init --protocol ./seen.json p-$kind >told 2>&1 &&
        mien-annotate import -p p-$kind $kind >told &&
        mien-annotate annotator add -p p-$kind a1 >told &&
        mien-annotate assign -p p-$kind >told || exit 1
    XDG_CACHE_HOME=$dir/cache-$kind
    export XDG_CACHE_HOME
    for time in "the first time" again; do
        echo "label, $hours h of $kind, $time"
        ./pty long "${KEYS:-200}" mien-annotate label -p p-$kind --as a1 ||
            exit 1
    done
done
