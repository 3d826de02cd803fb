/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "codegen/model.h"
#include "kinds/column/column.h"
#include "kinds/composite/composite.h"
#include "kinds/domain/domain.h"
#include "kinds/enum/enum.h"
#include "kinds/table/table.h"
#include "kinds/view/view.h"

static const char *join(const struct lx_c_plan *plan, const char *a, const char *b)
{
	return lx_name_join(plan->arena, a, b);
}

static void take(struct lx_c_plan *plan, const char *name, const struct lx_object *object, const char *what)
{
	lx_name_take(&plan->names, name, object->origin, what);
}

static const char *source_name(const struct lx_object *object)
{
	return object->source_name ? object->source_name : object->name;
}

const struct lx_c_enum *lx_c_enum_of(const struct lx_c_plan *plan, const struct lx_object *object)
{
	return lx_map_get(&plan->enums_by_object, (const char *)&object, sizeof(void *));
}

struct lx_c_model *lx_c_model_of(const struct lx_c_plan *plan, const struct lx_object *object)
{
	return lx_map_get(&plan->models_by_object, (const char *)&object, sizeof(void *));
}

static void plan_enum(struct lx_c_plan *plan, const struct lx_enum *object)
{
	struct lx_c_enum *made = LX_NEW(plan->arena, struct lx_c_enum);
	const struct lx_object *base = &object->base;
	made->object = base;
	made->type = lx_name_snake(plan->arena, join(plan, plan->prefix, "_"), source_name(base));
	if (object->c_type && lx_name_check(&plan->names, object->c_type, base->origin, "the type of an enum"))
		made->type = object->c_type;
	const char *prefix = join(plan, lx_name_upper(plan->arena, "", made->type), "_");
	if (object->c_prefix && lx_name_check(&plan->names, object->c_prefix, base->origin, "the prefix of labels"))
		prefix = object->c_prefix;
	made->array = join(plan, made->type, "_array");
	made->table = join(plan, made->type, "_labels");
	made->label = join(plan, made->type, "_label");
	made->parse = join(plan, made->type, "_parse");
	take(plan, made->type, base, "the type of this enum");
	take(plan, made->array, base, "the array type of this enum");
	take(plan, made->table, base, "the table of this enum's labels");
	take(plan, made->label, base, "the function that gives a label's text");
	take(plan, made->parse, base, "the function that finds a label");
	LX_EACH (const struct lx_label_value *, label, &object->labels) {
		const char *constant = lx_name_upper(plan->arena, prefix, label->label);
		lx_vec_push(plan->arena, &made->constants, (char *)(uintptr_t)constant);
		lx_name_take(&plan->names, constant, label->origin, "the constant of this label");
	}
	lx_map_put(plan->arena, &plan->enums_by_object, (const char *)&base, sizeof(void *), made);
	lx_vec_push(plan->arena, &plan->enums, made);
}

static void take_types(struct lx_c_plan *plan, struct lx_c_model *model)
{
	const struct lx_object *object = model->object;
	model->rows = join(plan, model->type, "s");
	model->insert = join(plan, model->type, "_new");
	model->patch = join(plan, model->type, "_patch");
	model->query = join(plan, model->type, "_query");
	model->order = join(plan, model->type, "_order");
	model->where = join(plan, model->type, "_where");
	model->stream = join(plan, model->type, "_stream");
	model->copy = join(plan, model->type, "_copy");
	take(plan, model->type, object, "the struct of a row");
	take(plan, model->rows, object, "the struct of several rows");
	take(plan, model->query, object, "the struct of a query");
	take(plan, model->order, object, "the type of its orders");
	take(plan, model->where, object, "the type of its predicates");
	take(plan, model->stream, object, "the type of a stream");
	if (model->is_view)
		return;
	take(plan, model->insert, object, "the struct for an insert");
	take(plan, model->patch, object, "the struct for an update");
	take(plan, model->copy, object, "the type of a copy");
}

