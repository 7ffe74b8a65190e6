#!/bin/sh
# Lets clang's libFuzzer look for inputs that a reader does not survive.
#
#     tests/fuzz/run.sh [NAME...]      all targets, or these
#
# Built with clang in MIEN_FUZZ_BUILD (build-fuzz beside the source), each
# target runs MIEN_FUZZ_SECONDS (600), from its seeds and from what is kept in
# tests/fuzz/corpus/NAME.  What it finds lies in MIEN_FUZZ_BUILD/found/NAME;
# an input that stopped it in MIEN_FUZZ_BUILD/found/NAME-crash-*.
# MIEN_FUZZ_KEEP=1 then keeps the inputs that reach new code, as few and small
# as can be, in tests/fuzz/corpus/NAME.  MIEN_FUZZ_JOBS (1): so many at once.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${MIEN_FUZZ_BUILD:-$top/build-fuzz}
seconds=${MIEN_FUZZ_SECONDS:-600}
jobs=${MIEN_FUZZ_JOBS:-1}
clang=$(command -v clang-14 || command -v clang) || {
    echo "run.sh: clang is missing: install clang-14 (only fuzzing needs it)" >&2
    exit 1
}

if [ $# -eq 0 ]; then
    for source in "$top"/tests/fuzz/fuzz_*.c; do
        name=$(basename "$source" .c)
        name=${name#fuzz_}
        case $name in
        change | engine | replay) ;;
        *) set -- "$@" "$name" ;;
        esac
    done
fi
for name; do
    [ -f "$top/tests/fuzz/fuzz_$name.c" ] || {
        echo "run.sh: there is no target \"$name\"" >&2
        exit 2
    }
done

mkdir -p "$build/found"
cd "$build"
[ -f Makefile ] || "$top/configure" -q CC="${FUZZ_CC:-$clang}" CFLAGS='-O1 -g' \
    --enable-sanitizers=fuzzer-no-link,address,undefined

# The engine and, to write its seeds and words, the program of make check.
make_target() {
    rm -f tests/fuzz/engine
    make -s "tests/fuzz/fuzz_$1" &&
        make -s tests/fuzz/engine FUZZ_TARGET="tests/fuzz/fuzz_$1.o" &&
        mv tests/fuzz/engine "found/engine_$1" || return 1
    mkdir -p "found/$1" "found/$1-seeds"
    "tests/fuzz/fuzz_$1" -s "found/$1-seeds" &&
        "tests/fuzz/fuzz_$1" -w >"found/$1.dict"
}

# Seeds are the target's own; what is found is kept beside them.
run_target() {
    most=$("tests/fuzz/fuzz_$1" -m)
    kept=$top/tests/fuzz/corpus/$1
    [ -d "$kept" ] || kept=
    status=0
    UBSAN_OPTIONS=print_stacktrace=1 "found/engine_$1" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len="$most" -dict="found/$1.dict" -print_final_stats=1 \
        -artifact_prefix="found/$1-crash-" \
        "found/$1" "found/$1-seeds" $kept >"found/$1.log" 2>&1 || status=$?
    if [ $status -eq 0 ]; then
        echo "$1: survived $seconds s, $(summary "$1")"
    else
        echo "$1: did not survive; see $build/found/$1.log"
    fi
    return $status
}

summary() {
    awk '/^stat::number_of_executed_units/ { runs = $2 }
        / cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
        END { print runs " inputs, " cov " edges" }' "found/$1.log"
}

# As few inputs as reach all the code that all of them reach.  What was found
# and mended (found-...) stays in any case.
keep_target() {
    kept=$top/tests/fuzz/corpus/$1
    rm -rf "found/$1-kept"
    mkdir -p "found/$1-kept" "$kept"
    "found/engine_$1" -set_cover_merge=1 -use_counters=0 \
        -max_len="$("tests/fuzz/fuzz_$1" -m)" "found/$1-kept" "$kept" \
        "found/$1" "found/$1-seeds" >"found/$1-merge.log" 2>&1
    find "$kept" -type f ! -name 'found-*' -exec rm {} +
    cp "found/$1-kept"/* "$kept/"
}

bad=0
for name; do
    make_target "$name"
done
running=0
for name; do
    run_target "$name" &
    running=$((running + 1))
    if [ "$running" -ge "$jobs" ]; then
        wait || bad=1
        running=0
    fi
done
wait
for name; do
    grep -q '^stat::number_of_executed_units' "found/$name.log" &&
        ! grep -q '^SUMMARY:' "found/$name.log" || bad=1
    [ "${MIEN_FUZZ_KEEP:-}" != 1 ] || keep_target "$name"
done
exit $bad
