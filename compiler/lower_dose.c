/* Doses: each clause becomes a row, an interval two (too early, too late).

   All amounts of a dose are lowered to one unit, that of its first amount, so that the machine compares,
   cuts and rounds plain numbers.  Rows may refer to each other by place (`instead of`), so a clause must
   become as many rows as rows_of says. */
#include "compiler/lower.h"
#include "compiler/unparse.h"

#include <string.h>

/* A dose while its clauses are lowered. */
struct dose {
    struct ir_program *p;
    const struct decl *decl;
    struct image_rule *rule;
    struct unit unit;                  /* of all its amounts */
    uint32_t numbers[CLAUSE_CITE + 1]; /* clauses of each kind so far */
};

static const char *clause_word(enum clause_kind kind)
{
    static const char *const words[] = {
#define CLAUSE(name, word, column) [CLAUSE_##name] = word,
#include "compiler/clauses.def"
#undef CLAUSE
    };
    return words[kind];
}

/* pegaspargase.young, pegaspargase.withhold#1, vincristine.at_most#2 */
static uint32_t clause_id(struct dose *d, const struct clause *c)
{
    const char *rule = d->decl->name.text;
    uint32_t n = ++d->numbers[c->kind];
    if (c->name.text) return ir_text(d->p, arena_printf(d->p->arena, "%s.%s", rule, c->name.text));
    char *id = arena_printf(d->p->arena, "%s.%s#%u", rule, clause_word(c->kind), n);
    for (char *at = id; *at; at++)
        if (*at == ' ') *at = '_';
    return ir_text(d->p, id);
}

/* A new row with its id, condition and tail; put back with row_done, since lowering may move ROWS. */
static struct image_row row_begin(struct dose *d, const struct clause *c, enum row_type type, uint32_t id)
{
    struct image_row row = *lower_row_new(d->p, d->rule);
    row.type = type;
    row.id = id;
    lower_row_condition(d->p, &row, c->when);
    return row;
}

static void row_done(struct dose *d, uint32_t place, struct image_row *row, const struct tail *tail)
{
    lower_row_tail(d->p, row, tail);
    *(struct image_row *)ir_at(&d->p->ROWS, place) = *row;
}

/* ---- Amounts -------------------------------------------------------------------------------------- */

/* Whole numbers from 1, checked before; `1 to 28` is one entry. */
static void put_days(struct dose *d, const struct expr *e, struct run *run)
{
    if (e->kind == EXPR_LIST) {
        for (const struct expr *item = e->args; item; item = item->next)
            put_days(d, item, run);
        return;
    }
    int64_t from = 0, to = 0;
    decimal_to_int(e->kind == EXPR_TO ? e->a->number : e->number, &from);
    decimal_to_int(e->kind == EXPR_TO ? e->b->number : e->number, &to);
    struct image_days days = {(uint32_t)from, (uint32_t)to};
    *(struct image_days *)ir_add(d->p, &d->p->DAYS) = days;
    run->count++;
}

/* What two registers read together, for what a step that is not known waits for. */
static struct run reads_of(struct dose *d, uint32_t reg, uint32_t other)
{
    struct ir_program *p = d->p;
    if (ir_is_constant(reg) && ir_is_constant(other)) return (struct run){0, 0};
    uint32_t both = ir_reg(p, KIND_NUM, d->decl->span); /* only to join the two lists */
    ir_reads_from(p, both, reg);
    ir_reads_from(p, both, other);
    const struct ir_reg *joined = ir_reads(p, both);
    return ir_indexes(p, joined->reads, joined->read_count);
}

static struct image_step lower_step(struct dose *d, const struct step *s)
{
    struct image_step step = {.lo = NONE32, .hi = NONE32, .lo_node = NONE32, .hi_node = NONE32};
    if (!s->no_statement) {
        bool range = s->amount->kind == EXPR_TO;
        struct operand lo = lower_number(d->p, range ? s->amount->a : s->amount, &d->unit);
        struct operand hi = range ? lower_number(d->p, s->amount->b, &d->unit) : lo;
        step.lo = lo.reg;
        step.lo_node = lo.node;
        step.hi = hi.reg;
        step.hi_node = hi.node;
        step.reads = reads_of(d, lo.reg, hi.reg);
    }
    step.days.first = d->p->DAYS.count;
    if (s->days) put_days(d, s->days, &step.days);
    return step;
}

