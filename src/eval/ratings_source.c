/* ratings_source - see ratings_source.h. */
#include <config.h>

#include "eval/ratings_source.h"

static bool check(const struct ratings_source *source, struct error *err)
{
    bool one_row_an_item = source->wide || source->counts;

    if (source->wide && source->counts)
        return error_set(err, ERROR_USAGE,
                         "--wide and --counts: a table is one of them");
    if (!one_row_an_item && source->columns.count > 0)
        return error_set(err, ERROR_USAGE,
                         "--columns goes with --wide or --counts");
    if (one_row_an_item && (source->rater || source->value))
        return error_set(err, ERROR_USAGE,
                         "--rater and --value are of a long table, with one "
                         "row a rating");
    return true;
}

bool ratings_source_read(const struct ratings_source *source, const char *path,
                         const struct text_list *keep,
                         struct ratings_table *table, struct error *err)
{
    struct ratings_table_options options = {
        .layout = source->wide     ? RATINGS_WIDE
                  : source->counts ? RATINGS_COUNTS
                                   : RATINGS_LONG,
        .item = source->item,
        .rater = source->rater,
        .value = source->value,
        .columns = &source->columns,
        .categories = &source->categories,
        .only = &source->only,
        .keep = keep,
        .sets = source->sets,
    };

    return check(source, err) && ratings_table_read(path, &options, table, err);
}
