/* json_get - members of a wanted kind, or an error that names their path. */
#include <config.h>

#include "common/file/json.h"

#include <math.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/text.h"

enum presence { ABSENT, PRESENT, BAD };

static enum presence find(const struct json_document *document,
                          const struct json *object, const char *key,
                          enum json_kind kind, const struct json **found,
                          struct error *err)
{
    const struct json *node = json_member(object, key);

    *found = node;
    if (!node || json_kind(node) == JSON_NULL)
        return ABSENT;
    if (json_kind(node) == kind)
        return PRESENT;
    json_fail(document, node, err, "must be %s, not %s", json_kind_name(kind),
              json_kind_name(json_kind(node)));
    return BAD;
}

static bool absent(const struct json_document *document,
                   const struct json *object, const char *key,
                   struct error *err)
{
    return json_fail(document, object, err, "\"%s\" is missing", key);
}

bool json_want_text(const struct json_document *document,
                    const struct json *object, const char *key,
                    const char **value, struct error *err)
{
    const struct json *node;
    enum presence there = find(document, object, key, JSON_STRING, &node, err);

    if (there == PRESENT)
        *value = json_text(node);
    return there != BAD;
}

bool json_need_text(const struct json_document *document,
                    const struct json *object, const char *key,
                    const char **value, struct error *err)
{
    *value = NULL;
    if (!json_want_text(document, object, key, value, err))
        return false;
    return *value || absent(document, object, key, err);
}

bool json_want_number(const struct json_document *document,
                      const struct json *object, const char *key, double *value,
                      struct error *err)
{
    const struct json *node;
    enum presence there = find(document, object, key, JSON_NUMBER, &node, err);

    if (there == PRESENT)
        *value = json_value(node, 0);
    return there != BAD;
}

bool json_need_number(const struct json_document *document,
                      const struct json *object, const char *key, double *value,
                      struct error *err)
{
    *value = NAN; /* no JSON number is */
    if (!json_want_number(document, object, key, value, err))
        return false;
    return !isnan(*value) || absent(document, object, key, err);
}

bool json_want_int(const struct json_document *document,
                   const struct json *object, const char *key, int64_t *value,
                   struct error *err)
{
    double number = NAN;

    if (!json_want_number(document, object, key, &number, err))
        return false;
    if (isnan(number))
        return true;
    if (number != floor(number) || fabs(number) > 0x1p53)
        return json_fail(document, json_member(object, key), err,
                         "must be a whole number");
    *value = (int64_t)number;
    return true;
}

bool json_need_int(const struct json_document *document,
                   const struct json *object, const char *key, int64_t *value,
                   struct error *err)
{
    const struct json *node = json_member(object, key);

    if (!node || json_kind(node) == JSON_NULL)
        return absent(document, object, key, err);
    return json_want_int(document, object, key, value, err);
}

bool json_want_bool(const struct json_document *document,
                    const struct json *object, const char *key, bool *value,
                    struct error *err)
{
    const struct json *node;
    enum presence there = find(document, object, key, JSON_BOOL, &node, err);

    if (there == PRESENT)
        *value = json_truth(node, false);
    return there != BAD;
}

bool json_want_object(const struct json_document *document,
                      const struct json *object, const char *key,
                      const struct json **value, struct error *err)
{
    enum presence there = find(document, object, key, JSON_OBJECT, value, err);

    if (there != PRESENT)
        *value = NULL;
    return there != BAD;
}

bool json_want_list(const struct json_document *document,
                    const struct json *object, const char *key,
                    const struct json **value, struct error *err)
{
    enum presence there = find(document, object, key, JSON_ARRAY, value, err);

    if (there != PRESENT)
        *value = NULL;
    return there != BAD;
}

bool json_check_keys(const struct json_document *document,
                     const struct json *object, const char *const *keys,
                     struct error *err)
{
    for (const struct json *node = json_first(object); node;
         node = json_next(node)) {
        const char *const *key = keys;
        const char *near;

        while (*key && strcmp(*key, json_key(node)) != 0)
            key++;
        if (*key)
            continue;
        near = text_nearest(json_key(node), keys);
        json_fail(document, node, err, "is no key here");
        if (near)
            error_append(err, "; did you mean \"%s\"?", near);
        return false;
    }
    return true;
}
