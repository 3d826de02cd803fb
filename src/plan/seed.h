/* The statements that bring the rows of seeds into a database which may have them already, or in another state.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_SEED_H
#define LX_PLAN_SEED_H
#include "base/vec.h"
#include "diag/diag.h"

struct lx_arena;
struct lx_object;
struct lx_schema;

/* One row.  Both statements do nothing when the row is there as it shall be. */
struct lx_seed_row {
	const struct lx_object *table;
	const char *key;    /* "email 'a@example.org'", for people: values of @secret columns are left out */
	const char *update; /* changes what differs in the row with that key; NULL: nothing is compared */
	const char *insert; /* adds the row when no row has that key */
	struct lx_span where;
};
/* The rows (struct lx_seed_row *, in ARENA) of the seeds of SCHEMA that are for all environments or for one of
 * ENVIRONMENTS (const char *): tables that others refer to first. */
struct lx_vec lx_seed_rows(struct lx_arena *arena, const struct lx_schema *schema, const struct lx_vec *environments);
/* Is there a seed with @only(ENVIRONMENT)? */
bool lx_seed_knows(const struct lx_schema *schema, const char *environment);
#endif
