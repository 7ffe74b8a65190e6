/*
 * draw_court - cases of the conflict workbench as its screen shows them:
 *
 *     draw_court segments|trace|choice WIDTHxHEIGHT [--ascii]
 *
 * The case is made here: in a project the letters of annotators are drawn by
 * chance.
 */
#include <config.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/app/update.h"
#include "annotate/view/view.h"

enum { LENGTH_US = 8000000, POINTS = 79 };

static const char protocol_text[] =
    "{\"mien\": 1, \"name\": \"calls\", \"version\": \"1.0\","
    " \"title\": \"Calls\", \"instructions\": \"Listen.\", \"questions\": ["
    "{\"id\": \"talk\", \"type\": \"segments\", \"text\": \"Who?\","
    " \"tiers\": [{\"id\": \"speech\", \"label\": \"Speech\", \"options\": ["
    "   {\"value\": \"woman\", \"key\": \"w\"},"
    "   {\"value\": \"man\", \"key\": \"m\"}]},"
    "  {\"id\": \"breath\", \"label\": \"Breaths\", \"kind\": \"point\"}],"
    " \"adjudication\": [{\"rule\": \"majority\"},"
    "                    {\"rule\": \"adjudicator\"}]},"
    "{\"id\": \"felt\", \"type\": \"trace\", \"measure\": \"interval\","
    " \"text\": \"How pleasant?\", \"dimensions\": [{\"id\": \"valence\","
    "   \"label\": \"Valence\", \"min\": -1, \"max\": 1, \"low\": \"bad\","
    "   \"high\": \"good\"}],"
    " \"adjudication\": [{\"rule\": \"ewe\"}, {\"rule\": \"adjudicator\"}]},"
    "{\"id\": \"mood\", \"type\": \"choice\", \"text\": \"Which?\","
    " \"options\": [{\"value\": \"anger\", \"key\": \"a\"},"
    "   {\"value\": \"fear\", \"key\": \"f\"}],"
    " \"adjudication\": [{\"rule\": \"unanimous\"},"
    "                    {\"rule\": \"adjudicator\"}]}]}";

static struct court_bar bars[4][4] = {
    { { 0, 900000, 2600000, "woman" },
      { 0, 3000000, 6400000, "man" },
      { 1, 2700000, 2700000, "" } },
    { { 0, 1000000, 2500000, "woman" },
      { 0, 3100000, 6900000, "man" },
      { 1, 2800000, 2800000, "" },
      { 1, 7200000, 7200000, "" } },
    { { 0, 800000, 6500000, "woman" } },
    { { 0, 950000, 2550000, "woman" },
      { 0, 3050000, 6650000, "man" },
      { 1, 2750000, 2750000, "" } },
};
static const struct court_figure marks[] = {
    { .bar = bars[0], .bars = 3 },
    { .bar = bars[1], .bars = 4 },
    { .bar = bars[2], .bars = 1 },
    { .bar = bars[3], .bars = 3 },
};

static double value[4][POINTS];
static const struct court_figure traces[] = {
    { .dimensions = 1, .points = POINTS, .step = 0.1, .value = { value[0] } },
    { .dimensions = 1, .points = POINTS, .step = 0.1, .value = { value[1] } },
    { .dimensions = 1, .points = POINTS, .step = 0.1, .value = { value[2] } },
    { .dimensions = 1, .points = POINTS, .step = 0.1, .value = { value[3] } },
};

/* Three follow a wave 0.3, 0 and -0.3 s late; the fourth is their fusion. */
static void draw_waves(void)
{
    for (int k = 0; k < POINTS; k++)
        for (int r = 0; r < 4; r++) {
            double late = r < 3 ? 0.3 * (1 - r) : 0;

            value[r][k] = 0.8 * sin(0.1 * k - late) +
                          (r == 3 ? 0 : 0.1 * (r - 1) * cos(0.25 * k));
        }
}

static struct court_voice voice[] = {
    { .name = "A", .beside = "heard once, 21.4 s in all" },
    { .name = "B", .beside = "heard 2 times, 33.0 s in all; note: noisy" },
    { .name = "C", .beside = "heard once, 12.9 s in all" },
};
static struct court_opinion opinion[] = {
    { .settled = true },
    { .rule = "adjudicator",
      .value = "",
      .why = "a person decides",
      .settled = true },
};
static const char *choice[4], *from[4];
static const char *past[] = { "decision-contested, by ben; it drops" };
static struct court_question asked = {
    .state = "contested",
    .voice = voice,
    .voices = 3,
    .opinion = opinion,
    .opinions = 2,
    .history = past,
    .past = 1,
    .choice = choice,
    .brief = choice,
    .from = from,
    .choices = 4,
    .own = 0,
};
static const struct court_case shown = { &asked, 1 };

