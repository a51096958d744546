/* Loading: the header, the sections, the two digests.  What the items say is the verifier's work.

   Every byte is hashed once.  The checksum covers the digest, and so does not cover again what the digest
   does; the bytes between sections are zero.

   The block is used where it lies: nothing is copied and nothing is changed in it, so one image may
   serve many contexts and threads.  The sections must follow each other without a gap, in their order;
   so there is one way to lay out a program, and no two sections can overlap. */
#include "runtime/image.h"

#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "images are read in place and are little-endian");
_Static_assert(sizeof(struct image_header) == 80 + 8 * SECTION_COUNT, "no padding in the header");

struct section_fact {
    const char *name;
    size_t item;
};

static const struct section_fact SECTIONS[SECTION_COUNT] = {
#define SECTION(name, type, digested) {#name, sizeof(type)},
#include "runtime/sections.def"
#undef SECTION
};

/* The sections of the digest stand first, so that the checksum is of the header and of one stretch behind
 * them. */
enum {
    DIGESTED_COUNT = 0
#define SECTION(name, type, digested) +(digested)
#include "runtime/sections.def"
#undef SECTION
};
#define SECTION(name, type, digested)                                                                        \
    _Static_assert(((int)SECTION_##name < (int)DIGESTED_COUNT) == (digested), #name " stands out of order");
#include "runtime/sections.def"
#undef SECTION

static uint64_t section_end(const struct image_header *header, size_t section)
{
    const struct image_section *s = &header->sections[section];
    return s->offset + (uint64_t)s->count * SECTIONS[section].item;
}

__attribute__((format(printf, 4, 5))) static enum image_status refuse(enum image_status status, char *reason,
                                                                      size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(reason, size, format, arguments);
    va_end(arguments);
    return status;
}

/* False where the header cannot be whole. */
static bool checksum_of(const uint8_t *bytes, size_t size, uint8_t out[IMAGE_DIGEST])
{
    const struct image_header *header = (const struct image_header *)(const void *)bytes;
    const size_t from = offsetof(struct image_header, checksum) + IMAGE_DIGEST;
    size_t rest = header->sections[DIGESTED_COUNT].offset;
    struct sha256_ctx hash;
    if (rest < sizeof *header || rest > size) return false;
    sha256_init(&hash);
    sha256_update(&hash, sizeof *header - from, bytes + from);
    sha256_update(&hash, size - rest, bytes + rest);
    sha256_digest(&hash, IMAGE_DIGEST, out);
    return true;
}

/* The sections must lie inside the block. */
static void digest_of(const uint8_t *bytes, uint8_t out[IMAGE_DIGEST])
{
    const struct image_header *header = (const struct image_header *)(const void *)bytes;
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (size_t i = 0; i < DIGESTED_COUNT; i++) {
        /* the count is hashed before the items: else an item could move to the next section unseen */
        const struct image_section *s = &header->sections[i];
        sha256_update(&hash, sizeof s->count, (const uint8_t *)&s->count);
        sha256_update(&hash, section_end(header, i) - s->offset, bytes + s->offset);
    }
    sha256_digest(&hash, IMAGE_DIGEST, out);
}

void image_seal(uint8_t *bytes, size_t size)
{
    struct image_header *header = (struct image_header *)(void *)bytes;
    digest_of(bytes, header->digest);
    (void)checksum_of(bytes, size, header->checksum); /* which covers the digest */
}

void image_digest_text(const struct image *image, char out[2 * IMAGE_DIGEST + 1])
{
    digest_text(image->header->digest, out);
}

static enum image_status damaged(char *reason, size_t reason_size)
{
    return refuse(IMAGE_DAMAGED, reason, reason_size, "the image is damaged: its checksum does not match");
}

/* Magic, format, sizes, checksum: in this order, so that the reason says what a person has in hand. */
static enum image_status check_header(const uint8_t *bytes, size_t size, char *reason, size_t reason_size)
{
    const struct image_header *header = (const struct image_header *)(const void *)bytes;
    if (size < sizeof header->magic || memcmp(bytes, IMAGE_MAGIC, sizeof header->magic) != 0)
        return refuse(IMAGE_NOT_AN_IMAGE, reason, reason_size, "this is not a compiled program");
    if ((uintptr_t)bytes % IMAGE_ALIGN != 0)
        return refuse(IMAGE_INVALID, reason, reason_size, "the image is not aligned in memory");
    /* as soon as the number is there, also where the rest is cut off */
    if (size >= offsetof(struct image_header, size) && header->format != IMAGE_FORMAT)
        return refuse(IMAGE_OTHER_FORMAT, reason, reason_size,
                      "the image has format %u and this version reads format %u: build it again",
                      header->format, (unsigned)IMAGE_FORMAT);
    if (size < sizeof *header || header->size > size)
        return refuse(IMAGE_TRUNCATED, reason, reason_size, "the image is cut off after %zu bytes", size);
    uint8_t checksum[IMAGE_DIGEST];
    if (header->size != size || !checksum_of(bytes, size, checksum) ||
        memcmp(checksum, header->checksum, IMAGE_DIGEST) != 0)
        return damaged(reason, reason_size);
    return IMAGE_OK;
}

static bool all_zero(const uint8_t *bytes, uint64_t from, uint64_t to)
{
    for (; from < to; from++)
        if (bytes[from] != 0) return false;
    return true;
}

static enum image_status check_sections(const uint8_t *bytes, size_t size, char *reason, size_t reason_size)
{
    const struct image_header *header = (const struct image_header *)(const void *)bytes;
    if (header->section_count != SECTION_COUNT)
        return refuse(IMAGE_INVALID, reason, reason_size, "the image has %u sections instead of %d",
                      header->section_count, (int)SECTION_COUNT);
    uint64_t end = sizeof *header;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        uint64_t start = image_aligned(end);
        bool right = header->sections[i].offset == start && section_end(header, i) <= size;
        if (!right || !all_zero(bytes, end, start))
            return refuse(IMAGE_INVALID, reason, reason_size,
                          "section %s of the image does not lie where it should", SECTIONS[i].name);
        end = section_end(header, i);
    }
    if (end != size)
        return refuse(IMAGE_INVALID, reason, reason_size, "the image has bytes after its last section");
    return IMAGE_OK;
}

static void bind_sections(const uint8_t *bytes, size_t size, struct image *out)
{
    const struct image_header *header = (const struct image_header *)(const void *)bytes;
    *out = (struct image){.bytes = bytes, .size = size, .header = header};
#define SECTION(name, type, digested)                                                                        \
    out->name = (const type *)(const void *)(bytes + header->sections[SECTION_##name].offset);               \
    out->name##_count = header->sections[SECTION_##name].count;
#include "runtime/sections.def"
#undef SECTION
}

enum image_status image_load(const uint8_t *bytes, size_t size, struct image *out, char *reason,
                             size_t reason_size)
{
    enum image_status status = check_header(bytes, size, reason, reason_size);
    if (status == IMAGE_OK) status = check_sections(bytes, size, reason, reason_size);
    if (status != IMAGE_OK) return status;
    /* with the checksum it says that the file is whole; and a report names the program by it, so it must be
     * true */
    uint8_t digest[IMAGE_DIGEST];
    digest_of(bytes, digest);
    bind_sections(bytes, size, out);
    if (memcmp(digest, out->header->digest, IMAGE_DIGEST) != 0) return damaged(reason, reason_size);
    return image_verify(out, reason, reason_size) ? IMAGE_OK : IMAGE_INVALID;
}
