/* Runs the test blocks of a program. */
#include "runtime/test_run.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/alert_view.h"
#include "runtime/api.h"
#include "runtime/explain.h"
#include "runtime/explain_tree.h"
#include "runtime/fact.h"
#include "runtime/set_view.h"

enum { COUNTED = 8 }; /* beside those of enum test_seen */

struct test_runner {
    const struct regimen_program *program;
    struct regimen_evaluator *evaluator;
    uint8_t *rows;       /* one a row, enum above */
    uint8_t *now;        /* one a row: in the test in hand */
    uint8_t *nodes;      /* one a node: COUNTED where it is an atomic condition */
    struct buffer words; /* of the gap in hand */
};

/* ---- Coverage ------------------------------------------------------------------------------------- */

typedef void leaf_visit(struct test_runner *runner, const struct result_view *v, uint32_t node);

static bool is_joint(const struct image_node *n)
{
    return n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_NOT || n->kind == NODE_IMPLIES ||
           (n->kind == NODE_DEFINE && n->child != NONE32 && n->type.kind == KIND_BOOL);
}

struct leaf_walk {
    struct test_runner *runner;
    leaf_visit *visit;
};

static bool walk_leaf(void *user, const struct result_view *v, uint32_t node)
{
    const struct leaf_walk *walk = user;
    const struct image_node *n = &v->image->NODES[node];
    if (is_joint(n)) return true;
    bool condition = n->type.kind == KIND_BOOL && n->reg != NONE32 && n->kind != NODE_LITERAL;
    if (condition) walk->visit(walk->runner, v, node);
    return false;
}

/* The atomic conditions of a rule's rows. */
static void walk_rows(struct test_runner *runner, const struct result_view *v, uint32_t rule,
                      leaf_visit *visit)
{
    const struct image_rule *r = &v->image->RULES[rule];
    struct leaf_walk walk = {runner, visit};
    for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count; row++)
        view_walk(v, v->image->ROWS[row].node, walk_leaf, &walk);
}

static void walk_applies(struct test_runner *runner, const struct result_view *v, uint32_t rule,
                         leaf_visit *visit)
{
    struct leaf_walk walk = {runner, visit};
    view_walk(v, v->image->RULES[rule].applies_node, walk_leaf, &walk);
}

static void count_leaf(struct test_runner *runner, const struct result_view *v, uint32_t node)
{
    (void)v;
    runner->nodes[node] |= COUNTED;
}

static uint8_t seen(enum truth truth)
{
    return truth == TRUTH_YES ? SEEN_YES : truth == TRUTH_NO ? SEEN_NO : SEEN_OPEN;
}

static void see_leaf(struct test_runner *runner, const struct result_view *v, uint32_t node)
{
    enum truth truth;
    if (view_node_truth(v, node, &truth)) runner->nodes[node] |= seen(truth);
}

/* only: of truths this one alone, where the rows have not been asked. */
static void see_truths(struct test_runner *runner, const struct result_view *v, uint32_t rule, uint8_t only)
{
    struct run rows = v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        runner->now[row] |= seen(view_truth(v, row)) & only;
}

/* Over all elements that a rule is run for: of one that does not count only the conditions are looked at, and
   without any the row alone that holds then. */
static void see_elements(struct test_runner *runner, const struct result_view *v, uint32_t rule)
{
    bool any = false;
    for (uint32_t i = 0; i < eval_each_count(v->context, rule); i++) {
        bool counts = each_is_shown(v, rule, i);
        eval_focus(v->context, rule, i);
        walk_rows(runner, v, rule, see_leaf);
        if (counts) see_truths(runner, v, rule, UINT8_MAX);
        any |= counts;
    }
    eval_unfocus(v->context);
    if (!any) see_truths(runner, v, rule, SEEN_YES);
}

