/*
 * The parts of the lowering stage, for each other; lower_program in compilation.h is its entry.
 *
 * A value is computed in the setup stream, once.  A condition is lowered into the decide stream: what it
 * compares becomes a subject, so that the machine can run the decision again for other values of it.
 * Inside a value (a `where`, an argument) a condition goes to the setup stream like everything else.
 *
 * Everything here works on a checked tree: types fit, names have their declarations, numbers of clauses
 * are within limits.  So nothing fails but for want of room in the image, which lower_program reports.
 * What a reader will see of an expression is made at the same time: each operand comes with the node that
 * shows it.
 */
#ifndef REGIMEN_LOWER_H
#define REGIMEN_LOWER_H

#include "compiler/ir.h"

/* What an expression became.  reg: where its value is; of an event, which has none, the same as element.
   element: the ELEM register of a selection, else NONE32.  node: what shows it, in NODES. */
struct operand {
    uint32_t reg, element, node;
};

/* The selections whose bodies are being lowered, innermost first; they live on the C stack. */
struct ir_fold_scope {
    const struct expr *select;
    uint32_t fold;
    unsigned depth; /* 1 for one that stands in no other */
    const struct expr
        *must; /* a condition without which the element is no member, while it is lowered; or NULL */
    struct ir_fold_scope *outer;
};

/* The functions whose bodies are being expanded, innermost first: one operand for each parameter, in
   their order. */
struct ir_call_scope {
    const struct param *params;
    const struct operand *arguments;
    struct ir_call_scope *outer;
};

/* lower_tables.c: what is no code. */
/* The type as the image has it; a list is KIND_LIST, its elements are told by its fields. */
struct image_type lower_type(struct ir_program *p, const struct type *type);
/* Fills ENUMS, INPUTS, PARAMS and PHASES; before any rule, since these are what rules refer to by
   number. */
void lower_declarations(struct ir_program *p);
/* The settings of an institution, as texts that the runtime reads like those given with an evaluation;
   nothing where the program has no site. */
void lower_site(struct ir_program *p);
void lower_uncoded(struct ir_program *p);
/* The register of a value that is written out, in the unit of type. */
uint32_t lower_constant(struct ir_program *p, const struct expr *e, const struct type *type);
/* The ids and the citations of one tail; empty where it has none. */
struct run lower_traces(struct ir_program *p, const struct tail *tail);
struct run lower_cites(struct ir_program *p, const struct tail *tail);
/* The place of a declaration in INPUTS, PARAMS, RULES; NONE32 where it is in none.  Takes time in the
   number of these. */
uint32_t lower_input_index(const struct ir_program *p, const struct decl *decl);
uint32_t lower_param_index(const struct ir_program *p, const struct decl *decl);
uint32_t lower_rule_index(const struct ir_program *p, const struct decl *decl);

/* lower_value.c */
struct operand lower_value(struct ir_program *p, const struct expr *e);
/* The number in e converted to unit; its node shows it in the unit in which the rule has it. */
struct operand lower_number(struct ir_program *p, const struct expr *e, const struct unit *unit);
/* A constant is converted at once, a register by at most three instructions (see unit_steps). */
uint32_t lower_convert(struct ir_program *p, uint32_t reg, const struct unit *from, const struct unit *to,
                       struct span span);
/* A date, time or selected element as a DAY or a TIME register. */
uint32_t lower_day(struct ir_program *p, const struct expr *e, uint32_t *node);
uint32_t lower_time(struct ir_program *p, const struct expr *e, uint32_t *node);
/* node shows reg, of the type of e; nothing inside a fold, where the register has another value for each
   element. */
void lower_show(struct ir_program *p, uint32_t node, const struct type *type, uint32_t reg);
/* A node with the text of e. */
uint32_t lower_node(struct ir_program *p, enum node_kind kind, const struct expr *e);
/* The instruction in the setup stream. */
uint32_t lower_setup(struct ir_program *p, enum opcode op, enum kind kind, uint32_t a, uint32_t b, uint32_t c,
                     struct span span);
/* The TIME register of `now`. */
uint32_t lower_now_reg(struct ir_program *p, struct span span);
/* What kind of register holds a value of this type; a time span counts as a number. */
enum kind lower_kind(const struct type *type);
const struct expr *lower_strip(const struct expr *e); /* through defines and `as` */
/* Lowers the arguments of a call as children of node; the scope in which the function's body is lowered. */
struct ir_call_scope lower_arguments(struct ir_program *p, const struct expr *e, uint32_t node);

