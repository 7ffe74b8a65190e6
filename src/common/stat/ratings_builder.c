/*
 * ratings_builder - judgements in any order, put in order by item.
 */
#include <config.h>

#include "common/stat/ratings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/number.h"
#include "common/base/vec.h"

/* A judgement as it came. */
struct judged {
    uint32_t item, rater;
    uint32_t value; /* its text's number among the builder's texts */
};

struct judged_list {
    struct judged *item; /* owned */
    size_t count, capacity;
};

struct ratings_builder {
    struct intern items, raters, texts, reserved_texts;
    const struct text_list *declared; /* borrowed until finished */
    double *declared_value;           /* owned; NULL: not all numbers */
    struct judged_list rated, reserved;
};

/* Numbers of all the names; NULL when one of them is none (or none exists). */
static double *numbers_of(const struct text_list *names)
{
    double *value = xcalloc(names->count + 1, sizeof(*value));

    for (size_t i = 0; i < names->count; i++) {
        if (!number_parse(names->item[i], &value[i])) {
            free(value);
            return NULL;
        }
    }
    if (names->count == 0) {
        free(value);
        return NULL;
    }
    return value;
}

struct ratings_builder *ratings_builder_new(const struct text_list *declared)
{
    struct ratings_builder *builder = xcalloc(1, sizeof(*builder));

    if (declared && declared->count > 0) {
        builder->declared = declared;
        builder->declared_value = numbers_of(declared);
    }
    return builder;
}

void ratings_builder_free(struct ratings_builder *builder)
{
    if (!builder)
        return;
    intern_release(&builder->items);
    intern_release(&builder->raters);
    intern_release(&builder->texts);
    intern_release(&builder->reserved_texts);
    free(builder->declared_value);
    free(builder->rated.item);
    free(builder->reserved.item);
    free(builder);
}

uint32_t ratings_builder_item(struct ratings_builder *builder, const char *name)
{
    return (uint32_t)intern_add(&builder->items, name);
}

uint32_t ratings_builder_rater(struct ratings_builder *builder,
                               const char *name)
{
    return (uint32_t)intern_add(&builder->raters, name);
}

/* The place of a text among the declared categories, or -1. */
static long declared_place(const struct ratings_builder *builder,
                           const char *text)
{
    const struct text_list *declared = builder->declared;
    double value;

    for (size_t i = 0; i < declared->count; i++)
        if (text_equal(declared->item[i], text))
            return (long)i;
    if (!builder->declared_value || !number_parse(text, &value))
        return -1;
    for (size_t i = 0; i < declared->count; i++)
        if (builder->declared_value[i] == value)
            return (long)i;
    return -1;
}

bool ratings_builder_add(struct ratings_builder *builder, uint32_t item,
                         uint32_t rater, const char *value)
{
    struct judged judged = { .item = item, .rater = rater };

    if (*value == '\0')
        return true;
    if (*value == '@') {
        judged.value = (uint32_t)intern_add(&builder->reserved_texts, value);
        VEC_PUSH(&builder->reserved, judged);
        return true;
    }
    if (builder->declared && intern_find(&builder->texts, value) < 0 &&
        declared_place(builder, value) < 0)
        return false;
    judged.value = (uint32_t)intern_add(&builder->texts, value);
    VEC_PUSH(&builder->rated, judged);
    return true;
}

bool ratings_builder_add_votes(struct ratings_builder *builder, uint32_t item,
                               const char *value, size_t times)
{
    if (times == 0) { /* a category that nobody chose is one all the same */
        if (*value != '@' && *value != '\0' && !builder->declared)
            intern_add(&builder->texts, value);
        return true;
    }
    for (size_t i = 0; i < times; i++)
        if (!ratings_builder_add(builder, item, RATINGS_NOBODY, value))
            return false;
    return true;
}

/* A text, its number there, and what it is when it is one. */
struct named {
    const char *text;
    double value;
    uint32_t from;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->text,
                  ((const struct named *)b)->text);
}

static int by_value(const void *a, const void *b)
{
    double x = ((const struct named *)a)->value;
    double y = ((const struct named *)b)->value;

    return (x > y) - (x < y);
}

