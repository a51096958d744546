/* The other direction: items to the bytes of an image. */
#include "runtime/image.h"

#include <stdlib.h>
#include <string.h>

/* A section that is to be packed. */
struct piece {
    const void *items;
    uint32_t count;
    uint64_t bytes;
};

static uint64_t packed_size(const struct piece *pieces)
{
    uint64_t end = sizeof(struct image_header);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        end = image_aligned(end) + pieces[i].bytes;
    return end;
}

static void fill(uint8_t *bytes, size_t size, const struct piece *pieces)
{
    struct image_header *header = (struct image_header *)(void *)bytes;
    memcpy(header->magic, IMAGE_MAGIC, sizeof header->magic);
    header->format = IMAGE_FORMAT;
    header->size = (uint32_t)size;
    header->section_count = SECTION_COUNT;
    uint64_t end = sizeof *header;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        uint64_t start = image_aligned(end);
        header->sections[i] = (struct image_section){.offset = (uint32_t)start, .count = pieces[i].count};
        if (pieces[i].bytes) memcpy(bytes + start, pieces[i].items, pieces[i].bytes);
        end = start + pieces[i].bytes;
    }
}

uint8_t *image_pack(const struct image *parts, size_t *size)
{
    const struct piece pieces[SECTION_COUNT] = {
#define SECTION(name, type, digested)                                                                        \
    {parts->name, parts->name##_count, (uint64_t)parts->name##_count * sizeof(type)},
#include "runtime/sections.def"
#undef SECTION
    };
    uint64_t total = packed_size(pieces);
    if (total > UINT32_MAX) return NULL;
    uint8_t *bytes = aligned_alloc(IMAGE_ALIGN, image_aligned(total));
    if (!bytes) return NULL;
    /* the bytes between sections are zero: they are hashed, and the same program is the same file */
    memset(bytes, 0, image_aligned(total));
    fill(bytes, total, pieces);
    image_seal(bytes, total);
    *size = total;
    return bytes;
}
