#include "compiler/builtins.h"
#include "tests/oracle/oracle.h"

#include <string.h>

const struct expr *oracle_strip(const struct expr *e)
{
    if (e->kind == EXPR_AS) return oracle_strip(e->a);
    if (e->kind == EXPR_NAME && e->bound && e->bound->kind == EXPR_AS) return oracle_strip(e->bound->a);
    if (e->kind == EXPR_NAME && e->decl && e->decl->kind == DECL_DEFINE) return oracle_strip(e->decl->body);
    return e;
}

struct answer oracle_number(struct oracle *o, const struct expr *e, const struct unit *unit)
{
    struct answer a = oracle_value(o, e);
    return answer_in_unit(o, &a, &e->type->unit, unit);
}

/* ---- Arithmetic ------------------------------------------------------------------------------------- */

static struct answer combine(struct oracle *o, enum expr_kind kind, const struct answer *a,
                             const struct answer *b)
{
    struct answer spoiled;
    if (answer_spoiled(a, b, &spoiled)) return spoiled;
    switch (kind) {
    case EXPR_ADD: return answer_number(rational_add(&o->numbers, a->number, b->number));
    case EXPR_SUB: return answer_number(rational_sub(&o->numbers, a->number, b->number));
    case EXPR_MUL: return answer_number(rational_mul(&o->numbers, a->number, b->number));
    default: return answer_number(rational_div(&o->numbers, a->number, b->number));
    }
}

static struct answer arithmetic(struct oracle *o, const struct expr *e)
{
    bool sum = e->kind == EXPR_ADD || e->kind == EXPR_SUB;
    int sign = e->kind == EXPR_ADD ? 1 : -1;
    if (sum && e->type->kind != TYPE_QUANTITY) { /* a moment that is moved */
        struct answer at = length_counts_dates(e->b->type) ? oracle_value(o, e->a) : oracle_time(o, e->a);
        return oracle_shift(o, &at, e->b, sign);
    }
    struct answer a = sum ? oracle_number(o, e->a, &e->type->unit) : oracle_value(o, e->a);
    struct answer b = sum ? oracle_number(o, e->b, &e->type->unit) : oracle_value(o, e->b);
    return combine(o, e->kind, &a, &b);
}

static struct answer negate(struct oracle *o, const struct expr *e)
{
    struct answer a = oracle_value(o, e->a);
    if (a.kind == ANSWER_NUMBER) a.number = rational_negate(&o->numbers, a.number);
    return a;
}

static struct answer extreme(struct oracle *o, const struct expr *e)
{
    int wanted = e->builtin == BUILTIN_MAX ? 1 : -1;
    struct answer best = oracle_number(o, e->args, &e->type->unit);
    for (const struct expr *arg = e->args->next; arg; arg = arg->next) {
        struct answer a = oracle_number(o, arg, &e->type->unit), spoiled;
        if (answer_spoiled(&best, &a, &spoiled))
            best = spoiled;
        else if (rational_compare(a.number, best.number) == wanted)
            best = a;
    }
    return best;
}

static struct answer built_in(struct oracle *o, const struct expr *e)
{
    if (e->builtin == BUILTIN_MIN || e->builtin == BUILTIN_MAX) return extreme(o, e);
    struct answer a = oracle_value(o, e->args);
    if (a.kind != ANSWER_NUMBER) return a;
    if (e->builtin == BUILTIN_SQRT) return answer_number(rational_sqrt(&o->numbers, a.number));
    if (e->builtin == BUILTIN_ABS && rational_sign(a.number) < 0)
        a.number = rational_negate(&o->numbers, a.number);
    return a;
}

