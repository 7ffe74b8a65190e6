/*
 * fuzz_fits - frozen fits, as a project keeps them: the first line is what a
 * fit knows of all, each other line what it knows of one annotator, who are
 * called 1, 2, ...  What is read is written as the same, and can be applied to
 * answers.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/study/settle.h"
#include "fuzz.h"

enum { LINES = 8, RATERS = 3, POINTS = 20 };

static const char *const words[] = {
    "\"categories\":[",
    "\"dimensions\":",
    "\"items\":",
    "\"prior\":[",
    "\"question\":",
    "\"ratings\":",
    "\"rule\":",
    "\"dawid-skene\"",
    "\"mace\"",
    "\"ewe\"",
    "\"confusion\":[",
    "\"strategy\":[",
    "\"weight\":",
    "\"weights\":[",
    "\"lags\":[",
    "null",
    "1e308",
    "-1",
    "9007199254740992",
    NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    static const char *const text[] = {
        "{\"categories\":[\"1\",\"2\"],\"items\":4,\"prior\":[0.5,0.5],"
        "\"question\":\"q\",\"ratings\":8,\"rule\":\"dawid-skene\"}\n"
        "{\"confusion\":[0.9,0.1,0.2,0.8],\"weight\":0.85}\n"
        "{\"confusion\":[1,0,0,1],\"weight\":1}\n",
        "{\"categories\":[\"1\",\"2\",\"3\"],\"items\":4,\"question\":\"q\","
        "\"ratings\":8,\"rule\":\"mace\"}\n"
        "{\"strategy\":[0.5,0.25,0.25],\"weight\":0.9}\n"
        "{\"strategy\":[1,0,0],\"weight\":0}\n",
        "{\"categories\":[\"1\",\"2\"],\"items\":4,\"question\":\"q\","
        "\"ratings\":8,\"rule\":\"ewe\"}\n{\"weight\":0.9}\n{\"weight\":0}\n",
        "{\"categories\":[],\"dimensions\":2,\"items\":4,\"question\":\"q\","
        "\"ratings\":8,\"rule\":\"ewe\"}\n"
        "{\"lags\":[-0.2,0.1],\"weight\":0.9,\"weights\":[0.9,0.3]}\n"
        "{\"lags\":[0.2,-0.1],\"weight\":0.8,\"weights\":[0.8,0]}\n",
        "{\"categories\":[],\"dimensions\":1,\"items\":4,\"question\":\"q\","
        "\"ratings\":8,\"rule\":\"ewe\"}\n"
        "{\"lags\":[-0.2],\"weight\":0.9,\"weights\":[0.9]}\n"
        "{\"lags\":[0.2],\"weight\":0.8,\"weights\":[0.8]}\n",
        "{\"categories\":[],\"dimensions\":2,\"items\":4,\"question\":\"q\","
        "\"ratings\":8,\"rule\":\"ewe\"}\n"
        "{\"weight\":0.9,\"weights\":[0.9,0.3]}\n"
        "{\"weight\":0.8,\"weights\":[0.8,0]}\n",
    };

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
        fuzz_give_text(give, context, -1, text[i]);
}

/* --- answers to apply it to ----------------------------------------------- */

static const struct question choice = { .id = "q", .type = QUESTION_CHOICE };
static const struct question grid = { .id = "q", .type = QUESTION_GRID };

static const struct ratings *answers(void)
{
    static struct ratings *ratings;
    static const char *const value[RATERS] = { "1", "2", "3" };
    struct text_list declared = { 0 };
    struct ratings_builder *builder;

    if (ratings)
        return ratings;
    for (int i = 0; i < RATERS; i++)
        text_list_add(&declared, value[i]);
    builder = ratings_builder_new(&declared);
    for (int r = 0; r < RATERS; r++)
        if (!ratings_builder_add(builder, ratings_builder_item(builder, "i"),
                                 ratings_builder_rater(builder, value[r]),
                                 value[r]))
            abort();
    ratings = ratings_builder_finish(builder);
    text_list_release(&declared);
    return ratings;
}

