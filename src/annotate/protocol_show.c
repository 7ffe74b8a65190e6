/* protocol_show - a protocol as text, in one language. */
#include <config.h>

#include "annotate/protocol_show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/utf8.h"

enum { INDENT = 17, WIDTH = 78 }; /* cells */

const char *protocol_show_language(const char *language)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; !language && i < 3; i++) {
        language = getenv(names[i]);
        if (language && !language[0])
            language = NULL;
    }
    return language ? language : "en";
}

/* Words from cell `column` on; later lines begin at `indent`. */
static void fold(const char *text, int column, int indent, struct buf *out)
{
    bool first = true;

    while (*text) {
        size_t length = strcspn(text, " \n");
        char *word = xstrndup(text, length);
        int width = utf8_width(word);

        if (!first && column + 1 + width > WIDTH) {
            buf_addf(out, "\n%*s", indent, "");
            column = indent;
        } else if (!first) {
            buf_add_char(out, ' ');
            column++;
        }
        buf_add_text(out, word);
        column += width;
        first = false;
        free(word);
        text += length;
        if (*text == '\n') {
            buf_addf(out, "\n%*s", indent, "");
            column = indent;
            first = true;
        }
        text += strspn(text, " \n");
    }
    buf_add_char(out, '\n');
}

void protocol_show_fact(const char *name, const char *text, struct buf *out)
{
    int width = utf8_width(name);

    if (!text[0])
        return;
    buf_addf(out, "%s%*s", name, width < INDENT ? INDENT - width : 1, "");
    fold(text, INDENT, INDENT, out);
}

void protocol_show_option(const struct question_option *option,
                          const char *language, struct buf *out)
{
    const char *label = localized_pick(&option->label, language);
    const char *help = localized_pick(&option->help, language);
    struct buf line = { 0 };

    buf_addf(out, "  %s  ", option->code ? option->key : " ");
    buf_add_text(&line, label);
    if (strcmp(option->value, label) != 0)
        buf_addf(&line, " [%s]", option->value);
    if (help[0])
        buf_addf(&line, ": %s", help);
    fold(buf_text(&line), 5, 7, out);
    buf_release(&line);
}

void protocol_show_scale(const struct scale *scale, const char *language,
                         struct buf *out)
{
    buf_addf(out, "%g to %g", scale->min, scale->max);
    if (scale->step != 1)
        buf_addf(out, " by %g", scale->step);
    for (size_t i = 0; i < scale_count(scale); i++) {
        const char *label = scale_label(scale, i, language);

        if (label[0])
            buf_addf(out, ", %g %s", scale_value(scale, i), label);
    }
    if (scale->figure[0])
        buf_addf(out, " (figure %s)", scale->figure);
}

static void show_grid(const struct question *question, const char *language,
                      struct buf *out)
{
    static const char *const names[CORNER_COUNT] = { "bottom left",
                                                     "bottom right", "top left",
                                                     "top right" };
    struct buf text = { 0 };

    protocol_show_scale(&question->scale, language, &text);
    protocol_show_fact("  x", buf_text(&text), out);
    buf_clear(&text);
    protocol_show_scale(&question->rise, language, &text);
    protocol_show_fact("  y", buf_text(&text), out);
    buf_clear(&text);
    for (size_t i = CORNER_COUNT; i-- > 0;) {
        if (question->corner[i].count > 0)
            buf_addf(&text, "%s%s %s", text.length ? ", " : "", names[i],
                     localized_pick(&question->corner[i], language));
    }
    protocol_show_fact("  corners", buf_text(&text), out);
    buf_release(&text);
}

