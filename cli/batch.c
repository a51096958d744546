#include "cli/batch.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/buffer.h"

enum { ITEMS_A_THREAD = 256, ROUND_BYTES = 16 << 20, TITLE_WIDTH = 36 };

/* How a rule can end, in the order of the summary. */
static const char *const COLUMNS[] = {
    "give", "ask", "withhold", "holds", "does not hold",
#define ALERT_STATE(name, word, shown, meaning) shown,
#include "runtime/alert_states.def"
#undef ALERT_STATE
#define MONITOR_STATE(name, word, shown, meaning) shown,
#include "runtime/monitor_states.def"
#undef MONITOR_STATE
#define OUTCOME(name, word, meaning) word,
#include "runtime/outcomes.def"
#undef OUTCOME
};

enum { COLUMN_COUNT = sizeof COLUMNS / sizeof *COLUMNS };

/* One record on its way. */
struct item {
    struct buffer text, out;
    size_t line;
    const char *file;
    bool refused, findings, failed;
};

struct worker {
    struct batch *batch;
    struct regimen_evaluator *evaluator;
    unsigned number;
    size_t (*counts)[COLUMN_COUNT]; /* one a rule */
    pthread_t thread;
    bool started;
};

struct batch {
    const struct regimen_program *program;
    struct batch_form form;
    struct worker *workers;
    unsigned threads;
    struct item *items;
    size_t room, count; /* of items in this round */
    size_t records, refused;
};

struct batch *batch_new(const struct regimen_program *program, struct regimen_evaluator *const *evaluators,
                        unsigned threads, struct batch_form form)
{
    struct batch *b = calloc(1, sizeof *b);
    bool fine = b != NULL;
    if (fine) {
        *b = (struct batch){.program = program, .form = form, .threads = threads};
        b->room = threads == 1 ? 1 : (size_t)threads * ITEMS_A_THREAD;
        b->items = calloc(b->room, sizeof *b->items);
        b->workers = calloc(threads, sizeof *b->workers);
        fine = b->items && b->workers;
    }
    for (unsigned i = 0; fine && i < threads; i++) {
        b->workers[i] = (struct worker){.batch = b, .evaluator = evaluators[i], .number = i};
        b->workers[i].counts = calloc(regimen_program_rules(program) + 1, sizeof *b->workers[i].counts);
        fine = b->workers[i].counts != NULL;
    }
    if (fine) return b;
    complain("the memory is not sufficient");
    batch_free(b);
    return NULL;
}

void batch_free(struct batch *b)
{
    if (!b) return;
    for (size_t i = 0; b->items && i < b->room; i++) {
        buffer_free(&b->items[i].text);
        buffer_free(&b->items[i].out);
    }
    for (unsigned i = 0; b->workers && i < b->threads; i++)
        free(b->workers[i].counts);
    free(b->workers);
    free(b->items);
    free(b);
}

/* ---- One record ----------------------------------------------------------------------------------- */

static void count_results(struct worker *w)
{
    struct regimen_rule rule;
    for (size_t i = 0; regimen_program_rule(w->batch->program, i, &rule); i++) {
        const char *value = regimen_result_value(w->evaluator, i),
                   *word = regimen_result_outcome(w->evaluator, i);
        if (*value && strcmp(rule.kind, "classify") != 0) word = value;
        for (unsigned c = 0; c < COLUMN_COUNT; c++)
            w->counts[i][c] += strcmp(COLUMNS[c], word) == 0;
    }
}

static void put_text(struct item *item, const char *text, size_t length)
{
    item->failed |= text == NULL;
    if (text) buffer_bytes(&item->out, text, length);
}

static void put_result(struct worker *w, struct item *item)
{
    size_t length = 0;
    struct batch_form form = w->batch->form;
    const char *text = !form.json     ? regimen_result_report(w->evaluator, &length)
                       : form.explain ? regimen_result_json_explained(w->evaluator, &length)
                                      : regimen_result_json(w->evaluator, &length);
    put_text(item, text, length);
    if (form.json) put_text(item, "\n", 1);
    if (form.json || !form.explain) return;
    put_text(item, "\n", 1);
    text = regimen_result_explanation(w->evaluator, &length);
    put_text(item, text, length);
}

static void put_refused(struct worker *w, struct item *item, const struct regimen_error *error)
{
    size_t length = 0;
    struct buffer where = {0};
    if (item->file) buffer_printf(&where, "%s, ", item->file);
    buffer_printf(&where, "line %zu", item->line);
    const char *text = w->batch->form.json
                           ? regimen_refused_json(w->evaluator, error, item->file, item->line, &length)
                           : regimen_refused_text(w->evaluator, error, buffer_text(&where), &length);
    put_text(item, text, length);
    if (w->batch->form.json) put_text(item, "\n", 1);
    buffer_free(&where);
}

