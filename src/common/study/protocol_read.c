/* protocol_read - the file of a protocol, all but its questions. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/study/protocol_internal.h"

const char *const protocol_later_units[] = { "stream", NULL };

static const char *const top_keys[] = { "mien",
                                        "name",
                                        "version",
                                        "title",
                                        "description",
                                        "purpose",
                                        "content_warning",
                                        "consent",
                                        "instructions",
                                        "citation",
                                        "licence",
                                        "unit",
                                        "order",
                                        "context",
                                        "show",
                                        "questions",
                                        "playback",
                                        "timing",
                                        "advance",
                                        "revise",
                                        "record",
                                        "breaks",
                                        "session",
                                        "qualification",
                                        "attention",
                                        "repeats",
                                        "pauses",
                                        "questionnaire",
                                        "plan",
                                        "skip_reasons",
                                        NULL };
static const char *const consent_keys[] = { "text", NULL };
static const char *const playback_keys[] = { "max_replays", "must_hear_all",
                                             "speeds",      "gain",
                                             "silent",      NULL };
static const char *const gain_keys[] = { "session_db", "lufs", NULL };
static const char *const timing_keys[] = { "max_uncertainty_ms", NULL };
static const char *const skip_keys[] = { "value", "key", "label", "help",
                                         NULL };

/* What may be the reason to skip when the file does not say. */
static const struct reason {
    const char *value, *key, *en, *de;
} reasons[] = {
    { "distressing", "d", "distressing for me", "belastend für mich" },
    { "technical", "t", "cannot be played or heard",
      "nicht abspielbar oder nicht zu hören" },
    { "unsuitable", "u", "does not fit the task", "passt nicht zur Aufgabe" },
    { "other", "o", "another reason", "anderer Grund" },
};

int protocol_read_supported(const struct descriptor *reading,
                            const struct json *object, const char *key,
                            const char *const *names, const char *const *later,
                            int fallback)
{
    const char *text = json_text(json_member(object, key));

    for (size_t i = 0; text && later[i]; i++) {
        if (strcmp(text, later[i]) == 0) {
            descriptor_fault_at(reading, object, key,
                                "\"%s\" is not supported in this version",
                                text);
            return -1;
        }
    }
    return descriptor_choice(reading, object, key, names, fallback);
}

/* "1.0": two whole numbers. */
static void read_version(const struct descriptor *reading,
                         const struct json *root, struct protocol *protocol)
{
    const char *point;
    char *major;
    int64_t a = 0, b = 0;
    bool good;

    protocol->version = descriptor_text(reading, root, "version", NULL);
    if (!protocol->version[0])
        return;
    point = strchr(protocol->version, '.');
    major = xstrndup(protocol->version,
                     point ? (size_t)(point - protocol->version) : 0);
    good = point && number_parse_int(major, &a) &&
           number_parse_int(point + 1, &b) && a >= 0 && b >= 0 && a <= 9999 &&
           b <= 9999;
    free(major);
    if (!good)
        descriptor_fault_at(reading, root, "version",
                            "is \"%s\", must be major.minor such as \"1.0\": "
                            "a minor one changes wording only",
                            protocol->version);
    protocol->major = (int)a;
    protocol->minor = (int)b;
}

static void read_consent(const struct descriptor *reading,
                         const struct json *root, struct protocol *protocol)
{
    const struct json *consent =
        descriptor_member(reading, root, "consent", JSON_OBJECT);

    if (!consent)
        return;
    descriptor_keys(reading, consent, consent_keys);
    protocol->consent = descriptor_localized(reading, consent, "text");
    if (protocol->consent.count == 0)
        descriptor_fault_at(reading, consent, "text",
                            "is missing; write what is consented to, or leave "
                            "\"consent\" out");
}

static void read_show(const struct descriptor *reading, const struct json *root,
                      struct protocol *protocol)
{
    const struct json *list =
        descriptor_member(reading, root, "show", JSON_ARRAY);

    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        const char *name = json_text(item);
        const char *nearest;
        unsigned bit = 0;

        for (size_t i = 0; name && protocol_show_names[i]; i++) {
            if (strcmp(name, protocol_show_names[i]) == 0)
                bit = 1u << i;
        }
        nearest = name ? text_nearest(name, protocol_show_names) : NULL;
        if (bit == 0)
            descriptor_fault(
                reading, item, "is nothing that can be shown; %s%s%s",
                nearest
                    ? "did you mean \""
                    : "known: text, "
                      "context, waveform, spectrogram, tracks, speaker, video",
                nearest ? nearest : "", nearest ? "\"?" : "");
        else if (protocol->show & bit)
            descriptor_fault(reading, item, "stands twice; take one out");
        protocol->show |= bit;
    }
}