static void show_rules(const struct question *question, struct buf *out)
{
    for (size_t i = 0; i < question->rule_count; i++) {
        const struct question_rule *rule = &question->rule[i];

        buf_addf(out, "%s%s", i > 0 ? ", then " : "",
                 rule_kind_names[rule->kind]);
        if (rule->min_share > 0)
            buf_addf(out, " (share at least %g)", rule->min_share);
        if (rule->min_posterior > 0)
            buf_addf(out, " (posterior at least %g)", rule->min_posterior);
        if (rule->max_spread > 0)
            buf_addf(out, " (spread at most %g)", rule->max_spread);
        if (rule->min_raters > 0)
            buf_addf(out, " (of at least %d)", rule->min_raters);
    }
}

static void show_question(const struct question *question, const char *language,
                          struct buf *out)
{
    struct buf text = { 0 };

    buf_addf(out, "\n%s (%s, %s%s%s)\n", question->id,
             question_type_names[question->type],
             question_measure_names[question->measure],
             question->many ? ", several at once" : "",
             question->required ? "" : ", may be left out");
    buf_add_text(out, "  ");
    fold(localized_pick(&question->text, language), 2, 2, out);
    if (question->help.count > 0) {
        buf_add_text(out, "  ");
        fold(localized_pick(&question->help, language), 2, 2, out);
    }
    for (size_t i = 0; i < question->option_count; i++)
        protocol_show_option(&question->option[i], language, out);
    protocol_show_tiers(question, language, out);
    if (question->type == QUESTION_GRID) {
        show_grid(question, language, out);
    } else if (question->has_scale) {
        protocol_show_scale(&question->scale, language, &text);
        protocol_show_fact(question->type == QUESTION_SCALE ? "  points"
                                                            : "  intensity",
                           buf_text(&text), out);
        buf_clear(&text);
    }
    if (question->agreement != PRIMARY_NONE) {
        buf_addf(&text, "%s", primary_coefficient_names[question->agreement]);
        if (!isnan(question->agreement_min))
            buf_addf(&text, ", at least %g", question->agreement_min);
        protocol_show_fact("  agreement", buf_text(&text), out);
        buf_clear(&text);
    }
    show_rules(question, &text);
    protocol_show_fact("  adjudication", buf_text(&text), out);
    buf_release(&text);
}

static void show_playback(const struct protocol_playback *playback,
                          struct buf *out)
{
    struct buf text = { 0 };

    if (playback->max_replays < 0)
        buf_add_text(&text, "as often as wanted");
    else
        buf_addf(&text, "%d replays", playback->max_replays);
    if (playback->must_hear_all)
        buf_add_text(&text, ", all must be heard");
    buf_add_text(&text, playback->silent ? ", also without sound" : "");
    buf_add_text(&text, ", speeds");
    for (size_t i = 0; i < playback->speed_count; i++)
        buf_addf(&text, " %g", playback->speed[i]);
    if (playback->gain == GAIN_SESSION)
        buf_addf(&text, ", gain %g dB for all items", playback->gain_value);
    else if (playback->gain == GAIN_LUFS)
        buf_addf(&text, ", each item at %g LUFS", playback->gain_value);
    else
        buf_add_text(&text, ", gain none");
    protocol_show_fact("playback", buf_text(&text), out);
    buf_release(&text);
}

static void show_rule(const struct pause_rule *rule, struct buf *out)
{
    switch (rule->kind) {
    case PAUSE_ATTENTION:
        buf_addf(out, "%d attention checks failed", rule->count);
        break;
    case PAUSE_CONSISTENCY:
        buf_addf(out, "less than %g %% of %d repeats the same", 100 * rule->min,
                 rule->count);
        break;
    case PAUSE_FAST:
        buf_addf(out, "%d items in a row within %g s each", rule->count,
                 rule->seconds);
        break;
    case PAUSE_PRACTICE:
        break; /* no rule of a file */
    }
    buf_add_text(out, rule->refuse ? " (the lead is asked)" : " (goes on)");
}

