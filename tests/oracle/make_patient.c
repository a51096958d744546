#include "tests/oracle/make_patient.h"

#include "compiler/expr_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MICROS       INT64_C(86400000000)
#define MINUTE       INT64_C(60000000)
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static int below(struct patient_maker *m, int count)
{
    return chance_below(&m->chance, count);
}

static bool once_in(struct patient_maker *m, int n)
{
    return n > 0 && chance_one_in(&m->chance, n);
}

/* ---- What the program compares with ----------------------------------------------------------------- */

static void collect(void *data, struct expr **slot)
{
    struct patient_maker *m = data;
    if ((*slot)->kind == EXPR_NUMBER && m->literal_count < LITERALS_MAX)
        m->literals[m->literal_count++] = *slot;
    expr_each_part(*slot, collect, data);
}

struct patient_maker *patient_maker_new(struct compilation *program, uint64_t seed)
{
    struct patient_maker *m = arena_alloc(program->arena, sizeof *m);
    m->program = program;
    m->chance.state = seed;
    for (struct protocol *p = program->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next)
            decl_each_expr(d, collect, m);
    return m;
}

void patient_maker_free(struct patient_maker *maker)
{
    rationals_free(&maker->numbers);
}

/* ---- Numbers ---------------------------------------------------------------------------------------- */

struct limits {
    const struct rational *low, *high;
};

static const struct rational *literal_number(struct patient_maker *m, const struct expr *e,
                                             const struct unit *unit)
{
    bool negative = e->kind == EXPR_NEGATE;
    const struct expr *number = negative ? e->a : e;
    char text[DECIMAL_TEXT_MAX];
    decimal_format(number->number, text);
    const struct rational *x = rational_parse(&m->numbers, text);
    if (negative) x = rational_negate(&m->numbers, x);
    if (number->has_unit)
        x = rational_exact(&m->numbers,
                           rational_exact(&m->numbers, x, '*', unit_factor(&m->numbers, &number->unit)), '/',
                           unit_factor(&m->numbers, unit));
    return x;
}

static struct limits limits_of(struct patient_maker *m, const struct decl *d)
{
    struct limits l = {rational_int(&m->numbers, 0), rational_int(&m->numbers, 300)};
    if (d->low) l.low = literal_number(m, d->low, &d->type->unit);
    if (d->high) l.high = literal_number(m, d->high, &d->type->unit);
    return l;
}

static bool inside(const struct limits *l, const struct rational *x)
{
    return rational_compare(x, l->low) >= 0 && rational_compare(x, l->high) <= 0;
}

/* A threshold of the program in this unit, or NULL. */
static const struct rational *threshold(struct patient_maker *m, int i, const struct unit *unit)
{
    if (i >= m->literal_count || !unit_same_dimension(&m->literals[i]->unit, unit)) return NULL;
    return literal_number(m, m->literals[i], unit);
}

static const struct rational *near_threshold(struct patient_maker *m, const struct unit *unit, bool whole)
{
    for (int tries = 0; m->literal_count > 0 && tries < 20; tries++) {
        const struct rational *x = threshold(m, below(m, m->literal_count), unit);
        if (x == NULL) continue;
        static const char *const steps[] = {"0", "0", "0.0001", "-0.0001", "0.5"};
        const char *step = whole ? (below(m, 2) ? "1" : "0") : steps[below(m, COUNT(steps))];
        return rational_add(&m->numbers, x, rational_parse(&m->numbers, step));
    }
    return NULL;
}

static const struct rational *between(struct patient_maker *m, const struct limits *l, bool whole)
{
    const struct rational *width = rational_sub(&m->numbers, l->high, l->low);
    const struct rational *part = rational_mul(&m->numbers, width, rational_int(&m->numbers, below(m, 101)));
    const struct rational *x =
        rational_add(&m->numbers, l->low, rational_div(&m->numbers, part, rational_int(&m->numbers, 100)));
    return whole ? rational_multiple(&m->numbers, x, rational_int(&m->numbers, 1), -1) : x;
}

