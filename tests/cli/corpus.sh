#!/bin/sh
# mien-eval corpus: a corpus table from files on disk.
. "$srcdir/tests/support/tap.sh"
tap_folder

# As EmoDB's makers ship it; what is in the files does not matter here.
mkdir -p emodb/wav
for name in 03a01Wa 03a02Fb 08b10Na 16a07Tc; do
    : >emodb/wav/$name.wav
done
cat >expected.csv <<'END'
id,file,speaker,text,language,text_code,emotion_code,version,emotion,sex,age
03a01Wa,emodb/wav/03a01Wa.wav,03,Der Lappen liegt auf dem Eisschrank.,de,a01,W,a,anger,m,31
03a02Fb,emodb/wav/03a02Fb.wav,03,Das will sie am Mittwoch abgeben.,de,a02,F,b,happiness,m,31
08b10Na,emodb/wav/08b10Na.wav,08,"Die wird auf dem Platz sein, wo wir sie immer hinlegen.",de,b10,N,a,neutral,f,34
16a07Tc,emodb/wav/16a07Tc.wav,16,In sieben Stunden wird es soweit sein.,de,a07,T,c,sadness,f,31
END
run mien-eval corpus --dataset emodb emodb
check "a folder becomes a table" test "$status" -eq 0
check "everything that the name says is in it" cmp expected.csv out
check "an optional table that is not there is no cause to warn" silent err

run mien-eval corpus --dataset emodb emodb -o made/corpus.csv
check "a folder that is not there is an error" test "$status" -eq 3
mkdir made
run mien-eval corpus --dataset emodb emodb -o made/corpus.csv
check "-o writes a file" test "$status" -eq 0
check "nothing goes to standard output then" silent out
check "files are relative to the table" says made/corpus.csv \
    "03a01Wa,../emodb/wav/03a01Wa.wav,"

run mien-eval corpus -d emodb emodb --only emotion=anger,sadness --only sex=f
check "--only holds together" test "$status" -eq 0
check "... and keeps what fits all" test "$(cut -d, -f1 out | tr '\n' ' ')" = \
    "id 16a07Tc "
run mien-eval corpus -d emodb nothere
check "a corpus that is not there is an error" test "$status" -eq 3
check "... in words" says err "nothere: there is no such folder"

run mien-eval corpus -d emodb emodb --only emotion=joy
check "--only that leaves nothing is an error" test "$status" -eq 3
run mien-eval corpus -d emodb emodb --only emotoin=joy
check "an unknown column is an error" test "$status" -ne 0
check "... that names the option and the nearest" says err \
    '--only emotoin=joy: the table: there is no column "emotoin"; did you mean "emotion"?'

# A name that is none of EmoDB's, and macOS's shadows of files.
: >emodb/wav/03a01Xa.wav
: >emodb/wav/._03a01Wa.wav
run mien-eval corpus -d emodb emodb
check "a foreign name is left out" cmp expected.csv out
check "... and said" says err "wav/03a01Xa.wav: is left out"
rm emodb/wav/03a01Xa.wav

# The listeners' table, as shipped: ISO-8859-1, tabs, decimal commas.
printf 'Nr.\tSatz\terkannt\tnatuerlich\n1\240\240\t03a01Wa.wav\t95,00\240\t80,50\n' \
    >emodb/erkennung.txt
run mien-eval corpus -d emodb emodb --only id=03a01Wa
check "a side table is joined by key" says out ",95.00,80.50"
check "rows that it lacks are said" says err \
    "erkennung.txt: has nothing for 3 of 4 rows"

# RAVDESS: folders of actors; song and video are other parts of it.
mkdir -p ravdess/Actor_01 ravdess/Actor_02
: >ravdess/Actor_01/03-01-05-02-01-02-01.wav
: >ravdess/Actor_02/03-01-01-01-02-01-02.wav
: >ravdess/Actor_02/03-02-01-01-02-01-02.wav
run mien-eval corpus -d ravdess ravdess
check "RAVDESS is read" says out \
    "03-01-05-02-01-02-01,ravdess/Actor_01/03-01-05-02-01-02-01.wav,01,Kids are talking by the door,en,05,02,01,02,angry,strong,m"
check "song is left out" not says out 03-02-01-01-02-01-02

# CREMA-D: with media, and with its tables alone.
mkdir -p crema/AudioWAV
: >crema/AudioWAV/1001_IEO_NEU_XX.wav
cat >crema/VideoDemographics.csv <<'END'
"ActorID","Age","Sex","Race","Ethnicity"
1001,51,"Male","Caucasian","Not Hispanic"
1002,21,"Female","Asian","Hispanic"
END
cat >crema/SentenceFilenames.csv <<'END'
"Stimulus_Number","Filename"
1,"1001_IEO_NEU_XX"
2,"1002_TIE_ANG_HI"
END
run mien-eval corpus -d crema-d crema
check "with media the rows are theirs" test "$(wc -l <out)" -eq 2
check "demographics are joined" says out ",m,51,Caucasian,Not Hispanic"
rm -r crema/AudioWAV
run mien-eval corpus -d crema-d crema
check "without media they come from the table" says out \
    "1002_TIE_ANG_HI,,1002,That is exactly what happened.,en,TIE,ANG,HI,anger,high,f,21,Asian,Hispanic"
check "... which is said" says err "holds no media of this dataset"

# Wrong use.
run mien-eval corpus emodb
check "a dataset must be named" test "$status" -eq 2
run mien-eval corpus -d emod emodb
check "an unknown dataset is an error" test "$status" -eq 3
check "... with the nearest" says err 'did you mean "emodb"?'
run mien-eval corpus -d emodb made
check "a folder without media is an error" says err \
    "made: holds no medium of the dataset emodb (looked for **/*.wav, **/*.flac)"
run mien-eval corpus -d emodb
check "one folder must be named" test "$status" -eq 2
printf '{"mien": 1, "name": "x", "files": "*.wav", "columsn": {}}' >my.json
run mien-eval corpus -d ./my.json emodb
check "a faulty descriptor is an error" says err \
    './my.json: columsn: is no known key; did you mean "columns"?'

# A descriptor of one's own.
cat >my.json <<'END'
{"mien": 1, "name": "mine", "files": ["*.ogg"],
 "pattern": "(?<speaker>\\w+)-(?<mood>up|down)",
 "columns": {"emotion": {"from": "mood", "map": {"up": "joy"}}}}
END
mkdir mine
: >mine/ann-up.ogg
: >mine/bob-down.ogg
run mien-eval corpus -d my.json mine
check "a file of one's own serves" says out \
    "ann-up,mine/ann-up.ogg,ann,up,joy"
check "what the map lacks is said" says err \
    'emotion: stays empty in 1 rows: the map has nothing for "down"'

tap_done