static void say(const char *yours, const char *a, const char *b, const char *c,
                const char *rule, const char *why)
{
    choice[0] = opinion[0].value = yours;
    voice[0].value = choice[1] = a;
    voice[1].value = choice[2] = b;
    voice[2].value = choice[3] = c;
    opinion[0].rule = from[0] = rule;
    opinion[0].why = why;
    from[1] = "A";
    from[2] = "B";
    from[3] = "C";
}

static void make_segments(void)
{
    say("3 marks: woman 0.95 to 2.55 s, man 3.05 to 6.65 s, 2.75 s",
        "3 marks: woman 0.90 to 2.60 s, man 3.00 to 6.40 s, 2.70 s",
        "4 marks: woman 1.00 to 2.50 s, man 3.10 to 6.90 s, 2.80 s, 7.20 s",
        "1 mark: woman 0.80 to 6.50 s", "majority",
        "3 marks that most of 3 have, borders at the median; 2 of few are "
        "left out");
    for (int v = 0; v < 3; v++)
        voice[v].figure = &marks[v];
    opinion[0].figure = asked.own_figure = &marks[3];
    asked.id = "talk";
}

static void make_trace(void)
{
    draw_waves();
    say("0.0 to 7.8 s: valence -0.78 to 0.80, mean 0.10",
        "0.0 to 7.8 s: valence -0.86 to 0.81, mean 0.07",
        "0.0 to 7.8 s: valence -0.80 to 0.80, mean 0.10",
        "0.0 to 7.8 s: valence -0.79 to 0.88, mean 0.13", "ewe",
        "3 traces fused after lags of -0.30 to 0.30 s, weighted by fit "
        "3f209744694c; standard deviation 0.04 in the mean");
    for (int v = 0; v < 3; v++) {
        voice[v].figure = &traces[v];
        voice[v].lag[0] = 0.3 * (1 - v);
    }
    opinion[0].figure = &traces[3];
    asked.own_figure = NULL;
    asked.id = "felt";
    asked.number = 1;
}

static void make_choice(void)
{
    say("fear", "anger", "fear", "anger", "unanimous", "2 of 3 say anger");
    opinion[0].value = "";
    opinion[0].settled = false;
    from[0] = "B";
    from[1] = "A C";
    asked.choices = 2;
    asked.id = "mood";
    asked.number = 2;
    asked.decided = "fear";
    asked.past = 0;
}

static void draw(struct model *model, int width, int height, bool ascii)
{
    struct screen screen;
    struct buf out = { 0 };

    model->width = width;
    model->height = height;
    timeline_reset(&model->timeline, 0, LENGTH_US);
    timeline_resize(&model->timeline, width - 2);
    model->playback.medium = MEDIUM_READY;
    model->playback.to_us = LENGTH_US;
    model->playback.position_us = 3600000;
    model->page = PAGE_COURT;
    model->adjudicates = true;
    model->court = &shown;
    screen_init(&screen, width, height, ascii);
    view_draw(model, &screen);
    screen_dump(&screen, &out);
    fputs(buf_text(&out), stdout);
    buf_release(&out);
    screen_release(&screen);
}

int main(int argc, char **argv)
{
    static const struct model_entry entry = { .id = "e1", .has_medium = true };
    struct protocol *protocol;
    struct keymap keymap;
    struct model model;
    struct error err;
    int width, height;

    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc < 3 || sscanf(argv[2], "%dx%d", &width, &height) != 2)
        return 2;
    if (strcmp(argv[1], "segments") == 0)
        make_segments();
    else if (strcmp(argv[1], "trace") == 0)
        make_trace();
    else
        make_choice();
    protocol =
        protocol_parse(protocol_text, strlen(protocol_text), "calls", &err);
    if (!protocol) {
        fprintf(stderr, "%s\n", err.text);
        return 3;
    }
    keymap_defaults(&keymap);
    model_init(&model, protocol, &keymap, &entry, 1);
    draw(&model, width, height, argc > 3);
    model_release(&model);
    keymap_release(&keymap);
    protocol_free(protocol);
    return 0;
}
