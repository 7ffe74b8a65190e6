/*
 * fuzz_keys - key files, names of keys and sizes of screens, the user's
 * settings, and what selftest kept of the machine's timing.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/app/keymap.h"
#include "annotate/script.h"
#include "annotate/timing_file.h"
#include "annotate/workspace.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "fuzz.h"

enum { MODE_KEYS, MODE_NAME, MODE_TIMING, MODE_SETTINGS, MODES };

static const char *const words[] = {
    "play-pause",     "rate-up",  "none",     "Ctrl-",  "Shift-",
    "Alt-",           "Space",    "PageDown", "F12",    "#",
    "80x24",          "\xc3\xa9", "Left",     "device", "\"latency_ms\":",
    "\"key_sd_ms\":", "1e308",    "-1",       NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(give, context, MODE_KEYS, keymap_default_text());
    fuzz_give_text(give, context, MODE_KEYS, keymap_profile_text("left"));
    fuzz_give_text(give, context, MODE_KEYS,
                   "# mine\nplay-pause Space Ctrl-P\nundo none\n");
    fuzz_give_text(give, context, MODE_NAME, "Shift-Left");
    fuzz_give_text(give, context, MODE_NAME, "132x43");
    fuzz_give_text(give, context, MODE_TIMING,
                   "{\"mien\":1,\"device\":\"HDA (alsa)\",\"latency_ms\":21.5,"
                   "\"latency_sd_ms\":0.5,\"key_sd_ms\":3}");
    fuzz_give_text(give, context, MODE_SETTINGS,
                   "# whose\nalias anna\nalias ben /a/project\ncolour x\n");
}

static void read_map(const char *text)
{
    struct keymap map = { 0 };
    struct error err = { 0 };
    bool good;

    keymap_defaults(&map);
    good = keymap_read(&map, text, "keys.conf", &err);
    fuzz_answered(good, &err, "keys.conf:");
    for (size_t i = 0; i < map.count; i++) {
        char name[KEY_NAME_SIZE];
        uint32_t key;

        fuzz_must(key_parse(key_name(map.item[i].key, name), &key));
        fuzz_must(key == map.item[i].key);
        fuzz_must(keymap_action(&map, key) == map.item[i].action);
    }
    keymap_release(&map);
}

static void read_name(const char *text)
{
    int width = 1, height = 1;
    uint32_t key;

    if (key_parse(text, &key)) {
        char name[KEY_NAME_SIZE];
        uint32_t again;

        fuzz_must(key_parse(key_name(key, name), &again) && again == key);
    }
    script_parse_size(text, &width, &height);
    fuzz_must(width > 0 && height > 0);
}

/* The file called `name` of the user's settings, in a home of our own. */
static void put_setting(const char *name, const char *text)
{
    static bool made;
    char *home = path_join(fuzz_folder(), "mien");
    char *relative = path_join("mien", name);
    struct error err;

    if (!made) {
        setenv("XDG_CONFIG_HOME", fuzz_folder(), 1);
        unsetenv("MIEN_USER");
        if (!path_make_folders(home, 0700, &err))
            abort();
        made = true;
    }
    fuzz_named(relative, text, strlen(text));
    free(relative);
    free(home);
}

static void read_timing(const char *text)
{
    struct timing_kept kept;

    put_setting("timing.json", text);
    timing_file_read(&kept);
    fuzz_must(isfinite(kept.latency) && kept.latency >= 0);
    fuzz_must(isfinite(kept.latency_sd) && kept.latency_sd >= 0);
    fuzz_must(isfinite(kept.key_sd));
}

static void read_settings(const char *text)
{
    struct error err = { 0 };
    char *alias;

    put_setting("settings", text);
    alias = workspace_alias(NULL, "/a/project", &err);
    fuzz_answered(alias != NULL, &err, NULL);
    free(alias);
}

static void one(const uint8_t *bytes, size_t length)
{
    int mode = fuzz_take(&bytes, &length) % MODES;
    char *text = fuzz_text(bytes, length);

    switch (mode) {
    case MODE_KEYS:
        read_map(text);
        break;
    case MODE_NAME:
        read_name(text);
        break;
    case MODE_TIMING:
        read_timing(text);
        break;
    default:
        read_settings(text);
        break;
    }
    free(text);
}

const struct fuzz_target fuzz_target = {
    .name = "keys",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 4000,
};
