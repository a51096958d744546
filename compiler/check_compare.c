/*
 * Comparisons, and the questions `is ...`.
 *
 * Both sides are typed first, the right one with the left one's type in mind, so that `risk is high` finds
 * its value.  A comparison that is wrong is still a yes or no: only its reason is reported, not also the
 * condition around it.
 *
 * A calendar time (`time from A to B`) is no number of days.  It is compared with a length, and moves A by
 * it; so it stands on the left, and never on both sides (SPEC.md, Time).
 */
#include "compiler/check.h"

static struct type *error_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_ERROR);
}

static struct type *bool_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_BOOL);
}

static const char NOT_COMPARABLE[] = "these two cannot be compared";

/* ---- What may be compared with what ----------------------------------------------------------------- */

static void report_types_differ(struct checker *ck, const struct expr *a, const struct expr *b,
                                const char *sentence)
{
    struct diag *d = diag_report(ck->sink, DIAG_TYPES_DIFFER, expr_span(ck, b), "%s", sentence);
    diag_label(ck->sink, d, "%s", type_words(ck->arena, b->type));
    diag_note(ck->sink, d, expr_span(ck, a), "%s", type_words(ck->arena, a->type));
    if (a->type->kind == TYPE_SET)
        diag_help(ck->sink, d, "whether a set holds a value is asked with `includes`");
    else if (a->kind == EXPR_SELECT && a->selector == SELECT_ANY)
        diag_help(ck->sink, d, "what is asked of each entry stands in brackets: `any %s where (value > ...)`",
                  expr_words(a->a));
    else if (a->type->kind == TYPE_BOOL && *expr_words(a))
        diag_help(ck->sink, d, "a yes or no is itself a condition: `%s` or `not %s`", expr_words(a),
                  expr_words(a));
}

/* other: what the text is compared with. */
static bool refuse_text(struct checker *ck, const struct expr *e, const struct type *other)
{
    if (e->type->kind != TYPE_TEXT) return false;
    struct diag *d =
        diag_report(ck->sink, DIAG_TEXT_COMPARED, expr_span(ck, e), "text is printed, never compared");
    note_origin(ck, d, e);
    const char *word = e->kind == EXPR_TEXT ? e->text->plain : NULL;
    if (word && other->kind == TYPE_ENUM && enumeration_find(other->enumeration, word))
        diag_help(ck->sink, d, "write the value without quotes: `%s`", word);
    else
        diag_help(ck->sink, d,
                  "two spellings of one word are two texts: make it one of several named values, "
                  "`one of a, b`, and write the value without quotes");
    return true;
}

bool check_alike(struct checker *ck, const struct expr *a, const struct expr *b, const char *sentence)
{
    const struct type *left = a->type, *right = b->type;
    if (left->kind == TYPE_QUANTITY && right->kind == TYPE_QUANTITY) return check_units(ck, a, b);
    /* a date beside a time is the range of its day */
    bool alike = left->kind == right->kind || (type_is_date(left) && type_is_date(right));
    if (alike && (left->kind == TYPE_ENUM || left->kind == TYPE_SET))
        alike = left->enumeration == right->enumeration;
    if (!alike) report_types_differ(ck, a, b, sentence);
    return alike;
}

/* ---- Calendar time against a threshold -------------------------------------------------------------- */

static bool check_threshold(struct checker *ck, struct expr *span, struct expr *threshold)
{
    if (threshold->type->kind == TYPE_SPAN) {
        struct diag *d = diag_report(ck->sink, DIAG_SPAN_ONLY_COMPARED, threshold->span,
                                     "a calendar time is compared with a length, as in `> 1 year`");
        diag_note(ck->sink, d, expr_span(ck, span), "a calendar time too");
        diag_help(ck->sink, d, "to compare two of them, count both: `completed months from A to B`");
        return false;
    }
    if (threshold->type->kind != TYPE_QUANTITY) {
        report_types_differ(ck, span, threshold, NOT_COMPARABLE);
        return false;
    }
    return check_length(ck, threshold, DIAG_SPAN_THRESHOLD);
}

