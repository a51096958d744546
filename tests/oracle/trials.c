#include "tests/oracle/trials.h"

#include "tests/oracle/trial_each.h"
#include "tests/oracle/trial_set.h"

#include <stdlib.h>
#include <string.h>

static const struct writing PLAIN = {0, false};

const char *trial_name(enum trial_kind kind)
{
    static const char *const names[] = {"agree", "lasting", "complete", "spelling", "order", "words"};
    return names[kind];
}

/* ---- The oracle and the machine --------------------------------------------------------------------- */

static bool rows_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report)
{
    const struct image_rule *in_image = &s->machine->image.RULES[specimen_index(s, rule)];
    bool good = (int)in_image->rows.count == v->row_count, all_decided = true;
    for (int i = 0; i < v->row_count; i++)
        all_decided = all_decided && (v->rows[i] == TRUTH_YES || v->rows[i] == TRUTH_NO);
    if (!good)
        fprintf(report, "%s: %u rows in the image, %d in the tree\n", rule->name.text, in_image->rows.count,
                v->row_count);
    for (int i = 0; good && i < v->row_count; i++) {
        const struct row_state *row = eval_row(s->evaluator->context, in_image->rows.first + (uint32_t)i);
        bool decided = v->rows[i] == TRUTH_YES || v->rows[i] == TRUTH_NO;
        s->tally.truths++;
        s->tally.decided += decided;
        bool otherwise = s->machine->image.ROWS[in_image->rows.first + (uint32_t)i].otherwise;
        if (decided && !otherwise && row->truth != v->rows[i]) {
            fprintf(report, "%s row %d: the oracle says %s, the machine %s\n", rule->name.text, i + 1,
                    truth_word(v->rows[i]), truth_word(row->truth));
            good = false;
        }
        bool settled = all_decided && v->sure && v->outcome == OUTCOME_DECIDED && rule->kind == DECL_CLASSIFY;
        if (settled && row->used != v->used[i]) {
            fprintf(report, "%s row %d made the result: the oracle says %s, the machine %s\n",
                    rule->name.text, i + 1, v->used[i] ? "yes" : "no", row->used ? "yes" : "no");
            good = false;
        }
    }
    return good;
}

/* Rows, of `for each` what each element comes to, and of a set each item. */
static bool details_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report)
{
    if (rule->kind == DECL_CLASSIFY || rule->kind == DECL_DOSE) return rows_agree(s, rule, v, report);
    if (specimen_fills_set(rule)) return items_agree(s, rule, v, report);
    if (rule->each) return parts_agree(s, rule, v, report);
    return states_agree(s, rule, v->rows, v->row_count, report);
}

static bool rule_agrees(struct specimen *s, const struct decl *rule, FILE *report)
{
    const struct verdict *v = oracle_verdict(s->oracle, rule);
    const struct rule_result *r = specimen_result(s, rule);
    char *expected = oracle_words(s, rule), *found = machine_words(s, rule);
    bool good = expected == NULL || strcmp(expected, found) == 0;
    s->tally.results++;
    s->tally.sure += v->sure;
    if (!good) fprintf(report, "%s: the oracle says %s, the machine %s\n", rule->name.text, expected, found);
    bool kind_known = v->sure && v->outcome == OUTCOME_FAULT && v->fault != FAULT_NONE;
    if (good && kind_known && r->fault != v->fault) {
        fprintf(report, "%s: the oracle says fault %d, the machine %d\n", rule->name.text, (int)v->fault,
                r->fault);
        good = false;
    }
    free(expected);
    free(found);
    bool idle = r->outcome == OUTCOME_NOT_APPLICABLE || v->applies == TRUTH_NO;
    return good && (idle || details_agree(s, rule, v, report));
}

static bool agrees(struct specimen *s, const struct patient *patient, FILE *report)
{
    if (!specimen_run(s, patient, PLAIN, report)) return false;
    oracle_meet(s->oracle, patient);
    bool good = true;
    for (const struct decl *rule = specimen_rule(s, NULL); rule; rule = specimen_rule(s, rule))
        good = rule_agrees(s, rule, report) && good;
    return good;
}

