/* cmd_adjudicate - how disagreement is settled, by rules and by a person. */
#include <config.h>

#include <stdlib.h>

#include "annotate/adjudicate.h"
#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/store/hearing.h"

#define AT(field) offsetof(struct adjudicate_options, field)

static const struct option_spec adjudicate_options[] = {
    WORKSPACE_PROJECT_OPTION(struct adjudicate_options),
    { .name = "as",
      .type = OPTION_TEXT,
      .arg = "alias",
      .offset = AT(as),
      .help = "who you are, in place of $MIEN_USER or your settings" },
    { .name = "auto",
      .letter = 'a',
      .type = OPTION_FLAG,
      .offset = AT(automatic),
      .help = "apply the protocol's chains of rules" },
    { .name = "early",
      .type = OPTION_FLAG,
      .offset = AT(early),
      .with = "auto",
      .help = "with --auto: settle also items whose judgements have not all "
              "come home" },
    { .name = "refit",
      .type = OPTION_FLAG,
      .offset = AT(refit),
      .with = "auto",
      .help = "with --auto: fit dawid-skene, mace and ewe anew, and list the "
              "labels that this turns over" },
    { .name = "list",
      .letter = 'l',
      .type = OPTION_FLAG,
      .offset = AT(list),
      .help = "list what is not settled, lowest agreement first" },
    { .name = "show",
      .type = OPTION_TEXT,
      .arg = "item",
      .offset = AT(show),
      .help = "print an item's answers, what the rules say, and its history" },
    { .name = "decide",
      .type = OPTION_TEXT,
      .arg = "item",
      .offset = AT(decide),
      .help = "decide: --decide item question value" },
    { .name = "take",
      .type = OPTION_TEXT,
      .arg = "what",
      .offset = AT(take),
      .with = "decide",
      .help = "with --decide, in place of a value: what A, B, ... of --show or "
              "a rule says" },
    { .name = "contest",
      .type = OPTION_TEXT,
      .arg = "item",
      .offset = AT(contest),
      .help = "challenge what was decided; it goes back to the queue" },
    { .name = "send-back",
      .type = OPTION_TEXT,
      .arg = "item",
      .offset = AT(send_back),
      .help = "hand the item out again to those who labelled it" },
    { .name = "undo",
      .type = OPTION_TEXT,
      .arg = "item",
      .offset = AT(undo),
      .help = "take back the last that you did to the item" },
    { .name = "why",
      .letter = 'w',
      .type = OPTION_TEXT,
      .arg = "text",
      .offset = AT(why),
      .help = "the reason, kept with the decision" },
    { .name = "question",
      .letter = 'q',
      .type = OPTION_TEXT,
      .arg = "id",
      .offset = AT(question),
      .help = "this question only" },
    { .name = "state",
      .type = OPTION_LIST,
      .arg = "state,...",
      .offset = AT(states),
      .help = "of these states: open, reopened, contested, sent-back, settled, "
              "all (default: all but settled)" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "what=v,...",
      .offset = AT(only),
      .help = "only cases whose speaker, item, question or rule is one of "
              "these; may be given more than once, all must hold" },
    { .name = "meeting",
      .type = OPTION_LIST,
      .arg = "alias,...",
      .offset = AT(meeting),
      .help = "the screen for several at once: each votes blind, then all is "
              "revealed and one decision is made" },
    { .name = "media",
      .type = OPTION_TEXT,
      .arg = "dir",
      .offset = AT(media),
      .help = "where the media lie now, when they were moved" },
    { .name = "keys",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = AT(keys),
      .help = "other keys, in place of ~/.config/mien/keys" },
    { .name = "ascii",
      .type = OPTION_FLAG,
      .offset = AT(ascii),
      .help = "draw with ASCII characters only" },
    { .name = "silent",
      .type = OPTION_FLAG,
      .offset = AT(silent),
      .help = "go on without sound, where the protocol allows it" },
    { .name = "script",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = AT(script),
      .help = "take the input from a file (-: stdin); needs --headless" },
    { .name = "headless",
      .type = OPTION_TEXT,
      .arg = "WxH",
      .offset = AT(headless),
      .help = "a screen of this size without a terminal; needs --script" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = AT(format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    OPTION_END
};

static bool usage(struct error *err, const char *text)
{
    return error_set(err, ERROR_USAGE, "%s", text);
}

/* One person's second vote would be no vote. */
static bool check_meeting(const struct text_list *meeting, struct error *err)
{
    if (meeting->count == 1)
        return usage(err, "--meeting: name two people or more, such as "
                          "--meeting zoe,yara; alone, use --as");
    for (size_t i = 0; i < meeting->count; i++)
        for (size_t k = 0; k < i; k++)
            if (text_equal(meeting->item[i], meeting->item[k]))
                return error_set(err, ERROR_USAGE,
                                 "--meeting: \"%s\" stands in it twice; each "
                                 "has one vote",
                                 meeting->item[i]);
    return true;
}

static bool check(const struct adjudicate_options *options, int argc,
                  struct error *err)
{
    int modes = options->automatic + options->list + (options->show != NULL) +
                (options->decide != NULL) + (options->contest != NULL) +
                (options->undo != NULL) + (options->send_back != NULL);

    if (modes > 1)
        return usage(err, "one of --auto, --list, --show, --decide, --contest, "
                          "--send-back, --undo; none: the screen");
    if (modes == 1 &&
        (options->script || options->headless || options->meeting.count > 0))
        return usage(err, "--script, --headless and --meeting are of the "
                          "screen");
    if (options->take && !options->decide)
        return usage(err, "--take goes with --decide");
    if (argc != (options->take ? 1 : options->decide ? 2 : 0))
        return usage(err, options->take ? "--decide with --take takes an item "
                                          "and a question"
                          : options->decide
                              ? "--decide takes an item, a question and a value"
                              : "only --decide takes words after it");
    if ((options->early || options->refit) && !options->automatic)
        return usage(err, "--early and --refit go with --auto");
    return check_meeting(&options->meeting, err);
}

/* Who acts; the only alias that is read. */
static bool identify(struct project *project,
                     const struct adjudicate_options *options,
                     struct adjudicator *who, struct error *err)
{
    if (options->automatic || options->list || options->show ||
        options->meeting.count > 0)
        return true;
    who->alias = workspace_alias(options->as, project_folder(project), err);
    if (!who->alias)
        return false;
    who->rater = project_rater(project, who->alias, err);
    return who->rater >= 0;
}

static bool run_auto(struct docket *docket,
                     const struct adjudicate_options *options, struct buf *out,
                     struct error *err)
{
    struct auto_settings settings = { .early = options->early,
                                      .refit = options->refit };
    struct auto_report report;
    bool good = docket_auto(docket, &settings, &report, err);

    for (size_t i = 0; good && i < report.notes.count; i++)
        log_notice("%s", report.notes.item[i]);
    if (good)
        adjudicate_put_report(docket, &report,
                              (enum output_format)options->format, out);
    auto_report_release(&report);
    return good;
}

static bool decide(struct docket *docket, const struct adjudicator *who,
                   const struct adjudicate_options *options, char **argv,
                   struct error *err)
{
    const struct docket_case *it =
        docket_find(docket, options->decide, argv[0], err);
    char *taken = NULL;
    bool good = it != NULL;

    if (good && options->take) {
        taken = docket_taken(docket, it, options->take, err);
        good = taken != NULL;
    }
    good = good && adjudicate_decide(docket, who, it, taken ? taken : argv[1],
                                     options->why, err);
    free(taken);
    return good;
}

/* Each of the item's questions; then it is handed out. */
static bool send_back(struct docket *docket, const struct adjudicator *who,
                      const struct adjudicate_options *options,
                      struct error *err)
{
    struct queue_report report = { 0 };
    int64_t item = 0;
    bool good = docket_knows(docket, options->send_back, err);

    for (size_t i = 0; good && i < docket->count; i++) {
        const struct docket_case *it = &docket->item[i];

        if (!text_equal(it->item_id, options->send_back) ||
            (options->question &&
             !text_equal(options->question, docket_question(docket, it)->id)))
            continue;
        item = it->item;
        good = adjudicate_send_back(docket, who, it, options->why, err);
    }
    good = good && project_blind(docket->project, false, err) &&
           hearing_send_back(docket->project, &item, 1, &report, err);
    queue_report_release(&report);
    return good;
}

/* Alone, or as a meeting of those named; who they are is read before. */
static bool sit_down(struct docket *docket, const struct adjudicator *who,
                     const struct adjudicate_options *options,
                     struct error *err)
{
    size_t count = options->meeting.count;
    struct adjudicator *member = xcalloc(count + 1, sizeof(*member));
    bool good = project_blind(docket->project, false, err);

    member[0] = *who;
    for (size_t i = 0; good && i < count; i++) {
        member[i].alias = options->meeting.item[i];
        member[i].rater = project_rater(docket->project, member[i].alias, err);
        good = member[i].rater >= 0;
    }
    good =
        good && project_blind(docket->project, true, err) &&
        adjudicate_screen(docket, member, count > 0 ? count : 1, options, err);
    free(member);
    return good;
}

static bool act(struct docket *docket, const struct adjudicator *who,
                const struct adjudicate_options *options, char **argv,
                struct error *err)
{
    struct buf out = { 0 };
    bool good;

    if (options->automatic)
        good = run_auto(docket, options, &out, err);
    else if (options->list)
        good = adjudicate_list(docket, options, &out, err);
    else if (options->show)
        good = adjudicate_show(docket, options, &out, err);
    else if (options->decide)
        good = decide(docket, who, options, argv, err);
    else if (options->send_back)
        good = send_back(docket, who, options, err);
    else if (!options->contest && !options->undo)
        good = sit_down(docket, who, options, err);
    else if (options->contest)
        good = adjudicate_contest(docket, who, options->contest,
                                  options->question, options->why, err);
    else
        good =
            adjudicate_undo(docket, who, options->undo, options->question, err);
    good = good && output_write(&out, err);
    buf_release(&out);
    return good;
}

static int cmd_adjudicate(void *context, int argc, char **argv,
                          struct error *err)
{
    const struct adjudicate_options *options = context;
    struct adjudicator who = { 0 };
    struct docket docket = { 0 };
    struct docket_experts experts = { 0 };
    struct project *project = NULL;
    bool damaged = false;

    if (!check(options, argc, err))
        return 0;
    interrupt_install();
    project = workspace_open(options->project, true, err);
    if (project && home_collect(project, &damaged, err) &&
        identify(project, options, &who, err) &&
        docket_experts_find(project, &experts, err) &&
        project_blind(project, true, err)) {
        if (docket_open(&docket, project, &experts, err) &&
            docket_can_settle(&docket, options->question, err))
            act(&docket, &who, options, argv, err);
        project = NULL; /* the docket's */
    }
    docket_release(&docket);
    docket_experts_release(&experts);
    free(who.alias);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_adjudicate_entry = {
    .name = "adjudicate",
    .group = "Results",
    .synopsis = "[options] [question [value]]",
    .summary = "settle disagreement, by the protocol's rules and by a person",
    .options = adjudicate_options,
    .settings_size = sizeof(struct adjudicate_options),
    .run = cmd_adjudicate,
};
