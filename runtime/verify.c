/* Nothing in an image is trusted: this looks at all of it once, so that nobody looks again.

   First whatever an item points to exists; this is done by one list for all sections
   (image_references.def), so that no field is forgotten.  Then what a number means is looked at, each
   kind of item in a file of its own, with the certainty that every index may be followed.  Whatever
   takes long is bounded by the size of the image: each instruction, each node and each row is visited a
   fixed number of times.

   A reason names section and index, for whoever makes images; a physician sees that the image is not
   valid. */
#include "runtime/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/utf8.h"

bool verify_refuse(const struct verifier *v, const char *section, uint32_t index, const char *what)
{
    (void)snprintf(v->reason, v->reason_size, "the image is not valid: %s[%u]: %s", section, index, what);
    return false;
}

/* ---- Texts ---------------------------------------------------------------------------------------- */

static bool texts_hold(const struct verifier *v, const char *section, const char *text, uint32_t count)
{
    uint32_t point;
    if (count == 0 || text[0] != '\0' || text[count - 1] != '\0')
        return verify_refuse(v, section, 0, "the texts are not terminated");
    for (size_t at = utf8_ascii(text, count), width; at < count; at += utf8_ascii(text + at, count - at)) {
        width = utf8_decode(text + at, count - at, &point);
        if (width == 0) return verify_refuse(v, section, (uint32_t)at, "the texts are not UTF-8");
        at += width;
    }
    return true;
}

static bool strings_hold(const struct verifier *v)
{
    const struct image *image = v->image;
    return texts_hold(v, "STRINGS", image->STRINGS, image->STRINGS_count) &&
           texts_hold(v, "ASIDES", image->ASIDES, image->ASIDES_count);
}

/* A text may begin inside another, but not inside a character. */
static bool offset_holds(const char *texts, uint32_t count, uint32_t offset)
{
    return offset < count && ((unsigned char)texts[offset] & 0xC0) != 0x80;
}

bool verify_text_holds(const struct verifier *v, uint32_t offset)
{
    return offset_holds(v->image->STRINGS, v->image->STRINGS_count, offset);
}

/* ---- References: one function a word of image_references.def -------------------------------------- */

static bool holds_TEXT(struct verifier *v, const uint32_t *offset, enum section target)
{
    (void)target;
    return verify_text_holds(v, *offset);
}

static bool holds_ASIDE(struct verifier *v, const uint32_t *offset, enum section target)
{
    (void)target;
    return offset_holds(v->image->ASIDES, v->image->ASIDES_count, *offset);
}

static bool holds_INDEX(struct verifier *v, const uint32_t *index, enum section target)
{
    return *index < v->counts[target];
}

static bool holds_OPTIONAL(struct verifier *v, const uint32_t *index, enum section target)
{
    return *index + UINT32_C(1) <= v->counts[target]; /* NONE32 wraps to 0: which it is, nobody can foresee */
}

static bool holds_RUN(struct verifier *v, const struct run *run, enum section target)
{
    if ((uint64_t)run->first + run->count > v->counts[target]) return false;
    /* What the machine keeps of an item, such as the truth of a row, it keeps once: two owners would read
       each other's. And a walk through all runs takes no longer than one through the section. */
    for (uint32_t i = run->first; i < run->first + run->count; i++) {
        if (v->owned[target][i]) return false;
        v->owned[target][i] = true;
    }
    return true;
}

/* The unit is looked at where somebody converts to it: verify_tables.c. */
static bool holds_TYPE(struct verifier *v, const struct image_type *type, enum section target)
{
    (void)target;
    bool members = type->kind == KIND_ENUM || type->kind == KIND_SET;
    bool listed = type->enumeration < v->image->ENUMS_count;
    return type->kind <= KIND_LIST && type->whole <= 1 && type->pad == 0 &&
           verify_text_holds(v, type->unit) && (members ? listed : type->enumeration == NONE32);
}

typedef bool item_holds(const struct verifier *v, uint32_t item);

static bool items_hold(struct verifier *v, const struct run *run, item_holds *holds)
{
    if (!holds_RUN(v, run, SECTION_INDEXES)) return false;
    for (uint32_t i = 0; i < run->count; i++)
        if (!holds(v, v->image->INDEXES[run->first + i])) return false;
    return true;
}

static bool read_holds(const struct verifier *v, uint32_t read)
{
    uint32_t index = read & UINT32_C(0x0FFFFFFF);
    switch (read >> 28) {
    case READ_INPUT: return index < v->image->INPUTS_count;
    case READ_PARAM: return index < v->image->PARAMS_count;
    case READ_RULE: return index < v->image->RULES_count;
    default: return false;
    }
}

static bool rule_holds(const struct verifier *v, uint32_t rule)
{
    return rule < v->image->RULES_count;
}

static bool row_holds(const struct verifier *v, uint32_t row)
{
    return row < v->image->ROWS_count;
}

static bool subject_holds(const struct verifier *v, uint32_t subject)
{
    return subject < v->image->SUBJECTS_count;
}