static uint32_t row_named(const struct decl *decl, const char *name);

static void lower_amount(struct dose *d, const struct clause *c)
{
    struct ir_program *p = d->p;
    bool step_row = c->from_table && c->steps->days;
    uint32_t place = p->ROWS.count;
    struct image_row row = row_begin(d, c, step_row ? ROWTYPE_STEP : ROWTYPE_AMOUNT, clause_id(d, c));
    uint32_t count = 0;
    for (const struct step *s = c->steps; s; s = s->next)
        count++;
    /* gathered first: STEPS must hold the steps of one row without a gap */
    struct image_step *steps = arena_alloc(p->arena, count * sizeof *steps);
    for (const struct step *s = c->steps; s; s = s->next)
        steps[row.steps.count++] = lower_step(d, s);
    row.steps.first = p->STEPS.count;
    for (uint32_t i = 0; i < count; i++)
        *(struct image_step *)ir_add(p, &p->STEPS) = steps[i];
    if (c->instead_of.text) row.instead_of = d->rule->rows.first + row_named(d->decl, c->instead_of.text);
    row_done(d, place, &row, &c->tail);
}

/* ---- Limits, rounding, routes --------------------------------------------------------------------- */

static void lower_limit(struct dose *d, const struct clause *c, enum row_type type)
{
    uint32_t place = d->p->ROWS.count;
    struct image_row row = row_begin(d, c, type, clause_id(d, c));
    struct operand value = lower_number(d->p, c->value, &d->unit);
    row.value = value.reg;
    row.value_node = value.node;
    row.value_reads = reads_of(d, value.reg, value.reg);
    row.rounding = (uint32_t)c->rounding;
    row_done(d, place, &row, &c->tail);
}

/* How a route is printed; one that is not in the list is printed as it is written. */
static const char *route_name(const char *code)
{
    static const struct {
        const char *code, *name;
    } routes[] = {
#define ROUTE(code_, name_) {#code_, name_},
#include "compiler/routes.def"
#undef ROUTE
    };
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (strcmp(routes[i].code, code) == 0) return routes[i].name;
    return code;
}

static struct image_route lower_one_route(struct dose *d, const struct route *r)
{
    struct image_route route = {ir_text(d->p, route_name(r->code)), NONE32, NONE32, 0};
    if (r->over == NULL) return route;
    const struct unit *unit = &r->over->type->unit;
    route.unit = ir_unit(d->p, unit);
    route.over = lower_number(d->p, r->over, unit).reg;
    if (r->over_to) route.over_to = lower_number(d->p, r->over_to, unit).reg;
    return route;
}

static void lower_routes(struct dose *d, const struct clause *c)
{
    uint32_t place = d->p->ROWS.count;
    struct image_row row = row_begin(d, c, ROWTYPE_ROUTE, clause_id(d, c));
    row.routes.first = d->p->ROUTES.count;
    for (const struct route *r = c->routes; r; r = r->next, row.routes.count++) {
        struct image_route route = lower_one_route(d, r);
        *(struct image_route *)ir_add(d->p, &d->p->ROUTES) = route;
    }
    row_done(d, place, &row, &c->tail);
}

static void lower_schedule_clause(struct dose *d, const struct clause *c)
{
    uint32_t place = d->p->ROWS.count;
    struct image_row row = row_begin(d, c, ROWTYPE_SCHEDULE, clause_id(d, c));
    struct image_schedule schedule = lower_schedule(d->p, c->schedule);
    schedule.days.first = d->p->DAYS.count;
    if (c->schedule->days) put_days(d, c->schedule->days, &schedule.days);
    row.value_reads = lower_schedule_reads(d->p, &schedule, c->span);
    row.schedule = d->p->SCHEDULES.count;
    *(struct image_schedule *)ir_add(d->p, &d->p->SCHEDULES) = schedule;
    row_done(d, place, &row, &c->tail);
}

/* ---- Intervals ------------------------------------------------------------------------------------ */

/* "latest pegaspargase_given + 14 days": the first or last moment that the interval allows. */
static uint32_t limit_node(struct ir_program *p, const struct clause *c, const char *words, bool by_day,
                           uint32_t limit, uint32_t from_node)
{
    struct type type = {.kind = by_day ? TYPE_DATE : TYPE_TIME};
    uint32_t node = ir_node(p, NODE_CALL, words, c->span);
    ir_node_child(p, node, from_node);
    lower_show(p, node, &type, limit);
    return node;
}

