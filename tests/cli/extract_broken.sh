#!/bin/sh
# mien-eval extract: broken, empty and odd tables of faces, physiology and
# words each do something that is said, and the others go on.
. "$srcdir/tests/support/tap.sh"
tap_folder

mkdir t
face='frame,timestamp,confidence,success,AU12_r'
: >t/empty.csv
echo "$face" >t/header.csv
printf '\000\001\377junk' >t/junk.csv
printf '%s\n1,0,0.9,1\n' "$face" >t/short.csv
printf '%s\n1,0,0.9,1,abc\n' "$face" >t/word.csv
printf '%s\n1,0,0.9,1,1e300\n' "$face" >t/huge.csv
printf '%s\n1,0,7,1,2\n' "$face" >t/sure.csv
printf 'a,b\n1,2\n' >t/other.csv
printf '%s,AU12_r\n1,0,0.9,1,2,3\n' "$face" >t/twice.csv
printf 'caf\351,%s\n1,1,0,0.9,1,2\n' "$face" >t/latin1.csv
mkdir t/folder
ln -s nowhere t/dangling.csv
# Odd, but good.
printf '\357\273\277%s\r\n1,0,0.9,1,2\r\n2,0.1,0.9,1,3' "$face" >t/dos.csv
printf '%s\n1,0,0.1,0,2\n' "$face" >t/faceless.csv
printf '%s\n1,0,0.9,1,nan\n2,0.1,0.9,1,\n' "$face" >t/missing.csv

# table COLUMN NAME... - a corpus of these files.
table() {
    echo "id,$1"
    shift
    for name; do echo "$name,t/$name"; done
}
bad='empty.csv header.csv junk.csv short.csv word.csv huge.csv sure.csv
    other.csv twice.csv latin1.csv folder dangling.csv gone.csv'
table face $bad dos.csv faceless.csv missing.csv >faces.csv
run mien-eval extract faces.csv --set face --no-cache -o f.csv
check "faces: what cannot be read makes 1" test "$status" -eq 1
# named FILE WHY - on stderr, in one line.
named() {
    grep -F "$1" "$err" | grep -qF "$2"
}
check "an empty file" named t/empty.csv "empty; expected a header"
check "a header alone" named t/header.csv "has no frame"
check "no text at all" named t/junk.csv "zero byte"
check "a row that ends too soon" named t/short.csv:2 "4 fields, but the header"
check "a word for a number" named t/word.csv:2 '"AU12_r" is "abc"'
check "a number beyond all measure" named t/huge.csv:2 '"AU12_r" is "1e300"'
check "a confidence of 7" named t/sure.csv:2 "expected 0 to 1"
check "another program's table" named t/other.csv "no table of OpenFace"
check "a column twice" named t/twice.csv:1 "stands twice"
check "another encoding" named t/latin1.csv:1 "not UTF-8"
check "a folder" named t/folder "is a folder"
check "a link to nowhere" named t/dangling.csv "no such file"
check "a file that is not there" named t/gone.csv "no such file"
check "and the others have rows" \
    test "$(grep -v '^#' f.csv | cut -d, -f1 | tr '\n' ' ')" = \
    "id dos.csv faceless.csv missing.csv "
check "with the end of the line of another system" grep -q '^dos.csv,2,1,' f.csv
check "without a usable frame there is the share, and no mean" \
    grep -q '^faceless.csv,1,0,0.1,,' f.csv

: >t/e.csv
echo time,eda >t/h.csv
printf 'time,eda\n1,2\nnoon,3\n' >t/noon.csv
printf 'time,eda\n1,2\n2,wet\n' >t/wet.csv
printf 'time,mood\n1,2\n2,3\n' >t/mood.csv
printf 'when,eda\n1,2\n' >t/when.csv
printf 'time,eda\n1,2\n' >t/one.csv
printf 'time,ibi\n0,.8\n0.1,.8\n0.2,.8\n' >t/often.csv
printf 'time,eda\n0,1\n1e11,2\n' >t/ages.csv
mkdir t/torn
printf '1560279825\n4\n0.5\n0.\0007\n0.6\n' >t/torn/EDA.csv
printf 'time;eda\r\n1;2\r\n0;1\r\n1;3\r\n2;4' >t/good.csv
table physio junk.csv folder gone.csv e.csv h.csv noon.csv wet.csv mood.csv \
    when.csv one.csv often.csv ages.csv good.csv torn >physio.csv
run mien-eval extract physio.csv --set physio --no-cache -o p.csv
check "physio: what cannot be read makes 1" test "$status" -eq 1
check "no text" named t/junk.csv "zero byte"
check "a folder without recordings" named t/folder \
    "is a folder without values in EDA.csv"
check "no such file" named t/gone.csv "no such file"
check "a recording is not cut at a zero byte" named t/torn/EDA.csv:4 "zero byte"
check "an empty table" named t/e.csv "empty"
check "a table without rows" named t/h.csv "a header and no row"
check "a time that is none" named t/noon.csv:3 '"time" is "noon"'
check "a value that is none" named t/wet.csv:3 '"eda" is "wet"'
check "no column that is known" named t/mood.csv "no column is called eda"
check "no column of time" named t/when.csv "no column of time"
check "a single sample" named t/one.csv "no signal has two samples"
check "intervals oftener than beats" named t/often.csv "a row a beat"
check "two samples, ages apart" named t/ages.csv "more than 100 days"
check "what is out of order and doubled is read" \
    test "$(grep '^good.csv' p.csv | cut -d, -f 1-3)" = good.csv,3,2.6666666666666665

printf 'id,text\nnone,\nblank,"  "\nmarks,"?! ..."\nface,😀\none,a\n' >words.csv
awk 'BEGIN { printf "long,\""
    for (i = 0; i < 200000; i++) printf "joy pain "; print "\"" }' >>words.csv
printf 'joy\t3\npain\t-2\n' >lex.txt
run mien-eval extract words.csv --set text --lexicon lex.txt --no-cache -o w.csv
check "text: odd texts are read" test "$status" -eq 0
check "none has no row" says "$err" "1 of 6 items have no text"
check "no word is none, not a score of 0" grep -q '^marks,0,0,,' w.csv
check "nor is a picture one" grep -q '^face,0,0,,' w.csv
check "400,000 words are one text" grep -q '^long,400000,1,' w.csv
for name in empty.csv junk.csv other.csv folder gone.csv; do
    run mien-eval extract words.csv --set text --lexicon "t/$name" -o no.csv
    check "$name is no lexicon" test "$status" -eq 3
    check "and that is said of it" says "$err" "t/$name"
done
check "nothing was written" test ! -e no.csv
tap_done