/* How the study is run, what there is of it. */
static void show_conduct(const struct conduct *conduct, struct buf *out)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < conduct->pause_count; i++) {
        buf_add_text(&text, i > 0 ? "; " : "");
        show_rule(&conduct->pause[i], &text);
    }
    if (text.length > 0)
        protocol_show_fact("pauses", buf_text(&text), out);
    buf_clear(&text);
    if (conduct->check_count > 0)
        buf_addf(&text, "a check after about %d entries", conduct->check_every);
    if (text.length > 0)
        protocol_show_fact("attention", buf_text(&text), out);
    buf_clear(&text);
    if (conduct->session_minutes > 0)
        buf_addf(&text, "%g minutes at most", conduct->session_minutes);
    if (conduct->day_minutes > 0)
        buf_addf(&text, "%s%g minutes in a day", text.length ? ", " : "",
                 conduct->day_minutes);
    if (text.length > 0)
        protocol_show_fact("session", buf_text(&text), out);
    buf_clear(&text);
    if (conduct->start.count + conduct->end.count > 0)
        buf_addf(&text, "%zu questions before, %zu after", conduct->start.count,
                 conduct->end.count);
    if (text.length > 0)
        protocol_show_fact("about annotators", buf_text(&text), out);
    buf_release(&text);
}

static void show_work(const struct protocol *protocol, struct buf *out)
{
    struct buf text = { 0 };

    buf_addf(&text, "%s, in %s order", protocol_unit_names[protocol->unit],
             protocol_order_names[protocol->order]);
    protocol_show_fact("unit", buf_text(&text), out);
    buf_clear(&text);
    for (size_t i = 0; protocol_show_names[i]; i++) {
        if (protocol->show & (1u << i))
            buf_addf(&text, "%s%s", text.length ? ", " : "",
                     protocol_show_names[i]);
    }
    protocol_show_fact("shown", text.length ? buf_text(&text) : "nothing", out);
    show_playback(&protocol->playback, out);
    buf_clear(&text);
    buf_addf(&text, "%s; %s; recorded: %s",
             protocol->advance == ADVANCE_LAST_ANSWER
                 ? "goes on after the last answer"
                 : "goes on by key",
             protocol->revise ? "may be revised" : "is not revised",
             protocol_record_names[protocol->record]);
    if (protocol->break_minutes > 0)
        buf_addf(&text, "; a break every %d minutes", protocol->break_minutes);
    if (protocol->conduct.break_items > 0)
        buf_addf(&text, "; a break every %d items",
                 protocol->conduct.break_items);
    if (protocol->practice > 0)
        buf_addf(&text, "; %d practice items", protocol->practice);
    if (protocol->gold_min > 0)
        buf_addf(&text, " (%g %% to pass)", 100 * protocol->gold_min);
    protocol_show_fact("work", buf_text(&text), out);
    buf_release(&text);
    show_conduct(&protocol->conduct, out);
}

static void show_reasons(const struct protocol *protocol, const char *language,
                         struct buf *out)
{
    buf_add_text(out, "\nreasons to skip\n");
    for (size_t i = 0; i < protocol->skip_count; i++)
        protocol_show_option(&protocol->skip[i], language, out);
}

void protocol_show(const struct protocol *protocol, const char *language,
                   struct buf *out)
{
    const struct {
        const char *name;
        const struct localized *text;
    } facts[] = {
        { "title", &protocol->title },
        { "description", &protocol->description },
        { "purpose", &protocol->purpose },
        { "content warning", &protocol->content_warning },
        { "consent", &protocol->consent },
        { "instructions", &protocol->instructions },
    };

    language = protocol_show_language(language);
    buf_addf(out, "%s %s\n", protocol->name, protocol->version);
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        protocol_show_fact(facts[i].name,
                           localized_pick(facts[i].text, language), out);
    protocol_show_fact("citation", protocol->citation, out);
    protocol_show_fact("licence", protocol->licence, out);
    protocol_show_fact("hash", protocol->hash_hex, out);
    show_work(protocol, out);
    for (size_t i = 0; i < protocol->question_count; i++)
        show_question(&protocol->question[i], language, out);
    show_reasons(protocol, language, out);
}
