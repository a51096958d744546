/* What `regimen explain R0310` answers, from diagnostics.def. */
#include "compiler/diag.h"
#include "compiler/regimen_compiler.h"
#include "compiler/render.h"

bool regimen_compiler_explain(int number, bool exact, struct regimen_explanation *explanation)
{
    size_t count;
    const struct diag_info *info = diag_list(&count);
    for (; count > 0; count--, info++) {
        if (info->number < number || (exact && info->number > number)) continue;
        *explanation = (struct regimen_explanation){
            info->number, render_severity(info->severity), info->title, info->meaning, info->bad, info->good};
        return true;
    }
    return false;
}
