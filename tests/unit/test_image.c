/* Images: packed, loaded, cut off, damaged, forged. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/image.h"

static uint8_t *packed(size_t *size)
{
    static const char strings[] = "\0all.risk\0"
                                  "1.0.0";
    static const struct image_program program[] = {{.name = 1, .version = 10, .now = NONE32}};
    struct image parts = {.STRINGS = strings,
                          .ASIDES = "",
                          .ASIDES_count = 1,
                          .STRINGS_count = sizeof strings,
                          .PROGRAM = program,
                          .PROGRAM_count = 1};
    uint8_t *bytes = image_pack(&parts, size);
    assert_non_null(bytes);
    return bytes;
}

/* A block of exactly this size, so that the sanitizer sees a read outside it. */
static uint8_t *exact_copy(const uint8_t *bytes, size_t size)
{
    void *copy = NULL;
    assert_int_equal(posix_memalign(&copy, IMAGE_ALIGN, size ? size : 1), 0);
    if (size) memcpy(copy, bytes, size);
    return copy;
}

static enum image_status load(const uint8_t *bytes, size_t size)
{
    struct image image;
    char reason[200] = "";
    enum image_status status = image_load(bytes, size, &image, reason, sizeof reason);
    assert_int_equal(status == IMAGE_OK, reason[0] == '\0');
    return status;
}

static void test_load(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = packed(&size), *again = packed(&size);
    assert_memory_equal(bytes, again, size);
    struct image image;
    char reason[200], digest[2 * IMAGE_DIGEST + 1];
    assert_int_equal(image_load(bytes, size, &image, reason, sizeof reason), IMAGE_OK);
    assert_string_equal(image_text(&image, image.PROGRAM->name), "all.risk");
    assert_string_equal(image_text(&image, image.PROGRAM->version), "1.0.0");
    image_digest_text(&image, digest);
    assert_int_equal(strlen(digest), 64);
    assert_int_equal(strspn(digest, "0123456789abcdef"), 64);
    free(bytes);
    free(again);
}

static void test_cut_off(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = packed(&size);
    for (size_t length = 0; length < size; length++) {
        uint8_t *copy = exact_copy(bytes, length);
        assert_int_equal(load(copy, length), length < 4 ? IMAGE_NOT_AN_IMAGE : IMAGE_TRUNCATED);
        free(copy);
    }
    uint8_t *longer = exact_copy(bytes, size);
    longer = realloc(longer, size + 16);
    memset(longer + size, 0, 16);
    assert_int_equal(load(longer, size + 16), IMAGE_DAMAGED);
    free(longer);
    free(bytes);
}

static bool is_padding(const struct image_header *header, size_t at)
{
    static const size_t ITEMS[] = {
#define SECTION(name, type, digested) sizeof(type),
#include "runtime/sections.def"
#undef SECTION
    };
    if (at < sizeof *header) return false;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        size_t from = header->sections[i].offset;
        if (at >= from && at < from + header->sections[i].count * ITEMS[i]) return false;
    }
    return true;
}

/* Whichever of the two digests covers the byte: nobody takes a damaged file for one that was made wrongly. */
static void test_flipped(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = packed(&size), *copy = exact_copy(bytes, size);
    const struct image_header *header = (const struct image_header *)(const void *)bytes;
    for (size_t i = 0; i < size; i++) {
        bool covered = i >= offsetof(struct image_header, checksum) && !is_padding(header, i);
        for (int bit = 0; bit < 8; bit++) {
            copy[i] = (uint8_t)(bytes[i] ^ 1 << bit);
            enum image_status status = load(copy, size);
            assert_int_not_equal(status, IMAGE_OK);
            if (covered) assert_int_equal(status, IMAGE_DAMAGED);
        }
        copy[i] = bytes[i];
    }
    free(copy);
    free(bytes);
}

static void test_header(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = packed(&size);
    struct image_header *header = (struct image_header *)(void *)bytes;
    header->format = IMAGE_FORMAT + 1;
    assert_int_equal(load(bytes, size), IMAGE_OTHER_FORMAT);
    assert_int_equal(load(bytes, 8), IMAGE_OTHER_FORMAT);
    header->format = IMAGE_FORMAT;
    assert_int_equal(load((const uint8_t *)"protocol all.risk", 17), IMAGE_NOT_AN_IMAGE);
    assert_int_equal(load(bytes, 0), IMAGE_NOT_AN_IMAGE);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_flipped),
        cmocka_unit_test(test_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
