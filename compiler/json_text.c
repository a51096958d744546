#include "compiler/json_text.h"
#include "compiler/utf8.h"

#include <string.h>

static void put_escaped(FILE *out, const char *text, size_t length, uint32_t point)
{
    if (point == '"' || point == '\\')
        fprintf(out, "\\%c", (int)point);
    else if (point == '\n')
        fputs("\\n", out);
    else if (point == '\t')
        fputs("\\t", out);
    else if (point < 0x20 || point == 0x7F)
        fprintf(out, "\\u%04x", (unsigned)point);
    else
        fwrite(text, 1, length, out);
}

void json_put_text(FILE *out, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        uint32_t point = 0xFFFD;
        size_t length = utf8_decode(text, left, &point);
        if (length)
            put_escaped(out, text, length, point);
        else
            fputs("\xEF\xBF\xBD", out);
        text += length ? length : 1;
        left -= length ? length : 1;
    }
}

void json_put_string(FILE *out, const char *text)
{
    fputc('"', out);
    json_put_text(out, text);
    fputc('"', out);
}
