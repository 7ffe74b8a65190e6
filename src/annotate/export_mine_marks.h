/*
 * export_mine_marks - marks and passes of traces in annotators' own record.
 */
#ifndef MIEN_ANNOTATE_EXPORT_MINE_MARKS_H
#define MIEN_ANNOTATE_EXPORT_MINE_MARKS_H

#include "common/base/buf.h"
#include "common/base/vec.h"
#include "common/file/json.h"
#include "common/study/fold.h"

/* A mark, or a pass of a trace; all borrowed from the fold. */
struct mine_mark {
    const char *question;
    const char *tier;               /* NULL: of a pass */
    const struct segment *segment;  /* NULL: of a pass */
    const struct fold_pass *pass;   /* NULL: of a mark */
    int64_t start_us, end_us;       /* of the item; end_us -1: it has none */
    int64_t start_sd_us, end_sd_us; /* 0: not timed, or exact */
};

struct mine_marks {
    struct mine_mark *item; /* owned: free() it */
    size_t count, capacity;
};

/* The item begins at `begins_us` of its medium. */
void mine_marks_list(const struct fold_entry *entry, int64_t begins_us,
                     struct mine_marks *out);
/* Nothing for what is negative. */
void mine_mark_seconds(int64_t us, struct buf *out);
/* "name=value|name=value" */
void mine_mark_attributes(const struct mine_mark *mark, struct buf *out);
void mine_mark_json(const struct mine_mark *mark, size_t item,
                    struct json_writer *json);

#endif
