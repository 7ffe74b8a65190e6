/*
 * killing - what the tests share that kill a session and look at its journal.
 */
#include <config.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "killing.h"

#include "common/base/path.h"
#include "common/base/rng.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "common/store/bundle_internal.h"

enum { ENTRIES = 400, ENOUGH = 300, LINES = 60 };

struct trial {
    const struct killing *killing;
    char *folder;
    char *path; /* of the bundle */
    int bundles;
    struct text_list kept; /* all that was shown as kept, in its order */
    struct rng *rng;
    size_t killed_writing; /* kills that hit a run between two answers */
    const char *fault;
};

void kill_die(const char *what, const struct error *err)
{
    printf("Bail out! %s: %s\n", what, err->text);
    exit(1);
}

static void put(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (8 * i));
}

/* So many frames of silence, 16 kHz, 16 bits, mono. */
static void write_wav(const char *path, uint32_t frames)
{
    static const unsigned char head[44] =
        "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0"
        "\2\0\x10\0data\0\0\0\0";
    size_t size = sizeof(head) + 2 * (size_t)frames;
    unsigned char *bytes = xcalloc(size, 1);
    struct error err;

    memcpy(bytes, head, sizeof(head));
    put(bytes + 4, (uint32_t)size - 8);
    put(bytes + 40, 2 * frames);
    if (!atomic_write(path, bytes, size, &err))
        kill_die(path, &err);
    free(bytes);
}

char *kill_new_bundle(const char *folder, int number, const char *protocol,
                      int entries, uint32_t frames)
{
    struct bundle_draft *draft = xcalloc((size_t)entries, sizeof(*draft));
    uint8_t id[BUNDLE_ID_SIZE] = { 0 };
    char *path = xasprintf("%s/%d.mien", folder, number);
    char *wav = path_join(folder, "clip.wav");
    struct error err;

    id[0] = (uint8_t)number;
    write_wav(wav, frames);
    for (int i = 0; i < entries; i++) {
        snprintf(draft[i].id, sizeof(draft[i].id), "%016d", i);
        draft[i].medium = "clip.wav";
        draft[i].end_us = -1;
        if (!hash_file_sha256(wav, draft[i].sha256, &err))
            kill_die(wav, &err);
    }
    if (!bundle_create(path, id, "anna", protocol, draft, (size_t)entries,
                       &err))
        kill_die("bundle", &err);
    free(draft);
    free(wav);
    return path;
}

static void new_bundle(struct trial *trial)
{
    free(trial->path);
    text_list_release(&trial->kept);
    trial->path = kill_new_bundle(trial->folder, ++trial->bundles,
                                  trial->killing->protocol, ENTRIES,
                                  trial->killing->frames);
}

/* What a session types: any key first, in case a page is shown. */
static void put_script(const struct trial *trial, struct buf *text)
{
    int lines = trial->killing->lines ? trial->killing->lines : LINES;

    buf_add_text(text, "Enter\n");
    for (int i = 0; i < lines; i++)
        trial->killing->put_line(trial->rng, text);
}

static pid_t start(const char *bundle, const char *script, int *out)
{
    const char *folder = getenv("builddir");
    char *program = path_join(folder ? folder : ".", "mien-annotate");
    int pipes[2];
    pid_t child;

    if (pipe(pipes) != 0)
        abort();
    child = fork();
    if (child == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        close(pipes[0]);
        close(pipes[1]);
        execl(program, program, "label", "--script", script, "--headless",
              "80x24", bundle, (char *)NULL);
        _exit(127);
    }
    close(pipes[1]);
    free(program);
    *out = pipes[0];
    return child;
}

static void nap(uint64_t us)
{
    struct timespec time = { .tv_sec = (time_t)(us / 1000000),
                             .tv_nsec = (long)(us % 1000000) * 1000 };

    nanosleep(&time, NULL);
}

static size_t count_lines(const struct buf *text)
{
    size_t lines = 0;

    for (size_t i = 0; i < text->length; i++)
        lines += text->data[i] == '\n';
    return lines;
}

int kill_session(const char *bundle, struct buf *script, size_t lines,
                 uint64_t more_us, struct buf *out)
{
    char *path = xasprintf("%s.script", bundle);
    struct error err;
    char block[512];
    ssize_t got = 1;
    int status, fd;
    pid_t child;

    if (!atomic_write(path, buf_text(script), script->length, &err))
        kill_die(path, &err);
    child = start(bundle, path, &fd);
    while (count_lines(out) < lines &&
           (got = read(fd, block, sizeof(block))) > 0)
        buf_add(out, block, (size_t)got);
    nap(more_us);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    while ((got = read(fd, block, sizeof(block))) > 0)
        buf_add(out, block, (size_t)got);
    close(fd);
    free(path);
    return status;
}

