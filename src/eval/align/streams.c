/*
 * streams - see streams.h.
 */
#include <config.h>

#include "eval/align/streams.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "eval/align/band.h"
#include "eval/feat/physio_read.h"

/* "NAME=" at the start of a word or of an option's value; its length. */
static size_t name_length(const char *text)
{
    const char *equal = strchr(text, '=');

    return equal ? (size_t)(equal - text) : 0;
}

/* What the option says of the stream; the last that fits; NULL: nothing. */
static const char *said_of(const struct text_list *option, const char *name)
{
    const char *own = NULL, *all = NULL;

    for (size_t i = 0; i < option->count; i++) {
        const char *text = option->item[i];
        size_t length = name_length(text);

        if (length == 0)
            all = text;
        else if (strlen(name) == length && strncmp(text, name, length) == 0)
            own = text + length + 1;
    }
    return own ? own : all;
}

static bool check_names(const struct streams *streams,
                        const struct text_list *option, const char *called,
                        bool each, struct error *err)
{
    for (size_t i = 0; i < option->count; i++) {
        size_t length = name_length(option->item[i]);
        char *name = xstrndup(option->item[i], length);
        bool known = length == 0 ? !each : streams_find(streams, name) >= 0;

        free(name);
        if (known)
            continue;
        if (length == 0)
            return error_set(err, ERROR_USAGE,
                             "--%s %s: of which stream? Write NAME=%s", called,
                             option->item[i], option->item[i]);
        return error_set(err, ERROR_USAGE,
                         "--%s %s: no stream is called \"%.*s\"", called,
                         option->item[i], (int)length, option->item[i]);
    }
    return true;
}

static bool check_options(const struct streams *streams,
                          const struct streams_options *options,
                          struct error *err)
{
    return check_names(streams, &options->time, "time", false, err) &&
           check_names(streams, &options->item, "item", false, err) &&
           check_names(streams, &options->columns, "columns", false, err) &&
           check_names(streams, &options->unit, "unit", false, err) &&
           check_names(streams, &options->method, "method", false, err) &&
           check_names(streams, &options->gap, "max-gap", false, err) &&
           check_names(streams, &options->offset, "offset", true, err) &&
           check_names(streams, &options->skew, "skew", true, err);
}

/* "ms", or "25fps" for numbers of frames. */
static bool read_unit(const char *text, double *unit, struct error *err)
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = { { "s", 1 }, { "ms", 1e-3 }, { "us", 1e-6 }, { "ns", 1e-9 } };
    size_t length = strlen(text);

    for (size_t i = 0; i < LENGTH_OF(units); i++) {
        if (text_equal(text, units[i].name)) {
            *unit = units[i].seconds;
            return true;
        }
    }
    if (length > 3 && text_equal(text + length - 3, "fps")) {
        char *number = xstrndup(text, length - 3);
        double rate = 0;
        bool good = number_parse(number, &rate) && rate > 0 && rate < 1e6;

        free(number);
        *unit = 1 / rate;
        if (good)
            return true;
    }
    return error_set(err, ERROR_USAGE,
                     "--unit %s: expected s, ms, us, ns, or frames a second "
                     "such as 25fps",
                     text);
}

static bool read_method(const char *text, enum channel_method *method,
                        struct error *err)
{
    for (int i = 0; channel_method_names[i]; i++) {
        if (text_equal(text, channel_method_names[i])) {
            *method = (enum channel_method)i;
            return true;
        }
    }
    return error_set(err, ERROR_USAGE,
                     "--method %s: expected linear, step or mean", text);
}

static bool read_gap(const char *text, double *gap, struct error *err)
{
    if (text_equal(text, "none")) {
        *gap = HUGE_VAL;
        return true;
    }
    if (number_parse(text, gap) && *gap >= 0)
        return true;
    return error_set(err, ERROR_USAGE,
                     "--max-gap %s: expected seconds, or none for no limit",
                     text);
}

