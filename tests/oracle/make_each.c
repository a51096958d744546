/*
 * Rules for each element of a list, by chance.  The rows of one rule share selections, and differ in what
 * they compare them with: where the machine keeps what it has computed for one row or one element, it must be
 * right for the others.
 */
#include "tests/oracle/make_program.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void put(struct maker *m, const char *text)
{
    fputs(text, m->out);
}

/* @ stands for the name of the element. */
static void put_of_element(struct maker *m, const char *text, int item)
{
    for (const char *c = text; *c; c++)
        if (*c == '@')
            fprintf(m->out, "item_%d", item);
        else
            fputc(*c, m->out);
}

/* ---- What is asked of an element ------------------------------------------------------------------- */

struct words {
    const char *const *words;
    int count;
};

static const char *const OF_LABS[] = {
    "@ > 3 mg/dL",
    "assay of @ is mid",
    "(any shots within 14 days after @)",
    "count of shots since @ >= 1",
    "(any labs after @ where (value > 7 mg/dL))",
    "date of @ < 2025-03-31",
    "assay of @ >= mid",
};
static const char *const OF_SHOTS[] = {
    "amount of @ >= 50 mg",
    "place of @ is low",
    "(lowest labs from 7 days to 14 days after @) < 7 mg/dL",
    "(any labs within 36 h after @)",
    "(any labs after @ where (value > 3 mg/dL))",
    "count of labs since @ >= 2",
    "(every labs after @ has value < 7 mg/dL)",
    "(any stays from 0 days to 1 month after @ where (reason is not red))",
    "(latest labs before @) > 3 mg/dL",
};
static const char *const OF_STAYS[] = {
    "reason of @ is red",
    "reason of @ is not one of green, blue",
    "(any shots from 1 day to 14 days after @ where (amount >= 50 mg))",
    "(highest labs since @) >= 7 mg/dL",
    "date of @ < 2025-03-31",
};
/* These read inputs and parameters too. */
static const char *const READ_LABS[] = {
    "@ >= glucose",
    "date of @ >= seen_day",
    "assay of @ is grade",
    "graded(assay of @, flag)",
    "(any shots where (place is assay of @))",
    "(any shots within 14 days after @ where (amount > drug_mass))",
    "time from birth_day to date of @ >= 1 year",
    "(any labs on (date of @ + 7 days) where (value >= glucose))",
};
static const char *const READ_SHOTS[] = {
    "amount of @ < drug_mass",
    "heavier(amount of @, drug_mass)",
    "(any labs where (assay is place of @) after @)",
    "count of stays where (reason is red or place of @ is low) since @ >= 1",
    "time from date of @ to seen_day < 1 month",
    "amount of @ > table_mass of grade",
    "amount of @ + drug_mass > parameter_mass",
    "(any labs from 1 day to parameter_wait after @)",
    "completed weeks from date of @ to now >= 2",
    "(any labs between (date of @) and visit_time)",
    "amount of (latest shots) > amount of @",
};
static const char *const READ_STAYS[] = {
    "colour is red or reason of @ is red",
    "(any shots within parameter_wait after @)",
    "(lowest labs since @) > glucose",
    "visit_time >= date of @",
};

/* Amounts in mg/dL and counts that several rows of a rule compare. */
static const char *const LEVELS_OF[] = {
    "(lowest labs from 7 days to 14 days after @)",
    "(latest labs after @)",
    "(latest labs before @)",
    "(highest labs since @)",
    "(first labs where (assay is not low) after @)",
    "(average labs within 14 days after (date of @))",
    "(latest labs where (value < 12.5 mg/dL) within 1 month before @)",
};
static const char *const COUNTS_OF[] = {
    "count of shots after @",
    "count of labs where (value > 3 mg/dL) since @",
    "count of stays where (active at now) until @",
    "count of shots within 14 days before @",
};

static struct words conditions_of(const char *list, bool reads)
{
    if (*list == 'l')
        return reads ? (struct words){READ_LABS, COUNT(READ_LABS)} : (struct words){OF_LABS, COUNT(OF_LABS)};
    if (list[1] == 'h')
        return reads ? (struct words){READ_SHOTS, COUNT(READ_SHOTS)}
                     : (struct words){OF_SHOTS, COUNT(OF_SHOTS)};
    return reads ? (struct words){READ_STAYS, COUNT(READ_STAYS)} : (struct words){OF_STAYS, COUNT(OF_STAYS)};
}

/* A rule with `for each` that is being written. */
struct each_rule {
    const char *list;
    int item;
    const char *level, *count; /* selections of the element that its rows share */
};

static void make_relation(struct maker *m)
{
    static const char *const signs[] = {" < ", " <= ", " > ", " >= "};
    make_word(m, signs, COUNT(signs));
}

