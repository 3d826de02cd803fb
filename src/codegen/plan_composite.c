/* Composite types as structs.  One with a member that travels as text in every other place has none: within a composite
 * there is no cast.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/composite/composite.h"

#include <string.h>

#include "base/arena.h"
#include "codegen/model.h"
#include "kinds/domain/domain.h"

static const char *join(const struct lx_c_plan *plan, const char *a, const char *b)
{
	return lx_name_join(plan->arena, a, b);
}

const struct lx_c_composite *lx_c_composite_of(const struct lx_c_plan *plan, const struct lx_object *object)
{
	return lx_map_get(&plan->composites_by_object, (const char *)&object, sizeof(void *));
}

static void plan_composite(struct lx_c_plan *plan, const struct lx_composite *object);

/* Those that a member is of come first; PostgreSQL has no cycles, and the checks found those of the models. */
static void plan_inner(struct lx_c_plan *plan, const struct lx_type *type)
{
	while (type->user && type->user->kind == LX_KIND_DOMAIN)
		type = &((const struct lx_domain *)type->user)->type;
	if (type->user && type->user->kind == LX_KIND_COMPOSITE)
		plan_composite(plan, (const struct lx_composite *)type->user);
}

static bool add_field(struct lx_c_plan *plan, struct lx_c_composite *made, const struct lx_field *field)
{
	plan_inner(plan, &field->type);
	struct lx_c_column *column = LX_NEW(plan->arena, struct lx_c_column);
	column->object = made->object;
	column->span = field->origin;
	column->name = field->name;
	column->field = lx_name_field(&plan->names, field->name);
	column->comment = field->comment;
	column->type = lx_c_type_of(plan, &field->type);
	column->is_nullable = column->is_in_row = true;
	/* a cast to text[] serves labels elsewhere; here their array is read as it is */
	if (column->type.labels && column->type.is_array)
		column->type.is_as_text = false;
	LX_EACH (const struct lx_c_column *, other, &made->fields)
		if (strcmp(other->field, column->field) == 0)
			return false;
	lx_vec_push(plan->arena, &made->fields, column);
	return !column->type.is_as_text;
}

static void take_names(struct lx_c_plan *plan, struct lx_c_composite *made)
{
	const struct {
		const char **name, *suffix, *what;
	} names[] = {
	    {&made->type, "", "the struct of this composite type"},
	    {&made->opt, "_opt", "the struct of this composite type or NULL"},
	    {&made->array, "_array", "the array type of this composite type"},
	    {&made->table, "_type", "the table of this composite type"},
	};
	const struct lx_object *object = made->object;
	const char *name = object->source_name ? object->source_name : object->name;
	const char *type = lx_name_snake(plan->arena, join(plan, plan->prefix, "_"), name);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		*names[i].name = join(plan, type, names[i].suffix);
		lx_name_take(&plan->names, *names[i].name, object->origin, names[i].what);
	}
}

static void plan_composite(struct lx_c_plan *plan, const struct lx_composite *object)
{
	const struct lx_object *key = &object->base;
	if (lx_c_composite_of(plan, key))
		return;
	struct lx_c_composite *made = LX_NEW(plan->arena, struct lx_c_composite);
	bool is_good = object->fields.length > 0;
	made->object = key;
	LX_EACH (const struct lx_field *, field, &object->fields)
		is_good = is_good && add_field(plan, made, field);
	if (!is_good)
		return;
	take_names(plan, made);
	lx_map_put(plan->arena, &plan->composites_by_object, (const char *)&key, sizeof(void *), made);
	lx_vec_push(plan->arena, &plan->composites, made);
}

void lx_c_plan_composites(struct lx_c_plan *plan)
{
	LX_EACH (const struct lx_object *, object, &plan->schema->objects)
		if (object->kind == LX_KIND_COMPOSITE)
			plan_composite(plan, (const struct lx_composite *)object);
}
