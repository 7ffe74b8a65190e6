/*
 * replay - a session played back from the journal.
 */
#include <config.h>

#include "annotate/replay.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/media/reader_pair.h"
#include "common/study/event_segment.h"
#include "common/study/session.h"

static bool keep_event(void *context, const struct event *event,
                       struct error *err)
{
    struct replay *replay = context;
    struct replay_event kept = { .event = *event };
    const struct replay_event *last =
        replay->count ? &replay->item[replay->count - 1] : NULL;
    size_t entry = fold_find(&replay->model.fold, event->entry);

    (void)err;
    kept.event.name = xstrdup(event->name);
    kept.event.entry = xstrdup(event->entry);
    kept.event.payload = event->payload ? xstrdup(event->payload) : NULL;
    if (!last)
        replay->sessions = 1;
    else if (memcmp(last->event.session, event->session,
                    sizeof(event->session)) != 0)
        replay->sessions++;
    kept.session = replay->sessions - 1;
    if (entry < replay->model.count &&
        event->media_us > replay->length_us[entry])
        replay->length_us[entry] = event->media_us;
    if (entry < replay->model.count && event->kind == EVENT_PLAY &&
        replay->entries[entry].pair)
        event_read_pair(event->payload, &replay->second_us[entry],
                        &replay->length_us[entry]);
    VEC_PUSH(replay, kept);
    return true;
}

static void list_entries(struct replay *replay, const char *language)
{
    const struct conduct *conduct = &replay->protocol->conduct;
    size_t count = bundle_count(replay->bundle);

    replay->about = xcalloc(count + 1, sizeof(*replay->about));
    replay->entries = xcalloc(count + 1, sizeof(*replay->entries));
    replay->length_us = xcalloc(count + 1, sizeof(*replay->length_us));
    replay->second_us = xcalloc(count + 1, sizeof(*replay->second_us));
    for (size_t i = 0; i < count; i++) {
        const struct bundle_entry *entry = bundle_entry(replay->bundle, i);

        replay->entries[i] = (struct model_entry){
            .id = entry->id,
            .text = entry->text,
            .context = entry->context,
            .speaker = entry->speaker,
            .has_medium = entry->has_medium,
            .pair = entry->pair,
            .second_text = entry->second.text,
            .second_speaker = entry->second.speaker,
            .erased = entry->erased,
        };
        replay->about[i].practice = entry->practice;
        replay->about[i].same = entry->same;
        replay->about[i].turned = entry->turned;
        if (entry->asks >= 0 && (size_t)entry->asks < conduct->check_count)
            replay->about[i].check = &conduct->check[entry->asks];
        if (replay->about[i].check && replay->about[i].check->text.count > 0)
            replay->entries[i].text =
                localized_pick(&replay->about[i].check->text, language);
        replay->length_us[i] = entry->pair ? -1 : entry->end_us;
    }
}

bool replay_open(struct replay *replay, const char *path, const char *language,
                 struct error *err)
{
    const char *text;

    memset(replay, 0, sizeof(*replay));
    replay->bundle = bundle_open(path, BUNDLE_READ, err);
    if (!replay->bundle)
        return false;
    text = bundle_protocol(replay->bundle);
    replay->protocol = protocol_parse(text, strlen(text), "protocol", err);
    if (!replay->protocol) {
        error_prefix(err, "%s", path);
        goto failed;
    }
    list_entries(replay, language);
    keymap_defaults(&replay->keymap);
    model_init(&replay->model, replay->protocol, &replay->keymap,
               replay->entries, bundle_count(replay->bundle));
    replay->model.language = language;
    replay->model.about = replay->about;
    if (!bundle_events(replay->bundle, keep_event, replay, err))
        goto failed;
    replay_seek(replay, 0);
    return true;

failed:
    replay_close(replay);
    return false;
}