static void put_number(struct datum *d, const struct rational *x)
{
    d->form = DATUM_KNOWN;
    if (!rational_text(x, 30, d->number, sizeof d->number)) snprintf(d->number, sizeof d->number, "1");
}

static const struct rational *make_number(struct patient_maker *m, const struct limits *l,
                                          const struct unit *unit, bool whole)
{
    int64_t n;
    for (int tries = 0; tries < 8; tries++) {
        const struct rational *x = below(m, 4) ? near_threshold(m, unit, whole) : between(m, l, whole);
        if (x && inside(l, x) && (!whole || rational_to_int(x, &n))) return x;
    }
    return between(m, l, whole);
}

/* ---- Dates ------------------------------------------------------------------------------------------ */

static int64_t make_day(struct patient_maker *m)
{
    static const int months[] = {0, 0, 0, 0, -1, -12, -12, -1, 1, -120};
    static const int days[] = {0, 0, 1, -1, -7, -14, -13, -15, -2, 7, 14, -30};
    int64_t *kept = &m->days[below(m, DAYS_KEPT)];
    if (*kept != 0 && below(m, 2) == 0) /* a day that stands somewhere already, or near it */
        return *kept + (below(m, 2) ? 0 : days[below(m, COUNT(days))]);
    return *kept = day_moved(m->today, months[below(m, COUNT(months))], days[below(m, COUNT(days))]);
}

static void put_day(struct datum *d, int64_t day)
{
    d->form = DATUM_KNOWN;
    d->is_time = false;
    d->lo = day * MICROS;
    d->hi = d->lo + MICROS - 1;
}

/* The clocks of one town in winter and summer, and those farther apart. */
static void put_time(struct patient_maker *m, struct datum *d, int64_t micros)
{
    static const int offsets[] = {60, 60, 120, 120, 0, -300, 330, 840, -840};
    d->form = DATUM_KNOWN;
    d->is_time = true;
    d->lo = d->hi = micros;
    d->zoned = m->zoned;
    if (d->zoned) d->offset = offsets[below(m, below(m, 4) ? 4 : COUNT(offsets))];
}

static int64_t make_clock(struct patient_maker *m, int64_t day)
{
    static const int minutes[] = {0, 750, 749, 751, 1439, 480};
    static const int hours[] = {0, 0, 0, -60, 60, -1};
    int at = minutes[below(m, COUNT(minutes))];
    if (m->zoned) at += hours[below(m, COUNT(hours))]; /* what another clock shows at that moment */
    return day * MICROS + at * MINUTE;
}

/* The end of what begins at a day or on one of its times: not before it on any clock. */
static void make_until(struct patient_maker *m, struct happening *h, int days)
{
    int64_t day = moment_day(h->at.hi);
    if (below(m, 4))
        put_day(&h->until, day + below(m, days));
    else
        put_time(m, &h->until, make_clock(m, day + 3 + below(m, days)));
}

static void make_moment(struct patient_maker *m, bool time, struct datum *d)
{
    int64_t day = make_day(m);
    if (time && below(m, 5))
        put_time(m, d, make_clock(m, day));
    else
        put_day(d, day);
}

/* A month or a year in the place of a day of it. */
static void blur(struct patient_maker *m, struct datum *d)
{
    if (d->form != DATUM_KNOWN || d->is_time || !once_in(m, m->gaps.partial)) return;
    int64_t first, last;
    day_period(moment_day(d->lo), below(m, 4) ? 1 : 12, &first, &last);
    d->lo = first * MICROS;
    d->hi = last * MICROS + MICROS - 1;
}

/* ---- One value -------------------------------------------------------------------------------------- */

static void make_code(struct patient_maker *m, const struct enumeration *e, struct datum *d)
{
    d->form = DATUM_KNOWN;
    d->code = below(m, e->count + (e->or_other ? 1 : 0));
}

