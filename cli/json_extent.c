/* How far a JSON value reaches, without reading what is in it: brackets and strings are counted. */
#include "cli/records.h"

#include <string.h>

/* The end of the string that begins at text[0]; 0 where it does not end. */
static size_t string_extent(const char *text, size_t length)
{
    for (size_t i = 1; i < length; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] == '"')
            return i + 1;
    }
    return 0;
}

static size_t nested_extent(const char *text, size_t length)
{
    size_t depth = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '{' || c == '[')
            depth++;
        else if (c == '}' || c == ']')
            depth--;
        else if (c == '"') {
            size_t string = string_extent(text + i, length - i);
            if (string == 0) return 0;
            i += string - 1;
        }
        if (depth == 0) return i + 1;
    }
    return 0;
}

size_t json_extent(const char *text, size_t length)
{
    if (length == 0) return 0;
    if (*text == '"') return string_extent(text, length);
    if (*text == '{' || *text == '[') return nested_extent(text, length);
    size_t end = 0;
    while (end < length && !memchr(",]} \t\r\n", text[end], 7))
        end++;
    return end;
}
