/* hash - see hash.h. */
#include <config.h>

#include "common/file/hash.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

void hash_sha256(const void *bytes, size_t length, uint8_t out[HASH_SIZE])
{
    crypto_hash_sha256(out, bytes, length);
}

bool hash_file_sha256(const char *path, uint8_t out[HASH_SIZE],
                      struct error *err)
{
    crypto_hash_sha256_state state;
    unsigned char block[65536];
    FILE *stream = fopen(path, "re");
    bool good;
    size_t got;

    if (!stream)
        return error_set_errno(err, ERROR_INPUT, "%s: cannot open", path);
    crypto_hash_sha256_init(&state);
    while ((got = fread(block, 1, sizeof(block), stream)) > 0)
        crypto_hash_sha256_update(&state, block, got);
    crypto_hash_sha256_final(&state, out);
    good = !ferror(stream);
    if (!good)
        error_set_errno(err, ERROR_IO, "%s: cannot read", path);
    fclose(stream);
    return good;
}

void hash_blake2b(const struct hash_part *part, size_t count,
                  const uint8_t *key, size_t key_length, uint8_t out[HASH_SIZE])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, key, key_length, HASH_SIZE);
    for (size_t i = 0; i < count; i++)
        crypto_generichash_update(&state, part[i].bytes, part[i].length);
    crypto_generichash_final(&state, out, HASH_SIZE);
}

void hash_random(void *out, size_t length)
{
    int started = sodium_init();

    assert(started >= 0); /* no source of chance: nothing can be trusted */
    randombytes_buf(out, length);
}

void hash_to_hex(const uint8_t *bytes, size_t length, char *out)
{
    sodium_bin2hex(out, length * 2 + 1, bytes, length);
}

bool hash_from_hex(const char *hex, uint8_t *out, size_t length)
{
    size_t got = 0;

    return strlen(hex) == length * 2 &&
           sodium_hex2bin(out, length, hex, length * 2, NULL, &got, NULL) ==
               0 &&
           got == length;
}
