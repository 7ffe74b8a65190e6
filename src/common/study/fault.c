/* fault - all that is wrong with a description, not just the first thing. */
#include <config.h>

#include "common/study/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/vec.h"

static void add(struct fault_list *list, bool warning, const char *path,
                const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));

static void add(struct fault_list *list, bool warning, const char *path,
                const char *format, va_list args)
{
    struct fault fault = { .warning = warning, .path = xstrdup(path) };
    char text[1024];

    vsnprintf(text, sizeof(text), format, args);
    fault.text = xstrdup(text);
    VEC_PUSH(list, fault);
}

void fault_add(struct fault_list *list, const char *path, const char *format,
               ...)
{
    va_list args;

    va_start(args, format);
    add(list, false, path, format, args);
    va_end(args);
}

void fault_add_warning(struct fault_list *list, const char *path,
                       const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(list, true, path, format, args);
    va_end(args);
}

size_t fault_errors(const struct fault_list *list)
{
    size_t errors = 0;

    for (size_t i = 0; i < list->count; i++)
        if (!list->item[i].warning)
            errors++;
    return errors;
}

bool fault_none(const struct fault_list *list, const char *name,
                struct error *err)
{
    size_t errors = fault_errors(list);
    const struct fault *first = list->item;

    if (errors == 0)
        return true;
    while (first->warning)
        first++;
    if (first->path[0])
        error_set(err, ERROR_INPUT, "%s: %s: %s", name, first->path,
                  first->text);
    else
        error_set(err, ERROR_INPUT, "%s: %s", name, first->text);
    if (errors > 1)
        error_append(err, " (and %zu more)", errors - 1);
    return false;
}

void fault_release(struct fault_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->item[i].path);
        free(list->item[i].text);
    }
    free(list->item);
    *list = (struct fault_list){ 0 };
}
