/* Values: each expression that is no condition becomes a register of the setup stream, and a node that
   shows it.

   Definitions and functions are put in where they are read.  ir_insn finds what was computed before, so
   a definition that is read ten times is computed once a rule, and stays one expression for the walk.
   The size of what comes out is limited by the check stage (check_size.c).

   Units are settled here: every operand is converted to the unit that the operation needs, by
   instructions that the explanation does not show as steps of the rule.  The machine itself knows no
   units. */
#include "compiler/builtins.h"
#include "compiler/lower.h"
#include "compiler/types.h"
#include "compiler/unparse.h"

#include <string.h>

#define NO_OPERAND ((struct operand){NONE32, NONE32, NONE32})

enum kind lower_kind(const struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL: return KIND_BOOL;
    case TYPE_ENUM: return KIND_ENUM;
    case TYPE_SET: return KIND_SET;
    case TYPE_DATE: return KIND_DAY;
    case TYPE_TIME: return KIND_TIME;
    case TYPE_TEXT: return KIND_TEXT;
    case TYPE_ELEMENT: return KIND_ELEM;
    default: return KIND_NUM;
    }
}

uint32_t lower_setup(struct ir_program *p, enum opcode op, enum kind kind, uint32_t a, uint32_t b, uint32_t c,
                     struct span span)
{
    return ir_insn(p, p->setup, op, kind, a, b, c, span);
}

void lower_show(struct ir_program *p, uint32_t node, const struct type *type, uint32_t reg)
{
    struct image_type shown = lower_type(p, type);
    struct image_node *n = ir_node_at(p, node);
    n->type = shown;
    /* inside a fold it has another value for each element */
    n->reg = p->fold ? NONE32 : reg;
}

uint32_t lower_node(struct ir_program *p, enum node_kind kind, const struct expr *e)
{
    return ir_node(p, kind, expr_text(p->arena, e), e->span);
}

const struct expr *lower_strip(const struct expr *e)
{
    for (;;) {
        if (e->kind == EXPR_AS)
            e = e->a;
        else if (e->kind == EXPR_NAME && e->bound && e->bound->kind == EXPR_AS)
            e = e->bound->a;
        else if (e->kind == EXPR_NAME && e->decl && e->decl->kind == DECL_DEFINE)
            e = e->decl->body;
        else
            return e;
    }
}

/* ---- Conversion ----------------------------------------------------------------------------------- */

/* The place of a conversion factor in RATIOS.  It is kept as two exact numbers, since 1/3 is no decimal:
   SCALE multiplies, divides and rounds once. */
static uint32_t ratio_index(struct ir_program *p, decimal numerator, decimal denominator)
{
    struct image_ratio ratio = {decimal_canonical(numerator), decimal_canonical(denominator)};
    for (uint32_t i = 0; i < p->RATIOS.count; i++)
        if (memcmp(ir_at(&p->RATIOS, i), &ratio, sizeof ratio) == 0) return i;
    struct image_ratio *place = ir_add(p, &p->RATIOS);
    *place = ratio;
    return p->RATIOS.count - 1;
}

static uint32_t convert_constant(struct ir_program *p, uint32_t reg, const struct unit *from,
                                 const struct unit *to)
{
    decimal x;
    memcpy(&x, ir_constant_of(p, reg)->words, sizeof x);
    unit_convert(x, from, to, &x, NULL); /* check has refused what does not fit */
    return ir_number(p, x);
}

/* reg + shift */
static uint32_t shifted(struct ir_program *p, uint32_t reg, decimal shift, struct span span)
{
    if (decimal_sign(shift) == 0) return reg;
    return lower_setup(p, OP_ADD, KIND_NUM, reg, ir_number(p, shift), 0, span);
}

uint32_t lower_convert(struct ir_program *p, uint32_t reg, const struct unit *from, const struct unit *to,
                       struct span span)
{
    struct unit_steps steps;
    if (unit_equal(from, to)) return reg;
    if (ir_is_constant(reg)) return convert_constant(p, reg, from, to);
    unit_steps(from, to, &steps, NULL); /* likewise */
    reg = shifted(p, reg, steps.before, span);
    if (!decimal_equal(steps.numerator, steps.denominator))
        reg = lower_setup(p, OP_SCALE, KIND_NUM, reg, ratio_index(p, steps.numerator, steps.denominator), 0,
                          span);
    return shifted(p, reg, steps.after, span);
}

