/*
 * bench - the workbench at work: messages in, effects out.
 */
#include <config.h>

#include "annotate/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/app/update.h"
#include "annotate/bench_court.h"
#include "annotate/bench_internal.h"
#include "annotate/view/view.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/hash.h"
#include "common/media/ffmpeg.h"
#include "common/study/event_timing.h"

int64_t bench_now_us(const struct bench *bench)
{
    return bench->player ? player_now_us(bench->player) : bundle_mono_us();
}

bool bench_is_tracing(const struct bench *bench)
{
    return bench->model.trace.armed;
}

bool bench_is_live(const struct bench *bench)
{
    return bench->model.playback.playing ||
           bench->model.playback.medium == MEDIUM_LOADING ||
           bench->model.playback.medium == MEDIUM_CHECKING;
}

static void list_entries(struct bench *bench)
{
    size_t count = bundle_count(bench->bundle);

    bench->entries = xcalloc(count ? count : 1, sizeof(*bench->entries));
    for (size_t i = 0; i < count; i++) {
        const struct bundle_entry *entry = bundle_entry(bench->bundle, i);

        bench->entries[i] = (struct model_entry){
            .id = entry->id,
            .text = entry->text,
            .context = entry->context,
            .speaker = entry->speaker,
            .has_medium = entry->has_medium,
            .erased = entry->erased,
            .pair = entry->pair,
            .second_text = entry->second.text,
            .second_speaker = entry->second.speaker,
        };
    }
}

/* Practice, attention checks, and what asks for the same. */
static void list_about(struct bench *bench, const char *language)
{
    size_t count = bundle_count(bench->bundle);
    size_t questions = bench->protocol->question_count;
    const struct conduct *conduct = &bench->protocol->conduct;

    bench->about = xcalloc(count + 1, sizeof(*bench->about));
    bench->truth = xcalloc(count * questions + 1, sizeof(*bench->truth));
    for (size_t i = 0; i < count; i++) {
        const struct bundle_entry *entry = bundle_entry(bench->bundle, i);
        struct session_entry *about = &bench->about[i];

        about->practice = entry->practice;
        about->same = entry->same;
        about->turned = entry->turned;
        about->begins_us = entry->start_us;
        if (entry->asks >= 0 && (size_t)entry->asks < conduct->check_count)
            about->check = &conduct->check[entry->asks];
        if (about->check && about->check->text.count > 0)
            bench->entries[i].text =
                localized_pick(&about->check->text, language);
        if (!entry->practice)
            continue;
        about->truth = &bench->truth[i * questions];
        for (size_t q = 0; q < questions; q++)
            bench->truth[i * questions + q] =
                bundle_truth(bench->bundle, i, bench->protocol->question[q].id);
    }
}

/* A rule paused the work and the protocol wants the lead to be asked. */
static bool refuse_paused(const struct bench *bench, struct error *err)
{
    const struct fold *fold = &bench->model.fold;

    if (!fold->paused || !fold->pause_refuses)
        return true;
    return error_set(err, ERROR_NO,
                     "this work is paused: please speak with whoever leads the "
                     "project; everything that you did is kept");
}

static bool open_bundle(struct bench *bench,
                        const struct bench_settings *settings,
                        struct error *err)
{
    const char *text;

    bench->bundle = bundle_open(settings->bundle, BUNDLE_WORK, err);
    if (!bench->bundle)
        return false;
    text = bundle_protocol(bench->bundle);
    bench->protocol = protocol_parse(text, strlen(text), "protocol", err);
    if (!bench->protocol)
        return error_prefix(err, "%s", settings->bundle);
    list_entries(bench);
    list_about(bench, settings->language);
    model_init(&bench->model, bench->protocol, settings->keymap, bench->entries,
               bundle_count(bench->bundle));
    bench->model.language = settings->language;
    bench->model.about = bench->about;
    bench->model.adjudicates = settings->court != NULL;
    if (settings->court && settings->court->members > 1) {
        bench->model.member = settings->court->alias;
        bench->model.members = settings->court->members;
    }
    return bundle_fold_into(bench->bundle, &bench->model.fold, err) &&
           refuse_paused(bench, err);
}

/* Without a device the model asks the annotator; that is no error here. */
static bool open_player(struct bench *bench,
                        const struct bench_settings *settings,
                        struct error *no_sound, struct error *err)
{
    struct player_settings player = PLAYER_SETTINGS_DEFAULT;

    error_clear(no_sound);
    player.output = settings->output;
    player.wake = &bench->wake;
    player.tap = settings->tap;
    player.tap_context = settings->tap_context;
    player.latency_us = settings->latency_us;
    if (settings->kept.device[0])
        player.measured_device = settings->kept.device;
    player.measured_us = llround(settings->kept.latency * 1000);
    if (settings->silent && !bench->protocol->playback.silent)
        return error_set(err, ERROR_USAGE,
                         "--silent: protocol \"%s\" wants its items to be "
                         "heard",
                         bench->protocol->name);
    if (settings->silent)
        player.output = PLAYER_SILENT;
    bench->player = player_new(&player, no_sound);
    if (!bench->player && !bench->protocol->playback.silent) {
        *err = *no_sound;
        return error_append(err,
                            "; protocol \"%s\" wants its items to be heard",
                            bench->protocol->name);
    }
    if (!bench->player) {
        player.output = PLAYER_SILENT;
        bench->player = player_new(&player, err);
        if (!bench->player)
            return false;
    }
    bench->model.playback.silent = settings->silent;
    player_set_speed(bench->player, bench->model.playback.speed);
    return true;
}