/* lower_condition.c */
/* A BOOL register in the stream of conditions, p->stream. */
struct operand lower_condition(struct ir_program *p, const struct expr *e);
/* Notes a value that the condition in hand compares, where the walk decides that condition again; as
 * ir_subject. */
void lower_subject(struct ir_program *p, uint32_t reg, uint32_t threshold, uint32_t enumeration,
                   uint32_t node);
/* The comparison itself, in the stream of the condition in hand. */
uint32_t lower_decide(struct ir_program *p, enum opcode op, uint32_t a, uint32_t b, uint32_t c,
                      struct span span);
/* lower_members.c: `S includes V`, `S includes one of …`; the register of the answer, the sets and members
 * below node. */
uint32_t lower_includes(struct ir_program *p, const struct expr *e, uint32_t node);
uint32_t lower_meets(struct ir_program *p, const struct expr *e, uint32_t node);
/* A condition `x SIGN y` of two DAY registers, or of two TIME registers, in the decide stream; text is how it
 * reads. */
struct operand lower_moment_order(struct ir_program *p, enum expr_kind sign, bool by_day, struct operand x,
                                  struct operand y, const char *text, struct span span);
/* `time from A to B`, or a definition that is one, in months: for a reader. */
struct operand lower_span_shown(struct ir_program *p, const struct expr *e);
/* Of two conditions that are lowered already. */
struct operand lower_both(struct ir_program *p, struct operand a, struct operand b, struct span span);

/* lower_select.c */
/* The input that a selection walks over. */
const struct decl *lower_list(const struct expr *select);
struct operand lower_select(struct ir_program *p, const struct expr *e);
/* A window as a condition of the element in hand: the register of the answer; what the window is made of
 * stands below node. */
uint32_t lower_in_window(struct ir_program *p, const struct expr *e, uint32_t node);
/* `until`, as a BOOL that is known where the end of the element is given. */
uint32_t lower_until(struct ir_program *p, const struct expr *e);
/* Whether the element of a `where` lasts on day t, or at time t. */
uint32_t lower_lasts(struct ir_program *p, const struct expr *e, bool day, uint32_t t);
/* Where a selection looks: DAY registers where flags has FOLD_BY_DAY, else TIME registers, or NONE32; next as
   in image_fold; nodes: what the bounds are made of, for readers, or NONE32. */
struct fold_bounds {
    uint32_t lo, hi, next, flags, nodes[3];
};
/* What selector picks from the list of e between the bounds where the `where` of e holds; node is to show it.
 */
struct operand lower_fold(struct ir_program *p, const struct expr *e, enum selector selector,
                          const struct fold_bounds *b, uint32_t node);
/* The moment after anchor by length: a DAY register where the length counts calendar units, else a TIME
 * register. */
struct operand lower_later(struct ir_program *p, const struct expr *anchor, const struct expr *length);
/* In the body of a fold: where reg is no, the rest of it is not looked at. */
void lower_drop(struct ir_program *p, uint32_t reg, struct span span);
struct operand lower_element(struct ir_program *p, const struct expr *e);
/* T moved by sign * length: a DAY register where the length counts calendar units, else a TIME register. */
uint32_t lower_shift(struct ir_program *p, const struct expr *anchor, const struct expr *length, int sign,
                     bool *by_day, uint32_t *node, uint32_t *length_node);
/* A date or time plus or minus a length. */
struct operand lower_moved(struct ir_program *p, const struct expr *e);
bool lower_counts_days(const struct type *length);

/* lower_phase.c */
/* `start of P`, `end of P`, `day of P`, `day N of P` */
struct operand lower_phase_part(struct ir_program *p, const struct expr *e);
/* The same as a part that a reader sees: a DAY register, *node is named `start of P`. */
uint32_t lower_phase_shown(struct ir_program *p, const struct expr *phase, enum expr_kind part,
                           uint32_t *node);
/* The DAY registers of a phase's first and last day; *node shows where the first one comes from, the parts of
   the last one become children of node. */
uint32_t lower_phase_start(struct ir_program *p, const struct decl *phase, uint32_t *node);
uint32_t lower_phase_end(struct ir_program *p, const struct decl *phase, uint32_t node);

