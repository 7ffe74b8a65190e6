/*
 * waveform - what one frame of samples says without its spectrum.
 */
#ifndef MIEN_SIGNAL_WAVEFORM_H
#define MIEN_SIGNAL_WAVEFORM_H

enum { WAVEFORM_FLOOR_DB = -120 };

/*
 * Root mean square in dB re full scale 1: a full-scale sine has -3.01 dB.
 * Not lower than WAVEFORM_FLOOR_DB.
 */
double waveform_rms_db(const float *sample, int count);

/*
 * Sign changes a second of the samples less their mean; 0 counts as positive.
 * Gouyon, F., Pachet, F. & Delerue, O. (2000). On the use of zero-crossing
 * rate for an application of classification of percussive sounds. DAFX-00.
 */
double waveform_zero_crossings(const float *sample, int count, int rate);

#endif