/* ---- What is decided lasts -------------------------------------------------------------------------- */

struct remembered {
    char *words;
    struct rule_result result;
    struct kept_parts *parts; /* of `for each` where the rule may apply */
    struct kept_items *items; /* of a set */
};

/* An `ask` that is unknown asks; once it is known to be no, the same is given. */
static uint32_t without_ask(uint32_t outcomes)
{
    const uint32_t ask = UINT32_C(1) << (OUTCOME_COUNT + ACTION_ASK), give = UINT32_C(1)
                                                                             << (OUTCOME_COUNT + ACTION_GIVE);
    return outcomes & ask ? (outcomes & ~ask) | give : outcomes;
}

static bool same_but_for_ask(const char *before, const char *after)
{
    static const char ask[] = "decided ask", give[] = "decided give";
    if (strncmp(before, ask, strlen(ask)) == 0 && strncmp(after, give, strlen(give)) == 0)
        return strcmp(before + strlen(ask), after + strlen(give)) == 0;
    return strcmp(before, after) == 0;
}

static bool is_possible(const struct decl *rule, const struct rule_result *before,
                        const struct rule_result *after)
{
    if (after->outcome == OUTCOME_FAULT)
        return true; /* that a value can make a calculation fail is not searched for */
    const uint32_t fault = UINT32_C(1) << OUTCOME_FAULT, conflict = UINT32_C(1) << OUTCOME_CONFLICT;
    /* a date in the place of a time is never quite known; rows that differ may still not be asked */
    bool open = after->outcome == OUTCOME_UNKNOWN ||
                (after->outcome == OUTCOME_CONFLICT && after->possible_outcomes != conflict);
    uint32_t shown = after->outcome == OUTCOME_UNKNOWN ? fault : fault | conflict;
    if (open)
        return (without_ask(after->possible_outcomes) & ~without_ask(before->possible_outcomes) & ~shown) ==
                   0 &&
               (after->possible & ~before->possible) == 0;
    bool possible = before->possible_outcomes >> after->outcome & 1;
    if (possible && after->outcome == OUTCOME_DECIDED && rule->kind != DECL_DOSE)
        possible = before->possible >> after->member & 1;
    if (possible && after->outcome == OUTCOME_DECIDED && rule->kind == DECL_DOSE)
        possible = without_ask(before->possible_outcomes) &
                   without_ask(UINT32_C(1) << (OUTCOME_COUNT + after->action));
    return possible;
}

static bool lasts(struct specimen *s, const struct decl *rule, const struct remembered *before,
                  const struct rule_result *after, const char *words, FILE *report)
{
    const struct rule_result *r = &before->result;
    bool settled =
        r->outcome != OUTCOME_UNKNOWN && r->outcome != OUTCOME_FAULT && r->outcome != OUTCOME_CONFLICT;
    s->tally.gaps++;
    s->tally.settled += settled;
    bool withheld = r->outcome == OUTCOME_DECIDED &&
                    r->action == ACTION_WITHHOLD; /* also while `applies when` is unknown */
    if (withheld && r->applies != TRUTH_YES && after->outcome == OUTCOME_NOT_APPLICABLE) return true;
    if (after->outcome == OUTCOME_FAULT) /* a value can make a calculation fail whose result did not matter */
        return true;
    if (after->conflict_with != NONE32) /* with another dose of the drug, which was open */
        return true;
    if (settled && !same_but_for_ask(before->words, words)) {
        fprintf(report, "%s: %s with gaps, and %s without\n", rule->name.text, before->words, words);
        return false;
    }
    if (r->outcome == OUTCOME_UNKNOWN && !specimen_fills_set(rule) && !is_possible(rule, r, after)) {
        fprintf(report, "%s: %s comes out without gaps and was not possible (outcomes %x, values %llx)\n",
                rule->name.text, words, r->possible_outcomes, (unsigned long long)r->possible);
        return false;
    }
    return true;
}

