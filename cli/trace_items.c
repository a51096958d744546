#include "cli/trace_items.h"

#include <stdlib.h>
#include <string.h>

#include "cli/trace_limits.h"
#include "cli/trace_certain.h"
#include "runtime/fact.h"
#include "runtime/opcode.h"
#include "runtime/test_run.h"

bool trace_list_has(const struct trace_list *list, size_t number)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == number) return true;
    return false;
}

void trace_list_add(struct arena *arena, struct trace_list *list, size_t number)
{
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 4;
        size_t *larger = arena_alloc(arena, list->room * sizeof *larger);
        if (list->count) memcpy(larger, list->items, list->count * sizeof *larger);
        list->items = larger;
    }
    list->items[list->count++] = number;
}

/* ---- Where a row stands ----------------------------------------------------------------------------- */

struct regimen_place span_place(const struct image *image, const struct image_span *span)
{
    if (span->file >= image->FILES_count) return (struct regimen_place){"", 0};
    return (struct regimen_place){image_aside(image, image->FILES[span->file]), span->line};
}

/* The end of the first stretch of a rule's code has the position of the rule. */
static struct regimen_place rule_place(const struct image *image, const struct image_rule *rule)
{
    uint32_t pc = rule->applies_setup;
    while (image->CODE[pc].op != OP_END)
        pc++;
    return span_place(image, &image->SPANS[pc]);
}

/* That of its condition, else of what it gives, else of its rule. */
static struct regimen_place row_place(const struct image *image, const struct image_rule *rule,
                                      const struct image_row *row)
{
    uint32_t node = row->node != NONE32 ? row->node : row->value_node;
    if (node == NONE32 && row->steps.count) node = image->STEPS[row->steps.first].lo_node;
    return node != NONE32 ? span_place(image, &image->NODE_SPANS[node]) : rule_place(image, rule);
}

/* ---- Items ------------------------------------------------------------------------------------------ */

struct gathering {
    struct trace *trace;
    trace_link *link;
    const struct image *image;
    struct result_view view; /* for the words of rows; of no record */
    struct certainty certainty;
};

static struct trace_item *item_new(struct gathering *g, enum trace_kind kind, const char *of,
                                   const char *name, struct regimen_place place)
{
    struct trace_item *item = &g->trace->items[g->trace->item_count++];
    *item = (struct trace_item){
        .kind = kind, .of = of, .name = name, .gives = "", .condition = "", .place = place};
    return item;
}

static void link_run(struct gathering *g, struct run ids)
{
    for (uint32_t i = ids.first; i < ids.first + ids.count; i++)
        g->link(g->trace, g->trace->item_count - 1, image_text(g->image, g->image->INDEXES[i]));
}

static const char *kept(struct gathering *g, struct buffer *words)
{
    const char *copy = arena_copy(g->trace->arena, buffer_text(words), words->length);
    if (words->failed) arena_exhausted();
    buffer_free(words);
    return copy;
}

static bool reads_record(const struct image *image, struct run reads)
{
    for (uint32_t i = reads.first; i < reads.first + reads.count; i++)
        if (read_kind_of(image->INDEXES[i]) == READ_INPUT) return true;
    return false;
}

/* Whether a row gives an amount that is made from what the record says. */
static bool computes(const struct image *image, const struct image_row *row)
{
    bool changes = row->type == ROWTYPE_CHOOSE || row->type == ROWTYPE_LEAST || row->type == ROWTYPE_MOST;
    bool record = changes && reads_record(image, row->value_reads);
    for (uint32_t i = row->steps.first; i < row->steps.first + row->steps.count; i++)
        record |= reads_record(image, image->STEPS[i].reads);
    return record;
}

static void add_row(struct gathering *g, uint32_t rule, uint32_t index)
{
    const struct image_rule *r = &g->image->RULES[rule];
    const struct image_row *row = &g->image->ROWS[index];
    struct trace_item *item = item_new(g, ITEM_ROW, rule_kind_word(r->kind), image_text(g->image, row->id),
                                       row_place(g->image, r, row));
    struct buffer gives = {0}, condition = {0};
    row_words(&g->view, rule, row, &gives);
    if (row->node != NONE32) node_words(&g->view, row->node, &condition);
    if (row->otherwise) buffer_put(&gives, " otherwise");
    item->gives = kept(g, &gives);
    if (row->type == ROWTYPE_TOO_EARLY || row->type == ROWTYPE_TOO_LATE) /* its condition has the rest */
        item->gives = arena_copy(g->trace->arena, item->gives, strcspn(item->gives, ","));
    item->condition = kept(g, &condition);
    item->conditional = row->node != NONE32;
    item->certain = row->condition == NONE32 || is_certain(&g->certainty, r, row->condition);
    item->row = index;
    item->rule = rule;
    item->computes = computes(g->image, row);
    item->untraced = untraced_of(&g->view, rule, index);
    link_run(g, view_traces(&g->view, rule, index));
}

