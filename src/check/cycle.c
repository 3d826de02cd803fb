/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cycle.h"

#include <string.h>

#include "check/declare.h"
#include "kinds/composite/composite.h"
#include "kinds/domain/domain.h"

bool lx_check_storable(struct lx_declare *declare, const struct lx_type *type, struct lx_span span)
{
	static const char *const pseudo[] = {"void", "trigger", "event_trigger", "record", "anyelement"};
	for (size_t i = 0; type->builtin && i < sizeof pseudo / sizeof pseudo[0]; i++) {
		if (strcmp(pseudo[i], type->builtin->name) != 0)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0309, type->span.file ? type->span : span,
						 "a value of type %s cannot be stored", type->builtin->name);
		lx_diag_help(declare->diags, diag, "it is only for the results of functions");
		return false;
	}
	return true;
}

/* Whether OBJECT contains GOAL.  The depth is bounded, since a circle that GOAL is not in would never end. */
static bool contains(const struct lx_object *object, const struct lx_object *goal, int depth)
{
	enum { DEEPEST = 32 };
	if (!object || depth > DEEPEST)
		return false;
	if (object == goal && depth > 0)
		return true;
	if (object->kind == LX_KIND_DOMAIN)
		return contains(((const struct lx_domain *)object)->type.user, goal, depth + 1);
	if (object->kind != LX_KIND_COMPOSITE)
		return false;
	LX_EACH (const struct lx_field *, field, &((const struct lx_composite *)object)->fields) {
		if (contains(field->type.user, goal, depth + 1))
			return true;
	}
	return false;
}

void lx_check_cycle(struct lx_declare *declare, const struct lx_object *object)
{
	if (!contains(object, object, 0))
		return;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0307, object->origin, "'%s' contains itself", object->source_name);
	lx_diag_help(declare->diags, diag, "PostgreSQL could create none of the types in the circle first");
}