static struct remembered remember(struct specimen *s, const struct decl *rule)
{
    struct remembered r = {machine_words(s, rule), *specimen_result(s, rule), NULL, NULL};
    if (specimen_fills_set(rule)) r.items = items_keep(s, rule);
    if (rule->each && r.result.outcome != OUTCOME_NOT_APPLICABLE) r.parts = parts_keep(s, rule);
    return r;
}

static bool decided_lasts(struct specimen *s, const struct trial *trial, FILE *report)
{
    struct remembered before[ROWS_MAX];
    int count = 0;
    if (!specimen_run(s, trial->patient, PLAIN, report)) return false;
    oracle_meet(s->oracle, trial->patient);
    for (const struct decl *rule = specimen_rule(s, NULL); rule; rule = specimen_rule(s, rule))
        before[count++] = remember(s, rule);
    bool good = specimen_run(s, trial->other, PLAIN, report);
    oracle_meet(s->oracle, trial->other);
    int n = 0;
    for (const struct decl *rule = specimen_rule(s, NULL); rule; rule = specimen_rule(s, rule), n++) {
        char *words = machine_words(s, rule);
        const struct rule_result *after = specimen_result(s, rule);
        bool applies = after->outcome != OUTCOME_NOT_APPLICABLE;
        good = good && lasts(s, rule, &before[n], after, words, report) &&
               (!before[n].parts || !applies || parts_last(s, rule, before[n].parts, report)) &&
               (!before[n].items || items_last(s, rule, before[n].items, report));
        free(words);
        free(before[n].words);
    }
    return good;
}

/* ---- What is always the same is decided ------------------------------------------------------------- */

enum { UNKNOWN_MAX = 3, VALUES_MAX = 64, COMBINATIONS_MAX = 3000 };

struct filling {
    const struct decl *inputs[UNKNOWN_MAX];
    struct datum values[UNKNOWN_MAX][VALUES_MAX];
    int counts[UNKNOWN_MAX];
    int count, combinations;
};

struct reached { /* what a rule comes to over all fillings */
    bool open;   /* the oracle could not tell of one of them */
    uint32_t outcomes;
    uint64_t members;
    char *words;
    bool differs;
    struct reached_parts *parts; /* of `for each` */
    struct kept_items *items;    /* of a set */
};

static void list_fillings(struct specimen *s, const struct patient *patient, struct patient_maker *maker,
                          struct filling *f)
{
    f->combinations = 1;
    for (const struct decl *d = s->program.protocols->decls; d; d = d->next) {
        if (d->kind != DECL_INPUT || patient->inputs[d->index].form == DATUM_KNOWN || f->count == UNKNOWN_MAX)
            continue;
        f->inputs[f->count] = d;
        f->counts[f->count] = datum_representatives(maker, d, f->values[f->count], VALUES_MAX);
        f->combinations *= f->counts[f->count++];
    }
}

static void fill(const struct filling *f, int combination, struct patient *patient)
{
    for (int i = 0; i < f->count; i++) {
        patient->inputs[f->inputs[i]->index] = f->values[i][combination % f->counts[i]];
        combination /= f->counts[i];
    }
}

static void note_reached(struct specimen *s, const struct decl *rule, struct reached *r)
{
    const struct verdict *v = oracle_verdict(s->oracle, rule);
    char *words = oracle_words(s, rule);
    if (rule->each) r->parts = parts_reach(s, rule, r->parts);
    if (specimen_fills_set(rule)) r->items = items_reach(s, rule, r->items);
    if (words == NULL) {
        r->open = true;
        return;
    }
    r->outcomes |= 1U << v->outcome;
    if (v->outcome == OUTCOME_DECIDED && rule->kind != DECL_DOSE && !specimen_fills_set(rule))
        r->members |= UINT64_C(1) << v->member;
    r->differs = r->differs || (r->words && strcmp(r->words, words) != 0);
    if (r->words)
        free(words);
    else
        r->words = words;
}

