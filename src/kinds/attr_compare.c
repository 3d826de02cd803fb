/* Comparing two objects by the rows of their kind.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "ir/expr.h"
#include "ir/types.h"
#include "kinds/attr.h"
#include "kinds/foreign_options.h"
#include "kinds/kind.h"

static bool same_string(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_names(const struct lx_vec *a, const struct lx_vec *b)
{
	if (a->length != b->length)
		return false;
	for (size_t i = 0; i < a->length; i++) {
		if (!same_string(a->items[i], b->items[i]))
			return false;
	}
	return true;
}

/* Where the option at TEXT ends: at ", " outside of strings. */
static size_t option_length(const char *text)
{
	bool is_inside = false;
	size_t i = 0;
	for (; text[i] && (is_inside || text[i] != ',' || text[i + 1] != ' '); i++)
		is_inside ^= text[i] == '\'';
	return i;
}

static bool has_option(const char *options, const char *option, size_t length)
{
	while (*options) {
		size_t there = option_length(options);
		if (there == length && memcmp(options, option, length) == 0)
			return true;
		options += there + (options[there] ? 2 : 0);
	}
	return false;
}

/* In any order. */
static bool same_options(const char *a, const char *b)
{
	if (a == b || !a || !b || strlen(a) != strlen(b))
		return a == b;
	while (*a) {
		size_t length = option_length(a);
		if (!has_option(b, a, length))
			return false;
		a += length + (a[length] ? 2 : 0);
	}
	return true;
}

static bool same_value(const struct lx_attr *attr, const struct lx_object *a, const struct lx_object *b)
{
	const char *at_a = (const char *)a + attr->offset, *at_b = (const char *)b + attr->offset;
	switch (attr->shape) {
	case LX_SHAPE_FLAG:
		return *(const bool *)at_a == *(const bool *)at_b;
	case LX_SHAPE_CHOICE:
		return *(const int *)at_a == *(const int *)at_b;
	case LX_SHAPE_NAME:
	case LX_SHAPE_STRING:
		return same_string(*(const char *const *)at_a, *(const char *const *)at_b);
	case LX_SHAPE_OPTIONS:
		return same_options(*(const char *const *)at_a, *(const char *const *)at_b);
	case LX_SHAPE_INTEGER:
		return *(const int64_t *)at_a == *(const int64_t *)at_b;
	case LX_SHAPE_SQL:
		return lx_expr_equal(((const struct lx_expr *)at_a)->text, ((const struct lx_expr *)at_b)->text);
	case LX_SHAPE_TYPE:
		return lx_type_equal((const struct lx_type *)at_a, (const struct lx_type *)at_b);
	case LX_SHAPE_NAMES:
		return same_names((const struct lx_vec *)at_a, (const struct lx_vec *)at_b);
	case LX_SHAPE_FOREIGN:
		return lx_foreign_options_equal((const struct lx_foreign_options *)at_a,
						(const struct lx_foreign_options *)at_b);
	case LX_SHAPE_OWN:
		return !attr->equal || attr->equal(a, b);
	}
	return true;
}

uint32_t lx_attr_compare(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_kind_info *info = lx_kind_info(a->kind);
	uint32_t changed = 0;
	for (size_t i = 0; i < info->attr_count && i < LX_ATTRS_MAX; i++) {
		if (info->attrs[i].effect != LX_EFFECT_NONE && !same_value(&info->attrs[i], a, b))
			changed |= UINT32_C(1) << i;
	}
	return changed;
}
