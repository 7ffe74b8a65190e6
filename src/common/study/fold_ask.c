/*
 * fold_ask - questions that are put to a fold.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/study/fold_internal.h"

bool fold_done(const struct fold *fold, size_t entry)
{
    const struct fold_entry *it = &fold->entry[entry];

    return it->withdrawn || it->skipped || (it->submitted > 0 && !it->reopened);
}

size_t fold_done_count(const struct fold *fold)
{
    size_t done = 0;

    for (size_t i = 0; i < fold->count; i++)
        done += fold_done(fold, i);
    return done;
}

size_t fold_resume(const struct fold *fold)
{
    if (fold->current < fold->count && !fold_done(fold, fold->current))
        return fold->current;
    for (size_t i = 0; i < fold->count; i++)
        if (!fold_done(fold, i))
            return i;
    return fold->count;
}

const struct event_answer *fold_answer(const struct fold *fold, size_t entry,
                                       const char *question)
{
    const struct fold_answers *answers = &fold->entry[entry].answers;

    for (size_t i = 0; i < answers->count; i++)
        if (strcmp(answers->item[i].question, question) == 0)
            return answers->item[i].kind == EVENT_VALUE_NONE
                       ? NULL
                       : &answers->item[i];
    return NULL;
}

int64_t fold_active_us(const struct fold *fold)
{
    int64_t sum = 0;

    for (size_t i = 0; i < fold->sessions.count; i++)
        sum += fold->sessions.item[i].active_us;
    return sum;
}

static void dump_spans(const struct fold_spans *spans, const char *name,
                       struct buf *out)
{
    for (size_t i = 0; i < spans->count; i++)
        buf_addf(out, "  %s %lld..%lld\n", name,
                 (long long)spans->item[i].from_us,
                 (long long)spans->item[i].to_us);
}

static void dump_entry(const struct fold_entry *it, struct buf *out)
{
    buf_addf(out,
             "entry %s opened %d submitted %d revised %d reopened %d "
             "skipped %d (%s: %s) note (%s) flag %d (%s)\n",
             it->id, it->opened, it->submitted, it->revised, it->reopened,
             it->skipped, it->skip_reason ? it->skip_reason : "",
             it->skip_text ? it->skip_text : "", it->note ? it->note : "",
             it->flagged, it->flag_text ? it->flag_text : "");
    buf_addf(out,
             "  hearings %d to end %d reaction %lld active %lld "
             "wall %lld..%lld begun %lld %d\n",
             it->hearings, it->heard_to_end, (long long)it->reaction_us,
             (long long)it->active_us, (long long)it->first_wall_us,
             (long long)it->last_wall_us, (long long)it->begun_mono_us,
             it->begun_by_play);
    for (size_t i = 0; i < it->answers.count; i++) {
        char *text = event_payload_answer(&it->answers.item[i]);

        buf_addf(out, "  answer %s\n", text);
        free(text);
    }
    for (size_t i = 0; i < it->tracks.count; i++) {
        buf_addf(out, "  marks of %s\n", it->tracks.item[i].question);
        track_dump(&it->tracks.item[i].track, out);
    }
    fold_trace_dump(it, out);
    dump_spans(&it->heard, "heard", out);
    dump_spans(&it->hearing, "hearing", out);
}

void fold_dump(const struct fold *fold, struct buf *out)
{
    char hex[EVENT_HASH_HEX_SIZE];

    for (size_t i = 0; i < fold->count; i++)
        dump_entry(&fold->entry[i], out);
    for (size_t i = 0; i < fold->deeds.count; i++) {
        const struct fold_deed *deed = &fold->deeds.item[i];

        event_hash_hex(deed->hash, hex);
        buf_addf(out, "deed %s %s entry %zu undone %d redoable %d\n",
                 event_name(deed->kind), hex, deed->entry, deed->undone,
                 deed->redoable);
    }
    for (size_t i = 0; i < fold->sessions.count; i++) {
        const struct fold_session *it = &fold->sessions.item[i];

        buf_addf(out, "session wall %lld..%lld active %lld done %d %d %d\n",
                 (long long)it->first_wall_us, (long long)it->last_wall_us,
                 (long long)it->active_us, it->entries_done, it->on_break,
                 it->ended);
    }
    fold_study_dump(fold, out);
    buf_addf(out,
             "current %zu playing %d from %lld events %zu unknown %zu "
             "erased %zu malformed %zu\n",
             fold->current, fold->playing,
             (long long)(fold->playing ? fold->play_from_us : 0), fold->events,
             fold->unknown, fold->erased, fold->malformed);
}
