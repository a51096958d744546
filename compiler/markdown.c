/* The rules about fenced blocks are those of CommonMark, as far as they decide where a block begins and ends.
 */
#include "compiler/markdown.h"

#include <string.h>
#include <strings.h>

#include "compiler/file.h"

enum { FENCE_LENGTH_MIN = 3, INDENT_MAX = 3 };

struct line { /* without its line end */
    const char *text;
    size_t length;
};

struct fence {
    char sign;        /* ` or ~; 0 for none */
    size_t length;    /* how many of them */
    struct line info; /* what follows, without blanks around it */
};

enum kind { KIND_PROSE, KIND_RULES, KIND_DOUBTFUL };

struct reader {
    const char *text;
    char *rules;
    struct diag_sink *sink;
    uint32_t file;
    struct fence open;   /* of the block that is being read */
    struct line opening; /* its first line */
    bool is_rules;       /* it is a block of rules */
    bool is_nested;      /* it began inside of a list or a quotation */
    bool in_comment;     /* inside of <!-- and --> */
    struct markdown *result;
};

bool markdown_is_path(const char *path)
{
    return path_ends_in(path, ".md");
}

/* ---- Lines ------------------------------------------------------------------------------------------ */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static size_t indent_of(struct line line)
{
    size_t n = 0;
    while (n < line.length && is_blank(line.text[n]))
        n++;
    return n;
}

static struct line without(struct line line, size_t n)
{
    return (struct line){line.text + n, line.length - n};
}

static struct line trimmed(struct line line)
{
    line = without(line, indent_of(line));
    while (line.length && (is_blank(line.text[line.length - 1]) || line.text[line.length - 1] == '\r'))
        line.length--;
    return line;
}

static bool contains(struct line line, const char *word)
{
    return memmem(line.text, line.length, word, strlen(word)) != NULL;
}

/* A tab is an indentation of four. */
static bool is_at_margin(struct line line)
{
    size_t indent = indent_of(line);
    return indent <= INDENT_MAX && !memchr(line.text, '\t', indent);
}

/* ---- Fences ----------------------------------------------------------------------------------------- */

/* The fence that the line is, wherever on the line it begins; sign 0 where it is none. */
static struct fence fence_of(struct line line)
{
    struct fence fence = {0};
    line = trimmed(line);
    char sign = line.length ? line.text[0] : 0;
    if (sign != '`' && sign != '~') return fence;
    while (fence.length < line.length && line.text[fence.length] == sign)
        fence.length++;
    fence.info = trimmed(without(line, fence.length));
    bool in_sentence =
        sign == '`' && memchr(fence.info.text, '`', fence.info.length); /* code inside of a line */
    if (fence.length >= FENCE_LENGTH_MIN && !in_sentence) fence.sign = sign;
    return fence;
}

