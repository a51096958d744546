/* The fixed words of results. */
#include "runtime/words.h"

const char *outcome_word(enum outcome outcome)
{
    static const char *const WORDS[] = {
#define OUTCOME(name, word, meaning) word,
#include "runtime/outcomes.def"
#undef OUTCOME
    };
    return WORDS[outcome];
}

const char *fault_sentence(enum fault fault)
{
    static const char *const SENTENCES[] = {
#define FAULT(name, text) text,
#include "runtime/faults.def"
#undef FAULT
    };
    return SENTENCES[fault];
}

const char *action_word(enum action action)
{
    static const char *const WORDS[] = {"", "give", "ask", "withhold"};
    return WORDS[action];
}

const char *truth_word(enum truth truth)
{
    static const char *const WORDS[] = {"no", "yes", "unknown", "fault"};
    return WORDS[truth];
}

const char *status_word(enum program_status status)
{
    static const char *const WORDS[] = {"", "draft", "approved", "retired"};
    return WORDS[status];
}

const char *strength_word(enum strength strength)
{
    static const char *const WORDS[] = {
        "",
#define STRENGTH(name, word, excludes) word,
#include "runtime/strengths.def"
#undef STRENGTH
    };
    return WORDS[strength];
}

const char *severity_word(enum alert_severity severity)
{
    static const char *const WORDS[] = {
        "",
#define SEVERITY(name, word) word,
#include "runtime/severities.def"
#undef SEVERITY
    };
    return WORDS[severity];
}

const char *alert_word(enum alert_state state)
{
    static const char *const WORDS[] = {
#define ALERT_STATE(name, word, shown, meaning) shown,
#include "runtime/alert_states.def"
#undef ALERT_STATE
    };
    return WORDS[state];
}

const char *monitor_word(enum monitor_state state)
{
    static const char *const WORDS[] = {
#define MONITOR_STATE(name, word, shown, meaning) shown,
#include "runtime/monitor_states.def"
#undef MONITOR_STATE
    };
    return WORDS[state];
}

const char *state_word(const struct image_rule *rule, int32_t member)
{
    return rule->kind == RULE_ALERT ? alert_word((enum alert_state)member)
                                    : monitor_word((enum monitor_state)member);
}

const char *rule_kind_word(enum rule_kind kind)
{
    static const char *const WORDS[] = {"classify", "dose",      "collect", "recommend",   "alert",
                                        "monitor",  "guarantee", "expect",  "report shows"};
    return WORDS[kind];
}

const char *row_type_word(enum row_type type)
{
    static const char *const WORDS[] = {
        [ROWTYPE_VALUE] = "",
        [ROWTYPE_AMOUNT] = "amount",
        [ROWTYPE_STEP] = "amount",
        [ROWTYPE_CHOOSE] = "choose",
        [ROWTYPE_LEAST] = "at least",
        [ROWTYPE_MOST] = "at most",
        [ROWTYPE_ROUND] = "round",
        [ROWTYPE_ROUTE] = "route",
        [ROWTYPE_TOO_EARLY] = "too early, before",
        [ROWTYPE_TOO_LATE] = "late, after",
        [ROWTYPE_WITHHOLD] = "withhold",
        [ROWTYPE_ASK] = "ask",
        [ROWTYPE_WARN] = "warn",
        [ROWTYPE_INCLUDE] = "include",
        [ROWTYPE_CHOICE] = "include one of",
        [ROWTYPE_EQUIPOISE] = "equipoise",
        [ROWTYPE_EXCLUDE] = "exclude",
        [ROWTYPE_SCHEDULE] = "schedule",
    };
    return WORDS[type];
}
