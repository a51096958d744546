/*
 * Tests and site files: the values of parameters and of records.
 *
 * A test is a record in the language of the rules.  What it gives is checked like a record would be when
 * it is read (range, unit, missing fields), so that a mistake is shown in the rule file and not by a
 * failing test.
 */
#include "compiler/check_literal.h"

/* ---- Settings --------------------------------------------------------------------------------------- */

static void report_set_twice(struct checker *ck, const struct name *name, struct span first)
{
    struct diag *d = diag_report(ck->sink, DIAG_SET_TWICE, name->span, "`%s` is set twice", name->text);
    diag_note(ck->sink, d, first, "first here");
}

static void check_entries(struct checker *ck, const struct setting *s, const struct type *type)
{
    if (type->kind != TYPE_TABLE) {
        report_wrong_literal(ck, s->span, "a table", type);
        return;
    }
    if (type->key->kind != TYPE_ENUM) return;
    struct name_set seen = {.arena = ck->arena};
    for (struct setting *entry = s->rows; entry; entry = entry->next) {
        if (!check_member(ck, type->key->enumeration, entry->name.text))
            report_value_unknown(ck, entry->name.span, entry->name.text, type->key->enumeration);
        const struct name *first = name_set_add(&seen, entry->name.text, entry->name.span);
        if (first) report_set_twice(ck, &entry->name, first->span);
        if (entry->value) check_literal(ck, &entry->value, type->value, false);
    }
}

/* A name that is no parameter was reported by resolve. */
static void check_setting(struct checker *ck, struct setting *s)
{
    const struct decl *parameter = s->name.decl;
    if (!parameter || !parameter->type || parameter->type->kind == TYPE_ERROR) return;
    if (s->value)
        check_literal(ck, &s->value, parameter->type, false);
    else
        check_entries(ck, s, parameter->type);
}

void check_settings(struct checker *ck, struct setting *settings, struct name_set *seen)
{
    for (struct setting *s = settings; s; s = s->next) {
        const struct name *first = name_set_add(seen, s->name.text, s->name.span);
        if (first) report_set_twice(ck, &s->name, first->span);
        check_setting(ck, s);
    }
}

/* ---- Given values ----------------------------------------------------------------------------------- */

static void report_given(struct checker *ck, const struct given *g, const struct type *type,
                         const char *message, const char *help)
{
    struct diag *d = diag_report(ck->sink, DIAG_GIVEN_VALUE, g->span, message, g->name.text);
    if (type) diag_note(ck->sink, d, type->span, "declared here");
    diag_help(ck->sink, d, help, g->name.text);
}

static void check_range_of(struct checker *ck, const struct given *g, const struct decl *input)
{
    decimal value, bound;
    const struct unit *unit = &input->type->unit;
    if (g->censor || !literal_in_unit(g->value, unit, &value)) return;
    bool below = input->low && literal_in_unit(input->low, unit, &bound) && decimal_compare(value, bound) < 0;
    bool above =
        input->high && literal_in_unit(input->high, unit, &bound) && decimal_compare(value, bound) > 0;
    if (!below && !above) return;
    struct diag *d = diag_report(ck->sink, DIAG_GIVEN_RANGE, g->value->span,
                                 "this value is outside of the range of `%s`", g->name.text);
    diag_note(ck->sink, d, (below ? input->low : input->high)->span, "the range %s here",
              below ? "begins" : "ends");
    diag_help(ck->sink, d, "a record with this value is refused before any rule runs");
}

/* `negative` and `empty` may be values of an enumeration, and `empty` is the set without members. */
static void read_word(struct checker *ck, struct given *g, const struct type *type)
{
    if (!g->negative && !g->empty) return;
    if (type->kind == TYPE_ENUM && enumeration_find(type->enumeration, g->value->name.text))
        g->negative = g->empty = false;
    if (type->kind != TYPE_SET || !g->empty) return;
    struct expr *none = arena_alloc(ck->arena, sizeof *none);
    *none = (struct expr){.kind = EXPR_LIST, .span = g->value->span};
    g->value = none;
    g->empty = false;
}

/* The value of an input, of a series' element or of a field; input is NULL for a field. */
static void check_given_value(struct checker *ck, struct given *g, const struct type *type,
                              const struct decl *input)
{
    bool amount = type->kind == TYPE_QUANTITY || type->kind == TYPE_SERIES;
    if (type->kind == TYPE_ERROR || g->missing) return;
    if (g->censor && !amount) {
        report_given(ck, g, type, "`%s` is no amount, so it cannot be only a limit", "give `%s` one value");
        return;
    }
    if (g->negative) {
        if (!input || !input->negative_below.text)
            report_given(ck, g, type, "`%s` cannot be negative",
                         "only an input with `negative below` can: give `%s` a value");
    } else if (g->other) {
        if (type->kind != TYPE_ENUM || !type->enumeration->or_other)
            report_given(ck, g, type, "`%s` has no other values than those listed",
                         "give `%s` one of them, or add `or other` to the list");
    } else if (!g->value) {
        report_given(ck, g, type, "`%s` has no value here", "write the value after the name: `%s ...`");
    } else if (check_literal(ck, &g->value, type, true) && amount && input) {
        check_range_of(ck, g, input);
    }
}

