/* Keys and foreign keys of a table as functions of its model; constraints of the schema as one enum.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "codegen/model.h"
#include "kinds/domain/domain.h"
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/index/index.h"
#include "kinds/key/key.h"

static struct lx_c_column *find_column(const struct lx_c_model *model, const char *name)
{
	LX_EACH (struct lx_c_column *, column, &model->columns) {
		if (strcmp(column->name, name) == 0)
			return column;
	}
	return NULL;
}

static bool fill_columns(struct lx_c_plan *plan, struct lx_c_model *model, const struct lx_vec *names,
			 struct lx_vec *columns)
{
	LX_EACH (const char *, name, names) {
		struct lx_c_column *column = find_column(model, name);
		if (!column)
			return false;
		column->is_ordered = true; /* it is in a btree */
		lx_vec_push(plan->arena, columns, column);
	}
	return columns->length > 0;
}

/* "get_by_owner_id_and_sha256" */
static const char *verb_of(struct lx_c_plan *plan, const char *verb, const struct lx_vec *columns)
{
	LX_EACH (struct lx_c_column *, column, columns) {
		verb = lx_name_join(plan->arena, verb, column_i ? "_and_" : "_by_");
		verb = lx_name_join(plan->arena, verb, column->field);
	}
	return verb;
}

static struct lx_c_key *new_key(struct lx_c_plan *plan, struct lx_c_model *model, const struct lx_vec *columns,
				const char *verb)
{
	struct lx_c_key *key = LX_NEW(plan->arena, struct lx_c_key);
	size_t number = model->uniques.length + model->lists.length + (model->primary_key ? 1 : 0);
	key->columns = *columns;
	key->verb = verb;
	key->function = lx_name_join(plan->arena, model->prefix, verb);
	key->table = lx_arena_printf(plan->arena, "lexo_key_%zu", number);
	return key;
}

static void plan_key(struct lx_c_plan *plan, struct lx_c_model *model, const struct lx_key *key)
{
	struct lx_vec columns = {0};
	if (!fill_columns(plan, model, &key->columns, &columns))
		return;
	const char *verb = key->is_primary ? "get" : verb_of(plan, "get", &columns);
	struct lx_c_key *made = new_key(plan, model, &columns, verb);
	if (key->is_primary)
		model->primary_key = made;
	else
		lx_vec_push(plan->arena, &model->uniques, made);
	lx_name_take(&plan->names, made->function, key->base.origin, "the function that looks up by this key");
	/* a constraint that is checked late cannot decide between inserting and updating */
	bool is_given = key->deferrable == LX_NOT_DEFERRABLE;
	LX_EACH (const struct lx_c_column *, column, &columns)
		is_given = is_given && column->is_in_insert;
	if (!is_given)
		return;
	made->upsert =
	    lx_name_join(plan->arena, model->prefix, key->is_primary ? "upsert" : verb_of(plan, "upsert", &columns));
	lx_name_take(&plan->names, made->upsert, key->base.origin, "the function that inserts or updates by this key");
}

static void plan_list(struct lx_c_plan *plan, struct lx_c_model *model, const struct lx_foreign_key *foreign_key)
{
	struct lx_vec columns = {0};
	if (!fill_columns(plan, model, &foreign_key->columns, &columns))
		return;
	const char *verb = verb_of(plan, "list", &columns);
	if (foreign_key->as)
		verb = lx_name_snake(plan->arena, "list_by_", foreign_key->as);
	LX_EACH (struct lx_c_key *, other, &model->lists) {
		if (strcmp(other->verb, verb) == 0 && other->columns.length == columns.length &&
		    memcmp(other->columns.items, columns.items, columns.length * sizeof(void *)) == 0)
			return; /* two foreign keys on the same columns */
	}
	struct lx_c_key *made = new_key(plan, model, &columns, verb);
	lx_vec_push(plan->arena, &model->lists, made);
	lx_name_take(&plan->names, made->function, foreign_key->base.origin,
		     "the function that lists by this foreign key");
}

