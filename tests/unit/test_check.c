/* The resolve and check stages: what they leave in the tree, and the places that their messages name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compilation.h"
#include "compiler/expr_tree.h"
#include "compiler/symbols.h"
#include "compiler/types.h"
#include "compiler/unparse.h"

/* ---- Compiling a text --------------------------------------------------------------------------------- */

static const char HEADER[] = "protocol example \"Example\"\nversion 1.0.0\nstatus draft\n";

static struct compilation *check_text_of(const char *text)
{
    struct arena *arena = arena_new();
    struct compilation *c = arena_alloc(arena, sizeof *c);
    c->arena = arena;
    c->sink.arena = arena;
    const char *whole = arena_printf(arena, "%s%s", HEADER, text);
    assert_true(load_text(c, "example.rgm", whole, strlen(whole)));
    resolve_program(c);
    check_program(c);
    return c;
}

static struct compilation *check_good(const char *text)
{
    struct compilation *c = check_text_of(text);
    for (const struct diag *d = c->sink.first; d; d = d->next)
        if (d->severity == SEVERITY_ERROR) fail_msg("R%04d %s\n%s", (int)d->code, d->message, text);
    return c;
}

static struct decl *declared(const struct compilation *c, const char *name)
{
    struct decl *d = symbols_find(c->symbols, name);
    if (!d) fail_msg("`%s` is not declared", name);
    return d;
}

/* ---- Types of expressions ----------------------------------------------------------------------------- */

static const char INPUTS[] = "enumeration risks : standard < high\n"
                             "enumeration drugs : doxorubicin, pegaspargase or other\n"
                             "input weight \"Weight\" : kg\n"
                             "input height \"Height\" : cm\n"
                             "input fever \"Fever\" : yes or no\n"
                             "input risk \"Risk\" : risks\n"
                             "input drug \"Drug\" : drugs\n"
                             "input both \"Both\" : set of drugs\n"
                             "input regimens \"Regimens\" : count\n"
                             "input birth_date \"Birth\" : date\n"
                             "input start \"Start\" : time\n"
                             "input alt \"ALT\" : series of U/L { uln : U/L }\n"
                             "input ae \"Events\" : events { grade : count, drug : drugs }\n"
                             "parameter most \"Most\" : table of drugs to mg\n"
                             "parameter step \"Step\" : days\n"
                             "function doubled(x : mg) : mg = 2 * x\n";

static const struct {
    const char *expr, *type;
} typed[] = {
    {"weight + 3 g", "an amount in kilograms (mass)"},
    {"3 g + weight", "an amount in grams (mass)"},
    {"weight * 2", "an amount in kilograms (mass)"},
    {"2500 IU/m2 * 1 m2", "an amount in international units"},
    {"2 * regimens", "a whole number"},
    {"2 / regimens", "a number"},
    {"sqrt(number(height in m) * number(weight in kg)) * 1 m2", "an amount in square metres (area)"},
    {"sqrt(10 %)", "a number"},
    {"weight in g", "an amount in grams (mass)"},
    {"max(3 g, weight)", "an amount in grams (mass)"},
    {"abs(-weight)", "an amount in kilograms (mass)"},
    {"weight or else 3 g", "an amount in kilograms (mass)"},
    {"risk or else high", "one of standard, high"},
    {"fever or else no", "yes or no"},
    {"birth_date or else start", "a time"},
    {"weight > 3 g", "yes or no"},
    {"risk >= high", "yes or no"},
    {"both includes pegaspargase", "yes or no"},
    {"drug is other", "yes or no"},
    {"completed years from birth_date to now", "a whole number"},
    {"time from birth_date to now", "a calendar time"},
    {"birth_date + 14 days", "a date"},
    {"birth_date + step", "a date"},
    {"birth_date - 1 month", "a date"},
    {"birth_date + 12 h", "a time"},
    {"start + 14 days", "a time"},
    {"latest alt", "an amount in units of enzyme activity per litre (catalytic concentration)"},
    {"latest ae", "an event"},
    {"uln of (latest alt)", "an amount in units of enzyme activity per litre (catalytic concentration)"},
    {"drug of (latest ae)", "one of doxorubicin, pegaspargase"},
    {"date of (lowest alt)", "a date"},
    {"count of ae", "a whole number"},
    {"count of (fever, weight > 3 kg)", "a whole number"},
    {"total of alt", "an amount in units of enzyme activity per litre (catalytic concentration)"},
    {"highest gaps of ae", "an amount in days (time)"},
    {"any ae where (drug is pegaspargase) within 3 days before now", "yes or no"},
    {"every alt since latest ae has < 40 U/L", "yes or no"},
    {"most of drug", "an amount in milligrams (mass)"},
    {"most of pegaspargase", "an amount in milligrams (mass)"},
    {"doubled(3 g)", "an amount in milligrams (mass)"},
    {"now", "a time"},
};

