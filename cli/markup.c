#include "cli/markup.h"

void markup_put(struct buffer *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&': buffer_put(out, "&amp;"); break;
        case '<': buffer_put(out, "&lt;"); break;
        case '>': buffer_put(out, "&gt;"); break;
        case '"': buffer_put(out, "&quot;"); break;
        case '\n': buffer_put(out, "&#10;"); break;
        default: buffer_bytes(out, (unsigned char)*text < ' ' && *text != '\t' ? " " : text, 1); break;
        }
    }
}
