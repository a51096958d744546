/* regimen build: an image from rule files. */
#include "cli/compiling.h"

const struct option_spec verb_build_options[] = {
    {"output", 'o', "OUT.rgmc", "the image; - is the standard output"},
    COMPILING_SITE,
    {NULL, 0, NULL, NULL},
};

static enum exit_status build(struct regimen_compiler *compiler, const struct options *options)
{
    const uint8_t *image;
    size_t size;
    enum exit_status status = compiling_build(compiler, options, &image, &size);
    if (status != EXIT_FINE) return status;
    return output_write_file(option_value(options, "output"), image, size) ? EXIT_FINE : EXIT_FILE;
}

enum exit_status verb_build(const struct options *options)
{
    if (!option_value(options, "output")) return usage_wrong("say with `-o OUT.rgmc` where the image goes");
    return compiling_run(build, options);
}