static struct answer call(struct oracle *o, const struct expr *e)
{
    enum { ARGUMENTS_MAX = 8 };
    if (e->decl == NULL) return built_in(o, e);
    struct answer arguments[ARGUMENTS_MAX];
    int n = 0;
    const struct param *param = e->decl->params;
    for (const struct expr *arg = e->args; arg && n < ARGUMENTS_MAX; arg = arg->next, param = param->next) {
        bool number = param->type->kind == TYPE_QUANTITY;
        arguments[n++] = number ? oracle_number(o, arg, &param->type->unit) : oracle_value(o, arg);
    }
    struct call_scope scope = {e->decl->params, arguments, o->call};
    o->call = &scope;
    bool number = e->type->kind == TYPE_QUANTITY;
    struct answer a =
        number ? oracle_number(o, e->decl->body, &e->type->unit) : oracle_value(o, e->decl->body);
    o->call = scope.outer;
    return a;
}

/* ---- Known or not ----------------------------------------------------------------------------------- */

static enum truth is_known(const struct answer *a)
{
    if (a->kind == ANSWER_FAULT) return TRUTH_NO;
    if (a->kind != ANSWER_UNKNOWN || a->reported) return TRUTH_YES;
    return a->open ? TRUTH_UNKNOWN : TRUTH_NO;
}

static struct answer or_else(struct oracle *o, const struct expr *e)
{
    bool number = e->type->kind == TYPE_QUANTITY;
    struct answer a = number ? oracle_number(o, e->a, &e->type->unit) : oracle_value(o, e->a);
    if (a.kind == ANSWER_FAULT || is_known(&a) == TRUTH_YES) return a;
    if (is_known(&a) == TRUTH_UNKNOWN) return answer_open();
    return number ? oracle_number(o, e->b, &e->type->unit) : oracle_value(o, e->b);
}

static const struct decl *list_or_input(const struct expr *e)
{
    e = oracle_strip(e);
    if (e->kind == EXPR_SELECT) e = e->a;
    return e->kind == EXPR_NAME ? e->decl : NULL;
}

static enum truth is_negative(struct oracle *o, const struct expr *e)
{
    const struct decl *input = list_or_input(e), *limit = input->negative_below.decl;
    struct answer a = oracle_value(o, e);
    if (a.negative) return TRUTH_YES;
    struct answer below = answer_datum(o, &o->patient->settings[limit->index], limit->type);
    below = answer_in_unit(o, &below, &limit->type->unit, &e->type->unit);
    return answer_compare(EXPR_LT, &a, &below);
}

static enum truth has_outcome(const struct verdict *v, enum outcome outcome)
{
    if (!v->sure || v->tentative) return TRUTH_UNKNOWN;
    return v->outcome == outcome ? TRUTH_YES : TRUTH_NO;
}

static enum truth has_action(const struct verdict *v, enum action action)
{
    if (!v->sure) return TRUTH_UNKNOWN;
    return v->outcome == OUTCOME_DECIDED && v->action == action ? TRUTH_YES : TRUTH_NO;
}

static enum truth rule_state(const struct verdict *v, enum state state)
{
    switch (state) {
    case STATE_DECIDED: return has_outcome(v, OUTCOME_DECIDED);
    case STATE_NO_STATEMENT: return has_outcome(v, OUTCOME_NO_STATEMENT);
    case STATE_EQUIPOISE: return has_outcome(v, OUTCOME_EQUIPOISE);
    case STATE_NOT_APPLICABLE: return has_outcome(v, OUTCOME_NOT_APPLICABLE);
    case STATE_NOT_COVERED: return has_outcome(v, OUTCOME_NOT_COVERED);
    case STATE_CONFLICT: return has_outcome(v, OUTCOME_CONFLICT);
    case STATE_FAULT: return has_outcome(v, OUTCOME_FAULT);
    case STATE_UNKNOWN: return has_outcome(v, OUTCOME_UNKNOWN);
    case STATE_GIVEN: return has_action(v, ACTION_GIVE);
    case STATE_ASKED: return has_action(v, ACTION_ASK);
    default: return has_action(v, ACTION_WITHHOLD);
    }
}

static bool is_rule(const struct expr *e)
{
    if (e->kind != EXPR_NAME || !e->decl) return false;
    enum decl_kind kind = e->decl->kind;
    return kind == DECL_CLASSIFY || kind == DECL_DOSE || kind == DECL_COLLECT || kind == DECL_RECOMMEND;
}