static void begin_model(struct lx_c_plan *plan, const struct lx_object *object)
{
	struct lx_c_model *model = LX_NEW(plan->arena, struct lx_c_model);
	model->object = object;
	model->is_view = object->kind == LX_KIND_VIEW;
	model->file = lx_name_snake(plan->arena, join(plan, plan->prefix, "_"), source_name(object));
	model->type = model->file;
	const struct lx_table *table = model->is_view ? NULL : (const struct lx_table *)object;
	if (table && table->c_type && lx_name_check(&plan->names, table->c_type, object->origin, "the type of a row"))
		model->type = table->c_type;
	model->prefix = join(plan, model->type, "_");
	if (table && table->c_prefix && lx_name_check(&plan->names, table->c_prefix, object->origin, "a prefix"))
		model->prefix = table->c_prefix;
	model->upper = lx_name_upper(plan->arena, "", model->prefix);
	model->guard = lx_name_upper(plan->arena, "", join(plan, model->file, "_h"));
	lx_name_take(&plan->names, join(plan, model->file, ".h"), object->origin, "the header of this model");
	take(plan, model->guard, object, "the guard of this model's header");
	take_types(plan, model);
	lx_map_put(plan->arena, &plan->models_by_object, (const char *)&object, sizeof(void *), model);
	lx_vec_push(plan->arena, &plan->models, model);
}

static bool domain_has_default(const struct lx_type *type)
{
	for (; type->user && type->user->kind == LX_KIND_DOMAIN && !type->dimensions;
	     type = &((const struct lx_domain *)type->user)->type) {
		if (((const struct lx_domain *)type->user)->default_value.text)
			return true;
	}
	return false;
}

static void name_column(struct lx_c_plan *plan, struct lx_c_model *model, struct lx_c_column *column, const char *name,
			const char *chosen)
{
	column->field = lx_name_field(&plan->names, name);
	if (chosen && lx_name_check(&plan->names, chosen, column->span, "a member of a struct"))
		column->field = chosen;
	column->constant = lx_name_upper(plan->arena, model->upper, column->field);
	LX_EACH (const struct lx_c_column *, other, &model->columns) {
		if (strcmp(other->field, column->field) != 0)
			continue;
		struct lx_diag *diag = lx_report(plan->names.diags, LX_E0501, column->span,
						 "two columns would be the member '%s' in C", column->field);
		lx_diag_label(plan->names.diags, diag, other->span, "the other one");
		lx_diag_help(plan->names.diags, diag, "give one of them another name in C: @c(field: 'x')");
		break;
	}
	lx_vec_push(plan->arena, &model->columns, column);
}

static void plan_column(struct lx_c_plan *plan, struct lx_c_model *model, const struct lx_column *source)
{
	struct lx_c_column *column = LX_NEW(plan->arena, struct lx_c_column);
	bool is_computed = source->generated.text || source->identity == LX_IDENTITY_ALWAYS;
	bool has_default = source->default_value.text || source->identity || domain_has_default(&source->type);
	column->object = &source->base;
	column->span = source->base.origin;
	column->name = source->base.name;
	column->comment = source->base.comment;
	column->deprecated = source->base.deprecated;
	column->type = lx_c_type_of(plan, &source->type);
	column->is_nullable = source->is_nullable;
	column->is_secret = source->is_secret;
	column->is_version = source->is_version;
	column->is_ordered = column->type.is_ordered;
	column->is_in_row = !source->is_hidden;
	column->is_in_insert = !is_computed;
	column->is_in_patch = !is_computed && !source->identity;
	column->is_optional = source->is_nullable || has_default;
	column->has_default = has_default;
	column->has_null_option = column->is_in_insert && source->is_nullable && has_default;
	name_column(plan, model, column, source_name(&source->base), source->c_field);
}

static void plan_view(struct lx_c_plan *plan, struct lx_c_model *model)
{
	LX_EACH (const struct lx_field *, field, &((const struct lx_view *)model->object)->columns) {
		struct lx_c_column *column = LX_NEW(plan->arena, struct lx_c_column);
		column->object = model->object;
		column->span = field->origin;
		column->name = field->name;
		column->comment = field->comment;
		column->type = lx_c_type_of(plan, &field->type);
		column->is_nullable = field->is_nullable;
		column->is_ordered = column->type.is_ordered;
		column->is_in_row = true;
		name_column(plan, model, column, field->name, NULL);
	}
}

