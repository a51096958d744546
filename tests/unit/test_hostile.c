/*
 * Forged images: every byte is changed and the checksum made right again.  The image is refused, or it is run
 * and does no harm: under the sanitizers this shows that nothing reads outside of it, and that everything
 * ends.
 */
#include "tests/unit/wide.h"

#include "runtime/buffer.h"
#include "runtime/disassemble.h"
#include "runtime/regimen.h"

static const char *const RECORDS[] = {
    "{\"id\":\"a\",\"as_of\":\"2026-02-01\"}",
    "{\"id\":\"b\",\"as_of\":\"2026-02-01\",\"born\":\"2016\",\"seen\":\"2026-02-01\",\"wbc\":\">40\","
    "\"mrd\":\"negative\","
    "\"courses\":4,\"pregnant\":false,\"lineage\":\"t_all\",\"planned\":\"dasatinib\",\"present\":["
    "\"thrombosis\"],"
    "\"remark\":\"x\",\"bsa\":1.2,\"alt\":[{\"at\":\"2026-01-05\",\"value\":30},{\"at\":\"2026-01\","
    "\"value\":{\"missing\":"
    "\"y\"}}],\"doses\":[{\"at\":\"2026-01-10\",\"amount\":3750,\"drug\":{\"other\":\"z\"}},{\"at\":\"2026-"
    "01-28\"}],\"ae\":"
    "[{\"at\":\"2026-01-10\",\"term\":\"pancreatitis\",\"grade\":3}]}",
    "{\"id\":\"c\",\"as_of\":\"2026-02-01T10:00Z\",\"born\":\"2010-02-28\",\"wbc\":20,\"mrd\":0.00001,"
    "\"courses\":1,"
    "\"pregnant\":true,\"lineage\":\"b_precursor\",\"planned\":{\"other\":\"q\"},\"present\":[],\"bsa\":2,"
    "\"alt\":[],"
    "\"doses\":[],\"ae\":[{\"at\":\"2026-01-10\"}]}",
};

/* Whatever can be asked of a result. */
static void ask(struct regimen_evaluator *evaluator, const char *json)
{
    struct regimen_error error;
    enum regimen_status status = regimen_evaluate(evaluator, json, strlen(json), &error);
    assert_true(status == REGIMEN_OK || status == REGIMEN_RECORD);
    if (status != REGIMEN_OK) return;
    assert_non_null(regimen_result_json_explained(evaluator, NULL));
    assert_non_null(regimen_result_report(evaluator, NULL));
    assert_non_null(regimen_result_explanation(evaluator, NULL));
}

/* False where the image is refused: the bytes between sections are looked at by loading alone. */
static bool run(const uint8_t *bytes, size_t size, size_t turn)
{
    struct regimen_program *program;
    struct regimen_evaluator *evaluator;
    struct regimen_error error;
    if (regimen_program_load(bytes, size, &program, &error) != REGIMEN_OK) return false;
    if (regimen_evaluator_new(program, &evaluator, &error) == REGIMEN_OK) {
        (void)regimen_evaluator_set(evaluator, "step_size", "0.1 mg", &error);
        (void)regimen_evaluator_set(evaluator, "from_age", "1 year", &error);
        for (size_t i = 0; i < 2; i++) /* the second sees what the first has left */
            ask(evaluator, RECORDS[(turn + i) % (sizeof RECORDS / sizeof *RECORDS)]);
        regimen_evaluator_free(evaluator);
    }
    regimen_program_free(program);
    return true;
}

static void read_code(const struct image *image)
{
    struct buffer words = {0};
    image_disassemble(image, &words);
    buffer_free(&words);
}

/* True where the forged image is accepted. */
static bool try(struct wide *w, size_t turn)
{
    char reason[300];
    if (!image_verify(&w->image, reason, sizeof reason)) return false;
    image_seal(w->forged, w->size);
    read_code(&w->image);
    return run(w->forged, w->size, turn);
}

static void test_good(void **state)
{
    struct wide *w = *state;
    assert_true(try(w, 0) && try(w, 1) && try(w, 2));
}

static bool is_inside(const struct wide *w, size_t at, const void *section, size_t size)
{
    size_t from = (size_t)((const uint8_t *)section - w->forged);
    return at >= from && at < from + size;
}

/* One text is as harmless as the other, and so is one position in the source. */
static bool is_tried(const struct wide *w, size_t at)
{
    const struct image *image = &w->image;
    bool dull = is_inside(w, at, image->STRINGS, image->STRINGS_count) ||
                is_inside(w, at, image->SPANS, image->SPANS_count * sizeof *image->SPANS) ||
                is_inside(w, at, image->NODE_SPANS, image->NODE_SPANS_count * sizeof *image->NODE_SPANS);
    return !dull || at % 64 == 0;
}

static void test_every_byte(void **state)
{
    static const uint8_t CHANGES[] = {0x01, 0xFF};
    struct wide *w = *state;
    size_t runs = 0, refused = 0;
    for (size_t at = sizeof(struct image_header); at < w->size; at++)
        for (size_t i = 0; i < sizeof CHANGES && is_tried(w, at); i++) {
            wide_restore(w);
            w->forged[at] ^= CHANGES[i];
            if (try(w, runs))
                runs++;
            else
                refused++;
        }
    wide_restore(w);
    assert_true(runs > 0 && refused > runs);
}

/* Indexes that stay inside their section, but name another item. */
static void test_every_word(void **state)
{
    struct wide *w = *state;
    size_t runs = 0;
    for (size_t at = sizeof(struct image_header); at + 4 <= w->size; at += 4) {
        uint32_t word;
        memcpy(&word, w->bytes + at, sizeof word);
        const uint32_t changes[] = {0, word + 1};
        for (size_t i = 0; i < sizeof changes / sizeof *changes && is_tried(w, at); i++) {
            if (changes[i] == word) continue;
            wide_restore(w);
            memcpy(w->forged + at, &changes[i], sizeof word);
            runs += try(w, runs);
        }
    }
    wide_restore(w);
    assert_true(runs > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_every_byte),
                                       cmocka_unit_test(test_every_word)};
    return cmocka_run_group_tests(tests, wide_set_up, wide_tear_down);
}
