/* The tables of the image that are no code: types, inputs, parameters, constants, settings, citations.

   Enumerations keep the index that resolve gave them, whatever the order in which they are met. */
#include "compiler/lower.h"
#include "compiler/unparse.h"

#include <string.h>

#include "runtime/digest.h"

/* ---- Indexes -------------------------------------------------------------------------------------- */

static uint32_t find_decl(struct decl *const *list, uint32_t count, const struct decl *decl)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i] == decl) return i;
    return NONE32;
}

uint32_t lower_input_index(const struct ir_program *p, const struct decl *decl)
{
    return find_decl(p->inputs, p->input_count, decl);
}

uint32_t lower_param_index(const struct ir_program *p, const struct decl *decl)
{
    return find_decl(p->params, p->param_count, decl);
}

uint32_t lower_rule_index(const struct ir_program *p, const struct decl *decl)
{
    return find_decl(p->ruled, p->ruled_count, decl);
}

static const char *plain(const struct text *text)
{
    return text ? text->plain : NULL;
}

/* ---- Types and enumerations ----------------------------------------------------------------------- */

struct image_type lower_type(struct ir_program *p, const struct type *type)
{
    bool list = type->kind == TYPE_SERIES || type->kind == TYPE_EVENTS;
    struct image_type t = {
        .kind = list ? KIND_LIST : lower_kind(type), .whole = type->whole, .enumeration = NONE32};
    if ((type->kind == TYPE_ENUM || type->kind == TYPE_SET) && type->enumeration)
        t.enumeration = (uint32_t)type->enumeration->index;
    if (t.kind == KIND_NUM) t.unit = ir_unit(p, &type->unit);
    return t;
}

/* Fills the place of its index; those before it that are not met yet have no name until they are. */
static void put_enumeration(struct ir_program *p, const struct enumeration *e)
{
    while (p->ENUMS.count <= (uint32_t)e->index)
        *(struct image_enum *)ir_add(p, &p->ENUMS) = (struct image_enum){.name = NONE32};
    struct image_enum *place = ir_at(&p->ENUMS, (uint32_t)e->index);
    if (place->name != NONE32) return;
    place->name = ir_text(p, e->name);
    place->or_other = e->or_other;
    place->members = (struct run){p->MEMBERS.count, (uint32_t)e->count};
    for (const struct enum_value *v = e->values; v; v = v->next) {
        uint32_t name = ir_text(p, v->name);
        ((struct image_member *)ir_add(p, &p->MEMBERS))->name = name;
    }
}

static void put_type_enumerations(struct ir_program *p, const struct type *type)
{
    if (type == NULL) return;
    if (type->enumeration) put_enumeration(p, type->enumeration);
    put_type_enumerations(p, type->key);
    put_type_enumerations(p, type->value);
    for (const struct field *f = type->fields; f; f = f->next)
        put_type_enumerations(p, f->type);
}

/* ---- Constants ------------------------------------------------------------------------------------ */

/* A date that is written in part (2026-01) is a range, known where both ends are the same. */
static uint32_t date_constant(struct ir_program *p, const struct expr *e, const struct type *type)
{
    const struct cal_value *v = &e->date;
    bool day = type->kind == TYPE_DATE;
    int64_t lo = day ? cal_day_of(v->from) : v->from, hi = day ? cal_day_of(v->to) : v->to;
    struct image_constant c = {.kind = day ? KIND_DAY : KIND_TIME, .tag = lo == hi ? TAG_KNOWN : TAG_RANGE};
    c.words[0] = (uint64_t)lo;
    c.words[1] = (uint64_t)hi;
    c.words[2] = (uint64_t)(int64_t)(day ? CAL_NO_OFFSET : v->offset);
    return ir_constant(p, &c);
}

static decimal literal(const struct expr *e)
{
    return e->kind == EXPR_NEGATE ? decimal_negate(literal(e->a)) : e->number;
}

/* A number without a unit is in that of its place: of an input's range, of a setting. */
static uint32_t number_constant(struct ir_program *p, const struct expr *e, const struct type *type)
{
    const struct expr *number = e;
    while (number->kind == EXPR_NEGATE)
        number = number->a;
    uint32_t reg = ir_number(p, literal(e));
    return number->has_unit ? lower_convert(p, reg, &number->unit, &type->unit, e->span) : reg;
}

uint32_t lower_constant(struct ir_program *p, const struct expr *e, const struct type *type)
{
    return e->kind == EXPR_DATE ? date_constant(p, e, type) : number_constant(p, e, type);
}

/* ---- Inputs and parameters ------------------------------------------------------------------------ */

static void put_field(struct ir_program *p, const char *name, struct image_type type)
{
    uint32_t text = ir_text(p, name);
    struct image_field *field = ir_add(p, &p->FIELDS);
    *field = (struct image_field){text, type};
}

static struct run put_fields(struct ir_program *p, const struct type *type)
{
    struct run run = {p->FIELDS.count, 0};
    if (type->kind == TYPE_SERIES) {
        struct type value = {.kind = TYPE_QUANTITY, .unit = type->unit, .whole = type->whole};
        put_field(p, "value", lower_type(p, &value));
    }
    for (const struct field *f = type->fields; f; f = f->next)
        put_field(p, f->name, lower_type(p, f->type));
    run.count = p->FIELDS.count - run.first;
    return run;
}

static struct run put_codes(struct ir_program *p, const struct code *codes)
{
    struct run run = {p->CODES.count, 0};
    for (; codes; codes = codes->next, run.count++) {
        struct image_code code = {ir_text(p, codes->system.text), ir_text(p, plain(codes->value))};
        *(struct image_code *)ir_add(p, &p->CODES) = code;
    }
    return run;
}