/* A row's `when` and the test of its interval as one condition. */
static void also_test(struct ir_program *p, const struct clause *c, struct image_row *row, uint32_t test,
                      const char *words, uint32_t holds)
{
    struct type truth = {.kind = TYPE_BOOL};
    if (row->condition == NONE32) {
        row->condition = holds;
        row->node = test;
        return;
    }
    const char *when = expr_text(p->arena, c->when);
    uint32_t both = ir_node(p, NODE_AND, arena_printf(p->arena, "%s and %s", when, words), c->span);
    ir_node_child(p, both, row->node);
    ir_node_child(p, both, test);
    row->condition = ir_insn(p, p->decide, OP_AND, KIND_BOOL, row->condition, holds, 0, c->span);
    row->node = both;
    lower_show(p, both, &truth, row->condition);
}

/* The yes or no of one end of an interval is a subject: the walk varies it as one. */
static uint32_t interval_test(struct ir_program *p, const struct clause *c, struct image_row *row,
                              const char *words, uint32_t to_node, uint32_t holds)
{
    struct type truth = {.kind = TYPE_BOOL};
    uint32_t test = ir_node(p, NODE_TEST, words, c->span);
    ir_node_child(p, test, to_node);
    ir_node_child(p, test, row->value_node);
    lower_show(p, test, &truth, holds);
    ir_subject(p, holds, NONE32, NONE32, test);
    for (uint32_t i = 0; i < p->subjects.count; i++) /* it joins those of `when` */
        if (ir_subject_reg(p, i) == holds) row->reads = ir_indexes_and(p, row->reads, p->SUBJECTS.count + i);
    return test;
}

/* A time of which only the day counts: the hour that is not known is not waited for. */
static uint32_t day_node(struct ir_program *p, const struct expr *e, uint32_t day, uint32_t node)
{
    struct type type = {.kind = TYPE_DATE};
    if (e->type->kind != TYPE_TIME) return node;
    uint32_t shown =
        ir_node(p, NODE_CALL, arena_printf(p->arena, "the day of %s", expr_text(p->arena, e)), e->span);
    ir_node_child(p, shown, node);
    lower_show(p, shown, &type, day);
    return shown;
}

/* `to` is earlier than from + least, or later than from + most. */
static void lower_interval_end(struct dose *d, const struct clause *c, const struct expr *length, bool early,
                               uint32_t id)
{
    struct ir_program *p = d->p;
    uint32_t place = p->ROWS.count;
    struct image_row row = row_begin(d, c, early ? ROWTYPE_TOO_EARLY : ROWTYPE_TOO_LATE, id);
    bool by_day;
    uint32_t from_node, to_node, length_node;
    uint32_t limit = lower_shift(p, c->from, length, 1, &by_day, &from_node, &length_node);
    /* the start itself is asked for too: where there is none, the first dose is never too early */
    uint32_t from = by_day ? lower_day(p, c->from, &from_node) : lower_time(p, c->from, &from_node);
    uint32_t to = by_day ? lower_day(p, c->to, &to_node) : lower_time(p, c->to, &to_node);
    if (by_day) to_node = day_node(p, c->to, to, to_node);
    enum opcode op = by_day ? (early ? OP_EARLY_DAY : OP_LATE_DAY) : (early ? OP_EARLY_TIME : OP_LATE_TIME);
    uint32_t holds = lower_setup(p, op, KIND_BOOL, from, to, limit, c->span);
    const char *end =
        arena_printf(p->arena, "%s + %s", expr_text(p->arena, c->from), expr_text(p->arena, length));
    const char *words = arena_printf(p->arena, "%s is %s than %s", expr_text(p->arena, c->to),
                                     early ? "earlier" : "later", end);
    row.value = limit;
    row.value_node = limit_node(p, c, end, by_day, limit, from_node);
    ir_node_child(p, row.value_node, length_node);
    also_test(p, c, &row, interval_test(p, c, &row, words, to_node, holds), words, holds);
    row_done(d, place, &row, &c->tail);
}