/*
 * How well marks are timed; a protocol that wants them better is refused.  On
 * a script's own clock there is no uncertainty.
 */
static bool judge_timing(struct bench *bench,
                         const struct bench_settings *settings,
                         struct error *err)
{
    double most = bench->protocol->uncertainty_max_ms;
    struct player_snapshot now;
    struct buf why = { 0 };

    if (settings->output == PLAYER_MANUAL)
        return true;
    player_snapshot(bench->player, &now);
    bench->timing = settings->timing;
    timing_of(&now, &settings->kept, &bench->timing);
    bench->uncertainty_ms = timing_uncertainty(&bench->timing);
    if (most <= 0 || bench->uncertainty_ms <= most)
        return true;
    timing_explain(&bench->timing, &why);
    error_set(err, ERROR_NO,
              "protocol \"%s\" wants marks within %g ms; here they are "
              "uncertain by %.1f ms (%s)",
              bench->protocol->name, most, bench->uncertainty_ms,
              buf_text(&why));
    buf_release(&why);
    return false;
}

/* Does a medium of this work need FFmpeg, which takes time to load? */
static bool needs_codecs(const struct bench *bench)
{
    for (size_t i = 0; i < bundle_count(bench->bundle); i++)
        for (int side = 0; side < BUNDLE_SIDES; side++)
            if (ffmpeg_expected(bundle_medium_name(bench->bundle, i,
                                                   (enum bundle_side)side)))
                return true;
    return false;
}

static bool open_worker(struct bench *bench, struct error *err)
{
    char *cache = path_cache("");
    struct worker_settings settings = {
        .wake = &bench->wake,
        .cache = cache,
        .peaks = (bench->protocol->show & SHOW_WAVEFORM) != 0,
        .loudness = bench->protocol->playback.gain == GAIN_LUFS,
        .codecs = needs_codecs(bench),
    };

    bench->worker = worker_new(&settings, err);
    free(cache);
    return bench->worker != NULL;
}

static void start_session(struct bench *bench,
                          const struct bench_settings *settings)
{
    struct player_snapshot now;
    struct event event = { .kind = EVENT_SESSION_STARTED, .entry = "" };
    char device[160];
    char *payload;

    player_snapshot(bench->player, &now);
    if (settings->output == PLAYER_MANUAL)
        snprintf(device, sizeof(device), "%s", now.device);
    else
        timing_device_class(&now, device, sizeof(device));
    payload = event_payload_session(PACKAGE_STRING, settings->terminal, device,
                                    now.latency_us);
    if (settings->output != PLAYER_MANUAL)
        payload = event_payload_with_timing(payload, &bench->timing);
    event.payload = payload;
    event.mono_us = bench_now_us(bench);
    event.media_us = EVENT_NO_TIME;
    if (bench_append(bench, &event, &bench->failed))
        fold_apply(&bench->model.fold, &event);
    free(payload);
}

bool bench_open(struct bench *bench, const struct bench_settings *settings,
                const struct bench_watch *watch, struct error *err)
{
    struct error no_sound;

    memset(bench, 0, sizeof(*bench));
    error_clear(&bench->failed);
    bench->watch = *watch;
    bench->media = settings->media;
    bench->complaint = settings->complaint;
    bench->court = settings->court;
    bench->patient = settings->output == PLAYER_MANUAL;
    if (!wake_open(&bench->wake, err))
        return false;
    if (!open_bundle(bench, settings, err) ||
        !open_player(bench, settings, &no_sound, err) ||
        !judge_timing(bench, settings, err))
        goto failed;
    if (bench->court)
        bench->court->bundle = bench->bundle;
    if (!open_worker(bench, err) || !bench_film_begin(bench, settings, err))
        goto failed;
    bench->loading = bench->model.count;
    bench->sounding = bench->model.count;
    bench->checking = bench->model.count;
    hash_random(bench->session, sizeof(bench->session));
    bench->wall_offset_us = bundle_wall_us() - bench_now_us(bench);
    start_session(bench, settings);
    if (bench->failed.code != ERROR_NONE) {
        *err = bench->failed;
        goto failed;
    }
    if (!bench_trace_recover(bench, err))
        goto failed;
    if (no_sound.code != ERROR_NONE) {
        struct message message = bench_message(bench, MESSAGE_NO_SOUND);

        message.text = no_sound.text;
        bench_send(bench, &message);
    }
    return true;

failed:
    bench_close(bench, NULL);
    return false;
}