static void check_given_fields(struct checker *ck, struct given *element, struct field *fields,
                               const struct type *type)
{
    struct name_set seen = {.arena = ck->arena};
    for (struct given *g = element->fields; g; g = g->next) {
        const struct field *field = field_find(fields, g->name.text);
        const struct name *first = name_set_add(&seen, g->name.text, g->name.span);
        if (first) report_set_twice(ck, &g->name, first->span);
        if (field) read_word(ck, g, field->type);
        if (g->at || g->empty)
            report_given(ck, g, NULL, "the field `%s` has neither a time nor a list of its own",
                         "give `%s` a value");
        if (field) {
            check_given_value(ck, g, field->type, NULL);
            continue;
        }
        struct diag *d =
            diag_report(ck->sink, DIAG_FIELD_UNKNOWN, g->name.span, "there is no field `%s`", g->name.text);
        diag_note(ck->sink, d, type->span, "the fields are listed here");
    }
}

static void check_moment_literal(struct checker *ck, struct expr *e)
{
    if (e)
        e->type = type_new(ck->arena,
                           e->kind == EXPR_DATE && e->date.precision == CAL_TIME ? TYPE_TIME : TYPE_DATE);
}

static void check_given_element(struct checker *ck, struct given *g, const struct decl *input)
{
    const struct type *type = input->type;
    if (g->empty || (g->missing && !g->at)) return;
    if (!g->at)
        report_given(ck, g, type, "`%s` needs the time at which this was",
                     "write it as `%s ... at 2026-01-10`");
    check_moment_literal(ck, g->at);
    check_moment_literal(ck, g->until);
    check_given_fields(ck, g, type->fields, type);
    if (type->kind == TYPE_SERIES)
        check_given_value(ck, g, type, input);
    else if (g->value || g->negative || g->other || g->censor)
        report_given(ck, g, type, "`%s` is a list of events, which have no value",
                     "give its fields in brackets: `%s at 2026-01-10 (FIELD VALUE, ...)`");
    if (type->kind == TYPE_SERIES && (g->until || g->ongoing))
        report_given(ck, g, type, "a value of `%s` is measured at one time, so it has no end",
                     "leave `until` out of `%s`");
}

static void check_given_single(struct checker *ck, struct given *g, const struct decl *input)
{
    if (g->at || g->until || g->ongoing || g->empty || g->fields) {
        report_given(ck, g, input->type, "`%s` is one value, not a list", "write its value only: `%s VALUE`");
        return;
    }
    check_given_value(ck, g, input->type, input);
}

static void check_given(struct checker *ck, struct given *g, struct name_set *seen)
{
    const struct decl *input = g->name.decl;
    if (!input || !input->type || input->type->kind == TYPE_ERROR) return;
    read_word(ck, g, input->type);
    /* elements of a list may stand any number of times, everything else once */
    bool list = type_is_list(input->type), element = list && !g->empty && !(g->missing && !g->at);
    const struct name *first = element ? NULL : name_set_add(seen, g->name.text, g->name.span);
    if (first) {
        struct diag *d =
            diag_report(ck->sink, DIAG_GIVEN_TWICE, g->name.span, "`%s` is given twice", g->name.text);
        diag_note(ck->sink, d, first->span, "first here");
    }
    if (list)
        check_given_element(ck, g, input);
    else
        check_given_single(ck, g, input);
}

/* A list that is said to be empty or missing has no elements. */
static void check_lists_agree(struct checker *ck, const struct given *givens, const struct name_set *seen)
{
    for (const struct given *g = givens; g; g = g->next) {
        if (!g->at || !g->name.decl || !type_is_list(g->name.decl->type)) continue;
        const struct name *whole = name_set_find(seen, g->name.text);
        if (!whole) continue;
        struct diag *d =
            diag_report(ck->sink, DIAG_GIVEN_TWICE, g->name.span, "`%s` has an element here", g->name.text);
        diag_note(ck->sink, d, whole->span, "and is said to have none here");
        return;
    }
}

/* ---- The test --------------------------------------------------------------------------------------- */

void check_test(struct checker *ck, struct decl *d)
{
    struct name_set set = {.arena = ck->arena}, given = {.arena = ck->arena};
    ck->place = CHECK_EXPECT;
    if (d->as_of) check_moment_literal(ck, d->as_of);
    check_settings(ck, d->settings, &set);
    for (struct given *g = d->givens; g; g = g->next)
        check_given(ck, g, &given);
    check_lists_agree(ck, d->givens, &given);
    for (struct expr *e = d->expects; e; e = e->next) {
        /* a name given in one expectation has no meaning in the next */
        ck->scope = NULL;
        ck->expect = e;
        check_condition(ck, e);
    }
    if (d->expects || d->incomplete) return;
    struct diag *message = diag_report(ck->sink, DIAG_TEST_EMPTY, d->span, "this test expects nothing");
    diag_help(ck->sink, message, "say what must come out: `expect nci_risk is high`");
}