/* What the last record showed.  A rule that does not apply has run its `applies` alone. */
static void see_rules(struct test_runner *runner, const struct result_view *v)
{
    for (uint32_t i = 0; i < v->order_count; i++) {
        uint32_t rule = v->order[i];
        walk_applies(runner, v, rule, see_leaf);
        if (eval_result(v->context, rule)->outcome == OUTCOME_NOT_APPLICABLE) continue;
        if (v->image->RULES[rule].each != NONE32) {
            see_elements(runner, v, rule);
            continue;
        }
        walk_rows(runner, v, rule, see_leaf);
        see_truths(runner, v, rule, UINT8_MAX);
    }
}

/* A row without a condition cannot be seen not to fire. */
static void count_all(struct test_runner *runner, const struct result_view *v)
{
    for (uint32_t i = 0; i < v->order_count; i++) {
        const struct image_rule *r = &v->image->RULES[v->order[i]];
        walk_applies(runner, v, v->order[i], count_leaf);
        walk_rows(runner, v, v->order[i], count_leaf);
        for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count; row++)
            runner->rows[row] = COUNTED | (v->image->ROWS[row].node == NONE32 ? SEEN_NO : 0);
    }
}

struct coverage_sums coverage_sums(const struct test_runner *runner)
{
    const struct image *image = &runner->program->image;
    struct coverage_sums sums = {0};
    for (uint32_t i = 0; i < image->ROWS_count; i++) {
        sums.rows += (runner->rows[i] & COUNTED) != 0;
        sums.rows_fired += (runner->rows[i] & SEEN_YES) != 0;
        sums.rows_not_fired += (runner->rows[i] & SEEN_NO) != 0;
    }
    for (uint32_t i = 0; i < image->NODES_count; i++) {
        sums.conditions += (runner->nodes[i] & COUNTED) != 0;
        sums.conditions_yes += (runner->nodes[i] & SEEN_YES) != 0;
        sums.conditions_no += (runner->nodes[i] & SEEN_NO) != 0;
    }
    return sums;
}

static void place_node(const struct image *image, uint32_t node, struct coverage_gap *gap)
{
    gap->file = "";
    if (node >= image->NODE_SPANS_count) return;
    const struct image_span *span = &image->NODE_SPANS[node];
    if (span->file >= image->FILES_count) return;
    gap->file = image_aside(image, image->FILES[span->file]);
    gap->line = span->line;
}

/* First the rows, then the conditions. */
bool coverage_next(struct test_runner *runner, size_t *position, struct coverage_gap *gap)
{
    const struct image *image = &runner->program->image;
    struct result_view v = api_view(runner->evaluator);
    for (; *position < (size_t)image->ROWS_count + image->NODES_count; ++*position) {
        bool row = *position < image->ROWS_count;
        uint32_t index = (uint32_t)(row ? *position : *position - image->ROWS_count);
        uint8_t marks = row ? runner->rows[index] : runner->nodes[index];
        if (!(marks & COUNTED) || (marks & (SEEN_YES | SEEN_NO)) == (SEEN_YES | SEEN_NO)) continue;
        *gap = (struct coverage_gap){
            .is_row = row, .never_yes = !(marks & SEEN_YES), .never_no = !(marks & SEEN_NO)};
        place_node(image, row ? image->ROWS[index].node : index, gap);
        buffer_clear(&runner->words);
        if (row)
            buffer_put(&runner->words, image_text(image, image->ROWS[index].id));
        else
            node_words(&v, index, &runner->words);
        gap->what = buffer_text(&runner->words);
        ++*position;
        return true;
    }
    return false;
}

/* ---- Tests ---------------------------------------------------------------------------------------- */

struct test_runner *test_runner_new(const struct regimen_program *program)
{
    struct test_runner *runner = calloc(1, sizeof *runner);
    if (!runner) return NULL;
    runner->program = program;
    runner->rows = calloc((size_t)program->image.ROWS_count + 1, 1);
    runner->now = calloc((size_t)program->image.ROWS_count + 1, 1);
    runner->nodes = calloc((size_t)program->image.NODES_count + 1, 1);
    bool fine = runner->rows && runner->now && runner->nodes &&
                regimen_evaluator_new(program, &runner->evaluator, NULL) == REGIMEN_OK;
    if (!fine) {
        test_runner_free(runner);
        return NULL;
    }
    struct result_view v = api_view(runner->evaluator);
    count_all(runner, &v);
    return runner;
}

