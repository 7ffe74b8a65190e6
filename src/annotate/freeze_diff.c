/* freeze_diff - two states, compared line by line and told in words. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/freeze.h"
#include "common/base/intern.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/study/verdict.h"

/* A line that only one of the states has, parsed. */
struct odd {
    enum truth_kind kind;
    char *key;                      /* owned */
    struct json_document *document; /* owned */
};

struct odds {
    struct odd *item; /* owned */
    size_t count, capacity;
    struct intern keys; /* by number: place in item */
};

static const char *member(const struct odd *odd, const char *key)
{
    const char *text = json_text(json_member(json_root(odd->document), key));

    return text ? text : "";
}

static void add_member(const struct odd *odd, const char *key, struct buf *out)
{
    const struct json *node = json_member(json_root(odd->document), key);

    buf_add_char(out, '\n');
    if (node)
        json_canonical(node, out);
}

/* What makes a line the same one in both states, whatever it says. */
static char *key_of(const struct odd *odd)
{
    static const char *const keys[TRUTH_KINDS][6] = {
        [TRUTH_ITEM] = { "id" },
        [TRUTH_LABEL] = { "item", "annotator", "bundle", "position",
                          "question" },
        [TRUTH_MARK] = { "id" },
        [TRUTH_PASS] = { "id" },
        [TRUTH_CASE] = { "item", "question" },
        [TRUTH_PERSON] = { "kind", "alias" },
    };
    struct buf out = { 0 };

    buf_add_text(&out, truth_kind_names[odd->kind]);
    for (size_t k = 0; keys[odd->kind][k]; k++)
        add_member(odd, keys[odd->kind][k], &out);
    return buf_steal(&out);
}

static void release(struct odds *odds)
{
    for (size_t i = 0; i < odds->count; i++) {
        free(odds->item[i].key);
        json_free(odds->item[i].document);
    }
    free(odds->item);
    intern_release(&odds->keys);
}

/* The lines of `one` that `other` has not. */
static bool gather(const struct frozen *one, const struct frozen *other,
                   struct odds *odds, struct error *err)
{
    struct intern there = { 0 };
    bool good = true;

    for (size_t i = 0; i < other->lines.count; i++)
        intern_add(&there, other->lines.item[i].body);
    for (size_t i = 0; good && i < one->lines.count; i++) {
        const struct truth_line *line = &one->lines.item[i];
        struct odd odd = { .kind = line->kind };

        if (line->kind == TRUTH_ERASED || intern_find(&there, line->body) >= 0)
            continue;
        odd.document =
            json_parse(line->body, strlen(line->body), "a line", err);
        good = odd.document != NULL;
        if (!good)
            break;
        odd.key = key_of(&odd);
        intern_add(&odds->keys, odd.key);
        VEC_PUSH(odds, odd);
    }
    intern_release(&there);
    return good;
}

static const struct odd *same_in(const struct odds *odds, const char *key)
{
    long at = intern_find(&odds->keys, key);

    return at < 0 ? NULL : &odds->item[at];
}

static void put_value(const struct odd *odd, struct buf *out)
{
    const struct json *value = json_member(json_root(odd->document), "value");

    if (!value || json_kind(value) == JSON_NULL)
        buf_add_text(out, "no label");
    else if (json_text(value))
        buf_add_text(out, json_text(value));
    else
        json_canonical(value, out);
}

/* Which members differ: "sha256, speaker". */
static void put_members(const struct odd *from, const struct odd *to,
                        struct buf *out)
{
    const char *between = "";
    const struct json *root = json_root(to->document);

    for (const struct json *it = json_first(root); it; it = json_next(it)) {
        const struct json *was =
            json_member(json_root(from->document), json_key(it));
        struct buf a = { 0 }, b = { 0 };

        if (was)
            json_canonical(was, &a);
        json_canonical(it, &b);
        if (!text_equal(buf_text(&a), buf_text(&b))) {
            buf_addf(out, "%s%s", between, json_key(it));
            between = ", ";
        }
        buf_release(&a);
        buf_release(&b);
    }
}

