#!/bin/sh
# Completion comes from the tables: commands, options, choices.
. "$srcdir/tests/support/tap.sh"
tap_folder

offers() {
    wanted=$1
    shift
    "$@" >"$tap_dir/offers"
    grep -q -x -e "$wanted" "$tap_dir/offers" || {
        cat "$tap_dir/offers"
        return 1
    }
}

check "every command is offered" offers cv mien-eval --complete c
check "options are offered" offers --folds= mien-eval --complete cv --f
check "the choices of an option are offered" offers median \
    mien-eval --complete cv --impute=m
check "the commands of a command are offered" offers check \
    mien-annotate --complete protocol c
for program in mien-annotate mien-eval; do
    check "the completion of $program is valid bash" \
        bash -n "$srcdir/scripts/completion/$program"
done
tap_done
