#!/bin/sh
# FFmpeg's containers and codecs are loaded when a medium needs them, by a
# thread that nobody waits for; where they are missing the file, the library
# and its package are named, and no medium is called damaged for it.
. "$srcdir/tests/support/tap.sh"
tap_folder

# Files in which the loader finds no library, of any version.
mkdir none corpus film clips
for i in $(seq 50 80); do : >none/libavformat.so.$i; done
without() { LD_LIBRARY_PATH=$tap_dir/none "$@"; }
needs='needs libavformat\.so\.[0-9]* (on Debian: the package libavformat[0-9]*)'

"$builddir/tests/support/tone" corpus/a.wav 16000 1 1 220 0.5 || exit 99
printf 'ID3\004 as an mp3 begins' >corpus/b.mp3
printf 'id,file\na,corpus/a.wav\nb,corpus/b.mp3\n' >items.csv

run without mien-eval extract items.csv -o out.csv
check "extract leaves out what needs them" test "$status" -eq 1
check "... and names file, library and package" \
    grep -q "corpus/b.mp3: $needs" "$err"
check "... of the others it needs none" not grep -q 'a\.wav' "$err"
run without mien-eval extract --check-robust items.csv -o robust.csv
check "nothing is checked for robustness without them" test "$status" -eq 3
check "... which is said once" test "$(grep -c "$needs" "$err")" -eq 1
check "... as what it is" not grep -q "this FFmpeg has no" "$err"

sed -e 's/"files": .*/"files": ["corpus\/*.wav", "corpus\/*.mp3"],/' \
    -e '/"pattern"/d; /"columns"/,$d; s/"id": .*/"id": "{name}"}/' \
    "$srcdir/scripts/demo-dataset.json" >two.json
run mien-annotate dataset check ./two.json .
check "what is no mp3 is damage" says "$out" "medium"
run without mien-annotate dataset check ./two.json .
check "without them nobody can say so" test "$status" -eq 3
check "... and nothing is called damaged" not says "$out" damaged
check "... the reason is" grep -q "corpus/b.mp3: $needs" "$err"

"$builddir/tests/tui/make_bundle" film/1.mien "$srcdir/tests/tui/film.json" \
    film:10 || exit 99
"$builddir/tests/tui/make_bundle" clips/1.mien ekman6 0.2 0.2 || exit 99
printf 'take\ntick 50000\nscreen\n' >script
run without mien-annotate label film/1.mien --script script --headless 160x24
check "the annotator is told why a video cannot be played" \
    grep -q "The medium of item 1 cannot be played ($needs" "$out"
check "... without the file's name" not grep -q "1\.wav" "$out"
run without mien-annotate label clips/1.mien --script script --headless 160x24
check "sound in WAV is played" not grep -q "cannot be played" "$out"

if strace -o /dev/null true 2>/dev/null; then
    # loads BUNDLE - the threads that open libavformat, and "main" if that did.
    loads() {
        rm -f trace
        env ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=openat,execve \
            -o trace mien-annotate label "$1" --script script \
            --headless 160x24 >/dev/null || exit 99
        awk 'NR == 1 { main = $1 }
            /libavformat/ && !/ENOENT/ { print $1 == main ? "main" : "other" }' \
            trace
    }
    check "work in WAV does not load them" test -z "$(loads clips/1.mien)"
    check "that in videos does, once and not where keys are read" \
        test "$(loads film/1.mien)" = other
else
    skip "work in WAV does not load them" "strace cannot run here"
    skip "that in videos does, once and not where keys are read" \
        "strace cannot run here"
fi
tap_done
