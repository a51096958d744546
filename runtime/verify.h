/*
 * What the files of the verifier share.
 *
 *   verify.c         the order of it; texts; every index, offset and run (image_references.def)
 *   verify_tables.c  constants, types, inputs, parameters
 *   verify_settings.c   an institution: each setting can be read
 *   verify_code.c    the instructions: kinds of registers by abstract interpretation, folds
 *   verify_rules.c   rules, rows, steps, subjects
 *   verify_schedules.c   when doses are given
 *   verify_alert.c   alerts and monitors
 *   verify_nodes.c   expressions as readers see them, spans, tests
 *
 * Each step may take for granted what the steps before it have found to hold.  A function that returns bool
 * returns false only after it has given the reason.
 */
#ifndef REGIMEN_VERIFY_H
#define REGIMEN_VERIFY_H

#include "runtime/image.h"

/* Whose a register is that no rule writes: a constant, or now. */
#define REG_OF_NONE NONE32

enum stretch { STRETCH_APPLIES_SETUP, STRETCH_APPLIES_DECIDE, STRETCH_SETUP, STRETCH_DECIDE, STRETCH_COUNT };

/* What every run of the code leaves in a register. */
struct reg_fact {
    uint8_t kind;    /* enum kind; KIND_NONE: nothing writes it */
    uint8_t stretch; /* enum stretch in which it is written */
    bool live;       /* it has its value where the interpretation stands */
    bool kept;       /* and still has it when its rule is done: not inside a fold's body */
    uint32_t rule;   /* the rule that writes it, or REG_OF_NONE */
    uint32_t detail; /* ENUM, SET: the enumeration, else NONE32; ELEM: the input */
};

/* One verification.  regs is made by image_verify and filled by verify_code. */
struct verifier {
    const struct image *image;
    uint32_t counts[SECTION_COUNT];
    bool *
        owned[SECTION_COUNT]; /* the items that a run holds: filled by image_verify, counts of each section */
    struct reg_fact *regs;    /* PROGRAM->register_count */
    char *reason;
    size_t reason_size;
};

/* Says that the item at index of a section is not as it must be; returns false. */
bool verify_refuse(const struct verifier *v, const char *section, uint32_t index, const char *what);

bool verify_text_holds(const struct verifier *v, uint32_t offset);

/* verify_tables.c */
bool verify_constants(const struct verifier *v);
bool verify_tables(const struct verifier *v);
/* verify_settings.c: the institution's settings. */
bool verify_settings(const struct verifier *v);
/* Whether a code is one of the enumeration's, `other` included. */
bool verify_code_fits(const struct verifier *v, int64_t code, uint32_t enumeration);
/* Whether each member of the set is one of the enumeration's. */
bool verify_set_fits(const struct verifier *v, const uint64_t *set, uint32_t enumeration);

/* verify_code.c: fills regs. */
bool verify_code(struct verifier *v);
/* Whether what the register holds are members of the enumeration; a register of kind ENUM or SET. */
bool verify_reg_fits(const struct verifier *v, uint32_t reg, uint32_t enumeration);
/* Whether the register is of this kind (KIND_NONE: any), and has its value for good when this rule has run.
 */
bool verify_reg_kept(const struct verifier *v, uint32_t reg, enum kind kind, uint32_t rule);

/* verify_schedules.c */
/* Each day is above zero, and no run ends before it begins. */
bool verify_days(const struct verifier *v, struct run days);
/* Whether a node is shown as what its register is; NONE32: there is none to show. */
bool verify_node_shows(const struct verifier *v, uint32_t node, uint32_t reg);
/* A row has a schedule where it is of that type, and its values belong to rule; no reason is given. */
bool verify_row_schedule(const struct verifier *v, const struct image_row *row, uint32_t rule);

/* verify_rules.c, verify_alert.c, verify_nodes.c */
bool verify_rules(const struct verifier *v);
/* What an alert or a monitor has beyond a classification; no other rule has any of it. */
bool verify_alert(const struct verifier *v, uint32_t rule);
bool verify_nodes(const struct verifier *v);

#endif
