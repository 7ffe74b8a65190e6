/*
 * tags - what a medium says of itself in words.
 */
#include <config.h>

#include "common/media/tags.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/media/container_internal.h"

/* Of the form, not of what is heard. */
static bool is_formal(const char *key)
{
    static const char *const formal[] = {
        "encoder",
        "encoder_options",
        "encoded_by",
        "major_brand",
        "minor_version",
        "compatible_brands",
        "creation_time",
        "date",
        "language",
        "handler_name",
        "vendor_id",
        "duration",
        "number_of_frames",
        "number_of_bytes",
        "bps",
        "rotate",
        "timecode",
        "time_reference",
        "origination_date",
        "origination_time",
        "umid",
        "originator",
        "coding_history",
        "software",
        "replaygain_track_gain",
        "replaygain_track_peak",
        "iTunSMPB",
        "Engineer",
    };

    for (size_t i = 0; i < LENGTH_OF(formal); i++)
        if (strcasecmp(key, formal[i]) == 0)
            return true;
    return strncasecmp(key, "_statistics", 11) == 0;
}

static void add(const AVDictionary *tags, struct text_list *out)
{
    const AVDictionaryEntry *it = NULL;

    while ((it = av_dict_get(tags, "", it, AV_DICT_IGNORE_SUFFIX))) {
        char *text;

        if (is_formal(it->key) || it->value[strspn(it->value, " \t\r\n")] == 0)
            continue;
        text = xasprintf("%s \"%s\"", it->key, it->value);
        text_list_add(out, text);
        free(text);
    }
}

bool tags_list(const char *path, struct text_list *out, struct error *err)
{
    struct AVFormatContext *format = NULL;
    bool good = container_open(path, &format, err) == BACKEND_OPEN;
    const struct ffmpeg *ff = ffmpeg_load(NULL);

    if (good) {
        add(format->metadata, out);
        for (unsigned i = 0; i < format->nb_streams; i++)
            add(format->streams[i]->metadata, out);
        for (unsigned i = 0; i < format->nb_chapters; i++)
            add(format->chapters[i]->metadata, out);
    } else {
        error_prefix(err, "%s", path);
    }
    if (format)
        ff->avformat_close_input(&format);
    return good;
}
