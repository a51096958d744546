/*
 * Collections and recommendations, item by item, and the questions to a set.
 */
#include "tests/oracle/oracle.h"

#include <string.h>

/* ---- Rows ------------------------------------------------------------------------------------------- */

static enum strength strength_of(const struct row *row)
{
    static const char *const words[] = {
        "",
#define STRENGTH(name, word, excludes) word,
#include "runtime/strengths.def"
#undef STRENGTH
    };
    for (int i = 1; row->tail.strength.text && i < STRENGTH_COUNT; i++)
        if (strcmp(words[i], row->tail.strength.text) == 0) return (enum strength)i;
    return STRENGTH_NONE;
}

static enum item_state state_of(const struct row *row)
{
    if (row->kind == ROW_EXCLUDE) return ITEM_EXCLUDED;
    if (row->kind == ROW_EQUIPOISE) return ITEM_EQUIPOISE;
    return row->one_of ? ITEM_CHOICE : ITEM_INCLUDED;
}

static bool names(const struct row *row, const struct enum_value *item)
{
    for (const struct name *name = row->items; name; name = name->next)
        if (strcmp(name->text, item->name) == 0) return true;
    return false;
}

static bool is_named(const struct decl *rule, const struct enum_value *item)
{
    const struct row *row = rule->rows;
    while (row && !names(row, item))
        row = row->next;
    return row != NULL;
}

/* ---- Items ------------------------------------------------------------------------------------------ */

/* Whether a row that gives the item this standing holds. */
static enum truth stands(struct oracle *o, const struct decl *rule, const struct enum_value *item,
                         struct item_verdict standing)
{
    enum truth any = TRUTH_NO;
    for (const struct row *row = rule->rows; row; row = row->next)
        if (names(row, item) && state_of(row) == standing.state && strength_of(row) == standing.strength)
            any = truth_or(any, oracle_truth(o, row->when));
    return any;
}

/* The first standing that a row which holds gives it, where none before it may be: exclusions stand before
   inclusions, these before choices, these before equipoise, and the stronger before the weaker. */
static struct item_verdict judge(struct oracle *o, const struct decl *rule, const struct enum_value *item)
{
    static const enum item_state order[] = {ITEM_EXCLUDED, ITEM_INCLUDED, ITEM_CHOICE, ITEM_EQUIPOISE};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (int strength = STRENGTH_NONE; strength < STRENGTH_COUNT; strength++) {
            struct item_verdict v = {true, order[i], (enum strength)strength, true};
            enum truth holds = stands(o, rule, item, v);
            if (holds == TRUTH_NO) continue;
            v.sure = holds == TRUTH_YES;
            return v;
        }
    return (struct item_verdict){true, ITEM_ABSENT, STRENGTH_NONE, true};
}

/* Of a collection it makes no difference whether an item is excluded or only not included. */
static struct item_verdict judge_found(struct oracle *o, const struct decl *rule,
                                       const struct enum_value *item)
{
    const struct item_verdict excluded = {true, ITEM_EXCLUDED, STRENGTH_NONE, true};
    const struct item_verdict included = {true, ITEM_INCLUDED, STRENGTH_NONE, true};
    enum truth in = truth_and(stands(o, rule, item, included), truth_not(stands(o, rule, item, excluded)));
    return (struct item_verdict){in == TRUTH_YES || in == TRUTH_NO,
                                 in == TRUTH_YES ? ITEM_INCLUDED : ITEM_ABSENT, STRENGTH_NONE, true};
}

void oracle_set(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    bool all = true;
    for (const struct enum_value *item = rule->type->enumeration->values; item; item = item->next) {
        struct item_verdict *own = &v->items[v->item_count++];
        *own = rule->kind == DECL_COLLECT ? judge_found(o, rule, item) : judge(o, rule, item);
        if (v->applies == TRUTH_NO)
            *own = (struct item_verdict){true, ITEM_NOT_APPLICABLE, STRENGTH_NONE, false};
        own->named = is_named(rule, item);
        own->sure = own->sure && v->applies != TRUTH_UNKNOWN && v->applies != TRUTH_FAULT;
        all = all && own->sure;
    }
    v->sure = all;
    v->outcome = OUTCOME_DECIDED;
}

/* ---- Questions -------------------------------------------------------------------------------------- */

static const struct decl *set_rule(const struct expr *e)
{
    e = oracle_strip(e);
    bool named = e->kind == EXPR_NAME && e->decl;
    return named && (e->decl->kind == DECL_COLLECT || e->decl->kind == DECL_RECOMMEND) ? e->decl : NULL;
}

static enum truth item_in(const struct item_verdict *item)
{
    if (!item->sure || item->state == ITEM_NOT_APPLICABLE) return TRUTH_UNKNOWN;
    return item->state == ITEM_INCLUDED || item->state == ITEM_CHOICE ? TRUTH_YES : TRUTH_NO;
}

struct answer oracle_set_value(struct oracle *o, const struct decl *rule)
{
    const struct verdict *v = oracle_verdict(o, rule);
    struct answer set = {.kind = ANSWER_SET};
    if (v->applies == TRUTH_NO) return answer_missing();
    for (int i = 0; i < v->item_count; i++) {
        if (!v->items[i].sure) return answer_open();
        if (item_in(&v->items[i]) == TRUTH_YES) set.set |= UINT64_C(1) << i;
    }
    return set;
}

static enum truth has(struct oracle *o, const struct expr *set, const struct expr *item)
{
    const struct decl *rule = set_rule(set);
    struct answer member = oracle_value(o, item), spoiled;
    if (rule && member.kind == ANSWER_CODE) return item_in(&oracle_verdict(o, rule)->items[member.code]);
    struct answer all = oracle_value(o, set);
    if (answer_spoiled(&all, &member, &spoiled)) return answer_is_true(&spoiled);
    return all.set >> member.code & 1 ? TRUTH_YES : TRUTH_NO;
}

enum truth oracle_includes(struct oracle *o, const struct expr *e)
{
    return has(o, e->a, e->b);
}

static bool is_empty(const struct answer *set)
{
    return set->kind == ANSWER_SET && set->set == 0;
}

/* No where one of the two is known to be empty, and the other one no fault. */
static enum truth meets_set(struct oracle *o, const struct expr *e)
{
    struct answer a = oracle_value(o, e->a), b = oracle_value(o, e->b), spoiled;
    bool may_fail = a.kind == ANSWER_FAULT || b.kind == ANSWER_FAULT || a.open || b.open;
    if (!may_fail && (is_empty(&a) || is_empty(&b))) return TRUTH_NO;
    if (answer_spoiled(&a, &b, &spoiled)) return answer_is_true(&spoiled);
    return (a.set & b.set) != 0 ? TRUTH_YES : TRUTH_NO;
}

enum truth oracle_meets(struct oracle *o, const struct expr *e)
{
    enum truth any = TRUTH_NO;
    if (e->b) return meets_set(o, e);
    for (const struct expr *item = e->args; item; item = item->next)
        any = truth_or(any, has(o, e->a, item));
    return any;
}