/* That an alert is not raised where nothing raises it is a row that nobody has written. */
static bool is_written(const struct image_rule *rule, const struct image_row *row)
{
    return rule->kind != RULE_ALERT || !row->otherwise;
}

/* The ids of a header stand for the rows that have none of their own; where there are none, for the rule. */
static void add_rule(struct gathering *g, uint32_t rule)
{
    const struct image_rule *r = &g->image->RULES[rule];
    bool inherited = false;
    for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count; row++)
        inherited |= is_written(r, &g->image->ROWS[row]) && g->image->ROWS[row].traces.count == 0;
    if (r->traces.count && !inherited) {
        item_new(g, ITEM_RULE, rule_kind_word(r->kind), image_text(g->image, r->name),
                 rule_place(g->image, r))
            ->rule = rule;
        link_run(g, r->traces);
    }
    for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count; row++)
        if (is_written(r, &g->image->ROWS[row])) add_row(g, rule, row);
}

static void add_guarantee(struct gathering *g, uint32_t rule)
{
    const struct image_rule *r = &g->image->RULES[rule];
    item_new(g, ITEM_GUARANTEE, rule_kind_word(r->kind), image_text(g->image, r->label),
             rule_place(g->image, r))
        ->rule = rule;
    link_run(g, r->traces);
}

static bool same_declaration(const struct regimen_traced *a, const struct regimen_traced *b)
{
    return a->name == b->name && a->place.file == b->place.file && a->place.line == b->place.line;
}

/* The ids of one declaration stand one after the other. */
static void add_stated(struct gathering *g, struct regimen_compiler *compiler)
{
    size_t count;
    const struct regimen_traced *traced = regimen_compiler_traced(compiler, &count);
    for (size_t i = 0; i < count; i++) {
        enum trace_kind kind = traced[i].proven ? ITEM_PROVEN : ITEM_STATED;
        if (i == 0 || !same_declaration(&traced[i - 1], &traced[i]))
            item_new(g, kind, traced[i].kind, traced[i].name, traced[i].place);
        g->link(g->trace, g->trace->item_count - 1, traced[i].id);
    }
}

static void add_all(struct gathering *g, const struct regimen_program *program)
{
    for (uint32_t i = 0; i < program->order_count; i++)
        if (g->image->RULES[program->order[i]].kind == RULE_GUARANTEE)
            add_guarantee(g, program->order[i]);
        else
            add_rule(g, program->order[i]);
}

static uint32_t *writers_of_registers(struct arena *arena, const struct image *image)
{
    size_t count = image->PROGRAM->register_count;
    uint32_t *writers = arena_alloc(arena, (count + 1) * sizeof *writers);
    for (size_t reg = 0; reg < count; reg++)
        writers[reg] = NONE32;
    for (uint32_t pc = 0; pc < image->CODE_count; pc++)
        if (OPCODES[image->CODE[pc].op].operands[0] != OPERAND_NONE) writers[image->CODE[pc].d] = pc;
    return writers;
}

bool trace_items(struct trace *trace, struct regimen_compiler *compiler,
                 const struct regimen_program *program, trace_link *link)
{
    struct regimen_evaluator *evaluator;
    if (regimen_evaluator_new(program, &evaluator, NULL) != REGIMEN_OK) return false;
    trace->writers = writers_of_registers(trace->arena, &program->image);
    struct gathering g = {trace, link, &program->image, api_view(evaluator),
                          certainty_new(trace->arena, &program->image, trace->writers)};
    size_t stated;
    regimen_compiler_traced(compiler, &stated);
    size_t most = (size_t)program->image.ROWS_count + program->image.RULES_count + stated;
    trace->items = arena_alloc(trace->arena, (most + 1) * sizeof *trace->items);
    add_all(&g, program);
    add_stated(&g, compiler);
    limits_gather(trace, &g.view);
    regimen_evaluator_free(evaluator);
    return true;
}

/* ---- Tests ------------------------------------------------------------------------------------------ */

/* What the test in hand expects something of. */
enum { EXPECTS_NOTHING, EXPECTS_READER, EXPECTS_RULE };

struct testing {
    struct trace *trace;
    const struct image *image;
    const struct test_runner *runner;
    size_t test;
    uint8_t *expects; /* one a rule, enum above */
};

static void note_reads(struct testing *t, struct run reads)
{
    for (uint32_t i = reads.first; i < reads.first + reads.count; i++) {
        uint32_t read = t->image->INDEXES[i];
        if (read_kind_of(read) == READ_RULE && !t->expects[read_index_of(read)])
            t->expects[read_index_of(read)] = EXPECTS_READER;
    }
}

