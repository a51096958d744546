/*
 * What is asked of a value's presence or of an outcome: `is known`, `is negative`, `is not covered`, `is
 * withheld`.
 */
#include <string.h>

#include "compiler/check.h"

static const char *state_words(enum state state)
{
    static const char *const words[] = {
#define STATE(name, text) [STATE_##name] = text,
#include "compiler/states.def"
#undef STATE
    };
    return words[state];
}

/* The rule whose outcome is asked about, or NULL. */
static const struct decl *rule_of(const struct expr *e)
{
    if (e->kind != EXPR_NAME || !e->decl) return NULL;
    return decl_is_rule(e->decl) ? e->decl : NULL;
}

/* ---- negative --------------------------------------------------------------------------------------- */

/* The input that e hands through unchanged, or NULL: only an input can have been reported as negative. */
static const struct decl *input_of(const struct expr *e)
{
    while (e) {
        if (e->kind == EXPR_AS || e->kind == EXPR_SELECT)
            e = e->a;
        else if (e->kind != EXPR_NAME)
            return NULL;
        else if (e->bound)
            e = e->bound;
        else if (e->decl && e->decl->kind == DECL_DEFINE)
            e = e->decl->body;
        else
            return e->decl && e->decl->kind == DECL_INPUT ? e->decl : NULL;
    }
    return NULL;
}

static void check_negative(struct checker *ck, const struct expr *e)
{
    const struct decl *input = input_of(e->a->kind == EXPR_SUBJECT && ck->head ? ck->head : e->a);
    if (input && input->negative_below.text) return;
    struct diag *d = diag_report(ck->sink, DIAG_STATE_MISPLACED, e->span,
                                 "only an input with `negative below` can be negative");
    note_origin(ck, d, e->a);
    if (input)
        diag_help(ck->sink, d, "add `, negative below ...` to `%s`, and name the parameter with the limit",
                  input->name.text);
    else
        diag_help(ck->sink, d, "for a number below zero write `< 0`");
}

/* A set and an alert have no row that is silent, and none that they could lack. */
static bool may_lack_row(const struct decl *rule)
{
    return rule->kind == DECL_CLASSIFY || rule->kind == DECL_DOSE;
}

/* ---- outcomes --------------------------------------------------------------------------------------- */

static void report_needs_rule(struct checker *ck, const struct expr *e, const char *what)
{
    struct diag *d = diag_report(ck->sink, DIAG_STATE_MISPLACED, e->span, "only %s can be %s", what,
                                 state_words(e->state));
    note_origin(ck, d, e->a);
    if (e->a->type->kind == TYPE_ENUM && strchr(state_words(e->state), ' ') == NULL)
        diag_help(ck->sink, d, "if a value is meant: it is one of %s",
                  enumeration_words(ck->arena, e->a->type->enumeration));
}

void check_reason_names(struct checker *ck, struct expr *e)
{
    for (struct name *reason = e->reasons; reason; reason = reason->next) {
        reason->decl = check_lookup(ck, reason->text);
        if (reason->decl && (reason->decl->kind == DECL_INPUT || reason->decl->kind == DECL_PARAMETER))
            continue;
        struct diag *d =
            diag_report(ck->sink, DIAG_REASON_UNKNOWN, reason->span,
                        "`%s` is no input or parameter, so it cannot be what is missing", reason->text);
        const char *near = symbols_suggest(ck->c->symbols, ck->protocol,
                                           1U << DECL_INPUT | 1U << DECL_PARAMETER, reason->text);
        if (reason->decl)
            diag_note(ck->sink, d, reason->decl->name.span, "declared here");
        else if (near)
            diag_help(ck->sink, d, "did you mean `%s`?", near);
    }
}

