/* Named queries: what their functions and structs are called, and the SQL that runs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "codegen/model.h"
#include "kinds/composite/composite.h"
#include "kinds/query/query.h"
#include "kinds/query/statement.h"
#include "sql/emit.h"

static const char *join(const struct lx_c_plan *plan, const char *a, const char *b)
{
	return lx_name_join(plan->arena, a, b);
}

static void add_column(struct lx_c_plan *plan, struct lx_vec *columns, const struct lx_query *query,
		       const struct lx_field *field, bool is_parameter)
{
	struct lx_c_column *column = LX_NEW(plan->arena, struct lx_c_column);
	column->object = &query->base;
	column->span = field->origin;
	column->name = field->name;
	column->field = lx_name_field(&plan->names, field->name);
	column->comment = field->comment;
	column->type = lx_c_type_of(plan, &field->type);
	column->is_in_row = !is_parameter;
	column->is_in_insert = is_parameter;
	column->has_default = field->default_value.text != NULL;
	column->is_nullable = field->is_nullable || (is_parameter && column->has_default);
	column->is_optional = is_parameter && column->is_nullable;
	LX_EACH (const struct lx_c_column *, other, columns) {
		if (strcmp(other->field, column->field) != 0)
			continue;
		struct lx_diag *diag = lx_report(plan->names.diags, LX_E0501, column->span,
						 "two of them would be the member '%s' in C", column->field);
		lx_diag_label(plan->names.diags, diag, other->span, "the other one");
		break;
	}
	lx_vec_push(plan->arena, columns, column);
}

static void find_model(struct lx_c_plan *plan, struct lx_c_query *made)
{
	const struct lx_query *query = made->object;
	made->model = lx_c_model_of(plan, query->model);
	if (!made->model) {
		lx_report(plan->names.diags, LX_E0215, query->base.origin, "'%s' has no rows of its own in C",
			  query->model->name);
		return;
	}
	made->model->is_result = true;
	LX_EACH (struct lx_c_column *, column, &made->model->columns) {
		if (!column->is_in_row)
			continue;
		struct lx_c_column *copy = LX_NEW(plan->arena, struct lx_c_column);
		*copy = *column;
		copy->is_in_insert = copy->is_in_patch = false;
		lx_vec_push(plan->arena, &made->results, copy);
	}
}

static void make_sql(struct lx_c_plan *plan, struct lx_c_query *made)
{
	struct lx_vec columns = {0};
	struct lx_sql sql = {.arena = plan->arena, .text = LX_BUFFER_INIT};
	const char *casted = "";
	LX_EACH (const struct lx_c_column *, result, &made->results) {
		struct lx_query_column *column = LX_NEW(plan->arena, struct lx_query_column);
		column->name = result->name;
		column->cast = !result->type.is_as_text ? NULL : result->type.is_array ? "text[]" : "text";
		if (column->cast)
			casted = result->name;
		lx_vec_push(plan->arena, &columns, column);
	}
	if (!lx_query_statement(&sql, made->object, &columns, NULL)) {
		struct lx_diag *diag =
		    lx_report(plan->names.diags, LX_E0503, made->object->base.origin,
			      "the query changes rows inside WITH, and '%s' would have to be sent as text", casted);
		lx_diag_help(plan->names.diags, diag, "write %s::text in the query, and declare it as text", casted);
	}
	made->sql = lx_arena_string(plan->arena, lx_buffer_text(&sql.text));
	lx_buffer_free(&sql.text);
}

static void take(struct lx_c_plan *plan, const struct lx_c_query *made, const char *name, const char *what)
{
	lx_name_take(&plan->names, name, made->object->base.origin, what);
}

static void name_parameters(struct lx_c_plan *plan, struct lx_c_query *made)
{
	if (!made->parameters.length)
		return;
	const struct lx_c_column *first = made->parameters.items[0];
	if (made->parameters.length == 1 && !first->is_optional) {
		static const char *const others[] = {"db", "arena", "out", "count"};
		made->argument = first->field;
		for (size_t i = 0; i < sizeof others / sizeof *others; i++)
			if (strcmp(made->argument, others[i]) == 0)
				made->argument = join(plan, made->argument, "_");
		return;
	}
	made->arguments = join(plan, made->function, "_args");
	take(plan, made, made->arguments, "the struct of a query's arguments");
}

static void name_results(struct lx_c_plan *plan, struct lx_c_query *made)
{
	if (made->model) {
		made->row = made->model->type;
		made->rows = made->model->rows;
	} else if (made->results.length) {
		made->row = join(plan, made->function, "_row");
		made->rows = join(plan, made->function, "_rows");
		take(plan, made, made->row, "the struct of a query's row");
		take(plan, made, made->rows, "the struct of a query's rows");
	}
	if (made->object->cardinality == LX_EACH_ROW) {
		made->stream = join(plan, made->function, "_stream");
		take(plan, made, made->stream, "the type of a query's stream");
		take(plan, made, join(plan, made->function, "_open"), "a function of this query");
		take(plan, made, join(plan, made->function, "_next"), "a function of this query");
		take(plan, made, join(plan, made->function, "_close"), "a function of this query");
	} else {
		take(plan, made, made->function, "the function of this query");
	}
}

static void plan_query(struct lx_c_plan *plan, const struct lx_query *query)
{
	struct lx_c_query *made = LX_NEW(plan->arena, struct lx_c_query);
	const char *name = query->base.source_name ? query->base.source_name : query->base.name;
	made->object = query;
	made->function = lx_name_snake(plan->arena, join(plan, plan->prefix, "_"), name);
	made->table = join(plan, "lexo_of_", made->function);
	LX_EACH (const struct lx_field *, field, &query->parameters)
		add_column(plan, &made->parameters, query, field, true);
	LX_EACH (const struct lx_field *, field, &query->results)
		add_column(plan, &made->results, query, field, false);
	if (query->model)
		find_model(plan, made);
	name_parameters(plan, made);
	name_results(plan, made);
	make_sql(plan, made);
	lx_vec_push(plan->arena, &plan->queries, made);
}

void lx_c_plan_queries(struct lx_c_plan *plan)
{
	static const struct lx_object nowhere;
	LX_EACH (const struct lx_object *, object, &plan->schema->objects) {
		if (object->kind == LX_KIND_QUERY)
			plan_query(plan, (const struct lx_query *)object);
	}
	if (!plan->queries.length)
		return;
	lx_name_take(&plan->names, join(plan, plan->prefix, "_queries.h"), nowhere.origin, "the header of queries");
	lx_name_take(&plan->names, join(plan, plan->upper, "_QUERIES_H"), nowhere.origin,
		     "the guard of the header of queries");
}
