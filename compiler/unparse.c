#include "compiler/unparse.h"

#include <string.h>

#include "runtime/value_text.h"

struct out {
    struct arena *arena;
    char *text;
    size_t length, capacity;
};

static void put(struct out *o, const char *text)
{
    size_t n = strlen(text);
    if (o->length + n + 1 > o->capacity) {
        o->capacity = (o->length + n + 1) * 2;
        char *bigger = arena_alloc(o->arena, o->capacity);
        if (o->length) memcpy(bigger, o->text, o->length);
        o->text = bigger;
    }
    memcpy(o->text + o->length, text, n + 1);
    o->length += n;
}

static void put_expr(struct out *o, const struct expr *e);

const char *state_words(enum state state)
{
    static const char *const words[] = {
#define STATE(name, words_) [STATE_##name] = words_,
#include "compiler/states.def"
#undef STATE
    };
    return words[state];
}

const char *selector_word(enum selector selector)
{
    static const char *const words[] = {
        [SELECT_LATEST] = "latest",  [SELECT_FIRST] = "first",     [SELECT_HIGHEST] = "highest",
        [SELECT_LOWEST] = "lowest",  [SELECT_AVERAGE] = "average", [SELECT_TOTAL] = "total of",
        [SELECT_COUNT] = "count of", [SELECT_ANY] = "any",         [SELECT_EVERY] = "every",
        [SELECT_EACH] = "each",
    };
    return words[selector];
}

const char *expr_sign(const struct expr *e)
{
    switch (e->kind) {
    case EXPR_ADD: return "+";
    case EXPR_SUB: return "-";
    case EXPR_MUL: return "*";
    case EXPR_DIV: return "/";
    case EXPR_AND: return "and";
    case EXPR_OR: return "or";
    case EXPR_IMPLIES: return "implies";
    case EXPR_LT: return "<";
    case EXPR_LE: return "<=";
    case EXPR_GT: return ">";
    case EXPR_GE: return ">=";
    case EXPR_IS: return e->negated ? "is not" : "is";
    case EXPR_IS_WITHIN: return e->negated ? "is not within" : "is within";
    case EXPR_INCLUDES: return "includes";
    case EXPR_MEETS: return "includes one of";
    case EXPR_OR_ELSE: return "or else";
    case EXPR_TO: return "to";
    default: return NULL;
    }
}

static void put_list(struct out *o, const struct expr *e)
{
    for (; e; e = e->next) {
        put_expr(o, e);
        if (e->next) put(o, ", ");
    }
}

/* As rule files are read aloud: IU, 10 years. */
static void put_unit(struct out *o, const struct unit *unit, bool one)
{
    char code[UNIT_TEXT_MAX];
    struct buffer words = {0};
    unit_format(unit, code);
    unit_spelling(&words, code, one);
    put(o, buffer_text(&words));
    buffer_free(&words);
}

static void put_number(struct out *o, const struct expr *e)
{
    char buffer[DECIMAL_TEXT_MAX];
    decimal_format(e->number, buffer);
    put(o, buffer);
    if (e->has_unit) {
        put(o, " ");
        put_unit(o, &e->unit, decimal_equal(e->number, DECIMAL_ONE));
    }
}

static void put_date(struct out *o, const struct expr *e)
{
    char buffer[CAL_TEXT_MAX];
    cal_format(&e->date, buffer);
    put(o, buffer);
}

static void put_before_after(struct out *o, const char *first, const struct window *w, const char *last)
{
    put(o, first);
    put_expr(o, w->low);
    if (w->high) {
        put(o, " to ");
        put_expr(o, w->high);
    }
    put(o, last);
    put_expr(o, w->anchor);
}

static void put_window(struct out *o, const struct window *w)
{
    switch (w->kind) {
    case WINDOW_NONE: return;
    case WINDOW_FROM_TO_AFTER: put_before_after(o, "from ", w, " after "); return;
    case WINDOW_FROM_TO_BEFORE: put_before_after(o, "from ", w, " before "); return;
    case WINDOW_WITHIN_BEFORE: put_before_after(o, "within ", w, " before "); return;
    case WINDOW_WITHIN_AFTER: put_before_after(o, "within ", w, " after "); return;
    case WINDOW_BEFORE: put(o, "before "); break;
    case WINDOW_AFTER: put(o, "after "); break;
    case WINDOW_UNTIL: put(o, "until "); break;
    case WINDOW_SINCE: put(o, "since "); break;
    case WINDOW_BETWEEN: put(o, "between "); break;
    case WINDOW_ON: put(o, "on "); break;
    }
    put_expr(o, w->anchor);
    if (w->kind == WINDOW_BETWEEN) {
        put(o, " and ");
        put_expr(o, w->to);
    }
}