static void test_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        char text[4096];
        snprintf(text, sizeof text, "%sdefine tested \"T\" = %s\n", INPUTS, typed[i].expr);
        struct compilation *c = check_good(text);
        const char *words = type_words(c->arena, declared(c, "tested")->type);
        if (strcmp(words, typed[i].type) != 0) fail_msg("`%s` is %s", typed[i].expr, words);
        arena_free(c->arena);
    }
}

/* ---- Every expression has a type ---------------------------------------------------------------------- */

static void assert_typed(void *data, struct expr **slot)
{
    if (!(*slot)->type)
        fail_msg("an expression of kind %d of `%s` has no type", (int)(*slot)->kind, (char *)data);
    expr_each_part(*slot, assert_typed, data);
}

static const char PROGRAM[] =
    "classify group \"Group\" : low < high by agreement\n"
    "  applies when fever is known\n"
    "  high as first_row when (any ae where (grade >= 3)) as event because \"on {date of event}\"\n"
    "  | weight             | risk             | drug                        | group |\n"
    "  | > 3 kg and < 10 kg | standard or high | not doxorubicin             | low   |\n"
    "  | any                | unknown          | doxorubicin or pegaspargase | high  |\n"
    "  low otherwise\n"
    "dose pegaspargase \"P\" of pegaspargase\n"
    "  amount   60 to 75 mg/kg * weight when group is high\n"
    "  choose   70 mg/kg * weight\n"
    "  at most  3 g\n"
    "  interval at least 14 days from latest ae to start\n"
    "  | risk | amount | route                         |\n"
    "  | high | 5 mg   | intravenous over 1 h to 2 h   |\n"
    "dose plan \"Plan\" of plan\n"
    "  amount   3 ug/d on day 1, then 5 ug/d on days 8, 15 to 20\n"
    "recommend next \"Next\" : set of drugs\n"
    "  applies when group is high\n"
    "  include one of doxorubicin, pegaspargase strength option when fever because \"{weight}\"\n"
    "  | fever | exclude     | strength        |\n"
    "  | yes   | doxorubicin | contraindicated |\n"
    "guarantee \"total\" total of plan <= 1 mg\n"
    "test \"plan\"\n"
    "  given weight 30 kg, both pegaspargase and doxorubicin\n"
    "  expect total of plan is 33 ug\n"
    "  expect group is unknown because of drug\n";

static void test_every_expression_is_typed(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text, "%s%s", INPUTS, PROGRAM);
    struct compilation *c = check_good(text);
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next)
            decl_each_expr(d, assert_typed, d->name.text ? (char *)d->name.text : (char *)"?");
    arena_free(c->arena);
}

/* ---- Tables -------------------------------------------------------------------------------------------- */

static void assert_row(struct compilation *c, const struct row *row, const char *value, const char *when)
{
    assert_non_null(row);
    assert_string_equal(row->member->name, value);
    if (!when)
        assert_null(row->when);
    else
        assert_string_equal(expr_text(c->arena, row->when), when);
}

static void test_tables_become_rows(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text, "%s%s", INPUTS, PROGRAM);
    struct compilation *c = check_good(text);
    const struct row *row = declared(c, "group")->rows;
    assert_string_equal(row->name.text, "first_row");
    row = row->next;
    assert_row(c, row, "low",
               "weight > 3 kg and weight < 10 kg and (risk is standard or risk is high) and drug is not "
               "doxorubicin");
    assert_row(c, row->next, "high", "risk is unknown and (drug is doxorubicin or drug is pegaspargase)");
    assert_row(c, row->next->next, "low", NULL);
    assert_true(row->next->next->otherwise);
    assert_null(row->next->next->next);
    arena_free(c->arena);
}

static const struct clause *clause_of(const struct decl *d, enum clause_kind kind, int nth)
{
    const struct clause *clause = d->clauses;
    while (clause && (clause->kind != kind || nth-- > 0))
        clause = clause->next;
    assert_non_null(clause);
    return clause;
}

static void test_tables_become_clauses(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text, "%s%s", INPUTS, PROGRAM);
    struct compilation *c = check_good(text);
    const struct clause *amount = clause_of(declared(c, "pegaspargase"), CLAUSE_AMOUNT, 1);
    const struct clause *route = clause_of(declared(c, "pegaspargase"), CLAUSE_ROUTE, 0);
    assert_true(amount->from_table);
    assert_string_equal(expr_text(c->arena, amount->when), "risk is high");
    assert_string_equal(expr_text(c->arena, amount->steps->amount), "5 mg");
    assert_ptr_equal(route->when, amount->when);
    assert_string_equal(route->routes->code, "intravenous");
    arena_free(c->arena);
}