/* "first": the stream's first sample is at the reference's time 0. */
static bool read_offset(const char *text, struct stream *stream,
                        struct error *err)
{
    if (text_equal(text, "first")) {
        stream->clock.offset_s = stream->series.start_s;
        return true;
    }
    if (number_parse(text, &stream->clock.offset_s) &&
        fabs(stream->clock.offset_s) < 1e12)
        return true;
    return error_set(err, ERROR_USAGE,
                     "--offset %s=%s: expected seconds, or first", stream->name,
                     text);
}

static bool read_skew(const char *text, struct stream *stream,
                      struct error *err)
{
    if (number_parse(text, &stream->clock.skew_ppm) &&
        fabs(stream->clock.skew_ppm) < 1e5)
        return true;
    return error_set(err, ERROR_USAGE,
                     "--skew %s=%s: expected parts in a million, under 100000",
                     stream->name, text);
}

static bool read_settings(struct stream *stream,
                          const struct streams_options *options, double *unit,
                          struct error *err)
{
    const char *said_unit = said_of(&options->unit, stream->name);
    const char *method = said_of(&options->method, stream->name);
    const char *gap = said_of(&options->gap, stream->name);

    stream->gap = NAN;
    return (!said_unit || read_unit(said_unit, unit, err)) &&
           (!method || read_method(method, &stream->method, err)) &&
           (!gap || read_gap(gap, &stream->gap, err));
}

static bool read_stream(struct stream *stream,
                        const struct streams_options *options, bool *only_has,
                        struct error *err)
{
    struct text_list columns = { 0 };
    const char *said = said_of(&options->columns, stream->name);
    const char *offset = said_of(&options->offset, stream->name);
    const char *skew = said_of(&options->skew, stream->name);
    struct series_options how = { .time = said_of(&options->time, stream->name),
                                  .item = said_of(&options->item, stream->name),
                                  .columns = &columns,
                                  .only = &options->only,
                                  .only_has = only_has };
    bool good;

    if (said)
        text_list_split(&columns, said, ',');
    good = read_settings(stream, options, &how.unit, err) &&
           (physio_is_device(stream->path)
                ? band_read(stream->path, &columns, &stream->series, err)
                : series_read(stream->path, &how, &stream->series, err)) &&
           (!offset || read_offset(offset, stream, err)) &&
           (!skew || read_skew(skew, stream, err));
    stream->shared = !how.item || physio_is_device(stream->path);
    text_list_release(&columns);
    return good;
}

static bool name_stream(const char *word, struct stream *stream,
                        struct error *err)
{
    size_t length = name_length(word);

    /* A path with an equals sign is one all the same. */
    if (length > 0 && memchr(word, '/', length))
        length = 0;
    stream->path = length > 0 ? word + length + 1 : word;
    if (length > 0)
        stream->name = xstrndup(word, length);
    else
        stream->name = path_without_extension(path_name(stream->path));
    if (*stream->path && *stream->name)
        return true;
    return error_set(err, ERROR_USAGE, "%s: expected [NAME=]FILE", word);
}

static long find_column(const struct text_list *columns, const char *name)
{
    for (size_t c = 0; c < columns->count; c++)
        if (text_equal(columns->item[c], name))
            return (long)c;
    return -1;
}

/* "NAME.COL=COL": which columns of a stream and the reference are alike. */
static bool read_match(struct streams *streams, const char *text,
                       struct error *err)
{
    const struct stream *first = &streams->item[0];
    const char *equal = strchr(text, '='), *dot = strchr(text, '.');
    char *name = xstrndup(text, dot ? (size_t)(dot - text) : 0);
    char *column = NULL;
    long at = streams_find(streams, name);
    bool good = false;

