/*
 * corpus_project - a corpus table from a labelling project, as it is now or as
 * a snapshot has it: one row an item, with what was decided.
 */
#ifndef MIEN_EVAL_CORPUS_PROJECT_H
#define MIEN_EVAL_CORPUS_PROJECT_H

#include "common/file/columns.h"

struct corpus_project {
    const char *folder;
    const char *snapshot;           /* NULL: as it is now */
    const struct text_list *people; /* columns of speakers to join */
    bool soft; /* a column QUESTION:label for each answer, too */
};

/*
 * `file` is seen from the project's folder.  The caller frees the table; NULL
 * fills `err`.
 */
struct columns *corpus_project(const struct corpus_project *how,
                               struct error *err);

#endif
