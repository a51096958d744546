/*
 * What Regimen costs, in one run: each goal with its figure, then what lies behind it.  Times are those of
 * the processor, the best of several runs: what the machine can do when nothing else wants it.
 *
 *   bench FOLDER PATIENTS SITE COMMAND
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "compiler/regimen_compiler.h"
#include "runtime/eval.h"
#include "runtime/image.h"
#include "runtime/record.h"
#include "tests/bench/any_record.h"

enum { PATIENTS_MAX = 64, BATCHES = 5 };

struct text {
    char *bytes;
    size_t length;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double best(double a, double b)
{
    return a < b ? a : b;
}

static void stop(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

/* One line; goal: NULL where none is set. */
static void say(const char *what, double figure, const char *unit, const char *goal)
{
    printf("  %-48s %9.2f %-5s %s%s\n", what, figure, unit, goal ? "goal: " : "", goal ? goal : "");
}

/* ---- Files ---------------------------------------------------------------------------------------- */

static struct text read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) stop(path);
    struct text text = {NULL, 0};
    FILE *out = open_memstream(&text.bytes, &text.length);
    char buffer[65536];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, f)) > 0;)
        fwrite(buffer, 1, n, out);
    fclose(f);
    fclose(out);
    return text;
}

static void write_file(const char *path, const void *bytes, size_t length)
{
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(bytes, 1, length, f) != length || fclose(f) != 0) stop(path);
}

static size_t read_patients(const char *folder, struct text *patients)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) stop(folder);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL && count < PATIENTS_MAX;) {
        size_t n = strlen(entry->d_name);
        char path[4096];
        if (n < 6 || strcmp(entry->d_name + n - 5, ".json") != 0) continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        patients[count++] = read_file(path);
    }
    closedir(dir);
    if (count == 0) stop("no patients");
    return count;
}

/* ---- The compiler --------------------------------------------------------------------------------- */

static double time_check(const char *folder)
{
    double fastest = 1e9;
    for (int i = 0; i < 2 * BATCHES; i++) {
        double start = now();
        struct regimen_compiler *c = regimen_compiler_new();
        if (regimen_compiler_load_paths(c, &folder, 1) != REGIMEN_COMPILER_OK ||
            regimen_compiler_check(c) != REGIMEN_COMPILER_OK)
            stop("the rules have errors");
        regimen_compiler_free(c);
        fastest = best(fastest, now() - start);
    }
    return fastest;
}

/* A sealed image of the folder with the site's settings; the caller frees it. */
static uint8_t *compile(const char *folder, const char *site, size_t *size)
{
    struct regimen_compiler *c = regimen_compiler_new();
    const uint8_t *image;
    if (regimen_compiler_load_paths(c, &folder, 1) != REGIMEN_COMPILER_OK ||
        regimen_compiler_load_site(c, site) != REGIMEN_COMPILER_OK ||
        regimen_compiler_build(c, &image, size) != REGIMEN_COMPILER_OK)
        stop("the rules do not compile");
    uint8_t *copy = aligned_alloc(IMAGE_ALIGN, (*size + IMAGE_ALIGN - 1) / IMAGE_ALIGN * IMAGE_ALIGN);
    if (copy == NULL) stop("the memory is not sufficient");
    memcpy(copy, image, *size);
    regimen_compiler_free(c);
    return copy;
}

static double time_build(const char *folder, const char *site)
{
    double fastest = 1e9;
    for (int i = 0; i < 2 * BATCHES; i++) {
        size_t size;
        double start = now();
        free(compile(folder, site, &size));
        fastest = best(fastest, now() - start);
    }
    return fastest;
}

/* ---- A compiled program, ready to run ------------------------------------------------------------- */

struct program {
    uint8_t *bytes;
    size_t size;
    struct image image;
    struct record_reader *reader;
    struct eval_context *context;
};

static void load(struct program *p)
{
    char reason[256];
    if (image_load(p->bytes, p->size, &p->image, reason, sizeof reason) != IMAGE_OK) stop(reason);
}

static void program_open(struct program *p, const char *folder, const char *site)
{
    p->bytes = compile(folder, site, &p->size);
    load(p);
    p->reader = record_reader_new(&p->image);
    p->context = eval_new(&p->image);
    if (p->reader == NULL || p->context == NULL) stop("the memory is not sufficient");
    record_reader_as_of(p->reader, "2026-02-01");
}

static void program_close(struct program *p)
{
    eval_free(p->context);
    record_reader_free(p->reader);
    free(p->bytes);
}

static double time_load(struct program *p)
{
    enum { RUNS = 50 };
    double fastest = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        load(p);
        fastest = best(fastest, now() - start);
    }
    return fastest;
}

static void read_record(const struct program *p, struct text json, struct record *record)
{
    struct record_error error;
    if (!record_read(p->reader, json.bytes, json.length, record, &error)) stop(error.message);
}

static double time_read(const struct program *p, struct text json, int runs)
{
    struct record record;
    double fastest = 1e9;
    for (int batch = 0; batch < BATCHES; batch++) {
        double start = now();
        for (int i = 0; i < runs; i++)
            read_record(p, json, &record);
        fastest = best(fastest, (now() - start) / runs);
    }
    return fastest;
}

