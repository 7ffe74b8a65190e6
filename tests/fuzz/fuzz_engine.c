/* fuzz_engine - a target as clang's libFuzzer calls it; see run.sh. */
#include <config.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length <= fuzz_target.most)
        fuzz_target.one(bytes, length);
    return 0;
}