static bool is_whole_list(const struct expr *e)
{
    return e->type->kind == TYPE_SERIES || e->type->kind == TYPE_EVENTS;
}

/* `until is known`: an end is given, be it that it goes on, or in part. */
static enum truth until_known(struct oracle *o, const struct expr *until)
{
    const struct element_scope *s = o->element;
    while (s->select != until->bound)
        s = s->outer;
    return s->element->ongoing || s->element->until.form == DATUM_KNOWN ? TRUTH_YES : TRUTH_NO;
}

static enum truth state_of(struct oracle *o, const struct expr *e)
{
    if (e->state == STATE_NEGATIVE) return is_negative(o, e->a);
    if (is_rule(e->a) && e->state != STATE_KNOWN) return rule_state(oracle_seen(o, e->a->decl), e->state);
    enum truth known;
    if (e->a->kind == EXPR_UNTIL) {
        known = until_known(o, e->a);
    } else if (is_whole_list(e->a)) {
        known = o->lists[e->a->decl->index].given ? TRUTH_YES : TRUTH_NO;
    } else {
        struct answer a = e->a->type->kind == TYPE_ELEMENT ? oracle_element(o, e->a) : oracle_value(o, e->a);
        known = is_known(&a);
    }
    return e->state == STATE_UNKNOWN ? truth_not(known) : known;
}

/* ---- Conditions ------------------------------------------------------------------------------------- */

static enum truth one_of(struct oracle *o, const struct expr *e)
{
    enum truth any = TRUTH_NO;
    for (const struct expr *arg = e->args; arg; arg = arg->next)
        any = truth_or(any, oracle_compare(o, EXPR_IS, e->a, arg));
    return any;
}

static enum truth in_range(struct oracle *o, const struct expr *e)
{
    return truth_and(oracle_compare(o, EXPR_GE, e->a, e->b), oracle_compare(o, EXPR_LE, e->a, e->c));
}

/* `active at T`: it has begun, and T is not after its end. */
static enum truth active_at(struct oracle *o, const struct expr *e)
{
    const struct element_scope *s = o->element;
    while (s->select != e->bound)
        s = s->outer;
    bool day = e->a->type->kind == TYPE_DATE;
    struct answer t = day ? oracle_day(o, e->a) : oracle_time(o, e->a);
    const struct happening *h = s->element;
    struct answer at = datum_moment(&h->at, !day);
    enum truth begun = answer_compare(EXPR_LE, &at, &t);
    if (h->ongoing) return begun;
    struct answer until = h->until.form == DATUM_KNOWN ? datum_moment(&h->until, !day) : answer_missing();
    return truth_and(begun, answer_compare(EXPR_LE, &t, &until));
}

static enum truth none_on(struct oracle *o, const struct expr *on)
{
    struct answer amount = oracle_on(o, on), none = answer_number(rational_int(&o->numbers, 0));
    return answer_compare(EXPR_IS, &amount, &none);
}

static enum truth comparison(struct oracle *o, const struct expr *e)
{
    enum truth truth = oracle_compare(o, e->kind, e->a, e->b);
    if (truth == TRUTH_FAULT) o->faults += e->a->type->kind == TYPE_QUANTITY ? 1 : 2;
    return truth;
}

static enum truth condition(struct oracle *o, const struct expr *e)
{
    switch (e->kind) {
    case EXPR_NOT: return truth_not(oracle_truth(o, e->a));
    case EXPR_AND: return truth_and(oracle_truth(o, e->a), oracle_truth(o, e->b));
    case EXPR_OR: return truth_or(oracle_truth(o, e->a), oracle_truth(o, e->b));
    case EXPR_IMPLIES: return truth_or(truth_not(oracle_truth(o, e->a)), oracle_truth(o, e->b));
    case EXPR_IS_ONE_OF: return one_of(o, e);
    case EXPR_IS_RANGE: return in_range(o, e);
    case EXPR_IS_STATE: return state_of(o, e);
    case EXPR_INCLUDES: return oracle_includes(o, e);
    case EXPR_MEETS: return oracle_meets(o, e);
    case EXPR_ACTIVE_AT: return active_at(o, e);
    case EXPR_IN_WINDOW: return oracle_in_window(o, e);
    case EXPR_IS_WITHIN: return oracle_within(o, e);
    case EXPR_NONE_ON: return none_on(o, e->a);
    default: return comparison(o, e);
    }
}

