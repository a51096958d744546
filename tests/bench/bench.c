/*
 * What Regimen costs, in one run: compiling a library, loading its image, reading a record, evaluating it, and a whole
 * process.  Each number stands beside a yardstick measured in the same run, so that a slow machine does not
 * look like slow code.
 *
 *   bench FOLDER PATIENTS SITE COMMAND
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "compiler/regimen_compiler.h"
#include "runtime/eval.h"
#include "runtime/image.h"
#include "runtime/record.h"
#include "tests/bench/any_record.h"
#include "tests/bench/library.h"

enum { PATIENTS_MAX = 64 };

struct patient {
    char *json;
    size_t length;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The best of a few batches: what the machine can do when nothing else wants it. */
enum { BATCHES = 5 };

static double best(double a, double b)
{
    return a < b ? a : b;
}

static void stop(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static char *read_file(const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        stop(path);
    char *text = NULL;
    FILE *out = open_memstream(&text, length);
    char buffer[65536];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, f)) > 0;)
        fwrite(buffer, 1, n, out);
    fclose(f);
    fclose(out);
    return text;
}

static size_t read_patients(const char *folder, struct patient *patients)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        stop(folder);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL && count < PATIENTS_MAX;) {
        size_t n = strlen(entry->d_name);
        if (n < 6 || strcmp(entry->d_name + n - 5, ".json") != 0)
            continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        patients[count].json = read_file(path, &patients[count].length);
        count++;
    }
    closedir(dir);
    return count;
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
    memcpy(copy, image, *size);
    regimen_compiler_free(c);
    return copy;
}

static void bench_compile(const char *folder, const char *site)
{
    double fastest = 1e9;
    for (int i = 0; i < 4 * BATCHES; i++) {
        size_t size;
        double start = now();
        free(compile(folder, site, &size));
        fastest = best(fastest, now() - start);
    }
    printf("compile the folder            %10.2f ms   (goal: under 100)\n", fastest * 1e3);
}

static void bench_load(const uint8_t *bytes, size_t size)
{
    enum { RUNS = 100 };
    char reason[256];
    struct image image;
    double load = 1e9, walk = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        if (image_load(bytes, size, &image, reason, sizeof reason) != IMAGE_OK)
            stop(reason);
        load = best(load, now() - start);
        volatile uint32_t sum = 0;
        start = now();
        for (size_t k = 0; k < size; k++)
            sum += bytes[k];
        walk = best(walk, now() - start);
    }
    printf("load and verify the image     %10.1f us   (%zu bytes; %.1f times reading each byte once)\n", load * 1e6, size,
           load / walk);
}

static double bench_read(struct record_reader *reader, const struct patient *patients, size_t count)
{
    const int RUNS = count > 1 ? 400 : 20;
    struct record record;
    struct record_error error;
    double fastest = 1e9;
    for (int batch = 0; batch < BATCHES; batch++) {
        double start = now();
        for (int i = 0; i < RUNS; i++)
            for (size_t k = 0; k < count; k++)
                if (!record_read(reader, patients[k].json, patients[k].length, &record, &error))
                    stop(error.message);
        fastest = best(fastest, (now() - start) / RUNS / (double)count);
    }
    return fastest;
}

/* The best time that evaluating the record took. */
static double bench_record(struct eval_context *context, struct record_reader *reader, const struct patient *patient,
                           int runs)
{
    struct record record;
    struct record_error error;
    if (!record_read(reader, patient->json, patient->length, &record, &error)) stop(error.message);
    double fastest = 1e9;
    for (int batch = 0; batch < BATCHES; batch++) {
        double start = now();
        for (int i = 0; i < runs; i++)
            if (!eval_run(context, &record)) stop("the memory is not sufficient");
        fastest = best(fastest, (now() - start) / runs);
    }
    return fastest;
}

static double bench_eval(struct eval_context *context, struct record_reader *reader, const struct patient *patients,
                         size_t count)
{
    enum { RUNS = 400 };
    double total = 0;
    for (size_t k = 0; k < count; k++) {
        double fastest = bench_record(context, reader, &patients[k], RUNS);
        printf("  evaluate record %-13zu %9.2f us\n", k + 1, fastest * 1e6);
        total += fastest;
    }
    return total / (double)count;
}

static double bench_process(const char *const *argv)
{
    enum { RUNS = 100 };
    double fastest = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            if (freopen("/dev/null", "w", stdout) != NULL)
                execv(argv[0], (char *const *)argv);
            _exit(127);
        }
        int status;
        waitpid(child, &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
            stop(argv[0]);
        fastest = best(fastest, now() - start);
    }
    return fastest;
}