static void tell_protocol(const struct odd *from, const struct odd *to,
                          struct buf *out)
{
    buf_add_text(out, "the protocol");
    if (from)
        buf_addf(out, " %s %s", member(from, "name"), member(from, "version"));
    buf_add_text(out, to ? " became" : " is gone");
    if (to)
        buf_addf(out, " %s %s", member(to, "name"), member(to, "version"));
}

static void tell_label(const struct odd *from, const struct odd *to,
                       struct buf *out)
{
    const struct odd *any = to ? to : from;
    struct buf was = { 0 }, is = { 0 };

    buf_addf(out, "%s %s, by %s: ", member(any, "item"),
             member(any, "question"), member(any, "annotator"));
    if (from)
        put_value(from, &was);
    if (to)
        put_value(to, &is);
    if (!from)
        buf_addf(out, "%s, new%s", buf_text(&is),
                 text_equal(member(to, "role"), "again")
                     ? " (judged again after it was sent back)"
                     : "");
    else if (!to)
        buf_addf(out, "%s was taken away", buf_text(&was));
    else if (!text_equal(buf_text(&was), buf_text(&is)))
        buf_addf(out, "%s became %s", buf_text(&was), buf_text(&is));
    else {
        buf_addf(out, "%s as before, other ", buf_text(&is));
        put_members(from, to, out);
    }
    buf_release(&was);
    buf_release(&is);
}

static void put_seconds(const struct odd *odd, const char *key, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];
    const struct json *node = json_member(json_root(odd->document), key);

    if (node && json_kind(node) == JSON_NUMBER)
        buf_add_text(out,
                     number_format_seconds((int64_t)json_value(node, 0), text));
    else
        buf_add_text(out, "no end");
}

/* "0.99 to 2.49 s, woman"; "2.49 s" is a point. */
static void put_mark(const struct odd *odd, struct buf *out)
{
    struct buf from = { 0 }, to = { 0 };

    put_seconds(odd, "start_us", &from);
    put_seconds(odd, "end_us", &to);
    buf_add_text(out, buf_text(&from));
    if (!text_equal(buf_text(&from), buf_text(&to)))
        buf_addf(out, " to %s", buf_text(&to));
    buf_addf(out, " s%s%s", *member(odd, "label") ? ", " : "",
             member(odd, "label"));
    buf_release(&from);
    buf_release(&to);
}

/* "version 2, 300 samples of 0 to 2.99 s". */
static void put_pass(const struct odd *odd, struct buf *out)
{
    const struct json *root = json_root(odd->document);

    buf_addf(out, "version %.0f, %.0f samples",
             json_value(json_member(root, "version"), 0),
             json_value(json_member(root, "samples"), 0));
    if (json_value(json_member(root, "samples"), 0) > 0) {
        buf_add_text(out, " of ");
        put_seconds(odd, "first_us", out);
        buf_add_text(out, " to ");
        put_seconds(odd, "last_us", out);
        buf_add_text(out, " s");
    }
    if (text_equal(member(odd, "end"), "discarded"))
        buf_add_text(out, ", discarded");
}

/* A mark, or a pass of a trace: what it was, what it is. */
static void tell_stretch(const struct odd *from, const struct odd *to,
                         void (*put)(const struct odd *odd, struct buf *out),
                         struct buf *out)
{
    struct buf was = { 0 }, is = { 0 };

    if (from)
        put(from, &was);
    if (to)
        put(to, &is);
    if (!from)
        buf_addf(out, "%s, new", buf_text(&is));
    else if (!to)
        buf_addf(out, "%s was taken away", buf_text(&was));
    else if (!text_equal(buf_text(&was), buf_text(&is)))
        buf_addf(out, "%s became %s", buf_text(&was), buf_text(&is));
    else {
        buf_addf(out, "%s as before, other ", buf_text(&is));
        put_members(from, to, out);
    }
    buf_release(&was);
    buf_release(&is);
}

static void tell_mark(const struct odd *from, const struct odd *to,
                      struct buf *out)
{
    const struct odd *any = to ? to : from;

    buf_addf(out, "%s %s, mark on %s by %s: ", member(any, "item"),
             member(any, "question"), member(any, "tier"),
             member(any, "annotator"));
    tell_stretch(from, to, put_mark, out);
}

static void tell_pass(const struct odd *from, const struct odd *to,
                      struct buf *out)
{
    const struct odd *any = to ? to : from;