void test_runner_free(struct test_runner *runner)
{
    if (!runner) return;
    regimen_evaluator_free(runner->evaluator);
    buffer_free(&runner->words);
    free(runner->rows);
    free(runner->now);
    free(runner->nodes);
    free(runner);
}

size_t test_count(const struct test_runner *runner)
{
    return runner->program->image.TESTS_count;
}

struct test_place test_place(const struct test_runner *runner, size_t test)
{
    const struct image *image = &runner->program->image;
    const struct image_test *t = &image->TESTS[test];
    const char *file = t->file < image->FILES_count ? image_aside(image, image->FILES[t->file]) : "";
    return (struct test_place){image_text(image, t->name), file, t->line};
}

static bool set_up(struct test_runner *runner, const struct image_test *test, struct buffer *message)
{
    const struct image *image = &runner->program->image;
    const char *record = image_text(image, test->record);
    struct regimen_error error;
    char *settings = strdup(image_text(image, test->settings));
    api_reset(runner->evaluator);
    enum regimen_status status = settings ? api_set_lines(runner->evaluator, settings, &error)
                                          : api_fail(&error, REGIMEN_MEMORY, "the memory is not sufficient");
    free(settings);
    if (status == REGIMEN_OK) status = regimen_evaluate(runner->evaluator, record, strlen(record), &error);
    if (status == REGIMEN_RECORD)
        buffer_printf(message, "the record is refused: %s: %s\n", error.field, error.message);
    else if (status != REGIMEN_OK)
        buffer_printf(message, "a setting is refused: %s\n", error.message);
    return status == REGIMEN_OK;
}

/* The rest of a question: "by" these rows, "because of" these inputs and parameters. */
static void put_question(const struct result_view *v, const struct image_rule *r, struct buffer *out)
{
    const uint32_t *rows = v->image->INDEXES + r->asked_rows.first,
                   *names = v->image->INDEXES + r->reasons.first;
    for (uint32_t i = 0; i < r->asked_rows.count; i++) {
        const char *id = view_text(v, v->image->ROWS[rows[i]].id), *name = strchr(id, '.');
        buffer_printf(out, "%s%s", i ? ", " : " by ", name ? name + 1 : id);
    }
    for (uint32_t i = 0; i < r->reasons.count; i++)
        buffer_printf(out, "%s%s", i ? ", " : " because of ", view_text(v, names[i]));
}

static bool has_read(const struct buffer *reads, uint32_t read)
{
    const uint32_t *known = (const uint32_t *)(const void *)reads->data;
    for (size_t i = 0; i < reads->length / sizeof read; i++)
        if (known[i] == read) return true;
    return false;
}

/* What a rule waits for, each once; of rules among it what these wait for, as `because of` counts it. */
static void collect_missing(const struct result_view *v, uint32_t rule, struct buffer *reads)
{
    const uint32_t *missing;
    uint32_t count = view_rule_missing(v, rule, &missing);
    for (uint32_t i = 0; i < count; i++) {
        if (has_read(reads, missing[i])) continue;
        buffer_bytes(reads, (const char *)&missing[i], sizeof missing[i]);
        if (read_kind_of(missing[i]) == READ_RULE) collect_missing(v, read_index_of(missing[i]), reads);
    }
}

static void put_missing(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    struct buffer reads = {0};
    collect_missing(v, rule, &reads);
    const uint32_t *missing = (const uint32_t *)(const void *)reads.data;
    const char *before = " because of ";
    for (size_t i = 0; i < reads.length / sizeof *missing; i++) {
        if (read_kind_of(missing[i]) == READ_RULE) continue;
        buffer_printf(out, "%s%s", before, read_name(v, missing[i]));
        before = ", ";
    }
    out->failed |= reads.failed;
    buffer_free(&reads);
}

