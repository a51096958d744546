/* The public face of alerts and monitors: what they tell, and the elements that they were run for.

   Of a rule with `for each`, what is known of an element is to be had while that is in focus
   (eval_focus).  Each function takes the focus away before it returns, so that the next one sees the
   rule as a whole.  Texts are gathered in one buffer, terminated; their places are kept as offsets until
   all are written, for the buffer moves while it grows. */
#include "runtime/alert_view.h"
#include "runtime/api.h"
#include "runtime/fact.h"

/* The place in RULES of a rule of these kinds; NONE32 for any other. */
static uint32_t told_rule(const struct regimen_evaluator *e, size_t rule)
{
    if (rule >= e->program->order_count) return NONE32;
    uint32_t at = e->program->order[rule];
    return rule_tells(&e->program->image.RULES[at]) ? at : NONE32;
}

/* A text that stays until the next call of the same function; NULL where memory is short. */
static const char *kept(const struct buffer *texts, size_t offset)
{
    return texts->failed ? NULL : texts->data + offset;
}

static size_t begin(const struct buffer *texts)
{
    return texts->length;
}

static void end(struct buffer *texts)
{
    buffer_bytes(texts, "", 1);
}

const char *regimen_result_severity(const struct regimen_evaluator *e, size_t rule)
{
    struct result_view v = api_view(e);
    uint32_t at = told_rule(e, rule);
    return at == NONE32 ? "" : severity_word(alert_severity(&v, at));
}

/* ---- Messages ------------------------------------------------------------------------------------- */

/* The rows that tell something, element by element.  While one is found, its element is in focus. */
struct telling {
    uint32_t row, element; /* NONE32: of a rule without `for each` */
    size_t left;           /* how many are passed over; counts down */
};

static bool find_here(const struct result_view *v, uint32_t rule, struct telling *t)
{
    struct run rows = v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!alert_row_tells(v, rule, row)) continue;
        t->row = row;
        if (t->left-- == 0) return true;
    }
    return false;
}

static bool find_telling(const struct result_view *v, uint32_t rule, struct telling *t)
{
    t->element = NONE32;
    if (v->image->RULES[rule].each == NONE32) return find_here(v, rule, t);
    for (uint32_t i = 0; i < eval_each_count(v->context, rule); i++) {
        if (!each_is_shown(v, rule, i)) continue;
        t->element = i;
        eval_focus(v->context, rule, i);
        if (find_here(v, rule, t)) return true;
    }
    eval_unfocus(v->context);
    return false;
}

size_t regimen_result_messages(const struct regimen_evaluator *e, size_t rule)
{
    struct result_view v = api_view(e);
    struct telling all = {.left = SIZE_MAX};
    uint32_t at = told_rule(e, rule);
    if (at == NONE32) return 0;
    (void)find_telling(&v, at, &all);
    eval_unfocus(v.context);
    return SIZE_MAX - all.left;
}

bool regimen_result_message(struct regimen_evaluator *e, size_t rule, size_t index,
                            struct regimen_message *message)
{
    struct result_view v = api_view(e);
    struct telling found = {.left = index};
    uint32_t at = told_rule(e, rule);
    if (at == NONE32 || !find_telling(&v, at, &found)) return false;
    struct buffer *texts = &e->messages;
    buffer_clear(texts);
    size_t text = begin(texts);
    alert_message(&v, at, found.row, texts);
    end(texts);
    size_t of = begin(texts);
    if (found.element != NONE32) each_words(&v, at, found.element, texts);
    end(texts);
    *message = (struct regimen_message){.text = kept(texts, text),
                                        .of = kept(texts, of),
                                        .row = image_text(v.image, v.image->ROWS[found.row].id),
                                        .advices = alert_advices(&v, at, found.row).count};
    eval_unfocus(v.context);
    return true;
}

bool regimen_result_advice(struct regimen_evaluator *e, size_t rule, size_t message, size_t index,
                           struct regimen_advice *advice)
{
    struct result_view v = api_view(e);
    struct telling found = {.left = message};
    uint32_t at = told_rule(e, rule);
    if (at == NONE32 || !find_telling(&v, at, &found)) return false;
    struct run advices = alert_advices(&v, at, found.row);
    bool there = index < advices.count;
    if (there) {
        const struct image_advice *a = &v.image->ADVICES[advices.first + index];
        buffer_clear(&e->advices);
        view_parts(&v, a->text, &e->advices);
        end(&e->advices);
        *advice = (struct regimen_advice){kept(&e->advices, 0), strength_word((enum strength)a->strength)};
    }
    eval_unfocus(v.context);
    return there;
}

/* ---- Elements ------------------------------------------------------------------------------------- */

/* The place in its list of the element that is shown at index; NONE32 where there is none. */
static uint32_t element_at(const struct result_view *v, uint32_t rule, size_t index)
{
    for (uint32_t i = 0; i < eval_each_count(v->context, rule); i++)
        if (each_is_shown(v, rule, i) && index-- == 0) return i;
    return NONE32;
}

size_t regimen_result_elements(const struct regimen_evaluator *e, size_t rule)
{
    struct result_view v = api_view(e);
    uint32_t at = told_rule(e, rule);
    size_t count = 0;
    for (uint32_t i = 0; at != NONE32 && i < eval_each_count(v.context, at); i++)
        count += each_is_shown(&v, at, i);
    return count;
}

/* The day or time, or "". */
static size_t put_moment(const struct result_view *v, uint32_t rule, bool to, struct buffer *texts)
{
    size_t at = begin(texts);
    if (v->image->RULES[rule].kind == RULE_MONITOR)
        monitor_moment(v, rule, to ? monitor_of(v, rule)->to : monitor_of(v, rule)->from, texts);
    end(texts);
    return at;
}

static void describe(struct regimen_evaluator *e, const struct result_view *v, uint32_t rule,
                     uint32_t element, struct regimen_element *out)
{
    const struct rule_result *result = eval_result(v->context, rule);
    bool decided = result->outcome == OUTCOME_DECIDED;
    struct buffer *texts = &e->elements;
    buffer_clear(texts);
    size_t date = begin(texts);
    element_date(each_element(v, rule, element), texts);
    end(texts);
    size_t words = begin(texts);
    each_words(v, rule, element, texts);
    end(texts);
    size_t from = put_moment(v, rule, false, texts), to = put_moment(v, rule, true, texts);
    *out = (struct regimen_element){
        .at = kept(texts, date),
        .text = kept(texts, words),
        .outcome = outcome_word((enum outcome)result->outcome),
        .value = decided ? state_word(&v->image->RULES[rule], result->member) : "",
        .from = kept(texts, from),
        .to = kept(texts, to),
    };
}

bool regimen_result_element(struct regimen_evaluator *e, size_t rule, size_t index,
                            struct regimen_element *element)
{
    struct result_view v = api_view(e);
    uint32_t at = told_rule(e, rule);
    uint32_t place = at == NONE32 ? NONE32 : element_at(&v, at, index);
    if (place == NONE32) return false;
    eval_focus(v.context, at, place);
    describe(e, &v, at, place, element);
    eval_unfocus(v.context);
    return true;
}
