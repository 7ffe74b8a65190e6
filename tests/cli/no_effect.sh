#!/bin/sh
# An option that would have no effect is refused, with what it goes with.
# Nothing is read first: the tables need not be there.
. "$srcdir/tests/support/tap.sh"
tap_folder

program=mien-eval

# refused TEXT COMMAND... - wrong usage that says TEXT, and no output.
refused() {
    wanted=$1
    shift
    run $program "$@"
    [ "$status" -eq 2 ] && [ ! -s "$out" ] && says "$err" "$wanted"
}

# pairs COMMAND TEXT... - each line of stdin: options = what is said.
pairs() {
    while read -r line; do
        options=${line%% = *}
        check "$1 $options" refused "${line#* = }" "$@" $options
    done
}

pairs align a.csv <<'END'
--rate 2 --min-valid 0.3 = --min-valid goes with --window or --windows
--rate 2 --functionals sd = --functionals goes with --window or --windows
--rate 2 --transcript said=b.srt = --transcript goes with --window or --windows
--rate 2 --hop 1 = --hop goes with --window
--windows b.csv --hop 1 = --hop goes with --window
--rate 2 --max-offset 3 = --max-offset goes with --match
--rate 2 --max-skew 3 = --max-skew goes with --match
--rate 2 --match-rate 3 = --match-rate goes with --match
--rate 2 --warp 1 = --warp goes with --match
--rate 2 --clocks c.csv = --clocks goes with --match
--rate 2 --match b.x=y --keep-clock = --keep-clock goes with --warp
--rate 2 --match b.x=y --warp 1 --keep-clock --max-offset 3 = --max-offset has no effect beside --keep-clock
--rate 2 --format json = --format goes with --output
END
pairs extract a.csv <<'END'
--seed 3 = --seed goes with --check-robust
--format json = --format goes with --list, --describe or --check-robust
--changes c.csv = --changes goes with --denoise or --trim-silence
--check-robust --no-cache = --no-cache has no effect beside
--check-robust --cache here = --cache has no effect beside
--check-robust --denoise --changes c.csv = --changes has no effect beside
--cache here --no-cache = --cache has no effect beside --no-cache
--set lld --no-cache = are not for the set lld
--list --jobs 2 = --jobs has no effect beside --list or --describe
END
for option in --rate=native --column=file --denoise --trim-silence \
    --output=x.csv --only=id=a --cache=here --no-cache --check-robust; do
    check "extract --list $option" refused "has no effect beside" \
        extract --list "$option"
    check "extract --describe mien $option" refused "has no effect beside" \
        extract --describe mien "$option"
done
pairs corpus --dataset emodb folder <<'END'
--people sex = --people goes with --project
--snapshot s = --snapshot goes with --project
--soft = --soft goes with --project
END
pairs cv a.csv --features f.csv --target t -o run <<'END'
--text-ngrams 2 = --text-ngrams goes with --text
--text-min-items 2 = --text-min-items goes with --text
--text-terms 100 = --text-terms goes with --text
--shuffle = --shuffle goes with --folds K, not loso
--folds logo:place --shuffle = --shuffle goes with --folds K, not logo:place
--inner 5 = --inner goes with --param of several values
--param C=1 --inner 3 = --inner goes with --param of several values
--neutral neutral = --neutral goes with --normalize neutral-enrol:K, not global
--normalize none --spread mad = --spread has no effect beside --normalize none
--model svr --class-weights none = --class-weights has no effect beside --model svr
--task regress --class-weights none = --class-weights has no effect beside
--normalize-by place = --normalize-by is for --normalize speaker
END
pairs aggregate a.csv <<'END'
--rule majority --mace smoothed = --mace goes with --rule mace
--rule glad --restarts 3 = --restarts goes with --rule mace
--rule majority --iterations 3 = --iterations goes with --rule one-coin, dawid-skene, mace or glad
--rule ewe --tolerance 0.01 = --tolerance goes with --rule one-coin
--rule majority --seed 3 = --seed goes with --rule mace or --ties random
--rule mean --ties first = --ties has no effect beside
--rule mean --soft = --soft has no effect beside --traces or --rule mean, median or ewe
--rule ewe --min 0.5 = --min has no effect beside
--rule mean --leave-one-out = --leave-one-out goes with --rule ewe
--rule mace --confusion c.csv = --confusion goes with --rule dawid-skene
--rule mace --use-weights w.csv = --use-weights goes with --rule majority or mean
--rule mean --rate 5 = --rate goes with --traces
--rule mean --time t = --time goes with --traces
--rule mean --traces --max-lag 3 = --max-lag goes with --traces and --align correlation, ccc or mutual-information
--rule mean --traces --signal s.csv = --signal goes with --traces and --align
--rule mean --traces --target t = --target has no effect beside --traces
--rule mean --traces --min-ratings 2 = --min-ratings has no effect beside --traces
--rule mean --traces --repeats last = --repeats has no effect beside --traces
--rule mean --traces --keep sex = --keep has no effect beside --traces
END
pairs agree a.csv <<'END'
--period 12 = --period goes with --scale circular or --weights circular
--top 3 = --top goes with --per item
--gold g.csv = --gold goes with --per gold or confusion
--order n = --order goes with --per time
--windows 3 = --windows goes with --per time
--separator ; = --separator goes with --sets masi or jaccard
--max-lag 3 = --max-lag goes with --traces
--penalty 0.1 = --penalty goes with --traces
--bin 1 = --bin goes with --traces
--traces --warp 1 = --warp goes with --traces and --per annotator
--per annotator --shifts 9 = --shifts goes with --traces and --per annotator
--tier t = --tier goes with --segments
--unit 1 = --unit goes with --segments
--overlap 0.3 = --overlap goes with --segments
--traces --by sex = --by has no effect beside --traces
--segments --categories a,b = --segments has --per annotator, label or item
END
for option in --scale=ordinal --weights=linear --repeats=last --sets=masi \
    --weight-table=w.csv --jackknife=annotators --bootstrap=9 \
    --limits=percentile --permutations=9 --seed=3; do
    for source in --traces --segments; do
        check "agree $source $option" refused \
            "${option%=*} has no effect beside --traces or --segments" \
            agree "$source" "$option" a.csv
    done
done

program=mien-annotate
pairs agreement <<'END'
--top 3 = --top goes with --by item
--bootstrap 9 = --bootstrap goes with --ci or --methods
--permutations 9 = --permutations goes with --ci or --methods
--seed 3 = --seed goes with --ci or --methods
END
pairs adjudicate <<'END'
--early = --early goes with --auto
--list --refit = --refit goes with --auto
--list --take A = --take goes with --decide
END
pairs assign <<'END'
--dry-run --lapse 0.1 = --lapse goes with --skill
--dry-run --seconds 10 = --seconds goes with --skill
END
pairs label <<'END'
--format json = --format goes with --export-mine
END
tap_done
