/*
 * Constructors of the syntax tree, one for each action of the grammar.
 *
 * Everything lives in the arena of the compilation.  A constructor takes over what it is given; spans are
 * those of the whole rule.  What can be said about a form without knowing any name is said here (a clause
 * that stands twice, a route that does not exist); the node is then built as far as it makes sense, or is an
 * EXPR_ERROR.
 */
#ifndef REGIMEN_AST_BUILD_H
#define REGIMEN_AST_BUILD_H

#include "compiler/ast.h"

struct parser;

/* A list under construction; what the tree keeps is first. */
#define LIST(type)                                                                                           \
    struct type##_list {                                                                                     \
        struct type *first, *last;                                                                           \
    };                                                                                                       \
    static inline struct type##_list type##_list_one(struct type *item)                                      \
    {                                                                                                        \
        return (struct type##_list){item, item};                                                             \
    }                                                                                                        \
    static inline struct type##_list type##_list_add(struct type##_list list, struct type *item)             \
    {                                                                                                        \
        if (!list.last) return type##_list_one(item);                                                        \
        list.last->next = item;                                                                              \
        list.last = item;                                                                                    \
        return list;                                                                                         \
    }
#include "compiler/ast_lists.def"
#undef LIST

struct unit_word { /* a unit as the scanner read it */
    struct unit unit;
    bool broken; /* reported already */
};

struct tail_parts { /* `trace`, `cite`, `because`, `strength`, `say`, `advise`, as they come */
    struct name_list traces;
    struct cite_list cites;
    struct text *because;
    struct name strength; /* of no advice */
    struct text *say;
    struct advice_list advices;
};

struct row_label { /* `as young`, `instead of young` */
    struct name name, instead_of;
};

struct rounding { /* `to nearest 5 mg` */
    enum decimal_rounding how;
    struct expr *step;
};

/* The span of a rule of the grammar from those of its parts (parts[0] precedes it). */
struct span span_of_rule(const struct span *parts, int count);

/* ---- Files and headers (ast_decl.c) ----------------------------------------------------------------- */

void ast_file_add(struct parser *p);
/* The declaration that did not parse: keeps what is known of it, so that its name stays known. */
void ast_file_broken(struct parser *p);
/* A clause or row of the current declaration that did not parse. */
void ast_part_broken(struct parser *p);
/* Reports that this part of the current declaration, written what, stands there already. */
void ast_twice(struct parser *p, struct span span, struct span first, const char *what);

void ast_protocol(struct parser *p, const struct name *name, struct text *title, struct span span);
void ast_site(struct parser *p, const struct name *name, struct text *title, struct span span);
void ast_version(struct parser *p, const char *version, struct span span);
void ast_version_short(struct parser *p, struct span span);
void ast_status(struct parser *p, const char *status, struct text *by, struct expr *on, struct span span);
void ast_use(struct parser *p, struct name_list names);

void ast_source(struct parser *p, const struct name *name, struct text *label, struct text *in,
                struct span span);
void ast_enumeration(struct parser *p, const struct name *name, struct text *label,
                     struct enumeration *values, struct span span);
/* The header of these reaches from the span of its word to that of its label. */
void ast_input(struct parser *p, const struct name *name, struct text *label, struct type *type,
               struct span from, struct span to);
void ast_parameter(struct parser *p, const struct name *name, struct text *label, struct type *type,
                   struct span from, struct span to);
void ast_define(struct parser *p, const struct name *name, struct text *label, struct span from,
                struct span to);
void ast_function(struct parser *p, const struct name *name, struct param_list params, struct text *label,
                  struct type *type, struct span from, struct span to);
void ast_phase(struct parser *p, const struct name *name, struct text *label, struct span from,
               struct span to);
void ast_classify(struct parser *p, const struct name *name, struct text *label, struct enumeration *results,
                  int policy, struct span from, struct span to);
void ast_dose(struct parser *p, const struct name *name, struct text *label, const struct name *drug,
              struct span from, struct span to);
/* COLLECT, RECOMMEND: type is the set that its rows fill. */
void ast_set_rule(struct parser *p, enum decl_kind kind, const struct name *name, struct text *label,
                  struct type *type, struct span from, struct span to);
void ast_monitor(struct parser *p, const struct name *name, struct text *label, struct span from,
                 struct span to);
/* severity NULL: none is written */
void ast_alert(struct parser *p, const struct name *name, struct text *label, const struct name *severity,
               struct span from, struct span to);
void ast_guarantee(struct parser *p, struct text *label, struct span span);
void ast_test(struct parser *p, struct text *label, struct span span);
void ast_requirement(struct parser *p, const struct name *id, struct text *sentence,
                     const struct tail_parts *notes, struct span word);
void ast_report_shows(struct parser *p, struct name_list names, struct span words);
void ast_not_coded(struct parser *p, struct name_list ids, const struct tail_parts *notes, struct span word);
void ast_set(struct parser *p, struct setting *setting, struct span span);

/* ---- Parts of the current declaration (ast_decl.c) --------------------------------------------------- */

void ast_range(struct parser *p, struct expr *low, struct expr *high, struct span span);
void ast_negative_below(struct parser *p, const struct name *limit);
void ast_code(struct parser *p, const struct name *system, struct text *value);
void ast_starts(struct parser *p, struct expr *moment, struct span span);
void ast_lasts(struct parser *p, struct expr *length, struct span span);
void ast_body(struct parser *p, struct expr *body, const struct tail_parts *tail);
/* reader NULL: `nothing reads` */
void ast_not_reading(struct parser *p, const struct name *reader, struct name_list read,
                     const struct tail_parts *tail);
/* READER does not WORD ... */
void ast_does_not(struct parser *p, const struct name *reader, const char *word, struct span word_span,
                  struct name_list read, const struct tail_parts *tail);
void ast_decl_tail(struct parser *p, const struct tail_parts *tail);
void ast_applies(struct parser *p, struct expr *condition, struct span span);
void ast_add_row(struct parser *p, struct row *row);
void ast_add_clause(struct parser *p, struct clause *clause);
void ast_add_table(struct parser *p, struct table *table);
void ast_as_of(struct parser *p, struct expr *date, struct span span);
void ast_add_settings(struct parser *p, struct setting_list settings);
void ast_add_givens(struct parser *p, struct given_list givens);
void ast_add_expect(struct parser *p, struct expr *condition);
/* by WORD, by first WORD: enum policy */
int ast_policy(struct parser *p, const char *word, struct span span);
int ast_policy_first(struct parser *p, const char *word, struct span span);

/* ---- Types (ast_type.c) ------------------------------------------------------------------------------ */

struct type *ast_type_word(struct parser *p, struct name *word);
struct type *ast_type_unit(struct parser *p, const struct unit_word *unit, struct span span);
struct type *ast_type(struct parser *p, enum type_kind kind, struct span span);
/* one of, set of: a single name is that of an enumeration, several are its values. */
struct type *ast_type_members(struct parser *p, enum type_kind kind, struct name_list names,
                              struct span span);
struct type *ast_type_series(struct parser *p, struct type *of, struct field_list fields, struct span span);
struct type *ast_type_events(struct parser *p, struct name *word, struct field_list fields, struct span span);
struct type *ast_type_table(struct parser *p, struct type *key, struct type *value, struct span span);
/* TYPE or none, TYPE or other */
struct type *ast_type_or(struct parser *p, struct type *type, const struct name *word);
struct enumeration *ast_enum(struct parser *p, struct name_list values, bool ordered, struct span span);
struct enumeration *ast_enum_or(struct parser *p, struct enumeration *values, const struct name *word);
struct field *ast_field(struct parser *p, const struct name *name, struct type *type, struct span span);
struct field_list ast_fields(struct field_list fields, struct field *field);
struct param *ast_param(struct parser *p, const struct name *name, struct type *type);

/* ---- Expressions (ast_expr.c) ------------------------------------------------------------------------ */

struct name *ast_name(struct parser *p, const char *text, struct span span);
struct expr *ast_error(struct parser *p, struct span span);
/* A node of two or three operands, or one, or none. */
struct expr *ast_node(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b,
                      struct span span);
struct expr *ast_node3(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b, struct expr *c,
                       struct span span);
struct expr *ast_negatable(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b,
                           struct expr *c, bool negated, struct span span);
struct expr *ast_number(struct parser *p, struct expr *number, const struct unit_word *unit,
                        struct span unit_span, struct span span);
struct expr *ast_minus(struct parser *p, struct expr *number, struct span span); /* -5 mg, one number */
struct expr *ast_text_value(struct parser *p, struct text *text, struct span span);
struct expr *ast_named(struct parser *p, enum expr_kind kind, struct name *name, struct expr *a,
                       struct span span);
struct expr *ast_call(struct parser *p, struct name *name, struct expr_list args, struct span span);
struct expr *ast_listed(struct parser *p, enum expr_kind kind, struct expr_list args, struct span span);
struct expr *ast_brackets(struct parser *p, struct expr *inside, struct span span);
struct expr *ast_in_unit(struct parser *p, struct expr *a, const struct unit_word *unit,
                         struct span unit_span, struct span span);
struct expr *ast_in_word(struct parser *p, struct expr *a, struct name *unit, struct span span);
struct expr *ast_completed(struct parser *p, struct name *unit, struct expr *from, struct expr *to,
                           struct span span);
/* a is VALUE: a state such as `known` where the value is its word. */
struct expr *ast_is(struct parser *p, struct expr *a, struct expr *value, bool negated, struct span span);
/* False where the words are no state of states.def. */
bool ast_state_named(const char *words, enum state *state);
struct expr *ast_is_state(struct parser *p, struct expr *a, enum state state, bool negated, struct span span);
struct expr *ast_is_one_of(struct parser *p, struct expr *a, struct expr_list values, bool negated,
                           struct span span);
/* a includes one of the values */
struct expr *ast_meets(struct parser *p, struct expr *a, struct expr_list values, struct span span);
struct expr *ast_unknown_because(struct parser *p, struct expr *a, struct name_list reasons, bool negated,
                                 struct span span);
/* a is WORD because of these inputs; a is WORD by these rows. */
struct expr *ast_is_because(struct parser *p, struct expr *a, struct name *word, struct name_list reasons,
                            bool negated, struct span span);
struct expr *ast_is_by(struct parser *p, struct expr *a, struct name *word, struct name_list rows,
                       bool negated, struct span span);
struct expr *ast_from(struct parser *p, struct name *list, bool gaps, struct span span);
struct expr *ast_where(struct parser *p, struct expr *select, struct expr *condition, struct span span);
struct expr *ast_window(struct parser *p, struct expr *select, struct expr *window, struct span span);
struct expr *ast_window_of(struct parser *p, enum window_kind kind, struct expr *anchor, struct expr *to,
                           struct span span);
struct expr *ast_window_length(struct parser *p, enum window_kind kind, struct expr *low, struct expr *high,
                               struct expr *anchor, struct span span);
/* The window that ast_window_of or ast_window_length has made, as a condition. */
struct expr *ast_in_window(struct expr *window);
struct expr *ast_select(struct parser *p, enum selector selector, struct expr *select, struct span span);
struct expr *ast_total_of(struct parser *p, struct expr *select, struct span span);
struct expr *ast_every(struct parser *p, struct expr *select, struct expr *claim, struct span span);
/* day COUNT of PHASE */
struct expr *ast_phase_day(struct parser *p, struct expr *count, struct name *phase, struct span span);
/* DOSE on day COUNT, DOSE on DATE */
struct expr *ast_dose_on(struct parser *p, enum expr_kind kind, struct name *dose, struct expr *day,
                         struct span span);
/* What a cell tests; the `value` of the element that a claim speaks of.  Both stand before span, unwritten.
 */
struct expr *ast_subject(struct parser *p, struct span span);
struct expr *ast_element_value(struct parser *p, struct span span);
/* A test of a cell inside `and`, `or`, `not`: a plain value v becomes SUBJECT is v. */
struct expr *ast_cell_test(struct parser *p, struct expr *value);
struct expr *ast_cell_both(struct parser *p, enum expr_kind kind, struct expr *a, struct expr *b,
                           struct span span);
struct expr *ast_cell_not(struct parser *p, struct expr *test, struct span span);

/* ---- Texts, citations (ast_text.c) ------------------------------------------------------------------- */

struct text_part *ast_literal(struct parser *p, const char *literal);
struct text_part *ast_inserted(struct parser *p, struct expr *expr);
struct text *ast_text(struct parser *p, struct text_part_list parts, struct span span);
/* A text that is no message: refuses {expressions}. */
struct text *ast_plain(struct parser *p, struct text *text);
struct cite *ast_cite(struct parser *p, struct name *source, struct text *at, struct span span);
struct tail_parts *ast_traces(struct parser *p, struct name_list traces);
struct tail_parts *ast_cites(struct parser *p, struct cite_list cites);
struct tail_parts *ast_because(struct parser *p, struct text *because);
struct tail_parts *ast_strength(struct parser *p, const struct name *strength);
struct tail_parts *ast_say(struct parser *p, struct text *say);
struct tail_parts *ast_advise(struct parser *p, struct text *advice);
struct tail_parts *ast_tails(struct parser *p, struct tail_parts *tails, struct tail_parts *more);
struct tail ast_tail(const struct tail_parts *tails); /* NULL: none */

/* ---- Rows, clauses, tables (ast_rule.c) -------------------------------------------------------------- */

struct row_label *ast_row_label(struct parser *p, const struct name *name, const struct name *instead_of);
struct row *ast_row_value(struct parser *p, enum row_kind kind, const char *value, struct span span);
/* when NULL: otherwise */
/* The items of a set's row, or of a cell; what the row does with them; the row: tails before and after
 * `when`. */
struct row *ast_items(struct parser *p, struct name_list items, bool one_of);
struct row *ast_set_gives(struct row *row, enum row_kind kind);
struct row *ast_set_row(struct parser *p, struct row *row, const struct name *name, struct tail_parts *before,
                        struct expr *when, struct tail_parts *after, struct span span);
struct cell *ast_cell_items(struct parser *p, const struct row *items, struct span span);
struct row *ast_row(struct row *row, const struct row_label *label, struct expr *when,
                    const struct tail_parts *tail, struct span span);
/* `for each`: begins with the span word. */
void ast_for_each(struct parser *p, struct expr *select, const struct name *name, struct span word,
                  struct span span);
/* Clauses of a monitor; from NULL: `within TO`. */
void ast_follows(struct parser *p, struct expr *moment, struct span span);
void ast_watch(struct parser *p, struct expr *select, struct expr *from, struct expr *to, struct span span);
void ast_overdue(struct parser *p, struct expr *length, struct span span);
/* Of the declaration as a whole; NULL is none. */
void ast_add_tail(struct parser *p, struct tail_parts *tail);
/* A row of an alert; label may be NULL. */
struct row *ast_alert_row(struct parser *p, const struct name *label, struct expr *when,
                          const struct tail_parts *tail, struct span span);
/* amount NULL: no statement; no days: not by day */
struct step *ast_step(struct parser *p, struct expr *amount, struct expr_list days, struct span days_span,
                      struct span span);
struct expr *ast_days(struct parser *p, struct expr_list days, struct span span);
struct clause *ast_amount(struct parser *p, struct step_list steps, const struct row_label *label,
                          struct expr *when, const struct tail_parts *tail, struct span span);
/* AT_LEAST, AT_MOST, CHOOSE with a value, WITHHOLD, ASK, WARN without. */
struct clause *ast_clause(struct parser *p, enum clause_kind kind, struct expr *value, struct expr *when,
                          const struct tail_parts *tail, struct span span);
/* A withhold, an ask or a warn; name or NULL. */
struct clause *ast_reason(struct parser *p, enum clause_kind kind, const struct name *name, struct expr *when,
                          const struct tail_parts *tail, struct span span);
struct clause *ast_round(struct parser *p, const struct rounding *rounding, struct expr *when,
                         const struct tail_parts *tail, struct span span);
struct clause *ast_routes(struct parser *p, struct route_list routes, struct expr *when,
                          const struct tail_parts *tail, struct span span);
struct clause *ast_interval(struct parser *p, const struct name *name, struct expr *least, struct expr *most,
                            struct span span);
struct clause *ast_interval_between(struct clause *interval, struct expr *from, struct expr *to,
                                    struct expr *when, const struct tail_parts *tail, struct span span);
struct rounding *ast_rounding(struct parser *p, bool to_first, const char *word, struct expr *step,
                              struct span word_span);
struct route *ast_route(struct parser *p, const char *word, struct expr *over, struct expr *over_to,
                        struct span word_span, struct span span);
struct table *ast_table(struct parser *p, struct column_list columns, struct table_row_list rows,
                        struct span span);
/* The clause whose word or heading this is; CLAUSE_NONE. */
enum clause_kind ast_column_named(const char *heading);
struct column *ast_column(struct parser *p, struct expr *head, struct span span);
struct column *ast_column_clause(struct parser *p, enum clause_kind clause, struct span span);
struct table_row *ast_table_row(struct parser *p, struct cell_list cells, struct span span);
struct table_row *ast_table_row_broken(struct parser *p, struct span span);
struct cell *ast_cell_empty(struct parser *p, struct span span);
struct cell *ast_cell(struct parser *p, struct expr *test, struct span span);
struct cell *ast_cell_amount(struct parser *p, struct expr *amount,
                             struct span span); /* NULL: no statement */
struct cell *ast_cell_kind(struct parser *p, enum row_kind kind, struct span span);
struct cell *ast_cell_rounding(struct parser *p, const struct rounding *rounding, struct span span);
struct cell *ast_cell_routes(struct parser *p, struct route_list routes, struct span span);
struct cell *ast_cell_names(struct parser *p, struct name_list names, struct span span);
struct cell *ast_cell_text(struct parser *p, struct text *text, struct span span);
struct cell *ast_cell_cites(struct parser *p, struct cite_list cites, struct span span);

/* ---- Schedules (ast_schedule.c) ---------------------------------------------------------------------- */

/* phase may be NULL where the form allows it */
struct schedule *ast_schedule(struct parser *p, enum schedule_form form, struct name *phase,
                              struct span span);
struct schedule *ast_schedule_days(struct parser *p, struct expr *days, struct name *phase, struct span span);
struct schedule *ast_schedule_every(struct parser *p, struct expr *every, struct expr *to, struct name *phase,
                                    struct span span);
/* TIMES times WORD UNIT; times NULL: once WORD UNIT */
struct schedule *ast_schedule_times(struct parser *p, struct expr *times, const char *word,
                                    const struct name *unit, struct name *phase, struct span span);
struct clause *ast_scheduled(struct parser *p, struct schedule *schedule, struct expr *when,
                             const struct tail_parts *tail, struct span span);
struct cell *ast_cell_schedule(struct parser *p, struct schedule *schedule, struct span span);

/* ---- Settings and given values (ast_test.c) ---------------------------------------------------------- */

struct expr *ast_members(struct parser *p, struct expr_list names, struct span span);
struct setting *ast_setting(struct parser *p, const struct name *name, struct expr *value,
                            struct text *because, struct span span);
struct setting *ast_setting_table(struct parser *p, const struct name *name, struct setting_list rows,
                                  struct text *because, struct span span);
/* relation: 0, or the EXPR_LT ... of a censored value */
struct given *ast_given_value(struct parser *p, int relation, struct expr *value);
struct given *ast_given_word(struct parser *p, const struct name *word, struct text *text);
struct given *ast_given_at(struct parser *p, struct expr *at, struct expr *until,
                           const struct name *until_word);
/* value or at may be NULL */
struct given *ast_given(struct parser *p, const struct name *name, const struct given *value,
                        const struct given *at, struct given_list fields, struct span span);

#endif
