/* What looks at all rules, what values come from beside the record, and what an unknown result waits for. */
#include "tests/unit/dose_builder.h"

/* ---- Two doses of one drug ------------------------------------------------------------------------ */

struct pair {
    struct build b;
    uint32_t first, second, flag;
    struct eval_context *context;
};

/* Two doses; the second is withheld, or asked for, where the flag says so. */
static struct pair *pair_new(const char *one, const char *unit, const char *other, const char *other_unit,
                             enum row_type by_flag)
{
    struct pair *p = calloc(1, sizeof *p);
    struct build *b = &p->b;
    const char *const amounts[] = {one, other}, *const units[] = {unit, other_unit};
    build_start(b);
    uint32_t drug = build_text(b, "drug");
    p->flag = build_input(b, KIND_BOOL, "flag");
    for (int k = 0; k < 2; k++) {
        struct image_rule *rule = build_rule(b, RULE_DOSE, 0);
        rule->drug = drug;
        rule->unit = build_text(b, units[k]);
        if (k == 1 && strcmp(unit, other_unit) == 0) rule->unit = b->rules[0].unit;
        build_part(b, PART_SETUP);
        uint32_t flag = build_load(b, p->flag), reg = build_number(b, amounts[k]);
        struct image_row *row = build_row(b, ROWTYPE_AMOUNT);
        row->steps = (struct run){b->image.STEPS_count, 1};
        b->steps[b->image.STEPS_count++] = (struct image_step){.lo = reg, .hi = reg};
        if (k == 1) build_row(b, by_flag)->condition = build_holds(b, flag);
        *(k ? &p->second : &p->first) = build_rule_end(b);
    }
    p->context = eval_new(&b->image);
    return p;
}

static void assert_pair(struct pair *p, const char *flag, const char *first, const char *second)
{
    give_words(&p->b, p->flag, flag);
    eval_run(p->context, &p->b.record);
    const struct rule_result *a = eval_result(p->context, p->first), *b = eval_result(p->context, p->second);
    assert_said(a, first);
    assert_said(b, second);
    bool conflict = a->outcome == OUTCOME_CONFLICT;
    assert_int_equal(a->conflict_with, conflict ? p->second : NONE32);
    assert_int_equal(b->conflict_with, conflict ? p->first : NONE32);
}

static void pair_free(struct pair *p)
{
    eval_free(p->context);
    free(p);
}

static void test_one_drug(void **state)
{
    (void)state;
    struct pair *p = pair_new("5", "mg", "5", "mg", ROWTYPE_WITHHOLD);
    assert_pair(p, "no", "give", "give");
    assert_pair(p, "yes", "conflict", "conflict");                      /* one gives, the other withholds */
    assert_int_equal(eval_result(p->context, p->first)->step_count, 1); /* what it would be */
    pair_free(p);
    p = pair_new("5", "mg", "6", "mg", ROWTYPE_WITHHOLD);
    assert_pair(p, "no", "conflict", "conflict");
    pair_free(p);
    p = pair_new("5", "mg", "5", "mg", ROWTYPE_ASK);
    assert_pair(p, "yes", "conflict", "conflict");
    pair_free(p);
    p = pair_new("5", "mg", "5000", "ug", ROWTYPE_WITHHOLD);
    assert_pair(p, "no", "give", "give"); /* one amount in two units */
    pair_free(p);
    p = pair_new("5", "mg", "5", "ug", ROWTYPE_WITHHOLD);
    assert_pair(p, "no", "conflict", "conflict");
    pair_free(p);
    p = pair_new("5", "mg", "5", "mg/d", ROWTYPE_WITHHOLD);
    assert_pair(p, "no", "conflict", "conflict"); /* an amount and a rate */
    pair_free(p);
}

static void test_one_drug_undecided(void **state)
{
    (void)state;
    struct pair *p = pair_new("5", "mg", "6", "mg", ROWTYPE_WITHHOLD);
    take_away(&p->b, p->flag, "?");
    eval_run(p->context, &p->b.record);
    assert_said(eval_result(p->context, p->first), "give"); /* nothing to disagree with yet */
    assert_said(eval_result(p->context, p->second), "unknown {give,withhold}");
    p->b.rules[1].drug = 0;
    assert_pair(p, "no", "give", "give"); /* another drug */
    pair_free(p);
}

/* ---- Guarantees ----------------------------------------------------------------------------------- */

