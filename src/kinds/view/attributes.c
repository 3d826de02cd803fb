/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/view/view.h"

#include <string.h>

#include "ir/expr.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_view, field)
#define VIEW(object) ((const struct lx_view *)(object))

/* Whether a column may be null is a promise to the C code; the database does not know it. */
static bool same_columns(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *x = &VIEW(a)->columns, *y = &VIEW(b)->columns;
	if (x->length != y->length)
		return false;
	for (size_t i = 0; i < x->length; i++) {
		const struct lx_field *one = x->items[i], *other = y->items[i];
		if (strcmp(one->name, other->name) != 0 || !lx_type_equal(&one->type, &other->type))
			return false;
	}
	return true;
}

static bool same_defaults(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *x = &VIEW(a)->columns, *y = &VIEW(b)->columns;
	for (size_t i = 0; i < x->length || i < y->length; i++) {
		const struct lx_field *one = i < x->length ? x->items[i] : NULL,
				      *other = i < y->length ? y->items[i] : NULL;
		if (!lx_expr_equal(one ? one->default_value.text : NULL, other ? other->default_value.text : NULL))
			return false;
	}
	return true;
}

static bool same_comments(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *x = &VIEW(a)->columns, *y = &VIEW(b)->columns;
	for (size_t i = 0; i < x->length || i < y->length; i++) {
		const struct lx_field *one = i < x->length ? x->items[i] : NULL,
				      *other = i < y->length ? y->items[i] : NULL;
		if (!lx_text_equal(one ? one->comment : NULL, other ? other->comment : NULL))
			return false;
	}
	return true;
}

static const char *const check_options[] = {"local", "cascaded", NULL};

static const struct lx_attr rows[LX_VIEW_ATTRS] = {
    [LX_VIEW_IS_MATERIALIZED] = {NULL, LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_materialized), NULL, NULL,
				 "The result is stored until it is refreshed."},
    [LX_VIEW_COLUMNS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(columns), NULL, same_columns,
			 "The columns of the result."},
    [LX_VIEW_DEFAULTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(columns), NULL, same_defaults,
			  "What an insert through the view puts into a column that it leaves out."},
    [LX_VIEW_COMMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(columns), NULL, same_comments,
			  "The comments of the columns."},
    [LX_VIEW_BODY] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(body), NULL, NULL, "The query."},
    [LX_VIEW_SECURITY_BARRIER] = {"security_barrier", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_security_barrier), NULL,
				  NULL, "Its conditions are met before those of the caller are tried."},
    [LX_VIEW_SECURITY_INVOKER] = {"security_invoker", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_security_invoker), NULL,
				  NULL, "Reads with the rights of the caller (PostgreSQL 15)."},
    [LX_VIEW_CHECK_OPTION] = {"check_option", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(check_option), check_options, NULL,
			      "Rows written through the view must be visible in it."},
    [LX_VIEW_STORAGE] = {"with", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(storage), NULL, NULL,
			 "Storage parameters of a materialized view."},
    [LX_VIEW_TABLESPACE] = {"tablespace", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(tablespace), NULL, NULL,
			    "Where a materialized view is stored."},
    [LX_VIEW_ACCESS_METHOD] = {"access_method", LX_SHAPE_NAME, LX_EFFECT_REPLACE, AT(access_method), NULL, NULL,
			       "How a materialized view is stored."},
    [LX_VIEW_NO_DATA] = {"no_data", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_empty), NULL, NULL,
			 "A materialized view that is filled by its first refresh."},
};

const struct lx_kind_info lx_view_info = {
    .words = {"view", "materialized"},
    .form = "[materialized] view Name { field type … } as $$ … $$",
    .title = "view",
    .size = sizeof(struct lx_view),
    .attrs = rows,
    .attr_count = LX_VIEW_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
