/*
 * fuzz_change - what somebody might have done to an SQLite file.
 *
 * Changes stand one after the other, each of CHANGE_HEAD bytes and a value:
 *
 *     deed, table, column, row (each modulo what there is), length
 *     length bytes (modulo 64, as far as there are any): the value
 *
 * Deeds: a text, a blob, NULL, an integer or a real into a cell; a row
 * deleted; then, when all of these are done, bytes of the file itself changed
 * (table, column and row are the place), or the file cut off there.
 */
#ifndef MIEN_TESTS_FUZZ_CHANGE_H
#define MIEN_TESTS_FUZZ_CHANGE_H

#include <stddef.h>
#include <stdint.h>

enum { CHANGE_HEAD = 5, CHANGE_DEEDS = 8 };

/* What the schema does not allow is left undone. */
void fuzz_change(const char *path, const uint8_t *bytes, size_t length);

#endif
