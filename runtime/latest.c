/* Which of the members of a selection is the latest, or, with time mirrored, the first.

   Members come in the order of the list, and one pass must do, since the machine allocates nothing.  So
   only the last group is kept, with how far into the future any member so far may reach: a member that
   is surely behind all of that begins a new group; one that is neither surely behind nor surely before
   leaves it open which is the last (docs/evaluation.md, Selections).

   Times with an offset are compared as moments among themselves, and as clock readings with those that
   have none; both reaches are kept. */
#include "runtime/eval_internal.h"

static int64_t moment_of(int64_t clock, int16_t offset)
{
    return offset == CAL_NO_OFFSET ? clock : clock - offset * CAL_MICROS_PER_MINUTE;
}

static struct instant instant_of(const struct element *element, bool mirrored)
{
    struct value t = element_time(element);
    struct instant at = {
        .near = t.t.lo,
        .reach = t.t.hi,
        .near_moment = moment_of(t.t.lo, t.t.lo_offset),
        .reach_moment = moment_of(t.t.hi, t.t.hi_offset),
        .offset = t.t.lo_offset != CAL_NO_OFFSET && t.t.hi_offset != CAL_NO_OFFSET,
        /* a date or a time that is written in full */
        .whole = element->at.t.lo == element->at.t.hi,
        .kind = element->at_kind,
    };
    if (!mirrored) return at;
    struct instant back = at;
    back.near = -at.reach;
    back.reach = -at.near;
    back.near_moment = -at.reach_moment;
    back.reach_moment = -at.near_moment;
    return back;
}

/* Whether at is surely later than every member so far. */
static bool after_all(const struct latest *latest, const struct instant *at)
{
    if (!latest->any) return true;
    if (!at->offset) return at->near > latest->reach_clock;
    return at->near_moment > latest->reach_moment && at->near > latest->reach_plain;
}

/* Whether at is surely before the group. */
static bool before_group(const struct latest *latest, const struct instant *at)
{
    if (at->offset && latest->at.offset) return at->reach_moment < latest->at.near_moment;
    return at->reach < latest->at.near;
}

/* The same moment, or the same day where both are dated by the day. */
static bool are_beside(const struct instant *a, const struct instant *b)
{
    if (!a->whole || !b->whole || a->kind != b->kind) return false;
    if (a->offset && b->offset) return a->near_moment == b->near_moment;
    return a->near == b->near;
}

bool elements_at_one_moment(const struct element *a, const struct element *b)
{
    struct instant one = instant_of(a, false), other = instant_of(b, false);
    return are_beside(&one, &other);
}

static int64_t farther(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void reach_out(struct latest *latest, const struct instant *at)
{
    if (!latest->any) latest->reach_clock = latest->reach_plain = latest->reach_moment = INT64_MIN;
    latest->any = true;
    latest->reach_clock = farther(latest->reach_clock, at->reach);
    if (at->offset)
        latest->reach_moment = farther(latest->reach_moment, at->reach_moment);
    else
        latest->reach_plain = farther(latest->reach_plain, at->reach);
}

static void join_group(struct latest *latest, uint32_t index, bool sure, const struct value *value)
{
    if (index < latest->first) latest->first = index;
    if (index > latest->last) latest->last = index;
    latest->sure |= sure;
    if (!value_same(KIND_NUM, &latest->value, value)) latest->value = value_unknown(WHY_MISSING);
}

void latest_take(struct latest *latest, const struct element *element, uint32_t index, bool mirrored,
                 bool sure, const struct value *value)
{
    struct instant at = instant_of(element, mirrored);
    if (after_all(latest, &at)) {
        latest->at = at;
        latest->first = latest->last = index;
        latest->sure = sure;
        latest->unordered = false;
        latest->value = *value;
    } else if (are_beside(&latest->at, &at)) {
        join_group(latest, index, sure, value);
    } else if (!before_group(latest, &at)) {
        latest->unordered = true;
    }
    reach_out(latest, &at);
}

bool latest_is_sure(const struct latest *latest)
{
    return latest->any && latest->sure && !latest->unordered;
}
