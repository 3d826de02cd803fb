/* The steps between declaring and resolving (check/compile.c calls them in this order), and what its files share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_PHASES_H
#define LX_CHECK_PHASES_H
#include <stdbool.h>

#include "ir/schema.h"

struct lx_declare;

void lx_types_resolve(struct lx_declare *declare); /* every type that lx_declare_type has read */
void lx_values_read(struct lx_declare *declare);   /* every value of lx_declare_value_later */
void lx_after_resolve(struct lx_declare *declare); /* what @after names becomes needs */
void lx_rules_check(struct lx_declare *declare);   /* what concerns the schema as a whole */

/* The names under which objects can be referred to, as candidates for "did you mean".  KIND LX_KIND_COUNT: those that
 * share the namespace of models and types. */
void lx_names_collect(struct lx_declare *declare, enum lx_kind kind, struct lx_vec *names);
/* Adds help and a fix to DIAG when one of NAMES is near WORD. */
void lx_names_suggest(struct lx_declare *declare, struct lx_diag *diag, const char *word, const struct lx_vec *names,
		      struct lx_span span);
#endif
