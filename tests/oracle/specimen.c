#include "tests/oracle/specimen.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/course.h"
#include "tests/oracle/trial_set.h"

/* ---- Compiling -------------------------------------------------------------------------------------- */

static void report_errors(const struct compilation *c, FILE *problem)
{
    for (const struct diag *d = c->sink.first; problem && d; d = d->next) {
        if (d->severity != SEVERITY_ERROR) continue;
        struct source_position at = source_locate(&c->files[d->span.file], d->span.start);
        fprintf(problem, "the program is refused: R%04d %s (line %zu, column %zu)\n", (int)d->code,
                d->message, at.line, at.column);
    }
}

static bool load_image(struct specimen *s, FILE *problem)
{
    uint8_t *image;
    size_t size;
    struct regimen_error error = {0};
    if (!emit_image(&s->program, &image, &size)) return false;
    bool good = regimen_program_load(image, size, &s->machine, &error) == REGIMEN_OK &&
                regimen_evaluator_new(s->machine, &s->evaluator, &error) == REGIMEN_OK;
    free(image);
    if (!good && problem) fprintf(problem, "the image is refused: %s\n", error.message);
    return good;
}

bool specimen_open(struct specimen *s, const char *text, FILE *problem)
{
    memset(s, 0, sizeof *s);
    s->program.arena = s->program.sink.arena = arena_new();
    if (s->program.arena == NULL) abort();
    load_text(&s->program, "made.rgm", text, strlen(text));
    if (s->program.sink.errors == 0) {
        resolve_program(&s->program);
        check_program(&s->program);
    }
    if (s->program.sink.errors == 0) lower_program(&s->program);
    if (s->program.sink.errors > 0) {
        report_errors(&s->program, problem);
        return false;
    }
    s->oracle = oracle_new(&s->program);
    return load_image(s, problem);
}

void specimen_close(struct specimen *s)
{
    if (s->oracle) oracle_free(s->oracle);
    regimen_evaluator_free(s->evaluator);
    regimen_program_free(s->machine);
    arena_free(s->program.arena);
    memset(s, 0, sizeof *s);
}

bool specimen_fills_set(const struct decl *rule)
{
    return rule->kind == DECL_COLLECT || rule->kind == DECL_RECOMMEND;
}

static bool is_rule(const struct decl *d)
{
    return d->kind == DECL_CLASSIFY || d->kind == DECL_DOSE || d->kind == DECL_ALERT ||
           d->kind == DECL_MONITOR || specimen_fills_set(d);
}

const struct decl *specimen_rule(const struct specimen *s, const struct decl *rule)
{
    const struct decl *d = rule ? rule->next : s->program.protocols->decls;
    while (d && !is_rule(d))
        d = d->next;
    return d;
}

/* ---- Running ---------------------------------------------------------------------------------------- */

static bool apply_settings(struct specimen *s, const struct patient *patient, FILE *problem)
{
    struct regimen_error error = {0};
    eval_reset_parameters(s->evaluator->context);
    for (const struct decl *d = s->program.protocols->decls; d; d = d->next) {
        char *text = d->kind == DECL_PARAMETER ? datum_setting(d, &patient->settings[d->index]) : NULL;
        if (text == NULL) continue;
        bool good = regimen_evaluator_set(s->evaluator, d->name.text, text, &error) == REGIMEN_OK;
        if (!good && problem) fprintf(problem, "%s=%s is refused: %s\n", d->name.text, text, error.message);
        free(text);
        if (!good) return false;
    }
    return true;
}

bool specimen_run(struct specimen *s, const struct patient *patient, struct writing how, FILE *problem)
{
    struct regimen_error error = {0};
    if (!apply_settings(s, patient, problem)) return false;
    char *json = patient_json(&s->program, patient, how);
    bool good = regimen_evaluate(s->evaluator, json, strlen(json), &error) == REGIMEN_OK;
    if (!good && problem)
        fprintf(problem, "the record is refused: %s %s %s: %s\n%s\n", error.code, error.field, error.value,
                error.message, json);
    free(json);
    return good;
}

uint32_t specimen_index(const struct specimen *s, const struct decl *rule)
{
    const struct image *image = &s->machine->image;
    for (uint32_t i = 0; i < image->RULES_count; i++)
        if (strcmp(image_text(image, image->RULES[i].name), rule->name.text) == 0) return i;
    abort();
}

const struct rule_result *specimen_result(const struct specimen *s, const struct decl *rule)
{
    return eval_result(s->evaluator->context, specimen_index(s, rule));
}

/* ---- Words ------------------------------------------------------------------------------------------ */

static const char *member_word(const struct decl *rule, int code)
{
    for (const struct enum_value *v = rule->enumeration->values; v; v = v->next)
        if (v->code == code) return v->name;
    return "?";
}

static bool has_plan(enum outcome outcome, enum action action)
{
    return outcome == OUTCOME_DECIDED && (action == ACTION_GIVE || action == ACTION_ASK);
}

static void put_amount(FILE *out, int day, const char *lo, const char *hi)
{
    fprintf(out, " %d:%s", day, lo);
    if (strcmp(lo, hi) != 0) fprintf(out, "-%s", hi);
}

