/*
 * Phases of treatment, and the days that are counted in them.
 */
#include "compiler/check.h"

#include <string.h>

static struct type *error_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_ERROR);
}

/* ---- The declaration -------------------------------------------------------------------------------- */

/* Days are dates of the calendar, so that a phase has no hours. */
static bool counts_whole_days(struct checker *ck, const struct expr *e)
{
    decimal length;
    if (!unit_counts_dates(&e->type->unit)) {
        struct diag *d =
            diag_report(ck->sink, DIAG_PHASE_LENGTH, expr_span(ck, e),
                        "a phase lasts whole days, and this is %s", type_words(ck->arena, e->type));
        note_origin(ck, d, e);
        diag_help(ck->sink, d, "write days, weeks, months or years, as in `lasts 21 days`");
        return false;
    }
    if (!literal_value(e, &length) || decimal_sign(length) > 0) return true;
    struct diag *d = diag_report(ck->sink, DIAG_PHASE_LENGTH, e->span, "a phase lasts at least one day");
    diag_help(ck->sink, d, "day 1 is the day on which it starts: a phase of that day alone is `lasts 1 day`");
    return false;
}

static bool check_lasts(struct checker *ck, struct expr *e)
{
    check_value(ck, e, NULL);
    return check_length(ck, e, DIAG_LENGTH_NEEDED) && counts_whole_days(ck, e);
}

static bool is_complete(struct checker *ck, const struct decl *d)
{
    if (d->starts && d->lasts) return true;
    struct diag *message = diag_report(
        ck->sink, DIAG_PHASE_INCOMPLETE, d->span,
        d->starts ? "`%s` does not say how long it lasts" : "`%s` does not say when it starts", d->name.text);
    diag_help(ck->sink, message, "a phase is written `phase NAME \"Label\" starts DATE lasts 21 days`");
    return false;
}

void check_phase(struct checker *ck, struct decl *d)
{
    bool good = is_complete(ck, d);
    if (d->starts) check_moment(ck, &d->starts);
    if (d->lasts) good = check_lasts(ck, d->lasts) && good;
    good = good && d->starts->type->kind != TYPE_ERROR;
    check_tail(ck, &d->tail);
    d->type = type_new(ck->arena, good ? TYPE_DATE : TYPE_ERROR);
}

/* ---- Which phase is meant --------------------------------------------------------------------------- */

static struct decl *phase_named(const struct checker *ck, const struct name *name)
{
    struct decl *d = check_lookup(ck, name->text);
    return d && d->kind == DECL_PHASE ? d : NULL;
}

static void report_no_phase(struct checker *ck, const struct name *name)
{
    if (ck->decl && ck->decl->names_lost) return; /* perhaps named in what was dropped */
    const struct decl *other = symbols_find(ck->c->symbols, name->text);
    bool hidden = other && other->kind == DECL_PHASE;
    struct diag *d = diag_report(ck->sink, DIAG_PHASE_UNKNOWN, name->span, "there is no phase `%s`%s",
                                 name->text, hidden ? " in this file" : "");
    if (hidden) {
        diag_note(ck->sink, d, other->name.span, "`%s` declares it", other->protocol->name.text);
        diag_help(ck->sink, d, "write `use %s` at the top of this file", other->protocol->name.text);
        return;
    }
    if (other) diag_note(ck->sink, d, other->name.span, "this `%s` is no phase", name->text);
    const char *near = symbols_suggest(ck->c->symbols, ck->protocol, 1U << DECL_PHASE, name->text);
    if (near)
        diag_help(ck->sink, d, "did you mean `%s`?", near);
    else
        diag_help(ck->sink, d, "declare it: `phase %s \"...\" starts DATE lasts 21 days`", name->text);
}

struct decl *check_phase_name(struct checker *ck, struct expr *e)
{
    struct decl *d = phase_named(ck, &e->name);
    if (!d) {
        report_no_phase(ck, &e->name);
        return NULL;
    }
    e->decl = d;
    e->type = check_decl_type(ck, d);
    return e->type->kind == TYPE_ERROR ? NULL : d;
}

