/* descriptor - reading a JSON description while collecting its faults. */
#include <config.h>

#include "common/study/descriptor.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

static void add(const struct descriptor *reading, const struct json *node,
                const char *key, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));

static void add(const struct descriptor *reading, const struct json *node,
                const char *key, const char *format, va_list args)
{
    struct buf path = { 0 };
    char text[768];

    json_path(reading->document, node, &path);
    if (key)
        buf_addf(&path, "%s%s", path.length ? "." : "", key);
    vsnprintf(text, sizeof(text), format, args);
    fault_add(reading->faults, buf_text(&path), "%s", text);
    buf_release(&path);
}

void descriptor_fault(const struct descriptor *reading, const struct json *node,
                      const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(reading, node, NULL, format, args);
    va_end(args);
}

void descriptor_fault_at(const struct descriptor *reading,
                         const struct json *object, const char *key,
                         const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(reading, object, key, format, args);
    va_end(args);
}

/* "alpha, beta or gamma" of a list that ends with NULL. */
static void list_names(const char *const *names, struct buf *out)
{
    for (size_t i = 0; names[i]; i++) {
        if (i > 0)
            buf_add_text(out, names[i + 1] ? ", " : " or ");
        buf_add_text(out, names[i]);
    }
}

void descriptor_keys(const struct descriptor *reading,
                     const struct json *object, const char *const *keys)
{
    for (const struct json *member = json_first(object); member;
         member = json_next(member)) {
        const char *key = json_key(member);
        const char *nearest = text_nearest(key, keys);
        size_t i = 0;

        while (keys[i] && strcmp(keys[i], key) != 0)
            i++;
        if (keys[i])
            continue;
        if (nearest) {
            descriptor_fault(reading, member,
                             "is no known key; did you mean \"%s\"?", nearest);
        } else {
            struct buf known = { 0 };

            list_names(keys, &known);
            descriptor_fault(reading, member, "is no known key; known here: %s",
                             buf_text(&known));
            buf_release(&known);
        }
    }
}

const struct json *descriptor_member(const struct descriptor *reading,
                                     const struct json *object, const char *key,
                                     enum json_kind kind)
{
    const struct json *member = json_member(object, key);

    if (!member || json_kind(member) == JSON_NULL)
        return NULL;
    if (json_kind(member) == kind)
        return member;
    descriptor_fault(reading, member, "is %s, must be %s",
                     json_kind_name(json_kind(member)), json_kind_name(kind));
    return NULL;
}

/* Texts reach terminals: no control characters but line breaks. */
static void check_characters(const struct descriptor *reading,
                             const struct json *node, const char *text)
{
    for (const char *c = text; *c; c++) {
        if ((unsigned char)*c < 0x20 ? *c != '\n' : *c == 0x7f) {
            descriptor_fault(reading, node,
                             "holds the control character U+%04X; take it out",
                             (unsigned)*c);
            return;
        }
    }
}

const char *descriptor_text(const struct descriptor *reading,
                            const struct json *object, const char *key,
                            const char *fallback)
{
    const struct json *member = json_member(object, key);

    if (!fallback && (!member || json_kind(member) == JSON_NULL)) {
        descriptor_fault_at(reading, object, key, "is missing; add a text");
        return "";
    }
    member = descriptor_member(reading, object, key, JSON_STRING);
    if (!member)
        return fallback ? fallback : "";
    check_characters(reading, member, json_text(member));
    if (!fallback && !json_text(member)[0])
        descriptor_fault(reading, member, "is empty; write a text");
    return json_text(member);
}

bool descriptor_bool(const struct descriptor *reading,
                     const struct json *object, const char *key, bool fallback)
{
    const struct json *member =
        descriptor_member(reading, object, key, JSON_BOOL);

    return member ? json_truth(member, fallback) : fallback;
}

double descriptor_number(const struct descriptor *reading,
                         const struct json *object, const char *key,
                         double fallback, double min, double max)
{
    const struct json *member =
        descriptor_member(reading, object, key, JSON_NUMBER);
    double value;

    if (!member)
        return fallback;
    value = json_value(member, fallback);
    if (value >= min && value <= max)
        return value;
    descriptor_fault(reading, member, "is %g, must lie within %g and %g", value,
                     min, max);
    return fallback;
}

