#include "tests/bench/library.h"

#include <stdbool.h>

enum { FLAGS = 24, LEVELS = 10, LABS = 10, DRUGS = 30, TERMS = 24, SIGNS = 20, CLASSES = 12, ITEMS = 8, PHASES = 5 };

/* ---- Inputs and parameters -------------------------------------------------------------------------- */

static void members(FILE *out, const char *name, const char *stem, int count, const char *end)
{
    fprintf(out, "enumeration %s : ", name);
    for (int k = 0; k < count; k++)
        fprintf(out, "%s%s%d", k ? ", " : "", stem, k);
    fprintf(out, "%s\n", end);
}

static void write_inputs(FILE *out)
{
    members(out, "drugs", "drug_", DRUGS, " or other");
    members(out, "terms", "term_", TERMS, "");
    members(out, "signs", "sign_", SIGNS, "");
    members(out, "classes", "class_", CLASSES, "");
    members(out, "items", "item_", ITEMS, "");
    members(out, "phases", "phase_", PHASES, "");
    fputs("enumeration grades : slight < medium < great\n", out);
    fputs("input birth_date \"\" : date\ninput diagnosis_date \"\" : date\ninput planned_time \"\" : time\n"
          "input weight \"\" : series of kg from 0.2 to 1000\ninput height \"\" : series of cm from 20 to 300\n"
          "input planned_drug \"\" : drugs\ninput current_phase \"\" : phases\ninput course \"\" : count from 0 to 20\n"
          "input lineage \"\" : one of b_cell, t_cell, mature\ninput severity \"\" : grades\n"
          "input found_signs \"\" : set of signs\ninput given_doses \"\" : events { drug : drugs, amount : mg }\n"
          "input ae \"\" : events { term : terms, grade : count }\ninput agents \"\" : events { drug : drugs }\n",
          out);
    for (int k = 0; k < FLAGS; k++)
        fprintf(out, "input flag_%d \"\" : yes or no\n", k);
    for (int k = 0; k < LEVELS; k++)
        fprintf(out, "input level_%d \"\" : number from 0 to 1000, negative below level_limit\n", k);
    for (int k = 0; k < LABS; k++)
        fprintf(out, "input lab_%d \"\" : series of mg/dL { uln : mg/dL }\n", k);
}

static void write_parameters(FILE *out)
{
    fputs("parameter level_limit \"\" : number\nparameter adult_from \"\" : years\nparameter drug_classes \"\" : "
          "table of drugs to set of classes\n", out);
    for (int k = 0; k < 8; k++)
        fprintf(out, "parameter reading_%d \"\" : one of one_way, other_way\n"
                     "parameter cap_%d \"\" : mg or none\nparameter step_%d \"\" : mg or none\n",
                k, k, k);
    fputs("define age \"\" = time from birth_date to diagnosis_date\n"
          "define adult \"\" = time from birth_date to now >= adult_from\n"
          "define surface \"\" = sqrt(number(latest height in cm) * number(latest weight in kg) / 3600) * 1 m2\n",
          out);
}

/* ---- Rules ------------------------------------------------------------------------------------------ */

static void write_groups(FILE *out)
{
    static const char *const policies[] = {"agreement", "highest", "first match"};
    for (int k = 0; k < 12; k++) {
        int a = k % LEVELS, b = (k + 3) % LEVELS, f = k % FLAGS;
        fprintf(out, "classify group_%d \"\" : low < middle < high by %s\n", k, policies[k % 3]);
        fprintf(out, "  low    when age >= 1 year and age < 10 years and level_%d < 50  trace G-%d1\n", a, k);
        fprintf(out, "  middle when level_%d is negative and level_%d > %d  trace G-%d2\n", a, b, 50 + k, k);
        fprintf(out, "  high   when age >= 10 years and level_%d >= 50  trace G-%d3\n", a, k);
        fprintf(out, "  high   when lineage is t_cell and flag_%d  trace G-%d4\n", f, k);
    }
}

static void write_recommendations(FILE *out)
{
    static const char *const lineages[] = {"b_cell", "t_cell", "mature"};
    for (int k = 0; k < 28; k++) {
        int f = k % FLAGS, g = (k + 5) % FLAGS, h = (k + 11) % FLAGS, i = k % 4;
        fprintf(out, "recommend advice_%d \"\" : set of items\n", k);
        fprintf(out, "  applies when current_phase is phase_%d and lineage is %s\n", k % PHASES, lineages[k % 3]);
        fprintf(out, "  include item_%d strength recommended when flag_%d  trace R-%d1\n", i, f, k);
        fprintf(out, "  include one of item_%d, item_%d strength option when group_%d is high and not flag_%d  "
                     "trace R-%d2\n",
                i + 1, i + 2, k % 12, g, k);
        fprintf(out, "  include item_%d strength option when flag_%d or level_%d >= 5  trace R-%d3\n", i, h, k % LEVELS, k);
        fprintf(out, "  exclude item_%d strength contraindicated when flag_%d and flag_%d  trace R-%d4\n", i + 1, f, h, k);
        fprintf(out, "  equipoise item_%d, item_%d when severity >= medium  trace R-%d5\n", i + 3, i + 4, k);
    }
}

