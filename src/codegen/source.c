/* The source of a model: its tables, and functions that hand them to the runtime.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "codegen/write.h"
#include "kinds/column/column.h"
#include "sql/emit.h"

static void write_offset(struct lx_c_text *text, const char *type, bool is_there, const char *field)
{
	if (is_there)
		lx_c_print(text, "offsetof(%i, %i),", type, field);
	else
		lx_c_print(text, "LEXO_NOWHERE,");
}

static void write_flags(struct lx_c_text *text, const struct lx_c_column *column)
{
	const struct {
		bool is_set;
		const char *name;
	} flags[] = {
	    {column->is_nullable, "LEXO_NULLABLE"},
	    {column->type.is_array, "LEXO_ARRAY"},
	    {column->type.is_as_text, "LEXO_AS_TEXT"},
	    {column->is_optional, "LEXO_OPTIONAL"},
	    {column->is_secret, "LEXO_SECRET"},
	    {column->is_ordered, "LEXO_ORDERED"},
	    {column->has_default, "LEXO_DEFAULT"},
	    {column->is_version, "LEXO_VERSION"},
	    {column->type.is_multirange, "LEXO_MULTIRANGE"},
	};
	const char *separator = "";
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
		if (!flags[i].is_set)
			continue;
		lx_c_print(text, "%t%t", separator, flags[i].name);
		separator = " | ";
	}
	lx_c_print(text, *separator ? "" : "0");
}

void lx_c_write_column(struct lx_c_text *text, const struct lx_c_column *column, const char *row, const char *insert,
		       const char *patch)
{
	struct lx_buffer name = LX_BUFFER_INIT;
	lx_quote_name(&name, column->name);
	lx_c_print(text, "\t{%q, ", lx_buffer_text(&name));
	lx_buffer_free(&name);
	if (column->type.labels)
		lx_c_print(text, "{&%i}, ", column->type.labels->table);
	else if (column->type.composite)
		lx_c_print(text, "{.composite = &%i}, ", column->type.composite->table);
	else
		lx_c_print(text, "{NULL}, ");
	lx_c_print(text, "%u, %u,", column->type.oid, column->type.element_oid);
	lx_c_print(text, "\n\t ");
	write_offset(text, row, column->is_in_row, column->field);
	lx_c_print(text, "\n\t ");
	write_offset(text, insert, column->is_in_insert, column->field);
	lx_c_print(text, "\n\t ");
	write_offset(text, patch, column->is_in_patch, column->field);
	lx_c_print(text, "\n\t ");
	lx_c_print(text, "%t, ", column->type.codec);
	write_flags(text, column);
	lx_c_print(text, "},\n");
}

static void write_columns(struct lx_c_text *text, const struct lx_c_model *model)
{
	lx_c_print(text, "static const lexo_column lexo_columns[] = {\n");
	LX_EACH (const struct lx_c_column *, column, &model->columns)
		lx_c_write_column(text, column, model->type, model->insert, model->patch);
	if (!model->columns.length) /* arrays must have elements */
		lx_c_print(text, "\t{NULL, {NULL}, 0, 0, LEXO_NOWHERE, LEXO_NOWHERE, LEXO_NOWHERE, 0, 0},\n");
	lx_c_print(text, "};\n");
}

static unsigned number_of(const struct lx_c_model *model, const struct lx_c_column *column)
{
	unsigned i = 0;
	while (model->columns.items[i] != column)
		i++;
	return i;
}

/* What the keys of get_many are cast to, where no OID says it. */
static void write_array_type(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_key *key)
{
	const struct lx_c_column *column = key->columns.items[0];
	if (key->columns.length != 1 || column->type.oid || column->type.is_array) {
		lx_c_print(text, "NULL");
		return;
	}
	struct lx_sql sql = {.arena = plan->arena, .text = LX_BUFFER_INIT};
	lx_sql_type(&sql, &((const struct lx_column *)column->object)->type);
	lx_sql_raw(&sql, "[]");
	lx_c_print(text, "%q", lx_buffer_text(&sql.text));
	lx_buffer_free(&sql.text);
}

static void write_key(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model,
		      const struct lx_c_key *key)
{
	const char *separator = "";
	lx_c_print(text, "static const uint16_t %i_columns[] = {", key->table);
	LX_EACH (const struct lx_c_column *, column, &key->columns) {
		lx_c_print(text, "%t%u", separator, number_of(model, column));
		separator = ", ";
	}
	lx_c_print(text, "};\nstatic const lexo_key %i = {%q, %i_columns, %u, ", key->table, key->verb, key->table,
		   (unsigned)key->columns.length);
	write_array_type(text, plan, key);
	lx_c_print(text, "};\n");
}