    buf_addf(out, "%s %s, pass of a trace by %s: ", member(any, "item"),
             member(any, "question"), member(any, "annotator"));
    tell_stretch(from, to, put_pass, out);
}

/* "anger (unanimous)", "neutral (adjudicator, by zoe)", "open". */
static void put_case(const struct odd *odd, struct buf *out)
{
    const char *type = member(odd, "type");

    if (!text_equal(member(odd, "state"), "settled")) {
        buf_add_text(out, member(odd, "state"));
        return;
    }
    if (text_equal(type, "segments") || text_equal(type, "trace"))
        verdict_brief_json(member(odd, "value"), out);
    else
        put_value(odd, out);
    buf_addf(out, " (%s%s%s)", member(odd, "rule"),
             *member(odd, "by") ? ", by " : "", member(odd, "by"));
}

static bool same_case(const struct odd *from, const struct odd *to)
{
    struct buf a = { 0 }, b = { 0 };
    bool same;

    put_case(from, &a);
    put_case(to, &b);
    same = text_equal(buf_text(&a), buf_text(&b));
    buf_release(&a);
    buf_release(&b);
    return same;
}

static void tell_case(const struct odd *from, const struct odd *to,
                      struct buf *out)
{
    const struct odd *any = to ? to : from;

    buf_addf(out, "%s %s, decision: ", member(any, "item"),
             member(any, "question"));
    if (from && to && same_case(from, to)) {
        put_case(to, out);
        buf_add_text(out, " as before, other ");
        put_members(from, to, out);
        return;
    }
    if (from)
        put_case(from, out);
    else
        buf_add_text(out, "none");
    buf_add_text(out, " became ");
    if (to)
        put_case(to, out);
    else
        buf_add_text(out, "none");
    if (to && *member(to, "by") && *member(to, "why"))
        buf_addf(out, ": %s", member(to, "why"));
}

static void tell_item(const struct odd *from, const struct odd *to,
                      struct buf *out)
{
    buf_addf(out, "item %s ", member(to ? to : from, "id"));
    if (!from)
        buf_add_text(out, "is new");
    else if (!to)
        buf_add_text(out, "is gone");
    else {
        buf_add_text(out, "has changed: ");
        put_members(from, to, out);
    }
}

static void tell_person(const struct odd *from, const struct odd *to,
                        struct buf *out)
{
    const struct odd *any = to ? to : from;

    buf_addf(out, "%s %s ", member(any, "kind"), member(any, "alias"));
    buf_add_text(out, !from ? "is new"
                      : !to ? "is gone"
                            : "has other attributes than before");
}

static void tell(const struct odd *from, const struct odd *to,
                 struct text_list *changes)
{
    typedef void teller(const struct odd *from, const struct odd *to,
                        struct buf *out);
    static teller *const tellers[TRUTH_KINDS] = {
        [TRUTH_PROTOCOL] = tell_protocol, [TRUTH_ITEM] = tell_item,
        [TRUTH_LABEL] = tell_label,       [TRUTH_MARK] = tell_mark,
        [TRUTH_PASS] = tell_pass,         [TRUTH_CASE] = tell_case,
        [TRUTH_PERSON] = tell_person,
    };
    enum truth_kind kind = (to ? to : from)->kind;
    struct buf out = { 0 };

    if (tellers[kind]) /* of what was erased nothing is told */
        tellers[kind](from, to, &out);
    text_list_add(changes, buf_text(&out));
    buf_release(&out);
}

bool freeze_diff(const struct frozen *from, const struct frozen *to,
                 struct text_list *changes, struct error *err)
{
    struct odds before = { 0 }, after = { 0 };
    bool good = gather(from, to, &before, err) && gather(to, from, &after, err);

    for (int kind = 0; good && kind < TRUTH_KINDS; kind++) {
        for (size_t i = 0; i < before.count; i++)
            if ((int)before.item[i].kind == kind)
                tell(&before.item[i], same_in(&after, before.item[i].key),
                     changes);
        for (size_t i = 0; i < after.count; i++)
            if ((int)after.item[i].kind == kind &&
                !same_in(&before, after.item[i].key))
                tell(NULL, &after.item[i], changes);
    }
    release(&before);
    release(&after);
    return good;
}
