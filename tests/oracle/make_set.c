/*
 * Collections and recommendations by chance, and questions to sets.
 */
#include "tests/oracle/make_program.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static const char *const ITEMS[] = {"a1", "b1", "c1"};

static void put(struct maker *m, const char *text)
{
    fputs(text, m->out);
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

static void make_strength(struct maker *m, bool excludes)
{
    static const char *const speak_for[] = {"recommended", "option", "advisory", "recommended"};
    static const char *const against[] = {"contraindicated", "not_recommended"};
    put(m, " strength ");
    if (excludes)
        make_word(m, against, COUNT(against));
    else
        make_word(m, speak_for, COUNT(speak_for));
}

/* Two different items, or all. */
static void make_choice(struct maker *m)
{
    static const char *const choices[] = {"a1, b1", "b1, c1", "c1, a1", "a1, b1, c1"};
    make_word(m, choices, COUNT(choices));
}

static void make_item_row(struct maker *m, bool recommends)
{
    int kind = make_below(m, recommends ? 6 : 3);
    bool excludes = kind == 0;
    put(m, "  ");
    if (kind == 4) {
        put(m, "include one of ");
        make_choice(m);
    } else if (kind == 5) {
        put(m, "equipoise ");
        if (make_one_in(m, 2))
            make_choice(m);
        else
            make_word(m, ITEMS, COUNT(ITEMS));
    } else {
        put(m, excludes ? "exclude " : "include ");
        make_word(m, ITEMS, COUNT(ITEMS));
    }
    if (recommends && kind != 5) make_strength(m, excludes);
    if (!make_one_in(m, 6)) {
        put(m, " when ");
        make_condition(m, 1);
    }
    put(m, "\n");
}

static void make_table(struct maker *m, bool recommends)
{
    static const char *const grades[] = {"any", "low", "mid or top", "not low", ">= mid"};
    static const char *const tags[] = {"any", "includes a1", "not includes b1", "any"};
    static const char *const asked[] = {"any", "includes one of a1, c1", "includes one of more_tags",
                                        "includes c1"};
    static const char *const found[] = {" a1 | |\n", " | b1 |\n", " c1 | |\n", " b1 | |\n", " | a1 |\n"};
    static const char *const advised[] = {
        " a1 | | | option |\n", " | b1 | | contraindicated |\n", " one of a1, c1 | | | recommended |\n",
        " | | b1, c1 | |\n",    " c1 | | | advisory |\n",        " | c1 | | not_recommended |\n"};
    put(m, recommends ? "  | grade | tags | include | exclude | equipoise | strength |\n"
                      : "  | grade | tags | include | exclude |\n");
    for (int n = 2 + make_below(m, 3); n > 0; n--) {
        put(m, "  | ");
        make_word(m, grades, COUNT(grades));
        put(m, " | ");
        if (m->style->plain || make_one_in(m, 2))
            make_word(m, tags, COUNT(tags));
        else
            make_word(m, asked, COUNT(asked));
        put(m, " |");
        if (recommends)
            make_word(m, advised, COUNT(advised));
        else
            make_word(m, found, COUNT(found));
    }
}

void make_set(struct maker *m)
{
    bool recommends = make_one_in(m, 2);
    int n = m->sets + 1;
    fprintf(m->out, "%s set_%d : set of tag_names\n", recommends ? "recommend" : "collect", n);
    if (make_one_in(m, 3)) {
        put(m, "  applies when ");
        make_condition(m, 1);
        put(m, "\n");
    }
    bool table = make_one_in(m, 4);
    if (table) make_table(m, recommends);
    for (int rows = (table ? 0 : 2) + make_below(m, 4); rows > 0; rows--)
        make_item_row(m, recommends);
    put(m, "\n");
    m->sets = n;
}

/* ---- Questions -------------------------------------------------------------------------------------- */

static void make_of_rule(struct maker *m)
{
    static const char *const asks[] = {" includes a1",
                                       " includes b1",
                                       " includes tag",
                                       " includes c1",
                                       " includes one of a1, c1",
                                       " includes one of b1, tag",
                                       " includes one of tags",
                                       " is decided",
                                       " is not applicable"};
    int n = 1 + make_below(m, m->sets);
    if (make_one_in(m, 6)) {
        fprintf(m->out, "tags includes one of set_%d", n);
        return;
    }
    fprintf(m->out, "set_%d", n);
    make_word(m, asks, COUNT(asks));
}

void make_set_condition(struct maker *m)
{
    static const char *const asks[] = {
        "tags includes one of a1, b1",
        "tags includes one of more_tags",
        "parameter_tags includes one of tags",
        "table_tags of grade includes one of more_tags",
        "table_tags of grade includes b1",
        "tags includes tag",
        "more_tags includes one of c1, tag",
        "(any shots where (marks includes one of tags))",
        "(any shots where (marks includes one of a1, c1) before seen_day)",
        "marks of (latest shots) includes one of parameter_tags",
    };
    if (m->sets > 0 && make_one_in(m, 2))
        make_of_rule(m);
    else
        make_word(m, asks, COUNT(asks));
}