struct operand lower_number(struct ir_program *p, const struct expr *e, const struct unit *unit)
{
    struct operand o = lower_value(p, e);
    o.reg = lower_convert(p, o.reg, &e->type->unit, unit, e->span);
    return o;
}

/* ---- Names ---------------------------------------------------------------------------------------- */

/* An operand without parts; ref: what the node refers to, in the section that its kind names. */
static struct operand show_leaf(struct ir_program *p, const struct expr *e, enum node_kind kind, uint32_t ref,
                                uint32_t reg)
{
    uint32_t node = lower_node(p, kind, e);
    ir_node_at(p, node)->ref = ref;
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

/* A field of the element of `for each`, in its `where`. */
static struct operand lower_each_field(struct ir_program *p, const struct expr *e)
{
    uint32_t node = lower_node(p, NODE_FIELD, e);
    struct operand element = lower_each(p, e->bound);
    ir_node_child(p, node, element.node);
    enum kind kind = lower_kind(e->type);
    uint32_t reg;
    if (e->field == NULL && e->builtin == PSEUDO_DATE) {
        reg =
            lower_setup(p, kind == KIND_DAY ? OP_GET_DAY : OP_GET_TIME, kind, element.element, 0, 0, e->span);
    } else {
        /* field 0 of a series is its value, so what the rule calls the first field is field 1 */
        bool series = lower_list(e->bound)->type->kind == TYPE_SERIES;
        uint32_t field = e->field ? (uint32_t)e->field->index + series : 0;
        ir_node_at(p, node)->ref = field;
        reg = lower_setup(p, OP_GET, kind, element.element, field, 0, e->span);
    }
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

static struct operand lower_field(struct ir_program *p, const struct expr *e)
{
    if (e->bound->selector == SELECT_EACH) return lower_each_field(p, e);
    const struct ir_fold_scope *scope = p->fold;
    while (scope->select != e->bound)
        scope = scope->outer;
    enum kind kind = lower_kind(e->type);
    uint32_t reg;
    if (e->field == NULL && e->builtin == PSEUDO_DATE) {
        reg = lower_setup(p, kind == KIND_DAY ? OP_AT_DAY : OP_AT_TIME, kind, scope->fold, 0, 0, e->span);
    } else {
        bool series = lower_list(scope->select)->type->kind == TYPE_SERIES;
        uint32_t field = e->field ? (uint32_t)e->field->index + series : 0;
        reg = lower_setup(p, OP_FIELD, kind, scope->fold, field, 0, e->span);
    }
    return show_leaf(p, e, NODE_FIELD, NONE32, reg);
}

static struct operand lower_define(struct ir_program *p, const struct expr *e)
{
    uint32_t node = lower_node(p, NODE_DEFINE, e);
    struct operand body = lower_value(p, e->decl->body);
    ir_node_at(p, node)->label = ir_text(p, e->decl->label ? e->decl->label->plain : NULL);
    ir_node_child(p, node, body.node);
    lower_show(p, node, e->type, body.reg);
    body.node = node;
    return body;
}

static uint32_t load_result(struct ir_program *p, const struct expr *e)
{
    return lower_setup(p, OP_LOAD_RESULT, lower_kind(e->type), lower_rule_index(p, e->decl), 0, 0, e->span);
}

/* What a name means that is declared: an input, a parameter, a definition, or another rule, which is
   read as its value. */
static struct operand lower_declared(struct ir_program *p, const struct expr *e)
{
    enum kind kind = lower_kind(e->type);
    uint32_t index;
    struct operand o = NO_OPERAND;
    switch (e->decl->kind) {
    case DECL_INPUT:
        index = lower_input_index(p, e->decl);
        o = show_leaf(p, e, NODE_INPUT, index, lower_setup(p, OP_LOAD_INPUT, kind, index, 0, 0, e->span));
        break;
    case DECL_PARAMETER:
        index = lower_param_index(p, e->decl);
        o = show_leaf(p, e, NODE_PARAM, index, lower_setup(p, OP_LOAD_PARAM, kind, index, 0, 0, e->span));
        break;
    case DECL_DEFINE: return lower_define(p, e);
    default: o = show_leaf(p, e, NODE_RESULT, lower_rule_index(p, e->decl), load_result(p, e)); break;
    }
    ir_node_at(p, o.node)->label = ir_text(p, e->decl->label ? e->decl->label->plain : NULL);
    return o;
}

/* A parameter of the function whose body is being put in.  Bodies nest, and the parameter may be that of
   an outer one; the check stage has made sure that there is one. */
static struct operand lower_argument(struct ir_program *p, const struct expr *e)
{
    const struct ir_call_scope *scope = p->call;
    for (;; scope = scope->outer) {
        uint32_t i = 0;
        for (const struct param *q = scope->params; q; q = q->next, i++)
            if (q == e->param) return show_leaf(p, e, NODE_DEFINE, NONE32, scope->arguments[i].reg);
    }
}

/* `any` is yes or no; its name is the value that was found in a series. */
static struct operand lower_found(struct ir_program *p, const struct expr *e, const struct expr *any)
{
    uint32_t node = lower_node(p, NODE_FIELD, e);
    struct operand element = lower_select(p, any);
    ir_node_child(p, node, element.node);
    ir_node_at(p, node)->ref = 0;
    uint32_t reg = lower_setup(p, OP_GET, KIND_NUM, element.element, 0, 0, e->span);
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

static bool is_found(const struct expr *name)
{
    const struct expr *select = lower_strip(name);
    return name->type->kind == TYPE_QUANTITY && select->kind == EXPR_SELECT && select->selector == SELECT_ANY;
}

static struct operand lower_name(struct ir_program *p, const struct expr *e)
{
    if (e->value)
        return show_leaf(p, e, NODE_LITERAL, NONE32, ir_code(p, e->type->enumeration->index, e->value->code));
    if (e->param) return lower_argument(p, e);
    if (e->field || (e->bound && e->bound->kind == EXPR_SELECT)) return lower_field(p, e);
    /* a name given by `as`: what it names is lowered again, and found again by ir_insn or the memo of
       selections */
    if (e->bound) return is_found(e) ? lower_found(p, e, lower_strip(e)) : lower_value(p, e->bound->a);
    return lower_declared(p, e);
}

/* ---- Arithmetic ----------------------------------------------------------------------------------- */

/* A sum is formed in the unit of the result; a product needs no conversion, because its unit is the
   product of the units. */
static struct operand lower_arithmetic(struct ir_program *p, const struct expr *e)
{
    static const enum opcode ops[] = {
        [EXPR_ADD] = OP_ADD, [EXPR_SUB] = OP_SUB, [EXPR_MUL] = OP_MUL, [EXPR_DIV] = OP_DIV};
    if (type_is_date(e->type)) return lower_moved(p, e);
    bool same_unit = e->kind == EXPR_ADD || e->kind == EXPR_SUB;
    uint32_t node = ir_node(p, NODE_ARITHMETIC, expr_sign(e), e->span);
    struct operand a = same_unit ? lower_number(p, e->a, &e->type->unit) : lower_value(p, e->a);
    struct operand b = same_unit ? lower_number(p, e->b, &e->type->unit) : lower_value(p, e->b);
    ir_node_child(p, node, a.node);
    ir_node_child(p, node, b.node);
    uint32_t reg = lower_setup(p, ops[e->kind], KIND_NUM, a.reg, b.reg, 0, e->span);
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

static struct operand lower_negate(struct ir_program *p, const struct expr *e)
{
    uint32_t node = ir_node(p, NODE_ARITHMETIC, "-", e->span);
    struct operand a = lower_value(p, e->a);
    ir_node_child(p, node, a.node);
    uint32_t reg;
    if (ir_is_constant(a.reg)) {
        decimal x;
        memcpy(&x, ir_constant_of(p, a.reg)->words, sizeof x);
        reg = ir_number(p, decimal_negate(x));
    } else {
        reg = lower_setup(p, OP_NEGATE, KIND_NUM, a.reg, 0, 0, e->span);
    }
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

/* min and max take any number of arguments: one instruction for each after the first.  number(x) only
   drops the unit, so it is the register of x. */
static struct operand lower_builtin(struct ir_program *p, const struct expr *e)
{
    static const enum opcode ops[] = {
#define BUILTIN(name, word, least, most, opcode) OP_##opcode,
#include "compiler/builtins.def"
#undef BUILTIN
    };
    uint32_t node = ir_node(p, NODE_CALL, e->name.text, e->span);
    uint32_t reg = NONE32;
    for (const struct expr *arg = e->args; arg; arg = arg->next) {
        struct operand a = e->builtin == BUILTIN_MIN || e->builtin == BUILTIN_MAX
                               ? lower_number(p, arg, &e->type->unit)
                               : lower_value(p, arg);
        ir_node_child(p, node, a.node);
        if (e->builtin == BUILTIN_NUMBER)
            reg = a.reg;
        else if (e->builtin == BUILTIN_SQRT || e->builtin == BUILTIN_ABS)
            reg = lower_setup(p, ops[e->builtin], KIND_NUM, a.reg, 0, 0, e->span);
        else
            reg = reg == NONE32 ? a.reg : lower_setup(p, ops[e->builtin], KIND_NUM, reg, a.reg, 0, e->span);
    }
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

struct ir_call_scope lower_arguments(struct ir_program *p, const struct expr *e, uint32_t node)
{
    uint32_t count = 0;
    for (const struct expr *arg = e->args; arg; arg = arg->next)
        count++;
    struct operand *arguments = arena_alloc(p->arena, count * sizeof *arguments);
    const struct param *param = e->decl->params;
    uint32_t i = 0;
    /* in the unit that the parameter is declared with: the body was checked with that one */
    for (const struct expr *arg = e->args; arg; arg = arg->next, param = param->next) {
        arguments[i] = param->type->kind == TYPE_QUANTITY ? lower_number(p, arg, &param->type->unit)
                                                          : lower_value(p, arg);
        ir_node_child(p, node, arguments[i++].node);
    }
    /* the caller enters the scope: an argument must not see the parameters of the function it is given
       to */
    return (struct ir_call_scope){e->decl->params, arguments, p->call};
}

static struct operand lower_function(struct ir_program *p, const struct expr *e)
{
    uint32_t node = ir_node(p, NODE_CALL, e->name.text, e->span);
    struct ir_call_scope scope = lower_arguments(p, e, node);
    p->call = &scope;
    struct operand body = e->type->kind == TYPE_QUANTITY ? lower_number(p, e->decl->body, &e->type->unit)
                                                         : lower_value(p, e->decl->body);
    p->call = scope.outer;
    lower_show(p, node, e->type, body.reg);
    return (struct operand){body.reg, NONE32, node};
}

/* `x in mg`: the same amount, so only the node is new where the unit is the same. */
static struct operand lower_in_unit(struct ir_program *p, const struct expr *e)
{
    uint32_t node = lower_node(p, NODE_CONVERT, e);
    struct operand a = lower_number(p, e->a, &e->unit);
    ir_node_child(p, node, a.node);
    struct type in_unit = *e->a->type;
    in_unit.unit = e->unit;
    lower_show(p, node, &in_unit, a.reg);
    return (struct operand){a.reg, NONE32, node};
}

static struct operand lower_or_else(struct ir_program *p, const struct expr *e)
{
    uint32_t node = ir_node(p, NODE_CALL, expr_sign(e), e->span);
    bool number = e->type->kind == TYPE_QUANTITY;
    struct operand a = number ? lower_number(p, e->a, &e->type->unit) : lower_value(p, e->a);
    struct operand b = number ? lower_number(p, e->b, &e->type->unit) : lower_value(p, e->b);
    ir_node_child(p, node, a.node);
    ir_node_child(p, node, b.node);
    uint32_t reg = lower_setup(p, OP_OR_ELSE, lower_kind(e->type), a.reg, b.reg, 0, e->span);
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

static struct operand lower_condition_value(struct ir_program *p, const struct expr *e);

/* Cases are one value: the walk does not vary what chooses among them. */
static struct operand lower_case(struct ir_program *p, const struct expr *e)
{
    uint32_t node = lower_node(p, NODE_CASE, e);
    struct operand condition = lower_condition_value(p, e->b);
    bool number = e->type->kind == TYPE_QUANTITY;
    struct operand a = number ? lower_number(p, e->a, &e->type->unit) : lower_value(p, e->a);
    ir_node_child(p, node, condition.node);
    ir_node_child(p, node, a.node);
    enum kind kind = lower_kind(e->type);
    uint32_t reg;
    /* the last case: that its condition holds is checked, for no case is left */
    if (e->c == NULL) {
        reg = lower_setup(p, OP_ONLY, kind, condition.reg, a.reg, 0, e->span);
    } else {
        struct operand rest = number ? lower_number(p, e->c, &e->type->unit) : lower_value(p, e->c);
        ir_node_child(p, node, rest.node);
        reg = lower_setup(p, OP_PICK, kind, condition.reg, a.reg, rest.reg, e->span);
    }
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

static struct operand lower_count_of(struct ir_program *p, const struct expr *e)
{
    uint32_t node = ir_node(p, NODE_CALL, "count of", e->span);
    uint32_t sum = NONE32;
    for (const struct expr *arg = e->args; arg; arg = arg->next) {
        struct operand a = lower_value(p, arg);
        ir_node_child(p, node, a.node);
        uint32_t one = lower_setup(p, OP_TALLY, KIND_NUM, a.reg, 0, 0, arg->span);
        sum = sum == NONE32 ? one : lower_setup(p, OP_ADD, KIND_NUM, sum, one, 0, e->span);
    }
    lower_show(p, node, e->type, sum);
    return (struct operand){sum, NONE32, node};
}

/* ---- Dates ---------------------------------------------------------------------------------------- */

static struct operand lower_date_of(struct ir_program *p, const struct expr *e, enum kind kind);

uint32_t lower_day(struct ir_program *p, const struct expr *e, uint32_t *node)
{
    if (e->kind == EXPR_DATE_OF) { /* its day alone: a time would be a range where a day is known */
        struct operand day = lower_date_of(p, e, KIND_DAY);
        *node = day.node;
        return day.reg;
    }
    if (e->type->kind == TYPE_ELEMENT) {
        struct operand element = lower_element(p, e);
        *node = element.node;
        return lower_setup(p, OP_GET_DAY, KIND_DAY, element.element, 0, 0, e->span);
    }
    struct operand o = lower_value(p, e);
    *node = o.node;
    return e->type->kind == TYPE_TIME ? lower_setup(p, OP_DAY_OF, KIND_DAY, o.reg, 0, 0, e->span) : o.reg;
}

/* Of a date the range of its day. */
uint32_t lower_time(struct ir_program *p, const struct expr *e, uint32_t *node)
{
    if (e->type->kind == TYPE_ELEMENT) {
        struct operand element = lower_element(p, e);
        *node = element.node;
        return lower_setup(p, OP_GET_TIME, KIND_TIME, element.element, 0, 0, e->span);
    }
    struct operand o = lower_value(p, e);
    *node = o.node;
    return e->type->kind == TYPE_DATE ? lower_setup(p, OP_TIME_OF, KIND_TIME, o.reg, 0, 0, e->span) : o.reg;
}

static struct operand lower_completed(struct ir_program *p, const struct expr *e)
{
    static const struct {
        const char *code;
        enum cal_unit unit;
    } units[] = {{"a", CAL_YEARS}, {"mo", CAL_MONTHS}, {"wk", CAL_WEEKS}, {"d", CAL_DAYS}};
    char code[UNIT_TEXT_MAX];
    unit_format(&e->unit, code);
    enum cal_unit unit = CAL_DAYS;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(code, units[i].code) == 0) unit = units[i].unit;
    uint32_t node = lower_node(p, NODE_CALL, e);
    uint32_t a_node, b_node;
    /* as days where one of them is only a date: an age in years does not wait for an hour */
    bool times = e->a->type->kind == TYPE_TIME && e->b->type->kind == TYPE_TIME;
    uint32_t a = times ? lower_time(p, e->a, &a_node) : lower_day(p, e->a, &a_node);
    uint32_t b = times ? lower_time(p, e->b, &b_node) : lower_day(p, e->b, &b_node);
    ir_node_child(p, node, a_node);
    ir_node_child(p, node, b_node);
    enum opcode op = times ? OP_COMPLETED_TIME : OP_COMPLETED;
    uint32_t reg = lower_setup(p, op, KIND_NUM, a, b, unit, e->span);
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

/* As a DAY or a TIME. */
static struct operand lower_date_of(struct ir_program *p, const struct expr *e, enum kind kind)
{
    const char *text = arena_printf(p->arena, "date of %s", expr_text(p->arena, e->a));
    uint32_t node = ir_node(p, NODE_FIELD, text, e->span);
    struct operand element = lower_element(p, e->a);
    ir_node_child(p, node, element.node);
    uint32_t reg =
        lower_setup(p, kind == KIND_DAY ? OP_GET_DAY : OP_GET_TIME, kind, element.element, 0, 0, e->span);
    const struct type type = {.kind = kind == KIND_DAY ? TYPE_DATE : TYPE_TIME};
    lower_show(p, node, &type, reg);
    return (struct operand){reg, NONE32, node};
}

/* `TABLE of KEY` of a parameter, or `FIELD of ELEMENT`. */
static struct operand lower_of(struct ir_program *p, const struct expr *e)
{
    uint32_t node = lower_node(p, NODE_FIELD, e);
    uint32_t reg;
    if (e->field == NULL) {
        struct operand key = lower_value(p, e->a);
        uint32_t table = lower_param_index(p, e->decl);
        ir_node_child(p, node, key.node);
        ir_node_at(p, node)->kind = NODE_PARAM;
        ir_node_at(p, node)->ref = table;
        reg = lower_setup(p, OP_TABLE, lower_kind(e->type), table, key.reg, 0, e->span);
    } else {
        struct operand element = lower_element(p, e->a);
        ir_node_child(p, node, element.node);
        bool series = lower_list(lower_strip(e->a))->type->kind == TYPE_SERIES;
        uint32_t field = (uint32_t)e->field->index + series;
        ir_node_at(p, node)->ref = field;
        reg = lower_setup(p, OP_GET, lower_kind(e->type), element.element, field, 0, e->span);
    }
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

/* The whole-rule amount of a dose summed over its days. */
static struct operand lower_total(struct ir_program *p, const struct expr *e)
{
    uint32_t rule = lower_rule_index(p, e->decl);
    return show_leaf(p, e, NODE_RESULT, rule, lower_setup(p, OP_LOAD_TOTAL, KIND_NUM, rule, 0, 0, e->span));
}

/* The machine writes it before the first rule; there is one for the program. */
uint32_t lower_now_reg(struct ir_program *p, struct span span)
{
    if (p->now == NONE32) p->now = ir_reg(p, KIND_TIME, span);
    return p->now;
}

static struct operand lower_state_for(struct ir_program *p, const struct expr *e)
{
    uint32_t rule = lower_rule_index(p, e->decl);
    bool day = e->b->type->kind == TYPE_DATE;
    uint32_t at = lower_value(p, e->b).reg;
    return show_leaf(p, e, NODE_RESULT, rule,
                     lower_setup(p, day ? OP_STATE_ON : OP_STATE_AT, KIND_ENUM, rule, at, 0, e->span));
}

static struct operand lower_now(struct ir_program *p, const struct expr *e)
{
    return show_leaf(p, e, NODE_LITERAL, NONE32, lower_now_reg(p, e->span));
}

/* A condition inside a value: nothing of it is varied by the walk. */
static struct operand lower_condition_value(struct ir_program *p, const struct expr *e)
{
    enum ir_stream outer = p->stream;
    p->stream = p->setup;
    struct operand o = lower_condition(p, e);
    p->stream = outer;
    return o;
}

struct operand lower_value(struct ir_program *p, const struct expr *e)
{
    switch (e->kind) {
    case EXPR_NUMBER:
    case EXPR_DATE: return show_leaf(p, e, NODE_LITERAL, NONE32, lower_constant(p, e, e->type));
    case EXPR_NOW: return lower_now(p, e);
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL:
    case EXPR_DIV: return lower_arithmetic(p, e);
    case EXPR_NEGATE: return lower_negate(p, e);
    case EXPR_CALL: return e->decl ? lower_function(p, e) : lower_builtin(p, e);
    case EXPR_IN_UNIT: return lower_in_unit(p, e);
    case EXPR_OR_ELSE: return lower_or_else(p, e);
    case EXPR_CASE: return lower_case(p, e);
    case EXPR_COUNT_OF: return lower_count_of(p, e);
    case EXPR_COMPLETED: return lower_completed(p, e);
    case EXPR_DATE_OF: return lower_date_of(p, e, lower_kind(e->type));
    case EXPR_OF: return lower_of(p, e);
    case EXPR_TOTAL_OF: return lower_total(p, e);
    case EXPR_STATE_FOR: return lower_state_for(p, e);
    case EXPR_ON_DAY:
    case EXPR_ON_DATE: return lower_on(p, e);
    case EXPR_PHASE_START:
    case EXPR_PHASE_END:
    case EXPR_PHASE_NUMBER:
    case EXPR_PHASE_DAY: return lower_phase_part(p, e);
    case EXPR_AS: return lower_value(p, e->a);
    case EXPR_SELECT: return lower_select(p, e);
    case EXPR_NAME: return lower_name(p, e);
    default: return lower_condition_value(p, e);
    }
}