/* What a rule came to; where it is unknown, because of what. */
static void put_came_out(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    buffer_printf(out, "  came out  %s is ", view_text(v, v->image->RULES[rule].name));
    explain_result(v, rule, out);
    if (eval_result(v->context, rule)->outcome == OUTCOME_UNKNOWN) put_missing(v, rule, out);
    buffer_put(out, "\n");
}

struct words {
    struct buffer *out;
    bool any;
};

static void put_word(void *user, const char *word)
{
    struct words *words = user;
    buffer_printf(words->out, "%s%s", words->any ? " or " : "", word);
    words->any = true;
}

/* What the item that is asked for came to, or can still come to. */
static void put_item(const struct result_view *v, const struct image_rule *r, struct buffer *out)
{
    const struct set_item *items;
    if (r->asked_item == NONE32 || r->asked_item >= set_items(v, r->asked, &items)) return;
    struct words words = {out, false};
    buffer_printf(out, "  came out  %s of %s is ", set_item_name(v, r->asked, r->asked_item),
                  view_text(v, v->image->RULES[r->asked].name));
    set_possible(&items[r->asked_item], put_word, &words);
    buffer_put(out, "\n");
}

struct waits {
    const struct result_view *v;
    struct words words;
};

static void put_wait(void *data, uint32_t read)
{
    struct waits *waits = data;
    buffer_printf(waits->words.out, "%s%s", waits->words.any ? ", " : "  waits for ",
                  read_name(waits->v, read));
    waits->words.any = true;
}

static void put_waits(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    struct waits waits = {v, {out, false}};
    eval_question_waits(v->context, rule, put_wait, &waits);
    if (waits.words.any) buffer_put(out, "\n");
}

/* The expectation, what came out, and why: of the rules that it names, else of its own words. */
static void put_failure(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const uint32_t *indexes = v->image->INDEXES;
    buffer_printf(out, "  expected  %s", view_text(v, r->label));
    put_question(v, r, out);
    buffer_put(out, "\n");
    put_item(v, r, out);
    put_waits(v, rule, out);
    for (uint32_t i = r->names.first; i < r->names.first + r->names.count; i++)
        put_came_out(v, indexes[i], out);
    if (!r->names.count) explain_text(v, rule, out);
    for (uint32_t i = r->names.first; i < r->names.first + r->names.count; i++)
        explain_text(v, indexes[i], out);
}

/* The rows of the test in hand, which is taken up into all. */
static void see_rows(struct test_runner *runner, const struct result_view *v)
{
    memset(runner->now, 0, v->image->ROWS_count);
    see_rules(runner, v);
    for (uint32_t row = 0; row < v->image->ROWS_count; row++)
        runner->rows[row] |= runner->now[row];
}

unsigned test_row(const struct test_runner *runner, size_t row)
{
    return runner->now[row];
}

unsigned test_guarantee(const struct test_runner *runner, size_t rule)
{
    const struct rule_result *result = eval_result(runner->evaluator->context, (uint32_t)rule);
    if (result->outcome == OUTCOME_NOT_APPLICABLE) return 0;
    if (result->outcome != OUTCOME_DECIDED) return SEEN_OPEN;
    return result->member == 1 ? SEEN_YES : SEEN_NO;
}

struct result_view test_view(const struct test_runner *runner)
{
    return api_view(runner->evaluator);
}

bool test_run(struct test_runner *runner, size_t test, struct buffer *message)
{
    const struct image_test *t = &runner->program->image.TESTS[test];
    bool passed = set_up(runner, t, message);
    if (!passed) return false;
    struct result_view v = api_view(runner->evaluator);
    see_rows(runner, &v);
    for (uint32_t rule = t->expects.first; rule < t->expects.first + t->expects.count; rule++) {
        const struct rule_result *result = eval_result(v.context, rule);
        if (result->outcome == OUTCOME_DECIDED && result->member == 1) continue;
        passed = false;
        put_failure(&v, rule, message);
    }
    return passed;
}
