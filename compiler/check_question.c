/*
 * What only a test asks, and asks alone: what an item of a set comes to, and which rows of a dose withhold,
 * ask and warn.
 */
#include <string.h>

#include "compiler/check.h"
#include "compiler/strength.h"
#include "runtime/suggest.h"

static struct type *bool_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_BOOL);
}

bool check_question_place(struct checker *ck, const struct expr *e)
{
    if (ck->place != CHECK_EXPECT) {
        struct diag *d =
            diag_report(ck->sink, DIAG_QUESTION_IN_RULE, e->span, "only a test asks this of a result");
        diag_help(
            ck->sink, d,
            "a rule asks for the condition itself, or for an outcome: `includes`, `is given`, `is asked`, "
            "`is withheld`");
        return false;
    }
    if (ck->expect == e) return true;
    struct diag *d =
        diag_report(ck->sink, DIAG_QUESTION_INSIDE, e->span, "this question stands alone in its `expect`");
    diag_help(ck->sink, d, "write a line of its own for each: `expect A` and `expect B` must both hold");
    return false;
}

/* `by ...` and `because of ...` name all of them: that it is not exactly these says little. */
static bool refuse_negated(struct checker *ck, const struct expr *e)
{
    if (!e->negated || (!e->rows && !e->reasons)) return false;
    struct diag *d = diag_report(ck->sink, DIAG_QUESTION_INSIDE, e->span,
                                 "`is not` leaves open what `%s` names", e->rows ? "by" : "because of");
    diag_help(ck->sink, d, "expect what does come out, with all its %s", e->rows ? "rows" : "inputs");
    return true;
}

/* ---- Items ------------------------------------------------------------------------------------------ */

bool check_is_item(const struct checker *ck, const struct expr *e)
{
    if (e->kind != EXPR_OF || e->a->kind != EXPR_NAME) return false;
    const struct decl *set = check_lookup(ck, e->a->name.text);
    return set && decl_fills_set(set);
}

static void report_standing(struct checker *ck, const struct expr *e, const struct decl *set)
{
    bool forces = set->kind == DECL_RECOMMEND;
    struct diag *d = diag_report(ck->sink, DIAG_STANDING_UNKNOWN, e->b ? e->b->span : e->span,
                                 "this is nothing that an item of a %s comes to",
                                 forces ? "recommendation" : "collection");
    const char *word = e->b && e->b->kind == EXPR_NAME ? e->b->name.text : NULL;
    const char *near = word && forces ? standing_near(word) : NULL;
    if (near)
        diag_help(ck->sink, d, "did you mean `%s`?", near);
    else if (forces)
        diag_help(
            ck->sink, d,
            "write `included`, `choice`, `excluded`, a strength such as `recommended` or `contraindicated`, "
            "`equipoise`, `not included` or `unknown`");
    else
        diag_help(ck->sink, d,
                  "a collection has no strengths: write `included`, `excluded`, `not included` or `unknown`");
}

static bool is_standing(const struct expr *e, const struct decl *set)
{
    struct standing standing;
    if (e->kind == EXPR_IS_STATE)
        return e->state == STATE_UNKNOWN || (e->state == STATE_EQUIPOISE && set->kind == DECL_RECOMMEND);
    if (e->kind != EXPR_IS || e->b->kind != EXPR_NAME || e->rows || e->reasons) return false;
    if (!standing_named(e->b->name.text, e->negated, &standing)) return false;
    return set->kind == DECL_RECOMMEND || (!standing.strength && standing.state != ITEM_CHOICE);
}

struct type *check_item_question(struct checker *ck, struct expr *e)
{
    struct expr *item = e->a;
    struct decl *set = check_lookup(ck, item->a->name.text);
    if (!check_question_place(ck, e) || refuse_negated(ck, e)) return bool_type(ck);
    if (check_expr(ck, item->a, NULL)->kind != TYPE_SET) return bool_type(ck);
    item->decl = set;
    item->type = type_of_enumeration(ck->arena, set->type->enumeration);
    item->value = check_member(ck, set->type->enumeration, item->name.text);
    if (!item->value) report_value_unknown(ck, item->name.span, item->name.text, set->type->enumeration);
    if (!is_standing(e, set)) report_standing(ck, e, set);
    if (e->b) e->b->type = item->type;
    if (e->kind == EXPR_IS_STATE) check_reason_names(ck, e);
    return bool_type(ck);
}

