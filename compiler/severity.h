/* The severities of alerts (runtime/severities.def) as rule files write them. */
#ifndef REGIMEN_SEVERITY_H
#define REGIMEN_SEVERITY_H

#include "compiler/arena.h"
#include "runtime/image.h"

/* ALERT_SEVERITY_NONE where the word is none, or NULL. */
enum alert_severity severity_named(const char *word);
/* The word that was probably meant, or NULL. */
const char *severity_near(const char *word);
/* "`info`, `warning`, `critical`" */
const char *severity_list(struct arena *arena);

#endif
