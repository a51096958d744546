#include "runtime/digest.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <string.h>

_Static_assert(DIGEST_SIZE == SHA256_DIGEST_SIZE, "the digests are SHA-256");

void digest_of_text(const char *text, uint8_t digest[DIGEST_SIZE])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, strlen(text), (const uint8_t *)text);
    sha256_digest(&hash, DIGEST_SIZE, digest);
}

void digest_text(const uint8_t digest[DIGEST_SIZE], char text[DIGEST_TEXT_SIZE])
{
    base16_encode_update(text, DIGEST_SIZE, digest);
    text[DIGEST_TEXT_SIZE - 1] = '\0';
}