    if (!equal || !dot || dot > equal) {
        error_set(err, ERROR_USAGE,
                  "--match %s: expected NAME.COL=COL, a column of a stream and "
                  "the reference's column that shows the same",
                  text);
    } else if (at <= 0) {
        error_set(err, ERROR_USAGE, "--match %s: %s", text,
                  at == 0 ? "the reference's clock is the table's"
                          : "no stream is called so");
    } else {
        struct stream *stream = &streams->item[at];

        column = xstrndup(dot + 1, (size_t)(equal - dot - 1));
        stream->match = find_column(&stream->series.columns, column);
        stream->match_reference =
            find_column(&first->series.columns, equal + 1);
        good = stream->match >= 0 && stream->match_reference >= 0;
        if (!good)
            error_set(err, ERROR_USAGE,
                      "--match %s: %s has no column of "
                      "numbers \"%s\"",
                      text, stream->match < 0 ? stream->path : first->path,
                      stream->match < 0 ? column : equal + 1);
    }
    free(column);
    free(name);
    return good;
}

/* Each of --only is about a column of some table. */
static bool read_all(struct streams *streams,
                     const struct streams_options *options, struct error *err)
{
    bool *has = xcalloc(options->only.count + 1, sizeof(*has)), good = true;

    for (size_t i = 0; good && i < streams->count; i++)
        good = read_stream(&streams->item[i], options, has, err);
    for (size_t i = 0; good && i < options->only.count; i++)
        if (!has[i])
            good = error_set(
                err, ERROR_INPUT, "--only %s: no table has a column \"%.*s\"",
                options->only.item[i], (int)name_length(options->only.item[i]),
                options->only.item[i]);
    free(has);
    return good;
}

bool streams_read(char *const *word, size_t count,
                  const struct streams_options *options,
                  struct streams *streams, struct error *err)
{
    *streams = (struct streams){ 0 };
    if (count == 0 || count > STREAMS_MAX)
        return error_set(err, ERROR_USAGE,
                         "name one to %d tables, as [NAME=]FILE; the first "
                         "is the reference",
                         STREAMS_MAX);
    streams->item = xcalloc(count, sizeof(*streams->item));
    for (size_t i = 0; i < count; i++) {
        struct stream *stream = &streams->item[i];

        streams->count = i + 1;
        if (!name_stream(word[i], stream, err))
            return false;
        if (streams_find(streams, stream->name) < (long)i)
            return error_set(err, ERROR_USAGE,
                             "two streams are called \"%s\": name them apart, "
                             "as in other=%s",
                             stream->name, stream->path);
    }
    if (!check_options(streams, options, err) ||
        !read_all(streams, options, err))
        return false;
    for (size_t i = 0; i < streams->count; i++) {
        streams->item[i].match = -1;
        streams->item[i].clock.pivot_s = streams->item[0].series.start_s;
    }
    for (size_t i = 0; i < options->match.count; i++)
        if (!read_match(streams, options->match.item[i], err))
            return false;
    return true;
}

void streams_release(struct streams *streams)
{
    for (size_t i = 0; i < streams->count; i++) {
        free(streams->item[i].name);
        series_release(&streams->item[i].series);
    }
    free(streams->item);
    *streams = (struct streams){ 0 };
}

long streams_find(const struct streams *streams, const char *name)
{
    for (size_t i = 0; i < streams->count; i++)
        if (text_equal(streams->item[i].name, name))
            return (long)i;
    return -1;
}

struct channel *stream_channels(const struct stream *stream, const char *name)
{
    const struct series *series = &stream->series;
    size_t columns = series->columns.count, item = 0;
    struct channel *out;

    while (!stream->shared && item < series->items.count &&
           !text_equal(series->items.item[item], name))
        item++;
    if (item >= series->items.count)
        return NULL;
    out = xcalloc(columns + 1, sizeof(*out));
    for (size_t c = 0; c < columns; c++)
        channel_init(&out[c], series_at(series, item, c), stream->method,
                     stream->gap);
    return out;
}

void stream_channels_free(const struct stream *stream, struct channel *channel)
{
    for (size_t c = 0; channel && c < stream->series.columns.count; c++)
        channel_release(&channel[c]);
    free(channel);
}
