/* Foreign keys as relations: functions that load what belongs to many rows, each way.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "codegen/model.h"
#include "kinds/foreign_key/foreign_key.h"

static const char *join(const struct lx_c_plan *plan, const char *a, const char *b)
{
	return lx_name_join(plan->arena, a, b);
}

static const struct lx_c_key *key_on(const struct lx_vec *keys, const char *column)
{
	LX_EACH (const struct lx_c_key *, key, keys) {
		if (key->columns.length == 1 &&
		    strcmp(((const struct lx_c_column *)key->columns.items[0])->name, column) == 0)
			return key;
	}
	return NULL;
}

static const struct lx_c_key *unique_on(const struct lx_c_model *model, const char *column)
{
	struct lx_vec primary = {.items = (void **)(uintptr_t)&model->primary_key,
				 .length = model->primary_key ? 1 : 0};
	const struct lx_c_key *key = key_on(&primary, column);
	return key ? key : key_on(&model->uniques, column);
}

/* owner_id: owner. */
static const char *name_of(const struct lx_c_plan *plan, const struct lx_foreign_key *key, const char *field)
{
	size_t length = strlen(field);
	if (key->as)
		return lx_name_snake(plan->arena, "", key->as);
	return length > 3 && strcmp(field + length - 3, "_id") == 0 ? lx_arena_copy(plan->arena, field, length - 3)
								    : field;
}

static void add(struct lx_c_plan *plan, struct lx_c_model *child, struct lx_c_model *parent,
		const struct lx_foreign_key *foreign_key)
{
	const struct lx_c_key *list = key_on(&child->lists, foreign_key->columns.items[0]);
	const struct lx_c_key *key = unique_on(parent, foreign_key->target_columns.items[0]);
	if (!list || !key)
		return;
	const struct lx_c_column *from = list->columns.items[0], *to = key->columns.items[0];
	if (!from->is_in_row || !to->is_in_row || from->type.is_array || strcmp(from->type.codec, to->type.codec) != 0)
		return;
	struct lx_c_relation *relation = LX_NEW(plan->arena, struct lx_c_relation);
	*relation = (struct lx_c_relation){.child = child, .parent = parent, .list = list, .key = key};
	const char *one = name_of(plan, foreign_key, from->field);
	const char *child_name = child->object->source_name ? child->object->source_name : child->object->name;
	const char *many = foreign_key->inverse
			       ? lx_name_snake(plan->arena, "", foreign_key->inverse)
			       : join(plan, join(plan, lx_name_snake(plan->arena, "", child_name), "s_by_"), one);
	relation->load_one = join(plan, child->prefix, join(plan, "load_", one));
	relation->load_many = join(plan, parent->prefix, join(plan, "load_", many));
	lx_name_take(&plan->names, relation->load_one, foreign_key->base.origin,
		     "the function that loads what this refers to");
	lx_name_take(&plan->names, relation->load_many, foreign_key->base.origin,
		     "the function that loads what refers to a row");
	lx_vec_push(plan->arena, &child->relations, relation);
	if (parent != child)
		lx_vec_push(plan->arena, &parent->relations, relation);
}

void lx_c_plan_relations(struct lx_c_plan *plan)
{
	LX_EACH (struct lx_c_model *, child, &plan->models) {
		LX_EACH (const struct lx_object *, object, &child->object->children) {
			const struct lx_foreign_key *key = (const struct lx_foreign_key *)object;
			if (object->kind != LX_KIND_FOREIGN_KEY || key->columns.length != 1 ||
			    key->target_columns.length != 1)
				continue;
			struct lx_c_model *parent = lx_c_model_of(plan, key->target);
			if (parent)
				add(plan, child, parent, key);
		}
	}
}
