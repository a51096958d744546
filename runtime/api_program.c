/* The public face of programs: loading them, and asking what they need and give.

   A program keeps its own copy of the image, verified once; sections are read in place.  The words of
   all types are written when it is loaded, so that nothing of a program changes afterwards and threads
   share it without a lock. */
#include "runtime/api.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/digest.h"
#include "runtime/shown.h"
#include "runtime/type_text.h"

enum { REASON_MAX = 400, LARGE_PAGE = 2 * 1024 * 1024 };

const char *regimen_version(void)
{
    return REGIMEN_VERSION;
}

/* A byte 10xxxxxx continues a character: a cut before one would leave half of it, and goes back to its
   start. */
void api_copy(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (length >= size) length = size - 1;
    while (length && text[length] && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    memcpy(out, text, length);
    out[length] = 0;
}

enum regimen_status api_fail(struct regimen_error *error, enum regimen_status status, const char *format, ...)
{
    if (!error) return status;
    *error = (struct regimen_error){.status = status};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

/* Places in type_offsets: inputs, then parameters, then rules. */
static size_t items_count(const struct image *image)
{
    return (size_t)image->INPUTS_count + image->PARAMS_count + image->RULES_count;
}

typedef void type_writer(const struct image *image, uint32_t index, struct buffer *out);

static void describe_each(struct regimen_program *p, size_t first, uint32_t count, type_writer *write)
{
    for (uint32_t i = 0; i < count; i++) {
        p->type_offsets[first + i] = p->types.length;
        write(&p->image, i, &p->types);
        buffer_bytes(&p->types, "", 1);
    }
}

static bool describe(struct regimen_program *p)
{
    const struct image *image = &p->image;
    p->type_offsets = calloc(items_count(image) + 1, sizeof *p->type_offsets);
    p->order = calloc((size_t)image->RULES_count + 1, sizeof *p->order);
    if (!p->type_offsets || !p->order) return false;
    p->order_count = view_order(image, p->order);
    image_digest_text(image, p->digest);
    if (image->SITE_count) digest_text(image->SITE->digest, p->site_digest);
    describe_each(p, 0, image->INPUTS_count, input_type_text);
    describe_each(p, image->INPUTS_count, image->PARAMS_count, parameter_type_text);
    describe_each(p, (size_t)image->INPUTS_count + image->PARAMS_count, image->RULES_count, rule_value_text);
    return !p->types.failed;
}

/* Takes the bytes over. */
static enum regimen_status load_taken(uint8_t *bytes, size_t size, struct regimen_program **program,
                                      struct regimen_error *error)
{
    char reason[REASON_MAX] = "";
    struct regimen_program *p = calloc(1, sizeof *p);
    if (!p) {
        free(bytes);
        return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    }
    p->bytes = bytes;
    enum regimen_status status = REGIMEN_OK;
    if (image_load(bytes, size, &p->image, reason, sizeof reason) != IMAGE_OK)
        status = api_fail(error, REGIMEN_IMAGE, "%s", reason);
    else if (!describe(p))
        status = api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    if (status == REGIMEN_OK)
        *program = p;
    else
        regimen_program_free(p);
    return status;
}

/* 16-aligned; NULL where memory is short.  A large image asks for large pages: without them the kernel hands
   it out in some hundred small ones, which takes longer than to verify it. */
static uint8_t *image_room(size_t size)
{
    const size_t align = size < LARGE_PAGE / 2 ? IMAGE_ALIGN : LARGE_PAGE;
    if (size > SIZE_MAX - 2 * align) return NULL;
    const size_t room = (size + align) / align * align;
    uint8_t *bytes = aligned_alloc(align, room);
#ifdef MADV_HUGEPAGE
    if (bytes && align == LARGE_PAGE) (void)madvise(bytes, room, MADV_HUGEPAGE);
#endif
    return bytes;
}

enum regimen_status regimen_program_load(const void *bytes, size_t size, struct regimen_program **program,
                                         struct regimen_error *error)
{
    *program = NULL;
    uint8_t *copy = image_room(size);
    if (!copy) return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    if (size) memcpy(copy, bytes, size);
    return load_taken(copy, size, program, error);
}

static enum regimen_status load_stream(FILE *file, const char *path, struct regimen_program **program,
                                       struct regimen_error *error)
{
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0)
        return api_fail(error, REGIMEN_UNREADABLE, "%s cannot be read: %s", path, strerror(errno));
    if (size > (long)UINT32_MAX) /* a folder says so too */
        return api_fail(error, REGIMEN_UNREADABLE, "%s is not an image: it is no file, or more than 4 GB",
                        path);
    uint8_t *bytes = image_room((size_t)size);
    if (!bytes) return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    errno = 0;
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        int reason = errno;
        free(bytes);
        return api_fail(error, REGIMEN_UNREADABLE, "%s cannot be read: %s", path,
                        reason ? strerror(reason) : "it is shorter than it was");
    }
    return load_taken(bytes, (size_t)size, program, error);
}