static void read_speeds(const struct descriptor *reading,
                        const struct json *node,
                        struct protocol_playback *playback)
{
    const struct json *list =
        descriptor_member(reading, node, "speeds", JSON_ARRAY);

    playback->speed = arena_alloc(reading->arena, (json_count(list) + 1) *
                                                      sizeof(*playback->speed));
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        double speed = json_value(item, 0);

        if (speed >= 0.5 && speed <= 2)
            playback->speed[playback->speed_count++] = speed;
        else
            descriptor_fault(reading, item,
                             "must be a factor within 0.5 and 2");
    }
    if (list && json_count(list) == 0)
        descriptor_fault(reading, list,
                         "is empty; write [1] for the natural speed only");
    if (playback->speed_count == 0)
        playback->speed[playback->speed_count++] = 1;
}

/* "none", {"session_db": -6} or {"lufs": -23}. */
static void read_gain(const struct descriptor *reading, const struct json *node,
                      struct protocol_playback *playback)
{
    const struct json *gain = node ? json_member(node, "gain") : NULL;
    bool session;

    playback->gain = GAIN_NONE;
    if (!gain || json_kind(gain) == JSON_NULL)
        return;
    if (json_kind(gain) != JSON_OBJECT) {
        for (int i = 0; protocol_gain_names[i]; i++) {
            if (text_equal(json_text(gain), protocol_gain_names[i])) {
                playback->gain = (enum protocol_gain)i;
                return;
            }
        }
        descriptor_fault(reading, gain,
                         "must be \"none\", {\"session_db\": -6} or "
                         "{\"lufs\": -23}");
        return;
    }
    descriptor_keys(reading, gain, gain_keys);
    session = json_member(gain, "session_db") != NULL;
    if (session == (json_member(gain, "lufs") != NULL)) {
        descriptor_fault(reading, gain,
                         "needs one of \"session_db\" and \"lufs\"");
        return;
    }
    playback->gain = session ? GAIN_SESSION : GAIN_LUFS;
    playback->gain_value =
        session ? descriptor_number(reading, gain, "session_db", 0, -60, 20)
                : descriptor_number(reading, gain, "lufs", -23, -50, -10);
}

static void read_playback(const struct descriptor *reading,
                          const struct json *root,
                          struct protocol_playback *playback)
{
    const struct json *node =
        descriptor_member(reading, root, "playback", JSON_OBJECT);

    if (node)
        descriptor_keys(reading, node, playback_keys);
    playback->max_replays =
        descriptor_int(reading, node, "max_replays", -1, 0, 1000);
    playback->must_hear_all =
        descriptor_bool(reading, node, "must_hear_all", false);
    playback->silent = descriptor_bool(reading, node, "silent", false);
    read_gain(reading, node, playback);
    read_speeds(reading, node, playback);
}

static void read_timing(const struct descriptor *reading,
                        const struct json *root, struct protocol *protocol)
{
    const struct json *node =
        descriptor_member(reading, root, "timing", JSON_OBJECT);

    if (!node)
        return;
    descriptor_keys(reading, node, timing_keys);
    protocol->uncertainty_max_ms =
        descriptor_number(reading, node, "max_uncertainty_ms", 0, 1, 10000);
}

static void default_reasons(const struct descriptor *reading,
                            struct protocol *protocol, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct question_option *option =
            &protocol->skip[protocol->skip_count++];

        *option = (struct question_option){ .value = reasons[i].value,
                                            .key = reasons[i].key };
        option->code = (unsigned char)reasons[i].key[0];
        option->label.item =
            arena_alloc(reading->arena, 2 * sizeof(*option->label.item));
        option->label.item[0] = (struct localized_text){ "en", reasons[i].en };
        option->label.item[1] = (struct localized_text){ "de", reasons[i].de };
        option->label.count = 2;
    }
}

static void read_reasons(const struct descriptor *reading,
                         const struct json *root, struct protocol *protocol)
{
    const struct json *list =
        descriptor_member(reading, root, "skip_reasons", JSON_ARRAY);
    bool distressing = false;

    protocol->skip =
        arena_alloc(reading->arena, (json_count(list) + LENGTH_OF(reasons)) *
                                        sizeof(*protocol->skip));
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        struct question_option *option =
            &protocol->skip[protocol->skip_count++];

        *option = (struct question_option){ .value = "", .key = "" };
        if (json_kind(item) != JSON_OBJECT) {
            descriptor_fault(reading, item,
                             "must be an object: {\"value\": "
                             "\"technical\", \"key\": \"t\"}");
            continue;
        }
        descriptor_keys(reading, item, skip_keys);
        option->value = descriptor_text(reading, item, "value", NULL);
        protocol_read_option(reading, item, option);
        if (option->label.count == 0)
            option->label = descriptor_plain(reading, option->value);
        distressing |= strcmp(option->value, reasons[0].value) == 0;
    }
    if (!list)
        default_reasons(reading, protocol, LENGTH_OF(reasons));
    else if (!distressing)
        default_reasons(reading, protocol, 1);
}

