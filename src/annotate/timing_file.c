/*
 * timing_file - what selftest measured, kept for the user.
 */
#include <config.h>

#include "annotate/timing_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "annotate/workspace.h"
#include "common/base/buf.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "common/file/json.h"
#include "common/stat/describe.h"

enum { MOST_MS = 10000 }; /* nothing that makes sense is later than that */

/* Milliseconds, or the fallback: the file may be anything. */
static double time_of(const struct json *root, const char *key, double fallback)
{
    double ms = json_value(json_member(root, key), fallback);

    return ms >= 0 && ms <= MOST_MS ? ms : fallback;
}

/* Beside the settings; the caller's. */
static char *file_path(void)
{
    char *settings = workspace_settings();
    char *folder = path_folder(settings);
    char *path = path_join(folder, "timing.json");

    free(folder);
    free(settings);
    return path;
}

bool timing_file_read(struct timing_kept *kept)
{
    char *path = file_path();
    struct json_document *document = NULL;
    const struct json *root;
    struct error ignored;

    *kept = (struct timing_kept){ .key_sd = -1 };
    if (path_is_file(path))
        document = json_read_file(path, &ignored);
    free(path);
    if (!document)
        return false;
    root = json_root(document);
    if (json_kind(root) == JSON_OBJECT) {
        const char *device = json_text(json_member(root, "device"));

        snprintf(kept->device, sizeof(kept->device), "%s",
                 device ? device : "");
        kept->latency = time_of(root, "latency_ms", 0);
        kept->latency_sd = time_of(root, "latency_sd_ms", 0);
        kept->key_sd = time_of(root, "key_sd_ms", -1);
    }
    json_free(document);
    return true;
}

char *timing_file_write(const struct timing_kept *kept, struct error *err)
{
    char *path = file_path();
    char *folder = path_folder(path);
    struct buf text = { 0 };
    struct json_writer writer;
    bool good;

    json_writer_init(&writer, &text, 2);
    json_begin_object(&writer);
    json_pair_int(&writer, "mien", 1);
    if (kept->device[0]) {
        json_pair_text(&writer, "device", kept->device);
        json_pair_number(&writer, "latency_ms", kept->latency);
        json_pair_number(&writer, "latency_sd_ms", kept->latency_sd);
    }
    if (kept->key_sd >= 0)
        json_pair_number(&writer, "key_sd_ms", kept->key_sd);
    json_end_object(&writer);
    buf_add_char(&text, '\n');
    good = path_make_folders(folder, 0700, err) &&
           atomic_write(path, buf_text(&text), text.length, err);
    buf_release(&text);
    free(folder);
    if (good)
        return path;
    free(path);
    return NULL;
}

bool timing_holds(const struct player_snapshot *player,
                  const struct timing_kept *kept)
{
    return kept->device[0] && !player->silent &&
           strcmp(kept->device, player->device) == 0;
}

void timing_link(const struct facts *facts, struct timing *timing)
{
    timing->remote = facts->remote;
    if (!facts->remote)
        return;
    if (facts->rounds < 2) { /* the terminal was not asked, or is silent */
        timing->round = TIMING_ROUND_UNKNOWN;
        return;
    }
    timing->round = describe_quantile(facts->round, facts->rounds, 0.5).value;
    timing->round_sd =
        describe_sd(facts->round, facts->rounds, DESCRIBE_N_LESS_1).value;
}

void timing_here(size_t rounds, struct timing *timing, struct timing_kept *kept)
{
    struct facts facts;

    facts_read(&facts, facts_remote() ? rounds : 0);
    timing_link(&facts, timing);
    timing_file_read(kept);
}

void timing_of(const struct player_snapshot *player,
               const struct timing_kept *kept, struct timing *timing)
{
    bool same = timing_holds(player, kept);

    timing->latency = (double)player->latency_us / 1000;
    timing->latency_sd = same ? kept->latency_sd : 0;
    timing->source = player->latency_source == LATENCY_MEASURED
                         ? TIMING_MEASURED
                     : player->silent ? TIMING_NO_SOUND
                                      : TIMING_ASSUMED;
    timing->buffer = 0;
    if (!player->silent && player->device_rate > 0)
        timing->buffer = player->device_buffer * 1000.0 / player->device_rate;
    timing->key_sd = kept->key_sd >= 0 ? kept->key_sd : TIMING_KEY_SD;
}

void timing_device_class(const struct player_snapshot *player, char *out,
                         size_t size)
{
    static const char *const classes[][2] = {
        { "bluetooth", "bluetooth" }, { "bluez", "bluetooth" },
        { "airpods", "bluetooth" },   { "hdmi", "hdmi" },
        { "displayport", "hdmi" },    { "usb", "usb" },
        { "dummy", "dummy" },         { "disk", "dummy" },
    };
    const char *found = "other";
    const char *driver = strrchr(player->device, '(');

    if (player->silent) {
        snprintf(out, size, "none");
        return;
    }
    for (size_t i = 0; i < LENGTH_OF(classes); i++) {
        if (strcasestr(player->device, classes[i][0])) {
            found = classes[i][1];
            break;
        }
    }
    snprintf(out, size, "%s %s", found, driver ? driver : "");
}
