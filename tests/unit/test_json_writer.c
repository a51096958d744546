/* JSON out: commas, escapes, exact numbers, bytes that are no UTF-8. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "runtime/json_writer.h"

static void assert_text(const char *text, size_t length, const char *expected)
{
    struct buffer out = {0};
    struct json_writer w = {.out = &out};
    json_text_bytes(&w, text, length);
    assert_string_equal(buffer_text(&out), expected);
    assert_int_equal(out.length, strlen(expected));
    buffer_free(&out);
}

static void test_escapes(void **state)
{
    (void)state;
    assert_text("", 0, "\"\"");
    assert_text("a\"b\\c/d", 7, "\"a\\\"b\\\\c/d\"");
    assert_text("\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"");
    assert_text("\0\x01\x1F\x20\x7E\x7F", 6, "\"\\u0000\\u0001\\u001f ~\\u007f\"");
    assert_text("\xC3\xA9\xE2\x89\x88\xF0\x9F\x98\x80", 9, "\"\xC3\xA9\xE2\x89\x88\xF0\x9F\x98\x80\"");
}

#define BAD "\xEF\xBF\xBD"

static void test_bad_utf8(void **state)
{
    (void)state;
    assert_text("\x80", 1, "\"" BAD "\"");
    assert_text("a\xC3", 2, "\"a" BAD "\"");       /* cut off */
    assert_text("\xC3(", 2, "\"" BAD "(\"");       /* no continuation */
    assert_text("\xC0\xAF", 2, "\"" BAD BAD "\""); /* overlong */
    assert_text("\xC1\xBF\xC2\x80", 4, "\"" BAD BAD "\xC2\x80\"");
    assert_text("\xE0\x9F\xBF", 3, "\"" BAD BAD BAD "\""); /* overlong */
    assert_text("\xE0\xA0\x80", 3, "\"\xE0\xA0\x80\"");
    assert_text("\xED\x9F\xBF\xED\xA0\x80", 6, "\"\xED\x9F\xBF" BAD BAD BAD "\""); /* a surrogate */
    assert_text("\xF0\x8F\xBF\xBF", 4, "\"" BAD BAD BAD BAD "\"");
    assert_text("\xF4\x8F\xBF\xBF", 4, "\"\xF4\x8F\xBF\xBF\"");
    assert_text("\xF4\x90\x80\x80", 4, "\"" BAD BAD BAD BAD "\""); /* beyond U+10FFFF */
    assert_text("\xF5", 1, "\"" BAD "\"");
}

static void assert_number(const char *text, const char *expected)
{
    struct buffer out = {0};
    struct json_writer w = {.out = &out};
    decimal x;
    assert_int_equal(decimal_parse(text, strlen(text), &x), DECIMAL_OK);
    json_number(&w, x);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void test_numbers(void **state)
{
    (void)state;
    assert_number("28.104000000000003", "28.104000000000003");
    assert_number("1.500", "1.5");
    assert_number("-0", "0");
    assert_number("1e3", "1000");
    assert_number("0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234");
    assert_number("-1e-40", "-0.0000000000000000000000000000000000000001");
}

static void test_structure(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json_writer w = {.out = &out};
    json_open_object(&w);
    json_key(&w, "empty");
    json_open_array(&w);
    json_close_array(&w);
    json_key(&w, "list");
    json_open_array(&w);
    json_whole(&w, INT64_MIN);
    json_bool(&w, true);
    json_open_object(&w);
    json_close_object(&w);
    json_null(&w);
    json_close_array(&w);
    json_key_text(&w, "a\"", "b");
    json_key_whole(&w, "n", 7);
    json_key_bool(&w, "no", false);
    json_close_object(&w);
    assert_string_equal(buffer_text(&out), "{\"empty\":[],\"list\":[-9223372036854775808,true,{},null],"
                                           "\"a\\\"\":\"b\",\"n\":7,\"no\":false}");
    buffer_free(&out);
}

static void test_buffer_grows(void **state)
{
    (void)state;
    struct buffer b = {0};
    assert_string_equal(buffer_text(&b), "");
    for (unsigned i = 0; i < 5000; i++)
        buffer_printf(&b, "%u,", i % 10);
    assert_int_equal(b.length, 10000);
    assert_false(b.failed);
    assert_memory_equal(b.data + 9996, "8,9,", 5);
    buffer_cut(&b, 4);
    assert_string_equal(buffer_text(&b), "0,1,");
    buffer_cut(&b, 9); /* nothing to take back */
    assert_int_equal(b.length, 4);
    buffer_repeat(&b, '-', 3);
    assert_string_equal(buffer_text(&b), "0,1,---");
    buffer_clear(&b);
    assert_string_equal(buffer_text(&b), "");
    buffer_free(&b);
}

static void test_buffer_without_memory(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_put(&b, "kept");
    buffer_repeat(&b, 'x', SIZE_MAX / 2);
    assert_true(b.failed);
    buffer_put(&b, "dropped");
    assert_string_equal(buffer_text(&b), "kept");
    buffer_clear(&b);
    assert_false(b.failed);
    buffer_free(&b);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes),      cmocka_unit_test(test_bad_utf8),
        cmocka_unit_test(test_numbers),      cmocka_unit_test(test_structure),
        cmocka_unit_test(test_buffer_grows), cmocka_unit_test(test_buffer_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