/* ---- Doses --------------------------------------------------------------------------------------------- */

static void test_range_borrows_unit_and_factors(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text, "%s%s", INPUTS, PROGRAM);
    struct compilation *c = check_good(text);
    const struct decl *dose = declared(c, "pegaspargase");
    const struct expr *range = clause_of(dose, CLAUSE_AMOUNT, 0)->steps->amount;
    assert_int_equal(range->kind, EXPR_TO);
    assert_string_equal(expr_text(c->arena, range->a), "60 mg/kg * weight");
    assert_string_equal(expr_text(c->arena, range->b), "75 mg/kg * weight");
    assert_string_equal(unit_text(c->arena, &range->a->type->unit), "mg");
    assert_int_equal(dose->type->kind, TYPE_QUANTITY);
    assert_int_equal(declared(c, "plan")->type->kind, TYPE_DOSE);
    arena_free(c->arena);
}

static void test_selected_stands_for_its_date(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text, "%s%s", INPUTS, PROGRAM);
    struct compilation *c = check_good(text);
    const struct clause *interval = clause_of(declared(c, "pegaspargase"), CLAUSE_INTERVAL, 0);
    assert_int_equal(interval->from->kind, EXPR_DATE_OF);
    assert_int_equal(interval->from->type->kind, TYPE_TIME);
    assert_int_equal(interval->from->a->kind, EXPR_SELECT);
    assert_int_equal(interval->to->kind, EXPR_NAME);
    arena_free(c->arena);
}

/* ---- Names --------------------------------------------------------------------------------------------- */

static void test_value_before_declaration(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text, "%s%sdefine planned \"P\" = drug is pegaspargase and pegaspargase is given\n",
             INPUTS, PROGRAM);
    struct compilation *c = check_good(text);
    const struct expr *body = declared(c, "planned")->body;
    assert_non_null(body->a->b->value);
    assert_null(body->a->b->decl);
    assert_ptr_equal(body->b->a->decl, declared(c, "pegaspargase"));
    arena_free(c->arena);
}

static void test_fields_and_bindings(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text,
             "%sdefine tested \"T\" = any ae where (drug is other and date < now)\n"
             "define level \"L\" = (latest alt) as last > 3 U/L and date of last < now\n",
             INPUTS);
    struct compilation *c = check_good(text);
    const struct expr *select = declared(c, "tested")->body, *where = select->where;
    assert_string_equal(where->a->a->field->name, "drug");
    assert_ptr_equal(where->a->a->bound, select);
    assert_int_equal(where->a->b->value->code, 2); /* the code after the listed ones */
    assert_int_equal(where->b->a->builtin, PSEUDO_DATE);
    assert_ptr_equal(where->b->a->bound, select);
    const struct expr *level = declared(c, "level")->body;
    assert_ptr_equal(level->b->a->a->bound, level->a->a);
    arena_free(c->arena);
}

static void assert_below(void *data, struct expr **slot)
{
    const struct decl *reader = data;
    if ((*slot)->decl) assert_true((*slot)->decl->mark < reader->mark);
    expr_each_part(*slot, assert_below, data);
}

static void test_ranks(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text,
             "define a \"A\" = b + 1\ndefine b \"B\" = weight_factor * 2\n%s%s"
             "define weight_factor \"F\" = number(weight in kg)\n",
             INPUTS, PROGRAM);
    struct compilation *c = check_good(text);
    for (struct decl *d = c->protocols->decls; d; d = d->next)
        decl_each_expr(d, assert_below, d);
    arena_free(c->arena);
}

/* ---- Messages ------------------------------------------------------------------------------------------ */

/* The source text of a span. */
static const char *quoted(const struct compilation *c, struct span span)
{
    return arena_copy(c->arena, c->files[span.file].text + span.start, span.end - span.start);
}

static const struct diag *only_message(const char *text, struct compilation **c)
{
    *c = check_text_of(text);
    assert_non_null((*c)->sink.first);
    assert_null((*c)->sink.first->next);
    return (*c)->sink.first;
}

