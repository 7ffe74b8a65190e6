/*
 * streams - the tables that are brought together, and how each is read.
 *
 * A word of the command line is [NAME=]FILE; without a name the stream is
 * called by its file.  Options that are about streams are [NAME=]VALUE: for
 * that stream, or for all that have none of their own.
 */
#ifndef MIEN_ALIGN_STREAMS_H
#define MIEN_ALIGN_STREAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "eval/align/clock.h"
#include "eval/feat/channel.h"
#include "eval/feat/series.h"

/* What the command line says of streams; each a list of [NAME=]VALUE. */
struct streams_options {
    struct text_list time, item, columns, unit, method, gap;
    struct text_list offset, skew;
    struct text_list match; /* NAME.COL=COL */
    struct text_list only;  /* COL=V,...: of all streams */
};

struct stream {
    char *name;       /* owned */
    const char *path; /* borrowed from the command line */
    struct series series;
    bool shared; /* has no column of items: it is set beside each */
    enum channel_method method;
    double gap;         /* s; NAN: by the signal's own step */
    struct clock clock; /* by --offset and --skew */
    /* By --match: columns that show the same; -1: nothing is estimated. */
    long match, match_reference;
};

struct streams {
    struct stream *item; /* owned; the first is the reference */
    size_t count;
};

enum { STREAMS_MAX = 64 };

bool streams_read(char *const *word, size_t count,
                  const struct streams_options *options,
                  struct streams *streams, struct error *err);
void streams_release(struct streams *streams);

/* The stream called `name`, or -1. */
long streams_find(const struct streams *streams, const char *name);

/*
 * The stream's channels for the item called `name` (the series' columns in
 * order, times as read); NULL where it knows no such item.  The caller
 * releases and frees them.
 */
struct channel *stream_channels(const struct stream *stream, const char *name);
void stream_channels_free(const struct stream *stream, struct channel *channel);

#endif
