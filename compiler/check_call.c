/*
 * Functions, `FIELD of`, `TABLE of`.
 *
 * The functions of the language know what unit comes out for the units that go in; a declared function has
 * it written in its head, and its arguments are converted to the units of its parameters when it is
 * lowered.
 */
#include <string.h>

#include "compiler/builtins.h"
#include "compiler/check.h"

static struct type *error_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_ERROR);
}

static int count_args(const struct expr *args)
{
    int count = 0;
    for (; args; args = args->next)
        count++;
    return count;
}

static void report_argument_count(struct checker *ck, const struct expr *e, int least, int most, int given,
                                  const struct decl *function)
{
    const char *needed = most == 0 ? arena_printf(ck->arena, "at least %d values", least)
                                   : arena_printf(ck->arena, "%d value%s", least, least == 1 ? "" : "s");
    struct diag *d = diag_report(ck->sink, DIAG_ARGUMENT_COUNT, e->span, "`%s` takes %s, and %d stand%s here",
                                 e->name.text, needed, given, given == 1 ? "s" : "");
    if (function) diag_note(ck->sink, d, function->name.span, "declared here");
}

/* ---- Functions of the language ---------------------------------------------------------------------- */

/* The argument brought to the unit 1, so that 10 % and 0.1 have the same root. */
static struct expr *as_plain_number(struct checker *ck, struct expr *arg)
{
    if (arg->type->unit.count == 0) return arg;
    struct expr *plain = arena_alloc(ck->arena, sizeof *plain);
    *plain = (struct expr){
        .kind = EXPR_IN_UNIT, .span = arg->span, .a = arg, .unit_span = arg->span, .builtin = -1};
    plain->type = type_new(ck->arena, TYPE_QUANTITY);
    return plain;
}

static struct type *check_sqrt(struct checker *ck, struct expr *e)
{
    if (!check_quantity(ck, e->args)) return error_type(ck);
    if (!type_is_number(e->args->type)) {
        struct diag *d = diag_report(ck->sink, DIAG_ROOT_UNIT, expr_span(ck, e->args),
                                     "a square root is taken of a number, and this is %s",
                                     type_words(ck->arena, e->args->type));
        note_origin(ck, d, e->args);
        diag_help(ck->sink, d,
                  "drop the units first, as in `sqrt(number(height in cm) * number(weight in kg) / 3600)`");
        return error_type(ck);
    }
    e->args = as_plain_number(ck, e->args);
    return type_new(ck->arena, TYPE_QUANTITY);
}

static struct type *check_number_of(struct checker *ck, struct expr *e)
{
    if (!check_quantity(ck, e->args)) return error_type(ck);
    const struct type *type = e->args->type;
    bool has_plain_unit = type_is_number(type) && !unit_is_special(&type->unit);
    if (e->args->kind != EXPR_IN_UNIT && has_plain_unit) e->args = as_plain_number(ck, e->args);
    if (e->args->kind == EXPR_IN_UNIT || has_plain_unit) return type_new(ck->arena, TYPE_QUANTITY);
    struct diag *d = diag_report(ck->sink, DIAG_NUMBER_WITHOUT_UNIT, e->span,
                                 "`number` must say in which unit the number is meant");
    note_origin(ck, d, e->args);
    diag_help(ck->sink, d, "write `number(%s in %s)`", *expr_words(e->args) ? expr_words(e->args) : "...",
              unit_text(ck->arena, &type->unit));
    return error_type(ck);
}

static struct type *check_extreme(struct checker *ck, struct expr *e)
{
    bool good = true;
    for (struct expr *arg = e->args; arg; arg = arg->next)
        good = check_quantity(ck, arg) && good;
    if (!good) return error_type(ck);
    /* all of them are compared in the unit of the first, which is that of the result */
    for (const struct expr *arg = e->args->next; arg; arg = arg->next)
        if (!check_units(ck, e->args, arg)) return error_type(ck);
    return type_quantity(ck->arena, &e->args->type->unit);
}

static struct type *check_abs(struct checker *ck, struct expr *e)
{
    if (!check_quantity(ck, e->args)) return error_type(ck);
    return type_quantity(ck->arena, &e->args->type->unit);
}

static struct type *check_builtin(struct checker *ck, struct expr *e)
{
    const struct builtin_info *info = builtin_info((enum builtin)e->builtin);
    int given = count_args(e->args);
    if (given < info->least || (info->most && given > info->most)) {
        report_argument_count(ck, e, info->least, info->most, given, NULL);
        return error_type(ck);
    }
    switch ((enum builtin)e->builtin) {
    case BUILTIN_SQRT: return check_sqrt(ck, e);
    case BUILTIN_NUMBER: return check_number_of(ck, e);
    case BUILTIN_ABS: return check_abs(ck, e);
    case BUILTIN_MIN:
    case BUILTIN_MAX:
    case BUILTIN_COUNT: break;
    }
    return check_extreme(ck, e);
}

/* ---- Declared functions ----------------------------------------------------------------------------- */