int descriptor_int(const struct descriptor *reading, const struct json *object,
                   const char *key, int fallback, int min, int max)
{
    const struct json *member =
        descriptor_member(reading, object, key, JSON_NUMBER);
    double value;

    if (!member)
        return fallback;
    value = json_value(member, fallback);
    if (value >= min && value <= max && value == floor(value))
        return (int)value;
    descriptor_fault(reading, member,
                     "is %g, must be a whole number within %d and %d", value,
                     min, max);
    return fallback;
}

int descriptor_choice(const struct descriptor *reading,
                      const struct json *object, const char *key,
                      const char *const *names, int fallback)
{
    const struct json *member = json_member(object, key);
    struct buf known = { 0 };
    const char *nearest;

    list_names(names, &known);
    if (fallback < 0 && (!member || json_kind(member) == JSON_NULL))
        descriptor_fault_at(reading, object, key, "is missing; write one of %s",
                            buf_text(&known));
    member = descriptor_member(reading, object, key, JSON_STRING);
    for (int i = 0; member && names[i]; i++) {
        if (strcmp(names[i], json_text(member)) == 0) {
            buf_release(&known);
            return i;
        }
    }
    if (member) {
        nearest = text_nearest(json_text(member), names);
        if (nearest)
            descriptor_fault(reading, member,
                             "is \"%s\"; did you mean \"%s\"? (known: %s)",
                             json_text(member), nearest, buf_text(&known));
        else
            descriptor_fault(reading, member, "is \"%s\", must be %s",
                             json_text(member), buf_text(&known));
    }
    buf_release(&known);
    return fallback < 0 ? 0 : fallback;
}

/* "de", "deu", "pt-BR", "zh-Hant-TW" (BCP 47, as far as it is used). */
static bool is_language(const char *text)
{
    size_t letters = 0;

    while (islower((unsigned char)text[letters]))
        letters++;
    if (letters < 2 || letters > 3)
        return false;
    for (text += letters; *text == '-';) {
        size_t length = 0;

        for (text++; isalnum((unsigned char)*text); text++)
            length++;
        if (length < 2 || length > 8)
            return false;
    }
    return *text == '\0';
}

static void add_text(const struct descriptor *reading,
                     const struct json *member, struct localized *out)
{
    const char *language = json_key(member);
    const char *text = json_text(member);

    if (!is_language(language)) {
        descriptor_fault(reading, member,
                         "is no language code such as \"en\" or \"pt-BR\"");
    } else if (!text) {
        descriptor_fault(reading, member, "is %s, must be a text",
                         json_kind_name(json_kind(member)));
    } else if (!text[0]) {
        descriptor_fault(reading, member,
                         "is empty; write the text or leave the language out");
    } else {
        check_characters(reading, member, text);
        out->item[out->count++] =
            (struct localized_text){ .language = language, .text = text };
    }
}

struct localized descriptor_plain(const struct descriptor *reading,
                                  const char *text)
{
    struct localized out = { .item =
                                 arena_alloc(reading->arena, sizeof(*out.item)),
                             .count = 1 };

    out.item[0] = (struct localized_text){ .language = "en", .text = text };
    return out;
}

struct localized descriptor_localized(const struct descriptor *reading,
                                      const struct json *object,
                                      const char *key)
{
    const struct json *node = json_member(object, key);
    struct localized out = { 0 };

    if (!node || json_kind(node) == JSON_NULL)
        return out;
    if (json_kind(node) == JSON_STRING) {
        check_characters(reading, node, json_text(node));
        return json_text(node)[0] ? descriptor_plain(reading, json_text(node))
                                  : out;
    }
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "is %s, must be a text or texts by language: "
                         "{\"en\": \"...\"}",
                         json_kind_name(json_kind(node)));
        return out;
    }
    out.item =
        arena_alloc(reading->arena, (json_count(node) + 1) * sizeof(*out.item));
    for (const struct json *member = json_first(node); member;
         member = json_next(member))
        add_text(reading, member, &out);
    return out;
}

void descriptor_read_format(const struct descriptor *reading,
                            const struct json *root, int known)
{
    const struct json *member = json_member(root, "mien");
    double format = json_value(member, 0);

    if (!member)
        descriptor_fault_at(reading, root, "mien",
                            "is missing; write \"mien\": %d, the version of "
                            "the format",
                            known);
    else if (format > known)
        descriptor_fault(reading, member,
                         "is %g; this program reads format %d: install a "
                         "newer mien",
                         format, known);
    else if (format != known)
        descriptor_fault(reading, member, "must be the number %d", known);
}
