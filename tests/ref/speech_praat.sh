# The set egemaps against Praat 6.3.07 on the 362 files of EmoDB: Pearson's r
# of each column over the files.  Praat takes jitter and shimmer over the whole
# file and its harmonicity by cross-correlation, hence the lower bounds there.
. "$srcdir/tests/support/tap.sh"
need_shared "data/emodb/audio" "data/praat-measures/emodb-praat.csv"
tap_folder

run mien-eval corpus --dataset emodb "$shared/data/emodb" -o corpus.csv
run mien-eval extract corpus.csv --set egemaps --no-cache -o ours.csv
check "all files are measured" test "$(grep -vc '^#' ours.csv)" -eq 363

# r OURS PRAATS LEAST - the correlation is LEAST or more over 362 files.
r() {
    awk -F, -v ours="$1" -v praats="$2" -v least="$3" '
        FNR == 1 { name = NR == 1 ? praats : ours; column = 0 }
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        { id = $1; sub(/[.]wav$/, "", id) }
        NR == FNR { praat[id] = $column; next }
        id in praat && $column != "" {
            x = $column; y = praat[id]; n++; if (ours == "f0_mean")
                x = 27.5 * exp(log(2) * x / 12)
            sx += x; sy += y; xx += x * x; yy += y * y; xy += x * y }
        END {
            both = (xx - sx * sx / n) * (yy - sy * sy / n)
            r = (xy - sx * sy / n) / sqrt(both)
            print n, "files, r", r; exit !(n == 362 && r >= least) }' \
        "$shared/data/praat-measures/emodb-praat.csv" ours.csv
}
check "mean pitch" r f0_mean f0_mean_hz 0.995
check "voiced share" r voiced_share voiced_fraction 0.99
check "intensity" r level intensity_mean_db 0.999
check "jitter" r jitter_mean jitter_local 0.92
check "harmonics to noise" r hnr_mean hnr_mean_db 0.85
check "shimmer" r shimmer_mean shimmer_local 0.72
tap_done