static struct datum make_value(struct patient_maker *m, const struct type *type, struct limits limits)
{
    struct datum d = {.form = DATUM_KNOWN};
    switch (type->kind) {
    case TYPE_BOOL: d.yes = below(m, 2); break;
    case TYPE_ENUM: make_code(m, type->enumeration, &d); break;
    case TYPE_SET: d.set = chance_next(&m->chance) & ((UINT64_C(1) << type->enumeration->count) - 1); break;
    case TYPE_DATE:
    case TYPE_TIME: make_moment(m, type->kind == TYPE_TIME, &d); break;
    default: put_number(&d, make_number(m, &limits, &type->unit, type->whole)); break;
    }
    return d;
}

static void censor(struct patient_maker *m, const struct decl *d, struct datum *datum)
{
    static const char *const signs[] = {"<", "<=", ">", ">="};
    if (d->type->kind != TYPE_QUANTITY || d->type->whole || datum->form != DATUM_KNOWN ||
        !once_in(m, m->gaps.censored))
        return;
    if (d->negative_below.decl && below(m, 2)) {
        datum->form = DATUM_NEGATIVE;
        return;
    }
    struct limits l = limits_of(m, d);
    const struct rational *x = rational_parse(&m->numbers, datum->number);
    if (rational_compare(x, l.low) <= 0 || rational_compare(x, l.high) >= 0)
        return; /* nothing may lie beyond it */
    datum->form = DATUM_CENSORED;
    datum->sign = signs[below(m, COUNT(signs))];
}

/* ---- Lists ------------------------------------------------------------------------------------------ */

static void make_happening(struct patient_maker *m, const struct decl *d, struct happening *h)
{
    make_moment(m, true, &h->at);
    blur(m, &h->at);
    if (d->type->kind == TYPE_SERIES) {
        struct type quantity = {.kind = TYPE_QUANTITY, .unit = d->type->unit};
        h->value = make_value(m, &quantity, limits_of(m, d));
    } else if (below(m, 3)) {
        h->ongoing = below(m, 3) == 0;
        if (!h->ongoing) make_until(m, h, 20);
    }
    if (once_in(m, m->gaps.missing)) h->value = (struct datum){.form = DATUM_ABSENT};
    if (d->type->kind == TYPE_EVENTS && h->until.form == DATUM_ABSENT && !h->ongoing &&
        !once_in(m, m->gaps.missing))
        h->ongoing = true;
    struct limits limits = {rational_int(&m->numbers, 0), rational_int(&m->numbers, 300)};
    for (const struct field *f = d->type->fields; f; f = f->next)
        if (!once_in(m, m->gaps.missing)) h->fields[f->index] = make_value(m, f->type, limits);
}

static struct datum make_list(struct patient_maker *m, const struct decl *d)
{
    struct datum list = {.form = DATUM_KNOWN, .count = below(m, 6)};
    list.items = arena_alloc(m->program->arena, ((size_t)list.count + 1) * sizeof *list.items);
    for (int i = 0; i < list.count; i++)
        make_happening(m, d, &list.items[i]);
    return list;
}

static bool is_list(const struct decl *d)
{
    return d->type->kind == TYPE_SERIES || d->type->kind == TYPE_EVENTS;
}

/* ---- Inputs and parameters -------------------------------------------------------------------------- */

/* The input whose `negative` means below this parameter, or NULL. */
static const struct decl *limited_by(const struct patient_maker *m, const struct decl *parameter)
{
    for (const struct protocol *p = m->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_INPUT && d->negative_below.decl == parameter) return d;
    return NULL;
}

/* Inside the input's range, so that something can be negative. */
static struct datum make_negative_limit(struct patient_maker *m, const struct decl *input)
{
    struct limits l = limits_of(m, input);
    struct datum d = {0};
    const struct rational *x = make_number(m, &l, &input->type->unit, false);
    bool inner = rational_compare(x, l.low) > 0 && rational_compare(x, l.high) < 0;
    const struct rational *sum = rational_add(&m->numbers, l.low, l.high);
    put_number(&d, inner ? x : rational_div(&m->numbers, sum, rational_int(&m->numbers, 2)));
    return d;
}