enum truth oracle_truth(struct oracle *o, const struct expr *e)
{
    if (e == NULL) return TRUTH_YES;
    struct answer a = oracle_value(o, e);
    enum truth truth = answer_is_true(&a);
    o->unknowns += truth == TRUTH_UNKNOWN;
    return truth;
}

enum truth oracle_sure_truth(struct oracle *o, const struct expr *e)
{
    long before = o->unknowns;
    enum truth truth = oracle_truth(o, e);
    return truth == TRUTH_FAULT && o->unknowns != before ? TRUTH_UNKNOWN : truth;
}

/* ---- Names ------------------------------------------------------------------------------------------ */

static struct answer argument(struct oracle *o, const struct param *wanted)
{
    for (const struct call_scope *s = o->call;; s = s->outer) {
        int i = 0;
        for (const struct param *p = s->params; p; p = p->next, i++)
            if (p == wanted) return s->arguments[i];
    }
}

static struct answer field_in_scope(struct oracle *o, const struct expr *e)
{
    const struct element_scope *s = o->element;
    while (s->select != e->bound)
        s = s->outer;
    if (e->field == NULL && e->builtin == PSEUDO_VALUE && s->value) return *s->value;
    const struct expr *list = s->select->a->kind == EXPR_GAPS_OF ? s->select->a->a : s->select->a;
    return oracle_field(o, s->element, e, list->decl->type);
}

/* Another rule's result: its value where it has one, otherwise unknown. */
static struct answer result_of(struct oracle *o, const struct decl *rule)
{
    const struct verdict *v = oracle_seen(o, rule);
    if (!v->sure) return answer_open();
    if (v->outcome == OUTCOME_FAULT) return answer_fault();
    if (v->outcome != OUTCOME_DECIDED || v->action == ACTION_WITHHOLD)
        return v->action == ACTION_WITHHOLD ? answer_open() : answer_missing();
    if (rule->kind != DECL_DOSE) return (struct answer){.kind = ANSWER_CODE, .code = v->member};
    const struct amount *only = &v->plan.days[0];
    bool point = v->plan.last == 0 && only->lo && rational_compare(only->lo, only->hi) == 0;
    return point ? answer_number(only->lo) : answer_open();
}

static struct answer name(struct oracle *o, const struct expr *e)
{
    if (e->value) return (struct answer){.kind = ANSWER_CODE, .code = e->value->code};
    if (e->param) return argument(o, e->param);
    if (e->field || (e->bound && e->bound->kind == EXPR_SELECT)) return field_in_scope(o, e);
    if (e->bound) return oracle_value(o, e->bound->a);
    const struct decl *d = e->decl;
    switch (d->kind) {
    case DECL_INPUT: return answer_datum(o, &o->patient->inputs[d->index], d->type);
    case DECL_PARAMETER: return answer_datum(o, &o->patient->settings[d->index], d->type);
    case DECL_DEFINE: return oracle_value(o, d->body);
    case DECL_COLLECT:
    case DECL_RECOMMEND: return oracle_set_value(o, d);
    default: return result_of(o, d);
    }
}

