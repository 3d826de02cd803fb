/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/pair.h"

#include <string.h>

#include "base/arena.h"
#include "kinds/composite/composite.h"
#include "kinds/function/function.h"
#include "kinds/grant/grant.h"

static const char *former_key(struct lx_arena *arena, const struct lx_object *object, const char *name)
{
	return lx_arena_printf(arena, "%d\001%s\001%s\001%s", (int)object->kind, object->schema ? object->schema : "",
			       name, object->signature ? object->signature : "");
}

static const struct lx_object *find_key(const struct lx_schema *schema, const struct lx_object *object,
					const char *name)
{
	return lx_schema_find(schema, object->kind, NULL, object->schema, name, object->signature);
}

void lx_pair_init(struct lx_pairing *pairing, struct lx_arena *arena, const struct lx_schema *old,
		  const struct lx_schema *new, bool is_reverse)
{
	*pairing = (struct lx_pairing){.arena = arena, .old = old, .new = new, .is_reverse = is_reverse};
	if (is_reverse)
		return;
	LX_EACH (struct lx_object *, object, &new->objects) {
		if (!object->renamed_from || find_key(old, object, object->name))
			continue;
		const char *key = former_key(arena, object, object->renamed_from);
		lx_map_put(arena, &pairing->renamed, key, strlen(key), object);
	}
}

const struct lx_object *lx_pair_object(const struct lx_pairing *pairing, const struct lx_object *old)
{
	const struct lx_object *new = find_key(pairing->new, old, old->name);
	if (new)
		return new;
	if (pairing->is_reverse) {
		bool is_free = old->renamed_from && !find_key(pairing->old, old, old->renamed_from);
		return is_free ? find_key(pairing->new, old, old->renamed_from) : NULL;
	}
	if (!pairing->renamed.length)
		return NULL;
	const char *key = former_key(pairing->arena, old, old->name);
	return lx_map_get(&pairing->renamed, key, strlen(key));
}

const struct lx_object *lx_pair_child(const struct lx_pairing *pairing, const struct lx_object *old,
				      const struct lx_object *child, const struct lx_object *new)
{
	const struct lx_object *same = lx_object_child(new, child->kind, child->name);
	if (same)
		return same;
	if (pairing->is_reverse) {
		bool is_free = child->renamed_from && !lx_object_child(old, child->kind, child->renamed_from);
		return is_free ? lx_object_child(new, child->kind, child->renamed_from) : NULL;
	}
	LX_EACH (const struct lx_object *, candidate, &new->children) {
		if (candidate->kind == child->kind && candidate->renamed_from &&
		    strcmp(candidate->renamed_from, child->name) == 0 &&
		    !lx_object_child(old, candidate->kind, candidate->name))
			return candidate;
	}
	return NULL;
}

static const char *type_text(struct lx_arena *arena, const struct lx_type *type)
{
	return lx_arena_printf(arena, "%s.%s(%s)%u", type->schema ? type->schema : "", type->name,
			       type->modifiers ? type->modifiers : "", type->dimensions);
}

const char *lx_pair_meaning(struct lx_arena *arena, const struct lx_object *object)
{
	if (object->kind == LX_KIND_GRANT) {
		const struct lx_grant *grant = (const struct lx_grant *)object;
		return lx_arena_printf(arena, "grant %s %s", grant->role,
				       grant->target ? lx_object_key(arena, grant->target) : grant->target_sql);
	}
	if (object->kind != LX_KIND_FUNCTION)
		return NULL;
	const char *text = lx_arena_printf(arena, "function %s.%s", object->schema, object->name);
	LX_EACH (const struct lx_field *, parameter, &((const struct lx_function *)object)->parameters)
		text = lx_arena_printf(arena, "%s,%s", text, type_text(arena, &parameter->type));
	return text;
}