/* A dose of 5, and two guarantees about it: 5 <= limit, and that it is decided. */
static struct dose *guaranteed(const char *limit)
{
    struct dose *d = dose_new();
    struct build *b = &d->b;
    int withhold = dose_flag(d);
    dose_row(d, ROWTYPE_WITHHOLD, withhold);
    dose_amount_of(d, ALWAYS, "5");
    dose_end(d);
    const struct build_list names = {{0}, 1};
    for (int k = 0; k < 2; k++) {
        struct image_rule *rule = build_rule(b, RULE_GUARANTEE, 0);
        build_part(b, PART_SETUP);
        uint32_t amount = build_op(b, OP_LOAD_RESULT, 0, 0, 0);
        rule->names = build_indexes(b, &names);
        rule->condition = k ? build_op(b, OP_IS_OUTCOME, 0, OUTCOME_DECIDED, 0)
                            : build_op(b, OP_LE, amount, build_number(b, limit), NONE16);
        build_rule_end(b);
    }
    return d;
}

static void test_guarantees(void **state)
{
    (void)state;
    struct dose *d = guaranteed("5");
    assert_dose(d, "n", "give 5");
    assert_said(eval_result(d->context, 1), "decided 1");
    assert_dose(d, "y", "withhold");
    assert_said(eval_result(d->context, 1), "unknown {}");
    assert_said(eval_result(d->context, 2), "decided 1");
    dose_free(d);
    d = guaranteed("4.999");
    assert_dose(d, "n", "fault, would be 5");
    const struct rule_result *r = eval_result(d->context, 0);
    assert_int_equal(r->fault, FAULT_GUARANTEE);
    assert_int_equal(r->fault_rule, 1);
    assert_int_equal(r->action, ACTION_NONE);
    assert_said(eval_result(d->context, 1), "decided 0");
    assert_said(eval_result(d->context, 2), "decided 1"); /* reads nothing of the mark */
    dose_free(d);
    d = guaranteed("4.999");
    give_words(&d->b, d->flags[0], "!");
    assert_dose(d, "", "fault, would be 5");
    assert_int_equal(eval_result(d->context, 0)->fault, FAULT_OVERFLOW); /* its own fault stays */
    assert_said(eval_result(d->context, 1), "fault");
    assert_int_equal(eval_result(d->context, 1)->fault_rule, 0);
    dose_free(d);
}

/* ---- Expectations --------------------------------------------------------------------------------- */

/* A classification of x and y; another that reads it; expectations about the second. */
struct expected {
    struct build b;
    uint32_t x, y, last;
    struct eval_context *context;
};

static struct expected *expected_new(const char *const *reasons, uint32_t count)
{
    struct expected *e = calloc(1, sizeof *e);
    struct build *b = &e->b;
    build_start(b);
    e->x = build_input(b, KIND_NUM, "x");
    e->y = build_input(b, KIND_NUM, "y");
    uint32_t list = build_enum(b, 2, false);
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT)->enumeration = list;
    build_part(b, PART_SETUP);
    uint32_t x = build_load(b, e->x), y = build_load(b, e->y);
    struct image_row *row = build_value_row(b, 0);
    row->condition = build_and(b, build_below(b, x, "5"), build_below(b, y, "5"));
    build_rule_end(b);
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t result = build_subject(b, build_op(b, OP_LOAD_RESULT, 0, 0, 0), KIND_ENUM, READ_RULE, 0);
    b->rule_subjects[result].s.rule = 0;
    b->rule_subjects[result].s.enumeration = list;
    row = build_value_row(b, 0);
    row->condition = build_is(b, result, 0);
    build_rule_end(b);
    struct image_rule *rule = build_rule(b, RULE_EXPECT, 0);
    struct build_list names = {{0}, 0};
    for (uint32_t k = 0; k < count; k++)
        list_add(&names, build_text(b, reasons[k]));
    rule->reasons = build_indexes(b, &names);
    rule->question = QUESTION_UNKNOWN;
    rule->asked = 1;
    e->last = build_rule_end(b);
    e->context = eval_new(&b->image);
    return e;
}

