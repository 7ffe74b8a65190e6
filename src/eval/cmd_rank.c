/*
 * cmd_rank - a scale of items from comparisons of two.
 */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/cli/output.h"
#include "common/file/columns.h"
#include "common/stat/bradley_terry.h"
#include "eval/commands.h"

struct rank_settings {
    const char *first, *second, *value;
    struct text_list only;
    int ties;
    double prior;
    int64_t iterations;
    bool repeats;
    int format;
};

static const struct rank_settings defaults = {
    .first = "first",
    .second = "second",
    .value = "value",
    .iterations = 100000,
};

static const char *const tie_names[] = { "davidson", "half", NULL };

static const struct option_spec rank_options[] = {
    { .name = "first",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct rank_settings, first),
      .help = "the column with the one item (default: first)" },
    { .name = "second",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct rank_settings, second),
      .help = "the column with the other item (default: second)" },
    { .name = "value",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct rank_settings, value),
      .help = "the column that says first, second or tie, or the id of the "
              "one that is more (default: value)" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct rank_settings, only),
      .help = "only rows whose column has one of the values, such as "
              "question=arousal; may be given more than once" },
    { .name = "repeats",
      .type = OPTION_FLAG,
      .offset = offsetof(struct rank_settings, repeats),
      .help = "count rows whose role is repeat, too" },
    { .name = "ties",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct rank_settings, ties),
      .choices = tie_names,
      .help = "davidson: ties have a probability of their own (the default); "
              "half: one counts half for each" },
    { .name = "prior",
      .type = OPTION_NUMBER,
      .arg = "n",
      .offset = offsetof(struct rank_settings, prior),
      .min = 0,
      .max = 1000,
      .help = "give each item n wins and n losses against the mean, so that "
              "one that never lost has a place, too (default: 0)" },
    { .name = "iterations",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct rank_settings, iterations),
      .min = 1,
      .max = 100000000,
      .help = "the most steps of the fit (default: 100000)" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct rank_settings, format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    OPTION_END
};

struct tally {
    size_t won, lost, tied;
};

struct comparisons {
    struct comparison *item; /* owned */
    size_t count, capacity;
    struct intern names;
    struct intern met; /* of rows that were left out, with no choice */
    size_t reserved, repeats, open; /* rows that were left out */
    struct tally *tally;            /* owned; of each item */
};

static void comparisons_release(struct comparisons *list)
{
    free(list->item);
    free(list->tally);
    intern_release(&list->names);
    intern_release(&list->met);
}

/* A consensus has rows of what is not settled: their state says so. */
static bool is_open(const struct columns *table, size_t row, int value)
{
    int state = columns_find(table, "state");

    return state >= 0 && columns_missing(table, row, (size_t)value) &&
           !columns_missing(table, row, (size_t)state) &&
           !text_equal(columns_text(table, row, (size_t)state), "settled");
}

static void leave_out(const struct columns *table, size_t row,
                      const int column[3], struct comparisons *list)
{
    for (int c = 0; c < 2; c++)
        if (!columns_missing(table, row, (size_t)column[c]))
            intern_add(&list->met, columns_text(table, row, (size_t)column[c]));
}

/* Items that were compared, but never with an outcome: they have no place. */
static void tell_unranked(const struct comparisons *list)
{
    const char *first = NULL;
    size_t count = 0;

    for (size_t i = 0; i < list->met.names.count; i++) {
        const char *name = list->met.names.item[i];

        if (intern_find(&list->names, name) >= 0)
            continue;
        first = first ? first : name;
        count++;
    }
    if (count == 1)
        log_notice("\"%s\" is in no comparison that counts: it has no rank",
                   first);
    else if (count > 1)
        log_notice("%zu items are in no comparison that counts and have no "
                   "rank; the first of them is \"%s\"",
                   count, first);
}

static bool read_row(const struct columns *table, size_t row,
                     const int column[3], struct comparisons *list,
                     struct error *err)
{
    const char *cell[3];
    struct comparison it = { .outcome = COMPARED_TIE };

