#!/bin/sh
# The annotator's process opens her bundle, its media, her settings, and no
# other file of the project; what her cache holds is named by hashes alone.
. "$srcdir/tests/support/tap.sh"
tap_folder

command -v strace >/dev/null || tap_skip_all "strace is not installed"
strace -o /dev/null true 2>/dev/null || tap_skip_all "strace cannot run here"

"$builddir/tests/tui/make_bundle" clips.mien ekman6 0.2 0.2 0.2 ||
    exit 99
mkdir corpus && mv ./*.wav corpus/
mien-annotate init calls --protocol ekman6 >/dev/null || exit 99
mien-annotate import -p calls corpus >/dev/null || exit 99
mien-annotate annotator add -p calls anna ben || exit 99
mien-annotate assign -p calls -k 2 >/dev/null || exit 99
mkdir -p "$XDG_CONFIG_HOME/mien"
echo "alias anna $tap_dir/calls" >"$XDG_CONFIG_HOME/mien/settings"
printf 'Enter\nEnter\nEnter\na\n3\n3\ntick 1000000\n' >script

cd calls || exit 99
# The leak checker cannot look while strace does.
run env ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=file -o ../trace \
    mien-annotate label --script ../script --headless 80x24
cd .. || exit 99
check "labelling works, with the alias from the settings" says "$out" "emotion anger"

# Every path that was opened, as strace quotes it; a bare stat is no opening.
grep -E 'open(at|at2)?\(|creat\(|execve\(' trace | grep -v ENOENT |
    sed -n 's/^[^"]*"\([^"]*\)".*/\1/p' | sort -u >opened

ours() {
    grep -E "^($tap_dir|\.)" opened | sed "s,^$tap_dir/,," |
        grep -v -E '^calls/work/anna/1\.mien(-wal|-shm|-journal|\.lock)?$' |
        grep -v -E '^calls/work/anna$' |
        grep -v -E '^(calls/work/anna/\.\./\.\./\.\./)?corpus/[123]\.wav$' |
        grep -v -E '^home/\.config/mien/(settings|keys)$' |
        grep -v -E '^home/\.cache/mien/(waveforms|checked)(/[0-9a-f]+)?$' |
        grep -v -E '^(\.\./)?script$' >other
    cat other
    [ ! -s other ]
}

check "the bundle is among what was opened" \
    grep -q 'work/anna/1.mien' opened
check "a medium is among what was opened" grep -q 'corpus/[123].wav' opened
check "nothing else of the project was opened" ours
check "not the project's own file" not grep -q mien.db opened
check "not the people's file" not grep -q people.db opened
check "nobody else's work" not grep -q work/ben opened
tap_done