static void assert_expected(const char *reason, const char *other, const char *x, const char *y, int member)
{
    const char *const reasons[] = {reason, other};
    struct expected *e = expected_new(reasons, (reason != NULL) + (other != NULL));
    if (x) give_words(&e->b, e->x, x);
    if (y) give_words(&e->b, e->y, y);
    eval_run(e->context, &e->b.record);
    assert_int_equal(eval_result(e->context, e->last)->outcome, OUTCOME_DECIDED);
    assert_int_equal(eval_result(e->context, e->last)->member, member);
    eval_free(e->context);
    free(e);
}

/* The reasons are those of the rules that were read, too. */
static void test_unknown_because(void **state)
{
    (void)state;
    assert_expected(NULL, NULL, NULL, NULL, 1);
    assert_expected(NULL, NULL, "3", "3", 0);  /* decided */
    assert_expected(NULL, NULL, "7", NULL, 1); /* a rule that is not covered has no value to read */
    assert_expected("x", "y", NULL, NULL, 1);
    assert_expected("y", "x", NULL, NULL, 1);
    assert_expected("x", NULL, NULL, NULL, 0); /* y is missing too */
    assert_expected("x", NULL, NULL, "3", 1);
    assert_expected("x", "y", NULL, "3", 0); /* y is not */
    assert_expected("z", NULL, NULL, "3", 0);
}

static void test_expectation(void **state)
{
    (void)state;
    static const char *const words[] = {"yes", "no", "?", "!"};
    static const char *const said[] = {"decided 1", "decided 0", "unknown {}", "fault"};
    struct build *b = calloc(1, sizeof *b);
    build_start(b);
    uint32_t input = build_input(b, KIND_BOOL, "flag");
    struct image_rule *rule = build_rule(b, RULE_EXPECT, 0);
    build_part(b, PART_SETUP);
    rule->condition = build_op(b, OP_LOAD_INPUT, input, 0, 0);
    build_rule_end(b);
    struct eval_context *context = eval_new(&b->image);
    for (int k = 0; k < 4; k++) {
        give_words(b, input, words[k]);
        eval_run(context, &b->record);
        assert_said(eval_result(context, 0), said[k]);
    }
    eval_free(context);
    free(b);
}

/* ---- Parameters ----------------------------------------------------------------------------------- */

static const struct value *run_and_read(struct eval_context *context, struct build *b, uint32_t reg)
{
    eval_run(context, &b->record);
    return eval_register(context, reg);
}

static void test_parameters(void **state)
{
    (void)state;
    struct build *b = calloc(1, sizeof *b);
    char said[INTERVAL_WORDS];
    build_start(b);
    uint32_t unset = build_param(b, "unset"), set = build_param(b, "set"), off = build_param(b, "off");
    build_setting(b, set, "2.5");
    build_setting(b, off, "none");
    build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_SETUP);
    uint32_t regs[3], sum, known, either;
    for (uint32_t k = 0; k < 3; k++)
        regs[k] = build_op(b, OP_LOAD_PARAM, k, 0, 0);
    sum = build_op(b, OP_ADD, regs[unset], regs[off], 0);
    known = build_op(b, OP_KNOWN, regs[off], 0, 0);
    either = build_op(b, OP_OR_ELSE, regs[unset], regs[set], 0);
    build_rule_end(b);
    struct eval_context *context = eval_new(&b->image);
    assert_string_equal(say_interval(run_and_read(context, b, regs[unset]), said), "?");
    assert_string_equal(say_interval(run_and_read(context, b, regs[set]), said), "2.5");
    assert_string_equal(say_interval(run_and_read(context, b, regs[off]), said), "off");
    assert_string_equal(say_interval(run_and_read(context, b, sum), said),
                        "off"); /* what it would limit is off */
    assert_string_equal(say_truth(run_and_read(context, b, known)), "no");
    assert_string_equal(say_interval(run_and_read(context, b, either), said), "2.5");
    assert_false(eval_parameter_set(context, unset));
    assert_true(eval_parameter_set(context, off));
    context->parameters[set].value = val("3");
    context->parameters[unset] = (struct parameter){.set = true, .value = val("4")};
    assert_string_equal(say_interval(run_and_read(context, b, either), said), "4");
    eval_reset_parameters(context);
    assert_string_equal(say_interval(run_and_read(context, b, either), said), "2.5");
    eval_free(context);
    free(b);
}