/* The rules that a rule reads, in its conditions and in what its rows give. */
static void note_read_by(struct testing *t, const struct image_rule *rule)
{
    for (uint32_t i = rule->subjects.first; i < rule->subjects.first + rule->subjects.count; i++)
        note_reads(t, t->image->SUBJECTS[i].reads);
    for (uint32_t i = rule->rows.first; i < rule->rows.first + rule->rows.count; i++) {
        const struct image_row *row = &t->image->ROWS[i];
        note_reads(t, row->value_reads);
        for (uint32_t k = row->steps.first; k < row->steps.first + row->steps.count; k++)
            note_reads(t, t->image->STEPS[k].reads);
    }
}

/* A rule reads only earlier ones, so that one walk from the last to the first reaches all. */
static void note_expected(struct testing *t)
{
    const struct image *image = t->image;
    const struct image_test *test = &image->TESTS[t->test];
    memset(t->expects, 0, image->RULES_count * sizeof *t->expects);
    for (uint32_t i = test->expects.first; i < test->expects.first + test->expects.count; i++) {
        struct run names = image->RULES[i].names;
        for (uint32_t k = names.first; k < names.first + names.count; k++)
            t->expects[image->INDEXES[k]] = EXPECTS_RULE;
    }
    for (uint32_t rule = image->RULES_count; rule-- > 0;)
        if (t->expects[rule]) note_read_by(t, &image->RULES[rule]);
}

static unsigned seen_in(const struct testing *t, const struct trace_item *item)
{
    switch (item->kind) {
    case ITEM_ROW: return test_row(t->runner, item->row);
    case ITEM_GUARANTEE: return test_guarantee(t->runner, item->rule);
    case ITEM_RULE: return t->expects[item->rule] == EXPECTS_RULE ? SEEN_YES : 0;
    default: return 0;
    }
}

static bool is_open(const struct result_view *v, uint32_t reg)
{
    return reg != NONE32 && !value_is_exact(eval_register(v->context, reg));
}

/* Whether the amount that a row gives is not known. */
static bool is_blank(const struct testing *t, const struct trace_item *item)
{
    struct result_view v = test_view(t->runner);
    const struct image_row *row = &t->image->ROWS[item->row];
    bool blank = is_open(&v, row->value);
    for (uint32_t i = row->steps.first; i < row->steps.first + row->steps.count; i++)
        blank |= is_open(&v, t->image->STEPS[i].lo) || is_open(&v, t->image->STEPS[i].hi);
    return blank;
}

/* A guarantee is checked on every record, whatever the test expects. */
static void count_item(struct testing *t, struct trace_item *item)
{
    unsigned seen = seen_in(t, item);
    unsigned expects = item->kind == ITEM_GUARANTEE ? EXPECTS_RULE : t->expects[item->rule];
    item->not_held += expects && (seen & SEEN_NO);
    item->open += expects && (seen & SEEN_OPEN);
    item->held += (seen & SEEN_YES) != 0;
    item->shown += expects && (seen & SEEN_YES);
    item->blank += expects && (seen & SEEN_YES) && item->computes && is_blank(t, item);
    if (seen & SEEN_YES && expects)
        trace_list_add(t->trace->arena, expects == EXPECTS_RULE ? &item->tests : &item->of_readers, t->test);
}

static void run_test(struct testing *t, struct test_runner *runner, struct buffer *message)
{
    struct test_place place = test_place(runner, t->test);
    struct trace_test *test = &t->trace->tests[t->test];
    buffer_clear(message);
    test->name = place.name;
    test->place = (struct regimen_place){place.file, place.line};
    test->passed = test_run(runner, t->test, message);
    t->trace->failed += !test->passed;
    if (!test->passed) return;
    note_expected(t);
    for (size_t i = 0; i < t->trace->item_count; i++)
        count_item(t, &t->trace->items[i]);
    struct result_view view = test_view(runner);
    for (uint32_t rule = 0; rule < t->image->RULES_count; rule++)
        if (t->expects[rule]) limits_see(t->trace, &view, rule, t->test);
}

bool trace_tests(struct trace *trace, const struct regimen_program *program)
{
    struct test_runner *runner = test_runner_new(program);
    if (!runner) return false;
    struct testing t = {trace, &program->image, runner, 0, NULL};
    struct buffer message = {0};
    t.expects = arena_alloc(trace->arena, (program->image.RULES_count + 1) * sizeof *t.expects);
    trace->test_count = test_count(runner);
    trace->tests = arena_alloc(trace->arena, (trace->test_count + 1) * sizeof *trace->tests);
    for (; t.test < trace->test_count; t.test++)
        run_test(&t, runner, &message);
    buffer_free(&message);
    test_runner_free(runner);
    return true;
}