void bench_close(struct bench *bench, const char *reason)
{
    struct event event = { .kind = EVENT_SESSION_ENDED, .entry = "" };
    struct error err;

    if (bench->bundle && reason && !bench->quit)
        bench_action(bench, ACTION_QUIT); /* what is being heard ends here */
    if (bench->bundle && reason) {
        char *payload = event_payload_text("reason", reason);

        event.payload = payload;
        event.mono_us = bench_now_us(bench);
        event.media_us = EVENT_NO_TIME;
        bench_append(bench, &event, &err); /* a missing end is no loss */
        free(payload);
    }
    worker_free(bench->worker);
    bench_film_end(bench);
    player_free(bench->player);
    if (bench->protocol)
        model_release(&bench->model);
    effects_release(&bench->effects);
    free(bench->entries);
    free(bench->about);
    free(bench->truth);
    free(bench->path);
    protocol_free(bench->protocol);
    bundle_close(bench->bundle);
    wake_close(&bench->wake);
    memset(bench, 0, sizeof(*bench));
}

struct message bench_message(const struct bench *bench, enum message_kind kind)
{
    int64_t now_us = bench_now_us(bench);

    return (struct message){
        .kind = kind,
        .now_us = now_us,
        .host_us = now_us,
        .media_us = EVENT_NO_TIME,
        .entry = bench->model.count,
    };
}

/*
 * Effects may bring messages that bring effects: they queue up behind the
 * ones before them, so that the journal has them in the order of the deeds.
 */
void bench_send(struct bench *bench, struct message *message)
{
    update(&bench->model, message, &bench->effects);
    if (bench->busy)
        return;
    bench->busy = true;
    while (bench->done < bench->effects.count) {
        struct effect effect = bench->effects.item[bench->done];

        bench->effects.item[bench->done++].payload = NULL;
        bench_carry_out(bench, &effect);
        free(effect.payload);
    }
    effects_clear(&bench->effects);
    bench->done = 0;
    bench->busy = false;
    bench_sight_draw(bench);
}

void bench_tell(struct bench *bench, const char *text)
{
    struct message message = bench_message(bench, MESSAGE_FOUND);

    message.text = text;
    bench_send(bench, &message);
}

/* What the annotator should know before the work begins. */
static void tell_news(struct bench *bench)
{
    struct player_snapshot player;

    player_snapshot(bench->player, &player);
    if (bench->complaint)
        bench_tell(bench, bench->complaint);
    else if (player.wireless)
        bench_tell(bench, "Wireless sound comes 0.1 to 0.3 s late: use a "
                          "cable if you can");
}

void bench_start(struct bench *bench)
{
    struct message message = bench_message(bench, MESSAGE_START);

    bench_send(bench, &message);
    tell_news(bench);
}

/* What of a page or a text is out of sight. */
static void see(const struct bench *bench, struct message *message)
{
    message->hidden = view_hidden(&bench->model);
    view_text_out(&bench->model, &message->text_above, &message->text_below);
}

/* What was heard when the key was read, before anything else happens. */
static void stamp(struct bench *bench, struct message *message)
{
    int64_t media_us;

    if (bench->sounding < bench->model.count &&
        player_heard_at(bench->player, message->host_us, &media_us))
        message->media_us = media_us;
}

void bench_key(struct bench *bench, uint32_t key, int64_t host_us)
{
    struct message message = bench_message(bench, MESSAGE_KEY);

    message.key = key;
    see(bench, &message);
    message.host_us = host_us;
    stamp(bench, &message);
    bench_send(bench, &message);
}

void bench_mouse(struct bench *bench, const struct mouse *mouse,
                 const struct hit *hit, int64_t host_us)
{
    struct message message = bench_message(bench, MESSAGE_MOUSE);

    message.mouse = *mouse;
    message.hit = *hit;
    see(bench, &message);
    message.host_us = host_us;
    stamp(bench, &message);
    bench_send(bench, &message);
}

void bench_stick(struct bench *bench, bool plugged, double x, double y,
                 int64_t host_us)
{
    struct message message = bench_message(bench, MESSAGE_STICK);

    message.plugged = plugged;
    message.stick[0] = x;
    message.stick[1] = y;
    message.host_us = host_us;
    stamp(bench, &message);
    bench_send(bench, &message);
}

void bench_action(struct bench *bench, enum action action)
{
    struct message message = bench_message(bench, MESSAGE_ACTION);

    message.action = action;
    if (action != ACTION_TAKE) /* a script's "take" means what it says */
        see(bench, &message);
    stamp(bench, &message);
    bench_send(bench, &message);
}

void bench_text(struct bench *bench, const char *text)
{
    struct message message = bench_message(bench, MESSAGE_TEXT);

    message.text = text;
    bench_send(bench, &message);
}

void bench_size(struct bench *bench, int width, int height)
{
    struct message message = bench_message(bench, MESSAGE_SIZE);

    message.width = width;
    message.height = height;
    bench_send(bench, &message);
}