static void read_texts(const struct descriptor *reading,
                       const struct json *root, struct protocol *protocol)
{
    protocol->title = descriptor_localized(reading, root, "title");
    if (protocol->title.count == 0)
        protocol->title = descriptor_plain(reading, protocol->name);
    protocol->description = descriptor_localized(reading, root, "description");
    protocol->purpose = descriptor_localized(reading, root, "purpose");
    protocol->content_warning =
        descriptor_localized(reading, root, "content_warning");
    protocol->instructions =
        descriptor_localized(reading, root, "instructions");
    protocol->citation = descriptor_text(reading, root, "citation", "");
    protocol->licence = descriptor_text(reading, root, "licence", "");
    read_consent(reading, root, protocol);
}

static void read_work(const struct descriptor *reading, const struct json *root,
                      struct protocol *protocol)
{
    int unit =
        protocol_read_supported(reading, root, "unit", protocol_unit_names,
                                protocol_later_units, UNIT_CLIP);

    protocol->unit = unit < 0 ? UNIT_CLIP : (enum protocol_unit)unit;
    protocol->order = (enum protocol_order)descriptor_choice(
        reading, root, "order", protocol_order_names, ORDER_RANDOM);
    protocol->context =
        descriptor_int(reading, root, "context", 0, 0, PROTOCOL_CONTEXT_MAX);
    protocol->advance = (enum protocol_advance)descriptor_choice(
        reading, root, "advance", protocol_advance_names, ADVANCE_LAST_ANSWER);
    protocol->revise = descriptor_bool(reading, root, "revise", true);
    protocol->record = (enum protocol_record)descriptor_choice(
        reading, root, "record", protocol_record_names, RECORD_TIMING);
    protocol_read_conduct(reading, root, protocol);
}

static void read_questions(const struct descriptor *reading,
                           const struct json *root, struct protocol *protocol)
{
    const struct json *list =
        descriptor_member(reading, root, "questions", JSON_ARRAY);

    if (json_count(list) == 0)
        descriptor_fault_at(reading, root, "questions",
                            "is missing or empty; ask at least one question");
    protocol->question = arena_alloc(
        reading->arena, (json_count(list) + 1) * sizeof(*protocol->question));
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        protocol_read_question(reading, item,
                               &protocol->question[protocol->question_count++]);
}

static void keep_source(struct protocol *protocol, const char *text,
                        size_t length)
{
    struct arena *arena = &protocol->memory->arena;
    struct buf canonical = { 0 };

    protocol->source = arena_strndup(arena, text, length);
    protocol->source_length = length;
    json_canonical(json_root(protocol->memory->document), &canonical);
    protocol->canonical = arena_strdup(arena, buf_text(&canonical));
    hash_sha256(canonical.data, canonical.length, protocol->hash);
    hash_to_hex(protocol->hash, HASH_SIZE, protocol->hash_hex);
    buf_release(&canonical);
}

struct protocol *protocol_read_draft(const char *text, size_t length,
                                     const char *name,
                                     struct fault_list *faults,
                                     struct error *err)
{
    struct json_document *document = json_parse(text, length, name, err);
    struct descriptor reading = { .document = document, .faults = faults };
    const struct json *root;
    struct protocol *made;

    if (!document)
        return NULL;
    root = json_root(document);
    if (json_kind(root) != JSON_OBJECT) {
        json_free(document);
        error_set(err, ERROR_INPUT, "%s: is no protocol: must be a JSON object",
                  name);
        return NULL;
    }
    made = xcalloc(1, sizeof(*made));
    made->memory = xcalloc(1, sizeof(*made->memory));
    made->memory->document = document;
    reading.arena = &made->memory->arena;
    descriptor_keys(&reading, root, top_keys);
    descriptor_read_format(&reading, root, PROTOCOL_FORMAT);
    made->name = descriptor_text(&reading, root, "name", NULL);
    read_version(&reading, root, made);
    read_texts(&reading, root, made);
    read_work(&reading, root, made);
    read_show(&reading, root, made);
    read_playback(&reading, root, &made->playback);
    read_timing(&reading, root, made);
    read_questions(&reading, root, made);
    read_reasons(&reading, root, made);
    keep_source(made, text, length);
    return made;
}

bool protocol_read(const char *text, size_t length, const char *name,
                   struct fault_list *faults, struct protocol **protocol,
                   struct error *err)
{
    size_t before = fault_errors(faults);
    struct protocol *draft =
        protocol_read_draft(text, length, name, faults, err);

    *protocol = NULL;
    if (!draft)
        return false;
    if (fault_errors(faults) == before)
        *protocol = draft;
    else
        protocol_free(draft);
    return true;
}
