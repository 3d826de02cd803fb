/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "diff/rename.h"
#include "kinds/enum/enum.h"
#include "kinds/kind.h"

static bool has_intent(const struct lx_object *object)
{
	if (object->renamed_from)
		return true;
	if (object->kind == LX_KIND_ENUM) {
		LX_EACH (const struct lx_label_value *, label, &((const struct lx_enum *)object)->labels) {
			if (label->renamed_from)
				return true;
		}
	}
	LX_EACH (const struct lx_object *, child, &object->children) {
		if (child->renamed_from)
			return true;
	}
	return false;
}

/* Kinds of the children of A, columns apart, that B does not have. */
static uint64_t kinds_missing(const struct lx_object *a, const struct lx_object *b)
{
	uint64_t kinds = 0;
	size_t next = 0, count = b->children.length;
	LX_EACH (const struct lx_object *, child, &a->children) {
		size_t i = 0;
		if (child->kind == LX_KIND_COLUMN || kinds & UINT64_C(1) << child->kind)
			continue;
		for (; i < count; i++) {
			const struct lx_object *candidate = b->children.items[(next + i) % count];
			if (candidate->kind == child->kind && strcmp(candidate->name, child->name) == 0)
				break;
		}
		if (i == count)
			kinds |= UINT64_C(1) << child->kind;
		else
			next = (next + i + 1) % count;
	}
	return kinds;
}

bool lx_rename_is_needed(const struct lx_schema *old, const struct lx_schema *new, bool is_reverse)
{
	_Static_assert(LX_KIND_COUNT <= 64, "kinds fit a set of 64 bits");
	LX_EACH (const struct lx_object *, object, &(is_reverse ? old : new)->objects) {
		if (has_intent(object))
			return true;
	}
	LX_EACH (const struct lx_object *, now, &new->objects) {
		if (!now->children.length)
			continue;
		const struct lx_object *before =
		    lx_schema_find(old, now->kind, NULL, now->schema, now->name, now->signature);
		if (before && kinds_missing(before, now) & kinds_missing(now, before))
			return true;
	}
	return false;
}