static void told(struct settlement *said)
{
    fuzz_must(said->why[0] != '\0');
    fuzz_must(!said->settled || said->value[0] != '\0');
    fuzz_must(isnan(said->share) || (said->share >= 0 && said->share <= 1));
    settlement_release(said);
}

/* Traces of one or two dimensions, and points of a grid. */
static void apply_to_voices(const struct fit *fit,
                            const struct question_rule *rule)
{
    static const char *const name[RATERS] = { "1", "2", "3" };
    static double time[POINTS], value[RATERS][2][POINTS];
    struct curve trace[RATERS][2];
    struct settle_voice voice[RATERS] = { 0 };
    struct settle_case it = { voice, RATERS };
    struct settlement said;

    for (int r = 0; r < RATERS; r++) {
        voice[r] = (struct settle_voice){
            .rater = name[r], .x = r, .y = -r, .trace = trace[r]
        };
        for (int d = 0; d < 2; d++) {
            trace[r][d] = (struct curve){ time, value[r][d], POINTS };
            for (int k = 0; k < POINTS; k++) {
                time[k] = 0.1 * k;
                value[r][d][k] = sin(0.3 * k + r + d);
            }
        }
    }
    for (int dimensions = 1; dimensions <= 2; dimensions++) {
        struct question_trace traced = { .count = (size_t)dimensions };
        const struct question felt = { .id = "q",
                                       .type = QUESTION_TRACE,
                                       .trace = &traced };

        settle_voices(&felt, rule, &it, fit, &said);
        told(&said);
    }
    settle_voices(&grid, rule, &it, fit, &said);
    told(&said);
}

static void apply(const struct fit *fit)
{
    const struct question_rule rule = { .kind = fit->kind,
                                        .min_posterior = 0.4 };
    struct settlement said;

    if (!settle_needs_fit(fit->kind))
        return;
    if (fit->dimensions > 0) {
        apply_to_voices(fit, &rule);
        return;
    }
    settle_rule(&choice, &rule, answers(), 0, fit, &said);
    told(&said);
}

/* --- reading ---------------------------------------------------------------
 */

static void same_again(const struct fit *fit, struct arena *arena)
{
    struct buf text = { 0 }, again = { 0 };
    struct error err = { 0 };
    struct fit *back;

    fit_write(fit, SIZE_MAX, &text);
    back = fit_read("x", buf_text(&text), arena, &err);
    fuzz_answered(back != NULL, &err, NULL);
    fuzz_must(back);
    for (size_t i = 0; i <= fit->raters; i++) {
        buf_clear(&text);
        buf_clear(&again);
        fit_write(fit, i == 0 ? SIZE_MAX : i - 1, &text);
        if (i > 0)
            fuzz_must(fit_read_rater(back, fit->rater[i - 1].rater,
                                     buf_text(&text), arena, &err));
        fit_write(back, i == 0 ? SIZE_MAX : i - 1, &again);
        fuzz_must(strcmp(buf_text(&text), buf_text(&again)) == 0);
    }
    buf_release(&text);
    buf_release(&again);
}

static void one(const uint8_t *bytes, size_t length)
{
    char *text = fuzz_text(bytes, length), *line, *rest = text;
    struct arena arena = { 0 };
    struct error err = { 0 };
    struct fit *fit;
    bool good = true;

    line = strsep(&rest, "\n");
    fit = fit_read("f", line, &arena, &err);
    fuzz_answered(fit != NULL, &err, NULL);
    for (int i = 1; fit && good && i < LINES; i++) {
        char name[16];

        line = strsep(&rest, "\n");
        if (!line || !*line)
            break;
        snprintf(name, sizeof(name), "%d", i);
        good = fit_read_rater(fit, name, line, &arena, &err);
        fuzz_answered(good, &err, NULL);
    }
    if (fit && good) {
        same_again(fit, &arena);
        apply(fit);
    }
    arena_release(&arena);
    free(text);
}

const struct fuzz_target fuzz_target = {
    .name = "fits",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 2048,
    .runs = 3000,
};
