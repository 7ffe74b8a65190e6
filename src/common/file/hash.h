/*
 * hash - the only door to libsodium: SHA-256 of media and inputs, BLAKE2b
 * for the journal, random bytes.
 */
#ifndef MIEN_FILE_HASH_H
#define MIEN_FILE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"

enum {
    HASH_SIZE = 32,      /* bytes, of SHA-256 and of BLAKE2b here */
    HASH_HEX_SIZE = 65,  /* with the zero */
    HASH_SALT_SIZE = 16, /* bytes */
};

/* A piece of input; a list of them is hashed as one run of bytes. */
struct hash_part {
    const void *bytes;
    size_t length;
};

void hash_sha256(const void *bytes, size_t length, uint8_t out[HASH_SIZE]);
bool hash_file_sha256(const char *path, uint8_t out[HASH_SIZE],
                      struct error *err);
/* BLAKE2b-256; `key` (16 to 64 bytes) may be NULL. */
void hash_blake2b(const struct hash_part *part, size_t count,
                  const uint8_t *key, size_t key_length,
                  uint8_t out[HASH_SIZE]);
/* From the system's source of chance; for ids and salts only. */
void hash_random(void *out, size_t length);
void hash_to_hex(const uint8_t *bytes, size_t length, char *out);
bool hash_from_hex(const char *hex, uint8_t *out, size_t length);

#endif