struct machine_day {
    bool given;
    char lo[NUMBER_MAX], hi[NUMBER_MAX];
};

static void decimal_words(decimal x, char out[NUMBER_MAX])
{
    char text[DECIMAL_TEXT_MAX];
    decimal_format(x, text);
    snprintf(out, NUMBER_MAX, "%.79s", text);
}

/* Each date with its amount, in order. */
static void put_machine_dates(FILE *out, const struct specimen *s, uint32_t rule)
{
    struct course c = course_of(s->evaluator->context, &s->machine->image, rule);
    for (uint32_t day = 1; c.dated && c.days != COURSE_UNTOLD && day < DAYS_MAX; day++) {
        uint32_t step = course_step_on(&c, day);
        if (step == NONE32) continue;
        char lo[NUMBER_MAX], hi[NUMBER_MAX];
        decimal_words(c.steps[step].lo, lo);
        decimal_words(c.steps[step].hi, hi);
        put_amount(out, (int)course_date(&c, day), lo, hi);
    }
}

static void put_machine_plan(FILE *out, const struct specimen *s, uint32_t rule)
{
    struct machine_day *days = arena_alloc(s->program.arena, DAYS_MAX * sizeof *days);
    const struct image *image = &s->machine->image;
    const struct rule_result *r = eval_result(s->evaluator->context, rule);
    const struct plan_step *plan = eval_plan(s->evaluator->context, rule);
    for (uint32_t i = 0; i < r->step_count; i++) {
        struct machine_day day = {.given = true};
        decimal_words(plan[i].lo, day.lo);
        decimal_words(plan[i].hi, day.hi);
        if (plan[i].days.count == 0) days[0] = day;
        for (uint32_t j = 0; j < plan[i].days.count; j++) {
            const struct image_days *run = &image->DAYS[plan[i].days.first + j];
            for (uint32_t n = run->from; n <= run->to && n < DAYS_MAX; n++)
                days[n] = day;
        }
    }
    for (int day = 0; day < DAYS_MAX; day++)
        if (days[day].given) put_amount(out, day, days[day].lo, days[day].hi);
    struct machine_day total;
    decimal_words(r->total_lo, total.lo);
    decimal_words(r->total_hi, total.hi);
    if (r->has_total) put_amount(out, -1, total.lo, total.hi);
    put_machine_dates(out, s, rule);
}

char *machine_words(const struct specimen *s, const struct decl *rule)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    uint32_t index = specimen_index(s, rule);
    const struct rule_result *r = eval_result(s->evaluator->context, index);
    fputs(outcome_word(r->outcome), out);
    if (specimen_fills_set(rule) && r->outcome != OUTCOME_NOT_APPLICABLE)
        put_machine_items(out, s, rule);
    else if (r->outcome == OUTCOME_DECIDED)
        fprintf(out, " %s", rule->kind == DECL_DOSE ? action_word(r->action) : member_word(rule, r->member));
    if (rule->kind == DECL_DOSE && has_plan(r->outcome, r->action)) put_machine_plan(out, s, index);
    fclose(out);
    return text;
}

static void put_oracle_amount(FILE *out, int day, const struct rational *lo, const struct rational *hi)
{
    char a[NUMBER_MAX] = "", b[NUMBER_MAX] = "";
    rational_text(lo, 70, a, sizeof a);
    rational_text(hi, 70, b, sizeof b);
    put_amount(out, day, a, b);
}

char *oracle_words(struct specimen *s, const struct decl *rule)
{
    const struct verdict *v = oracle_verdict(s->oracle, rule);
    enum truth marked = oracle_marked(s->oracle, rule);
    if (marked == TRUTH_YES && v->applies == TRUTH_YES && !specimen_fills_set(rule))
        return strdup(outcome_word(OUTCOME_FAULT));
    if (!v->sure || marked != TRUTH_NO) return NULL;
    enum truth contradicted = oracle_contradicted(s->oracle, rule);
    if (contradicted == TRUTH_YES) return strdup(outcome_word(OUTCOME_CONFLICT));
    if (contradicted != TRUTH_NO) return NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    fputs(outcome_word(v->outcome), out);
    if (specimen_fills_set(rule) && v->outcome != OUTCOME_NOT_APPLICABLE)
        put_oracle_items(out, v);
    else if (v->outcome == OUTCOME_DECIDED)
        fprintf(out, " %s", rule->kind == DECL_DOSE ? action_word(v->action) : member_word(rule, v->member));
    if (rule->kind == DECL_DOSE && has_plan(v->outcome, v->action)) {
        for (int day = 0; day <= v->plan.last; day++)
            if (v->plan.days[day].lo) put_oracle_amount(out, day, v->plan.days[day].lo, v->plan.days[day].hi);
        if (v->total_lo) put_oracle_amount(out, -1, v->total_lo, v->total_hi);
        for (int day = 1; v->dated && day <= v->course.last; day++)
            if (v->course.days[day].lo)
                put_oracle_amount(out, (int)v->start + day - 1, v->course.days[day].lo,
                                  v->course.days[day].hi);
    }
    fclose(out);
    return text;
}
