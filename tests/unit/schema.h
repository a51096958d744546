/*
 * A schema for tests: an image, filled by hand, with one input and one parameter of each kind and no rules.
 */
#ifndef REGIMEN_TESTS_SCHEMA_H
#define REGIMEN_TESTS_SCHEMA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "runtime/image.h"

enum schema_enum { ENUM_LINEAGES, ENUM_AGENTS, ENUM_RISKS, ENUM_METHODS };

struct schema {
    char strings[4096];
    struct image_enum enums[8];
    struct image_member members[32];
    struct image_field fields[16];
    struct image_input inputs[24];
    struct image_param params[16];
    struct image_constant constants[64];
    struct image_program program;
    struct image image;
};

static inline uint32_t schema_text(struct schema *s, const char *text)
{
    uint32_t at = s->image.STRINGS_count ? s->image.STRINGS_count : 1;
    size_t size = strlen(text) + 1;
    if (size == 1) return 0;
    assert_true(at + size <= sizeof s->strings);
    memcpy(s->strings + at, text, size);
    s->image.STRINGS_count = (uint32_t)(at + size);
    return at;
}

static inline uint32_t schema_number(struct schema *s, const char *text)
{
    if (!text) return NONE32;
    decimal d;
    assert_int_equal(decimal_parse(text, strlen(text), &d), DECIMAL_OK);
    struct image_constant *c = &s->constants[s->image.CONSTANTS_count];
    *c = (struct image_constant){.kind = KIND_NUM, .tag = TAG_KNOWN};
    d = decimal_canonical(d);
    memcpy(&c->words[0], &d, sizeof d);
    memcpy(&c->words[2], &d, sizeof d);
    return s->image.CONSTANTS_count++;
}

/* members: separated by blanks. */
static inline void schema_enum(struct schema *s, const char *name, const char *members, bool or_other)
{
    struct image_enum *e = &s->enums[s->image.ENUMS_count++];
    *e = (struct image_enum){
        .name = schema_text(s, name), .members.first = s->image.MEMBERS_count, .or_other = or_other};
    for (size_t length; *members; members += length, members += *members == ' ') {
        char word[64] = "";
        length = strcspn(members, " ");
        memcpy(word, members, length);
        s->members[s->image.MEMBERS_count++].name = schema_text(s, word);
    }
    e->members.count = s->image.MEMBERS_count - e->members.first;
}

static inline struct image_type schema_type(struct schema *s, enum kind kind, const char *unit,
                                            uint32_t enumeration)
{
    return (struct image_type){.kind = (uint8_t)kind,
                               .enumeration = enumeration,
                               .unit = kind == KIND_NUM ? schema_text(s, unit) : 0};
}

static inline struct image_input *schema_input(struct schema *s, const char *name, struct image_type type)
{
    struct image_input *input = &s->inputs[s->image.INPUTS_count++];
    *input = (struct image_input){.name = schema_text(s, name),
                                  .type = type,
                                  .fields.first = s->image.FIELDS_count,
                                  .low = NONE32,
                                  .high = NONE32,
                                  .negative_below = NONE32};
    return input;
}

static inline void schema_range(struct schema *s, struct image_input *input, const char *low,
                                const char *high)
{
    input->low = schema_number(s, low);
    input->high = schema_number(s, high);
}

static inline void schema_field(struct schema *s, struct image_input *input, const char *name,
                                struct image_type type)
{
    s->fields[s->image.FIELDS_count++] = (struct image_field){.name = schema_text(s, name), .type = type};
    input->fields.count++;
}

static inline struct image_input *schema_list(struct schema *s, const char *name, enum list_kind list)
{
    struct image_input *input = schema_input(s, name, schema_type(s, KIND_LIST, NULL, NONE32));
    input->list = list;
    input->with_time = 1;
    return input;
}

static inline struct image_param *schema_param(struct schema *s, const char *name, struct image_type type)
{
    struct image_param *param = &s->params[s->image.PARAMS_count++];
    *param = (struct image_param){
        .name = schema_text(s, name),
        .type = type,
        .key = NONE32,
    };
    return param;
}

