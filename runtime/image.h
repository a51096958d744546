/*
 * The image: a compiled program as one relocatable block of bytes, little-endian, 16-aligned.
 *
 *   header (magic, format, sizes, two digests) | table of sections | sections
 *
 * Each section begins at the next multiple of 16 after the one before; the bytes between are zero, and
 * nothing follows the last.  Items point to each other by index in their section, texts by offset in STRINGS
 * (0 is the empty text; the last byte is a zero).  The same source gives the same bytes.  The program digest
 * names the program and leaves out what only says where things stand in the source; the checksum covers the
 * rest and the digest itself.
 *
 * Nothing here is trusted until verify.c has looked at all of it once; after that no consumer checks again.
 *
 * Units of the canonical UCUM text stand beside what they belong to; registers carry no unit at run time: the
 * compiler has inserted every conversion.
 */
#ifndef REGIMEN_IMAGE_H
#define REGIMEN_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/image_items.h"

#define IMAGE_MAGIC "RGMC"
enum { IMAGE_FORMAT = 4, IMAGE_ALIGN = 16, IMAGE_DIGEST = DIGEST_SIZE };

enum section {
#define SECTION(name, type, digested) SECTION_##name,
#include "runtime/sections.def"
#undef SECTION
    SECTION_COUNT
};

struct image_section {
    uint32_t offset; /* from the start of the image */
    uint32_t count;  /* of items */
};

struct image_header {
    char magic[4];
    uint32_t format;
    uint32_t size; /* of the whole image */
    uint32_t section_count;
    uint8_t checksum[IMAGE_DIGEST]; /* SHA-256 of the header after this field and of the sections that are not
                                       digested */
    uint8_t
        digest[IMAGE_DIGEST]; /* SHA-256 of the digested sections, in order, each with its count before it */
    struct image_section sections[SECTION_COUNT];
};

/* A loaded and verified image: pointers into the block, which must stay while it is used. */
struct image {
    const uint8_t *bytes;
    size_t size;
    const struct image_header *header;
#define SECTION(name, type, digested)                                                                        \
    const type *name;                                                                                        \
    uint32_t name##_count;
#include "runtime/sections.def"
#undef SECTION
};

enum image_status {
    IMAGE_OK,
    IMAGE_TRUNCATED,
    IMAGE_NOT_AN_IMAGE,
    IMAGE_OTHER_FORMAT,
    IMAGE_DAMAGED,
    IMAGE_INVALID
};

/* Binds the sections and verifies everything; bytes must be 16-aligned and stay as long as out is used.  On
   failure reason gets a sentence.  Never reads outside bytes[0..size). */
enum image_status image_load(const uint8_t *bytes, size_t size, struct image *out, char *reason,
                             size_t reason_size);
/* verify.c: everything beyond the bounds of the sections. */
bool image_verify(const struct image *image, char *reason, size_t reason_size);
/* Where the next section begins. */
static inline uint64_t image_aligned(uint64_t offset)
{
    return (offset + IMAGE_ALIGN - 1) / IMAGE_ALIGN * IMAGE_ALIGN;
}
/* The text at an offset of STRINGS. */
static inline const char *image_text(const struct image *image, uint32_t offset)
{
    return image->STRINGS + offset;
}
/* The text at an offset of ASIDES. */
static inline const char *image_aside(const struct image *image, uint32_t offset)
{
    return image->ASIDES + offset;
}
/* The institution's setting of a parameter, or NULL. */
const struct image_setting *image_setting_of(const struct image *image, uint32_t param);
/* Fills the checksum and the digest of an image that is otherwise complete: its sections lie within size. */
void image_seal(uint8_t *bytes, size_t size);
/* Lays items out as a sealed image: of parts only the pointers and counts of sections are read.  The block is
   16-aligned, its length in *size, and the caller frees it; NULL where memory is short or the image would
   pass 4 GB. */
uint8_t *image_pack(const struct image *parts, size_t *size);
/* SHA-256 of the program as 64 hex digits, terminated. */
void image_digest_text(const struct image *image, char out[2 * IMAGE_DIGEST + 1]);

#endif
