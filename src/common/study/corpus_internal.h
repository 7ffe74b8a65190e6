/*
 * corpus_internal - how the rows of a corpus are made; for corpus*.c only.
 */
#ifndef MIEN_STUDY_CORPUS_INTERNAL_H
#define MIEN_STUDY_CORPUS_INTERNAL_H

#include <regex.h>

#include "common/base/text.h"
#include "common/file/csv.h"
#include "common/study/corpus.h"
#include "common/study/descriptor.h"

enum { CORPUS_GROUPS_MAX = 32 };

/* A regular expression over the path without its extension. */
struct corpus_pattern {
    regex_t regex;
    bool compiled; /* `regex` is to be freed */
    size_t group_count;
    const char *group[CORPUS_GROUPS_MAX]; /* NULL: has no name */
};

/* One `"W": "anger"` of a translation. */
struct corpus_entry {
    const char *from, *to;
};

/* A column: from another one or from a template, perhaps translated. */
struct corpus_column {
    const char *name;
    const char *from;          /* a column's name; NULL: the template */
    const char *template_text; /* "{speaker}/{version}"; NULL: from */
    struct corpus_entry *map;  /* sorted by `from` */
    size_t map_count;
    bool has_map;
    const char *otherwise; /* for what the map lacks; NULL: a warning */
    const char *divide;    /* a column to divide by; NULL: none */
    bool number;           /* decimal commas become points */
};

struct corpus_columns {
    struct corpus_column *item;
    size_t count;
};

/* Only rows whose cell has the form of the glob. */
struct corpus_where {
    const char *column, *glob;
};

/* A table beside the media. */
struct corpus_side {
    const char **file; /* the first one that is there is read */
    size_t file_count;
    struct csv_options options;
    bool decimal_comma;
    const char **missing; /* texts that mean "no value" */
    size_t missing_count;
    struct corpus_where *where;
    size_t where_count;
    const char *key;   /* its column that names the row */
    const char *match; /* the same as a template of the row; of `rows`: path */
    struct corpus_columns columns;
    bool optional;
};

struct corpus_rules {
    const char **glob;
    size_t glob_count;
    struct corpus_pattern pattern;
    const char *id; /* template */
    struct corpus_columns columns;
    struct corpus_side *side;
    size_t side_count;
    bool has_rows; /* when there are no media, rows come from a table */
    struct corpus_side rows;
};

struct corpus_memory {
    struct arena arena;
    struct json_document *document; /* owned */
};

/* False, with the reason in `reason`, when the expression is none. */
bool corpus_pattern_compile(struct corpus_pattern *pattern, struct arena *arena,
                            const char *text, char *reason, size_t size);
/*
 * value[i] gets the text of group i (the caller's), NULL when it took no
 * part.  The expression must fit to the end of the path and begin at its
 * beginning or after a slash.
 */
bool corpus_pattern_match(const struct corpus_pattern *pattern,
                          const char *path, char *value[CORPUS_GROUPS_MAX]);
void corpus_pattern_release(struct corpus_pattern *pattern);

/* `*` and `?` stop at slashes; a leading double star and slash: any folder. */
bool corpus_glob_match(const char *glob, const char *path);

/*
 * A template: {name} is replaced by what `look` returns for it (NULL counts
 * as ""), "{{" by a brace.  False, with the offending part in `out`, when a
 * brace is not closed.
 */
typedef const char *corpus_look(void *context, const char *name);
bool corpus_template_expand(const char *text, corpus_look *look, void *context,
                            struct buf *out);

/* Parts of corpus_read(); `side`: of a side table. */
void corpus_read_columns(const struct descriptor *reading,
                         const struct json *object, bool side,
                         struct corpus_columns *columns);
void corpus_read_side(const struct descriptor *reading, const struct json *node,
                      bool rows, struct corpus_side *side);
/* Texts of a list, or one text. */
const char **corpus_read_texts(const struct descriptor *reading,
                               const struct json *object, const char *key,
                               size_t *count);
/* Contradictions that no single key shows. */
void corpus_check(const struct corpus *corpus, struct fault_list *faults);

/* The table that is being made. */
struct corpus_rows {
    struct columns *table; /* owned */
    struct text_list stem; /* of each row: its path without extension */
    size_t row;            /* the present one */
};

/* For templates: {path}, {name}, or a column of the present row. */
const char *corpus_rows_look(void *rows, const char *name);
void corpus_rows_set(struct corpus_rows *rows, const char *name,
                     const char *value);

/* What one column met that its map has no translation for. */
struct corpus_gap {
    size_t count;
    char *example; /* owned */
};

const char *corpus_translate(const struct corpus_column *column,
                             const char *value, struct corpus_gap *gap);
/* Notes them and frees `gaps`. */
void corpus_note_gaps(const struct corpus_columns *columns,
                      struct corpus_gap *gaps, struct fault_list *notes);

/* Fills the columns of a side table, which is there, in all rows. */
bool corpus_join(const struct corpus_side *side, const char *folder,
                 struct corpus_rows *rows, struct fault_list *notes,
                 struct error *err);

/* Fills its columns in the present row from row `source` of its table. */
bool corpus_fill_row(const struct corpus_side *side,
                     const struct columns *table, size_t source,
                     struct corpus_rows *rows, struct corpus_gap *gaps,
                     struct error *err);
bool corpus_side_is_there(const struct corpus_side *side, const char *folder);
/* The table of a side, filtered, blanks cut. */
struct columns *corpus_side_load(const struct corpus_side *side,
                                 const char *folder, struct error *err);

#endif
