# bench: the set egemaps-compat over a folder of sounds (make bench).
#
# Prints seconds of sound a CPU second, one job, decoding included: over the
# files of FOLDER (default: EmoDB's in $MIEN_SHARED) one by one, and over one
# long file of MINUTES (default: 20) that is made here.
: "${builddir:?run me by make bench}"
PATH=$builddir:$PATH
folder=${FOLDER:-${MIEN_SHARED:-../shared}/data/emodb/audio}
[ -d "$folder" ] && folder=$(cd "$folder" && pwd)
minutes=${MINUTES:-20}
dir=$(mktemp -d "${TMPDIR:-/tmp}/mien-bench.XXXXXX") || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99

# speed WHAT CORPUS - the CPU time of the children of one shell, user and system.
speed() {
    sound=$(mien-eval extract --set quality "$2" | awk -F, '
        /^#/ { next }
        !at { for (at = 1; $at != "duration_s"; at++); next }
        { sum += $at }
        END { print sum }')
    for turn in 1 2 3; do
        sh -c 'mien-eval extract --set egemaps-compat "$1" --no-cache -j 1 \
            -o f.csv >/dev/null; times' - "$2" | tail -n 1
    done | awk -v what="$1" -v sound="$sound" '
        {
            split($1, user, "m")
            split($2, kernel, "m")
            cpu = user[1] * 60 + user[2] + kernel[1] * 60 + kernel[2]
            if (NR == 1 || cpu < best) best = cpu
        }
        END {
            printf "%-20s %8.1f s of sound %8.2f CPU s %8.0f s a CPU s\n",
                what, sound, best, sound / best
        }'
}

if [ -d "$folder" ]; then
    echo id,file >folder.csv
    find "$folder" -name '*.flac' -o -name '*.wav' | LC_ALL=C sort |
        awk '{ print NR "," $0 }' >>folder.csv
    speed "folder" folder.csv
fi
"$builddir/tests/support/tone" long.wav 16000 1 $((minutes * 60)) 180 0.3
printf 'id,file\nlong,long.wav\n' >long.csv
speed "one long file" long.csv