/* The place in CONSTANTS, which is also the register's final number. */
static uint32_t bound(struct ir_program *p, const struct expr *e, const struct type *type)
{
    return e ? lower_constant(p, e, type) & ~IR_CONSTANT : NONE32;
}

static void put_input(struct ir_program *p, const struct decl *d)
{
    struct image_input input = {
        .name = ir_text(p, d->name.text),
        .label = ir_text(p, plain(d->label)),
        .type = lower_type(p, d->type),
        .list = d->type->kind == TYPE_SERIES   ? LIST_SERIES
                : d->type->kind == TYPE_EVENTS ? LIST_EVENTS
                                               : LIST_NOT,
        .with_time = d->type->kind == TYPE_SERIES || d->type->kind == TYPE_EVENTS,
        .low = bound(p, d->low, d->type),
        .high = bound(p, d->high, d->type),
        .negative_below = d->negative_below.decl ? lower_param_index(p, d->negative_below.decl) : NONE32,
        .codes = put_codes(p, d->codes),
    };
    if (input.list != LIST_NOT) input.fields = put_fields(p, d->type);
    *(struct image_input *)ir_add(p, &p->INPUTS) = input;
}

static void put_param(struct ir_program *p, const struct decl *d)
{
    bool table = d->type->kind == TYPE_TABLE;
    struct image_param param = {
        .name = ir_text(p, d->name.text),
        .label = ir_text(p, plain(d->label)),
        .type = lower_type(p, table ? d->type->value : d->type),
        .or_none = d->type->or_none,
        .key = table ? (uint32_t)d->type->key->enumeration->index : NONE32,
    };
    *(struct image_param *)ir_add(p, &p->PARAMS) = param;
}

/* In order of decl->index. */
static void put_phase(struct ir_program *p, const struct decl *d)
{
    struct image_phase phase = {ir_text(p, d->name.text), ir_text(p, plain(d->label))};
    *(struct image_phase *)ir_add(p, &p->PHASES) = phase;
}

void lower_declarations(struct ir_program *p)
{
    for (const struct protocol *q = p->compilation->protocols; q; q = q->next)
        for (const struct decl *d = q->decls; d; d = d->next) {
            if (d->enumeration) put_enumeration(p, d->enumeration);
            put_type_enumerations(p, d->type);
            if (d->kind == DECL_PHASE) put_phase(p, d);
        }
    for (uint32_t i = 0; i < p->input_count; i++)
        put_input(p, p->inputs[i]);
    for (uint32_t i = 0; i < p->param_count; i++)
        put_param(p, p->params[i]);
}

/* ---- What is not coded ---------------------------------------------------------------------------- */

static void put_uncoded(struct ir_program *p, const struct decl *d, const struct name *id)
{
    struct image_uncoded uncoded = {
        .id = ir_text(p, id->text),
        .because = ir_text(p, plain(d->tail.because)),
        .cites = lower_cites(p, &d->tail),
    };
    *(struct image_uncoded *)ir_add(p, &p->UNCODED) = uncoded;
}

void lower_uncoded(struct ir_program *p)
{
    for (const struct protocol *q = p->compilation->protocols; q; q = q->next)
        for (const struct decl *d = q->decls; d; d = d->next)
            for (const struct name *id = d->uncoded; id; id = id->next)
                put_uncoded(p, d, id);
}

/* ---- The site's settings -------------------------------------------------------------------------- */

static void put_setting(struct ir_program *p, const struct setting *s)
{
    if (s->name.decl == NULL) return;
    struct image_setting setting = {
        .param = lower_param_index(p, s->name.decl),
        .value = ir_aside(p, setting_text(p->arena, s)),
        .because = ir_aside(p, plain(s->because)),
    };
    *(struct image_setting *)ir_add(p, &p->SETTINGS) = setting;
}

/* The digest is that of the values in canonical text, so it does not depend on the layout of the site
   file, on its comments or its reasons. */
void lower_site(struct ir_program *p)
{
    const struct protocol *site = p->compilation->site;
    if (site == NULL) return;
    const char *settings = "";
    for (const struct decl *d = site->decls; d; d = d->next) {
        for (const struct setting *s = d->settings; s; s = s->next)
            put_setting(p, s);
        settings = arena_printf(p->arena, "%s%s", settings, settings_text(p->arena, d->settings));
    }
    struct image_site image = {.name = ir_aside(p, site->name.text),
                               .title = ir_aside(p, plain(site->title))};
    digest_of_text(settings, image.digest);
    *(struct image_site *)ir_add(p, &p->SITE) = image;
}

/* ---- Traces and citations ------------------------------------------------------------------------- */

struct run lower_traces(struct ir_program *p, const struct tail *tail)
{
    struct run run = {p->INDEXES.count, 0};
    for (const struct name *n = tail->traces; n; n = n->next, run.count++)
        ir_push(p, &p->INDEXES, ir_text(p, n->text));
    return run;
}

struct run lower_cites(struct ir_program *p, const struct tail *tail)
{
    struct run run = {p->CITES.count, 0};
    for (const struct cite *c = tail->cites; c; c = c->next, run.count++) {
        const struct decl *source = c->source.decl;
        struct image_cite cite = {
            .source = ir_text(p, c->source.text),
            .title = ir_text(p, source ? plain(source->label) : NULL),
            .document = ir_text(p, source ? plain(source->in) : NULL),
            .at = ir_text(p, plain(c->at)),
        };
        *(struct image_cite *)ir_add(p, &p->CITES) = cite;
    }
    return run;
}
