/*
 * cv_warn - what a reader of cross-validated scores must know.
 *
 * One sentence a finding, the same in run.json and on stderr.
 */
#include <config.h>

#include "eval/valid/cv_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/buf.h"
#include "common/base/mem.h"

static void warn(struct cv_result *result, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void warn(struct cv_result *result, const char *format, ...)
{
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    text_list_add(&result->warnings, text);
}

/* A class without training items: none of its items can be recognised. */
static void warn_lacking(const struct design *design, struct cv_result *result)
{
    for (size_t i = 0; i < result->split.folds; i++) {
        const struct cv_fold *fold = &result->fold[i];
        struct buf names = { 0 };

        if (fold->lacking == 0)
            continue;
        for (size_t k = 0; k < design->classes.count; k++)
            if (fold->lacks[k])
                buf_addf(&names, "%s%s", names.length ? ", " : "",
                         design->classes.item[k]);
        warn(result,
             "fold \"%s\": its training part has no item of %s; what is "
             "tested of it cannot be recognised",
             fold->name, buf_text(&names));
        buf_release(&names);
    }
}

static void warn_shared(const struct cv_settings *settings,
                        struct cv_result *result)
{
    const struct design *design = settings->setup.design;
    size_t most = 0;
    size_t folds = 0;

    if (!design->speaker) {
        warn(result,
             "the corpus table has no column \"speaker\": whether the folds "
             "are speaker-independent is unknown");
        return;
    }
    for (size_t i = 0; i < result->split.folds; i++) {
        folds += result->fold[i].shared_speakers > 0;
        if (result->fold[i].shared_speakers > most)
            most = result->fold[i].shared_speakers;
    }
    if (folds)
        warn(result,
             "not speaker-independent: %zu of %zu folds test speakers that "
             "were in training too (up to %zu of %zu speakers)",
             folds, result->split.folds, most, design->speakers.count);
}

static void warn_items(const struct design *design, struct cv_result *result)
{
    if (design->without_target)
        warn(result, "%zu of %zu items have no target and are left out",
             design->without_target, design->asked);
    if (design->wordless)
        warn(result, "%zu items have no words and are left out",
             design->wordless);
    for (size_t m = 0; m < design->modalities; m++) {
        const struct design_modality *modality = &design->modality[m];

        if (modality->absent)
            warn(result,
                 "%zu of %zu items have no features in \"%s\" and are left "
                 "out",
                 modality->absent, design->asked - design->without_target,
                 modality->name);
        if (modality->foreign)
            warn(result,
                 "%zu of %zu rows of \"%s\" are about items that the corpus "
                 "table does not have",
                 modality->foreign, modality->rows, modality->name);
    }
}

static void warn_enrolment(const struct cv_settings *settings,
                           struct cv_result *result)
{
    size_t bare = 0;

    for (size_t i = 0; i < result->split.folds; i++) {
        const struct cv_fold *fold = &result->fold[i];

        if (fold->bare_speakers > bare)
            bare = fold->bare_speakers;
        if (fold->enrolled == fold->test)
            warn(result,
                 "fold \"%s\": all of its items are spent on enrolment; "
                 "nothing of it is scored",
                 fold->name);
    }
    if (bare)
        warn(result,
             "%zu of %zu %s have nothing to enrol with and are normalised "
             "as the training items are",
             bare, design_owners(settings->setup.design),
             settings->setup.design->owner ? "values of --normalize-by"
                                           : "speakers");
}

static void warn_search(struct cv_result *result)
{
    for (size_t i = 0; i < result->split.folds; i++)
        if (result->fold[i].tuned.lone)
            warn(result,
                 "fold \"%s\": in %zu of %zu inner folds training has one "
                 "class alone; the choice of parameters rests on the others",
                 result->fold[i].name, result->fold[i].tuned.lone,
                 result->fold[i].tuned.folds);
}

static void warn_columns(const struct design *design, struct cv_result *result)
{
    size_t empty = 0;

    for (size_t i = 0; i < result->split.folds; i++)
        if (result->fold[i].empty_columns > empty)
            empty = result->fold[i].empty_columns;
    if (empty)
        warn(result,
             "up to %zu of %zu features have no value at all in the training "
             "part of a fold and do not count there",
             empty, design->features.columns);
}

void cv_warn(const struct cv_settings *settings, struct cv_result *result)
{
    const struct design *design = settings->setup.design;

    warn_items(design, result);
    warn_shared(settings, result);
    warn_lacking(design, result);
    warn_search(result);
    warn_enrolment(settings, result);
    warn_columns(design, result);
}