static void test_units_differ_in_two_places(void **state)
{
    (void)state;
    struct compilation *c;
    const struct diag *d = only_message("input bsa \"Body surface\" : m2\n"
                                        "dose drug \"Drug\" of drug\n"
                                        "  amount  2500 IU/m2 * bsa\n"
                                        "  at most 3750 mg\n",
                                        &c);
    assert_int_equal(d->code, DIAG_UNITS_DIFFER);
    assert_string_equal(d->message, "these two amounts have different units");
    assert_string_equal(quoted(c, d->span), "3750 mg");
    assert_string_equal(d->label, "milligrams (mass)");
    assert_string_equal(quoted(c, d->notes->span), "2500 IU/m2 * bsa");
    assert_string_equal(d->notes->text, "international units");
    assert_string_equal(d->help, "write the second in IU, for example `3750 IU`");
    arena_free(c->arena);
}

static void test_cell_names_its_heading(void **state)
{
    (void)state;
    struct compilation *c;
    const struct diag *d = only_message("input wbc \"White cells\" : 10*9/L\n"
                                        "classify risk \"Risk\" : low < high by agreement\n"
                                        "  | wbc     | risk |\n"
                                        "  | > 50 mg | high |\n",
                                        &c);
    assert_int_equal(d->code, DIAG_UNITS_DIFFER);
    assert_string_equal(quoted(c, d->span), "50 mg");
    assert_string_equal(quoted(c, d->notes->span), "wbc");
    assert_string_equal(quoted(c, d->notes->next->span), "10*9/L");
    arena_free(c->arena);
}

static void test_cycle_names_its_places(void **state)
{
    (void)state;
    struct compilation *c;
    const struct diag *d =
        only_message("define a \"A\" = 1 + b\ndefine b \"B\" = 2 + c\ndefine c \"C\" = 3 + a\n", &c);
    assert_string_equal(d->message, "`a` would be worked out from itself: a -> b -> c -> a");
    assert_string_equal(quoted(c, d->span), "b");
    assert_string_equal(quoted(c, d->notes->span), "c");
    assert_string_equal(quoted(c, d->notes->next->span), "a");
    assert_null(d->notes->next->next);
    arena_free(c->arena);
}

static const struct {
    const char *line, *help;
} advised[] = {
    {"define x \"X\" = wieght > 3 kg", "did you mean `weight`?"},
    {"define x \"X\" = risk is hihg", "did you mean `high`?"},
    {"define x \"X\" = squrt(4) > 3", "did you mean `sqrt`?"},
    {"define x \"X\" = any ae where (graed > 3)", "did you mean `grade`?"},
    {"define x \"X\" = drug of (latest alt) is other", NULL},
    {"define x \"X\" = weight > 3",
     "a unit belongs to the one number before it: write `3 kg`, or the unit that is meant"},
    {"define x \"X\" = 5 % is from 0.05 to 10 %",
     "write `0.05 %`, or `5 %` if the plain number 0.05 is meant"},
    {"define x \"X\" = 5 % is from 0.05 % to 10",
     "write `10 %`, or `1000 %` if the plain number 10 is meant"},
    {"define x \"X\" = completed years from birth_date to now < 21 years",
     "a count of completed years, months or days is a plain number: leave the unit out"},
    {"define x \"X\" = risk is standard or high", "write `risk is one of standard, high`"},
    {"define x \"X\" = risk is \"high\"", "write the value without quotes: `high`"},
    {"define x \"X\" = number(height) > 3", "write `number(height in cm)`"},
    {"define x \"X\" = alt > 3 U/L", "say which value is meant, as in `latest alt` or `highest alt`"},
    {"define x \"X\" = weight < 10*3/uL",
     "a power of ten is part of a unit: write `1 10*3/uL`, or put spaces round `*` to multiply"},
};

static void test_advice(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof advised / sizeof *advised; i++) {
        char text[4096];
        snprintf(text, sizeof text, "%s%s\n", INPUTS, advised[i].line);
        struct compilation *c = check_text_of(text);
        assert_non_null(c->sink.first);
        if (c->sink.first->next) fail_msg("`%s`: then %s", advised[i].line, c->sink.first->next->message);
        const char *help = c->sink.first->help;
        if (advised[i].help ? !help || strcmp(help, advised[i].help) != 0 : help != NULL)
            fail_msg("`%s`: %s", advised[i].line, help ? help : "no advice");
        arena_free(c->arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_every_expression_is_typed),
        cmocka_unit_test(test_tables_become_rows),
        cmocka_unit_test(test_tables_become_clauses),
        cmocka_unit_test(test_range_borrows_unit_and_factors),
        cmocka_unit_test(test_selected_stands_for_its_date),
        cmocka_unit_test(test_value_before_declaration),
        cmocka_unit_test(test_fields_and_bindings),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_units_differ_in_two_places),
        cmocka_unit_test(test_cell_names_its_heading),
        cmocka_unit_test(test_cycle_names_its_places),
        cmocka_unit_test(test_advice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
