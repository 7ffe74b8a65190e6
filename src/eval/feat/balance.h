/*
 * balance - how a power spectrum's energy lies between low and high
 * frequencies: alpha ratio, Hammarberg index, spectral slopes.
 *
 * Eyben, F. et al. (2016). The Geneva minimalistic acoustic parameter set
 * (GeMAPS) for voice research and affective computing. IEEE Transactions on
 * Affective Computing 7(2), 190-202.  Hammarberg, B. et al. (1980). Perceptual
 * and acoustic correlates of abnormal voice qualities. Acta
 * Oto-laryngologica 90, 441-451.  Tamarit, L., Goudbeek, M. & Scherer, K.
 * (2008). Spectral slope measurements in emotionally expressive speech.
 */
#ifndef MIEN_FEAT_BALANCE_H
#define MIEN_FEAT_BALANCE_H

/* dB: energy of 1000 to 5000 Hz over that below; 0 where that is none. */
double balance_alpha_ratio(const float *power, int bins, double bin_hz);
/* dB: the highest bin below 2000 Hz over that of 2000 to 5000 Hz. */
double balance_hammarberg(const float *power, int bins, double bin_hz);

/*
 * The slope of the level, in dB per Hz, between two frequencies, fitted by
 * least squares.  The bins at the edges count in part; as in the reference
 * set, the part enters the square of the frequency squared, the other sums
 * once.
 */
struct balance_slope {
    int first, last;            /* bins */
    double low_part, high_part; /* of the bins at the edges */
    double bin_hz;
    double sum_f, under; /* of the fit */
};

void balance_slope_init(struct balance_slope *slope, double low_hz,
                        double high_hz, int bins, double bin_hz);
/* `level`: of each bin, in dB. */
double balance_slope_of(const struct balance_slope *slope, const float *level);

/* Levels of bins 0 .. count - 1 in dB; not lower than -140. */
void balance_levels(const float *power, int count, float *level);

#endif
