/* What could stand in a place, in words.  The grammar lists tokens, dozens of them where an expression
   may begin; a person is told the few kinds of things that they make up: a value, another clause, the
   end of the declaration.  Names of tokens are those of grammar.y. */
#include "compiler/mistakes.h"

#include <string.h>

#include "compiler/keyword.h"

/* More than these help nobody. */
enum { PHRASES_MAX = 4 };

struct phrases {
    const char *list[PHRASES_MAX];
    size_t count;
};

static bool has(const struct expected *expected, const char *name)
{
    for (size_t i = 0; i < expected->count; i++)
        if (strcmp(expected->names[i], name) == 0) return true;
    return false;
}

static bool is_in(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, list[i]) == 0) return true;
    return false;
}

/* What can begin a value; said in one word where a whole value can stand. */
static bool begins_value(const char *name)
{
    static const char *const names[] = {
        "a name",     "a number",    "a date",      "a text in quotes", "'('",     "'-'",
        "`not`",      "`any`",       "`every`",     "`latest`",         "`first`", "`highest`",
        "`lowest`",   "`average`",   "`total`",     "`count of`",       "`yes`",   "`no`",
        "`now`",      "`time from`", "`completed`", "`date of`",        "`day`",   "`active at`",
        "`total of`", "`one of`",    "`within`",    "`gaps of`",        "`given`", "`from`",
    };
    return is_in(name, names, sizeof names / sizeof *names);
}

/* What can go on behind a value: said only where nothing else can stand. */
static bool continues_value(const char *name)
{
    static const char *const names[] = {
        "'+'",      "'-'",        "'*'",       "'/'",     "'<'",          "'>'",
        "`<=`",     "`>=`",       "`and`",     "`or`",    "`implies`",    "`is`",
        "`in`",     "`of`",       "`or else`", "`where`", "`includes`",   "`from`",
        "`within`", "`before`",   "`after`",   "`until`", "`since`",      "`between`",
        "`on`",     "`on day 1`", "a unit",    "'('",     "`because of`", "`instead of`",
    };
    return is_in(name, names, sizeof names / sizeof *names);
}

static bool is_clause(const char *name)
{
    static const char *const fused[] = {"`applies when`", "`at least`", "`at most`", "`as of`",
                                        "`set`",          "`for each`", "`overdue`", "a table"};
    if (is_in(name, fused, sizeof fused / sizeof *fused)) return true;
    if (name[0] != '`') return false;
    const struct keyword *keyword = keyword_find(name + 1, strlen(name) - 2);
    return keyword && keyword->kind == KEYWORD_CLAUSE;
}

static bool is_tail(const char *name)
{
    static const char *const names[] = {"`trace`", "`cite`", "`because`", "`say`", "`advise`"};
    return is_in(name, names, sizeof names / sizeof *names);
}

static bool is_end(const char *name)
{
    static const char *const names[] = {"the end of the declaration", "the end of the row"};
    return is_in(name, names, sizeof names / sizeof *names);
}

/* ',' as `,` */
static const char *readable(struct parser *p, const char *name)
{
    if (name[0] != '\'') return name;
    return arena_printf(p->c->arena, "`%.*s`", (int)strlen(name) - 2, name + 1);
}

static void add(struct phrases *phrases, const char *phrase)
{
    if (phrases->count < PHRASES_MAX) phrases->list[phrases->count++] = phrase;
}

static bool any(const struct expected *expected, bool (*is)(const char *name))
{
    for (size_t i = 0; i < expected->count; i++)
        if (is(expected->names[i])) return true;
    return false;
}

/* What only tokens.c knows of. */
static bool is_hidden(const char *name)
{
    return strncmp(name, "CELL_", strlen("CELL_")) == 0 || strcmp(name, "`day`") == 0 ||
           strcmp(name, "`completed`") == 0;
}

/* The words that stand for themselves. */
static void add_words(struct parser *p, const struct expected *expected, bool value, struct phrases *phrases)
{
    bool complete = has(expected, "'*'"); /* a value stands before */
    for (size_t i = 0; i < expected->count; i++) {
        const char *name = expected->names[i];
        bool grouped = (value && begins_value(name)) || (complete && continues_value(name));
        if (!grouped && !is_clause(name) && !is_tail(name) && !is_end(name) && !is_hidden(name))
            add(phrases, readable(p, name));
    }
}

static const char *join(struct parser *p, const struct phrases *phrases)
{
    if (phrases->count == 0) return NULL;
    const char *text = phrases->list[0];
    for (size_t i = 1; i < phrases->count; i++)
        text = arena_printf(p->c->arena, "%s%s%s", text, i + 1 < phrases->count ? ", " : " or ",
                            phrases->list[i]);
    return text;
}

const char *mistake_expected(struct parser *p, const struct expected *expected)
{
    struct phrases phrases = {0};
    bool value = has(expected, "a name") && has(expected, "a number");
    if (value) add(&phrases, "a value");
    add_words(p, expected, value, &phrases);
    if (any(expected, is_clause)) add(&phrases, "another clause");
    if (any(expected, is_tail)) add(&phrases, "`because`, `trace` or `cite`");
    if (any(expected, is_end))
        add(&phrases,
            has(expected, "the end of the row") ? "the end of the row" : "the end of the declaration");
    return join(p, &phrases);
}
