/* How a function is told from its overloads.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FUNCTION_SIGNATURE_H
#define LX_KINDS_FUNCTION_SIGNATURE_H
#include <stdbool.h>

#include "ir/schema.h"

struct lx_field;

/* "(int4, app.mood[])": the types of what a call gives, without modifiers, user's types with their schema; interned.
 * The types must be looked up already, else they stand as they were written. */
const char *lx_function_signature(struct lx_schema *schema, const struct lx_vec *parameters);
/* In a resolve hook: gives OBJECT its final signature, and reports when another one has it. */
struct lx_declare;
void lx_function_resolve_signature(struct lx_declare *declare, struct lx_object *object,
				   const struct lx_vec *parameters);
/* Whether a call gives it: everything but out parameters and the columns of a result. */
bool lx_parameter_is_input(const struct lx_field *parameter);
/* Whether the parameters say what is returned. */
bool lx_parameters_have_results(const struct lx_vec *parameters);
#endif
