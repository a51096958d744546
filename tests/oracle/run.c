/*
 * Generated programs and patients, tried against the oracle and against each other.
 *
 *   run [PROGRAMS [SEED]]      how many programs, and the seed of the first one
 *
 * A claim that fails prints the program, reduced line by line while it still fails, the record and the
 * difference.
 */
#include "tests/oracle/make_program.h"
#include "tests/oracle/trials.h"

#include <stdlib.h>
#include <string.h>

enum { PROGRAMS = 2000, PATIENTS = 6, FILLINGS = 4, REPORTS_MAX = 8 };

struct score {
    size_t passed, failed;
    size_t tried[TRIAL_KINDS];
    struct tally tally;
};

static void add_tally(struct tally *all, const struct tally *one)
{
    all->results += one->results;
    all->sure += one->sure;
    all->truths += one->truths;
    all->decided += one->decided;
    all->parts += one->parts;
    all->parts_sure += one->parts_sure;
    all->parts_out += one->parts_out;
    all->told += one->told;
    all->gaps += one->gaps;
    all->settled += one->settled;
    all->searched += one->searched;
    all->same += one->same;
}

/* ---- Reports ---------------------------------------------------------------------------------------- */

/* Whether the claim fails for this text too, in a program that is still one. */
static bool still_fails(const char *text, const struct trial *trial)
{
    struct specimen s;
    char *ignored = NULL;
    size_t size = 0;
    FILE *report = open_memstream(&ignored, &size);
    bool fails = specimen_open(&s, text, NULL) && !trial_holds(&s, text, trial, report);
    specimen_close(&s);
    fclose(report);
    free(ignored);
    return fails;
}

static char *reduced(char *text, const struct trial *trial)
{
    bool smaller = true;
    while (smaller) {
        smaller = false;
        char *shorter;
        for (int n = 0; (shorter = rewrite_without(text, n)) != NULL; n++) {
            if (!still_fails(shorter, trial)) {
                free(shorter);
                continue;
            }
            free(text);
            text = shorter;
            smaller = true;
            n--;
        }
    }
    return text;
}

static void print_patient(const struct specimen *s, const struct patient *patient)
{
    char *json = patient_json(&s->program, patient, (struct writing){0});
    printf("%s\n", json);
    free(json);
    for (const struct decl *d = s->program.protocols->decls; d; d = d->next) {
        char *set = d->kind == DECL_PARAMETER ? datum_setting(d, &patient->settings[d->index]) : NULL;
        if (set) printf("--set '%s=%s' ", d->name.text, set);
        free(set);
    }
    printf("\n");
}

static void print_failure(const char *text, const struct trial *trial, uint64_t seed)
{
    char *small = reduced(strdup(text), trial);
    struct specimen s;
    printf("== %s, seed %llu\n", trial_name(trial->kind), (unsigned long long)seed);
    if (specimen_open(&s, small, stdout)) {
        trial_holds(&s, small, trial, stdout);
        printf("-- program:\n%s-- record:\n", small);
        print_patient(&s, trial->patient);
        if (trial->kind == TRIAL_LASTING) print_patient(&s, trial->other);
    }
    specimen_close(&s);
    free(small);
}

/* ---- Trials ----------------------------------------------------------------------------------------- */

struct bench {
    struct specimen specimen;
    struct patient_maker *maker;
    char *text;
    uint64_t seed;
    struct score *score;
};

static void attempt(struct bench *b, struct trial trial)
{
    char *how = NULL;
    size_t size = 0;
    FILE *report = open_memstream(&how, &size);
    bool good = trial_holds(&b->specimen, b->text, &trial, report);
    fclose(report);
    free(how);
    b->score->tried[trial.kind]++;
    b->score->passed += good;
    b->score->failed += !good;
    if (!good && b->score->failed <= REPORTS_MAX) print_failure(b->text, &trial, b->seed);
}

static void try_gaps(struct bench *b, const struct patient *patient)
{
    for (int i = 0; i < FILLINGS; i++) {
        const struct patient *full = patient_complete(b->maker, patient);
        if (full == NULL) continue;
        attempt(b, (struct trial){TRIAL_AGREE, full, NULL, 0});
        attempt(b, (struct trial){TRIAL_LASTING, patient, full, 0});
    }
}