/* The texts in order of value (NULL: of bytes); the caller frees. */
static struct named *sorted(const struct text_list *texts, const double *value)
{
    struct named *named = xcalloc(texts->count + 1, sizeof(*named));

    for (size_t i = 0; i < texts->count; i++) {
        named[i].text = texts->item[i];
        named[i].value = value ? value[i] : 0;
        named[i].from = (uint32_t)i;
    }
    qsort(named, texts->count, sizeof(*named), value ? by_value : by_text);
    return named;
}

/*
 * Fills code[] (by the texts' number) and the names; equal numbers ("1" and
 * "1.0") are one category.
 */
static void name_found(struct ratings *out, const struct text_list *texts,
                       uint32_t *code)
{
    double *value = numbers_of(texts);
    struct named *named = sorted(texts, value);

    if (value)
        out->value = xcalloc(texts->count + 1, sizeof(*out->value));
    out->ordered = value != NULL;
    for (size_t i = 0; i < texts->count; i++) {
        char number[NUMBER_TEXT_SIZE];

        if (!value || i == 0 || named[i].value != named[i - 1].value) {
            if (value)
                out->value[out->categories.count] = named[i].value;
            text_list_add(&out->categories,
                          value ? number_format(named[i].value, number)
                                : named[i].text);
        }
        code[named[i].from] = (uint32_t)(out->categories.count - 1);
    }
    free(named);
    free(value);
}

static void name_declared(struct ratings *out, struct ratings_builder *builder,
                          uint32_t *code)
{
    const struct text_list *texts = &builder->texts.names;

    for (size_t i = 0; i < builder->declared->count; i++)
        text_list_add(&out->categories, builder->declared->item[i]);
    for (size_t i = 0; i < texts->count; i++) {
        long place = declared_place(builder, texts->item[i]);

        assert(place >= 0); /* checked when it was added */
        code[i] = (uint32_t)place;
    }
    out->value = builder->declared_value;
    builder->declared_value = NULL;
    out->ordered = true;
}

static void name_reserved(struct ratings *out, const struct text_list *texts,
                          uint32_t *code)
{
    struct named *named = sorted(texts, NULL);

    for (size_t i = 0; i < texts->count; i++) {
        text_list_add(&out->reserved_names, named[i].text);
        code[named[i].from] = (uint32_t)i;
    }
    free(named);
}

/* Counting sort by item, which keeps the order within an item. */
static struct rating *by_item(const struct judged_list *list, size_t items,
                              const uint32_t *code, size_t **start_out)
{
    struct rating *out = xcalloc(list->count + 1, sizeof(*out));
    size_t *start = xcalloc(items + 2, sizeof(*start));

    for (size_t i = 0; i < list->count; i++)
        start[list->item[i].item + 2]++;
    for (size_t i = 2; i < items + 2; i++)
        start[i] += start[i - 1];
    for (size_t i = 0; i < list->count; i++) {
        const struct judged *judged = &list->item[i];

        out[start[judged->item + 1]++] =
            (struct rating){ .rater = judged->rater,
                             .code = code[judged->value] };
    }
    *start_out = start;
    return out;
}

struct ratings *ratings_builder_finish(struct ratings_builder *builder)
{
    struct ratings *out = xcalloc(1, sizeof(*out));
    size_t texts = builder->texts.names.count;
    size_t reserved = builder->reserved_texts.names.count;
    uint32_t *code = xcalloc(texts + reserved + 1, sizeof(*code));
    size_t items = builder->items.names.count;

    if (builder->declared)
        name_declared(out, builder, code);
    else
        name_found(out, &builder->texts.names, code);
    name_reserved(out, &builder->reserved_texts.names, code + texts);
    out->rating = by_item(&builder->rated, items, code, &out->start);
    out->reserved =
        by_item(&builder->reserved, items, code + texts, &out->reserved_start);
    out->items = builder->items.names;
    builder->items.names = (struct text_list){ 0 };
    out->raters = builder->raters.names;
    builder->raters.names = (struct text_list){ 0 };
    out->anonymous = out->raters.count == 0;
    free(code);
    ratings_builder_free(builder);
    return out;
}
