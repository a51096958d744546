/*
 * SHA-256 by nettle, which takes the processor's own instructions for it where there are any: an image is
 * hashed whenever it is loaded.  What is hashed in parts goes through <nettle/sha2.h> itself.
 */
#ifndef REGIMEN_DIGEST_H
#define REGIMEN_DIGEST_H

#include <stdint.h>

enum { DIGEST_SIZE = 32, DIGEST_TEXT_SIZE = 2 * DIGEST_SIZE + 1 };

/* Of a text without the zero behind it. */
void digest_of_text(const char *text, uint8_t digest[DIGEST_SIZE]);
/* 64 hex digits, terminated. */
void digest_text(const uint8_t digest[DIGEST_SIZE], char text[DIGEST_TEXT_SIZE]);

#endif