/* A dose whose amounts are not known is not decided, even where a limit would make them all the same; with
   `for each` it is each element that is. */
static bool judges(const struct decl *rule)
{
    return rule->kind == DECL_CLASSIFY || (rule->kind == DECL_ALERT && !rule->each);
}

static bool rule_is_complete(struct specimen *s, const struct decl *rule, const struct reached *r,
                             FILE *report)
{
    const struct rule_result *found = specimen_result(s, rule);
    char *words = machine_words(s, rule);
    bool good = true;
    s->tally.searched++;
    s->tally.same += !r->open && !r->differs;
    if (!r->open && !r->differs && found->exact && strcmp(words, r->words) != 0) {
        fprintf(report, "%s: always %s, and the machine says %s\n", rule->name.text, r->words, words);
        good = false;
    } else if (!r->open && r->differs && found->outcome == OUTCOME_UNKNOWN && found->exact &&
               (found->possible_outcomes != r->outcomes || found->possible != r->members)) {
        fprintf(report,
                "%s: reached outcomes %x and values %llx, the machine says that %x and %llx are possible\n",
                rule->name.text, r->outcomes, (unsigned long long)r->members, found->possible_outcomes,
                (unsigned long long)found->possible);
        good = false;
    }
    free(words);
    return good;
}

static bool is_complete(struct specimen *s, const struct trial *trial, FILE *report)
{
    struct patient_maker *maker = patient_maker_new(&s->program, trial->seed);
    struct filling *f = arena_alloc(s->program.arena, sizeof *f);
    struct reached *reached = arena_alloc(s->program.arena, ROWS_MAX * sizeof *reached);
    struct patient *patient = patient_copy(maker, trial->patient);
    list_fillings(s, trial->patient, maker, f);
    bool good = specimen_run(s, trial->patient, PLAIN, report);
    for (int i = 0; i < f->combinations && f->combinations <= COMBINATIONS_MAX; i++) {
        fill(f, i, patient);
        oracle_meet(s->oracle, patient);
        int n = 0;
        for (const struct decl *rule = specimen_rule(s, NULL); rule; rule = specimen_rule(s, rule))
            note_reached(s, rule, &reached[n++]);
    }
    int n = 0;
    for (const struct decl *rule = specimen_rule(s, NULL); rule; rule = specimen_rule(s, rule), n++) {
        if (f->combinations <= COMBINATIONS_MAX && judges(rule))
            good = rule_is_complete(s, rule, &reached[n], report) && good;
        if (f->combinations <= COMBINATIONS_MAX && reached[n].parts)
            good = parts_complete(s, rule, reached[n].parts, report) && good;
        if (f->combinations <= COMBINATIONS_MAX && reached[n].items)
            good = items_complete(s, rule, reached[n].items, report) && good;
        free(reached[n].words);
    }
    patient_maker_free(maker);
    return good;
}

/* ---- Spellings of one record ------------------------------------------------------------------------ */

static char *result_copy(struct specimen *s)
{
    size_t length;
    const char *json = regimen_result_json_explained(s->evaluator, &length);
    return json ? strndup(json, length) : strdup("");
}

static bool same_bytes(struct specimen *s, const struct patient *patient, struct writing how,
                       const char *first, const char *what, FILE *report)
{
    if (!specimen_run(s, patient, how, report)) return false;
    char *again = result_copy(s);
    bool good = strcmp(first, again) == 0;
    if (!good) fprintf(report, "%s changes the result:\n%s\n%s\n", what, first, again);
    free(again);
    return good;
}

