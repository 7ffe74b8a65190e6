#!/bin/sh
# A medium under a random name may say in words of its own what it is.
. "$srcdir/tests/support/tap.sh"
python3 -c '' 2>/dev/null || tap_skip_all "python3 is not installed"
tap_folder

# wav FILE KEY TEXT - a second of silence that has a text of that kind.
wav() {
    python3 -c '
import struct, sys
def chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
text = chunk(sys.argv[2].encode(), sys.argv[3].encode() + b"\0")
body = (b"WAVE" + chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
        + chunk(b"LIST", b"INFO" + text) + chunk(b"data", b"\0" * 16000))
open(sys.argv[1], "wb").write(b"RIFF" + struct.pack("<I", len(body)) + body)
' "$@"
}

# project NAME - with its media in the folder NAME.
project() {
    { echo id,file; for file in "$1"/*.wav; do
        echo "$(basename "$file" .wav),$file"; done; } >"$1.csv"
    mien-annotate init "p-$1" --protocol ekman6 >/dev/null || exit 99
    mien-annotate import -p "p-$1" "$1.csv" >/dev/null || exit 99
    mien-annotate annotator add -p "p-$1" anna
    mien-annotate assign -p "p-$1" >/dev/null || exit 99
    run mien-annotate bundle -p "p-$1" anna -o "$1.mien" --with-media
}

mkdir plain told
wav plain/a.wav ISFT 'a program'
project plain
check "media that say nothing are handed out" test "$status" -eq 0
check "... without a warning" silent "$err"

wav told/a.wav ISFT 'a program'
wav told/b.wav INAM 'an angry voice'
project told
check "media that say what they are are handed out, too" test "$status" -eq 0
check "... with a warning" says "$err" "1 of 2 media say in words what they are"
check "... that names what they say" says "$err" 'title "an angry voice"'
check "... and the mend" says "$err" "-map_metadata -1"
tap_done
