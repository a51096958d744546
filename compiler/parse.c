/* One file, from its text to its tree.  The grammar recovers from a mistake at the next declaration by
   itself; only where it gives up altogether is it started again. */
#include "compiler/compilation.h"
#include "compiler/grammar.h"
#include "compiler/syntax.h"
#include "compiler/tokens.h"

/* Cut at the end of the file: the scanner has one line end more than the file. */
struct span parser_span(const struct parser *p, uint32_t start, uint32_t end)
{
    uint32_t length = (uint32_t)p->length;
    return (struct span){p->file, start < length ? start : length, end < length ? end : length};
}

/* From the first part to the last; of a rule without parts the place where it would stand. */
struct span span_of_rule(const struct span *parts, int count)
{
    if (count == 0) return (struct span){parts[0].file, parts[0].end, parts[0].end};
    return (struct span){parts[1].file, parts[1].start, parts[count].end};
}

/* One run of the grammar ends early where its stack is full: the next one begins after the declaration. */
static void parse_declarations(struct parser *p)
{
    while (grammar_parse(p) != 0 && tokens_skip_declaration(p)) {
    }
}

struct protocol *parse_file(struct compilation *c, uint32_t file)
{
    struct parser *p = arena_alloc(c->arena, sizeof *p);
    p->c = c;
    p->file = file;
    p->text = c->files[file].rules;
    p->length = c->files[file].length;
    p->protocol = arena_alloc(c->arena, sizeof *p->protocol);
    p->protocol->file = file;
    p->protocol->span = parser_span(p, 0, 0);
    if (!scanner_open(p)) arena_exhausted();
    parse_declarations(p);
    scanner_close(p);
    return p->protocol;
}