static double time_eval(const struct program *p, struct text json, int runs)
{
    struct record record;
    double fastest = 1e9;
    read_record(p, json, &record);
    for (int batch = 0; batch < BATCHES; batch++) {
        double start = now();
        for (int i = 0; i < runs; i++)
            if (!eval_run(p->context, &record)) stop("the memory is not sufficient");
        fastest = best(fastest, (now() - start) / runs);
    }
    return fastest;
}

/* ---- Records by chance ---------------------------------------------------------------------------- */

static struct text record_by_chance(const struct program *p, unsigned given, unsigned entries, uint32_t seed)
{
    struct text json = {NULL, 0};
    FILE *out = open_memstream(&json.bytes, &json.length);
    any_record(out, &p->image, given, entries, seed);
    fclose(out);
    return json;
}

/* Of records of which each input is there with this chance, in a hundred: their mean, and that of reading
 * them. */
static double time_share(const struct program *p, unsigned given, double *read)
{
    enum { RECORDS = 16, RUNS = 50 };
    double eval = 0;
    *read = 0;
    for (uint32_t seed = 0; seed < RECORDS; seed++) {
        struct text json = record_by_chance(p, given, RECORD_ENTRIES, seed);
        *read += time_read(p, json, RUNS) / RECORDS;
        eval += time_eval(p, json, RUNS) / RECORDS;
        free(json.bytes);
    }
    return eval;
}

static void say_shares(const struct program *p)
{
    static const unsigned shares[] = {100, 90, 60, 30, 10, 0};
    printf("\nrecords by chance, with so many of the inputs\n");
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
        char what[64];
        double read, eval = time_share(p, shares[k], &read);
        snprintf(what, sizeof what, "%3u %%, read in %.1f us", shares[k], read * 1e6);
        say(what, eval * 1e6, "us", shares[k] == 100 ? "under 50 us" : NULL);
    }
}

/* What a record costs whose lists are twice as long, against one with so many entries in each. */
static double length_ratio(const struct program *p, unsigned entries)
{
    double time[2];
    for (unsigned k = 0; k < 2; k++) {
        struct text json = record_by_chance(p, 100, entries << k, 1);
        time[k] = time_read(p, json, 1) + time_eval(p, json, 1);
        free(json.bytes);
    }
    return time[1] / time[0];
}

/* ---- Patients ------------------------------------------------------------------------------------- */

static int doubles_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void say_patients(const struct program *p, const struct text *patients, size_t count)
{
    enum { RUNS = 200 };
    double eval[PATIENTS_MAX], read = 0;
    for (size_t k = 0; k < count; k++) {
        eval[k] = time_eval(p, patients[k], RUNS);
        read += time_read(p, patients[k], RUNS) / (double)count;
    }
    qsort(eval, count, sizeof *eval, doubles_order);
    printf("\nthe %zu example patients\n", count);
    say("read one, on average", read * 1e6, "us", NULL);
    say("evaluate the fastest", eval[0] * 1e6, "us", NULL);
    say("evaluate the median", eval[count / 2] * 1e6, "us", NULL);
    say("evaluate the slowest", eval[count - 1] * 1e6, "us", NULL);
}

/* ---- A process ------------------------------------------------------------------------------------ */

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static double children(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

static void run_process(const char *const *argv)
{
    int status;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) != NULL) execv(argv[0], (char *const *)argv);
        _exit(127);
    }
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) stop(argv[0]);
}

/* The command on an image and one record. */
static double time_process(const char *command, const struct program *p, struct text patient)
{
    enum { RUNS = 40 };
    const char *image = "build/bench.rgmc", *record = "build/bench.json";
    const char *argv[] = {command, "eval", image, record, "--as-of", "2026-02-01", NULL};
    double fastest = 1e9;
    write_file(image, p->bytes, p->size);
    write_file(record, patient.bytes, patient.length);
    for (int i = 0; i < RUNS; i++) {
        double start = children();
        run_process(argv);
        fastest = best(fastest, children() - start);
    }
    return fastest;
}

int main(int argc, char **argv)
{
    if (argc != 5) stop("usage: bench FOLDER PATIENTS SITE COMMAND");
    const char *folder = argv[1], *site = argv[3];
    struct text patients[PATIENTS_MAX];
    struct program p;
    double read;
    size_t count = read_patients(argv[2], patients);
    program_open(&p, folder, site);
    printf("%s: %u rules, %u rows, an image of %zu kB\n", folder, p.image.RULES_count, p.image.ROWS_count,
           p.size / 1000);
    say("check it and its tests", time_check(folder) * 1e3, "ms", "under 100 ms");
    say("evaluate a full record", time_share(&p, 100, &read) * 1e6, "us", "under 50 us");
    say("one record, a whole process", time_process(argv[4], &p, patients[0]) * 1e3, "ms", "under 5 ms");
    say("lists of 2,000 entries against 1,000", length_ratio(&p, 1000), "times", "under 2.5 times");
    say_patients(&p, patients, count);
    say_shares(&p);
    printf("\nbeside\n");
    say("build the image with the site's settings", time_build(folder, site) * 1e3, "ms", NULL);
    say("load and verify the image", time_load(&p) * 1e3, "ms", NULL);
    program_close(&p);
    for (size_t k = 0; k < count; k++)
        free(patients[k].bytes);
    return 0;
}
