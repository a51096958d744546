#include "runtime/entry_why.h"

/* ---- One entry ------------------------------------------------------------------------------------ */

static const struct image_field *field_of(const struct result_view *v, uint32_t list, uint32_t field)
{
    return &v->image->FIELDS[v->image->INPUTS[list].fields.first + field];
}

static void disputed_why(const struct element *element, struct buffer *out)
{
    buffer_put(out, "two values at ");
    element_date(element, out);
    if (element->notes[0]) buffer_printf(out, ": %s", element->notes[0]);
}

static void put_entry(const struct element *element, struct buffer *out)
{
    buffer_put(out, ", entry of ");
    element_date(element, out);
}

/* What the record has not given exactly; false, and nothing written, where it has. */
static bool field_why(const struct result_view *v, uint32_t list, const struct element *element,
                      uint32_t field, struct buffer *out)
{
    const struct value *value = &element->fields[field];
    const char *note = element->notes[field];
    bool main_value = v->image->INPUTS[list].list == LIST_SERIES && field == 0;
    if (value->tag == TAG_KNOWN) return false;
    if (field == 0 && element->disputed) {
        disputed_why(element, out);
        return true;
    }
    if (!main_value) buffer_printf(out, "%s of the entry: ", view_text(v, field_of(v, list, field)->name));
    if (value->tag == TAG_RANGE)
        known_only_as(v, &field_of(v, list, field)->type, value, note, out);
    else
        buffer_put(out, note ? note : main_value ? "the entry has no value" : "absent");
    put_entry(element, out);
    return true;
}

/* ---- Several entries at one moment ---------------------------------------------------------------- */

static void put_value(const struct result_view *v, const struct image_field *field,
                      const struct element *element, uint32_t place, struct buffer *out)
{
    const char *note = element->notes[place];
    if (element->fields[place].tag == TAG_UNKNOWN || field->type.kind == KIND_TEXT)
        buffer_put(out, note ? note : "absent");
    else
        value_text(out, v->image, &field->type, &element->fields[place], VALUE_EXACT);
}

/* The fields of the entries, from first on: "grade of the entries of 2026-01-03: 2 and 3". */
static void group_why(const struct result_view *v, uint32_t list, const struct element *first, uint32_t count,
                      uint32_t field, struct buffer *out)
{
    buffer_printf(out, "%s of the entries of ", view_text(v, field_of(v, list, field)->name));
    element_date(first, out);
    for (uint32_t k = 0; k < count; k++) {
        buffer_put(out, k == 0 ? ": " : k + 1 < count ? ", " : " and ");
        put_value(v, field_of(v, list, field), &first[k], field, out);
    }
}

void taken_why(const struct result_view *v, const struct fact *r, struct buffer *out)
{
    bool field_node = r->node->kind == NODE_FIELD;
    uint32_t list = field_node ? v->image->NODES[r->node->child].ref : r->node->ref;
    uint32_t field = field_node ? r->node->ref : 0;
    if (r->value->tag == TAG_RANGE || field >= v->image->INPUTS[list].fields.count)
        known_only_as(v, &r->node->type, r->value, r->written, out);
    else if (r->element_count > 1)
        group_why(v, list, r->element, r->element_count, field, out);
    else
        (void)field_why(v, list, r->element, field, out);
}

/* ---- Entries that may be members ------------------------------------------------------------------ */

/* A field that the condition of the selection asks for. */
static bool asked_field_why(const struct result_view *v, uint32_t fold, const struct element *element,
                            struct buffer *out)
{
    const struct image_fold *f = &v->image->FOLDS[fold];
    for (uint32_t pc = f->begin + 1; pc < f->end && !f->gaps; pc++) {
        const struct insn *i = &v->image->CODE[pc];
        if (i->op == OP_FIELD && i->a == fold && field_why(v, f->list, element, i->b, out)) return true;
    }
    return false;
}

/* The field that an instruction of the body reads into reg; NONE32 where none does. */
static uint32_t field_in(const struct result_view *v, uint32_t fold, uint32_t reg)
{
    const struct image_fold *f = &v->image->FOLDS[fold];
    for (uint32_t pc = f->begin + 1; pc < f->end; pc++) {
        const struct insn *i = &v->image->CODE[pc];
        if (i->op == OP_FIELD && i->a == fold && i->d == reg) return i->b;
    }
    return NONE32;
}

/* A table that the condition asks by a field, and that has no entry for it. */
static bool asked_table_why(const struct result_view *v, uint32_t fold, const struct element *element,
                            struct buffer *out)
{
    const struct image_fold *f = &v->image->FOLDS[fold];
    for (uint32_t pc = f->begin + 1; pc < f->end && !f->gaps; pc++) {
        const struct insn *i = &v->image->CODE[pc];
        uint32_t field = i->op == OP_TABLE ? field_in(v, fold, i->b) : NONE32;
        if (field == NONE32 || !eval_parameter_set(v->context, i->a)) continue;
        const struct value *key = &element->fields[field];
        if (key->tag != TAG_KNOWN || eval_entry(v->context, i->a, key->code).tag != TAG_UNKNOWN) continue;
        buffer_printf(out, "%s has no entry for ", view_text(v, v->image->PARAMS[i->a].name));
        put_value(v, field_of(v, f->list, field), element, field, out);
        put_entry(element, out);
        return true;
    }
    return false;
}

