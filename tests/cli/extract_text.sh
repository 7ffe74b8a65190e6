#!/bin/sh
# mien-eval extract --set text: words to numbers, by lexicons.
. "$srcdir/tests/support/tap.sh"
tap_folder

cat >corpus.csv <<'END'
id,text,line
a,A good day!,not good
b,"Bad, very bad.",bad
c,,
d,:-),:)
END
printf 'good\t2\nbad\t-2\n:-)\t1\n' >scores.txt
printf 'good\tjoy\t1\nbad\tsad-ness\t1\n' >emotions.txt

# cell FILE ID COLUMN
cell() {
    awk -F, -v id="$2" -v name="$3" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        $1 == id { print $column; found = 1 }
        END { if (!found) print "none" }' "$1"
}

run mien-eval extract corpus.csv --set text --lexicon scores.txt \
    --lexicon e=emotions.txt -o t.csv
check "it needs no media" test "$status" -eq 0
check "and says what it made" \
    says "$out" "t.csv: 3 items, 22 features; 0 from the cache"
check "an item without text is counted" \
    says "$err" "1 of 4 items have no text: no row for them"
check "texts are not cached" test ! -e "$XDG_CACHE_HOME"
check "the lexicon's hash is noted" says t.csv \
    "# lexicon scores: $(sha256sum scores.txt | cut -d' ' -f1)"
# 2.292 / sqrt(2.292^2 + 15); -2 - 2.293 = -4.293.
check "a score" test "$(cell t.csv a scores_compound | cut -c1-7)" = 0.50929
check "degree" test "$(cell t.csv b scores_compound | cut -c1-8)" = -0.74249
check "an emotion by its lexicon's name" \
    test "$(cell t.csv b e_sad_ness | cut -c1-6)" = 0.7643
check "a mark alone has a score" test "$(cell t.csv d scores_mean)" = 1
check "but no readability" test -z "$(cell t.csv d flesch_ease)"
run mien-eval extract corpus.csv --set text --lexicon scores.txt \
    --lexicon e=emotions.txt -j 3 -o again.csv
check "another number of threads changes nothing" cmp t.csv again.csv
run mien-eval extract corpus.csv --set text --column line \
    --lexicon scores.txt -o line.csv
check "--column names another column" \
    test "$(cell line.csv a scores_mean)" = -1.48

run mien-eval extract corpus.csv --set basic --lexicon scores.txt
check "a lexicon is for the set text" test "$status" -eq 2
run mien-eval extract corpus.csv --set text --lexicon gone.txt
check "a missing lexicon is bad input" test "$status" -eq 3
check "and named" says "$err" "gone.txt: cannot open"
run mien-eval extract corpus.csv --set text --lexicon scores.txt \
    --lexicon scores.txt
check "two lexicons of one name are refused" \
    says "$err" 'two lexicons are called "scores"'
run mien-eval extract corpus.csv --set text --lexicon corpus.csv
check "a file of another kind is refused with its line" \
    says "$err" 'corpus.csv:2: expected "word TAB score"'
run mien-eval extract corpus.csv --set text --column nothing
check "a missing column is bad input" test "$status" -eq 3
run mien-eval extract --list --set text --lexicon scores.txt
check "--list has the lexicon's columns" says "$out" scores_compound
tap_done