/* Both rows have the id of the clause: for a reader it is one interval. */
static void lower_interval(struct dose *d, const struct clause *c)
{
    uint32_t id = clause_id(d, c);
    lower_interval_end(d, c, c->least, true, id);
    if (c->most) lower_interval_end(d, c, c->most, false, id);
}

/* ---- Entry ---------------------------------------------------------------------------------------- */

static void lower_reason(struct dose *d, const struct clause *c, enum row_type type)
{
    uint32_t place = d->p->ROWS.count;
    struct image_row row = row_begin(d, c, type, clause_id(d, c));
    row_done(d, place, &row, &c->tail);
}

static void lower_clause(struct dose *d, const struct clause *c)
{
    switch (c->kind) {
    case CLAUSE_AMOUNT: lower_amount(d, c); break;
    case CLAUSE_CHOOSE: lower_limit(d, c, ROWTYPE_CHOOSE); break;
    case CLAUSE_AT_LEAST: lower_limit(d, c, ROWTYPE_LEAST); break;
    case CLAUSE_AT_MOST: lower_limit(d, c, ROWTYPE_MOST); break;
    case CLAUSE_ROUND: lower_limit(d, c, ROWTYPE_ROUND); break;
    case CLAUSE_ROUTE: lower_routes(d, c); break;
    case CLAUSE_SCHEDULE: lower_schedule_clause(d, c); break;
    case CLAUSE_INTERVAL: lower_interval(d, c); break;
    case CLAUSE_WITHHOLD: lower_reason(d, c, ROWTYPE_WITHHOLD); break;
    case CLAUSE_ASK: lower_reason(d, c, ROWTYPE_ASK); break;
    case CLAUSE_WARN: lower_reason(d, c, ROWTYPE_WARN); break;
    default: break; /* those of the header, and what belongs to another clause */
    }
}

/* How many rows a clause becomes: see lower_clause. */
static uint32_t rows_of(const struct clause *c)
{
    switch (c->kind) {
    case CLAUSE_INTERVAL: return c->most ? 2 : 1;
    case CLAUSE_AMOUNT:
    case CLAUSE_CHOOSE:
    case CLAUSE_AT_LEAST:
    case CLAUSE_AT_MOST:
    case CLAUSE_ROUND:
    case CLAUSE_ROUTE:
    case CLAUSE_SCHEDULE:
    case CLAUSE_WITHHOLD:
    case CLAUSE_ASK:
    case CLAUSE_WARN: return 1;
    default: return 0;
    }
}

static uint32_t row_named(const struct decl *decl, const char *name)
{
    uint32_t place = 0;
    for (const struct clause *c = decl->clauses; c; place += rows_of(c), c = c->next)
        if (c->name.text && strcmp(c->name.text, name) == 0) return place;
    return place; /* check has refused a name that is not there */
}

/* The unit of the first amount; check has made sure that the others are of its dimension. */
static const struct unit *dose_unit(const struct decl *decl)
{
    static const struct unit one = {0};
    for (const struct clause *c = decl->clauses; c; c = c->next)
        for (const struct step *s = c->kind == CLAUSE_AMOUNT ? c->steps : NULL; s; s = s->next)
            if (!s->no_statement)
                return s->amount->kind == EXPR_TO ? &s->amount->b->type->unit : &s->amount->type->unit;
    return &one;
}

/* A rate per day counts one day: ug/d becomes ug. */
static struct unit total_unit(const struct unit *unit)
{
    struct unit day, product;
    unit_parse("d", 1, UNIT_RULES, &day, NULL);
    for (uint8_t i = 0; i < unit->count; i++)
        if (unit->terms[i].atom == day.terms[0].atom && unit->terms[i].exponent == -1 &&
            unit_multiply(unit, &day, &product))
            return product;
    return *unit;
}

void lower_dose(struct ir_program *p, const struct decl *decl, struct image_rule *rule)
{
    struct dose d = {.p = p, .decl = decl, .rule = rule, .unit = *dose_unit(decl)};
    struct unit total = total_unit(&d.unit);
    rule->kind = RULE_DOSE;
    rule->drug = ir_text(p, decl->drug.text);
    rule->unit = ir_unit(p, &d.unit);
    rule->total_unit = ir_unit(p, &total);
    for (const struct clause *c = decl->clauses; c; c = c->next)
        lower_clause(&d, c);
}