static bool holds_TEXTS(struct verifier *v, const struct run *run, enum section target)
{
    (void)target;
    return items_hold(v, run, verify_text_holds);
}

static bool holds_READS(struct verifier *v, const struct run *run, enum section target)
{
    (void)target;
    return items_hold(v, run, read_holds);
}

static bool holds_RULE_RUN(struct verifier *v, const struct run *run, enum section target)
{
    (void)target;
    return items_hold(v, run, rule_holds);
}

static bool holds_ROW_RUN(struct verifier *v, const struct run *run, enum section target)
{
    (void)target;
    return items_hold(v, run, row_holds);
}

static bool holds_SUBJECT_RUN(struct verifier *v, const struct run *run, enum section target)
{
    (void)target;
    return items_hold(v, run, subject_holds);
}

static bool references_hold(struct verifier *v)
{
    const struct image *image = v->image;
#define REFERENCE(section, field, how, target)                                                               \
    for (uint32_t i = 0; i < image->section##_count; i++)                                                    \
        if (!holds_##how(v, &image->section[i].field, SECTION_##target))                                     \
            return verify_refuse(v, #section, i, #field " points nowhere, or to what another owns");
#define LIMIT(section, field, most)                                                                          \
    for (uint32_t i = 0; i < image->section##_count; i++)                                                    \
        if (image->section[i].field > (uint32_t)(most))                                                      \
            return verify_refuse(v, #section, i, #field " is none that this version knows");
#define REGISTER(section, field, kind)
#include "runtime/image_references.def"
#undef REFERENCE
#undef LIMIT
#undef REGISTER
    for (uint32_t i = 0; i < image->FILES_count; i++)
        if (!holds_ASIDE(v, &image->FILES[i], SECTION_ASIDES))
            return verify_refuse(v, "FILES", i, "points nowhere");
    return true;
}

/* ---- Registers, once the code has been interpreted ------------------------------------------------ */

static bool register_holds(const struct verifier *v, uint32_t reg, enum kind kind)
{
    if (reg == NONE32) return true;
    if (reg >= v->image->PROGRAM->register_count) return false;
    enum kind is = (enum kind)v->regs[reg].kind;
    return kind == KIND_NONE ? is != KIND_NONE : is == kind;
}

/* After verify_code, which knows what kind of value each register holds. */
static bool registers_hold(const struct verifier *v)
{
    const struct image *image = v->image;
#define REFERENCE(section, field, how, target)
#define LIMIT(section, field, most)
#define REGISTER(section, field, kind)                                                                       \
    for (uint32_t i = 0; i < image->section##_count; i++)                                                    \
        if (!register_holds(v, image->section[i].field, kind))                                               \
            return verify_refuse(v, #section, i, #field " is no register of its kind");
#include "runtime/image_references.def"
#undef REFERENCE
#undef LIMIT
#undef REGISTER
    return true;
}

/* ---- All of it ------------------------------------------------------------------------------------ */

static bool program_holds(const struct verifier *v)
{
    const struct image *image = v->image;
    if (image->PROGRAM_count != 1) return verify_refuse(v, "PROGRAM", 0, "there is not exactly one program");
    uint32_t registers = image->PROGRAM->register_count;
    if (registers > NONE16 || registers < image->CONSTANTS_count)
        return verify_refuse(v, "PROGRAM", 0, "the number of registers cannot be right");
    return image->RULES_count < NONE16 || verify_refuse(v, "RULES", NONE16, "there are too many rules");
}

static bool all_hold(struct verifier *v)
{
    if (!strings_hold(v) || !program_holds(v) || !references_hold(v)) return false;
    if (!verify_constants(v) || !verify_tables(v) || !verify_settings(v)) return false;
    v->regs = calloc(v->image->PROGRAM->register_count + (size_t)1, sizeof *v->regs);
    if (!v->regs) return verify_refuse(v, "PROGRAM", 0, "the memory is not sufficient");
    bool holds = verify_code(v) && registers_hold(v) && verify_rules(v) && verify_nodes(v);
    free(v->regs);
    return holds;
}

/* Characters are in no run: there are more of them than of all items. */
static uint32_t ownable(const struct verifier *v, enum section section)
{
    return section == SECTION_STRINGS || section == SECTION_ASIDES ? 0 : v->counts[section];
}

bool image_verify(const struct image *image, char *reason, size_t reason_size)
{
    struct verifier v = {.image = image, .reason = reason, .reason_size = reason_size};
    size_t items = 0;
#define SECTION(name, type, digested) v.counts[SECTION_##name] = image->name##_count;
#include "runtime/sections.def"
#undef SECTION
    for (uint32_t i = 0; i < SECTION_COUNT; i++)
        items += ownable(&v, (enum section)i);
    bool *owned = calloc(items + 1, sizeof *owned), *next = owned;
    if (!owned) return verify_refuse(&v, "PROGRAM", 0, "the memory is not sufficient");
    for (uint32_t i = 0; i < SECTION_COUNT; next += ownable(&v, (enum section)i++))
        v.owned[i] = next;
    bool holds = all_hold(&v);
    free(owned);
    return holds;
}