static void bench_one_shot(const char *command, const uint8_t *bytes, size_t size, const struct patient *patient)
{
    const char *image = "build/bench.rgmc", *record = "build/bench.json";
    FILE *f = fopen(image, "wb");
    if (f == NULL || fwrite(bytes, 1, size, f) != size || fclose(f) != 0)
        stop(image);
    f = fopen(record, "wb");
    if (f == NULL || fwrite(patient->json, 1, patient->length, f) != patient->length || fclose(f) != 0)
        stop(record);
    const char *eval[] = {command, "eval", image, record, "--as-of", "2026-02-01", NULL};
    const char *nothing[] = {"/bin/true", NULL};
    double ours = bench_process(eval), empty = bench_process(nothing);
    printf("one record, whole process     %10.2f ms   (goal: under 5; %.1f times a process that does nothing)\n",
           ours * 1e3, ours / empty);
}

/* ---- A program of the size of the whole library ------------------------------------------------------- */

static void write_file(const char *path, void (*write)(FILE *out))
{
    FILE *f = fopen(path, "w");
    if (f == NULL) stop(path);
    write(f);
    if (fclose(f) != 0) stop(path);
}

static double bench_check(const char *path)
{
    double fastest = 1e9;
    for (int i = 0; i < BATCHES; i++) {
        double start = now();
        struct regimen_compiler *c = regimen_compiler_new();
        if (regimen_compiler_load_paths(c, &path, 1) != REGIMEN_COMPILER_OK ||
            regimen_compiler_check(c) != REGIMEN_COMPILER_OK)
            stop("the large program has errors");
        regimen_compiler_free(c);
        fastest = best(fastest, now() - start);
    }
    return fastest;
}

/* ---- Records of any program --------------------------------------------------------------------------- */

/* A compiled program, ready to run. */
struct program {
    uint8_t *bytes;
    size_t size;
    struct image image;
    struct record_reader *reader;
    struct eval_context *context;
};

static struct program *program_new(const char *folder, const char *site)
{
    struct program *p = calloc(1, sizeof *p);
    char reason[256];
    if (p == NULL) stop("the memory is not sufficient");
    p->bytes = compile(folder, site, &p->size);
    if (image_load(p->bytes, p->size, &p->image, reason, sizeof reason) != IMAGE_OK) stop(reason);
    p->reader = record_reader_new(&p->image);
    p->context = eval_new(&p->image);
    record_reader_as_of(p->reader, "2026-02-01");
    return p;
}

static void program_free(struct program *p)
{
    eval_free(p->context);
    record_reader_free(p->reader);
    free(p->bytes);
    free(p);
}

/* Records of which each input is there with this chance, in a hundred. */
static void bench_share(const struct program *p, unsigned given)
{
    enum { RECORDS = 16, RUNS = 50 };
    double read = 0, eval = 0;
    for (uint32_t seed = 0; seed < RECORDS; seed++) {
        char *json = NULL;
        size_t length;
        FILE *out = open_memstream(&json, &length);
        any_record(out, &p->image, given, seed);
        fclose(out);
        struct patient patient = {json, length};
        read += bench_read(p->reader, &patient, 1) / RECORDS;
        eval += bench_record(p->context, p->reader, &patient, RUNS) / RECORDS;
        free(json);
    }
    printf("  with %3u %% of the inputs      %10.2f us   (%s%.1f times reading it, %.0f ns a row)\n", given, eval * 1e6,
           given == 100 ? "goal: under 50; " : "", eval / read, eval * 1e9 / p->image.ROWS_count);
}

static void bench_shares(const struct program *p)
{
    static const unsigned shares[] = {100, 90, 60, 30, 10, 0};
    printf("evaluate any record           %10u rules, %u rows\n", p->image.RULES_count, p->image.ROWS_count);
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++)
        bench_share(p, shares[k]);
}

/* The rules of the library that are there. */
static void bench_folder(const char *folder, const char *patient_folder, const char *site, const char *command)
{
    static struct patient patients[PATIENTS_MAX];
    size_t count = read_patients(patient_folder, patients);
    if (count == 0) stop("no patients");
    bench_compile(folder, site);
    struct program *p = program_new(folder, site);
    bench_load(p->bytes, p->size);
    double read = bench_read(p->reader, patients, count),
           eval = bench_eval(p->context, p->reader, patients, count);
    printf("read a record (%2zu patients)    %10.2f us\n", count, read * 1e6);
    printf("evaluate it                   %10.2f us   (%.1f times reading it)\n", eval * 1e6, eval / read);
    bench_shares(p);
    bench_one_shot(command, p->bytes, p->size, &patients[0]);
    program_free(p);
}

/* A program of the size that the library will have. */
static void bench_library(void)
{
    const char *rules = "build/bench.rgm", *site = "build/bench_site.rgm";
    write_file(rules, library_write);
    write_file(site, library_write_site);
    printf("a program of the library's size\n");
    printf("check it                      %10.2f ms   (goal: under 100)\n", bench_check(rules) * 1e3);
    struct program *p = program_new(rules, site);
    bench_shares(p);
    program_free(p);
}

int main(int argc, char **argv)
{
    if (argc != 5) stop("usage: bench FOLDER PATIENTS SITE COMMAND");
    bench_folder(argv[1], argv[2], argv[3], argv[4]);
    bench_library();
    return 0;
}