/* Both operands are typed; a calendar time may only stand on the left. */
static bool check_pair(struct checker *ck, struct expr *a, struct expr *b)
{
    if (a->type->kind == TYPE_ERROR || b->type->kind == TYPE_ERROR) return false;
    if (refuse_text(ck, a, b->type) || refuse_text(ck, b, a->type)) return false;
    if (a->type->kind == TYPE_SPAN) return check_threshold(ck, a, b);
    if (b->type->kind != TYPE_SPAN) return check_alike(ck, a, b, NOT_COMPARABLE);
    struct diag *d = diag_report(ck->sink, DIAG_SPAN_ONLY_COMPARED, expr_span(ck, b),
                                 "the calendar time comes first in a comparison");
    diag_help(ck->sink, d, "turn it round: `time from A to B < 1 year`");
    return false;
}

/* An operand of a comparison: any single value, or a calendar time. */
static struct type *check_operand(struct checker *ck, struct expr *e, const struct type *want)
{
    /* a guarantee about a limit that is off does not apply, so it may name one */
    ck->whole_value = ck->place == CHECK_GUARANTEE;
    struct type *type = check_expr(ck, e, want);
    bool comparable = type->kind != TYPE_ELEMENT && type->kind != TYPE_DOSE && type->kind != TYPE_TABLE &&
                      !type_is_list(type);
    if (comparable) return type;
    report_not_a_value(ck, e);
    return e->type = error_type(ck);
}

/* A set is never equal to a value, but its members are the words that may stand there. */
static const struct type *wanted_beside(struct checker *ck, const struct type *left)
{
    return left->kind == TYPE_SET ? type_of_enumeration(ck->arena, left->enumeration) : left;
}

/* `activity is not due` is one of the states that the language knows, and not the absence of another one: its
   value, or NULL. */
static struct enum_value *state_named(struct checker *ck, const struct expr *e, const struct type *left)
{
    bool known = left->kind == TYPE_ENUM && left->enumeration->span.end == 0; /* written by no protocol */
    bool words = e->kind == EXPR_IS && e->negated && e->b->kind == EXPR_NAME;
    if (!known || !words) return NULL;
    return enumeration_find(left->enumeration, arena_printf(ck->arena, "not_%s", e->b->name.text));
}

/* `is not due` becomes `is` with the state `not_due`, spelt as it is said. */
static void read_state(struct checker *ck, struct expr *e, const struct type *left, struct enum_value *state)
{
    e->negated = false;
    e->b->name.text = arena_printf(ck->arena, "not %s", e->b->name.text);
    e->b->value = state;
    e->b->type = type_of_enumeration(ck->arena, left->enumeration);
}

/* Whether both sides of e may be compared; their types are set in any case. */
static bool check_operands(struct checker *ck, struct expr *e)
{
    const struct type *left = wanted_beside(ck, check_operand(ck, e->a, NULL));
    struct enum_value *state = state_named(ck, e, left);
    if (state)
        read_state(ck, e, left, state);
    else
        check_operand(ck, e->b, left);
    return check_pair(ck, e->a, e->b);
}

/* ---- < <= > >= -------------------------------------------------------------------------------------- */

static void report_unordered(struct checker *ck, const struct expr *e)
{
    const struct enumeration *enumeration = e->a->type->enumeration;
    struct diag *d = diag_report(ck->sink, DIAG_ENUM_UNORDERED, e->span, "these values have no order");
    if (enumeration->span.end > 0) diag_note(ck->sink, d, enumeration->span, "listed here with commas");
    diag_help(ck->sink, d, "where they have one, list them as `a < b < c`; else ask `is` or `is one of`");
}

struct type *check_order(struct checker *ck, struct expr *e)
{
    if (!check_operands(ck, e)) return bool_type(ck);
    enum type_kind kind = e->a->type->kind;
    if (kind == TYPE_ENUM && !e->a->type->enumeration->ordered)
        report_unordered(ck, e);
    else if (kind == TYPE_BOOL || kind == TYPE_SET)
        report_types_differ(ck, e->a, e->b, NOT_COMPARABLE);
    return bool_type(ck);
}

/* ---- is, is one of, is from ... to ------------------------------------------------------------------ */

static void refuse_set(struct checker *ck, const struct expr *e)
{
    if (e->a->type->kind == TYPE_SET) report_types_differ(ck, e->a, e->b, NOT_COMPARABLE);
}

/* Two records may each say `other` and mean different things: that they are the same cannot be told. */
static void refuse_others(struct checker *ck, const struct expr *a, const struct expr *b)
{
    if (a->type->kind != TYPE_ENUM || !a->type->enumeration->or_other || a->value || b->value) return;
    struct diag *d = diag_report(ck->sink, DIAG_OTHER_COMPARED, b->span, "these two may both be `other`");
    diag_note(ck->sink, d, a->type->enumeration->span, "`or other` is allowed here");
    diag_help(ck->sink, d, "compare each with a value of the list, for example `... is %s`",
              a->type->enumeration->values ? a->type->enumeration->values->name : "a");
}