static void test_tables(void **state)
{
    (void)state;
    struct build *b = calloc(1, sizeof *b);
    char said[INTERVAL_WORDS];
    build_start(b);
    uint32_t before = build_param(b, "before"), table = build_param(b, "table");
    uint32_t keys = build_enum(b, 3, true), key = build_input(b, KIND_ENUM, "key");
    b->params[before].key = b->params[table].key = keys;
    build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_SETUP);
    uint32_t reg = build_op(b, OP_LOAD_INPUT, key, 0, 0);
    uint32_t found = build_op(b, OP_TABLE, table, reg, 0), unset = build_op(b, OP_TABLE, before, reg, 0);
    build_rule_end(b);
    struct eval_context *context = eval_new(&b->image);
    context->parameters[table].set = true;
    context->cells[context->parameters[table].cells.first + 1] = val("7");
    assert_string_equal(say_interval(run_and_read(context, b, found), said), "?"); /* the key is unknown */
    static const char *const expected[] = {"?", "7", "?", "?"};                    /* `other` has no entry */
    for (int32_t code = 0; code < 4; code++) {
        give(b, key, value_code(code));
        assert_string_equal(say_interval(run_and_read(context, b, found), said), expected[code]);
        assert_string_equal(say_interval(run_and_read(context, b, unset), said), "?");
    }
    give_words(b, key, "!");
    assert_string_equal(say_interval(run_and_read(context, b, found), said), "!");
    eval_free(context);
    free(b);
}

/* ---- Values of the record ------------------------------------------------------------------------- */

static void test_known_and_or_else(void **state)
{
    (void)state;
    static const struct {
        const char *words, *known, *either;
    } rows[] = {
        {"5", "yes", "5"}, {"[1,2)", "yes", "[1,2)"}, {"?[0,9]", "no", "3"},
        {"?", "no", "3"},  {"!", "no", "!"}, /* a fault stays one */
    };
    struct build *b = calloc(1, sizeof *b);
    char said[INTERVAL_WORDS];
    build_start(b);
    uint32_t input = build_input(b, KIND_NUM, "x"), list = build_events(b, "list", 1);
    build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_SETUP);
    uint32_t reg = build_op(b, OP_LOAD_INPUT, input, 0, 0), known = build_op(b, OP_KNOWN, reg, 0, 0);
    uint32_t either = build_op(b, OP_OR_ELSE, reg, build_number(b, "3"), 0);
    uint32_t given = build_op(b, OP_KNOWN_LIST, list, 0, 0);
    uint32_t implied = build_op(b, OP_IMPLIES, given, known, 0);
    build_rule_end(b);
    struct eval_context *context = eval_new(&b->image);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        give_words(b, input, rows[k].words);
        assert_string_equal(say_truth(run_and_read(context, b, known)), rows[k].known);
        assert_string_equal(say_interval(run_and_read(context, b, either), said), rows[k].either);
    }
    assert_string_equal(say_truth(run_and_read(context, b, given)), "no");
    assert_string_equal(say_truth(run_and_read(context, b, implied)), "yes");
    give_list(b, list);
    assert_string_equal(say_truth(run_and_read(context, b, given)), "yes");
    assert_string_equal(say_truth(run_and_read(context, b, implied)), "no");
    eval_free(context);
    free(b);
}

/* Cases of a definition: which one stays open with its condition, and none left is a fault. */
static void test_cases(void **state)
{
    (void)state;
    static const char *const words[] = {"yes", "no", "?", "!"};
    static const char *const picked[] = {"5", "7", "?", "!"}, *const only[] = {"5", "!", "?", "!"};
    struct build *b = calloc(1, sizeof *b);
    char said[INTERVAL_WORDS];
    build_start(b);
    uint32_t input = build_input(b, KIND_BOOL, "flag");
    build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_SETUP);
    uint32_t flag = build_op(b, OP_LOAD_INPUT, input, 0, 0), five = build_number(b, "5");
    uint32_t one = build_op(b, OP_PICK, flag, five, build_number(b, "7")),
             last = build_op(b, OP_ONLY, flag, five, 0);
    build_rule_end(b);
    struct eval_context *context = eval_new(&b->image);
    for (int k = 0; k < 4; k++) {
        give_words(b, input, words[k]);
        assert_string_equal(say_interval(run_and_read(context, b, one), said), picked[k]);
        assert_string_equal(say_interval(run_and_read(context, b, last), said), only[k]);
    }
    give_words(b, input, "no");
    assert_int_equal(run_and_read(context, b, last)->fault, FAULT_NO_CASE);
    eval_free(context);
    free(b);
}

