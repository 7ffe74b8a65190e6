/* protocol - loading protocols, and questions about them. */
#include <config.h>

#include "common/study/protocol.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "common/study/protocol_check.h"
#include "common/study/protocol_internal.h"

enum { TEXT_LIMIT = 4 * 1024 * 1024 }; /* bytes of a protocol file */

const char *const protocol_unit_names[] = { "clip", "segment", "text", "pair",
                                            NULL };
const char *const protocol_order_names[] = { "random", "contextual", "blocked",
                                             NULL };
const char *const protocol_advance_names[] = { "last-answer", "key", NULL };
const char *const protocol_record_names[] = { "answers", "timing", "full",
                                              NULL };
const char *const protocol_gain_names[] = { "none", "peak", "loudness", NULL };
const char *const protocol_show_names[] = { "text",     "context",
                                            "waveform", "spectrogram",
                                            "tracks",   "speaker",
                                            "video",    NULL };

struct protocol *protocol_parse(const char *text, size_t length,
                                const char *name, struct error *err)
{
    struct fault_list faults = { 0 };
    struct protocol *protocol = NULL;

    if (!protocol_read(text, length, name, &faults, &protocol, err))
        return NULL;
    if (protocol)
        protocol_check(protocol, NULL, &faults);
    if (!fault_none(&faults, name, err)) {
        protocol_free(protocol);
        protocol = NULL;
    }
    fault_release(&faults);
    return protocol;
}

static bool unknown_name(const char *name, struct error *err)
{
    const char *names[64];
    const char *nearest;
    size_t count = 0;

    while (protocol_embedded[count].name && count + 1 < LENGTH_OF(names)) {
        names[count] = protocol_embedded[count].name;
        count++;
    }
    names[count] = NULL;
    nearest = text_nearest(name, names);
    error_set(err, ERROR_INPUT, "no protocol is called \"%s\"", name);
    if (nearest)
        return error_append(err, "; did you mean \"%s\"?", nearest);
    return error_append(err, "; a file is named with a \"/\" or ends in "
                             ".json, \"protocol list\" shows the shipped ones");
}

char *protocol_load_text(const char *name_or_file, size_t *length,
                         struct error *err)
{
    const struct embedded_file *embedded;

    if (strchr(name_or_file, '/') || text_ends(name_or_file, ".json"))
        return file_read(name_or_file, TEXT_LIMIT, length, err);
    embedded = embedded_find(protocol_embedded, name_or_file);
    if (!embedded) {
        unknown_name(name_or_file, err);
        return NULL;
    }
    *length = embedded->length;
    return xstrndup(embedded->text, embedded->length);
}

struct protocol *protocol_load(const char *name_or_file, struct error *err)
{
    struct protocol *protocol;
    size_t length = 0;
    char *text = protocol_load_text(name_or_file, &length, err);

    if (!text)
        return NULL;
    protocol = protocol_parse(text, length, name_or_file, err);
    free(text);
    return protocol;
}

void protocol_free(struct protocol *protocol)
{
    if (!protocol)
        return;
    json_free(protocol->memory->document);
    arena_release(&protocol->memory->arena);
    free(protocol->memory);
    free(protocol);
}

bool protocol_compatible(const struct protocol *a, const struct protocol *b)
{
    return strcmp(a->name, b->name) == 0 && a->major == b->major;
}

bool protocol_journals_hearing(const struct protocol *protocol)
{
    return protocol->record != RECORD_ANSWERS ||
           protocol->playback.must_hear_all ||
           protocol->playback.max_replays >= 0;
}

const struct question *protocol_question(const struct protocol *protocol,
                                         const char *id)
{
    for (size_t i = 0; i < protocol->question_count; i++) {
        if (strcmp(protocol->question[i].id, id) == 0)
            return &protocol->question[i];
    }
    return NULL;
}
