#!/bin/sh
# mien-eval align: many items, some of them, and tables that say nothing.
. "$srcdir/tests/support/tap.sh"
tap_folder

# 30 participants in two conditions; a wave each, and a film for all.
awk 'BEGIN {
    print "participant,condition,time,x,y" >"all.csv"
    print "time,light" >"film.csv"
    for (p = 0; p < 30; p++)
        for (i = 0; i < 200; i++)
            printf "P%02d,%s,%.2f,%.4f,%.4f\n", p, p % 2 ? "rest" : "task", \
                i / 4, sin(i * (p + 1) / 50), cos(i * i) >"all.csv"
    for (i = 0; i < 500; i++)
        printf "%.1f,%.4f\n", i / 10, sin(i / 7) >"film.csv"
}'
for jobs in 1 2 7; do
    run mien-eval align --window 2 --hop 0.5 --item all=participant \
        --functionals mean,sd,slope all.csv film.csv --jobs $jobs -o $jobs.csv
    check "$jobs items at a time" test "$status" -eq 0
    cp "$out" $jobs.out
done
check "the table does not depend on the jobs" cmp 1.csv 7.csv
check "... nor what is said of it" sh -c \
    "sed s/1.csv// 1.out >one; sed s/7.csv// 7.out | cmp - one"
check "all items are there, in order" sh -c "grep -v '^#' 2.csv |
    cut -d, -f 2 | uniq | tail -n +2 | sort -c && grep -q P29 2.csv"

run mien-eval align --rate 1 --item all=participant all.csv film.csv \
    --only condition=rest --only participant=P01,P02,P03
check "rows are chosen where a table has the column" sh -c \
    "grep -v '^#' '$out' | tail -n +2 | cut -d, -f 1 | uniq | tr '\n' ' ' |
     grep -qx 'P01 P03 '"
check "... and others are whole" sh -c "grep -q '^P01,49,.*,.*,[^,]' '$out'"
run mien-eval align --rate 1 all.csv --only sex=f
check "a column that no table has is an error" test "$status" -eq 3
check "... and named" says "$err" '--only sex=f: no table has a column "sex"'
run mien-eval align --rate 1 all.csv --only condition=sleep
check "nothing left is an error" says "$err" "all.csv: --only leaves no row"
run mien-eval align --rate 1 all.csv --only condition
check "what has another form is wrong usage" test "$status" -eq 2
run mien-eval align --window 1 film.csv --method film=mean
check "a method that would have no effect is refused" \
    says "$err" "--method film=mean goes with --rate"

printf 'time,x\n0,low\n1,high\n' >words.csv
run mien-eval align --rate 1 words.csv
check "words are told by line and column" \
    says "$err" 'words.csv:2: column "x" is "low", expected a number: no column'
printf 'time,x,y\n0,inf,1\n1,2,3\n' >endless.csv
run mien-eval align --rate 1 endless.csv
check "what is infinite is no reason to pass a column over" \
    says "$err" 'endless.csv:2: column "x" is "inf", expected a number'
printf 'time,said,y\n0,low,1\n1,high,3\n' >both.csv
run mien-eval align --rate 1 both.csv
check "words beside numbers are passed over" test "$status" -eq 0
mkdir tables && cp film.csv tables
run mien-eval align --rate 1 tables
check "a folder of other tables is told what folders are read for" \
    says "$err" "Empatica E4; a table is named by its file"
tap_done
