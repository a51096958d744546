/* What stands on top of a report, for programs that make their own. */
#include "runtime/result_json.h"
#include "runtime/shown.h"

static void json_one(struct json_writer *w, const struct result_view *v, const struct shown *s,
                     struct buffer *scratch)
{
    const struct fact *fact = &s->fact;
    json_key(w, s->name);
    json_open_object(w);
    if (*s->label) json_key_text(w, "label", s->label);
    if (shown_has_value(s)) {
        json_key(w, "value");
        json_value(w, v, &fact->node->type, fact->value, fact->text);
    }
    if (fact->text && fact->node->type.kind == KIND_ENUM) json_key_text(w, "other", fact->text);
    buffer_clear(scratch);
    fact_date(v, fact, scratch);
    json_key_buffer(w, "at", scratch);
    if (fact->written) json_key_text(w, "written", fact->written);
    buffer_clear(scratch);
    shown_why(v, s, scratch);
    json_key_buffer(w, "why", scratch);
    json_close_object(w);
}

void json_shown(struct json_writer *w, const struct result_view *v)
{
    struct buffer scratch = {0};
    if (!v->image->SHOWN_count) return;
    json_key(w, "shown");
    json_open_object(w);
    for (uint32_t i = 0; i < v->image->SHOWN_count; i++) {
        struct shown s = shown_at(v, i);
        json_one(w, v, &s, &scratch);
    }
    json_close_object(w);
    w->out->failed |= scratch.failed;
    buffer_free(&scratch);
}