static void write_doses(FILE *out)
{
    for (int k = 0; k < 24; k++) {
        fprintf(out, "dose dose_%d \"\" of substance_%d\n  applies when planned_drug is drug_%d\n", k, k, k);
        fprintf(out, "  amount %d mg/m2 * surface when not adult and latest weight > 10 kg  trace D-%d1\n", 10 + k, k);
        fprintf(out, "  amount 0.%d mg/kg * latest weight when not adult and latest weight <= 10 kg  trace D-%d2\n", 1 + k, k);
        fprintf(out, "  amount %d mg when adult\n  at most cap_%d\n", 10 + k, k % 8);
        fprintf(out, "  round to nearest step_%d when step_%d is known\n  route intravenous\n", k % 8, k % 8);
        fprintf(out, "  withhold when flag_%d and level_%d > 3\n  warn when course > 4 and reading_%d is one_way\n",
                k % FLAGS, k % LEVELS, k % 8);
        fprintf(out, "  interval at least 7 days from latest given_doses where (drug is drug_%d) to planned_time\n", k);
    }
}

static void write_findings(FILE *out)
{
    static const char *const names[] = {"first", "second"};
    for (int k = 0; k < 2; k++) {
        fprintf(out, "collect %s_signs \"\" : set of signs\n", names[k]);
        for (int i = 4 * k; i < SIGNS - 4 * k; i++)
            fprintf(out, "  include sign_%d when found_signs includes sign_%d  trace S-%d-%d\n", i, i, k, i);
    }
}

/* The tables: one of events, one of interactions, one of populations. */
static void write_tables(FILE *out)
{
    fputs("classify event_alert \"\" : raised, quiet by agreement\n"
          "  | planned_drug | term of latest ae | grade of latest ae | event_alert | trace |\n", out);
    for (int k = 0; k < 80; k++)
        fprintf(out, "  | drug_%d | term_%d | >= %d | raised | AE-%d |\n", k % DRUGS, k * 7 % TERMS, 2 + k % 3, k);
    fputs("  quiet otherwise\n", out);
    fputs("classify interaction_alert \"\" : raised, quiet by agreement\n"
          "  | planned_drug | drug_classes of (drug of latest agents) | interaction_alert | trace |\n", out);
    for (int k = 0; k < 68; k++)
        fprintf(out, "  | drug_%d | includes class_%d | raised | DDI-%d |\n", k % DRUGS, k * 5 % CLASSES, k);
    fputs("  quiet otherwise\n", out);
    fputs("classify population \"\" : noted < warned < blocked by highest\n"
          "  | planned_drug | flag_0 | flag_1 | severity | population | trace |\n", out);
    for (int k = 0; k < 49; k++)
        fprintf(out, "  | drug_%d | %s | %s | %s | %s | POP-%d |\n", k % DRUGS, k % 3 == 0 ? "yes" : "any",
                k % 3 == 1 ? "yes" : "any", k % 3 == 2 ? ">= medium" : "any", k % 2 ? "blocked" : "warned", k);
}

static void write_alarms(FILE *out)
{
    for (int k = 0; k < 56; k++) {
        int lab = k % LABS, f = (k * 3) % FLAGS;
        fprintf(out, "classify alarm_%d \"\" : raised, quiet by agreement\n", k);
        if (k % 3 == 0) fprintf(out, "  applies when current_phase is phase_%d\n", k % PHASES);
        fprintf(out, "  raised when latest lab_%d > %d * uln of latest lab_%d and flag_%d  trace L-%d1\n", lab, 2 + k % 3, lab, f, k);
        fprintf(out, "  raised when any ae where (term is term_%d and grade >= 3) within 30 days before now  trace L-%d2\n",
                k % TERMS, k);
        fputs("  quiet otherwise\n", out);
    }
}

static void write_timings(FILE *out)
{
    for (int k = 0; k < 24; k++) {
        fprintf(out, "define since_%d \"\" = time from (latest given_doses where (drug is drug_%d)) to planned_time\n", k, k);
        fprintf(out, "classify timing_%d \"\" : too_early, due, late by first match\n", k);
        fprintf(out, "  too_early when since_%d < %d days  trace T-%d1\n", k, 5 + k, k);
        fprintf(out, "  due when since_%d < %d days and not flag_%d  trace T-%d2\n  late otherwise\n", k, 9 + k, k % FLAGS, k);
    }
}

void library_write(FILE *out)
{
    fputs("protocol bench.library \"\"\nversion 1.0.0\nstatus draft\n", out);
    write_inputs(out);
    write_parameters(out);
    write_groups(out);
    write_recommendations(out);
    write_doses(out);
    write_findings(out);
    write_tables(out);
    write_alarms(out);
    write_timings(out);
}

void library_write_site(FILE *out)
{
    fputs("site bench \"\"\nset adult_from 18 years\n", out);
    for (int k = 0; k < 8; k += 2)
        fprintf(out, "set reading_%d one_way\nset cap_%d %d mg\nset cap_%d none\nset step_%d 0.5 mg\n", k, k, 60 + k, k + 1, k);
    fputs("set drug_classes (", out);
    for (int k = 0; k < DRUGS; k++)
        fprintf(out, "%sdrug_%d : class_%d and class_%d", k ? ", " : "", k, k % CLASSES, (k + 5) % CLASSES);
    fputs(")\n", out);
}
