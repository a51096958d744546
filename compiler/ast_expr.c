/* Expressions: one constructor for each form, with the limits on how deep a tree grows. */
#include "compiler/ast_build.h"

#include <string.h>

#include "compiler/mistakes.h"

struct name *ast_name(struct parser *p, const char *text, struct span span)
{
    struct name *name = arena_alloc(p->c->arena, sizeof *name);
    name->text = text;
    name->span = span;
    return name;
}

static int depth_of(const struct expr *e)
{
    return e ? e->depth : 0;
}

static int deepest_of(const struct expr *list)
{
    int depth = 0;
    for (const struct expr *e = list; e; e = e->next)
        if (e->depth > depth) depth = e->depth;
    return depth;
}

/* The tree grows by one level; beyond the limit it becomes an EXPR_ERROR without branches. */
static struct expr *grow(struct parser *p, struct expr *e, int below)
{
    e->depth = below + 1;
    if (e->depth <= DEPTH_MAX) return e;
    if (!p->too_deep)
        mistake(p, DIAG_TOO_DEEP, e->span, "give a part of it a name with `define`",
                "this expression has more than %d levels", DEPTH_MAX);
    p->too_deep = true;
    return ast_error(p, e->span);
}

struct expr *ast_error(struct parser *p, struct span span)
{
    struct expr *e = arena_alloc(p->c->arena, sizeof *e);
    e->kind = EXPR_ERROR;
    e->span = span;
    e->depth = 1;
    return e;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

struct expr *ast_node3(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b, struct expr *c,
                       struct span span)
{
    struct expr *e = arena_alloc(p->c->arena, sizeof *e);
    e->kind = kind;
    e->span = span;
    e->a = a;
    e->b = b;
    e->c = c;
    return grow(p, e, larger(depth_of(a), larger(depth_of(b), depth_of(c))));
}

struct expr *ast_node(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b, struct span span)
{
    return ast_node3(p, kind, a, b, NULL, span);
}

struct expr *ast_negatable(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b,
                           struct expr *c, bool negated, struct span span)
{
    struct expr *e = ast_node3(p, kind, a, b, c, span);
    e->negated = negated;
    return e;
}

struct expr *ast_number(struct parser *p, struct expr *number, const struct unit_word *unit,
                        struct span unit_span, struct span span)
{
    (void)p;
    number->span = span;
    number->has_unit = true;
    number->unit = unit->unit;
    number->unit_span = unit_span;
    if (unit->broken) number->kind = EXPR_ERROR;
    return number;
}

struct expr *ast_minus(struct parser *p, struct expr *number, struct span span)
{
    (void)p;
    number->span = span;
    number->number = decimal_negate(number->number);
    return number;
}

struct expr *ast_text_value(struct parser *p, struct text *text, struct span span)
{
    struct expr *e = ast_node(p, EXPR_TEXT, NULL, NULL, span);
    e->text = text;
    return e;
}

struct expr *ast_named(struct parser *p, enum expr_kind kind, struct name *name, struct expr *a,
                       struct span span)
{
    struct expr *e = ast_node(p, kind, a, NULL, span);
    e->name = *name;
    return e;
}

struct expr *ast_listed(struct parser *p, enum expr_kind kind, struct expr_list args, struct span span)
{
    struct expr *e = arena_alloc(p->c->arena, sizeof *e);
    e->kind = kind;
    e->span = span;
    e->args = args.first;
    return grow(p, e, deepest_of(args.first));
}

struct expr *ast_call(struct parser *p, struct name *name, struct expr_list args, struct span span)
{
    struct expr *e = ast_listed(p, EXPR_CALL, args, span);
    e->name = *name;
    for (const struct expr *arg = args.first; arg; arg = arg->next)
        if (arg->kind == EXPR_ERROR) e->kind = EXPR_ERROR; /* perhaps more arguments than one were meant */
    return e;
}

struct expr *ast_brackets(struct parser *p, struct expr *inside, struct span span)
{
    (void)p;
    inside->parenthesised = true;
    inside->span = span;
    return inside;
}

struct expr *ast_in_unit(struct parser *p, struct expr *a, const struct unit_word *unit,
                         struct span unit_span, struct span span)
{
    struct expr *e = ast_node(p, unit->broken ? EXPR_ERROR : EXPR_IN_UNIT, a, NULL, span);
    e->has_unit = true;
    e->unit = unit->unit;
    e->unit_span = unit_span;
    return e;
}

/* A word where a unit must stand. */
static struct unit_word unit_of_word(struct parser *p, const struct name *word)
{
    struct unit_word unit = {0};
    struct unit_error error = {0};
    unit.broken = unit_parse(word->text, strlen(word->text), UNIT_RULES, &unit.unit, &error) != UNIT_OK;
    if (unit.broken)
        mistake(p, DIAG_UNIT_UNKNOWN, word->span,
                "`in` converts to a unit; to compare with values of a list write `is one of a, b`", "%s",
                error.message);
    return unit;
}

struct expr *ast_in_word(struct parser *p, struct expr *a, struct name *unit, struct span span)
{
    struct unit_word word = unit_of_word(p, unit);
    return ast_in_unit(p, a, &word, unit->span, span);
}

struct expr *ast_completed(struct parser *p, struct name *unit, struct expr *from, struct expr *to,
                           struct span span)
{
    struct unit_word word = unit_of_word(p, unit);
    struct expr *e = ast_node(p, word.broken ? EXPR_ERROR : EXPR_COMPLETED, from, to, span);
    e->has_unit = true;
    e->unit = word.unit;
    e->unit_span = unit->span;
    return e;
}

/* ---- Comparisons ------------------------------------------------------------------------------------ */

static const char *const state_words[] = {
#define STATE(name, words) words,
#include "compiler/states.def"
#undef STATE
};

bool ast_state_named(const char *words, enum state *state)
{
    for (size_t i = 0; i < sizeof state_words / sizeof *state_words; i++) {
        if (strcmp(state_words[i], words) != 0) continue;
        *state = (enum state)i;
        return true;
    }
    return false;
}

struct expr *ast_is_state(struct parser *p, struct expr *a, enum state state, bool negated, struct span span)
{
    struct expr *e = ast_negatable(p, EXPR_IS_STATE, a, NULL, NULL, negated, span);
    e->state = state;
    return e;
}

/* `is not covered`, `is not applicable`: the `not` belongs to the state. */
static bool state_of(struct parser *p, const char *word, bool negated, enum state *state, bool *still_negated)
{
    *still_negated = false;
    if (negated && ast_state_named(arena_printf(p->c->arena, "not %s", word), state)) return true;
    *still_negated = negated;
    return ast_state_named(word, state);
}

struct expr *ast_is(struct parser *p, struct expr *a, struct expr *value, bool negated, struct span span)
{
    enum state state;
    bool state_negated;
    bool word = value->kind == EXPR_NAME && !value->parenthesised;
    if (!word || !state_of(p, value->name.text, negated, &state, &state_negated))
        return ast_negatable(p, EXPR_IS, a, value, NULL, negated, span);
    struct expr *e = ast_is_state(p, a, state, state_negated, span);
    e->b = value;
    return e;
}

struct expr *ast_is_one_of(struct parser *p, struct expr *a, struct expr_list values, bool negated,
                           struct span span)
{
    struct expr *e = ast_negatable(p, EXPR_IS_ONE_OF, a, NULL, NULL, negated, span);
    e->args = values.first;
    return grow(p, e, larger(depth_of(a), deepest_of(values.first)));
}

struct expr *ast_meets(struct parser *p, struct expr *a, struct expr_list values, struct span span)
{
    struct expr *e = ast_node(p, EXPR_MEETS, a, NULL, span);
    e->args = values.first;
    return grow(p, e, larger(depth_of(a), deepest_of(values.first)));
}

struct expr *ast_unknown_because(struct parser *p, struct expr *a, struct name_list reasons, bool negated,
                                 struct span span)
{
    struct expr *e = ast_is_state(p, a, STATE_UNKNOWN, negated, span);
    e->reasons = reasons.first;
    return e;
}

static struct expr *is_word(struct parser *p, struct expr *a, struct name *word, bool negated,
                            struct span span)
{
    return ast_is(p, a, ast_named(p, EXPR_NAME, word, NULL, word->span), negated, span);
}

struct expr *ast_is_because(struct parser *p, struct expr *a, struct name *word, struct name_list reasons,
                            bool negated, struct span span)
{
    struct expr *e = is_word(p, a, word, negated, span);
    e->reasons = reasons.first;
    return e;
}

struct expr *ast_is_by(struct parser *p, struct expr *a, struct name *word, struct name_list rows,
                       bool negated, struct span span)
{
    struct expr *e = is_word(p, a, word, negated, span);
    e->rows = rows.first;
    return e;
}

struct expr *ast_subject(struct parser *p, struct span span)
{
    return ast_node(p, EXPR_SUBJECT, NULL, NULL, parser_span(p, span.start, span.start));
}

struct expr *ast_element_value(struct parser *p, struct span span)
{
    struct span before = parser_span(p, span.start, span.start);
    return ast_named(p, EXPR_NAME, ast_name(p, "value", before), NULL, before);
}

static bool is_plain_value(const struct expr *e)
{
    switch (e->kind) {
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
    case EXPR_IS:
    case EXPR_IS_RANGE:
    case EXPR_IS_STATE:
    case EXPR_INCLUDES:
    case EXPR_MEETS:
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR: return e->parenthesised;
    default: return true;
    }
}

struct expr *ast_cell_test(struct parser *p, struct expr *value)
{
    if (!is_plain_value(value)) return value;
    return ast_is(p, ast_subject(p, value->span), value, false, value->span);
}

struct expr *ast_cell_both(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b,
                           struct span span)
{
    return ast_node(p, kind, ast_cell_test(p, a), ast_cell_test(p, b), span);
}

struct expr *ast_cell_not(struct parser *p, struct expr *test, struct span span)
{
    if (is_plain_value(test)) return ast_is(p, ast_subject(p, span), test, true, span);
    return ast_node(p, EXPR_NOT, test, NULL, span);
}

/* ---- Selections ------------------------------------------------------------------------------------- */

struct expr *ast_from(struct parser *p, struct name *list, bool gaps, struct span span)
{
    struct expr *source = ast_named(p, EXPR_NAME, list, NULL, list->span);
    if (gaps) source = ast_node(p, EXPR_GAPS_OF, source, NULL, span);
    return ast_node(p, EXPR_SELECT, source, NULL, span);
}

struct expr *ast_where(struct parser *p, struct expr *select, struct expr *condition, struct span span)
{
    select->where = condition;
    select->span = span;
    return grow(p, select, larger(select->depth, depth_of(condition)));
}

/* The window travels as an EXPR_SELECT that has nothing else. */
struct expr *ast_window(struct parser *p, struct expr *select, struct expr *window, struct span span)
{
    select->window = window->window;
    select->span = span;
    return grow(p, select, larger(select->depth, window->depth));
}

struct expr *ast_window_of(struct parser *p, enum window_kind kind, struct expr *anchor, struct expr *to,
                           struct span span)
{
    struct expr *e = ast_node(p, EXPR_SELECT, anchor, to, span);
    e->a = e->b = NULL;
    e->window = (struct window){.kind = kind, .span = span, .anchor = anchor, .to = to};
    return e;
}

struct expr *ast_window_length(struct parser *p, enum window_kind kind, struct expr *low, struct expr *high,
                               struct expr *anchor, struct span span)
{
    struct expr *e = ast_node3(p, EXPR_SELECT, low, high, anchor, span);
    e->a = e->b = e->c = NULL;
    e->window = (struct window){.kind = kind, .span = span, .low = low, .high = high, .anchor = anchor};
    return e;
}

struct expr *ast_in_window(struct expr *window)
{
    window->kind = EXPR_IN_WINDOW;
    return window;
}

struct expr *ast_select(struct parser *p, enum selector selector, struct expr *select, struct span span)
{
    (void)p;
    select->selector = selector;
    select->span = span;
    return select;
}

struct expr *ast_total_of(struct parser *p, struct expr *select, struct span span)
{
    bool plain =
        !select->where && select->window.kind == WINDOW_NONE && select->a && select->a->kind == EXPR_NAME;
    if (!plain) return ast_select(p, SELECT_TOTAL, select, span);
    return ast_node(p, EXPR_TOTAL_OF, select->a, NULL, span);
}

struct expr *ast_every(struct parser *p, struct expr *select, struct expr *claim, struct span span)
{
    select->claim = claim;
    return grow(p, ast_select(p, SELECT_EVERY, select, span), larger(select->depth, claim->depth));
}

struct expr *ast_dose_on(struct parser *p, enum expr_kind kind, struct name *dose, struct expr *day,
                         struct span span)
{
    return ast_node(p, kind, ast_named(p, EXPR_NAME, dose, NULL, dose->span), day, span);
}

struct expr *ast_phase_day(struct parser *p, struct expr *count, struct name *phase, struct span span)
{
    struct expr *name = ast_named(p, EXPR_NAME, phase, NULL, phase->span);
    return ast_node(p, EXPR_PHASE_DAY, name, count, span);
}
