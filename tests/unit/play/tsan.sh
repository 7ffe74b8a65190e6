#!/bin/sh
# The tests of all that has threads again under ThreadSanitizer, built apart
# from the tree with no more than they need: the player, the reading of media,
# pictures, and the log of a bundle.
. "$srcdir/tests/support/tap.sh"
tap_folder

libraries='sdl2 sndfile libavformat libavcodec libswresample libswscale libavutil'
libraries="$libraries libebur128 gsl libsodium sqlite3 cmocka"
flags=$(${PKG_CONFIG:-pkg-config} --cflags --libs $libraries 2>/dev/null) ||
    tap_skip_all "pkg-config does not know: $libraries"
: "${CC:=cc}"
common="-std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=thread -ffp-contract=off"
common="$common -I$builddir -I$srcdir/src -I$srcdir/tests/support"

# A kernel that spreads its mappings too widely stops TSan at the start.
plain=
setarch "$(uname -m)" -R true 2>/dev/null && plain="setarch $(uname -m) -R"

echo 'int main(void) { return 0; }' >try.c
$CC -fsanitize=thread try.c -o try 2>/dev/null && $plain ./try 2>/dev/null ||
    tap_skip_all "$CC cannot build or run with ThreadSanitizer"

# The library, by a makefile of its own: two compilers at a time.
build() {
    objects=
    for source in "$srcdir"/src/common/base/*.c \
        "$srcdir"/src/common/file/atomic.c "$srcdir"/src/common/file/hash*.c \
        "$srcdir"/src/common/signal/*.c "$srcdir"/src/common/media/*.c \
        "$srcdir"/src/common/store/checkpoint.c \
        "$srcdir"/src/annotate/play/*.c; do
        object=$(echo "${source#"$srcdir"/}" | tr / _).o
        objects="$objects $object"
        printf '%s:\n\t%s\n' "$object" \
            "$CC $common $flags -c $source -o $object" >>rules
    done
    printf 'all.a: %s\n\tar rcs $@ $^\n' "$objects" | cat - rules >makefile
    env -u MAKEFLAGS -u MFLAGS make -s -j2 all.a
}

# build_test ROOM NAME
build_test() {
    $CC $common "$srcdir/tests/unit/$1/$2.c" all.a $flags -lm -lpthread \
        -o "$2"
}

# FFmpeg's own threads are not built for TSan, which cannot see their atomics;
# what our threads share is judged as everywhere.
cat >suppressed <<'END'
called_from_lib:libavutil.so
called_from_lib:libavcodec.so
called_from_lib:libavformat.so
called_from_lib:libswscale.so
END
run_test() {
    TSAN_OPTIONS="halt_on_error=0 exitcode=66 second_deadlock_stack=1 \
suppressions=$PWD/suppressed" \
        CMOCKA_MESSAGE_OUTPUT=stdout $plain "./$1"
}

check "the player builds with ThreadSanitizer" build
for test in play/test_ring play/test_clock play/test_feed play/test_player \
    play/test_player_open play/test_player_sdl play/test_player_speed \
    play/test_sight play/test_worker play/test_film store/test_checkpoint; do
    check "$test builds" build_test "${test%/*}" "${test#*/}"
    check "$test has no data race" run_test "${test#*/}"
done
tap_done
