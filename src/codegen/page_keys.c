/* Keys, relations and indexes on a model's page.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "codegen/page.h"
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/index/index.h"
#include "sql/emit.h"
#include "sql/parts.h"

static void write_columns(struct lx_c_text *text, const struct lx_c_key *key)
{
	LX_EACH (const struct lx_c_column *, column, &key->columns) {
		lx_c_print(text, column_i ? ", " : "");
		lx_page_code(text, column->name);
	}
}

static void write_key(struct lx_c_text *text, const char *what, const struct lx_c_key *key)
{
	lx_c_print(text, "- %t ", what);
	write_columns(text, key);
	lx_c_print(text, ": ");
	lx_page_code(text, key->function);
	if (key->upsert) {
		lx_c_print(text, ", ");
		lx_page_code(text, key->upsert);
	}
	lx_c_print(text, "\n");
}

static void write_model(struct lx_c_text *text, const struct lx_c_model *model)
{
	lx_c_print(text, "[");
	lx_page_text(text, model->type);
	lx_c_print(text, "](%i.md)", model->file);
}

static bool has_columns(const struct lx_c_key *key, const struct lx_vec *names)
{
	bool is_same = key->columns.length == names->length;
	for (size_t i = 0; is_same && i < names->length; i++)
		is_same = strcmp(((const struct lx_c_column *)key->columns.items[i])->name, names->items[i]) == 0;
	return is_same;
}

/* What a reference does when the row that it refers to goes; nothing to say of the rest. */
static const char *const deletions[] = {[LX_CASCADE] = ", goes with it",
					[LX_SET_NULL] = ", NULL without it",
					[LX_SET_DEFAULT] = ", the default without it"};

static void write_foreign_key(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model,
			      const struct lx_foreign_key *foreign_key)
{
	const struct lx_c_model *parent = lx_c_model_of(plan, foreign_key->target);
	size_t action = (size_t)foreign_key->on_delete;
	lx_c_print(text, "- ");
	LX_EACH (const char *, name, &foreign_key->columns) {
		lx_c_print(text, name_i ? ", " : "");
		lx_page_code(text, name);
	}
	lx_c_print(text, " refers to ");
	if (parent)
		write_model(text, parent);
	else
		lx_page_code(text, foreign_key->target->name);
	if (action < sizeof deletions / sizeof *deletions && deletions[action])
		lx_c_print(text, "%t", deletions[action]);
	const char *separator = ": ";
	LX_EACH (const struct lx_c_key *, list, &model->lists) {
		if (!has_columns(list, &foreign_key->columns))
			continue;
		lx_c_print(text, "%t", separator);
		lx_page_code(text, list->function);
		separator = ", ";
	}
	LX_EACH (const struct lx_c_relation *, relation, &model->relations) {
		if (relation->child != model || !has_columns(relation->list, &foreign_key->columns) ||
		    relation->parent != parent)
			continue;
		lx_c_print(text, "%t", separator);
		lx_page_code(text, relation->load_one);
		separator = ", ";
	}
	lx_c_print(text, "\n");
}

static void write_index(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_index *index)
{
	struct lx_sql sql = {.arena = plan->arena, .text = LX_BUFFER_INIT};
	lx_sql_name(&sql, index->method ? index->method : "btree");
	lx_sql_raw(&sql, " (");
	lx_sql_elements(&sql, &index->elements);
	lx_sql_raw(&sql, ")");
	if (index->where.text) {
		lx_sql_raw(&sql, " WHERE ");
		lx_sql_raw(&sql, index->where.text);
	}
	lx_c_print(text, "- %tindex ", index->is_unique ? "unique " : "");
	lx_page_code(text, lx_buffer_text(&sql.text));
	lx_c_print(text, "\n");
	lx_buffer_free(&sql.text);
}

void lx_page_keys(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	size_t before = text->out.length;
	if (model->primary_key)
		write_key(text, "primary key", model->primary_key);
	LX_EACH (const struct lx_c_key *, key, &model->uniques)
		write_key(text, "unique", key);
	LX_EACH (const struct lx_object *, child, &model->object->children)
		if (child->kind == LX_KIND_FOREIGN_KEY)
			write_foreign_key(text, plan, model, (const struct lx_foreign_key *)child);
	LX_EACH (const struct lx_c_relation *, relation, &model->relations) {
		if (relation->parent != model)
			continue;
		lx_c_print(text, "- has many ");
		write_model(text, relation->child);
		lx_c_print(text, " by ");
		write_columns(text, relation->list);
		lx_c_print(text, ": ");
		lx_page_code(text, relation->load_many);
		lx_c_print(text, "\n");
	}
	LX_EACH (const struct lx_object *, child, &model->object->children)
		if (child->kind == LX_KIND_INDEX)
			write_index(text, plan, (const struct lx_index *)child);
	if (text->out.length > before)
		lx_c_print(text, "\n");
}