static void put_select(struct out *o, const struct expr *e)
{
    put(o, selector_word(e->selector));
    put(o, " ");
    put_expr(o, e->a);
    if (e->where) {
        put(o, " where (");
        put_expr(o, e->where);
        put(o, ")");
    }
    if (e->window.kind != WINDOW_NONE) put(o, " ");
    put_window(o, &e->window);
    if (e->claim) {
        put(o, " has ");
        put_expr(o, e->claim);
    }
}

static void put_is(struct out *o, const struct expr *e)
{
    put_expr(o, e->a);
    put(o, e->negated ? " is not " : " is ");
    if (e->kind == EXPR_IS_ONE_OF) {
        put(o, "one of ");
        put_list(o, e->args);
    } else if (e->kind == EXPR_IS_RANGE) {
        put(o, "from ");
        put_expr(o, e->b);
        put(o, " to ");
        put_expr(o, e->c);
    } else {
        put(o, state_words(e->state));
    }
}

static void put_pair(struct out *o, const char *first, const struct expr *a, const char *middle,
                     const struct expr *b)
{
    put(o, first);
    put_expr(o, a);
    if (b) {
        put(o, middle);
        put_expr(o, b);
    }
}

static void put_completed(struct out *o, const struct expr *e)
{
    char unit[UNIT_TEXT_MAX];
    unit_format(&e->unit, unit);
    static const char *const words[][2] = {{"a", "years"}, {"mo", "months"}, {"wk", "weeks"}, {"d", "days"}};
    put(o, "completed ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(unit, words[i][0]) == 0) put(o, words[i][1]);
    put_pair(o, " from ", e->a, " to ", e->b);
}

static void put_call(struct out *o, const char *name, const struct expr *args)
{
    put(o, name);
    put(o, "(");
    put_list(o, args);
    put(o, ")");
}

static void put_binary(struct out *o, const struct expr *e)
{
    bool bare = e->a == NULL || e->a->kind == EXPR_SUBJECT; /* a cell: < 50 10*9/L */
    if (!bare) {
        put_expr(o, e->a);
        put(o, " ");
    }
    if (!(bare && e->kind == EXPR_IS && !e->negated)) {
        put(o, expr_sign(e));
        put(o, " ");
    }
    put_expr(o, e->b);
    if (e->kind == EXPR_MEETS) put_list(o, e->args);
}

/* `after latest alt` stands for its time, and nobody wrote `date of`. */
static bool is_written(const struct expr *date_of)
{
    return !date_of->type || date_of->type->kind == TYPE_DATE;
}

static void put_bare(struct out *o, const struct expr *e)
{
    switch (e->kind) {
    case EXPR_ERROR: put(o, "?"); break;
    case EXPR_NUMBER: put_number(o, e); break;
    case EXPR_DATE: put_date(o, e); break;
    case EXPR_TEXT: put(o, e->text && e->text->plain ? e->text->plain : "\"...\""); break;
    case EXPR_YES: put(o, "yes"); break;
    case EXPR_NO: put(o, "no"); break;
    case EXPR_NONE: put(o, "none"); break;
    case EXPR_NOW: put(o, "now"); break;
    case EXPR_SUBJECT: break;
    case EXPR_ANY_CELL: put(o, "any"); break;
    case EXPR_NAME: put(o, e->name.text); break;
    case EXPR_CALL: put_call(o, e->name.text, e->args); break;
    case EXPR_NEGATE: put_pair(o, "-", e->a, "", NULL); break;
    case EXPR_NOT: put_pair(o, "not ", e->a, "", NULL); break;
    case EXPR_IS_ONE_OF:
    case EXPR_IS_RANGE:
    case EXPR_IS_STATE: put_is(o, e); break;
    case EXPR_IN_UNIT:
        put_pair(o, "", e->a, "", NULL);
        put(o, " in ");
        put_unit(o, &e->unit, false);
        break;
    case EXPR_SELECT: put_select(o, e); break;
    case EXPR_COUNT_OF: put_call(o, "count of ", e->args); break;
    case EXPR_TIME_FROM: put_pair(o, "time from ", e->a, " to ", e->b); break;
    case EXPR_COMPLETED: put_completed(o, e); break;
    case EXPR_OF:
        put(o, e->name.text);
        put_pair(o, " of ", e->a, "", NULL);
        break;
    case EXPR_DATE_OF: put_pair(o, is_written(e) ? "date of " : "", e->a, "", NULL); break;
    case EXPR_GAPS_OF: put_pair(o, "gaps of ", e->a, "", NULL); break;
    case EXPR_CASE:
        put_pair(o, "", e->a, " when ", e->b);
        if (e->c) put_pair(o, ", or ", e->c, "", NULL);
        break;
    case EXPR_AS:
        put_expr(o, e->a);
        put(o, " as ");
        put(o, e->name.text);
        break;
    case EXPR_ACTIVE_AT: put_pair(o, "active at ", e->a, "", NULL); break;
    case EXPR_UNTIL: put(o, "until"); break;
    case EXPR_IN_WINDOW: put_window(o, &e->window); break;
    case EXPR_STATE_FOR: put_pair(o, "", e->a, " for ", e->b); break;
    case EXPR_TOTAL_OF: put_pair(o, "total of ", e->a, "", NULL); break;
    case EXPR_PHASE_START: put_pair(o, "start of ", e->a, "", NULL); break;
    case EXPR_PHASE_END: put_pair(o, "end of ", e->a, "", NULL); break;
    case EXPR_PHASE_NUMBER: put_pair(o, "day of ", e->a, "", NULL); break;
    case EXPR_PHASE_DAY: put_pair(o, "day ", e->b, " of ", e->a); break;
    case EXPR_ON_DAY: put_pair(o, "", e->a, " on day ", e->b); break;
    case EXPR_ON_DATE: put_pair(o, "", e->a, " on ", e->b); break;
    case EXPR_NONE_ON: put_pair(o, "no ", e->a, "", NULL); break;
    case EXPR_LIST: put_list(o, e->args); break;
    default: put_binary(o, e); break;
    }
}

static void put_expr(struct out *o, const struct expr *e)
{
    if (e == NULL) return;
    if (e->parenthesised) put(o, "(");
    put_bare(o, e);
    if (e->parenthesised) put(o, ")");
}

const char *expr_text(struct arena *arena, const struct expr *e)
{
    struct out o = {.arena = arena};
    put(&o, "");
    put_expr(&o, e);
    return o.text;
}

static void put_times(struct out *o, const struct schedule *s)
{
    put_expr(o, s->times);
    put(o, s->times ? " times a " : "once a ");
    put_unit(o, &s->unit, true);
}

const char *schedule_text(struct arena *arena, const struct schedule *s)
{
    struct out o = {.arena = arena};
    put(&o, "");
    switch (s->form) {
    case SCHEDULE_OF: break;
    case SCHEDULE_CONTINUOUS: put(&o, "continuous"); break;
    case SCHEDULE_DAYS: put_pair(&o, "days ", s->days, "", NULL); break;
    case SCHEDULE_EVERY: put_pair(&o, "every ", s->every, " to ", s->every_to); break;
    case SCHEDULE_TIMES: put_times(&o, s); break;
    case SCHEDULE_ONCE: put(&o, "once"); break;
    }
    if (s->phase) put_pair(&o, s->form == SCHEDULE_OF ? "of " : " of ", s->phase, "", NULL);
    return o.text;
}

/* A set of one member is written like that member, whether its type is known yet or not: the digest of a site
   does not depend on what its file was read against. */
static const char *setting_value_text(struct arena *arena, const struct expr *value)
{
    if (value->kind == EXPR_NONE) return "none";
    const char *text = expr_text(arena, value);
    bool one = value->kind != EXPR_LIST || (value->args && !value->args->next);
    return one ? text : arena_printf(arena, "[%s]", text);
}

const char *setting_text(struct arena *arena, const struct setting *s)
{
    if (s->value) return setting_value_text(arena, s->value);
    const char *text = "";
    for (const struct setting *row = s->rows; row; row = row->next)
        text = arena_printf(arena, "%s%s: %s%s", text, row->name.text, setting_value_text(arena, row->value),
                            row->next ? ", " : "");
    return text;
}

const char *settings_text(struct arena *arena, const struct setting *s)
{
    const char *text = "";
    for (; s; s = s->next)
        text = arena_printf(arena, "%s%s=%s\n", text, s->name.text, setting_text(arena, s));
    return text;
}