struct type *check_is(struct checker *ck, struct expr *e)
{
    if (check_is_item(ck, e->a)) return check_item_question(ck, e);
    if (e->rows || e->reasons) {
        check_expr(ck, e->a, NULL);
        return check_row_question(ck, e);
    }
    if (check_operands(ck, e)) {
        refuse_set(ck, e);
        refuse_others(ck, e->a, e->b);
    }
    return bool_type(ck);
}

struct type *check_is_one_of(struct checker *ck, struct expr *e)
{
    const struct type *left = check_operand(ck, e->a, NULL);
    for (struct expr *arg = e->args; arg; arg = arg->next) {
        check_operand(ck, arg, left);
        /* one message for the list */
        if (!check_pair(ck, e->a, arg) || !check_unit_written(ck, e->args, arg)) break;
    }
    return bool_type(ck);
}

static void check_range_order(struct checker *ck, const struct expr *e)
{
    decimal low, high;
    if (e->b->type->kind != TYPE_QUANTITY || !literal_value(e->b, &low)) return;
    if (!literal_in_unit(e->c, &e->b->type->unit, &high) || decimal_compare(low, high) <= 0) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_RANGE_REVERSED, e->c->span, "the range ends before it begins");
    diag_note(ck->sink, d, e->b->span, "it begins here");
}

struct type *check_is_range(struct checker *ck, struct expr *e)
{
    const struct type *left = check_operand(ck, e->a, NULL);
    check_operand(ck, e->b, left);
    check_operand(ck, e->c, left);
    if (!check_pair(ck, e->a, e->b) || !check_pair(ck, e->a, e->c)) return bool_type(ck);
    if (!check_unit_written(ck, e->b, e->c)) return bool_type(ck);
    if (left->kind == TYPE_SPAN && !check_one_scale(ck, e->b, e->c)) return bool_type(ck);
    if (left->kind == TYPE_BOOL || left->kind == TYPE_SET)
        report_types_differ(ck, e->a, e->b, NOT_COMPARABLE);
    else if (left->kind == TYPE_ENUM && !left->enumeration->ordered)
        report_unordered(ck, e);
    check_range_order(ck, e);
    return bool_type(ck);
}

/* What `includes` asks; a type of the members, or of kind ERROR where it is no set. */
static struct type *check_asked_set(struct checker *ck, struct expr *e)
{
    struct type *set = check_value(ck, e->a, NULL);
    if (set->kind == TYPE_SET) return type_of_enumeration(ck->arena, set->enumeration);
    if (set->kind == TYPE_ERROR) return set;
    struct diag *d = diag_report(ck->sink, DIAG_SET_NEEDED, expr_span(ck, e->a),
                                 "`includes` asks a set, and this is %s", type_words(ck->arena, set));
    note_origin(ck, d, e->a);
    if (set->kind == TYPE_ENUM) diag_help(ck->sink, d, "it has one value: write `is`");
    return e->a->type = error_type(ck);
}

static bool check_is_member(struct checker *ck, const struct expr *e, const struct type *member,
                            struct expr *value)
{
    const struct expr of_set = {.kind = EXPR_ERROR, .span = e->a->span, .type = (struct type *)member};
    return check_alike(ck, &of_set, value, "this is no member of the set");
}

struct type *check_includes(struct checker *ck, struct expr *e)
{
    const struct type *member = check_asked_set(ck, e);
    if (member->kind == TYPE_ERROR || check_value(ck, e->b, member)->kind == TYPE_ERROR) return bool_type(ck);
    check_is_member(ck, e, member, e->b);
    return bool_type(ck);
}

/* `includes one of a, b`, or of another set of the same list. */
struct type *check_meets(struct checker *ck, struct expr *e)
{
    const struct type *member = check_asked_set(ck, e);
    if (member->kind == TYPE_ERROR) return bool_type(ck);
    for (struct expr *value = e->args; value; value = value->next) {
        const struct type *type = check_value(ck, value, member);
        bool set = type->kind == TYPE_SET && type->enumeration == member->enumeration;
        if (set && value == e->args && !value->next) {
            e->b = value;
            e->args = NULL;
            break;
        }
        if (type->kind == TYPE_ERROR || !check_is_member(ck, e, member, value)) break;
    }
    return bool_type(ck);
}
