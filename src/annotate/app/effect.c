/*
 * effect - what update() wants done.
 */
#include <config.h>

#include "annotate/app/effect.h"

#include <stdlib.h>

#include "common/base/vec.h"

void effects_add(struct effects *effects, enum effect_kind kind)
{
    VEC_PUSH(effects, (struct effect){ .kind = kind });
}

void effects_add_at(struct effects *effects, enum effect_kind kind,
                    int64_t at_us)
{
    VEC_PUSH(effects, ((struct effect){ .kind = kind, .at_us = at_us }));
}

void effects_add_part(struct effects *effects, enum effect_kind kind,
                      int64_t at_us, int64_t to_us)
{
    effects_add_at(effects, kind, at_us);
    effects->item[effects->count - 1].to_us = to_us;
}

void effects_add_entry(struct effects *effects, enum effect_kind kind,
                       size_t entry)
{
    VEC_PUSH(effects, ((struct effect){ .kind = kind, .entry = entry }));
}

void effects_add_number(struct effects *effects, enum effect_kind kind,
                        double number)
{
    VEC_PUSH(effects, ((struct effect){ .kind = kind, .number = number }));
}

void effects_clear(struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++)
        free(effects->item[i].payload);
    effects->count = 0;
}

void effects_release(struct effects *effects)
{
    effects_clear(effects);
    free(effects->item);
    *effects = (struct effects){ 0 };
}
