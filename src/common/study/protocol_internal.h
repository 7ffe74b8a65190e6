/*
 * protocol_internal - how a protocol is put together; for protocol*.c only.
 */
#ifndef MIEN_STUDY_PROTOCOL_INTERNAL_H
#define MIEN_STUDY_PROTOCOL_INTERNAL_H

#include "common/study/descriptor.h"
#include "common/study/protocol.h"
#include "common/study/protocol_check.h"

/* What a protocol is made of; its texts lie in the document. */
struct protocol_memory {
    struct arena arena;
    struct json_document *document; /* owned */
};

/* Question types and units of later versions: refused by name. */
extern const char *const protocol_later_types[];
extern const char *const protocol_later_units[];

/*
 * As protocol_read(), but gives what could be read in spite of faults, with
 * fallbacks for what could not: good for protocol_check() only.
 */
struct protocol *protocol_read_draft(const char *text, size_t length,
                                     const char *name,
                                     struct fault_list *faults,
                                     struct error *err);
/* Fills `question` from a member of "questions". */
void protocol_read_question(const struct descriptor *reading,
                            const struct json *node, struct question *question);
/* min, max, step, low, high, points, figure. */
void protocol_read_scale(const struct descriptor *reading,
                         const struct json *node, struct scale *scale);
/*
 * The two scales and the corners of a grid; other questions have none of
 * them.  True for a choice that is drawn as a wheel.
 */
bool protocol_read_grid(const struct descriptor *reading,
                        const struct json *node, struct question *question);
/* What belongs to a text, and to nothing else. */
void protocol_read_text(const struct descriptor *reading,
                        const struct json *node, struct question *question);
enum question_measure protocol_usual_measure(enum question_type type);
/* `key`, `label` and `help` of an option; the label falls back to value. */
void protocol_read_option(const struct descriptor *reading,
                          const struct json *node,
                          struct question_option *option);
/* min, max, step and what the points are called. */
void protocol_read_scale(const struct descriptor *reading,
                         const struct json *node, struct scale *scale);
/* The tiers of a question of segments (protocol_tier). */
void protocol_read_tiers(const struct descriptor *reading,
                         const struct json *node, struct question *question);
/* A name that `later` has is said to be of a later version. */
int protocol_read_supported(const struct descriptor *reading,
                            const struct json *object, const char *key,
                            const char *const *names, const char *const *later,
                            int fallback);

/* How the study is run; fills practice, gold_min, break_minutes, too. */
void protocol_read_conduct(const struct descriptor *reading,
                           const struct json *root, struct protocol *protocol);
void protocol_read_forms(const struct descriptor *reading,
                         const struct json *root, struct conduct *conduct);

/* Parts of protocol_check(). */
void protocol_check_tiers(const struct protocol_reserved *reserved, size_t q,
                          const struct question *question,
                          struct fault_list *faults);
bool protocol_check_is_id(const char *text);
void protocol_check_scale(const char *path, const struct scale *scale,
                          struct fault_list *faults);
/* Values, keys and labels of a list at `path`; `digits`: they answer a scale
 * of the same place. */
void protocol_check_labels(const char *path,
                           const struct question_option *option, size_t count,
                           const struct protocol_reserved *reserved,
                           bool digits, struct fault_list *faults);
/* The two, and the tie where there may be one; then none is left to read. */
enum { COMPARE_OPTIONS = 3 };
void protocol_read_compare(const struct descriptor *reading,
                           const struct json *node, struct question *question);
/* Comparisons want pairs, and pairs cannot have all that items can. */
void protocol_check_pairs(const struct protocol *protocol,
                          struct fault_list *faults);
void protocol_check_grid(size_t q, const struct question *question,
                         struct fault_list *faults);
/* What a trace asks for besides. */
void protocol_read_trace(const struct descriptor *reading,
                         const struct json *node, struct question *question);
void protocol_check_trace(const struct protocol *protocol, size_t q,
                          struct fault_list *faults);
void protocol_check_settling(size_t q, const struct question *question,
                             struct fault_list *faults);
void protocol_check_work(const struct protocol *protocol,
                         struct fault_list *faults);
void protocol_check_conduct(const struct protocol *protocol,
                            struct fault_list *faults);
void protocol_check_languages(const struct protocol *protocol,
                              struct fault_list *faults);

#endif
