/*
 * fft - the spectrum of real samples, by libavutil's transforms.
 *
 * One thread at a time may use an fft.
 */
#ifndef MIEN_SIGNAL_FFT_H
#define MIEN_SIGNAL_FFT_H

struct fft;

enum { FFT_MIN_SIZE = 16, FFT_MAX_SIZE = 1 << 20 };

/* `size` is a power of two within the limits. */
struct fft *fft_new(int size);
void fft_free(struct fft *fft); /* takes NULL */

int fft_size(const struct fft *fft);
int fft_bins(const struct fft *fft); /* size / 2 + 1 */

/* X[k] = sum x[n] exp(-2 pi i k n / size), real and imaginary in turn. */
void fft_forward(struct fft *fft, const float *in, float *out);
/* |X[k]|^2, fft_bins() of them. */
void fft_power(struct fft *fft, const float *in, float *power);
/* Takes fft_bins() pairs back to `size` samples, scaled by 1 / size. */
void fft_inverse(struct fft *fft, const float *in, float *out);

/* The smallest power of two, at least FFT_MIN_SIZE, that holds `size`. */
int fft_size_for(int size);

#endif
