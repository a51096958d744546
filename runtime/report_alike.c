/* What a rule with `for each` says alike of several elements: told once on the report, of the last of them. */
#include "runtime/report_alike.h"
#include "runtime/alert_view.h"

#include <stdlib.h>
#include <string.h>

/* All that is told of the element in focus by a row, but when it is: another drug, another grade is not alike, although
   the message may not speak of it. */
static void put_words(struct report *r, uint32_t rule, uint32_t row, struct buffer *out)
{
    struct run advices = alert_advices(r->v, rule, row);
    alert_message(r->v, rule, row, out);
    for (uint32_t i = advices.first; i < advices.first + advices.count; i++)
        view_parts(r->v, r->v->image->ADVICES[i].text, out);
    worksheet_begin(&r->read, r->v); /* the values of another element are others */
    report_put_reasons(r, row, out);
    element_fields(r->v, r->v->image->EACHES[r->v->image->RULES[rule].each].list, r->named, out);
}

static void gather_element(struct report *r, uint32_t rule, uint32_t element, struct report_alike *alike)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!alert_row_tells(r->v, rule, row)) continue;
        struct report_told *more = realloc(alike->told, (alike->count + 1) * sizeof *more);
        if (!more) {
            r->out->failed = true;
            return;
        }
        alike->told = more;
        alike->told[alike->count++] = (struct report_told){element, row, alike->words.length};
        r->named = each_element(r->v, rule, element);
        put_words(r, rule, row, &alike->words);
        r->named = NULL;
        buffer_repeat(&alike->words, 0, 1);
    }
}

void report_alike_gather(struct report *r, uint32_t rule, struct report_alike *alike)
{
    for (uint32_t i = 0; i < eval_each_count(r->v->context, rule); i++) {
        if (!each_is_shown(r->v, rule, i)) continue;
        eval_focus(r->v->context, rule, i);
        gather_element(r, rule, i, alike);
    }
    eval_unfocus(r->v->context);
    r->out->failed |= alike->words.failed;
}

static const char *words_of(const struct report_alike *alike, const struct report_told *told)
{
    return buffer_text(&alike->words) + told->words;
}

static bool is_alike(const struct report_alike *alike, const struct report_told *a, const struct report_told *b)
{
    return a->row == b->row && strcmp(words_of(alike, a), words_of(alike, b)) == 0;
}

/* NULL where nothing was gathered. */
static const struct report_told *find(const struct report_alike *alike, uint32_t row, uint32_t element)
{
    for (uint32_t k = 0; k < alike->count; k++)
        if (alike->told[k].element == element && alike->told[k].row == row) return &alike->told[k];
    return NULL;
}

/* From the last one back: what is told every day is found at once to be told later. */
bool report_alike_last(const struct report_alike *alike, uint32_t row, uint32_t element, struct run *before)
{
    const struct report_told *own = find(alike, row, element);
    *before = (struct run){element, 0};
    for (uint32_t k = own ? alike->count : 0; k-- > 0;) {
        const struct report_told *other = &alike->told[k];
        if (other == own || !is_alike(alike, other, own)) continue;
        if (other->element > element) return false;
        before->first = other->element;
        before->count++;
    }
    return true;
}

void report_alike_free(struct report_alike *alike)
{
    free(alike->told);
    buffer_free(&alike->words);
}
