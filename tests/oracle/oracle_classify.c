#include "tests/oracle/oracle.h"

#include <string.h>

struct oracle *oracle_new(struct compilation *program)
{
    int inputs = 0, rules = 0;
    for (const struct protocol *p = program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next) {
            inputs += d->kind == DECL_INPUT;
            rules++;
        }
    struct oracle *o = arena_alloc(program->arena, sizeof *o);
    o->program = program;
    o->lists = arena_alloc(program->arena, ((size_t)inputs + 1) * sizeof *o->lists);
    o->classifies = arena_alloc(program->arena, ((size_t)rules + 1) * sizeof *o->classifies);
    o->doses = arena_alloc(program->arena, ((size_t)rules + 1) * sizeof *o->doses);
    o->alerts = arena_alloc(program->arena, ((size_t)rules + 1) * sizeof *o->alerts);
    o->collects = arena_alloc(program->arena, ((size_t)rules + 1) * sizeof *o->collects);
    o->recommends = arena_alloc(program->arena, ((size_t)rules + 1) * sizeof *o->recommends);
    o->monitors = arena_alloc(program->arena, ((size_t)rules + 1) * sizeof *o->monitors);
    return o;
}

void oracle_free(struct oracle *o)
{
    rationals_free(&o->numbers);
}

static struct verdict *verdict_of(struct oracle *o, const struct decl *rule)
{
    switch (rule->kind) {
    case DECL_CLASSIFY: return &o->classifies[rule->index];
    case DECL_DOSE: return &o->doses[rule->index];
    case DECL_ALERT: return &o->alerts[rule->index];
    case DECL_MONITOR: return &o->monitors[rule->index];
    case DECL_COLLECT: return &o->collects[rule->index];
    case DECL_RECOMMEND: return &o->recommends[rule->index];
    default: return NULL;
    }
}

static void judge(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    switch (rule->kind) {
    case DECL_DOSE: oracle_dose(o, rule, v); break;
    case DECL_ALERT: oracle_alert(o, rule, v); break;
    case DECL_MONITOR: oracle_monitor(o, rule, v); break;
    case DECL_COLLECT:
    case DECL_RECOMMEND: oracle_set(o, rule, v); break;
    default: oracle_classify(o, rule, v); break;
    }
}

void oracle_meet(struct oracle *o, const struct patient *patient)
{
    rationals_reset(&o->numbers);
    o->patient = patient;
    for (const struct protocol *p = o->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next) {
            struct verdict *v = verdict_of(o, d);
            if (v) v->done = false;
        }
    oracle_see_lists(o);
}

const struct verdict *oracle_verdict(struct oracle *o, const struct decl *rule)
{
    struct verdict *v = verdict_of(o, rule);
    if (v->done) return v;
    memset(v, 0, sizeof *v);
    const struct each_scope *each = o->each;
    bool after = o->after;
    o->after = false;
    v->applies = oracle_truth(o, rule->applies);
    o->each = NULL;
    judge(o, rule, v);
    o->each = each;
    o->after = after;
    if (v->applies == TRUTH_NO) {
        v->sure = true;
        v->outcome = OUTCOME_NOT_APPLICABLE;
        v->action = ACTION_NONE;
    }
    v->done = true;
    return v;
}