static void make_shared(struct maker *m, const struct each_rule *r)
{
    if (make_one_in(m, 3)) {
        put_of_element(m, r->count, r->item);
        make_relation(m);
        fprintf(m->out, "%d", make_below(m, 3));
    } else if (r->level[1] != 'a' && make_one_in(m, 4)) { /* an average is of no date */
        int n = m->near = ++m->bindings;
        put_of_element(m, r->level, r->item);
        fprintf(m->out, " as near_%d", n);
        make_relation(m);
        make_literal(m, LEVEL);
        fprintf(m->out, " and date of near_%d > 2025-03-17", n);
    } else {
        put_of_element(m, r->level, r->item);
        make_relation(m);
        make_literal(m, LEVEL);
    }
}

/* A condition on the element, in brackets. */
static void make_of_item(struct maker *m, const struct each_rule *r)
{
    put(m, "(");
    if (make_one_in(m, 3)) {
        make_shared(m, r);
    } else {
        struct words all = conditions_of(r->list, !m->style->plain && make_one_in(m, 3));
        put_of_element(m, all.words[make_below(m, all.count)], r->item);
    }
    put(m, ")");
}

int make_each(struct maker *m, const char *list)
{
    int item = ++m->items;
    fprintf(m->out, "  for each %s", list);
    if (make_one_in(m, m->style->lists ? 4 : 2) == !m->style->lists) make_where(m, list);
    fprintf(m->out, " as item_%d\n", item);
    return item;
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

static void make_whole_condition(struct maker *m)
{
    put(m, "(");
    make_condition(m, make_below(m, 2));
    put(m, ")");
}

static void make_row_condition(struct maker *m, const struct each_rule *r)
{
    const char *between = make_one_in(m, 3) ? " or " : " and ";
    switch (make_below(m, 8)) {
    case 0:
    case 1: make_of_item(m, r); break;
    case 2:
        make_of_item(m, r);
        put(m, between);
        make_of_item(m, r);
        break;
    case 3:
        make_of_item(m, r);
        put(m, between);
        make_whole_condition(m);
        break;
    case 4:
    case 5: /* what is said of the patient goes before */
        make_whole_condition(m);
        put(m, between);
        make_of_item(m, r);
        break;
    case 6:
        put(m, "not ");
        make_of_item(m, r);
        break;
    default:
        make_whole_condition(m);
        put(m, " implies ");
        make_of_item(m, r);
        break;
    }
}

static void make_table(struct maker *m, const struct each_rule *r)
{
    static const char *const of_lists[] = {"assay of @", "place of @", "reason of @"};
    static const char *const grades[] = {"any", "low or mid", ">= mid", "not top", "top"};
    static const char *const reasons[] = {"any", "red", "not green", "blue or red", "green"};
    static const char *const levels[] = {"any", "> 3 mg/dL", "<= 0.07 g/L", "from 3 mg/dL to 12.5 mg/dL",
                                         "any"};
    static const char *const flags[] = {"any", "yes", "no", "any", "yes"};
    int of = *r->list == 'l' ? 0 : r->list[1] == 'h' ? 1 : 2;
    put(m, "  | flag | ");
    put_of_element(m, of_lists[of], r->item);
    put(m, " | ");
    put_of_element(m, r->level, r->item);
    put(m, " | say |\n");
    for (int n = 1 + make_below(m, 3); n > 0; n--) {
        put(m, "  | ");
        make_word(m, flags, COUNT(flags));
        put(m, " | ");
        make_word(m, of == 2 ? reasons : grades, COUNT(grades));
        put(m, " | ");
        make_word(m, levels, COUNT(levels));
        put(m, " | \"this one\" |\n");
    }
}

/* What the row tells: what it has named last, or what the element says of itself. */
static void make_say(struct maker *m, const struct each_rule *r)
{
    static const char *const of_lists[] = {"{@} on {date of @}, {assay of @}",
                                           "{amount of @} on {date of @}, {place of @}",
                                           "{reason of @} on {date of @}"};
    if (m->near > 0) {
        fprintf(m->out, "    say \"{near_%d} on {date of near_%d}\"\n", m->near, m->near);
    } else if (make_one_in(m, 2)) {
        put(m, "    say \"");
        put_of_element(m, of_lists[*r->list == 'l' ? 0 : r->list[1] == 'h' ? 1 : 2], r->item);
        put(m, "\"\n");
    }
}

void make_each_rows(struct maker *m, const char *list)
{
    struct each_rule r = {.list = list,
                          .level = LEVELS_OF[make_below(m, COUNT(LEVELS_OF))],
                          .count = COUNTS_OF[make_below(m, COUNT(COUNTS_OF))]};
    r.item = make_each(m, list);
    for (int n = 1 + make_below(m, 4); n > 0; n--) {
        m->near = 0;
        put(m, "  when ");
        make_row_condition(m, &r);
        put(m, "\n");
        make_say(m, &r);
    }
    if (make_one_in(m, 5)) make_table(m, &r);
}