void replay_close(struct replay *replay)
{
    for (size_t i = 0; i < replay->count; i++) {
        free((char *)replay->item[i].event.name);
        free((char *)replay->item[i].event.entry);
        free((char *)replay->item[i].event.payload);
    }
    free(replay->item);
    replay_trace_release(replay);
    if (replay->protocol)
        model_release(&replay->model);
    keymap_release(&replay->keymap);
    free(replay->entries);
    free(replay->about);
    free(replay->length_us);
    free(replay->second_us);
    protocol_free(replay->protocol);
    bundle_close(replay->bundle);
    memset(replay, 0, sizeof(*replay));
}

void replay_session(const struct replay *replay, size_t session, size_t *first,
                    size_t *end)
{
    *first = 0;
    while (*first < replay->count && replay->item[*first].session < session)
        ++*first;
    *end = *first;
    while (*end < replay->count && replay->item[*end].session == session)
        ++*end;
}

static void begin(struct replay *replay)
{
    const char **id = xcalloc(replay->model.count + 1, sizeof(*id));

    for (size_t i = 0; i < replay->model.count; i++)
        id[i] = replay->entries[i].id;
    fold_release(&replay->model.fold);
    fold_init(&replay->model.fold, id, replay->model.count);
    free(id);
    for (size_t i = 0; i < replay->model.count; i++) {
        const struct bundle_entry *entry = bundle_entry(replay->bundle, i);

        replay->model.fold.entry[i].withdrawn = entry->erased;
        replay->model.fold.entry[i].practice = entry->practice;
    }
    replay->at = 0;
}

/* The entry that stands open, and the question that was answered last. */
static void follow(struct replay *replay, const struct event *event)
{
    struct model *model = &replay->model;
    char *question = NULL;
    struct error err;

    if (model->fold.current < model->count)
        model->position = model->fold.current;
    if (!event->payload ||
        !event_read_text(event->payload, "question", &question, &err))
        return;
    for (size_t i = 0; question && i < model->protocol->question_count; i++)
        if (strcmp(model->protocol->question[i].id, question) == 0)
            model->question = i;
    free(question);
}

static void apply(struct replay *replay, const struct replay_event *kept)
{
    struct model *model = &replay->model;
    size_t before = model->position;

    fold_apply(&model->fold, &kept->event);
    follow(replay, &kept->event);
    if (model->position != before) {
        model->question = 0;
        model->playback.position_us = 0;
    }
    if (kept->event.media_us >= 0)
        model->playback.position_us = kept->event.media_us;
}

/* Where A ends and B begins, once it was played. */
static void set_sides(const struct replay *replay, struct playback *playback)
{
    int64_t second_us = replay->second_us[replay->model.position];
    bool known = second_us > READER_PAIR_GAP_US && second_us < playback->to_us;

    playback->second_us = known ? second_us : 0;
    playback->first_end_us = known ? second_us - READER_PAIR_GAP_US : 0;
}

static void set_sound(struct replay *replay)
{
    struct model *model = &replay->model;
    struct playback *playback = &model->playback;
    const struct bundle_entry *entry;

    if (model->count == 0)
        return;
    entry = bundle_entry(replay->bundle, model->position);
    playback->medium = entry->has_medium ? MEDIUM_READY : MEDIUM_NONE;
    playback->from_us = entry->pair ? 0 : entry->start_us;
    playback->to_us = replay->length_us[model->position];
    if (playback->to_us <= playback->from_us)
        playback->to_us = playback->from_us + 1;
    set_sides(replay, playback);
    if (playback->position_us < playback->from_us)
        playback->position_us = playback->from_us;
    playback->speed = 1;
    playback->volume = MODEL_VOLUME_STEPS;
    playback->playing = model->fold.playing;
    timeline_reset(&model->timeline, playback->from_us, playback->to_us);
}

void replay_seek(struct replay *replay, size_t at)
{
    struct model *model = &replay->model;
    struct buf line = { 0 };

    if (at > replay->count)
        at = replay->count;
    if (at < replay->at || replay->at == 0)
        begin(replay);
    model->page = model->count ? PAGE_ITEM : PAGE_DONE;
    model->cursor = -1;
    model->opened = true;
    while (replay->at < at)
        apply(replay, &replay->item[replay->at++]);
    if (model->question >= model->protocol->question_count)
        model->question = 0;
    if (model->position >= model->count)
        model->position = 0; /* nothing was opened yet */
    set_sound(replay);
    replay_trace(replay);
    if (at > 0)
        replay_describe(replay, at - 1, &line);
    model_say(model, TONE_PLAIN, "%s", buf_text(&line));
    buf_release(&line);
}

