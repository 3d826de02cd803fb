/* Inside of struct lx_depends: what the depends hooks write to.  For plan/ only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_SCOPE_H
#define LX_PLAN_SCOPE_H
#include "base/map.h"
#include "ir/schema.h"
#include "plan/depends.h"

enum lx_strength {
	LX_BY_STRUCTURE,
	LX_BY_NEED,   /* a server said that the SQL text refers to it: as firm as structure */
	LX_BY_TEXT,   /* a name in SQL text: probably */
	LX_BY_STAR,   /* SELECT *: all columns */
	LX_BY_LEAD,   /* changes together with it */
	LX_BY_EXTENT, /* uses what it is a piece of: comes behind it and goes before it */
	LX_BY_ORDER   /* only comes behind it, and goes before it */
};
static inline bool lx_is_firm(enum lx_strength strength)
{
	return strength == LX_BY_STRUCTURE || strength == LX_BY_NEED;
}

struct lx_depends {
	struct lx_arena *arena;
	const struct lx_schema *schema;
	const struct lx_object *object; /* whose dependencies are asked for */
	void (*found)(void *context, const struct lx_object *object, const struct lx_object *target,
		      enum lx_strength strength);
	void *context;
	bool is_body;           /* the text at hand is one that the server says nothing about */
	bool needs_search_path; /* a body names, without a schema, what is in a schema that is not searched */
	struct lx_map names;    /* bare name -> struct lx_vec of top-level objects; built on first use */
	struct lx_map texts;    /* SQL text -> what occurs in it */
};
/* Calls FOUND for everything that OBJECT depends on, itself and things outside of the schema left out. */
void lx_depends_run(struct lx_depends *depends, const struct lx_object *object);
#endif
