#!/bin/sh
# extract --set text with VADER's lexicon, against the means of the ratings
# that Hutto & Gilbert (2014) collected.  Their paper has r = .881 for tweets.
. "$srcdir/tests/support/tap.sh"
need_shared data/vader-ratings/tweets_GroundTruth.txt \
    data/vader-ratings/amazonReviewSnippets_GroundTruth.txt \
    data/lexicons/vader_lexicon.txt
tap_folder

# correlation NAME - r of the compound score and the raters' mean.
correlation() {
    awk -F'\t' 'BEGIN { print "id,mean,text" }
        { sub(/^\357\273\277/, ""); sub(/\r$/, ""); gsub(/"/, "\"\"", $3)
          print $1 "," $2 ",\"" $3 "\"" }' \
        "$shared/data/vader-ratings/$1_GroundTruth.txt" >"$1.csv"
    mien-eval extract "$1.csv" --set text -o "$1.out" \
        --lexicon vader="$shared/data/lexicons/vader_lexicon.txt" >/dev/null
    awk -F, '/^#/ { next }
        FNR == NR && !c { for (i = 1; i <= NF; i++)
            if ($i == "vader_compound") c = i; next }
        FNR == NR { x[$1] = $c; next }
        FNR > 1 && $1 in x { n++; a = x[$1]; b = $2
            sa += a; sb += b; aa += a * a; bb += b * b; ab += a * b }
        END { printf "%d %.3f\n", n, (n * ab - sa * sb) /
            sqrt((n * aa - sa * sa) * (n * bb - sb * sb)) }' "$1.out" "$1.csv"
}

# follows NAME ITEMS LEAST
follows() {
    correlation "$1" >r
    echo "$1: $(cat r)"
    awk -v items="$2" -v least="$3" \
        '{ exit !($1 == items && $2 >= least) }' r
}

check "tweets: r is at least .86" follows tweets 4200 0.86
check "sentences of reviews: r is at least .57" \
    follows amazonReviewSnippets 3708 0.57
tap_done