/* ---- `start of P`, `end of P`, `day of P`, `day N of P` ---------------------------------------------- */

static bool part_of_phase(const char *word, enum expr_kind *kind)
{
    static const struct {
        const char *word;
        enum expr_kind kind;
    } parts[] = {{"start", EXPR_PHASE_START}, {"end", EXPR_PHASE_END}, {"day", EXPR_PHASE_NUMBER}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].word, word) == 0) {
            *kind = parts[i].kind;
            return true;
        }
    return false;
}

/* A name that means nothing here is a misspelt phase; any other thing may have a field `start`. */
bool check_is_phase_part(const struct checker *ck, struct expr *e)
{
    enum expr_kind kind;
    if (e->a->kind != EXPR_NAME || !part_of_phase(e->name.text, &kind)) return false;
    if (!phase_named(ck, &e->a->name) &&
        (check_lookup(ck, e->a->name.text) || check_scope_has(ck, e->a->name.text)))
        return false;
    e->kind = kind;
    return true;
}

struct type *check_phase_part(struct checker *ck, struct expr *e)
{
    if (!check_phase_name(ck, e->a)) return error_type(ck);
    return e->kind == EXPR_PHASE_NUMBER ? type_whole(ck->arena) : type_new(ck->arena, TYPE_DATE);
}

bool check_day_number(struct checker *ck, struct expr *e, enum diag_code code, const char *what)
{
    decimal number;
    const struct type *type = check_value(ck, e, NULL);
    bool bad = type->kind != TYPE_QUANTITY || !type_is_number(type) || !type->whole;
    if (type->kind == TYPE_ERROR) return false;
    if (!bad && (!literal_value(e, &number) || decimal_sign(number) > 0)) return true;
    struct diag *d = diag_report(ck->sink, code, expr_span(ck, e), "a day of %s is a whole number from 1%s%s",
                                 what, bad ? ", and this is " : "", bad ? type_words(ck->arena, type) : "");
    diag_help(ck->sink, d,
              "day 1 is the day on which it starts; the day before the start of a phase is `start of PHASE - "
              "1 day`");
    return false;
}

/* The most days that a phase of constant length can have; -1 where its length is no constant. */
static int64_t phase_days(const struct decl *phase)
{
    static const struct {
        const char *code;
        int64_t days;
    } units[] = {{"d", 1}, {"mo", 31}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct unit unit;
        decimal length;
        int64_t count;
        if (unit_parse(units[i].code, strlen(units[i].code), UNIT_RULES, &unit, NULL) != UNIT_OK) continue;
        if (!literal_in_unit(phase->lasts, &unit, &length) || !decimal_to_int(length, &count)) continue;
        /* 31 days a month: only a day that no calendar has is reported here, all others at run time */
        return count > INT64_MAX / 31 ? -1 : count * units[i].days;
    }
    return -1;
}

bool check_day_inside(struct checker *ck, const struct decl *phase, const struct expr *day)
{
    decimal number;
    int64_t n, last = phase_days(phase);
    if (last < 0 || !literal_value(day, &number) || !decimal_to_int(number, &n) || n <= last) return true;
    struct diag *d = diag_report(ck->sink, DIAG_PHASE_DAY, day->span, "`%s` has no day %lld",
                                 phase->name.text, (long long)n);
    diag_note(ck->sink, d, phase->lasts->span, "it lasts so long");
    diag_help(ck->sink, d, "a day after the phase is counted from its end, as in `end of %s + 1 day`",
              phase->name.text);
    return false;
}

struct type *check_phase_day(struct checker *ck, struct expr *e)
{
    const struct decl *phase = check_phase_name(ck, e->a);
    if (!check_day_number(ck, e->b, DIAG_PHASE_DAY, "a phase") || !phase ||
        !check_day_inside(ck, phase, e->b))
        return error_type(ck);
    return type_new(ck->arena, TYPE_DATE);
}