static void test_now(void **state)
{
    (void)state;
    struct build *b = calloc(1, sizeof *b);
    build_start(b);
    b->program.now = build_register(b);
    struct eval_context *context = eval_new(&b->image);
    uint8_t kind;
    b->record.now = moment_of_text("2026-02-01T10:00", &kind);
    assert_int_equal(run_and_read(context, b, b->program.now)->t.lo, b->record.now.t.lo);
    eval_free(context);
    free(b);
}

/* ---- What is missing ------------------------------------------------------------------------------ */

/* A row that compares the latest value of a list, and x. */
struct waiting {
    struct build b;
    uint32_t list, x;
    struct eval_context *context;
};

static struct waiting *waiting_new(void)
{
    struct waiting *w = calloc(1, sizeof *w);
    struct build *b = &w->b;
    build_start(b);
    w->list = build_events(b, "list", 1);
    w->x = build_input(b, KIND_NUM, "x");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    b->image.FOLDS_count = 1;
    b->folds[0] = (struct image_fold){.list = w->list,
                                      .selector = FOLD_LATEST,
                                      .lo = NONE32,
                                      .hi = NONE32,
                                      .where = NONE32,
                                      .claim = NONE32,
                                      .result = NONE32,
                                      .next = NONE32,
                                      .outer = NONE32};
    b->folds[0].begin = b->image.CODE_count;
    build_insn(b, OP_FOLD, 0, 0, 0, 0);
    b->folds[0].end = b->image.CODE_count;
    build_insn(b, OP_END_FOLD, 0, 0, 0, 0);
    uint32_t element = b->folds[0].element = build_register(b);
    uint32_t value = build_op(b, OP_GET, element, 0, 0), x = build_op(b, OP_LOAD_INPUT, w->x, 0, 0);
    uint32_t sum = build_op(b, OP_ADD, value, x, 0);
    b->nodes[0] = (struct image_node){
        .kind = NODE_ARITHMETIC, .reg = sum, .element = NONE32, .child = 1, .next = NONE32};
    b->nodes[1] = (struct image_node){.kind = NODE_SELECT,
                                      .reg = value,
                                      .element = element,
                                      .ref = w->list,
                                      .child = NONE32,
                                      .next = 2,
                                      .again = NONE32};
    b->nodes[2] = (struct image_node){
        .kind = NODE_INPUT, .reg = x, .element = NONE32, .ref = w->x, .child = NONE32, .next = NONE32};
    b->image.NODES_count = 3;
    uint32_t subject = build_subject(b, sum, KIND_NUM, READ_INPUT, w->list);
    list_add(&b->rule_subjects[subject].reads, read_input(w->x));
    b->rule_subjects[subject].s.node = 0;
    build_value_row(b, 0)->condition = build_below(b, subject, "5");
    build_rule_end(b);
    w->context = eval_new(&b->image);
    return w;
}

static void assert_waits(struct waiting *w, bool for_list, bool for_x)
{
    uint32_t reads[2], count = 0;
    if (for_list) reads[count++] = read_input(w->list);
    if (for_x) reads[count++] = read_input(w->x);
    eval_run(w->context, &w->b.record);
    assert_said(eval_result(w->context, 0), "unknown {0,not covered}");
    assert_missing(w->context, eval_result(w->context, 0), count, reads);
}

static void test_missing_lists(void **state)
{
    (void)state;
    struct waiting *w = waiting_new();
    assert_waits(w, true, true);
    give_words(&w->b, w->x, "1");
    assert_waits(w, true, false); /* the list is not given */
    give_list(&w->b, w->list);
    assert_waits(w, true, false); /* and now it is empty */
    give_element(&w->b, w->list, "2026-01", "1");
    give_element(&w->b, w->list, "2026-01-10", "9");
    assert_waits(w, true, false); /* which of them is the latest is open */
    take_away(&w->b, w->x, "?");
    assert_waits(w, true, true); /* both are waited for */
    w->b.element_count = 0;
    give_list(&w->b, w->list);
    give_element(&w->b, w->list, "2026-01-10", "?");
    assert_waits(w, true, true); /* what was selected has no value */
    give_words(&w->b, w->x, "[1,2]");
    w->b.element_count = 0;
    give_list(&w->b, w->list);
    give_element(&w->b, w->list, "2026-01-10", "3.5");
    assert_waits(w, false, true); /* known, but only as a range */
    eval_free(w->context);
    free(w);
}