size_t replay_item(const struct replay *replay, size_t at, int direction,
                   size_t first, size_t end)
{
    const char *entry =
        at > 0 && at <= replay->count ? replay->item[at - 1].event.entry : "";

    for (;;) {
        if ((direction > 0 && at >= end) || (direction < 0 && at <= first + 1))
            return at;
        at += direction > 0 ? 1 : (size_t)-1;
        if (replay->item[at - 1].event.entry[0] &&
            strcmp(replay->item[at - 1].event.entry, entry) != 0)
            return at;
    }
}

static void add_clock(int64_t wall_us, struct buf *out)
{
    time_t seconds = (time_t)(wall_us / 1000000);
    struct tm tm;
    char text[16] = "";

    if (localtime_r(&seconds, &tm))
        strftime(text, sizeof(text), "%H:%M:%S", &tm);
    buf_addf(out, "%s.%03d", text, (int)(wall_us / 1000 % 1000));
}

static void add_answer(const struct event *event, struct buf *out)
{
    struct event_answer answer = { 0 };
    struct error err;
    char text[NUMBER_TEXT_SIZE];

    if (!event_read_answer(event->payload, &answer, &err))
        return;
    buf_addf(out, " %s =", answer.question);
    if (answer.kind == EVENT_VALUE_NUMBER || answer.kind == EVENT_VALUE_PAIR)
        buf_addf(out, " %s", number_format(answer.number, text));
    if (answer.kind == EVENT_VALUE_PAIR)
        buf_addf(out, ", %s", number_format(answer.rise, text));
    for (size_t i = 0; i < answer.values.count; i++)
        buf_addf(out, "%s%s", i ? ", " : " ", answer.values.item[i]);
    if (answer.has_intensity)
        buf_addf(out, ", how strong %s", number_format(answer.intensity, text));
    if (answer.text)
        buf_addf(out, ", \"%s\"", answer.text);
    event_answer_release(&answer);
}

/* "speech woman from 0.29 s to 1.2 s, intensity 3", as far as it was said. */
static void add_mark(const struct event *event, struct buf *out)
{
    struct event_segment it;
    struct error err;

    if (!event_read_segment(event->kind, event->payload, &it, &err))
        return;
    if (it.tier)
        buf_addf(out, " %s", it.tier);
    if (it.label)
        buf_addf(out, " %s", it.label[0] ? it.label : "without a label");
    if (it.has_from)
        buf_addf(out, " from %.3f s", (double)it.from_us / 1e6);
    if (it.has_to)
        buf_addf(out, " to %.3f s", (double)it.to_us / 1e6);
    if (it.has_at)
        buf_addf(out, " cut at %.3f s", (double)it.at_us / 1e6);
    if (it.note)
        buf_addf(out, " note \"%s\"", it.note);
    for (size_t i = 0; i < it.values.count; i++)
        buf_addf(out, " %s = %s", it.values.item[i].attribute,
                 it.values.item[i].value);
    event_segment_release(&it);
}

void replay_describe(const struct replay *replay, size_t index, struct buf *out)
{
    const struct event *event = &replay->item[index].event;
    size_t entry = fold_find(&replay->model.fold, event->entry);
    char text[NUMBER_TEXT_SIZE];

    add_clock(event->wall_us, out);
    if (entry < replay->model.count)
        buf_addf(out, "  item %zu", entry + 1);
    buf_addf(out, "  %s", event->name);
    if (event->media_us >= 0)
        buf_addf(out, " at %s", number_format_clock(event->media_us, text));
    if (!event->payload)
        buf_add_text(out, " (erased)");
    else if (event->kind == EVENT_ANSWER_SET)
        add_answer(event, out);
    else if (event_is_segment(event->kind))
        add_mark(event, out);
}