/* ---- Rows of a dose --------------------------------------------------------------------------------- */

static bool may_be_listed(enum clause_kind kind, enum state state)
{
    switch (state) {
    case STATE_ASKED: return kind == CLAUSE_ASK;
    case STATE_WITHHELD: return kind == CLAUSE_WITHHOLD || kind == CLAUSE_INTERVAL;
    default: return kind == CLAUSE_WARN || kind == CLAUSE_INTERVAL;
    }
}

/* The row that is called so; `interval` is the only one of its kind. */
static const struct clause *clause_named(const struct decl *dose, const char *name)
{
    const struct clause *interval = NULL;
    int intervals = 0;
    for (const struct clause *c = dose->clauses; c; c = c->next) {
        if (c->name.text && strcmp(c->name.text, name) == 0) return c;
        if (c->kind != CLAUSE_INTERVAL) continue;
        interval = c;
        intervals++;
    }
    return intervals == 1 && strcmp(name, "interval") == 0 ? interval : NULL;
}

static const char *row_near(const struct decl *dose, const char *name)
{
    enum { NAMES_MAX = 64 };
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (const struct clause *c = dose->clauses; c && count < NAMES_MAX; c = c->next)
        if (c->name.text) names[count++] = c->name.text;
    return suggest(name, names, count);
}

static const char *word_of_state(enum state state)
{
    return state == STATE_ASKED ? "ask" : state == STATE_WITHHELD ? "withhold" : "warn";
}

static void check_row_named(struct checker *ck, const struct expr *e, const struct decl *dose,
                            const struct name *row)
{
    const struct clause *clause = clause_named(dose, row->text);
    const char *word = word_of_state(e->state);
    if (clause && may_be_listed(clause->kind, e->state)) return;
    struct diag *d;
    if (clause) {
        d = diag_report(ck->sink, DIAG_ROW_UNKNOWN, row->span, "the row `%s` does not %s", row->text, word);
        diag_note(ck->sink, d, clause->span, "it stands here");
        return;
    }
    d = diag_report(ck->sink, DIAG_ROW_UNKNOWN, row->span, "no row of `%s` is called `%s`", dose->name.text,
                    row->text);
    const char *near = row_near(dose, row->text);
    if (near)
        diag_help(ck->sink, d, "did you mean `%s`?", near);
    else
        diag_help(ck->sink, d, "give the row that is meant a name: `%s as %s when ...`", word, row->text);
}

/* False where the words are none that are asked of rows. */
static bool asks_of_rows(struct checker *ck, const struct expr *e)
{
    bool rows = e->state == STATE_WITHHELD || e->state == STATE_ASKED || e->state == STATE_WARNED ||
                e->state == STATE_UNCHECKED;
    bool reasons = e->state == STATE_ASKED || e->state == STATE_UNCHECKED;
    if (e->kind == EXPR_IS_STATE && (e->reasons ? reasons : rows)) return true;
    struct diag *d = diag_report(ck->sink, DIAG_STATE_MISPLACED, e->span,
                                 e->rows ? "this has no rows that could be named" : "this waits for nothing");
    if (e->rows)
        diag_help(ck->sink, d, "a dose is `withheld`, `asked`, `warned` or `unchecked` by its rows");
    else
        diag_help(ck->sink, d,
                  "a rule is `unknown`, a dose also `asked` or `unchecked` because of what is missing");
    return false;
}

struct type *check_row_question(struct checker *ck, struct expr *e)
{
    const struct decl *dose = e->a->kind == EXPR_NAME ? e->a->decl : NULL;
    bool broken = e->a->type->kind == TYPE_ERROR;
    if (broken || !check_question_place(ck, e) || refuse_negated(ck, e)) return bool_type(ck);
    if (e->b && !e->b->type) e->b->type = bool_type(ck);
    if (!asks_of_rows(ck, e)) return bool_type(ck);
    if (!dose || dose->kind != DECL_DOSE) {
        struct diag *d = diag_report(ck->sink, DIAG_STATE_MISPLACED, e->span,
                                     "only a dose is warned of, asked about or withheld");
        note_origin(ck, d, e->a);
        return bool_type(ck);
    }
    for (const struct name *row = e->rows; row; row = row->next)
        check_row_named(ck, e, dose, row);
    if (e->reasons) check_reason_names(ck, e);
    return bool_type(ck);
}
