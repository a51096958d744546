/* Schedules and phases: how often, from when, for how long. */
#include "compiler/ast_build.h"
#include "compiler/mistakes.h"

#include <string.h>

static struct expr *phase_of(struct parser *p, struct name *phase)
{
    return phase ? ast_named(p, EXPR_NAME, phase, NULL, phase->span) : NULL;
}

struct schedule *ast_schedule(struct parser *p, enum schedule_form form, struct name *phase, struct span span)
{
    struct schedule *schedule = arena_alloc(p->c->arena, sizeof *schedule);
    schedule->form = form;
    schedule->phase = phase_of(p, phase);
    schedule->span = span;
    return schedule;
}

struct schedule *ast_schedule_days(struct parser *p, struct expr *days, struct name *phase, struct span span)
{
    struct schedule *schedule = ast_schedule(p, SCHEDULE_DAYS, phase, span);
    schedule->days = days;
    return schedule;
}

struct schedule *ast_schedule_every(struct parser *p, struct expr *every, struct expr *to, struct name *phase,
                                    struct span span)
{
    struct schedule *schedule = ast_schedule(p, SCHEDULE_EVERY, phase, span);
    schedule->every = every;
    schedule->every_to = to;
    return schedule;
}

/* `2 times a week`, `once a week`: the word between is always `a`. */
struct schedule *ast_schedule_times(struct parser *p, struct expr *times, const char *word,
                                    const struct name *unit, struct name *phase, struct span span)
{
    struct schedule *schedule = ast_schedule(p, SCHEDULE_TIMES, phase, span);
    schedule->times = times;
    struct unit_error error;
    bool known = unit_parse(unit->text, strlen(unit->text), UNIT_RULES, &schedule->unit, &error) == UNIT_OK;
    schedule->unit_span = unit->span;
    if (strcmp(word, "a") == 0 && known) return schedule;
    mistake(p, DIAG_SCHEDULE_TIMES, unit->span,
            "write `2 times a week`, with day, week, month or year as the last word",
            "this does not say how often a dose is given");
    schedule->broken = true;
    return schedule;
}

struct clause *ast_scheduled(struct parser *p, struct schedule *schedule, struct expr *when,
                             const struct tail_parts *tail, struct span span)
{
    struct clause *clause = ast_clause(p, CLAUSE_SCHEDULE, NULL, when, tail, span);
    clause->schedule = schedule;
    return clause;
}

struct cell *ast_cell_schedule(struct parser *p, struct schedule *schedule, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->schedule = schedule;
    return cell;
}
