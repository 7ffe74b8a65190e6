#!/bin/sh
# The EXAMPLES of every man page, and README's session, run and print what is
# said there.
#
# They run page by page, each in a fresh folder that holds `emodb`, a corpus
# in EmoDB's layout made by tests/support/synth, and what the page's own
# setup lines make:   .\" setup: COMMAND
# MIEN_PAGES="mien-eval-cv.1 mien-corpus.5" runs those pages only.
. "$srcdir/tests/support/tap.sh"
tap_folder
SDL_AUDIODRIVER=dummy
export SDL_AUDIODRIVER

# "..." in the expected text stands for any lines, within a line for any
# characters.
matches() {
    awk '
        FNR == NR { want[++n] = $0; next }
        { got[++m] = $0 }
        function same(w, g, part, count, k, at) {
            count = split(w, part, /[.][.][.]/)
            if (count < 2)
                return w == g
            if (index(g, part[1]) != 1)
                return 0
            g = substr(g, length(part[1]) + 1)
            for (k = 2; k < count; k++) {
                if (!(at = index(g, part[k])))
                    return 0
                g = substr(g, at + length(part[k]))
            }
            return length(g) >= length(part[count]) &&
                substr(g, length(g) - length(part[count]) + 1) == part[count]
        }
        function match_from(i, j) {
            for (; i <= n; i++) {
                if (want[i] == "...") {
                    if (i == n)
                        return 1
                    for (; j <= m + 1; j++)
                        if (match_from(i + 1, j))
                            return 1
                    return 0
                }
                if (j > m || !same(want[i], got[j]))
                    return 0
                j++
            }
            return j == m + 1
        }
        END { exit !match_from(1, 1) }' "$1" "$2" || {
        echo "expected:"
        cat "$1"
        echo "got:"
        cat "$2"
        return 1
    }
}

ran() {
    # 0 and 1 are answers; the page's own text says which.
    [ "$(cat "status.$1")" -le 1 ] || {
        cat "got.$1"
        return 1
    }
    matches "expected.$1" "got.$1"
}

# README's session as the EXAMPLES of a page: blocks indented by four that
# hold a "$ command".
readme() {
    awk '
        function end() {
            if (block)
                print ".Ed"
            block = 0
        }
        BEGIN { print ".Sh EXAMPLES" }
        /^    / {
            if (!block && /^    \$ /) {
                print ".Bd -literal"
                block = 1
                blanks = 0
            }
            if (block) {
                while (blanks-- > 0)
                    print ""
                gsub(/\\/, "\\e")
                print substr($0, 5)
            }
            blanks = 0
            next
        }
        /^$/ { blanks++; next }
        { end(); blanks = 0 }
        END { end() }' "$srcdir/README"
}

"$builddir/tests/support/synth" "$tap_dir/emodb.made" 2 || exit 99
mkdir "$tap_dir/pages" && readme >"$tap_dir/pages/README"
for page in "$srcdir"/man/*.[157] "$tap_dir/pages/README"; do
    name=$(basename "$page")
    case " ${MIEN_PAGES:-$name} " in
    *" $name "*) ;;
    *) continue ;;
    esac
    awk -f "$srcdir/tests/docs/examples.awk" "$page" >"$tap_dir/script"
    count=$(sed -n 's/^count=//p' "$tap_dir/script")
    [ "$count" -gt 0 ] || continue
    mkdir "$tap_dir/$name" && cd "$tap_dir/$name" || exit 99
    ln -s "$tap_dir/emodb.made" emodb
    [ "$name" != README ] || ln -s "$srcdir/scripts" scripts
    if [ "$name" = README ] && ! command -v espeak-ng >/dev/null; then
        skip "README: the session" "no espeak-ng"
        cd "$tap_dir" || exit 99
        continue
    fi
    sed -n 's/^\.\\" setup: //p' "$page" >setup
    setup=0
    sh -e setup >setup.log 2>&1 || setup=1
    if [ "$setup" -ne 0 ]; then
        check "$name: the setup runs" false
    fi
    mkdir -p "$HOME"
    sh "$tap_dir/script" </dev/null
    i=1
    while [ "$i" -le "$count" ]; do
        check "$name: $(cat "command.$i")" ran "$i"
        i=$((i + 1))
    done
    cd "$tap_dir" || exit 99
    # The next page begins as a new user.
    rm -rf "$HOME" && mkdir -p "$HOME"
done
tap_done