/* The functions and constants; their names depend on the columns. */
static void take_names(struct lx_c_plan *plan, struct lx_c_model *model)
{
	const struct {
		const char *verb;
		bool is_there;
	} verbs[] = {
	    {"insert", model->has_insert},
	    {"insert_many", model->has_insert},
	    {"update", model->has_patch},
	    {"delete", model->primary_key != NULL},
	    {"get_many", model->has_get_many},
	    {"find_one", true},
	    {"count", true},
	    {"update_where", model->has_patch},
	    {"delete_where", !model->is_view},
	    {"stream_open", true},
	    {"stream_next", true},
	    {"stream_close", true},
	    {"copy_begin", model->has_insert},
	    {"copy_row", model->has_insert},
	    {"copy_end", model->has_insert},
	    {"copy_abort", model->has_insert},
	};
	take(plan, join(plan, model->prefix, "find"), model->object, "the function that finds rows");
	take(plan, join(plan, model->upper, "UNORDERED"), model->object, "the order that is none");
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (verbs[i].is_there)
			take(plan, join(plan, model->prefix, verbs[i].verb), model->object, "a function of this model");
	}
	LX_EACH (struct lx_c_column *, column, &model->columns) {
		const char *by = join(plan, model->upper, lx_name_upper(plan->arena, "BY_", column->field));
		if (column->is_in_row && column->is_ordered) {
			model->has_order = true;
			lx_name_take(&plan->names, by, column->span, "the order by this column");
			lx_name_take(&plan->names, join(plan, by, "_DESC"), column->span,
				     "the descending order by this column");
		}
		column->has_constant = column->is_in_patch || column->has_null_option || column->is_in_row;
		if (column->has_constant)
			lx_name_take(&plan->names, column->constant, column->span, "the constant of this column");
		if (column->is_in_patch)
			lx_name_take(&plan->names, join(plan, join(plan, model->patch, "_"), column->field),
				     column->span, "the function that sets this column in an update");
	}
}

static void finish_model(struct lx_c_plan *plan, struct lx_c_model *model)
{
	if (model->is_view) {
		plan_view(plan, model);
	} else {
		LX_EACH (const struct lx_object *, child, &model->object->children) {
			if (child->kind == LX_KIND_COLUMN)
				plan_column(plan, model, (const struct lx_column *)child);
		}
		lx_c_plan_keys(plan, model);
		model->has_insert = true;
		const struct lx_c_key *key = model->primary_key;
		model->has_get_many = key && key->columns.length == 1 &&
				      !((const struct lx_c_column *)key->columns.items[0])->type.is_array;
	}
	for (size_t i = 0; model->primary_key && i < model->primary_key->columns.length; i++)
		((struct lx_c_column *)model->primary_key->columns.items[i])->is_in_patch = false;
	LX_EACH (struct lx_c_column *, column, &model->columns) {
		column->is_in_patch = column->is_in_patch && model->primary_key;
		model->has_patch = model->has_patch || column->is_in_patch;
		model->has_null_columns = model->has_null_columns || column->has_null_option;
	}
	/* enumeration constants are ints, so the thirty-second bit needs the wider form already */
	size_t count = model->columns.length;
	model->mask_bits = count < 32 ? 32 : (unsigned)((count + 63) / 64 * 64);
	take_names(plan, model);
}

void lx_c_plan_schema(struct lx_c_plan *plan)
{
	static const struct lx_object nowhere;
	take(plan, join(plan, plan->prefix, "_types.h"), &nowhere, "the header of enums");
	take(plan, join(plan, plan->prefix, "_models.h"), &nowhere, "the header that includes all");
	take(plan, join(plan, plan->prefix, "_migrations.h"), &nowhere, "the header of the embedded history");
	take(plan, join(plan, plan->prefix, "_constraint"), &nowhere, "the enum of constraints");
	take(plan, join(plan, plan->prefix, "_catalog"), &nowhere, "the table of constraints");
	take(plan, join(plan, plan->upper, "_K_NONE"), &nowhere, "the number of no constraint");
	take(plan, join(plan, plan->upper, "_SCHEMA_HASH"), &nowhere, "the schema's hash");
	take(plan, join(plan, plan->upper, "_TYPES_H"), &nowhere, "the guard of the header of enums");
	take(plan, join(plan, plan->upper, "_MODELS_H"), &nowhere, "the guard of the header that includes all");
	LX_EACH (const struct lx_object *, object, &plan->schema->objects) {
		if (object->kind == LX_KIND_ENUM)
			plan_enum(plan, (const struct lx_enum *)object);
	}
	lx_c_plan_composites(plan);
	LX_EACH (const struct lx_object *, object, &plan->schema->objects) {
		bool is_table = object->kind == LX_KIND_TABLE && !((const struct lx_table *)object)->is_member;
		if (is_table || object->kind == LX_KIND_VIEW)
			begin_model(plan, object);
	}
	lx_c_plan_constraints(plan);
	LX_EACH (struct lx_c_model *, model, &plan->models)
		finish_model(plan, model);
	lx_c_plan_relations(plan);
	lx_c_plan_queries(plan);
}