static void check_reasons(struct checker *ck, struct expr *e)
{
    if (!e->reasons) return;
    if (ck->place != CHECK_EXPECT) {
        struct diag *d = diag_report(ck->sink, DIAG_BECAUSE_OF_IN_RULE, e->span,
                                     "`because of` belongs to what a test expects");
        diag_help(ck->sink, d, "in a rule ask for each missing input: `not (x is known)`");
        return;
    }
    bool of_rule = e->a->kind == EXPR_NAME && e->a->decl && decl_is_rule(e->a->decl);
    if (!of_rule && e->a->kind != EXPR_INCLUDES) {
        struct diag *d = diag_report(ck->sink, DIAG_REASONS_OF_VALUE, e->span,
                                     "only the result of a rule says what it waits for");
        diag_help(ck->sink, d, "write `is unknown` here, or ask a rule that reads it");
        return;
    }
    if (check_question_place(ck, e)) check_reason_names(ck, e);
}

/* `response is negative` where `negative` is one of its values: the word as written is in b. */
static bool is_value_after_all(struct checker *ck, struct expr *e)
{
    struct expr *word = e->b;
    e->b = NULL;
    if (!word || e->a->type->kind != TYPE_ENUM) return false;
    /* a value of the protocol goes before the word of the language */
    word->value = enumeration_find(e->a->type->enumeration, word->name.text);
    if (!word->value) return false;
    word->type = type_of_enumeration(ck->arena, e->a->type->enumeration);
    e->kind = EXPR_IS;
    e->b = word;
    return true;
}

struct type *check_is_state(struct checker *ck, struct expr *e)
{
    struct type *type = type_new(ck->arena, TYPE_BOOL);
    if (check_is_item(ck, e->a)) return check_item_question(ck, e);
    if (e->a->kind == EXPR_UNTIL) return check_until_known(ck, e);
    /* `x is known` may ask a parameter that is `none` */
    ck->whole_value = true;
    if (check_expr(ck, e->a, NULL)->kind == TYPE_ERROR || is_value_after_all(ck, e)) return type;
    if (expr_asks_of_rows(e)) return check_row_question(ck, e);
    switch (e->state) {
    case STATE_KNOWN:
    case STATE_UNKNOWN: check_reasons(ck, e); break;
    case STATE_NEGATIVE: check_negative(ck, e); break;
    case STATE_GIVEN:
    case STATE_ASKED:
    case STATE_WITHHELD:
        if (!rule_of(e->a) || rule_of(e->a)->kind != DECL_DOSE) report_needs_rule(ck, e, "a dose");
        break;
    case STATE_DECIDED:
    case STATE_NOT_APPLICABLE:
    case STATE_FAULT:
        if (!rule_of(e->a)) report_needs_rule(ck, e, "a rule");
        break;
    default:
        if (!rule_of(e->a) || !may_lack_row(rule_of(e->a)))
            report_needs_rule(ck, e, "a classification or a dose");
    }
    return type;
}

/* ---- is within -------------------------------------------------------------------------------------- */

static bool is_range_dose(const struct expr *e)
{
    if (e->kind != EXPR_NAME || !e->decl || e->decl->kind != DECL_DOSE || e->type->kind != TYPE_DOSE)
        return false;
    for (const struct clause *c = e->decl->clauses; c; c = c->next)
        for (const struct step *s = c->steps; s; s = s->next)
            if (s->amount && s->amount->kind == EXPR_TO) return true;
    return false;
}

struct type *check_is_within(struct checker *ck, struct expr *e)
{
    struct type *type = type_new(ck->arena, TYPE_BOOL);
    bool good = check_quantity(ck, e->a);
    if (check_expr(ck, e->b, NULL)->kind == TYPE_ERROR || !good) return type;
    if (is_range_dose(e->b)) {
        check_units(ck, e->b, e->a);
        return type;
    }
    struct diag *d = diag_report(ck->sink, DIAG_STATE_MISPLACED, expr_span(ck, e->b),
                                 "only a dose that is a range has a within");
    note_origin(ck, d, e->b);
    diag_help(ck->sink, d, "a range of values is tested with `is from A to B`");
    return type;
}
