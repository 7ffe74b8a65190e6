# bench: features of sounds that are made here (make bench).
#
# Prints wall time and speed against real time (best of three) for
# CLIPS clips of five seconds, at 16 kHz, and at 48 kHz with two channels;
# with one job, with all, and from a full cache.
: "${builddir:?run me by make bench}"
PATH=$builddir:$PATH
clips=${CLIPS:-60}
dir=$(mktemp -d "${TMPDIR:-/tmp}/mien-bench.XXXXXX") || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99

# corpus NAME RATE CHANNELS
corpus() {
    echo "id,file" >"$1.csv"
    clip=0
    while [ $clip -lt "$clips" ]; do
        "$builddir/tests/support/tone" "$1-$clip.wav" "$2" "$3" 5 \
            $((100 + clip)) 0.3
        echo "$clip,$1-$clip.wav" >>"$1.csv"
        clip=$((clip + 1))
    done
}

# best WHAT COMMAND... - the least wall time of three runs.
best() {
    what=$1
    shift
    for turn in 1 2 3; do
        began=$(date +%s%N)
        "$@" >/dev/null || return 1
        ended=$(date +%s%N)
        echo $((ended - began))
    done | sort -n | head -n 1 | awk -v what="$what" -v sound=$((clips * 5)) '
        { printf "%-28s %8.3f s  %7.0f times real time\n", what, $1 / 1e9,
                 sound / ($1 / 1e9) }'
}

corpus mono16 16000 1
corpus stereo48 48000 2
for name in mono16 stereo48; do
    best "$name, one job" mien-eval extract $name.csv --no-cache -j 1 -o f.csv
    best "$name, all jobs" mien-eval extract $name.csv --no-cache -o f.csv
    mien-eval extract $name.csv --cache cache -o f.csv >/dev/null
    best "$name, from the cache" mien-eval extract $name.csv --cache cache \
        -o f.csv
done
