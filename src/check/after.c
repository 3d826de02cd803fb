/* @after(Note, …): what a declaration needs although nothing in it says so; @owner(role).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check/declare.h"
#include "check/names.h"
#include "check/phases.h"
#include "kinds/kind.h"

/* Anything that has a name: what shares the namespace of the models first, then each kind with its own. */
static struct lx_object *find(struct lx_declare *declare, const char *name)
{
	struct lx_object *object = lx_names_find(declare, LX_KIND_COUNT, name);
	for (int kind = 0; !object && kind < LX_KIND_COUNT; kind++) {
		if (!lx_kind_info((enum lx_kind)kind)->is_child)
			object = lx_names_find(declare, (enum lx_kind)kind, name);
	}
	return object;
}

/* Overloaded functions have one name: all of them are meant. */
static void add_overloads(struct lx_declare *declare, struct lx_object *object, const struct lx_object *found)
{
	LX_EACH (struct lx_object *, other, &declare->schema->objects) {
		if (other != found && other != object && other->kind == found->kind && other->signature &&
		    other->source_name && strcmp(other->source_name, found->source_name) == 0)
			lx_vec_push(declare->schema->arena, &object->needs, other);
	}
}

static void resolve_owner(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_object *role = lx_schema_find(declare->schema, LX_KIND_ROLE, NULL, NULL, object->owner, NULL);
	if (!role)
		role = lx_declare_lookup(declare, LX_KIND_ROLE, object->owner, object->origin);
	if (role)
		object->owner = role->name;
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	LX_EACH (const char *, name, &object->after) {
		struct lx_object *found = find(declare, name);
		if (!found) {
			lx_declare_lookup(declare, LX_KIND_COUNT, name, object->origin); /* reports it */
			continue;
		}
		lx_vec_push(declare->schema->arena, &object->needs, found);
		if (found->signature)
			add_overloads(declare, object, found);
	}
}

void lx_after_resolve(struct lx_declare *declare)
{
	LX_EACH (struct lx_object *, object, &declare->schema->objects) {
		resolve(declare, object);
		if (object->owner)
			resolve_owner(declare, object);
		LX_EACH (struct lx_object *, child, &object->children)
			resolve(declare, child);
	}
}
