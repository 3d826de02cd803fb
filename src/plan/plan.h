/* Changes to statements in an order that PostgreSQL accepts, grouped in steps.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_PLAN_H
#define LX_PLAN_PLAN_H
#include <stdbool.h>

#include "base/vec.h"

struct lx_arena;
struct lx_buffer;
struct lx_change;
struct lx_diff;
struct lx_object;
struct lx_schema;

enum lx_hazard {                             /* set of bits; each becomes a short comment in the revision */
		 LX_HAZARD_DATA_LOSS = 1,    /* drops a table, a column or a label, or narrows a type */
		 LX_HAZARD_REWRITE = 2,      /* rewrites the table */
		 LX_HAZARD_SCAN = 4,         /* reads the whole table under a strong lock */
		 LX_HAZARD_STRONG_LOCK = 8,  /* blocks writers of a table that exists already */
		 LX_HAZARD_IRREVERSIBLE = 16 /* the reverse cannot bring the data back */
};
struct lx_statement_text {
	const char *sql;  /* without the semicolon */
	const char *note; /* comment for reviewers, or NULL */
	unsigned hazards;
	bool is_transactional;          /* false: CREATE INDEX CONCURRENTLY … */
	const struct lx_object *object; /* what it is about */
	bool is_allowed;                /* its data loss is permitted by @allow(…) */
};
struct lx_plan {
	struct lx_vec statements; /* struct lx_statement_text *, in order; transactional ones come first */
	struct lx_vec losses;     /* those with LX_HAZARD_DATA_LOSS that no @allow permits */
	bool is_irreversible;     /* some change has no reverse at all */
	const char *irreversible_reason;
};

/* The statements that turn OLD into NEW.  DIFF is lx_diff() of the two. */
struct lx_plan *lx_plan(struct lx_arena *arena, const struct lx_schema *old, const struct lx_schema *new,
			const struct lx_diff *diff);
/* As SQL text: one statement a paragraph, notes as comments, "-- lexo:step transaction=none" where a step begins. */
void lx_plan_print(struct lx_buffer *out, const struct lx_plan *plan);
#endif
