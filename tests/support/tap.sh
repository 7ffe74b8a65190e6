# tap.sh - TAP for shell tests: source it, call check(), end with tap_done.
#
#   . "$srcdir/tests/support/tap.sh"
#   tap_folder                    # a fresh folder, removed at the end
#   run mien-eval score x.csv     # sets $status, $out, $err (files)
#   check "scores a table" test "$status" -eq 0
#   tap_done
#
# $srcdir and $builddir are set by the harness.

: "${srcdir:?run me by make check}" "${builddir:?run me by make check}"
PATH=$builddir:$PATH
export PATH
LC_ALL=C.UTF-8
export LC_ALL
unset MIEN_PROJECT MIEN_USER NO_COLOR
# tmux runs commands by the user's shell, which may be another kind, or none.
SHELL=/bin/sh
export SHELL
shared=${MIEN_SHARED:-$srcdir/../shared}
tap_count=0
tap_failed=0

# tap_skip_all REASON - nothing here can run.
tap_skip_all() {
    echo "1..0 # SKIP $*"
    exit 0
}

# need_shared PATH... - skips all when a file of shared/ is missing.
need_shared() {
    for tap_path; do
        [ -e "$shared/$tap_path" ] || tap_skip_all "no shared/$tap_path"
    done
}

tap_folder() {
    tap_dir=$(mktemp -d "${TMPDIR:-/tmp}/mien-test.XXXXXX") || exit 99
    trap 'rm -rf "$tap_dir"' EXIT
    trap 'exit 99' INT TERM HUP
    # Nothing of the user's settings, nothing left behind.
    HOME=$tap_dir/home
    XDG_CONFIG_HOME=$HOME/.config
    XDG_CACHE_HOME=$HOME/.cache
    XDG_DATA_HOME=$HOME/.local/share
    export HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME
    mkdir -p "$HOME"
    cd "$tap_dir" || exit 99
}

# run COMMAND... - output and diagnostics go to the files out and err.
run() {
    out=$tap_dir/out
    err=$tap_dir/err
    status=0
    "$@" >"$out" 2>"$err" || status=$?
}

# check NAME COMMAND... - one test: passes when the command does.
check() {
    tap_name=$1
    shift
    tap_count=$((tap_count + 1))
    if "$@" >"${tap_dir:-/tmp}/check.$$" 2>&1; then
        echo "ok $tap_count - $tap_name"
    else
        echo "not ok $tap_count - $tap_name"
        tap_failed=$((tap_failed + 1))
        echo "# failed: $*"
        sed 's/^/# /' "${tap_dir:-/tmp}/check.$$" | head -n 20
        if [ -n "${err:-}" ] && [ -f "$err" ]; then
            sed 's/^/# stderr: /' "$err" | head -n 20
        fi
    fi
    rm -f "${tap_dir:-/tmp}/check.$$"
}

# skip NAME REASON - one test that cannot run here; counted.
skip() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

# says FILE TEXT - the file has this text somewhere.
says() {
    grep -F -q -e "$2" "$1" || {
        echo "expected: $2"
        echo "in:"
        cat "$1"
        return 1
    }
}

# silent FILE - the file is empty.
silent() {
    [ ! -s "$1" ] || {
        cat "$1"
        return 1
    }
}

# not COMMAND... - passes when the command fails.
not() {
    ! "$@"
}

tap_done() {
    echo "1..$tap_count"
    [ "$tap_failed" -eq 0 ]
}