static void check_argument(struct checker *ck, struct expr *arg, const struct param *param)
{
    if (check_value(ck, arg, param->type)->kind == TYPE_ERROR || param->type->kind == TYPE_ERROR) return;
    const struct expr formal = {.kind = EXPR_ERROR, .span = param->name.span, .type = param->type};
    check_alike(ck, &formal, arg, "this value does not fit the function");
}

static struct type *report_no_function(struct checker *ck, const struct expr *e, const struct decl *d)
{
    struct diag *message =
        diag_report(ck->sink, DIAG_NOT_A_FUNCTION, e->span, "`%s` is no function", e->name.text);
    if (d) diag_note(ck->sink, message, d->name.span, "declared here");
    const char *words[] = {
#define BUILTIN(name, word, least, most, opcode) word,
#include "compiler/builtins.def"
#undef BUILTIN
    };
    const char *near = suggest(e->name.text, words, sizeof words / sizeof *words);
    if (!near) near = symbols_suggest(ck->c->symbols, ck->protocol, 1U << DECL_FUNCTION, e->name.text);
    if (near && strcmp(near, e->name.text) != 0)
        diag_help(ck->sink, message, "did you mean `%s`?", near);
    else if (d)
        diag_help(ck->sink, message, "to multiply, write `%s * (...)`", e->name.text);
    return error_type(ck);
}

struct type *check_call(struct checker *ck, struct expr *e)
{
    e->builtin = builtin_find(e->name.text);
    if (e->builtin >= 0) return check_builtin(ck, e);
    struct decl *function = check_lookup(ck, e->name.text);
    if (!function || function->kind != DECL_FUNCTION) return report_no_function(ck, e, function);
    e->decl = function;
    if (function->broken) return error_type(ck);
    int needed = 0, given = count_args(e->args);
    for (const struct param *p = function->params; p; p = p->next)
        needed++;
    if (needed != given) {
        report_argument_count(ck, e, needed, needed, given, function);
        return error_type(ck);
    }
    struct expr *arg = e->args;
    for (const struct param *p = function->params; p; p = p->next, arg = arg->next)
        check_argument(ck, arg, p);
    return function->type ? function->type : error_type(ck);
}

/* ---- `X of Y` --------------------------------------------------------------------------------------- */

static struct type *check_table_of(struct checker *ck, struct expr *e, struct decl *table)
{
    e->decl = table;
    const struct type *type = table->type, *key = check_value(ck, e->a, type->key);
    if (key->kind == TYPE_ERROR || !type->value || type->key->kind == TYPE_ERROR) return error_type(ck);
    const struct expr heading = {.kind = EXPR_ERROR, .span = type->key->span, .type = type->key};
    return check_alike(ck, &heading, e->a, "this is no key of the table") ? type->value : error_type(ck);
}

static struct type *report_no_field(struct checker *ck, const struct expr *e)
{
    const struct type *type = e->a->type;
    struct diag *d =
        diag_report(ck->sink, DIAG_FIELD_UNKNOWN, e->name.span, "there is no field `%s`", e->name.text);
    if (type->list && type->list->type)
        diag_note(ck->sink, d, type->list->type->span, "the fields are listed here");
    const char *words[64];
    size_t count = 0;
    for (const struct field *f = type->fields; f && count < 64; f = f->next)
        words[count++] = f->name;
    const char *near = suggest(e->name.text, words, count);
    if (near) diag_help(ck->sink, d, "did you mean `%s`?", near);
    return error_type(ck);
}

/* `value of (latest alt)` is what `latest alt` reads as. */
static struct type *read_value(struct expr *e)
{
    struct expr *next = e->next;
    *e = *e->a;
    e->next = next;
    return e->type;
}

static struct type *check_field_of(struct checker *ck, struct expr *e)
{
    struct type *type = e->a->type;
    if (type->kind == TYPE_ERROR) return type;
    if (!type_is_dated(type)) {
        struct diag *d = diag_report(ck->sink, DIAG_FIELD_UNKNOWN, e->span,
                                     "`%s of` needs an event or a selected value, and this is %s",
                                     e->name.text, type_words(ck->arena, type));
        note_origin(ck, d, e->a);
        if (type_is_list(type))
            diag_help(ck->sink, d, "say which one is meant: `%s of (latest %s)`", e->name.text,
                      expr_words(e->a));
        return error_type(ck);
    }
    e->field = field_find(type->fields, e->name.text);
    if (e->field) return e->field->type;
    if (type->kind == TYPE_QUANTITY && strcmp(e->name.text, "value") == 0) return read_value(e);
    return report_no_field(ck, e);
}

/* `X of Y` is three things, told apart by what X and Y are: a table and its key, a part of a phase, a
   field. */
struct type *check_of(struct checker *ck, struct expr *e)
{
    e->builtin = PSEUDO_NONE;
    struct decl *table = check_lookup(ck, e->name.text);
    if (table && table->kind == DECL_PARAMETER && table->type && table->type->kind == TYPE_TABLE)
        return check_table_of(ck, e, table);
    if (check_is_phase_part(ck, e)) return check_phase_part(ck, e);
    check_expr(ck, e->a, NULL);
    return check_field_of(ck, e);
}
