/*
 * wide - functions that are compiled for wide vectors as well, and use them
 * where the processor has them.
 *
 * For loops over floats that take much of a program's time.  The clones do
 * the same operations in the same order (no fused multiply-add), so that
 * results do not depend on which one runs.
 */
#ifndef MIEN_BASE_WIDE_H
#define MIEN_BASE_WIDE_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WIDE __attribute__((target_clones("default", "avx2")))
#else
#define WIDE
#endif

#endif
