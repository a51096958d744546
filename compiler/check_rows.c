/*
 * Classifications: rows, their values and names, and rows that contradict each other.
 *
 * Two rows with the same condition and different results are found here by comparing texts of conditions,
 * as a warning.  Rows whose conditions merely overlap are no mistake: where both hold for a patient, the
 * result is a conflict.
 */
#include "compiler/check.h"
#include "compiler/expr_tree.h"
#include "compiler/name_set.h"

enum { RESULTS_MAX = 64 }; /* values of a classification */

/* A message and an advice where nothing prints them. */
static void refuse_telling(struct checker *ck, const struct tail *tail)
{
    const struct text *told = tail->say ? tail->say : tail->advices ? tail->advices->text : NULL;
    if (!told) return;
    struct diag *d = diag_report(ck->sink, DIAG_SAY_MISPLACED, told->span, "nothing prints this text");
    diag_help(
        ck->sink, d,
        "`say` and `advise` belong to an alert or a monitor; the reason for a row is written with `because`");
}

void check_reason(struct checker *ck, const struct tail *tail)
{
    check_text(ck, tail->because);
    refuse_telling(ck, tail);
}

void check_tail(struct checker *ck, struct tail *tail)
{
    check_reason(ck, tail);
    if (!tail->strength.text) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_STRENGTH_MISPLACED, tail->strength.span, "a strength cannot stand here");
    diag_help(ck->sink, d, "classifications and doses have none: leave it out");
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

static void check_row_value(struct checker *ck, const struct decl *d, struct row *row)
{
    if (row->kind != ROW_VALUE || row->member) return;
    if (!row->value.text || !d->enumeration) return;
    row->member = enumeration_find(d->enumeration, row->value.text);
    if (!row->member) report_value_unknown(ck, row->value.span, row->value.text, d->enumeration);
}

/* What a row names holds to its end. */
static void check_row(struct checker *ck, const struct decl *d, struct row *row)
{
    const struct scope *rule = ck->scope;
    check_row_value(ck, d, row);
    if (row->when && !row->when->type) check_condition(ck, row->when); /* those of a table are checked */
    check_tail(ck, &row->tail);
    /* the names that `as` gave in the row end with it */
    ck->scope = rule;
}

static void check_otherwise(struct checker *ck, const struct decl *d)
{
    for (const struct row *row = d->rows; row; row = row->next) {
        if (!row->otherwise || !row->next) continue;
        struct diag *message = diag_report(ck->sink, DIAG_ROW_AFTER_OTHERWISE, row->next->span,
                                           "a row after `otherwise` can never be reached");
        diag_note(ck->sink, message, row->span, "`otherwise` takes all that is left");
        diag_help(ck->sink, message, "let the `otherwise` row be the last one");
        return;
    }
}

void check_row_label(struct checker *ck, const struct name *name, const struct name *instead_of,
                     struct name_set *above)
{
    bool known = !instead_of->text || name_set_find(above, instead_of->text);
    /* added after `instead of` was looked up: a row does not replace itself */
    const struct name *same = name->text ? name_set_add(above, name->text, name->span) : NULL;
    struct diag *d;
    if (same) {
        d = diag_report(ck->sink, DIAG_ROW_NAME_TWICE, name->span, "two rows are called `%s`", name->text);
        diag_note(ck->sink, d, same->span, "the first one");
    }
    if (known || ck->decl->incomplete) return;
    d = diag_report(ck->sink, DIAG_INSTEAD_UNKNOWN, instead_of->span, "no row above is called `%s`",
                    instead_of->text);
    diag_help(ck->sink, d, "name the row that is replaced: `... as %s when ...`", instead_of->text);
}

/* ---- Contradictions --------------------------------------------------------------------------------- */

struct seen_row {
    const struct row *row;
    uint32_t hash;
    struct seen_row *next;
};

static bool same_result(const struct row *a, const struct row *b)
{
    return a->kind == b->kind && a->member == b->member;
}

static void warn_contradiction(struct checker *ck, const struct row *row, const struct row *first)
{
    struct diag *d = diag_report(ck->sink, DIAG_ROWS_CONTRADICT, row->span,
                                 "this row has the condition of another one and a different result");
    diag_note(ck->sink, d, first->span, "the other one");
    diag_help(ck->sink, d,
              "whenever both hold the result is a conflict: correct one of them, or choose the policy "
              "`by first match` or `by highest`");
}

static bool condition_equal(const struct expr *a, const struct expr *b)
{
    return a == b || (a && b && expr_equal(a, b));
}

/* Each row is compared with the first one of its condition, through a hash table: a table may have
   thousands of rows. */
static void check_contradictions(struct checker *ck, const struct decl *d)
{
    enum { BUCKETS = 1024 };
    if (d->policy != POLICY_AGREEMENT) return;
    struct seen_row **buckets = arena_alloc(ck->arena, BUCKETS * sizeof(*buckets));
    for (const struct row *row = d->rows; row; row = row->next) {
        bool reported = row->kind == ROW_VALUE && !row->member;
        if (row->otherwise || row->instead_of.text || reported) continue;
        uint32_t hash = row->when ? expr_hash(row->when) : 0;
        struct seen_row **bucket = &buckets[hash % BUCKETS], *seen = *bucket;
        while (seen && !(seen->hash == hash && condition_equal(seen->row->when, row->when)))
            seen = seen->next;
        if (seen && !same_result(seen->row, row)) warn_contradiction(ck, row, seen->row);
        if (seen) continue;
        struct seen_row *entry = arena_alloc(ck->arena, sizeof *entry);
        *entry = (struct seen_row){row, hash, *bucket};
        *bucket = entry;
    }
}

/* ---- The classification ----------------------------------------------------------------------------- */

static void check_value_count(struct checker *ck, const struct decl *d)
{
    if (d->enumeration->count <= RESULTS_MAX) return;
    diag_report(ck->sink, DIAG_VALUES_TOO_MANY, d->enumeration->span,
                "a classification has at most %d values, this one has %d", RESULTS_MAX,
                d->enumeration->count);
}

static void check_policy(struct checker *ck, const struct decl *d)
{
    if (d->policy != POLICY_HIGHEST || d->enumeration->ordered || !d->enumeration->values) return;
    struct diag *message = diag_report(ck->sink, DIAG_HIGHEST_UNORDERED, d->enumeration->span,
                                       "`by highest` needs results that have an order");
    diag_help(ck->sink, message, "list them from the lowest to the highest with `<`: `standard < high`");
}

void check_classify(struct checker *ck, struct decl *d)
{
    if (!d->enumeration) return;
    check_value_count(ck, d);
    check_policy(ck, d);
    check_tail(ck, &d->tail);
    if (d->applies) check_condition(ck, d->applies);
    check_tables(ck, d);
    for (struct row *row = d->rows; row; row = row->next)
        check_row(ck, d, row);
    check_otherwise(ck, d);
    struct name_set above = {.arena = ck->arena};
    for (const struct row *row = d->rows; row; row = row->next)
        check_row_label(ck, &row->name, &row->instead_of, &above);
    check_contradictions(ck, d);
    if (d->rows || tables_have_rows(d) || d->incomplete) return;
    struct diag *message = diag_report(ck->sink, DIAG_NO_ROWS, d->span, "`%s` has no rows", d->name.text);
    diag_help(ck->sink, message, "write its rows below it: `%s when ...`", d->enumeration->values->name);
}