static bool could_close(const struct reader *r, struct line line, const struct fence *fence)
{
    return (is_at_margin(line) || r->is_nested) && fence->sign == r->open.sign &&
           fence->length >= r->open.length;
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool is_rules_word(const char *word, size_t length)
{
    static const char *const words[] = {"regimen", "rgm"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (length == strlen(words[i]) && strncasecmp(word, words[i], length) == 0) return true;
    return false;
}

/* What the word after the fence says: `regimen`, alone or before a blank or `{`, makes a block of rules; the
   same in capitals, in the braces of another dialect, or before other signs was meant so. */
static enum kind kind_of(struct line info)
{
    static const char word[] = "regimen";
    size_t start = 0, end;
    while (start < info.length && !is_word_character(info.text[start]))
        start++;
    for (end = start; end < info.length && is_word_character(info.text[end]);)
        end++;
    if (!is_rules_word(info.text + start, end - start)) return KIND_PROSE;
    bool exact = start == 0 && end == sizeof word - 1 && memcmp(info.text, word, end) == 0;
    bool ended = end == info.length || is_blank(info.text[end]) || info.text[end] == '{';
    return exact && ended ? KIND_RULES : KIND_DOUBTFUL;
}

/* The line without what makes it part of a quotation or an item of a list. */
static struct line without_markers(struct line line)
{
    for (;;) {
        line = without(line, indent_of(line));
        size_t digits = 0;
        while (digits < line.length && line.text[digits] >= '0' && line.text[digits] <= '9')
            digits++;
        if (digits == line.length || !memchr(digits ? ".)))" : ">-*+", line.text[digits], 4)) return line;
        line = without(line, digits + 1);
    }
}

/* ---- Messages --------------------------------------------------------------------------------------- */

static struct span span_of(const struct reader *r, struct line line)
{
    line = trimmed(line);
    uint32_t start = (uint32_t)(line.text - r->text);
    return (struct span){r->file, start, start + (uint32_t)line.length};
}

static void report_passed_over(struct reader *r, struct line line, const char *why, const char *help)
{
    r->result->holds_rules = true;
    r->result->fine = false;
    if (!r->sink) return;
    struct diag *d = diag_report(r->sink, DIAG_MARKDOWN_PASSED_OVER, span_of(r, line), "%s", why);
    diag_help(r->sink, d, "%s", help);
}

/* inner: the line that shows it, or NULL at the end of the file. */
static void report_not_closed(struct reader *r, const struct line *inner)
{
    r->result->fine = false;
    if (!r->sink) return;
    struct diag *d = diag_report(r->sink, DIAG_MARKDOWN_NOT_CLOSED, span_of(r, r->opening),
                                 inner ? "this block is not closed before the next one begins"
                                       : "this block is not closed");
    if (inner) diag_note(r->sink, d, span_of(r, *inner), "the next block");
    diag_help(r->sink, d, "below its last line write %.*s alone", (int)r->open.length,
              trimmed(r->opening).text);
}

/* ---- Blocks ----------------------------------------------------------------------------------------- */

static void open_block(struct reader *r, struct line line, const struct fence *fence)
{
    enum kind kind = kind_of(fence->info);
    r->open = *fence;
    r->opening = line;
    r->is_nested = false;
    r->is_rules = kind == KIND_RULES;
    r->result->holds_rules |= r->is_rules;
    if (kind == KIND_DOUBTFUL)
        report_passed_over(
            r, line, "this block is not read: its word is not `regimen`",
            "write `regimen` small, directly after the signs, and a blank before anything else");
}

/* A fence that would begin a block, with the signs of the one that is open, where one of both holds rules. */
static bool shows_forgotten_end(const struct reader *r, const struct fence *fence)
{
    return r->is_rules || kind_of(fence->info) != KIND_PROSE;
}

static void read_in_block(struct reader *r, struct line line)
{
    struct fence fence = fence_of(r->is_nested ? without_markers(line) : line);
    bool is_alike = could_close(r, line, &fence);
    if (is_alike && fence.info.length == 0) {
        r->open.sign = 0;
    } else if (is_alike && shows_forgotten_end(r, &fence)) {
        report_not_closed(r, &line);
        open_block(r, line, &fence);
    } else if (r->is_rules) {
        memcpy(r->rules + (line.text - r->text), line.text, line.length);
    }
}

/* Whether it is a block, and where that ends, depends on the list or the quotation around it: no guess is
   safe where it holds rules. */
static void open_nested(struct reader *r, struct line line, const struct fence *fence)
{
    r->open = *fence;
    r->opening = line;
    r->is_nested = true;
    r->is_rules = false;
    if (kind_of(fence->info) != KIND_PROSE)
        report_passed_over(
            r, line, "this block is not read: it does not begin at the margin",
            "begin the block in the first column, outside of lists and quotations; to show it as an "
            "example, put it inside of a longer fence");
}

static void read_in_comment(struct reader *r, struct line line)
{
    struct fence fence = fence_of(line);
    if (fence.sign && kind_of(fence.info) != KIND_PROSE)
        report_passed_over(r, line, "this block is not read: it stands in a comment of the page",
                           "delete it, or end the comment with --> above it");
    r->in_comment = !contains(line, "-->");
}

static void read_prose(struct reader *r, struct line line)
{
    struct fence fence = fence_of(line);
    if (fence.sign && is_at_margin(line)) {
        open_block(r, line, &fence);
        return;
    }
    struct line start = trimmed(line);
    r->in_comment = is_at_margin(line) && start.length >= 4 && memcmp(start.text, "<!--", 4) == 0 &&
                    !contains(start, "-->");
    fence = fence_of(without_markers(line));
    if (fence.sign) open_nested(r, line, &fence);
}

static void read_line(struct reader *r, struct line line)
{
    if (r->open.sign)
        read_in_block(r, line);
    else if (r->in_comment)
        read_in_comment(r, line);
    else
        read_prose(r, line);
}

static char *blank_copy(struct arena *arena, const char *text, size_t length)
{
    char *blank = arena_copy(arena, text, length);
    for (size_t i = 0; i < length; i++)
        if (blank[i] != '\n' && blank[i] != '\r') blank[i] = ' ';
    return blank;
}

struct markdown markdown_read(struct arena *arena, const char *text, size_t length, struct diag_sink *sink,
                              uint32_t file)
{
    struct markdown result = {.fine = true};
    struct reader r = {.text = text,
                       .rules = blank_copy(arena, text, length),
                       .sink = sink,
                       .file = file,
                       .result = &result};
    for (size_t start = 0, end; start < length; start = end + 1) {
        const char *newline = memchr(text + start, '\n', length - start);
        end = newline ? (size_t)(newline - text) : length;
        read_line(&r, (struct line){text + start, end - start});
    }
    if (r.open.sign) report_not_closed(&r, NULL);
    result.rules = r.rules;
    return result;
}