/* One or two inputs that only conditions read are taken away. */
static void try_completeness(struct bench *b, struct patient *patient)
{
    static const char *const names[] = {"drug_mass", "cell_count", "glucose",     "ratio",  "mrd",
                                        "visits",    "flag",       "second_flag", "colour", "grade",
                                        "tags",      "more_tags",  "tag"};
    const int count = (int)(sizeof names / sizeof *names);
    int first = chance_below(&b->maker->chance, count), second = chance_below(&b->maker->chance, count);
    for (const struct decl *d = b->specimen.program.protocols->decls; d; d = d->next)
        if (d->kind == DECL_INPUT &&
            (strcmp(d->name.text, names[first]) == 0 || strcmp(d->name.text, names[second]) == 0))
            patient->inputs[d->index] = (struct datum){.form = DATUM_ABSENT};
    attempt(b, (struct trial){TRIAL_COMPLETE, patient, NULL, b->seed});
}

static void try_patient(struct bench *b, const struct program_style *style, int n)
{
    static const struct gaps gaps[] = {
        {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0},   {8, 8, 8, 10, 12},
        {3, 4, 4, 4, 5}, {12, 5, 3, 12, 0}, {2, 0, 0, 3, 3},
    };
    bool full = n < 2;
    struct patient *patient = patient_make(b->maker, gaps[n % 6]);
    struct patient *other = patient_make(b->maker, gaps[3]);
    other->settings = patient->settings;
    attempt(b, (struct trial){TRIAL_AGREE, patient, NULL, 0});
    if (!full && style->monotone) try_gaps(b, patient);
    if (full && style->plain) try_completeness(b, patient);
    if (n == 2 || style->lists) attempt(b, (struct trial){TRIAL_SPELLING, patient, other, b->seed});
    if (n == 3) {
        attempt(b, (struct trial){TRIAL_ORDER, patient, NULL, b->seed});
        attempt(b, (struct trial){TRIAL_WORDS, patient, NULL, b->seed});
    }
}

static void try_program(uint64_t seed, struct score *score)
{
    static const struct program_style styles[] = {
        {true, false, false}, {false, false, false}, {true, true, false},
        {true, false, true},  {true, true, true},
    };
    const struct program_style *style = &styles[seed % (sizeof styles / sizeof *styles)];
    struct bench b = {.text = program_make(seed, style), .seed = seed, .score = score};
    if (specimen_open(&b.specimen, b.text, stdout)) {
        b.maker = patient_maker_new(&b.specimen.program, seed);
        for (int n = 0; n < PATIENTS; n++)
            try_patient(&b, style, n);
        patient_maker_free(b.maker);
    } else {
        printf("== program, seed %llu\n%s", (unsigned long long)seed, b.text);
        score->failed++;
    }
    add_tally(&score->tally, &b.specimen.tally);
    specimen_close(&b.specimen);
    free(b.text);
}

int main(int argc, char **argv)
{
    struct score score = {0};
    unsigned long long programs = argc > 1 ? strtoull(argv[1], NULL, 10) : PROGRAMS;
    unsigned long long first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    for (uint64_t i = 0; i < programs; i++)
        try_program(first + i, &score);
    for (int kind = 0; kind < TRIAL_KINDS; kind++)
        printf("%s %zu, ", trial_name((enum trial_kind)kind), score.tried[kind]);
    const struct tally *t = &score.tally;
    printf("of %llu programs\nthe oracle was sure of %zu of %zu results and %zu of %zu rows;\n", programs,
           t->sure, t->results, t->decided, t->truths);
    printf("%zu of %zu elements and items were judged for certain, %zu of them as out of their `where`; it "
           "knew the words of %zu messages;\n",
           t->parts_sure, t->parts, t->parts_out, t->told);
    printf("%zu of %zu results were decided in spite of gaps; %zu of %zu came out the same for all "
           "values\n%zu passed, %zu failed\n",
           t->settled, t->gaps, t->same, t->searched, score.passed, score.failed);
    return score.failed == 0 ? 0 : 1;
}
