/* JSON out, written as it comes. */
#include "runtime/json_writer.h"

#include <inttypes.h>
#include <string.h>

#include "runtime/utf8.h"

static void escape_control(struct buffer *out, unsigned char c)
{
    switch (c) {
    case '"': buffer_put(out, "\\\""); break;
    case '\\': buffer_put(out, "\\\\"); break;
    case '\b': buffer_put(out, "\\b"); break;
    case '\f': buffer_put(out, "\\f"); break;
    case '\n': buffer_put(out, "\\n"); break;
    case '\r': buffer_put(out, "\\r"); break;
    case '\t': buffer_put(out, "\\t"); break;
    default: buffer_printf(out, "\\u%04x", c); break;
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

void json_escape(struct buffer *out, const char *bytes, size_t length)
{
    const unsigned char *s = (const unsigned char *)bytes;
    for (size_t i = 0; i < length;) {
        size_t run = i;
        while (run < length && is_plain(s[run]))
            run++;
        buffer_bytes(out, bytes + i, run - i);
        if ((i = run) == length) break;
        uint32_t point;
        size_t width = utf8_decode(bytes + i, length - i, &point);
        if (width == 0)
            buffer_put(out, "\xEF\xBF\xBD");
        else if (width == 1)
            escape_control(out, s[i]);
        else
            buffer_bytes(out, bytes + i, width);
        i += width ? width : 1;
    }
}

static void json_separate(struct json_writer *w)
{
    if (w->comma) buffer_bytes(w->out, ",", 1);
    w->comma = true;
}

static void json_open(struct json_writer *w, const char *bracket)
{
    json_separate(w);
    buffer_put(w->out, bracket);
    w->comma = false;
}

static void json_close(struct json_writer *w, const char *bracket)
{
    buffer_put(w->out, bracket);
    w->comma = true;
}

void json_open_object(struct json_writer *w)
{
    json_open(w, "{");
}

void json_close_object(struct json_writer *w)
{
    json_close(w, "}");
}

void json_open_array(struct json_writer *w)
{
    json_open(w, "[");
}

void json_close_array(struct json_writer *w)
{
    json_close(w, "]");
}

void json_text_bytes(struct json_writer *w, const char *bytes, size_t length)
{
    json_separate(w);
    buffer_bytes(w->out, "\"", 1);
    json_escape(w->out, bytes, length);
    buffer_bytes(w->out, "\"", 1);
}

void json_text(struct json_writer *w, const char *text)
{
    json_text_bytes(w, text, strlen(text));
}

void json_key(struct json_writer *w, const char *name)
{
    json_text(w, name);
    buffer_bytes(w->out, ":", 1);
    w->comma = false;
}

void json_number(struct json_writer *w, decimal x)
{
    char text[DECIMAL_TEXT_MAX];
    json_separate(w);
    buffer_bytes(w->out, text, decimal_format(x, text));
}

void json_whole(struct json_writer *w, int64_t n)
{
    json_separate(w);
    buffer_printf(w->out, "%" PRId64, n);
}

void json_bool(struct json_writer *w, bool yes)
{
    json_separate(w);
    buffer_put(w->out, yes ? "true" : "false");
}

void json_null(struct json_writer *w)
{
    json_separate(w);
    buffer_put(w->out, "null");
}

void json_key_text(struct json_writer *w, const char *name, const char *text)
{
    json_key(w, name);
    json_text(w, text);
}

void json_key_whole(struct json_writer *w, const char *name, int64_t n)
{
    json_key(w, name);
    json_whole(w, n);
}

void json_key_bool(struct json_writer *w, const char *name, bool yes)
{
    json_key(w, name);
    json_bool(w, yes);
}
