/*
 * Messages: the values that they print, as far as their words are plain.
 */
#include "tests/oracle/oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 6 };

/* Longer ones are shortened for the reader. */
static bool put_number(FILE *out, const struct rational *x, const struct unit *unit)
{
    char number[64], code[UNIT_TEXT_MAX];
    if (!rational_text(x, 20, number, sizeof number)) return false;
    int digits = 0;
    for (const char *c = number; *c; c++)
        digits += *c >= '0' && *c <= '9';
    unit_format(unit, code);
    fprintf(out, "%s %s", number, code);
    return digits <= DIGITS_MAX;
}

static bool put_day(FILE *out, const struct answer *at)
{
    int year, month, day;
    if (moment_day(at->lo) != moment_day(at->hi)) return false;
    day_parts(moment_day(at->lo), &year, &month, &day);
    fprintf(out, "%04d-%02d-%02d", year, month, day);
    return true;
}

static bool put_member(FILE *out, const struct enumeration *e, int code)
{
    for (const struct enum_value *v = e->values; v; v = v->next) {
        if (v->code != code) continue;
        fputs(v->name, out);
        return true;
    }
    return false;
}

static bool put_value(FILE *out, struct oracle *o, const struct expr *e)
{
    struct answer a = oracle_value(o, e);
    if (a.kind == ANSWER_NUMBER) return put_number(out, a.number, &e->type->unit);
    if (a.kind == ANSWER_MOMENT && !a.is_time) return put_day(out, &a);
    return a.kind == ANSWER_CODE && put_member(out, e->type->enumeration, a.code);
}

const char *oracle_say(struct oracle *o, const struct text *text)
{
    if (text == NULL || text->plain) return NULL;
    char *words = NULL;
    size_t size = 0;
    bool good = true;
    FILE *out = open_memstream(&words, &size);
    for (const struct text_part *part = text->parts; part && good; part = part->next) {
        if (part->literal)
            fputs(part->literal, out);
        else
            good = put_value(out, o, part->expr);
    }
    fclose(out);
    const char *kept = good ? arena_printf(o->program->arena, "%s", words) : NULL;
    free(words);
    return kept;
}