static void evaluate(struct worker *w, struct item *item)
{
    struct regimen_error error;
    buffer_clear(&item->out);
    item->refused =
        regimen_evaluate(w->evaluator, buffer_text(&item->text), item->text.length, &error) != REGIMEN_OK;
    item->findings = item->refused || regimen_result_has_findings(w->evaluator);
    if (item->refused)
        put_refused(w, item, &error);
    else {
        put_result(w, item);
        count_results(w);
    }
    item->failed |= item->out.failed;
}

/* ---- A round of records --------------------------------------------------------------------------- */

static void *work(void *argument)
{
    struct worker *w = argument;
    for (size_t i = w->number; i < w->batch->count; i += w->batch->threads)
        evaluate(w, &w->batch->items[i]);
    return NULL;
}

/* A thread that cannot be started is done without: its share is worked off here. */
static void run_round(struct batch *b)
{
    for (unsigned i = 1; i < b->threads; i++)
        b->workers[i].started = pthread_create(&b->workers[i].thread, NULL, work, &b->workers[i]) == 0;
    work(&b->workers[0]);
    for (unsigned i = 1; i < b->threads; i++)
        if (b->workers[i].started)
            pthread_join(b->workers[i].thread, NULL);
        else
            work(&b->workers[i]);
}

static enum records_state fill_round(struct batch *b, struct record_source *source)
{
    struct record_text record;
    enum records_state state = RECORDS_MORE;
    size_t bytes = 0;
    for (b->count = 0; b->count < b->room && bytes < ROUND_BYTES;) {
        if ((state = records_next(source, &record)) != RECORDS_MORE) break;
        struct item *item = &b->items[b->count++];
        buffer_clear(&item->text);
        buffer_bytes(&item->text, record.text, record.length);
        item->line = record.line;
        item->file = record.file;
        item->failed = item->text.failed;
        bytes += record.length;
    }
    return state;
}

/* In text, a page for each patient. */
static enum exit_status print_round(struct batch *b)
{
    enum exit_status status = EXIT_FINE;
    for (size_t i = 0; i < b->count && !ferror(stdout); i++) {
        const struct item *item = &b->items[i];
        if (item->failed) {
            complain("the memory is not sufficient for the record of line %zu", item->line);
            return EXIT_BUG;
        }
        if (b->records++ && !b->form.json) fputs("\f\n", stdout);
        fwrite(item->out.data, 1, item->out.length, stdout);
        b->refused += item->refused;
        if (item->findings) status = EXIT_FINDINGS;
    }
    return status;
}

enum exit_status batch_run(struct batch *b, struct record_source *source)
{
    enum exit_status status = EXIT_FINE;
    for (enum records_state state = RECORDS_MORE; state == RECORDS_MORE && !ferror(stdout);) {
        state = fill_round(b, source);
        run_round(b);
        enum exit_status found = print_round(b);
        if (found > status) status = found;
        if (state == RECORDS_FAILED) status = EXIT_FILE;
        if (found == EXIT_BUG) break;
    }
    return status;
}

/* ---- The summary ---------------------------------------------------------------------------------- */

size_t batch_records(const struct batch *b)
{
    return b->records;
}

static size_t count_of(const struct batch *b, size_t rule, unsigned column)
{
    size_t count = 0;
    for (unsigned i = 0; i < b->threads; i++)
        count += b->workers[i].counts[rule][column];
    return count;
}

static const char *rule_title(const struct regimen_rule *rule)
{
    return *rule->name ? rule->name : rule->label;
}

/* The rule at or after *index that is shown; false at the end. */
static bool next_shown(const struct batch *b, size_t *index, struct regimen_rule *rule)
{
    while (regimen_program_rule(b->program, *index, rule)) {
        if (regimen_evaluator_shows(b->workers[0].evaluator, *index)) return true;
        ++*index;
    }
    return false;
}

/* The title, cut where it is longer than its column: at a character, and not inside of it. */
static void print_title(const char *title, FILE *out)
{
    size_t length = strlen(title), cut = length;
    if (length > TITLE_WIDTH) {
        for (cut = TITLE_WIDTH - 1; cut > 0 && ((unsigned char)title[cut] & 0xC0) == 0x80;)
            cut--;
    }
    fprintf(out, "%.*s%s", (int)cut, title, cut < length ? "\u2026" : "");
    fprintf(out, "%*s", cut < length ? 1 : (int)(TITLE_WIDTH - length) + 1, "");
}

/* "ask 2, withhold 1": what has happened, in the order of the columns. */
static void print_counts(const struct batch *b, size_t rule, FILE *out)
{
    const char *between = " ";
    for (unsigned c = 0; c < COLUMN_COUNT; c++) {
        size_t count = count_of(b, rule, c);
        if (!count) continue;
        fprintf(out, "%s%s %zu", between, COLUMNS[c], count);
        between = ", ";
    }
    fputc('\n', out);
}

void batch_summary(const struct batch *b, FILE *out)
{
    struct regimen_rule rule;
    fprintf(out, "%zu records, %zu refused\n", b->records, b->refused);
    for (size_t i = 0; next_shown(b, &i, &rule); i++) {
        print_title(rule_title(&rule), out);
        print_counts(b, i, out);
    }
}
