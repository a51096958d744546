/* Whether the bytes of a file are the text of a rule file. */
#include "compiler/file.h"
#include "compiler/markdown.h"
#include "runtime/utf8.h"

#include <string.h>

/* What a file that is no text starts with, and what a person calls it. */
static const struct {
    const char *start;
    size_t length;
    const char *advice;
} other_kinds[] = {
    {"PK\x03\x04", 4, "this looks like a word processor's document: save it as plain text (UTF-8)"},
    {"\xD0\xCF\x11\xE0", 4, "this looks like a word processor's document: save it as plain text (UTF-8)"},
    {"%PDF", 4, "this is a PDF document: rules are written as plain text (UTF-8)"},
    {"\xFF\xFE", 2, "this looks like UTF-16: save the file again with the encoding UTF-8"},
    {"\xFE\xFF", 2, "this looks like UTF-16: save the file again with the encoding UTF-8"},
};

static const char *advice_for(const struct source_file *source)
{
    for (size_t i = 0; i < sizeof other_kinds / sizeof *other_kinds; i++)
        if (source->length >= other_kinds[i].length &&
            memcmp(source->text, other_kinds[i].start, other_kinds[i].length) == 0)
            return other_kinds[i].advice;
    return "save the file as plain text, with the encoding UTF-8";
}

static bool is_foreign(uint32_t point)
{
    return utf8_is_control(point) && point != '\t' && point != '\n' && point != '\r';
}

static struct span span_at(uint32_t file, size_t start, size_t length)
{
    return (struct span){file, (uint32_t)start, (uint32_t)(start + length)};
}

static bool report_bytes(struct diag_sink *sink, const struct source_file *source, struct span span,
                         uint32_t point, bool malformed)
{
    struct diag *d;
    if (malformed)
        d = diag_report(sink, DIAG_FILE_NOT_UTF8, span, "the byte %02X is not UTF-8",
                        (unsigned)(unsigned char)source->text[span.start]);
    else
        d = diag_report(sink, DIAG_FILE_BINARY, span,
                        "the control character U+%04X does not belong into a rule file", (unsigned)point);
    diag_help(sink, d, "%s", advice_for(source));
    return false;
}

/* Most of a file: it needs no decoding. */
static bool is_plain(char c)
{
    return (c >= ' ' && c <= '~') || c == '\n';
}

static bool characters_are_text(struct diag_sink *sink, const struct source_file *source, uint32_t file)
{
    bool fine = true;
    for (size_t i = 0, length; i < source->length; i += length) {
        uint32_t point = 0;
        length = 1;
        if (is_plain(source->text[i])) continue;
        length = utf8_decode(source->text + i, source->length - i, &point);
        if (length == 0 || is_foreign(point))
            return report_bytes(sink, source, span_at(file, i, length ? length : 1), point, length == 0);
        if (!utf8_is_reordering(point)) continue;
        struct diag *d = diag_report(
            sink, DIAG_TEXT_REORDERED, span_at(file, i, length),
            "the invisible character U+%04X changes the order in which this line is shown", (unsigned)point);
        diag_help(sink, d, "delete it; a reviewer must see what is evaluated");
        fine = false;
    }
    return fine;
}

static bool is_blank(const char *text)
{
    for (;;) {
        text += strspn(text, " \t\r\n");
        if (*text != '#') return *text == '\0';
        text += strcspn(text, "\n");
    }
}

static bool take_blocks(struct diag_sink *sink, struct source_file *source, uint32_t file)
{
    struct markdown markdown = markdown_read(sink->arena, source->text, source->length, sink, file);
    source->rules = markdown.rules;
    if (markdown.holds_rules || !markdown.fine) return markdown.fine;
    struct diag *d =
        diag_report(sink, DIAG_MARKDOWN_EMPTY, span_at(file, 0, 0), "the file holds no block of rules");
    diag_help(sink, d, "write ```regimen alone on the line before the rules, and ``` on the line after them");
    return false;
}

bool file_take_rules(struct diag_sink *sink, struct source_file *source, uint32_t file)
{
    if (source->length > FILE_BYTES_MAX) {
        diag_report(sink, DIAG_FILE_TOO_LARGE, span_at(file, 0, 0), "the file has more than %d MB",
                    FILE_BYTES_MAX >> 20);
        return false;
    }
    if (!characters_are_text(sink, source, file)) return false;
    source->rules = source->text;
    if (markdown_is_path(source->path) && !take_blocks(sink, source, file)) return false;
    if (!is_blank(source->rules)) return true;
    struct diag *d = diag_report(sink, DIAG_FILE_EMPTY, span_at(file, 0, 0), "the file holds no rules");
    diag_help(sink, d, "a rule file starts with a line such as `protocol all.risk \"Risk groups\"`");
    return false;
}
