# bench: the set egemaps-compat over a folder of sounds (make bench).
#
# Prints seconds of sound a CPU second, one job, decoding included: over the
# files of FOLDER (default: EmoDB's in $MIEN_SHARED) one by one, and over one
# long file of MINUTES (default: 20) that is made here; then the most memory over
# what --version takes, for 3 s, MINUTES and HOURS (default: 10; 0 leaves it out,
# else 115 MB an hour in TMPDIR), and how two cores scale over FOLDER, by the
# clock: one job, two jobs, and twice one job at the same time, in turn, the best
# of 11 each.  The last is what the machine itself allows: its neighbours take
# part of the second core, too.  Limits: 50 MiB, 1.9 times.
: "${builddir:?run me by make bench}"
PATH=$builddir:$PATH
folder=${FOLDER:-${MIEN_SHARED:-../shared}/data/emodb/audio}
[ -d "$folder" ] && folder=$(cd "$folder" && pwd)
minutes=${MINUTES:-20}
hours=${HOURS:-10}
peak=$builddir/tests/bench/peak
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

# memory WHAT CORPUS - MiB over what --version takes.
version=$("$peak" mien-eval --version | cut -d' ' -f3)
memory() {
    "$peak" mien-eval extract --set egemaps-compat "$2" --no-cache -j 1 \
        -o m.csv | awk -v what="$1" -v version="$version" '{
            printf "%-20s %8.1f MiB over --version (%.1f), %8.1f CPU s\n",
                what, ($3 - version) / 1024, version / 1024, $2 }'
}

"$builddir/tests/support/tone" short.wav 16000 1 3 180 0.3
printf 'id,file\nshort,short.wav\n' >short.csv
memory "memory, 3 s" short.csv
memory "memory, $minutes min" long.csv
if [ "$hours" -gt 0 ]; then
    "$builddir/tests/support/tone" hours.wav 16000 1 $((hours * 3600)) 180 0.3
    printf 'id,file\nhours,hours.wav\n' >hours.csv
    memory "memory, $hours h" hours.csv
    rm hours.wav
fi

if [ -d "$folder" ]; then
    work() {
        "$peak" mien-eval extract --set egemaps-compat folder.csv --no-cache \
            -j "$1" -o "$2"
    }
    for turn in 1 2 3 4 5 6 7 8 9 10 11; do
        echo "one $(work 1 s.csv)"
        echo "two $(work 2 s.csv)"
        work 1 other.csv >other &
        mine=$(work 1 s.csv)
        wait
        printf '%s\n%s\n' "$mine" "$(cat other)" | sort -rn |
            sed -n '1s/^/both /p'
    done | awk '
        !($1 in wall) || $2 < wall[$1] { wall[$1] = $2 }
        !($1 in cpu) || $3 < cpu[$1] { cpu[$1] = $3 }
        END {
            printf "%-20s %8.2f times (%.3f s, %.3f s), processor %.2f times\n",
                "two cores", wall["one"] / wall["two"], wall["one"],
                wall["two"], cpu["two"] / cpu["one"]
            printf "%-20s %8.2f times\n", "... of the machine",
                2 * wall["one"] / wall["both"]
        }'
fi