void kill_remove(const char *folder)
{
    if (fork() == 0)
        execlp("rm", "rm", "-rf", folder, (char *)NULL);
    wait(NULL);
}

/* Whole lines "kept ..." of what is looked for, a list entry each. */
static void note_kept(struct trial *trial, char *text)
{
    char *line = text;

    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        if (text_starts(line, "kept ") && trial->killing->wants(line + 5))
            text_list_add(&trial->kept, line + 5);
    }
}

/*
 * Lets a session run until it has printed a drawn number of lines, or, one
 * time in four, for a drawn time; waits a moment more and kills it.
 */
static void kill_one(struct trial *trial)
{
    bool by_time = rng_below(trial->rng, 4) == 0;
    size_t lines = by_time ? 0 : 1 + rng_below(trial->rng, LINES);
    uint64_t more_us = rng_below(trial->rng, by_time ? 200000 : 2000);
    struct buf script = { 0 };
    struct buf out = { 0 };
    int status;

    put_script(trial, &script);
    status = kill_session(trial->path, &script, lines, more_us, &out);
    trial->killed_writing += WIFSIGNALED(status) && out.length > 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        trial->fault = "a run ended by itself with a fault";
    note_kept(trial, out.data ? out.data : (char[]){ 0 });
    buf_release(&out);
    buf_release(&script);
}

struct listing {
    const struct killing *killing;
    struct text_list found;
};

static bool list_event(void *context, const struct event *event,
                       struct error *err)
{
    struct listing *listing = context;
    char *line = NULL;

    if (!listing->killing->line_of(event, &line, err))
        return false;
    if (line)
        text_list_add(&listing->found, line);
    free(line);
    return true;
}

/* What was shown as kept is a subsequence of what the journal has. */
static bool all_there(const struct text_list *kept,
                      const struct text_list *found)
{
    size_t at = 0;

    for (size_t i = 0; i < found->count && at < kept->count; i++)
        at += strcmp(found->item[i], kept->item[at]) == 0;
    return at == kept->count;
}

/* True when nearly all of the bundle is done. */
static bool look(struct trial *trial, enum bundle_mode mode)
{
    struct error err;
    struct bundle *bundle = bundle_open(trial->path, mode, &err);
    struct listing listing = { .killing = trial->killing };
    struct journal_report report;
    struct journal_list list;
    struct fold fold;
    bool used_up;

    if (!bundle)
        kill_die("the bundle does not open", &err);
    if (!bundle_events(bundle, list_event, &listing, &err) ||
        !journal_load(bundle_db(bundle), bundle_id_bytes(bundle), &list,
                      &err) ||
        !bundle_fold(bundle, &fold, &err))
        kill_die("the journal does not read", &err);
    if (!all_there(&trial->kept, &listing.found))
        trial->fault = "something that was shown as kept is missing";
    journal_verify(&list, bundle_id_bytes(bundle), &report);
    if (report.fault[0])
        trial->fault = "the chain does not verify";
    if (fold.malformed > 0)
        trial->fault = "the journal names what is not there";
    if (trial->killing->check && !trial->fault)
        trial->fault = trial->killing->check(&fold);
    used_up = fold_done_count(&fold) >= ENOUGH;
    fold_release(&fold);
    journal_list_release(&list);
    text_list_release(&listing.found);
    bundle_close(bundle);
    return used_up;
}

int kill_all(const struct killing *killing)
{
    char folder[] = "/tmp/mien-kill.XXXXXX";
    struct trial trial = { .killing = killing,
                           .rng = rng_new(1, killing->name) };
    size_t kept = 0;
    int done = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    trial.folder = mkdtemp(folder);
    if (!trial.folder)
        return 99;
    new_bundle(&trial);
    for (; done < killing->kills && !trial.fault; done++) {
        size_t before = trial.kept.count;

        kill_one(&trial);
        kept += trial.kept.count - before;
        if (look(&trial, done % 2 ? BUNDLE_READ : BUNDLE_WORK))
            new_bundle(&trial);
    }
    printf("# %d kills, %zu of them in the midst of work; %zu deeds were "
           "shown as kept\n",
           done, trial.killed_writing, kept);
    printf("%s 1 - nothing that was shown as kept is lost%s%s\n",
           trial.fault ? "not ok" : "ok", trial.fault ? " # " : "",
           trial.fault ? trial.fault : "");
    printf("%s 2 - the kills hit work in progress\n",
           trial.killed_writing > (size_t)killing->kills / 2 &&
                   kept > (size_t)killing->kills
               ? "ok"
               : "not ok");
    printf("1..2\n");
    text_list_release(&trial.kept);
    rng_free(trial.rng);
    free(trial.path);
    kill_remove(folder);
    return trial.fault != NULL;
}
