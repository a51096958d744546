/*
 * Test blocks: a record as JSON, which goes through the same reader as every other, and the expectations as
 * conditions of the program.
 *
 * The record is a text of the image and no table of values: what a test gives cannot be read in another
 * way than what a hospital sends.
 */
#include "compiler/lower.h"
#include "compiler/unparse.h"

#include <string.h>

struct json {
    struct ir_program *p;
    const char *text; /* grows by arena_printf: tests are short */
};

static void put(struct json *j, const char *text)
{
    j->text = arena_printf(j->p->arena, "%s%s", j->text, text);
}

static void put_string(struct json *j, const char *text)
{
    char *out = arena_alloc(j->p->arena, 6 * strlen(text) + 3), *at = out;
    *at++ = '"';
    for (const char *c = text; *c; c++) {
        static const char hex[] = "0123456789abcdef";
        unsigned char u = (unsigned char)*c;
        if (u == '"' || u == '\\') {
            *at++ = '\\';
            *at++ = *c;
        } else if (u < 0x20) {
            memcpy(at, "\\u00", 4);
            at[4] = hex[u >> 4];
            at[5] = hex[u & 15];
            at += 6;
        } else {
            *at++ = *c;
        }
    }
    memcpy(at, "\"", 2);
    put(j, out);
}

static const char *quantity_text(struct ir_program *p, const struct expr *e)
{
    bool minus = false;
    for (; e->kind == EXPR_NEGATE; e = e->a)
        minus = !minus;
    char number[DECIMAL_TEXT_MAX];
    decimal_format(e->number, number);
    return arena_printf(p->arena, "%s%s", minus ? "-" : "", number);
}

static const struct expr *unsigned_number(const struct expr *e)
{
    while (e->kind == EXPR_NEGATE)
        e = e->a;
    return e;
}

static void put_quantity(struct json *j, const struct given *g)
{
    const struct expr *number = unsigned_number(g->value);
    const char *digits = quantity_text(j->p, g->value);
    if (number->has_unit) put(j, "{\"value\":");
    if (g->censor)
        put_string(j, arena_printf(j->p->arena, "%s%s", g->censor, digits));
    else
        put(j, digits);
    if (!number->has_unit) return;
    char unit[UNIT_TEXT_MAX];
    unit_format(&number->unit, unit);
    put(j, ",\"unit\":");
    put_string(j, unit);
    put(j, "}");
}

static void put_date(struct json *j, const struct expr *e)
{
    char date[CAL_TEXT_MAX];
    cal_format(&e->date, date);
    put_string(j, date);
}

static void put_names(struct json *j, const struct expr *e)
{
    put(j, "[");
    for (; e; e = e->next) {
        put_string(j, e->name.text);
        if (e->next) put(j, ",");
    }
    put(j, "]");
}

static void put_object(struct json *j, const char *key, const char *value)
{
    put(j, arena_printf(j->p->arena, "{\"%s\":", key));
    put_string(j, value);
    put(j, "}");
}

static void put_value(struct json *j, const struct given *g, const struct type *type)
{
    if (g->negative) {
        put(j, "\"negative\"");
    } else if (g->missing) {
        put_object(j, "missing", g->missing->plain ? g->missing->plain : "");
    } else if (g->other) {
        put_object(j, "other", g->other->plain ? g->other->plain : "");
    } else if (type->kind == TYPE_SET) {
        put_names(j, g->value->kind == EXPR_LIST ? g->value->args : g->value);
    } else if (g->value->kind == EXPR_YES || g->value->kind == EXPR_NO) {
        put(j, g->value->kind == EXPR_YES ? "true" : "false");
    } else if (g->value->kind == EXPR_DATE) {
        put_date(j, g->value);
    } else if (g->value->kind == EXPR_TEXT) {
        put_string(j, g->value->text->plain ? g->value->text->plain : "");
    } else if (g->value->kind == EXPR_NAME) {
        put_string(j, g->value->name.text);
    } else {
        put_quantity(j, g);
    }
}

static const struct type *field_type(const struct type *list, const char *name)
{
    for (const struct field *f = list->fields; f; f = f->next)
        if (strcmp(f->name, name) == 0) return f->type;
    return list;
}

static void put_element(struct json *j, const struct given *g, const struct type *type)
{
    put(j, "{\"at\":");
    put_date(j, g->at);
    if (g->ongoing) {
        put(j, ",\"until\":\"ongoing\"");
    } else if (g->until) {
        put(j, ",\"until\":");
        put_date(j, g->until);
    }
    if (g->value || g->negative || g->missing) {
        put(j, ",\"value\":");
        put_value(j, g, type);
    }
    for (const struct given *f = g->fields; f; f = f->next) {
        put(j, ",");
        put_string(j, f->name.text);
        put(j, ":");
        put_value(j, f, field_type(type, f->name.text));
    }
    put(j, "}");
}

/* The elements of one list may stand anywhere among the givens; all are written where the first is, for
   a record has each key once. */
static bool named_before(const struct given *all, const struct given *g)
{
    for (; all != g; all = all->next)
        if (all->name.decl == g->name.decl) return true;
    return false;
}

static void put_list(struct json *j, const struct given *g, const struct type *type)
{
    put(j, "[");
    bool first = true;
    for (const struct given *e = g; e; e = e->next) {
        if (e->name.decl != g->name.decl || e->empty) continue;
        if (!first) put(j, ",");
        first = false;
        put_element(j, e, type);
    }
    put(j, "]");
}

static const char *test_record(struct ir_program *p, const struct decl *d)
{
    struct json j = {p, "{\"id\":\"test\",\"as_of\":"};
    if (d->as_of)
        put_date(&j, d->as_of);
    else
        put(&j, "\"9999-12-31\""); /* after every date that a record can hold */
    for (const struct given *g = d->givens; g; g = g->next) {
        const struct type *type = g->name.decl->type;
        bool list = type->kind == TYPE_SERIES || type->kind == TYPE_EVENTS;
        if (named_before(d->givens, g)) continue;
        put(&j, ",");
        put_string(&j, g->name.text);
        put(&j, ":");
        if (list && !g->missing)
            put_list(&j, g, type);
        else
            put_value(&j, g, type);
    }
    put(&j, "}");
    return j.text;
}

static void lower_expect(struct ir_program *p, const struct expr *e, uint32_t test)
{
    struct image_rule *rule = lower_rule_add(p, expr_text(p->arena, e), p->RULES.count);
    rule->kind = RULE_EXPECT;
    rule->test = test;
    ir_rule_begin(p, e->span);
    ir_rule_body(p);
    lower_guarantee_condition(p, e, rule);
    ir_rule_end(p);
}

void lower_test(struct ir_program *p, const struct decl *d)
{
    const struct source_file *file = &p->compilation->files[d->span.file];
    struct image_test test = {
        .name = ir_text(p, d->label ? d->label->plain : d->name.text),
        .record = ir_text(p, test_record(p, d)),
        .settings = ir_text(p, settings_text(p->arena, d->settings)),
        .expects = {p->RULES.count, 0},
        .file = d->span.file,
        .line = (uint32_t)source_locate(file, d->span.start).line,
    };
    uint32_t place = p->TESTS.count;
    *(struct image_test *)ir_add(p, &p->TESTS) = test;
    for (const struct expr *e = d->expects; e; e = e->next, test.expects.count++)
        lower_expect(p, e, place);
    *(struct image_test *)ir_at(&p->TESTS, place) = test;
}