static void write_table(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model,
			struct lx_buffer *scratch)
{
	lx_buffer_clear(scratch);
	if (model->object->schema) {
		lx_quote_name(scratch, model->object->schema);
		lx_buffer_char(scratch, '.');
	}
	lx_quote_name(scratch, model->object->name);
	lx_c_print(text, "static const lexo_model lexo_table = {\n\t.name = %q,\n\t.relation = %q,\n", model->type,
		   lx_buffer_text(scratch));
	lx_c_print(text, "\t.catalog = &%i_catalog,\n\t.columns = lexo_columns,\n", plan->prefix);
	if (model->primary_key)
		lx_c_print(text, "\t.primary_key = &%i,\n", model->primary_key->table);
	lx_c_print(text, "\t.column_count = %u,\n\t.row_size = sizeof(%i),\n", (unsigned)model->columns.length,
		   model->type);
	if (model->has_insert)
		lx_c_print(text, "\t.insert_size = sizeof(%i),\n", model->insert);
	lx_c_print(text, "\t.mask_size = %u,\n", model->mask_bits / 8);
	lx_c_print(text, "\t.patch_set = ");
	write_offset(text, model->patch, model->has_patch, "set");
	lx_c_print(text, "\n\t.insert_nulls = ");
	write_offset(text, model->insert, model->has_null_columns, "null_columns");
	lx_c_print(text, "\n};\n");
}

static void begin_function(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model,
			   enum lx_c_function function, const struct lx_c_key *key)
{
	const char *separator = "";
	lx_c_print(text, "\n");
	lx_c_write_signature(text, plan->arena, model, function, key);
	lx_c_print(text, "\n{\n");
	if (!key)
		return;
	lx_c_print(text, "\tconst void *const lexo_values[] = {");
	LX_EACH (const struct lx_c_column *, column, &key->columns) {
		lx_c_print(text, "%t&%i", separator, lx_c_parameter(plan->arena, key, column));
		separator = ", ";
	}
	lx_c_print(text, "};\n");
}

static void write_get(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model,
		      const struct lx_c_key *key)
{
	begin_function(text, plan, model, LX_C_GET, key);
	lx_c_print(text, "\treturn lexo_bind_get(db, &lexo_table, &%i, lexo_values, arena, out);\n}\n", key->table);
}

static void write_functions(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	if (model->has_insert) {
		begin_function(text, plan, model, LX_C_INSERT, NULL);
		lx_c_print(text, "\treturn lexo_bind_insert(db, &lexo_table, in, arena, out);\n}\n");
	}
	if (model->primary_key)
		write_get(text, plan, model, model->primary_key);
	LX_EACH (const struct lx_c_key *, key, &model->uniques)
		write_get(text, plan, model, key);
	if (model->has_patch) {
		begin_function(text, plan, model, LX_C_UPDATE, model->primary_key);
		lx_c_print(text, "\treturn lexo_bind_update(db, &lexo_table, lexo_values, patch, arena, out);\n}\n");
	}
	if (model->primary_key) {
		begin_function(text, plan, model, LX_C_DELETE, model->primary_key);
		lx_c_print(text, "\treturn lexo_bind_delete(db, &lexo_table, lexo_values);\n}\n");
	}
	LX_EACH (const struct lx_c_key *, key, &model->lists) {
		begin_function(text, plan, model, LX_C_LIST, key);
		lx_c_print(text, "\treturn lexo_bind_list(db, &lexo_table, &%i, lexo_values, limit, arena, out);\n}\n",
			   key->table);
	}
	begin_function(text, plan, model, LX_C_FIND, NULL);
	lx_c_print(text, "\tconst lexo_query all = lexo_query_of(query);\n"
			 "\treturn lexo_bind_find(db, &lexo_table, &all, arena, out);\n}\n");
	lx_c_write_query_functions(text, model, false);
	lx_c_write_many(text, model, false);
}

void lx_c_write_source(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	struct lx_buffer scratch = LX_BUFFER_INIT;
	lx_c_print(text, "/* Generated by lexo; do not edit. */\n#include \"%i.h\"\n\n#include <lexo/bind.h>\n",
		   model->file);
	if (model->relations.length)
		lx_c_print(text, "\n");
	lx_c_write_relation_includes(text, model);
	lx_c_print(text, "\n");
	write_columns(text, model);
	if (model->primary_key)
		write_key(text, plan, model, model->primary_key);
	LX_EACH (const struct lx_c_key *, key, &model->uniques)
		write_key(text, plan, model, key);
	LX_EACH (const struct lx_c_key *, key, &model->lists)
		write_key(text, plan, model, key);
	write_table(text, plan, model, &scratch);
	lx_c_write_query_of(text, model);
	write_functions(text, plan, model);
	lx_c_write_relations(text, model, false);
	lx_buffer_free(&scratch);
}
