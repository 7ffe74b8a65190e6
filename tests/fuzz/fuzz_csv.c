/* fuzz_csv - csv and columns: any table; what is written is read the same. */
#include <config.h>

#include <string.h>

#include "common/file/columns.h"
#include "fuzz.h"

enum { FLAG_LATIN1 = 1, FLAG_NO_HEADER = 2, FLAG_TAB = 4, FLAG_SEMICOLON = 8 };

static const char *const words[] = { "\"",     "\"\"",         ",",
                                     "\r\n",   "\n",           "\t",
                                     "# a: b", "\xef\xbb\xbf", NULL };

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(give, context, 0, "id,x\n1,2\n");
    fuzz_give_text(give, context, 0,
                   "\xef\xbb\xbf# set: basic\r\nid,\"a,b\",x\r\n"
                   "1,\"say \"\"yes\"\"\r\nagain\",\r\n\r\n2,plain,3.5\r\n");
    fuzz_give_text(give, context, FLAG_LATIN1, "id,x\n\xe4,1e30\n");
    fuzz_give_text(give, context, FLAG_NO_HEADER, "# n: 1\n1,2\n3,4\n");
    fuzz_give_text(give, context, FLAG_NO_HEADER | FLAG_TAB, "a\tb\n");
    fuzz_give_text(give, context, FLAG_SEMICOLON, "a;b\n1;\n;\"\"\n");
    fuzz_give_text(give, context, 0, "a\n\n1\n\"\"\n");
}

static void check_same(const struct columns *a, const struct columns *b)
{
    fuzz_must(columns_rows(a) == columns_rows(b));
    fuzz_must(columns_count(a) == columns_count(b));
    for (size_t i = 0; i < columns_count(a); i++) {
        fuzz_must(strcmp(columns_name(a, i), columns_name(b, i)) == 0);
        for (size_t row = 0; row < columns_rows(a); row++)
            fuzz_must(
                strcmp(columns_text(a, row, i), columns_text(b, row, i)) == 0);
    }
}

/* Every cell as a number, or refused with its place. */
static void look(struct columns *table)
{
    for (size_t i = 0; i < columns_count(table); i++) {
        bool numeric = columns_is_numeric(table, i);

        for (size_t row = 0; row < columns_rows(table); row++) {
            struct error err = { 0 };
            double value = 0;
            bool good = columns_number(table, row, i, &value, &err);

            fuzz_answered(good, &err, "/proc/self/fd");
            fuzz_must(!good || !columns_missing(table, row, i) ||
                      value != value);
            fuzz_must(numeric || columns_rows(table) > 0);
        }
        fuzz_must(columns_find(table, columns_name(table, i)) >= 0);
    }
}

static void one(const uint8_t *bytes, size_t length)
{
    uint8_t flags = fuzz_take(&bytes, &length);
    struct csv_options options = {
        .separator = flags & FLAG_TAB         ? '\t'
                     : flags & FLAG_SEMICOLON ? ';'
                                              : 0,
        .latin1 = flags & FLAG_LATIN1,
        .no_header = flags & FLAG_NO_HEADER,
    };
    const char *path = fuzz_file(bytes, length);
    struct error err = { 0 };
    struct columns *table = columns_read(path, &options, &err);
    struct columns *again;
    struct buf out = { 0 };

    fuzz_answered(table != NULL, &err, path);
    if (!table)
        return;
    look(table);
    columns_print(table, &out);
    path = fuzz_file(buf_text(&out), out.length);
    again = columns_read(path, NULL, &err);
    if (!again)
        fuzz_wrong(__FILE__, __LINE__, "what is written is read", err.text);
    check_same(table, again);
    columns_free(again);
    columns_free(table);
    buf_release(&out);
}

const struct fuzz_target fuzz_target = {
    .name = "csv",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 4000,
};
