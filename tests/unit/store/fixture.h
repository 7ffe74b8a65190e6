/*
 * fixture - a small project with two speakers and two annotators, for tests.
 */
#ifndef MIEN_TEST_FIXTURE_H
#define MIEN_TEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/path.h"
#include "common/file/atomic.h"
#include "common/store/collect.h"
#include "common/store/project.h"

enum { CLIPS = 6 }; /* those with even numbers are of "secretperson" */

/* Passes, or fails with the text of a local `err`. */
#define GOOD(expression)                               \
    do {                                               \
        if (!(expression))                             \
            fail_msg("%s: %s", #expression, err.text); \
    } while (0)

extern const char fixture_protocol[];

int fixture_setup(void **state);
int fixture_teardown(void **state);
struct project *fixture_make(const char *folder);
char *fixture_bundle(const char *folder, const char *alias);
void fixture_judge(const char *path, size_t from, size_t to, const char *value,
                   int64_t wall_us);
void fixture_collect(struct project *project, const char *path,
                     struct collect_report *report);
char *fixture_state(struct project *project);
void fixture_verifies(struct project *project, size_t erased_least);
void fixture_copy(const char *from, const char *to);
struct project *fixture_copy_project(const char *folder, const char *name);

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
