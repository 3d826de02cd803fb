/* What PostgreSQL itself does to references when something is renamed; used by the kinds' follow hooks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIFF_FOLLOW_H
#define LX_DIFF_FOLLOW_H
#include "ir/schema.h"
#include "ir/types.h"

struct lx_follow;
struct lx_arena *lx_follow_arena(const struct lx_follow *follow);
/* The copy of an old object; NULL stays NULL. */
struct lx_object *lx_follow_object(struct lx_follow *follow, const struct lx_object *old);
/* A fresh vector of the copies. */
void lx_follow_objects(struct lx_follow *follow, struct lx_vec *objects);
void lx_follow_type(struct lx_follow *follow, struct lx_type *type);
/* The new name of a column of OLD_TABLE (which may be a copy). */
const char *lx_follow_column(struct lx_follow *follow, const struct lx_object *table, const char *name);
/* A fresh vector of the new names. */
void lx_follow_columns(struct lx_follow *follow, const struct lx_object *table, struct lx_vec *names);
/* EXPR becomes NEW's text when it is the same but for renamed things; OWNER is the copy that it belongs to. */
void lx_follow_expr(struct lx_follow *follow, const struct lx_object *owner, struct lx_expr *expr,
		    const struct lx_expr *new);
/* Fresh copies of struct lx_field * (kinds/composite/composite.h) and struct lx_index_element *; NEW may be NULL. */
void lx_follow_fields(struct lx_follow *follow, struct lx_vec *fields);
void lx_follow_elements(struct lx_follow *follow, const struct lx_object *owner, struct lx_vec *elements,
			const struct lx_vec *new);
/* The new name of an enum label. */
bool lx_follow_is_reverse(const struct lx_follow *follow);
#endif
