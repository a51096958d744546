/* The intermediate form as text, for `show --stage ir`: streams, rows and subjects before registers are
 * numbered. */
#include "compiler/ir.h"
#include "compiler/print.h"
#include "compiler/unparse.h"

#include <string.h>

static void print_reg(FILE *out, uint32_t reg)
{
    if (reg & IR_CONSTANT)
        fprintf(out, " k%u", reg & ~IR_CONSTANT);
    else
        fprintf(out, " r%u", reg);
}

static void print_operand(FILE *out, const char *kind, uint32_t value)
{
    static const char *const plain[] = {"INPUT", "PARAM", "RULE", "FOLD", "FIELD", "RATIO", "FLAG"};
    static const char *const words[] = {"input", "param", "rule", "fold", "field", "ratio", "flag"};
    if (strcmp(kind, "NONE") == 0) return;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(kind, plain[i]) == 0) {
            fprintf(out, " %s%u", words[i], value);
            return;
        }
    if (value != NONE16) print_reg(out, value);
}

static void print_insn(FILE *out, const struct ir_insn *i)
{
    static const struct {
        const char *name, *d, *a, *b, *c;
    } ops[OP_COUNT] = {
#define OPCODE(name_, d_, a_, b_, c_, summary) [OP_##name_] = {#name_, #d_, #a_, #b_, #c_},
#include "runtime/opcodes.def"
#undef OPCODE
    };
    fprintf(out, "    %-16s", ops[i->op].name);
    print_operand(out, ops[i->op].d, i->d);
    fputs(strcmp(ops[i->op].d, "NONE") == 0 ? "" : " <-", out);
    print_operand(out, ops[i->op].a, i->a);
    print_operand(out, ops[i->op].b, i->b);
    print_operand(out, ops[i->op].c, i->c);
    fputc('\n', out);
}

static void print_stream(FILE *out, const char *name, const struct ir_list *list)
{
    if (list->count == 0) return;
    fprintf(out, "  %s\n", name);
    for (uint32_t i = 0; i < list->count; i++)
        print_insn(out, ir_at(list, i));
}

static const char *text_at(const struct ir_program *p, uint32_t offset)
{
    return p->STRINGS.items + offset;
}

/* schedule every r5 from r3 to r4 */
static void print_schedule(FILE *out, const struct image_schedule *s)
{
    static const char *const forms[] = {
#define SCHEDULE_FORM(name, word, written) [SCHEDULE_##name] = word,
#include "runtime/schedule_forms.def"
#undef SCHEDULE_FORM
    };
    fprintf(out, " schedule %s", forms[s->form]);
    if (s->every != NONE32) print_reg(out, s->every);
    if (s->every_to != NONE32) print_reg(out, s->every_to);
    if (s->times) fprintf(out, " %u", s->times);
    if (s->start == NONE32) return;
    fputs(" from", out);
    print_reg(out, s->start);
    fputs(" to", out);
    print_reg(out, s->end);
}

static void print_rows(FILE *out, const struct ir_program *p, struct run rows)
{
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct image_row *row = ir_at(&p->ROWS, rows.first + i);
        fprintf(out, "    row %s", text_at(p, row->id));
        if (row->condition != NONE32) {
            fputs(" when", out);
            print_reg(out, row->condition);
        }
        if (row->value != NONE32) {
            fputs(" value", out);
            print_reg(out, row->value);
        }
        for (uint32_t k = 0; k < row->steps.count; k++) {
            const struct image_step *step = ir_at(&p->STEPS, row->steps.first + k);
            fputs(" amount", out);
            if (step->lo != NONE32) print_reg(out, step->lo);
        }
        if (row->schedule != NONE32) print_schedule(out, ir_at(&p->SCHEDULES, row->schedule));
        fputc('\n', out);
    }
}

static void print_subjects(FILE *out, const struct ir_program *p, struct run subjects)
{
    for (uint32_t i = 0; i < subjects.count; i++) {
        const struct image_subject *s = ir_at(&p->SUBJECTS, subjects.first + i);
        fputs("    subject", out);
        print_reg(out, s->reg);
        fputs(s->thresholds.count ? " cut at" : "", out);
        for (uint32_t k = 0; k < s->thresholds.count; k++) {
            uint32_t threshold = *(uint32_t *)ir_at(&p->INDEXES, s->thresholds.first + k);
            if (s->kind == KIND_ENUM)
                fprintf(out, " member%u", threshold);
            else
                print_reg(out, threshold);
        }
        fputc('\n', out);
    }
}

static void print_named(FILE *out, const char *name, uint32_t reg)
{
    if (reg == NONE32) return;
    fprintf(out, " %s", name);
    print_reg(out, reg);
}

static void print_each(FILE *out, const struct ir_program *p, uint32_t place)
{
    if (place == NONE32) return;
    const struct image_each *each = ir_at(&p->EACHES, place);
    fprintf(out, "    for each input%u", each->list);
    print_named(out, "as", each->element);
    print_named(out, "next", each->next);
    print_named(out, "last", each->last);
    print_named(out, "where", each->where);
    fputc('\n', out);
}

static void print_monitor(FILE *out, const struct ir_program *p, uint32_t place)
{
    if (place == NONE32) return;
    const struct image_monitor *m = ir_at(&p->MONITORS, place);
    fprintf(out, "    expect input%u%s", m->list, m->by_day ? " by day" : "");
    print_named(out, "from", m->from);
    print_named(out, "to", m->to);
    print_named(out, "overdue after", m->overdue);
    print_named(out, "done", m->done);
    print_named(out, "late", m->late);
    print_named(out, "early", m->early);
    fputc('\n', out);
}

static void print_constants(FILE *out, const struct ir_program *p)
{
    static const char *const kinds[] = {"none",   "yes or no", "number",  "day", "time",
                                        "member", "set",       "element", "text"};
    for (uint32_t i = 0; i < p->CONSTANTS.count; i++) {
        const struct image_constant *c = ir_at(&p->CONSTANTS, i);
        fprintf(out, "k%-5u %s", i, kinds[c->kind]);
        if (c->kind == KIND_NUM && c->tag == TAG_KNOWN) {
            char digits[DECIMAL_TEXT_MAX];
            decimal number;
            memcpy(&number, c->words, sizeof number);
            decimal_format(number, digits);
            fprintf(out, " %s", digits);
        } else if (c->kind == KIND_ENUM || c->kind == KIND_BOOL) {
            fprintf(out, " %d", (int)c->code);
        }
        fputc('\n', out);
    }
}

void print_ir(FILE *out, const struct compilation *c)
{
    static const char *const names[STREAM_COUNT] = {"applies, setup", "applies, decide", "setup", "decide"};
    const struct ir_program *p = c->ir;
    print_constants(out, p);
    for (uint32_t i = 0; i < p->rules.count; i++) {
        const struct ir_rule *code = ir_at(&p->rules, i);
        const struct image_rule *rule = ir_at(&p->RULES, i);
        fprintf(out, "\nrule %u %s\n", i, text_at(p, rule->name ? rule->name : rule->label));
        for (int s = 0; s < STREAM_COUNT; s++)
            print_stream(out, names[s], &code->streams[s]);
        print_each(out, p, rule->each);
        print_monitor(out, p, rule->monitor);
        print_subjects(out, p, rule->subjects);
        print_rows(out, p, rule->rows);
    }
}