static inline void schema_scalars(struct schema *s)
{
    struct image_type one = schema_type(s, KIND_NUM, "1", NONE32);
    schema_range(s, schema_input(s, "wbc", schema_type(s, KIND_NUM, "10*9/L", NONE32)), "0", "3000");
    struct image_input *mrd = schema_input(s, "mrd", one);
    schema_range(s, mrd, "0", "1");
    mrd->negative_below = 0;
    one.whole = 1;
    schema_range(s, schema_input(s, "prior_regimens", one), "0", "20");
    schema_range(s, schema_input(s, "temperature", schema_type(s, KIND_NUM, "Cel", NONE32)), NULL, "45");
    schema_input(s, "delay", schema_type(s, KIND_NUM, "mo", NONE32));
    schema_input(s, "weight", schema_type(s, KIND_NUM, "kg", NONE32));
    schema_input(s, "pregnant", schema_type(s, KIND_BOOL, NULL, NONE32));
    schema_input(s, "birth_date", schema_type(s, KIND_DAY, NULL, NONE32));
    schema_input(s, "planned_time", schema_type(s, KIND_TIME, NULL, NONE32));
    schema_input(s, "lineage", schema_type(s, KIND_ENUM, NULL, ENUM_LINEAGES));
    schema_input(s, "agent", schema_type(s, KIND_ENUM, NULL, ENUM_AGENTS));
    schema_input(s, "risks", schema_type(s, KIND_SET, NULL, ENUM_RISKS));
    schema_input(s, "agents", schema_type(s, KIND_SET, NULL, ENUM_AGENTS));
    schema_input(s, "remark", schema_type(s, KIND_TEXT, NULL, NONE32));
}

static inline void schema_lists(struct schema *s)
{
    struct image_type bilirubin = schema_type(s, KIND_NUM, "mg/dL", NONE32),
                      grade = schema_type(s, KIND_NUM, "1", NONE32);
    struct image_input *input = schema_list(s, "bilirubin", LIST_SERIES);
    schema_range(s, input, "0", "100");
    schema_field(s, input, "value", bilirubin);
    schema_field(s, input, "uln", bilirubin);
    schema_field(s, input, "method", schema_type(s, KIND_ENUM, NULL, ENUM_METHODS));
    input = schema_list(s, "ae", LIST_EVENTS);
    grade.whole = 1;
    schema_field(s, input, "term", schema_type(s, KIND_ENUM, NULL, ENUM_RISKS));
    schema_field(s, input, "grade", grade);
    input = schema_list(s, "given", LIST_EVENTS);
    schema_field(s, input, "amount", schema_type(s, KIND_NUM, "[IU]", NONE32));
    schema_field(s, input, "agents", schema_type(s, KIND_SET, NULL, ENUM_AGENTS));
    schema_field(s, input, "remark", schema_type(s, KIND_TEXT, NULL, NONE32));
    schema_field(s, input, "stopped", schema_type(s, KIND_BOOL, NULL, NONE32));
    schema_field(s, input, "first_on", schema_type(s, KIND_DAY, NULL, NONE32));
}

static inline void schema_params(struct schema *s)
{
    schema_param(s, "mrd_negative_limit", schema_type(s, KIND_NUM, "%", NONE32));
    schema_param(s, "vincristine_max_dose", schema_type(s, KIND_NUM, "mg", NONE32))->or_none = 1;
    struct image_type count = schema_type(s, KIND_NUM, "1", NONE32);
    schema_param(s, "factor", count);
    count.whole = 1;
    schema_param(s, "courses", count);
    schema_param(s, "overdue_after", schema_type(s, KIND_NUM, "d", NONE32));
    schema_param(s, "youngest", schema_type(s, KIND_NUM, "a", NONE32));
    schema_param(s, "strict", schema_type(s, KIND_BOOL, NULL, NONE32));
    schema_param(s, "valid_from", schema_type(s, KIND_DAY, NULL, NONE32))->or_none = 1;
    schema_param(s, "opened", schema_type(s, KIND_TIME, NULL, NONE32));
    schema_param(s, "reading", schema_type(s, KIND_ENUM, NULL, ENUM_METHODS))->or_none = 1;
    schema_param(s, "watched", schema_type(s, KIND_SET, NULL, ENUM_AGENTS));
    schema_param(s, "greeting", schema_type(s, KIND_TEXT, NULL, NONE32));
    schema_param(s, "limits", schema_type(s, KIND_NUM, "mg", NONE32))->key = ENUM_AGENTS;
    schema_param(s, "classes", schema_type(s, KIND_SET, NULL, ENUM_RISKS))->key = ENUM_AGENTS;
}

static inline void schema_bind(struct schema *s)
{
    s->program = (struct image_program){.name = schema_text(s, "test"), .now = NONE32};
    s->image.STRINGS = s->strings;
    s->image.PROGRAM = &s->program;
    s->image.PROGRAM_count = 1;
    s->image.ENUMS = s->enums;
    s->image.MEMBERS = s->members;
    s->image.FIELDS = s->fields;
    s->image.INPUTS = s->inputs;
    s->image.PARAMS = s->params;
    s->image.CONSTANTS = s->constants;
    s->program.register_count = s->image.CONSTANTS_count;
}

static inline void schema_fill(struct schema *s)
{
    memset(s, 0, sizeof *s);
    schema_enum(s, "lineages", "b_precursor mature_b t_all", false);
    schema_enum(s, "agents", "imatinib dasatinib", true);
    schema_enum(s, "risks", "low high", false);
    schema_enum(s, "", "a b", false);
    schema_scalars(s);
    schema_lists(s);
    schema_params(s);
    schema_bind(s);
}

#endif