static struct answer of(struct oracle *o, const struct expr *e)
{
    if (e->field || e->builtin == PSEUDO_VALUE) {
        struct answer element = oracle_element(o, e->a);
        if (element.kind != ANSWER_ELEMENT) return element;
        const struct expr *select = oracle_strip(e->a);
        return oracle_field(o, element.element, e, select->a->decl->type);
    }
    struct answer key = oracle_value(o, e->a);
    const struct datum *table = &o->patient->settings[e->decl->index];
    if (key.kind != ANSWER_CODE) return key;
    if (table->form != DATUM_KNOWN) return answer_missing();
    return answer_datum(o, &table->cells[key.code], e->decl->type->value);
}

static struct answer count_of(struct oracle *o, const struct expr *e)
{
    int64_t count = 0;
    for (const struct expr *arg = e->args; arg; arg = arg->next) {
        enum truth truth = oracle_truth(o, arg);
        if (truth == TRUTH_UNKNOWN || truth == TRUTH_FAULT) return answer_open();
        count += truth == TRUTH_YES;
    }
    return answer_number(rational_int(&o->numbers, count));
}

static struct answer total_of(struct oracle *o, const struct expr *e)
{
    const struct verdict *v = oracle_seen(o, e->decl);
    bool point = v->sure && v->outcome == OUTCOME_DECIDED && v->total_lo && v->total_lo == v->total_hi;
    return point ? answer_number(v->total_lo) : answer_open();
}

/* The first case that holds; a fault where none is left. */
static struct answer cases(struct oracle *o, const struct expr *e)
{
    bool number = e->type->kind == TYPE_QUANTITY;
    for (const struct expr *at = e; at; at = at->c) {
        enum truth holds = oracle_truth(o, at->b);
        if (holds == TRUTH_YES)
            return number ? oracle_number(o, at->a, &e->type->unit) : oracle_value(o, at->a);
        if (holds != TRUTH_NO) return answer_truth(holds);
    }
    return answer_fault();
}

static struct answer literal_number(struct oracle *o, const struct expr *e)
{
    char text[DECIMAL_TEXT_MAX];
    decimal_format(e->number, text);
    return answer_number(rational_parse(&o->numbers, text));
}

static struct answer literal_moment(const struct expr *e)
{
    struct answer at = answer_moment(e->date.precision == CAL_TIME, e->date.from, e->date.to);
    at.zoned = at.is_time && e->date.offset != CAL_NO_OFFSET;
    at.offset = e->date.offset;
    return at;
}

struct answer oracle_value(struct oracle *o, const struct expr *e)
{
    switch (e->kind) {
    case EXPR_NUMBER: return literal_number(o, e);
    case EXPR_DATE: return literal_moment(e);
    case EXPR_NOW: return datum_moment(&o->patient->now, true);
    case EXPR_YES:
    case EXPR_NO: return answer_truth(e->kind == EXPR_YES ? TRUTH_YES : TRUTH_NO);
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL:
    case EXPR_DIV: return arithmetic(o, e);
    case EXPR_NEGATE: return negate(o, e);
    case EXPR_CALL: return call(o, e);
    case EXPR_IN_UNIT: return oracle_number(o, e->a, &e->unit);
    case EXPR_OR_ELSE: return or_else(o, e);
    case EXPR_COUNT_OF: return count_of(o, e);
    case EXPR_COMPLETED: return oracle_completed(o, e);
    case EXPR_PHASE_START:
    case EXPR_PHASE_END:
    case EXPR_PHASE_NUMBER:
    case EXPR_PHASE_DAY: return oracle_phase(o, e);
    case EXPR_DATE_OF: return e->type->kind == TYPE_DATE ? oracle_day(o, e) : oracle_time(o, e);
    case EXPR_CASE: return cases(o, e);
    case EXPR_OF: return of(o, e);
    case EXPR_TOTAL_OF: return total_of(o, e);
    case EXPR_ON_DAY:
    case EXPR_ON_DATE: return oracle_on(o, e);
    case EXPR_AS: return oracle_value(o, e->a);
    case EXPR_SELECT: return oracle_select(o, e);
    case EXPR_NAME: return name(o, e);
    default: {
        enum truth truth = condition(o, e);
        return answer_truth(e->negated ? truth_not(truth) : truth);
    }
    }
}
