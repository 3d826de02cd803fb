/* C names from the names of a model, and who has taken which.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_NAMES_H
#define LX_CODEGEN_NAMES_H
#include <stdbool.h>

#include "base/map.h"
#include "diag/diag.h"

struct lx_arena;

struct lx_names {
	struct lx_arena *arena;
	struct lx_diags *diags;
	struct lx_map taken;     /* identifier -> struct lx_name * */
	struct lx_span clash[2]; /* of the two in the last E0501 */
};
struct lx_name {
	struct lx_span span; /* of the declaration that it comes from */
	const char *what;    /* "the struct for rows of User" */
};

/* PREFIX followed by NAME in lower snake case; what C does not allow becomes an underscore. */
const char *lx_name_snake(struct lx_arena *arena, const char *prefix, const char *name);
const char *lx_name_upper(struct lx_arena *arena, const char *prefix, const char *name);
const char *lx_name_join(struct lx_arena *arena, const char *a, const char *b);
/* NAME as member of a struct: snake case, with an underscore behind it when it is a word of C or C++, a common macro,
 * or a name that lexo uses. */
const char *lx_name_field(struct lx_names *names, const char *name);
/* A name that the models give (@c(type: …)): reports E0502 unless it can be used. */
bool lx_name_check(struct lx_names *names, const char *name, struct lx_span span, const char *what);
/* Takes IDENTIFIER at file scope; reports E0501 with both places when somebody else has it. */
void lx_name_take(struct lx_names *names, const char *identifier, struct lx_span span, const char *what);
bool lx_name_is_reserved(const char *word);
#endif