static void mark_ordered(struct lx_c_model *model, const struct lx_index *index)
{
	if (index->method && strcmp(index->method, "btree") != 0)
		return;
	LX_EACH (const struct lx_index_element *, element, &index->elements) {
		struct lx_c_column *column = element->column ? find_column(model, element->column) : NULL;
		if (column && !element->opclass)
			column->is_ordered = true;
	}
}

void lx_c_plan_keys(struct lx_c_plan *plan, struct lx_c_model *model)
{
	LX_EACH (const struct lx_object *, child, &model->object->children) {
		if (child->kind == LX_KIND_KEY)
			plan_key(plan, model, (const struct lx_key *)child);
	}
	LX_EACH (const struct lx_object *, child, &model->object->children) {
		if (child->kind == LX_KIND_FOREIGN_KEY)
			plan_list(plan, model, (const struct lx_foreign_key *)child);
		else if (child->kind == LX_KIND_INDEX)
			mark_ordered(model, (const struct lx_index *)child);
	}
}

static void add_constraint(struct lx_c_plan *plan, const struct lx_object *owner, const char *name, struct lx_span span,
			   bool is_repeated)
{
	struct lx_c_constraint *constraint = LX_NEW(plan->arena, struct lx_c_constraint);
	constraint->name = name;
	constraint->schema = owner->schema ? owner->schema : "";
	constraint->table = owner->name;
	/* names of constraints are unique in a table only */
	const char *full = is_repeated ? lx_arena_printf(plan->arena, "%s_%s", owner->name, name) : name;
	constraint->constant = lx_name_upper(plan->arena, lx_name_join(plan->arena, plan->upper, "_K_"), full);
	lx_vec_push(plan->arena, &plan->constraints, constraint);
	constraint->value = (unsigned)plan->constraints.length;
	lx_name_take(&plan->names, constraint->constant, span, "the number of this constraint");
}

static bool is_constraint(const struct lx_object *child)
{
	switch ((int)child->kind) {
	case LX_KIND_KEY:
	case LX_KIND_CHECK:
	case LX_KIND_EXCLUDE:
	case LX_KIND_FOREIGN_KEY:
		return true;
	case LX_KIND_INDEX:
		return ((const struct lx_index *)child)->is_unique;
	default:
		return false;
	}
}

static void each_constraint(struct lx_c_plan *plan,
			    void (*found)(struct lx_c_plan *plan, struct lx_map *seen, const struct lx_object *owner,
					  const char *name, struct lx_span span),
			    struct lx_map *seen)
{
	LX_EACH (const struct lx_object *, object, &plan->schema->objects) {
		LX_EACH (const struct lx_object *, child, &object->children) {
			if (is_constraint(child))
				found(plan, seen, object, child->name, child->origin);
		}
		if (object->kind != LX_KIND_DOMAIN)
			continue;
		LX_EACH (const struct lx_domain_check *, check, &((const struct lx_domain *)object)->checks)
			found(plan, seen, object, check->name, check->expr.span);
	}
}

static void count(struct lx_c_plan *plan, struct lx_map *seen, const struct lx_object *owner, const char *name,
		  struct lx_span span)
{
	(void)owner;
	(void)span;
	if (!lx_map_put(plan->arena, &seen[0], name, strlen(name), plan))
		return;
	lx_map_put(plan->arena, &seen[1], name, strlen(name), plan);
}

static void add(struct lx_c_plan *plan, struct lx_map *seen, const struct lx_object *owner, const char *name,
		struct lx_span span)
{
	add_constraint(plan, owner, name, span, lx_map_get(&seen[1], name, strlen(name)) != NULL);
}

void lx_c_plan_constraints(struct lx_c_plan *plan)
{
	struct lx_map seen[2] = {{0}, {0}};
	each_constraint(plan, count, seen);
	each_constraint(plan, add, seen);
}
