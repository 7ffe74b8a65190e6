/*
 * reference_marks - are these the marks that should be there?
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/study/reference_internal.h"

static const char blanks[] = " \t";

static const struct tier *tier_of(const struct question *question,
                                  const struct conduct_reference *reference)
{
    size_t at = 0;

    if (reference->tier[0])
        at = question_tier(question, reference->tier);
    return at < question->tier_count ? &question->tier[at] : NULL;
}

/* Cuts the last word off `text`, which is ended before it; NULL: none. */
static char *last_word(char *text)
{
    size_t length = strlen(text);
    char *word;

    while (length > 0 && strchr(blanks, text[length - 1]))
        text[--length] = '\0';
    word = text + length;
    while (word > text && !strchr(blanks, word[-1]))
        word--;
    if (word == text)
        return NULL;
    word[-1] = '\0';
    return word;
}

static bool takes_label(const struct tier *tier, const char *label)
{
    for (size_t i = 0; i < tier->option_count; i++)
        if (strcmp(tier->option[i].value, label) == 0)
            return true;
    return tier->free_label || (tier->option_count == 0 && label[0] == '\0');
}

/* "laughter 1.2 1.85"; of a point one time only, perhaps with no label. */
static bool read_mark(const struct tier *tier, char *text,
                      struct reference_mark *mark)
{
    const char *word;
    char *label;

    text += strspn(text, blanks);
    label = xasprintf(" %s", text); /* a time may stand first */
    word = last_word(label);
    if (!word || !number_parse_seconds(word, &mark->to_us))
        goto bad;
    mark->from_us = mark->to_us;
    if (tier->kind != TIER_POINT) {
        word = last_word(label);
        if (!word || !number_parse_seconds(word, &mark->from_us) ||
            mark->from_us >= mark->to_us)
            goto bad;
    }
    text = label + strspn(label, blanks);
    while (text[0] && strchr(blanks, text[strlen(text) - 1]))
        text[strlen(text) - 1] = '\0';
    mark->label = xstrdup(text);
    free(label);
    if (takes_label(tier, mark->label))
        return true;
    free(mark->label);
    return false;

bad:
    free(label);
    return false;
}

void reference_marks_release(struct reference_marks *marks)
{
    for (size_t i = 0; i < marks->count; i++)
        free(marks->item[i].label);
    free(marks->item);
    memset(marks, 0, sizeof(*marks));
}

bool reference_marks_read(const struct question *question,
                          const struct conduct_reference *reference,
                          const char *value, struct reference_marks *out)
{
    const struct tier *tier = tier_of(question, reference);
    struct reference_marks marks = { 0 };
    struct text_list parts = { 0 };
    bool good = tier != NULL;

    if (strcmp(value, answer_name(ANSWER_NONE)) != 0)
        text_list_split(&parts, value, ';');
    for (size_t i = 0; good && i < parts.count; i++) {
        struct reference_mark mark;

        good = read_mark(tier, parts.item[i], &mark);
        if (good)
            VEC_PUSH(&marks, mark);
    }
    text_list_release(&parts);
    if (good && out)
        *out = marks;
    else
        reference_marks_release(&marks);
    return good;
}

/* --- matching ------------------------------------------------------------ */

/* Jaccard of two stretches; of two points 1 when they are one. */
static double overlap(int64_t a_from, int64_t a_to, int64_t b_from,
                      int64_t b_to)
{
    int64_t from = a_from > b_from ? a_from : b_from;
    int64_t to = a_to < b_to ? a_to : b_to;
    int64_t all =
        (a_to > b_to ? a_to : b_to) - (a_from < b_from ? a_from : b_from);

    if (to < from)
        return 0;
    return all > 0 ? (double)(to - from) / (double)all : 1;
}

static bool goes_with(const struct conduct_reference *reference,
                      const struct reference_mark *mark,
                      const struct segment *segment, int64_t begins_us)
{
    int64_t from_us = segment->from_us - begins_us;
    int64_t to_us = segment->to_us - begins_us;
    int64_t reach = isnan(reference->tolerance)
                        ? INT64_MAX
                        : llround(reference->tolerance * 1e6);

    return !segment_runs(segment) && strcmp(segment->label, mark->label) == 0 &&
           llabs(from_us - mark->from_us) <= reach &&
           llabs(to_us - mark->to_us) <= reach &&
           (isnan(reference->min_overlap) ||
            overlap(from_us, to_us, mark->from_us, mark->to_us) + 1e-9 >=
                reference->min_overlap);
}

struct matching {
    const struct conduct_reference *reference;
    const struct reference_marks *right;
    const struct track_tier *given;
    int64_t begins_us;
    size_t *taken_by; /* of each that was given: 1 + which goes with it; 0 */
    bool *seen;
};

/*
 * Finds one for `mark`, where needed by moving others: an augmenting path
 * (Kuhn 1955, The Hungarian method, with ones and zeros for costs).
 */
static bool find_place(struct matching *work, size_t mark)
{
    for (size_t i = 0; i < work->given->count; i++) {
        if (work->seen[i] ||
            !goes_with(work->reference, &work->right->item[mark],
                       work->given->item[i], work->begins_us))
            continue;
        work->seen[i] = true;
        if (work->taken_by[i] == 0 || find_place(work, work->taken_by[i] - 1)) {
            work->taken_by[i] = mark + 1;
            return true;
        }
    }
    return false;
}

static bool all_go_together(struct matching *work)
{
    size_t count = work->given->count;
    bool good = count == work->right->count;

    work->taken_by = xcalloc(count + 1, sizeof(*work->taken_by));
    work->seen = xcalloc(count + 1, sizeof(*work->seen));
    for (size_t i = 0; good && i < work->right->count; i++) {
        memset(work->seen, 0, count * sizeof(*work->seen));
        good = find_place(work, i);
    }
    free(work->taken_by);
    free(work->seen);
    return good;
}

bool reference_marks_match(const struct question *question,
                           const struct conduct_reference *reference,
                           const struct reference_given *given,
                           const char *value)
{
    static const struct track empty = { 0 };
    const struct tier *tier = tier_of(question, reference);
    struct reference_marks right;
    struct matching work = { .reference = reference,
                             .right = &right,
                             .begins_us = given->begins_us };
    bool good;

    if (!tier || !reference_marks_read(question, reference, value, &right))
        return false;
    work.given = track_tier(given->track ? given->track : &empty, tier->id);
    good = all_go_together(&work);
    reference_marks_release(&right);
    return good;
}