    if (is_open(table, row, column[2])) {
        list->open++;
        leave_out(table, row, column, list);
        return true;
    }
    for (int c = 0; c < 3; c++) {
        cell[c] = columns_text(table, row, (size_t)column[c]);
        if (columns_missing(table, row, (size_t)column[c]))
            return columns_fail(table, row, (size_t)column[c], err,
                                c < 2 ? "must say which item"
                                      : "must say which of the two is more, "
                                        "or tie");
    }
    if (cell[2][0] == '@') {
        list->reserved++;
        leave_out(table, row, column, list);
        return true;
    }
    if (text_equal(cell[0], cell[1]))
        return columns_fail(table, row, (size_t)column[1], err,
                            "is the same item as the other one");
    if (text_equal(cell[2], "first") || text_equal(cell[2], cell[0]))
        it.outcome = COMPARED_FIRST;
    else if (text_equal(cell[2], "second") || text_equal(cell[2], cell[1]))
        it.outcome = COMPARED_SECOND;
    else if (!text_equal(cell[2], "tie"))
        return columns_fail(table, row, (size_t)column[2], err,
                            "must be first, second, tie or one of the two "
                            "ids");
    it.first = intern_add(&list->names, cell[0]);
    it.second = intern_add(&list->names, cell[1]);
    VEC_PUSH(list, it);
    return true;
}

static bool read_rows(const struct rank_settings *settings,
                      const struct columns *table, struct comparisons *list,
                      struct error *err)
{
    const int column[3] = { columns_need(table, settings->first, err),
                            columns_need(table, settings->second, err),
                            columns_need(table, settings->value, err) };
    int role = columns_find(table, "role");
    int question = columns_find(table, "question");

    for (int c = 0; c < 3; c++)
        if (column[c] < 0)
            return false;
    for (size_t row = 0; row < columns_rows(table); row++) {
        if (question >= 0 &&
            !text_equal(columns_text(table, row, (size_t)question),
                        columns_text(table, 0, (size_t)question)))
            return columns_fail(table, row, (size_t)question, err,
                                "is another question than that of the first "
                                "row; choose one, such as --only "
                                "question=%s",
                                columns_text(table, 0, (size_t)question));
        if (!settings->repeats && role >= 0 &&
            text_equal(columns_text(table, row, (size_t)role), "repeat"))
            list->repeats++;
        else if (!read_row(table, row, column, list, err))
            return false;
    }
    if (list->count > 0)
        return true;
    if (list->open > 0)
        return error_set(err, ERROR_INPUT,
                         "none of the %zu comparisons is settled; "
                         "`mien-annotate adjudicate' settles them",
                         list->open);
    return error_set(err, ERROR_INPUT, "there is no comparison in the table");
}

static void count_outcomes(struct comparisons *list)
{
    list->tally = xcalloc(list->names.names.count + 1, sizeof(*list->tally));
    for (size_t k = 0; k < list->count; k++) {
        const struct comparison *it = &list->item[k];
        struct tally *first = &list->tally[it->first];
        struct tally *second = &list->tally[it->second];

        first->won += it->outcome == COMPARED_FIRST;
        second->lost += it->outcome == COMPARED_FIRST;
        second->won += it->outcome == COMPARED_SECOND;
        first->lost += it->outcome == COMPARED_SECOND;
        first->tied += it->outcome == COMPARED_TIE;
        second->tied += it->outcome == COMPARED_TIE;
    }
}

/* The smallest part, by an item of it. */
static bool tell_apart(const struct bradley_terry *fit,
                       const struct comparisons *list, struct error *err)
{
    size_t n = list->names.names.count;
    size_t best = 0, size = n + 1;

    for (size_t i = 0; i < n; i++) {
        size_t count = 0;

        for (size_t j = 0; j < n; j++)
            count += fit->part[j] == fit->part[i];
        if (count < size) {
            size = count;
            best = i;
        }
    }
    return error_set(err, ERROR_INPUT,
                     "the items fall into %zu groups between which it went "
                     "one way only, or that were not compared: no scale is "
                     "finite; \"%s\" is one of a group of %zu; compare more, "
                     "or give --prior, such as 0.5",
                     fit->parts, list->names.names.item[best], size);
}

/*
 * Ties have a probability below 1 at every nu: the likelihood of nothing but
 * ties only grows with nu (Davidson 1970), a prior of wins or none.
 */
static bool check_ties(const struct rank_settings *settings,
                       const struct comparisons *list, struct error *err)
{
    if (settings->ties != BRADLEY_TERRY_DAVIDSON)
        return true;
    for (size_t i = 0; i < list->count; i++)
        if (list->item[i].outcome != COMPARED_TIE)
            return true;
    return error_set(err, ERROR_INPUT,
                     "nothing but ties: they have no finite probability of "
                     "their own; give --ties=half");
}

struct by_score {
    const struct bradley_terry *fit;
    const struct text_list *names;
};

static int compare(const void *a, const void *b, void *context)
{
    const struct by_score *by = context;
    size_t one = *(const size_t *)a, two = *(const size_t *)b;
    double x = by->fit->score[one], y = by->fit->score[two];

    if (x != y)
        return x < y ? 1 : -1;
    return strcmp(by->names->item[one], by->names->item[two]);
}

