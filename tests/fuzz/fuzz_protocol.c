/*
 * fuzz_protocol - protocols: read, refused with all faults, and what is read
 * once is read again from its canonical text with the same hash.
 */
#include <config.h>

#include <string.h>

#include "common/study/protocol.h"
#include "common/study/protocol_check.h"
#include "fuzz.h"

static const char *const words[] = {
    "\"mien\":1",
    "\"choice\"",
    "\"scale\"",
    "\"sam\"",
    "\"slider\"",
    "\"grid\"",
    "\"plane\"",
    "\"wheel\"",
    "\"segments\"",
    "\"trace\"",
    "\"text\"",
    "\"rank\"",
    "\"options\"",
    "\"questions\"",
    "\"scale\":",
    "\"points\"",
    "\"min\":",
    "\"max\":",
    "\"when\"",
    "\"required\"",
    "\"intensity\"",
    "\"other\"",
    "\"cannot_tell\"",
    "\"labels\"",
    "\"conduct\"",
    "\"tiers\"",
    "\"playback\"",
    "\"show\"",
    "\"gold\"",
    "\"practice\"",
    "\"attention\"",
    "\"forms\"",
    "\"adjudication\"",
    "1e9",
    "-1",
    "[]",
    NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    for (const struct embedded_file *file = protocol_embedded; file->name;
         file++)
        give(context, file->text, file->length);
    fuzz_give_text(
        give, context, -1,
        "{\"mien\":1,\"name\":\"tiny\",\"version\":\"1.0\",\"title\":\"Tiny\","
        "\"purpose\":\"a test\",\"instructions\":{\"en\":\"Listen.\"},"
        "\"unit\":\"clip\",\"order\":\"random\",\"show\":[\"waveform\"],"
        "\"questions\":[{\"id\":\"emotion\",\"type\":\"choice\","
        "\"measure\":\"nominal\",\"options\":[{\"value\":\"glad\","
        "\"key\":\"g\"},{\"value\":\"dull\",\"key\":\"d\"}]}]}");
}

static void one(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    struct error err = { 0 };
    struct fault_list faults = { 0 };
    struct protocol *protocol = protocol_parse(text, length, "p.json", &err);
    struct protocol *draft = NULL;
    bool read;

    fuzz_answered(protocol != NULL, &err, "p.json");
    err = (struct error){ 0 };
    read = protocol_read(text, length, "p.json", &faults, &draft, &err);
    fuzz_answered(read, &err, "p.json");
    fuzz_must(draft || !protocol);
    fuzz_must(!read || (fault_errors(&faults) == 0) == (draft != NULL));
    fault_release(&faults);
    protocol_free(draft);
    err = (struct error){ 0 };
    read = protocol_examine(text, length, "p.json", NULL, &faults, &err);
    fuzz_answered(read, &err, "p.json");
    fault_release(&faults);
    if (!protocol)
        return;
    err = (struct error){ 0 };
    draft = protocol_parse(protocol->canonical, strlen(protocol->canonical),
                           "p.json", &err);
    if (!draft)
        fuzz_wrong(__FILE__, __LINE__, "canonical text is read", err.text);
    fuzz_must(memcmp(protocol->hash, draft->hash, HASH_SIZE) == 0);
    fuzz_must(protocol_compatible(protocol, draft));
    protocol_free(draft);
    protocol_free(protocol);
}

const struct fuzz_target fuzz_target = {
    .name = "protocol",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 16384,
    .runs = 1500,
};