bool verdict_may(const struct verdict *v, int row)
{
    return v->rows[row] != TRUTH_NO;
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

struct rows {
    const struct row *row[ROWS_MAX];
    int count;
    const struct row *otherwise;
    int otherwise_at;
};

static void judge_rows(struct oracle *o, const struct decl *rule, struct rows *rows, struct verdict *v)
{
    for (const struct row *row = rule->rows; row && rows->count < ROWS_MAX; row = row->next) {
        int i = rows->count++;
        rows->row[i] = row;
        v->rows[i] = row->otherwise ? TRUTH_NO : oracle_truth(o, row->when);
        if (row->otherwise) {
            rows->otherwise = row;
            rows->otherwise_at = i;
        }
    }
    v->row_count = rows->count;
}

/* The truth of: another row that stands instead of this one holds. */
static enum truth overridden(const struct rows *rows, const struct verdict *v, int i)
{
    enum truth truth = TRUTH_NO;
    const char *name = rows->row[i]->name.text;
    for (int j = 0; name && j < rows->count; j++)
        if (rows->row[j]->instead_of.text && strcmp(rows->row[j]->instead_of.text, name) == 0)
            truth = truth_or(truth, v->rows[j]);
    return truth;
}

static bool same_result(const struct row *a, const struct row *b)
{
    return a->kind == b->kind && (a->kind != ROW_VALUE || a->member == b->member);
}

static void give(struct verdict *v, const struct row *row)
{
    static const enum outcome outcomes[] = {[ROW_VALUE] = OUTCOME_DECIDED,
                                            [ROW_NO_STATEMENT] = OUTCOME_NO_STATEMENT,
                                            [ROW_EQUIPOISE] = OUTCOME_EQUIPOISE};
    v->sure = true;
    v->outcome = outcomes[row->kind];
    v->member = row->kind == ROW_VALUE ? row->member->code : 0;
}

/* ---- Policies: each works on rows that surely count and rows that may ------------------------------- */

static void by_agreement(const struct rows *rows, struct verdict *v, const enum truth *counts)
{
    const struct row *first = NULL;
    bool all_agree = true;
    for (int i = 0; i < rows->count; i++) {
        if (counts[i] != TRUTH_YES) continue;
        if (first && !same_result(first, rows->row[i])) {
            v->sure = true;
            v->outcome = OUTCOME_CONFLICT;
        }
        if (first == NULL) first = rows->row[i];
    }
    if (v->sure || first == NULL) return;
    for (int i = 0; i < rows->count; i++)
        all_agree = all_agree && (counts[i] == TRUTH_NO || same_result(first, rows->row[i]));
    if (all_agree) give(v, first);
    for (int i = 0; i < rows->count; i++)
        v->used[i] = counts[i] == TRUTH_YES;
}

static void by_first_match(const struct rows *rows, struct verdict *v, const enum truth *counts)
{
    for (int i = 0; i < rows->count; i++) {
        if (counts[i] == TRUTH_NO) continue;
        if (counts[i] == TRUTH_YES) {
            give(v, rows->row[i]);
            v->used[i] = true;
        }
        return;
    }
}

static int rank(const struct row *row)
{
    return row->kind == ROW_VALUE ? row->member->code : -1;
}

static void by_highest(const struct rows *rows, struct verdict *v, const enum truth *counts)
{
    int best = -1;
    for (int i = 0; i < rows->count; i++)
        if (counts[i] == TRUTH_YES && (best < 0 || rank(rows->row[i]) > rank(rows->row[best]))) best = i;
    if (best < 0) return;
    for (int i = 0; i < rows->count; i++) {
        bool could_change = rank(rows->row[i]) > rank(rows->row[best]) ||
                            (rank(rows->row[best]) < 0 && !same_result(rows->row[i], rows->row[best]));
        if (counts[i] != TRUTH_NO && could_change)
            return; /* also where two of the lowest differ: which of them goes first is not said */
    }
    give(v, rows->row[best]);
    for (int i = 0; i < rows->count; i++)
        v->used[i] = counts[i] == TRUTH_YES && same_result(rows->row[i], rows->row[best]);
}

/* TRUTH_YES where two rows stand instead of the same one and differ: a conflict under every policy. */
static enum truth rivals(const struct rows *rows, const enum truth *counts)
{
    enum truth any = TRUTH_NO;
    for (int i = 0; i < rows->count; i++)
        for (int j = 0; j < i; j++) {
            const char *a = rows->row[i]->instead_of.text, *b = rows->row[j]->instead_of.text;
            if (a && b && strcmp(a, b) == 0 && !same_result(rows->row[i], rows->row[j]))
                any = truth_or(any, truth_and(counts[i], counts[j]));
        }
    return any;
}

static void by_policy(const struct decl *rule, const struct rows *rows, struct verdict *v,
                      const enum truth *counts)
{
    switch (rule->policy) {
    case POLICY_AGREEMENT: by_agreement(rows, v, counts); break;
    case POLICY_FIRST_MATCH: by_first_match(rows, v, counts); break;
    default: by_highest(rows, v, counts); break;
    }
}

/* From what the rows say to what the rule says. */
static void conclude(const struct decl *rule, const struct rows *rows, struct verdict *v)
{
    enum truth counts[ROWS_MAX];
    bool none = true;
    for (int i = 0; i < rows->count; i++) {
        counts[i] = truth_and(v->rows[i], truth_not(overridden(rows, v, i)));
        none = none && v->rows[i] == TRUTH_NO;
    }
    enum truth rival = rivals(rows, counts);
    if (rival == TRUTH_YES) {
        v->sure = true;
        v->outcome = OUTCOME_CONFLICT;
    } else if (rival != TRUTH_NO) {
        v->sure = false;
    } else if (none && rows->otherwise) {
        give(v, rows->otherwise);
        v->used[rows->otherwise_at] = true;
    } else if (none) {
        v->sure = true;
        v->outcome = OUTCOME_NOT_COVERED;
    } else {
        by_policy(rule, rows, v, counts);
    }
}

/* What it would be where the row holds, or does not. */
static struct verdict supposed(const struct decl *rule, const struct rows *rows, const struct verdict *v,
                               int row, enum truth holds)
{
    struct verdict other = *v;
    other.rows[row] = holds;
    conclude(rule, rows, &other);
    return other;
}

/* One comparison is a fault, and all else is known.  Where both its answers give the same, the rule is that;
   where they do not, no search can decide it, and it is a fault. */
static void conclude_fault(const struct decl *rule, const struct rows *rows, struct verdict *v)
{
    int row = 0;
    while (row < rows->count && v->rows[row] != TRUTH_FAULT)
        row++;
    if (row == rows->count) return;
    struct verdict yes = supposed(rule, rows, v, row, TRUTH_YES);
    struct verdict no = supposed(rule, rows, v, row, TRUTH_NO);
    bool same = yes.outcome == no.outcome && yes.member == no.member;
    v->sure = yes.sure && no.sure;
    v->tentative = v->sure && !same;
    v->outcome = same ? yes.outcome : OUTCOME_FAULT;
    v->member = yes.member;
}

void oracle_classify(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    struct rows rows = {0};
    long unknowns = o->unknowns, faults = o->faults;
    judge_rows(o, rule, &rows, v);
    conclude(rule, &rows, v);
    bool single = o->unknowns == unknowns && o->faults == faults + 1;
    if (!v->sure && single) conclude_fault(rule, &rows, v);
    v->sure = v->sure && v->applies == TRUTH_YES;
}
