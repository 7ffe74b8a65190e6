/*
 * count_answers - how many answers a bundle's journal holds; fails when its
 * chain does not verify.
 *
 *     count_answers FILE.mien
 */
#include <config.h>

#include <stdio.h>

#include "common/store/bundle.h"

static bool count(void *context, const struct event *event, struct error *err)
{
    size_t *answers = context;

    (void)err;
    *answers += event->kind == EVENT_ANSWER_SET;
    return true;
}

int main(int argc, char **argv)
{
    struct bundle *bundle;
    struct error err;
    size_t answers = 0;

    if (argc != 2)
        return 2;
    bundle = bundle_open(argv[1], BUNDLE_WORK, &err);
    if (!bundle || !bundle_events(bundle, count, &answers, &err)) {
        fprintf(stderr, "count_answers: %s\n", err.text);
        bundle_close(bundle);
        return 1;
    }
    bundle_close(bundle);
    printf("%zu\n", answers);
    return 0;
}