/* Whether the condition asks if the entry lasts at a moment; *by_day: on a day. */
static bool asks_whether_active(const struct result_view *v, uint32_t fold, bool *by_day)
{
    const struct image_fold *f = &v->image->FOLDS[fold];
    for (uint32_t pc = f->begin + 1; pc < f->end; pc++) {
        const struct insn *i = &v->image->CODE[pc];
        *by_day = i->op == OP_ACTIVE_DAY;
        if ((i->op == OP_ACTIVE_DAY || i->op == OP_ACTIVE_TIME) && i->a == fold) return true;
    }
    return false;
}

/* Until when the entry lasts. */
static bool until_why(const struct result_view *v, uint32_t fold, const struct element *element,
                      struct buffer *out)
{
    const struct image_type type = {.kind = element->until_kind, .enumeration = NONE32};
    bool by_day, said = element->until_kind != KIND_NONE;
    if (element->ongoing || !asks_whether_active(v, fold, &by_day)) return false;
    if (said && element->until.tag == TAG_KNOWN && (by_day || element->until_kind == KIND_TIME)) return false;
    buffer_put(out, "until of the entry: ");
    if (!said)
        buffer_put(out, "absent");
    else
        known_only_as(v, &type, &element->until, NULL, out);
    if (said && element->until.tag == TAG_KNOWN) buffer_put(out, " without a time of day");
    put_entry(element, out);
    return true;
}

bool later_why(const struct result_view *v, const struct element *element, struct buffer *out)
{
    if (!element->maybe_later) return false;
    buffer_put(out, "the entry of ");
    element_date(element, out);
    buffer_printf(out, " may lie after %s", v->record->as_of);
    return true;
}

/* Whether the window, or the condition, asks when the entry is; *by_day: on what day. */
static bool asks_moment(const struct result_view *v, uint32_t fold, bool *by_day)
{
    const struct image_fold *f = &v->image->FOLDS[fold];
    bool asks = f->lo != NONE32 || f->hi != NONE32;
    *by_day = !asks || f->window & FOLD_BY_DAY;
    for (uint32_t pc = f->begin + 1; pc < f->end; pc++) {
        const struct insn *i = &v->image->CODE[pc];
        if ((i->op != OP_AT_DAY && i->op != OP_AT_TIME) || i->a != fold) continue;
        asks = true;
        *by_day = *by_day && i->op == OP_AT_DAY;
    }
    return asks;
}

/* When the entry is. */
static bool moment_why(const struct result_view *v, uint32_t fold, const struct element *element,
                       struct buffer *out)
{
    bool exact = element->at.tag == TAG_KNOWN, by_day;
    if (!asks_moment(v, fold, &by_day) || (exact && (element->at_kind == KIND_TIME || by_day))) return false;
    buffer_put(out, "the entry of ");
    element_date(element, out);
    buffer_put(out, exact ? " has no time of day" : " has no exact date");
    return true;
}

/* That its place is open, as far as the window tells: where the next element ends it, whether it lies before
 * that. */
static bool window_why(const struct result_view *v, uint32_t fold, uint32_t entry, enum window_place open,
                       struct buffer *out)
{
    const struct image_fold *f = &v->image->FOLDS[fold];
    uint32_t each = 0;
    if (eval_window(v->context, fold, entry) != open) return false;
    while (each + 1 < v->image->EACHES_count && v->image->EACHES[each].next != f->next)
        each++;
    buffer_put(out, "it is open whether the entry of ");
    element_date(&v->record->slots[f->list].elements[entry], out);
    if (open == WINDOW_OPEN)
        buffer_put(out, " lies in the window");
    else
        buffer_printf(out, " was before the next of %s",
                      view_text(v, v->image->INPUTS[v->image->EACHES[each].list].name));
    return true;
}

/* An extreme, a total or an average of which one entry has no value. */
static bool valueless_why(const struct result_view *v, uint32_t index, struct buffer *out)
{
    const struct image_fold *fold = &v->image->FOLDS[index];
    const struct slot *slot = &v->record->slots[fold->list];
    if (fold->selector == FOLD_COUNT || fold->gaps || v->image->INPUTS[fold->list].fields.count == 0)
        return false;
    for (uint32_t k = 0; k < slot->count; k++)
        if (slot->elements[k].fields[0].tag == TAG_UNKNOWN &&
            eval_window(v->context, index, k) != WINDOW_OUTSIDE)
            return field_why(v, fold->list, &slot->elements[k], 0, out);
    return false;
}

bool entries_why(const struct result_view *v, const struct image_node *selection, struct buffer *out)
{
    if (selection->kind == NODE_FIELD && selection->child != NONE32)
        selection = &v->image->NODES[selection->child];
    uint32_t fold = eval_fold_of(v->context, selection);
    if (fold == NONE32) return false;
    uint32_t doubt = eval_doubt(v->context, fold);
    const struct element *elements = v->record->slots[v->image->FOLDS[fold].list].elements;
    if (doubt == NONE32) return valueless_why(v, fold, out);
    return asked_field_why(v, fold, &elements[doubt], out) ||
           asked_table_why(v, fold, &elements[doubt], out) || until_why(v, fold, &elements[doubt], out) ||
           later_why(v, &elements[doubt], out) || window_why(v, fold, doubt, WINDOW_NEXT_OPEN, out) ||
           moment_why(v, fold, &elements[doubt], out) || window_why(v, fold, doubt, WINDOW_OPEN, out);
}
