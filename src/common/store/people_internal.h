/*
 * people_internal - the database behind people.h.
 */
#ifndef MIEN_STORE_PEOPLE_INTERNAL_H
#define MIEN_STORE_PEOPLE_INTERNAL_H

#include "common/store/db_internal.h"
#include "common/store/people.h"

struct people {
    struct db *db; /* owned */
};

#endif