static void put_rows(const struct bradley_terry *fit,
                     const struct comparisons *list, struct table *table)
{
    size_t n = list->names.names.count;
    size_t *order = xcalloc(n + 1, sizeof(*order));
    struct by_score by = { fit, &list->names.names };

    for (size_t i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, n, sizeof(*order), compare, &by);
    for (size_t i = 0; i < n; i++) {
        const struct tally *it = &list->tally[order[i]];

        table_begin_row(table);
        table_put_int(table, (int64_t)i + 1);
        table_put_text(table, list->names.names.item[order[i]]);
        table_put_number(table, fit->score[order[i]]);
        table_put_number(table, fit->error[order[i]]);
        table_put_int(table, (int64_t)it->won);
        table_put_int(table, (int64_t)it->lost);
        table_put_int(table, (int64_t)it->tied);
    }
    free(order);
}

static void put_left_out(const struct comparisons *list, struct buf *out)
{
    if (list->reserved + list->repeats + list->open == 0)
        return;
    buf_addf(out, "; left out: %zu without a choice, %zu repeats",
             list->reserved, list->repeats);
    if (list->open > 0)
        buf_addf(out, ", %zu not settled", list->open);
}

static void print(const struct rank_settings *settings,
                  const struct bradley_terry *fit,
                  const struct comparisons *list, struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };

    table_column(table, "rank", "rank", TABLE_INT, 0);
    table_column(table, "item", "item", TABLE_TEXT, 0);
    table_column(table, "score", "score", TABLE_NUMBER, 3);
    table_column(table, "se", "se", TABLE_NUMBER, 3);
    table_column(table, "won", "won", TABLE_INT, 0);
    table_column(table, "lost", "lost", TABLE_INT, 0);
    table_column(table, "tied", "tied", TABLE_INT, 0);
    put_rows(fit, list, table);
    if (settings->format == OUTPUT_TEXT) {
        buf_addf(&out, "%zu items, %zu comparison%s", list->names.names.count,
                 list->count, list->count == 1 ? "" : "s");
        put_left_out(list, &out);
        buf_addf(&out, "\nlog likelihood %.3f", fit->log_likelihood);
        if (fit->tie > 0)
            buf_addf(&out, ", ties %.3f (nu)", fit->tie);
        buf_add_text(&out, "\n\n");
    }
    table_print(table, (enum output_format)settings->format, &out);
    output_write(&out, err);
    buf_release(&out);
    table_free(table);
}

static bool rank(const struct rank_settings *settings,
                 const struct columns *table, struct error *err)
{
    struct bradley_terry_settings how = BRADLEY_TERRY_DEFAULTS;
    struct bradley_terry fit = { 0 };
    struct comparisons list = { 0 };
    bool good = read_rows(settings, table, &list, err) &&
                check_ties(settings, &list, err);

    if (good) {
        how.items = list.names.names.count;
        how.ties = (enum bradley_terry_ties)settings->ties;
        how.prior = settings->prior;
        how.iterations = (int)settings->iterations;
        bradley_terry_fit(&how, list.item, list.count, &fit);
        good = fit.state != BRADLEY_TERRY_APART || tell_apart(&fit, &list, err);
    }
    if (good) {
        if (fit.state == BRADLEY_TERRY_CUT_OFF)
            log_warning("the fit had not converged after %d steps; give more "
                        "--iterations",
                        fit.iterations);
        tell_unranked(&list);
        count_outcomes(&list);
        print(settings, &fit, &list, err);
    }
    bradley_terry_release(&fit);
    comparisons_release(&list);
    return good;
}

static int cmd_rank(void *context, int argc, char **argv, struct error *err)
{
    const struct rank_settings *settings = context;
    struct columns *table;

    if (argc != 1) {
        error_set(err, ERROR_USAGE,
                  argc < 1 ? "which table of comparisons?"
                           : "one table of comparisons at a time");
        return 0;
    }
    table = columns_read(argv[0], NULL, err);
    if (table && columns_keep_only(table, &settings->only, err) &&
        !rank(settings, table, err) && !strstr(err->text, argv[0]))
        error_prefix(err, "%s", argv[0]);
    columns_free(table);
    return 0;
}

const struct command cmd_rank_entry = {
    .name = "rank",
    .group = "Annotators",
    .synopsis = "[options] COMPARISONS.csv",
    .summary = "make a scale of items from comparisons of two",
    .options = rank_options,
    .settings_size = sizeof(struct rank_settings),
    .defaults = &defaults,
    .run = cmd_rank,
};