/* `negative` without its limit waits for the record's number and for the limit. */
static void test_missing_limit_of_negative(void **state)
{
    (void)state;
    struct build *b = calloc(1, sizeof *b);
    build_start(b);
    uint32_t mrd = build_input(b, KIND_NUM, "mrd"), limit = build_param(b, "limit");
    b->inputs[mrd].negative_below = limit;
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t subject = build_load(b, mrd);
    build_value_row(b, 0)->condition = build_below(b, subject, "0.0005");
    build_rule_end(b);
    struct eval_context *context = eval_new(&b->image);
    struct value said = val("?[0,1]");
    said.flags |= VALUE_NEGATIVE;
    give(b, mrd, said);
    eval_run(context, &b->record);
    const uint32_t both[] = {read_input(mrd), read_param(limit)};
    assert_missing(context, eval_result(context, 0), 2, both);
    said = val("[0,0.001)");
    said.flags |= VALUE_NEGATIVE;
    give(b, mrd, said);
    eval_run(context, &b->record);
    assert_missing(context, eval_result(context, 0), 1, both);
    eval_free(context);
    free(b);
}

/* A tree that names more than its subject reads is cut short: the list has room for no more. */
static void test_missing_has_room(void **state)
{
    (void)state;
    enum { NAMED = 9 };
    struct build *b = calloc(1, sizeof *b);
    uint32_t inputs[NAMED];
    build_start(b);
    for (int k = 0; k < NAMED; k++)
        inputs[k] = build_input(b, KIND_NUM, "x");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t subject = build_load(b, inputs[0]);
    b->rule_subjects[subject].s.node = 0;
    b->image.NODES_count = NAMED + 1;
    b->nodes[0] = (struct image_node){
        .kind = NODE_ARITHMETIC, .reg = NONE32, .element = NONE32, .child = 1, .next = NONE32};
    for (uint32_t k = 1; k <= NAMED; k++)
        b->nodes[k] = (struct image_node){.kind = NODE_INPUT,
                                          .reg = NONE32,
                                          .element = NONE32,
                                          .ref = inputs[k - 1],
                                          .child = NONE32,
                                          .next = k < NAMED ? k + 1 : NONE32};
    build_value_row(b, 0)->condition = build_below(b, subject, "5");
    build_rule_end(b);
    struct eval_context *context = eval_new(&b->image);
    eval_run(context, &b->record);
    assert_said(eval_result(context, 0), "unknown {0,not covered}");
    assert_int_equal(eval_result(context, 0)->missing.count,
                     4); /* one read and the limit of its `negative`, twice */
    eval_free(context);
    free(b);
}

/* eval_missing_of: for a row that was not checked, and for anything else that has reads. */
static void test_missing_of_reads(void **state)
{
    (void)state;
    struct build *b = calloc(1, sizeof *b);
    uint32_t out[4];
    build_start(b);
    uint32_t x = build_input(b, KIND_NUM, "x"), list = build_events(b, "list", 1),
             param = build_param(b, "p");
    const struct build_list reads = {{read_input(x), read_input(list), read_param(param)}, 3};
    struct run run = build_indexes(b, &reads);
    struct eval_context *context = eval_new(&b->image);
    eval_run(context, &b->record);
    assert_int_equal(eval_missing_of(context, run, out), 3);
    give_words(b, x, "5");
    context->parameters[param] = (struct parameter){.set = true, .value = val("off")};
    give_list(b, list);
    give_element(b, list, "2026-01-10", "3");
    assert_int_equal(eval_missing_of(context, run, out), 1); /* nothing is missing: then the lists */
    assert_int_equal(out[0], read_input(list));
    give_words(b, x, "[5,6]");
    assert_int_equal(eval_missing_of(context, run, out), 1);
    assert_int_equal(out[0], read_input(x));
    eval_free(context);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_drug),
        cmocka_unit_test(test_one_drug_undecided),
        cmocka_unit_test(test_guarantees),
        cmocka_unit_test(test_unknown_because),
        cmocka_unit_test(test_expectation),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_known_and_or_else),
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_now),
        cmocka_unit_test(test_missing_lists),
        cmocka_unit_test(test_missing_limit_of_negative),
        cmocka_unit_test(test_missing_has_room),
        cmocka_unit_test(test_missing_of_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
