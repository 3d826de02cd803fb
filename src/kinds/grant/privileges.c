/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/grant/privileges.h"

#include <string.h>

#include "base/arena.h"
#include "kinds/grant/grant.h"
#include "kinds/names.h"

static const char *const of_table[] = {"delete",  "insert",   "references", "select",
				       "trigger", "truncate", "update",     NULL};
static const char *const of_column[] = {"insert", "references", "select", "update", NULL};
static const char *const of_sequence[] = {"select", "update", "usage", NULL};
static const char *const of_function[] = {"execute", NULL};
static const char *const of_schema[] = {"create", "usage", NULL};
static const char *const of_type[] = {"usage", NULL};

const char *const *lx_privileges_of(enum lx_kind kind, bool of_columns)
{
	switch ((int)kind) {
	case LX_KIND_TABLE:
	case LX_KIND_VIEW:
		return of_columns ? of_column : of_table;
	case LX_KIND_SEQUENCE:
		return of_columns ? NULL : of_sequence;
	case LX_KIND_FUNCTION:
		return of_columns ? NULL : of_function;
	case LX_KIND_SCHEMA:
		return of_columns ? NULL : of_schema;
	case LX_KIND_ENUM:
	case LX_KIND_DOMAIN:
	case LX_KIND_COMPOSITE:
		return of_columns ? NULL : of_type;
	default:
		return NULL;
	}
}

static int compare_lists(const struct lx_vec *a, const struct lx_vec *b)
{
	for (size_t i = 0; i < a->length && i < b->length; i++) {
		int order = strcmp(a->items[i], b->items[i]);
		if (order)
			return order;
	}
	return a->length < b->length ? -1 : a->length > b->length;
}

static int compare_privileges(const void *a, const void *b, void *context)
{
	(void)context;
	const struct lx_privilege *one = a, *other = b;
	int order = strcmp(one->name, other->name);
	return order ? order : compare_lists(&one->columns, &other->columns);
}

static int compare_strings(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

void lx_privilege_add(struct lx_arena *arena, struct lx_grant *grant, const char *name, const struct lx_vec *columns,
		      bool has_grant_option)
{
	struct lx_vec sorted = {NULL, 0, 0};
	LX_EACH (void *, column, columns)
		lx_vec_push(arena, &sorted, column);
	lx_vec_sort(arena, &sorted, compare_strings, NULL);
	LX_EACH (struct lx_privilege *, there, &grant->privileges) {
		if (strcmp(there->name, name) != 0 || !lx_names_equal(&there->columns, &sorted))
			continue;
		there->has_grant_option = there->has_grant_option || has_grant_option;
		return;
	}
	struct lx_privilege *privilege = LX_NEW(arena, struct lx_privilege);
	privilege->name = name;
	privilege->columns = sorted;
	privilege->has_grant_option = has_grant_option;
	lx_vec_push(arena, &grant->privileges, privilege);
	lx_vec_sort(arena, &grant->privileges, compare_privileges, NULL);
}
