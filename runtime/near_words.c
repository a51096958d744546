/* Near misses, and what missing values would decide, in words. */
#include "runtime/near_words.h"

#include <inttypes.h>

#include "runtime/fact.h"

static const struct image_node *node_of(const struct result_view *v, uint32_t subject)
{
    return &v->image->NODES[v->image->SUBJECTS[subject].node];
}

void near_region_words(const struct result_view *v, uint32_t subject, const struct value *region, bool other,
                       struct buffer *out)
{
    if (other)
        buffer_put(out, "any other");
    else if (region->tag == TAG_UNKNOWN)
        buffer_put(out, "no value");
    else
        value_text(out, v->image, &node_of(v, subject)->type, region, VALUE_EXACT);
}

void near_miss_words(const struct result_view *v, const struct near_miss *miss, struct buffer *out)
{
    uint32_t node = v->image->SUBJECTS[miss->subject].node;
    buffer_put(out, "would hold if ");
    node_words(v, node, out);
    buffer_put(out, " were ");
    near_region_words(v, miss->subject, &miss->needed, false, out);
    if (miss->example) buffer_put(out, ", for example");
}

static void put_count(int64_t n, const char *one, const char **between, struct buffer *out)
{
    if (n) buffer_printf(out, "%s%" PRId64 " %s%s", *between, n, one, n == 1 ? "" : "s");
    if (n) *between = " ";
}

/* 2 days 3 hours; what is shorter than a second is not shown */
static void elapsed_words(int64_t micros, struct buffer *out)
{
    const char *between = "";
    put_count(micros / CAL_MICROS_PER_DAY, "day", &between, out);
    put_count(micros / CAL_MICROS_PER_HOUR % 24, "hour", &between, out);
    put_count(micros / CAL_MICROS_PER_MINUTE % 60, "minute", &between, out);
    put_count(micros / CAL_MICROS_PER_SECOND % 60, "second", &between, out);
    if (!*between) buffer_put(out, "less than a second");
}

static void distance_words(const struct result_view *v, const struct near_miss *miss, struct buffer *out)
{
    int64_t n = 0;
    const char *between = "";
    if (miss->measure != NEAR_AMOUNT) (void)decimal_to_int(miss->by, &n);
    switch (miss->measure) {
    case NEAR_UNMEASURED: return;
    case NEAR_AMOUNT:
        number_text(out, miss->by, view_text(v, node_of(v, miss->subject)->type.unit), VALUE_EXACT);
        break;
    case NEAR_DAYS: put_count(n, "day", &between, out); break;
    case NEAR_MICROSECONDS: elapsed_words(n, out); break;
    }
}

void near_miss_margin(const struct result_view *v, const struct near_miss *miss, struct buffer *out)
{
    const struct image_subject *subject = &v->image->SUBJECTS[miss->subject];
    bool moment = subject->kind == KIND_DAY || subject->kind == KIND_TIME;
    buffer_put(out, "it is ");
    value_text(out, v->image, &node_of(v, miss->subject)->type, eval_register(v->context, subject->reg),
               VALUE_EXACT);
    if (miss->measure == NEAR_UNMEASURED) return;
    buffer_put(out, ", ");
    distance_words(v, miss, out);
    if (moment)
        buffer_put(out, miss->below ? " earlier" : " later");
    else
        buffer_put(out, miss->below ? " less" : " more");
}