struct datum datum_make(struct patient_maker *m, const struct decl *d)
{
    const struct decl *limited = d->kind == DECL_PARAMETER ? limited_by(m, d) : NULL;
    if (limited) return make_negative_limit(m, limited);
    if (is_list(d)) return make_list(m, d);
    struct limits limits = limits_of(m, d);
    if (d->type->kind != TYPE_TABLE) {
        struct datum value = make_value(m, d->type, limits);
        value.none = d->type->or_none && below(m, 4) == 0;
        if (d->kind == DECL_PARAMETER && unit_is_time(&d->type->unit))
            snprintf(value.number, sizeof value.number, "%d", below(m, 20));
        return value;
    }
    struct datum table = {.form = DATUM_KNOWN};
    int keys = d->type->key->enumeration->count;
    table.cells = arena_alloc(m->program->arena, ((size_t)keys + 2) * sizeof *table.cells);
    for (int i = 0; i < keys; i++)
        table.cells[i] = make_value(m, d->type->value, limits);
    return table;
}

static struct datum make_input(struct patient_maker *m, const struct decl *d)
{
    struct datum datum = datum_make(m, d);
    if (is_list(d) ? once_in(m, m->gaps.lists) : once_in(m, m->gaps.missing))
        return (struct datum){.form = below(m, 2) ? DATUM_MISSING : DATUM_ABSENT};
    censor(m, d, &datum);
    if (!is_list(d)) blur(m, &datum);
    return datum;
}

static struct datum make_setting(struct patient_maker *m, const struct decl *d)
{
    struct datum datum = datum_make(m, d);
    if (once_in(m, m->gaps.unset)) return (struct datum){.form = DATUM_ABSENT};
    for (int i = 1; datum.cells && i < d->type->key->enumeration->count;
         i++) /* one entry a table must have */
        if (once_in(m, m->gaps.unset)) datum.cells[i] = (struct datum){.form = DATUM_ABSENT};
    return datum;
}