/* lower_schedule.c */
/* Its registers and nodes; its days are the caller's. */
struct image_schedule lower_schedule(struct ir_program *p, const struct schedule *s);
/* What they read together: INDEXES. */
struct run lower_schedule_reads(struct ir_program *p, const struct image_schedule *s, struct span span);
/* `DOSE on day 8`, `DOSE on DATE`; `no DOSE on ...` as a register of yes or no, its amount a child of node.
 */
struct operand lower_on(struct ir_program *p, const struct expr *e);
uint32_t lower_none_on(struct ir_program *p, const struct expr *e, uint32_t node);

/* lower_set.c */
void lower_set_rule(struct ir_program *p, const struct decl *decl, struct image_rule *rule);
/* The collection or recommendation that an expression names, through defines; or NULL. */
const struct decl *lower_set_of(const struct expr *e);
/* The register of `RULE includes ITEM`; member: the register of the item; node: the question as a reader sees
 * it. */
uint32_t lower_has_item(struct ir_program *p, const struct expr *e, uint32_t member, uint32_t node);

/* lower_each.c */
/* `for each` of a rule while it is lowered. */
struct ir_each {
    const struct expr *select; /* SELECT_EACH */
    const char *name;          /* of the element, for readers */
    uint32_t place;            /* EACHES */
};
/* Begins and ends what speaks of the elements of d; nothing where d has no `for each`. */
void lower_each_begin(struct ir_program *p, const struct decl *d, struct image_rule *rule);
void lower_each_end(struct ir_program *p);
/* The element that the rule is at. */
struct operand lower_each(struct ir_program *p, const struct expr *select);
/* The TIME register where the next element begins, where a window starts at the element; else NONE32. */
uint32_t lower_each_next(struct ir_program *p, const struct window *window);
/* The same for a window that always starts there; NONE32 without `for each`. */
uint32_t lower_each_next_moment(struct ir_program *p);
/* The BOOL register that says that no later element counts. */
uint32_t lower_each_last(struct ir_program *p);
/* The condition of a row: that the element counts, and when, which may be NULL.  register NONE32: always. */
struct operand lower_each_condition(struct ir_program *p, const struct expr *when);
/* The same for a condition that is lowered already. */
struct operand lower_each_guard(struct ir_program *p, struct operand condition, struct span span);

/* lower_monitor.c */
void lower_monitor(struct ir_program *p, const struct decl *decl, struct image_rule *rule);

/* lower_alert.c */
/* What a rule or a row advises, as a run of ADVICES. */
struct run lower_advices(struct ir_program *p, const struct advice *advices);
/* What the header of d says and advises: its place in ALERTS. */
uint32_t lower_telling(struct ir_program *p, const struct decl *d);
void lower_alert(struct ir_program *p, const struct decl *decl, struct image_rule *rule);

/* lower_shown.c: what stands on top of a report, and the code that computes it. */
void lower_shown(struct ir_program *p);

/* lower_rule.c, lower_dose.c, lower_test.c */
void lower_rule(struct ir_program *p, const struct decl *decl, uint32_t index);
/* A rule at the end of RULES without a kind, and with nothing that a rule may have; its rows begin here. */
struct image_rule *lower_rule_add(struct ir_program *p, const char *label, uint32_t order);
void lower_dose(struct ir_program *p, const struct decl *decl, struct image_rule *rule);
void lower_test(struct ir_program *p, const struct decl *decl);
/* lower_question.c: what a test asks that is no condition goes into rule; the expression to look at in its
 * place, else e. */
const struct expr *lower_question(struct ir_program *p, const struct expr *e, struct image_rule *rule);
void lower_reasons(struct ir_program *p, const struct name *reasons, struct image_rule *rule);
void lower_guarantee_condition(struct ir_program *p, const struct expr *e, struct image_rule *rule);
/* RULE.NAME, else RULE#n */
const char *lower_row_id(struct ir_program *p, const struct decl *d, const struct row *row, uint32_t n);
struct image_row *lower_row_new(struct ir_program *p, struct image_rule *rule);
/* The condition of a row, with the subjects that it compares. */
void lower_row_condition(struct ir_program *p, struct image_row *row, const struct expr *when);
/* The same where the condition is lowered between the two: reads gathers its subjects. */
void lower_row_begin(struct ir_program *p, struct ir_list *reads);
void lower_row_end(struct ir_program *p, struct image_row *row, struct operand condition);
void lower_row_tail(struct ir_program *p, struct image_row *row, const struct tail *tail);
struct run lower_because(struct ir_program *p, const struct text *text);

#endif