enum regimen_status regimen_program_load_file(const char *path, struct regimen_program **program,
                                              struct regimen_error *error)
{
    *program = NULL;
    FILE *file = fopen(path, "rb");
    if (!file) return api_fail(error, REGIMEN_UNREADABLE, "%s cannot be read: %s", path, strerror(errno));
    enum regimen_status status = load_stream(file, path, program, error);
    fclose(file);
    return status;
}

void regimen_program_free(struct regimen_program *program)
{
    if (!program) return;
    buffer_free(&program->types);
    free(program->type_offsets);
    free(program->order);
    free(program->bytes);
    free(program);
}

void regimen_program_info(const struct regimen_program *program, struct regimen_program_info *info)
{
    const struct image *image = &program->image;
    const struct image_program *p = image->PROGRAM;
    *info = (struct regimen_program_info){
        .name = image_text(image, p->name),
        .title = image_text(image, p->title),
        .version = image_text(image, p->version),
        .status = status_word(p->status),
        .approved_by = image_text(image, p->approved_by),
        .approved_on = image_text(image, p->approved_on),
        .digest = program->digest,
        .site_name = image->SITE_count ? image_aside(image, image->SITE->name) : "",
        .site_title = image->SITE_count ? image_aside(image, image->SITE->title) : "",
        .site_digest = program->site_digest,
    };
}

static const char *type_words(const struct regimen_program *program, size_t place)
{
    return program->types.data + program->type_offsets[place];
}

/* The unit of a number; a series is in that of its values. */
static const char *unit_of(const struct image *image, const struct image_type *type)
{
    if (type->kind != KIND_NUM) return "";
    const char *unit = image_text(image, type->unit);
    return *unit ? unit : "1";
}

bool regimen_program_not_coded(const struct regimen_program *program, size_t index, struct regimen_item *item)
{
    const struct image *image = &program->image;
    if (index >= image->UNCODED_count) return false;
    *item = (struct regimen_item){.name = image_text(image, image->UNCODED[index].id),
                                  .label = "",
                                  .type = "",
                                  .unit = "",
                                  .because = image_text(image, image->UNCODED[index].because)};
    return true;
}

size_t regimen_program_inputs(const struct regimen_program *program)
{
    return program->image.INPUTS_count;
}

bool regimen_program_input(const struct regimen_program *program, size_t index, struct regimen_item *item)
{
    const struct image *image = &program->image;
    if (index >= image->INPUTS_count) return false;
    const struct image_input *input = &image->INPUTS[index];
    const struct image_type *type =
        input->list == LIST_SERIES ? &image->FIELDS[input->fields.first].type : &input->type;
    *item = (struct regimen_item){
        .name = image_text(image, input->name),
        .label = image_text(image, input->label),
        .type = type_words(program, index),
        .unit = unit_of(image, type),
        .because = "",
    };
    return true;
}

size_t regimen_program_shown(const struct regimen_program *program)
{
    return program->image.SHOWN_count;
}

const char *regimen_program_shown_name(const struct regimen_program *program, size_t index)
{
    return index < program->image.SHOWN_count ? shown_name(&program->image, (uint32_t)index) : NULL;
}

size_t regimen_program_parameters(const struct regimen_program *program)
{
    return program->image.PARAMS_count;
}

bool regimen_program_parameter(const struct regimen_program *program, size_t index, struct regimen_item *item)
{
    const struct image *image = &program->image;
    if (index >= image->PARAMS_count) return false;
    const struct image_param *param = &image->PARAMS[index];
    const struct image_setting *setting = image_setting_of(image, (uint32_t)index);
    *item = (struct regimen_item){
        .name = image_text(image, param->name),
        .label = image_text(image, param->label),
        .type = type_words(program, image->INPUTS_count + index),
        .unit = unit_of(image, &param->type),
        .is_set = setting != NULL,
        .because = setting ? image_aside(image, setting->because) : "",
    };
    return true;
}

size_t regimen_program_rules(const struct regimen_program *program)
{
    return program->order_count;
}

bool regimen_program_rule(const struct regimen_program *program, size_t index, struct regimen_rule *rule)
{
    const struct image *image = &program->image;
    if (index >= program->order_count) return false;
    uint32_t at = program->order[index];
    *rule = (struct regimen_rule){
        .name = image_text(image, image->RULES[at].name),
        .label = image_text(image, image->RULES[at].label),
        .kind = rule_kind_word(image->RULES[at].kind),
        .value = type_words(program, (size_t)image->INPUTS_count + image->PARAMS_count + at),
        .drug = image_text(image, image->RULES[at].drug),
    };
    return true;
}