static int count_kind(const struct compilation *program, enum decl_kind kind)
{
    int count = 0;
    for (const struct protocol *p = program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            count += d->kind == kind;
    return count;
}

static struct patient *patient_new(struct patient_maker *m)
{
    struct arena *arena = m->program->arena;
    struct patient *p = arena_alloc(arena, sizeof *p);
    p->input_count = count_kind(m->program, DECL_INPUT);
    p->setting_count = count_kind(m->program, DECL_PARAMETER);
    p->inputs = arena_alloc(arena, ((size_t)p->input_count + 1) * sizeof *p->inputs);
    p->settings = arena_alloc(arena, ((size_t)p->setting_count + 1) * sizeof *p->settings);
    return p;
}

struct patient *patient_make(struct patient_maker *m, struct gaps gaps)
{
    static const int days[] = {20178, 20118, 19782, 20089,
                               20447}; /* 2025-03-31, 2025-01-30, 2024-02-29, ... */
    struct patient *patient = patient_new(m);
    rationals_reset(&m->numbers);
    m->gaps = gaps;
    m->today = days[below(m, COUNT(days))];
    m->zoned = patient->zoned = below(m, 3) == 0;
    memset(m->days, 0, sizeof m->days);
    put_day(&patient->now, m->today);
    patient->now.lo = patient->now.hi;
    patient->now.is_time = false; /* a date: its end is meant */
    if (below(m, 2)) put_time(m, &patient->now, make_clock(m, m->today));
    for (const struct protocol *p = m->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next) {
            if (d->kind == DECL_INPUT)
                patient->inputs[d->index] = make_input(m, d);
            else if (d->kind == DECL_PARAMETER)
                patient->settings[d->index] = make_setting(m, d);
        }
    return patient;
}

struct patient *patient_copy(struct patient_maker *m, const struct patient *patient)
{
    struct patient *copy = patient_new(m);
    copy->now = patient->now;
    copy->zoned = patient->zoned;
    memcpy(copy->inputs, patient->inputs, (size_t)copy->input_count * sizeof *copy->inputs);
    memcpy(copy->settings, patient->settings, (size_t)copy->setting_count * sizeof *copy->settings);
    return copy;
}

/* ---- What a patient with gaps could be -------------------------------------------------------------- */

static void complete_day(struct patient_maker *m, struct datum *d)
{
    int64_t first = moment_day(d->lo), last = moment_day(d->hi);
    if (d->form != DATUM_KNOWN || d->is_time || first == last) return;
    int pick = below(m, 3);
    put_day(d, pick == 0 ? first : pick == 1 ? last : first + below(m, (int)(last - first + 1)));
}

/* Limits that also keep to what a censored value says; one end may be excluded. */
static bool keeps_to(const struct patient_maker *m, const struct datum *said, const struct rational *limit,
                     const struct rational *x)
{
    (void)m;
    int order = rational_compare(x, limit);
    if (said->sign[0] == '<') return said->sign[1] ? order <= 0 : order < 0;
    return said->sign[1] ? order >= 0 : order > 0;
}

static struct datum complete_censored(struct patient_maker *m, const struct decl *d, const struct datum *said)
{
    const struct rational *limit = rational_parse(&m->numbers, said->number);
    struct limits l = limits_of(m, d);
    *(said->sign[0] == '<' ? &l.high : &l.low) = limit;
    struct datum known = {0};
    for (int tries = 0; tries < 20; tries++) {
        const struct rational *x = make_number(m, &l, &d->type->unit, false);
        put_number(&known, x);
        if (keeps_to(m, said, limit, rational_parse(&m->numbers, known.number))) return known;
    }
    put_number(&known, rational_div(&m->numbers, rational_add(&m->numbers, l.low, l.high),
                                    rational_int(&m->numbers, 2)));
    return known;
}

/* Below the limit: half of it. */
static struct datum complete_negative(struct patient_maker *m, const struct decl *d,
                                      const struct patient *patient)
{
    const struct datum *limit = &patient->settings[d->negative_below.decl->index];
    struct datum known = {0};
    const struct rational *half = rational_parse(&m->numbers, below(m, 2) ? "0.5" : "0.999");
    put_number(&known, rational_mul(&m->numbers, rational_parse(&m->numbers, limit->number), half));
    return known;
}

static bool repeats(const struct datum *list, int i)
{
    for (int j = 0; j < list->count; j++)
        if (j != i && happenings_same_moment(&list->items[j], &list->items[i])) return true;
    return false;
}

/* False where two values of a series fall on one moment: no such patient has both. */
static bool complete_list(struct patient_maker *m, const struct decl *d, struct datum *list)
{
    struct happening *items = arena_alloc(m->program->arena, ((size_t)list->count + 1) * sizeof *items);
    if (list->count > 0) memcpy(items, list->items, (size_t)list->count * sizeof *items);
    list->items = items;
    struct type quantity = {.kind = TYPE_QUANTITY, .unit = d->type->unit};
    struct limits limits = {rational_int(&m->numbers, 0), rational_int(&m->numbers, 300)};
    for (int i = 0; i < list->count; i++) {
        struct happening *h = &items[i];
        complete_day(m, &h->at);
        if (d->type->kind == TYPE_SERIES && h->value.form == DATUM_ABSENT)
            h->value = make_value(m, &quantity, limits_of(m, d));
        if (d->type->kind == TYPE_EVENTS && h->until.form == DATUM_ABSENT && !h->ongoing) {
            h->ongoing = below(m, 2);
            if (!h->ongoing) make_until(m, h, 40);
        }
        for (const struct field *f = d->type->fields; f; f = f->next)
            if (h->fields[f->index].form != DATUM_KNOWN) h->fields[f->index] = make_value(m, f->type, limits);
    }
    for (int i = 0; i < list->count && d->type->kind == TYPE_SERIES; i++)
        if (repeats(list, i)) return false;
    return true;
}

static bool complete_input(struct patient_maker *m, const struct patient *patient, const struct decl *d,
                           struct datum *datum)
{
    switch (datum->form) {
    case DATUM_CENSORED: *datum = complete_censored(m, d, datum); return true;
    case DATUM_NEGATIVE: *datum = complete_negative(m, d, patient); return true;
    case DATUM_KNOWN: break;
    default: *datum = datum_make(m, d);
    }
    if (is_list(d)) return complete_list(m, d, datum);
    complete_day(m, datum);
    return true;
}

static void complete_setting(struct patient_maker *m, const struct decl *d, struct datum *datum)
{
    if (datum->form != DATUM_KNOWN) {
        *datum = datum_make(m, d);
        return;
    }
    if (datum->cells == NULL) return;
    struct datum full = datum_make(m, d);
    for (int i = 0; i < d->type->key->enumeration->count; i++)
        if (datum->cells[i].form == DATUM_KNOWN) full.cells[i] = datum->cells[i];
    *datum = full;
}

struct patient *patient_complete(struct patient_maker *m, const struct patient *patient)
{
    struct patient *full = patient_copy(m, patient);
    m->gaps = (struct gaps){0};
    m->zoned = patient->zoned;
    for (const struct protocol *p = m->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_PARAMETER) complete_setting(m, d, &full->settings[d->index]);
    for (const struct protocol *p = m->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_INPUT && !complete_input(m, full, d, &full->inputs[d->index])) return NULL;
    return full;
}

/* ---- Every value that makes a difference ------------------------------------------------------------ */

static int by_size(const void *x, const void *y)
{
    return rational_compare(*(const struct rational *const *)x, *(const struct rational *const *)y);
}

/* A value between two cuts; NULL where there is none: no whole number lies between 1 and 2. */
static const struct rational *inner(struct patient_maker *m, const struct rational *a,
                                    const struct rational *b, bool whole)
{
    const struct rational *one = rational_int(&m->numbers, 1);
    if (!whole)
        return rational_div(&m->numbers, rational_add(&m->numbers, a, b), rational_int(&m->numbers, 2));
    const struct rational *next = rational_add(&m->numbers, rational_multiple(&m->numbers, a, one, -1), one);
    return rational_compare(next, b) < 0 ? next : NULL;
}

static int number_representatives(struct patient_maker *m, const struct decl *d, struct datum *out, int max)
{
    const struct rational *cuts[LITERALS_MAX + 2];
    struct limits l = limits_of(m, d);
    int count = 0, n = 0;
    cuts[count++] = l.low;
    cuts[count++] = l.high;
    for (int i = 0; i < m->literal_count; i++) {
        const struct rational *x = threshold(m, i, &d->type->unit);
        if (x && inside(&l, x)) cuts[count++] = x;
    }
    qsort(cuts, (size_t)count, sizeof *cuts, by_size);
    for (int i = 0; i < count && n + 2 < max; i++) {
        int64_t whole;
        if (i > 0 && rational_compare(cuts[i], cuts[i - 1]) == 0) continue;
        const struct rational *x = i > 0 ? inner(m, cuts[i - 1], cuts[i], d->type->whole) : NULL;
        if (x) put_number(&out[n++], x);
        if (!d->type->whole || rational_to_int(cuts[i], &whole)) put_number(&out[n++], cuts[i]);
    }
    return n;
}

int datum_representatives(struct patient_maker *m, const struct decl *d, struct datum *out, int max)
{
    const struct type *type = d->type;
    memset(out, 0, (size_t)max * sizeof *out);
    if (type->kind == TYPE_QUANTITY) return number_representatives(m, d, out, max);
    int count =
        type->kind == TYPE_BOOL ? 2 : type->enumeration->count + (type->enumeration->or_other ? 1 : 0);
    if (type->kind == TYPE_SET) count = 1 << type->enumeration->count;
    for (int i = 0; i < count && i < max; i++)
        out[i] = (struct datum){.form = DATUM_KNOWN, .yes = i == 1, .code = i, .set = (uint64_t)i};
    return count < max ? count : max;
}
