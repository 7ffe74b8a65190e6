/*
 * quality - see quality.h.
 *
 * The medium is read as it is, at its own rate and in all its channels, and
 * never held whole: hours are no limit.
 */
#include <config.h>

#include "eval/feat/quality.h"

#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/media/rate.h"
#include "common/media/reader.h"
#include "eval/feat/quality_meter.h"

enum { PIECE = 8192 }; /* frames read at once */

#define SHARE "share"
#define FULL_SCALE_DB "dB re full scale"

/* In the order of measure(). */
static const struct descriptor descriptors[] = {
    { .name = "duration_s",
      .unit = "s",
      .text = "length",
      .paper = "-",
      .mean_only = true },
    { .name = "sample_rate_hz",
      .unit = "Hz",
      .text = "sampling rate of the file",
      .paper = "-",
      .mean_only = true },
    { .name = "channels",
      .unit = "1",
      .text = "channels of the file",
      .paper = "-",
      .mean_only = true },
    { .name = "effective_rate_hz",
      .unit = "Hz",
      .text = "lowest usual sampling rate that holds the bandwidth",
      .paper = "Shannon 1949, Proc. IRE 37(1)",
      .mean_only = true },
    { .name = "bandwidth_hz",
      .unit = "Hz",
      .text = "upper end of the highest 100 Hz band with sound in it",
      .paper = "-",
      .mean_only = true },
    { .name = "snr_db",
      .unit = "dB",
      .text = "sound over noise, the noise from the quietest tenth of frames",
      .paper = "Hirsch & Ehrlicher 1995, ICASSP",
      .mean_only = true },
    { .name = "silence_share",
      .unit = SHARE,
      .text = "frames of 20 ms that are 25 dB or more below the loudest",
      .paper = "Boersma & Weenink, Praat: To TextGrid (silences)",
      .mean_only = true },
    { .name = "digital_zero_share",
      .unit = SHARE,
      .text = "samples in runs of zeros of 10 ms or more, in all channels",
      .paper = "-",
      .mean_only = true },
    { .name = "clipping_share",
      .unit = SHARE,
      .text = "samples at full scale, or in flat tops of three and more",
      .paper = "-",
      .mean_only = true },
    { .name = "peak_db",
      .unit = FULL_SCALE_DB,
      .text = "largest sample of any channel",
      .paper = "-",
      .mean_only = true },
    { .name = "rms_db",
      .unit = FULL_SCALE_DB,
      .text = "root mean square of the mean of all channels",
      .paper = "definition: 20 log10 RMS",
      .mean_only = true },
    { .name = "dc_offset",
      .unit = "full scale 1",
      .text = "mean of all samples",
      .paper = "-",
      .mean_only = true },
};

/* `wanted` frames (negative: all) through the meter; *taken is how many. */
static bool pass(struct reader *reader, struct quality_meter *meter,
                 int64_t wanted, int64_t *taken, struct error *err)
{
    int channels = reader_info(reader)->channels;
    float *piece =
        xreallocarray(NULL, PIECE, (size_t)channels * sizeof(*piece));
    bool good = false;
    int64_t got;

    *taken = 0;
    do {
        int64_t want = PIECE;

        if (wanted >= 0 && wanted - *taken < want)
            want = wanted - *taken;
        if (!interrupt_check(err))
            goto failed;
        got = want > 0 ? reader_read(reader, piece, want, err) : 0;
        if (got < 0)
            goto failed;
        quality_meter_push(meter, piece, got);
        *taken += got;
    } while (got > 0);
    good = true;
failed:
    free(piece);
    return good;
}

static bool check_length(const struct reader *reader,
                         const struct feature_item *item, int64_t wanted,
                         int64_t taken, struct error *err)
{
    int64_t slack = reader_frame_at(reader, RATE_LOAD_SLACK_US);
    int64_t here = reader_time_of(reader, reader_position(reader));
    char end[NUMBER_TEXT_SIZE], have[NUMBER_TEXT_SIZE];

    if (wanted >= 0 && taken + slack < wanted)
        return error_set(err, ERROR_INPUT,
                         "%s: \"end\" is %s s, but the medium ends at %s s",
                         item->path, number_format_seconds(item->end_us, end),
                         number_format_seconds(here, have));
    if (taken == 0)
        return error_set(err, ERROR_INPUT, "%s: has no samples (zero length)",
                         item->path);
    return true;
}

static void put(const struct reader_info *info, const struct quality *quality,
                double *out)
{
    *out++ = quality->duration_s;
    *out++ = info->rate;
    *out++ = info->channels;
    *out++ = quality->effective_rate_hz;
    *out++ = quality->bandwidth_hz;
    *out++ = quality->snr_db;
    *out++ = quality->silence_share;
    *out++ = quality->digital_zero_share;
    *out++ = quality->clipping_share;
    *out++ = quality->peak_db;
    *out++ = quality->rms_db;
    *out++ = quality->dc_offset;
}

static bool measure(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err)
{
    struct reader *reader = reader_open(item->path, err);
    struct quality_meter *meter = NULL;
    const struct reader_info *info;
    struct quality quality;
    int64_t wanted = -1, taken;
    bool good = false;

    (void)set;
    if (!reader)
        return false;
    info = reader_info(reader);
    if (!reader_seek(reader, reader_frame_at(reader, item->start_us), err))
        goto failed;
    if (item->end_us >= 0)
        wanted =
            reader_frame_at(reader, item->end_us) - reader_position(reader);
    meter = quality_meter_new(info->rate, info->channels);
    if (!pass(reader, meter, wanted < -1 ? 0 : wanted, &taken, err) ||
        !check_length(reader, item, wanted, taken, err))
        goto failed;
    quality_meter_finish(meter, &quality);
    put(info, &quality, out);
    good = true;
failed:
    quality_meter_free(meter);
    reader_close(reader);
    return good;
}

const struct feature_set quality_set = {
    .name = "quality",
    .version = "1",
    .summary = "noise, clipping, bandwidth, silence, level of the recording",
    .input = FEATURE_OF_FILE,
    .descriptors = descriptors,
    .count = LENGTH_OF(descriptors),
    .measure = measure,
};