static bool same_words(struct specimen *s, struct specimen *other, const struct patient *patient,
                       const struct patient *again, struct writing how, const char *what, FILE *report)
{
    bool good = specimen_run(s, patient, PLAIN, report), all = good;
    char *words[ROWS_MAX];
    struct rule_result results[ROWS_MAX];
    int count = 0;
    for (const struct decl *rule = specimen_rule(s, NULL); rule; rule = specimen_rule(s, rule)) {
        results[count] = *specimen_result(s, rule);
        words[count++] = machine_words(s, rule);
    }
    all = specimen_run(other, again, how, report) && all;
    int n = 0;
    for (const struct decl *rule = specimen_rule(s, NULL); rule; rule = specimen_rule(s, rule), n++) {
        char *found = machine_words(other, rule);
        const struct rule_result *r = specimen_result(other, rule);
        bool same = strcmp(words[n], found) == 0 && r->possible == results[n].possible &&
                    r->possible_outcomes == results[n].possible_outcomes;
        if (all && !same)
            fprintf(report, "%s changes %s: %s (%x, %llx), then %s (%x, %llx)\n", what, rule->name.text,
                    words[n], results[n].possible_outcomes, (unsigned long long)results[n].possible, found,
                    r->possible_outcomes, (unsigned long long)r->possible);
        all = all && same;
        free(found);
        free(words[n]);
    }
    return all;
}

static bool spelling_is_free(struct specimen *s, const struct trial *trial, FILE *report)
{
    if (!specimen_run(s, trial->patient, PLAIN, report)) return false;
    char *first = result_copy(s);
    struct writing shuffled = {trial->seed | 1, false}, units = {0, true};
    bool good = same_bytes(s, trial->patient, PLAIN, first, "evaluating twice", report) &&
                same_bytes(s, trial->patient, shuffled, first, "the order of the record", report) &&
                specimen_run(s, trial->other, PLAIN, report) &&
                same_bytes(s, trial->patient, PLAIN, first, "another record before it", report) &&
                same_words(s, s, trial->patient, trial->patient, units, "another unit", report);
    free(first);
    return good;
}

/* ---- Programs that mean the same -------------------------------------------------------------------- */

static const struct decl *declared(const struct specimen *s, const char *name)
{
    const struct decl *d = s->program.protocols->decls;
    while (d && (d->name.text == NULL || strcmp(d->name.text, name) != 0))
        d = d->next;
    return d;
}

/* The same patient where inputs and parameters are declared in another order. */
static struct patient *patient_for(struct specimen *other, const struct specimen *s,
                                   const struct patient *patient)
{
    struct arena *arena = other->program.arena;
    struct patient *same = arena_alloc(arena, sizeof *same);
    *same = *patient;
    same->inputs = arena_alloc(arena, ((size_t)patient->input_count + 1) * sizeof *same->inputs);
    same->settings = arena_alloc(arena, ((size_t)patient->setting_count + 1) * sizeof *same->settings);
    for (const struct decl *d = s->program.protocols->decls; d; d = d->next) {
        if (d->kind == DECL_INPUT)
            same->inputs[declared(other, d->name.text)->index] = patient->inputs[d->index];
        else if (d->kind == DECL_PARAMETER)
            same->settings[declared(other, d->name.text)->index] = patient->settings[d->index];
    }
    return same;
}

static bool same_program(struct specimen *s, const struct trial *trial, char *text, const char *what,
                         FILE *report)
{
    struct specimen other;
    bool good = specimen_open(&other, text, report);
    if (good)
        good = same_words(s, &other, trial->patient, patient_for(&other, s, trial->patient), PLAIN, what,
                          report);
    if (!good) fprintf(report, "-- the other program:\n%s", text);
    specimen_close(&other);
    free(text);
    return good;
}

bool trial_holds(struct specimen *s, const char *text, const struct trial *trial, FILE *report)
{
    switch (trial->kind) {
    case TRIAL_AGREE: return agrees(s, trial->patient, report);
    case TRIAL_LASTING: return decided_lasts(s, trial, report);
    case TRIAL_COMPLETE: return is_complete(s, trial, report);
    case TRIAL_SPELLING: return spelling_is_free(s, trial, report);
    case TRIAL_ORDER:
        return same_program(s, trial, rewrite_order(text, trial->seed), "another order of the program",
                            report);
    case TRIAL_WORDS:
        return same_program(s, trial, rewrite_words(text), "putting expressions into words", report);
    default: return true;
    }
}
