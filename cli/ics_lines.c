#include "cli/ics_lines.h"

#include <string.h>

enum { LINE_BYTES = 75 };

/* How much of a text that is longer stands in a line that has so much room. */
static size_t part_of(const char *text, size_t room)
{
    for (size_t at = room; at > 0; at--)
        if (text[at - 1] == ' ') return at;
    while (((unsigned char)text[room] & 0xC0) == 0x80)
        room--;
    return room;
}

static void put_folded(struct buffer *out, const char *line, size_t length)
{
    for (size_t room = LINE_BYTES; length > room; room = LINE_BYTES - 1) {
        size_t part = part_of(line, room);
        buffer_bytes(out, line, part);
        buffer_put(out, "\r\n ");
        line += part;
        length -= part;
    }
    buffer_bytes(out, line, length);
    buffer_put(out, "\r\n");
}

static void put_line(struct buffer *out, struct buffer *line)
{
    put_folded(out, buffer_text(line), line->length);
    out->failed |= line->failed;
    buffer_free(line);
}

void ics_line(struct buffer *out, const char *name, const char *value)
{
    struct buffer line = {0};
    buffer_printf(&line, "%s:%s", name, value);
    put_line(out, &line);
}

void ics_text(struct buffer *out, const char *name, const char *text)
{
    struct buffer line = {0};
    buffer_printf(&line, "%s:", name);
    while (*text) {
        size_t plain = strcspn(text, "\\;,\n");
        buffer_bytes(&line, text, plain);
        text += plain;
        if (!*text) break;
        buffer_put(&line, "\\");
        buffer_bytes(&line, *text == '\n' ? "n" : text, 1);
        text++;
    }
    put_line(out, &line);
}
