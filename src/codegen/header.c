/* The header of a model.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "codegen/write.h"

void lx_c_write_member(struct lx_c_text *text, const struct lx_c_column *column, bool is_nullable, bool has_doc)
{
	if (has_doc)
		lx_c_doc(text, 1, column->comment, column->deprecated);
	lx_c_print(text, "\t%t %i;\n", is_nullable ? column->type.nullable : column->type.plain, column->field);
}

/* Structs must have members in C. */
static void write_filler(struct lx_c_text *text, bool is_empty)
{
	if (is_empty)
		lx_c_print(text, "\tunsigned char unused_;\n");
}

void lx_c_write_row(struct lx_c_text *text, const struct lx_c_model *model)
{
	bool is_empty = true;
	lx_c_doc(text, 0, model->object->comment, model->object->deprecated);
	lx_c_print(text, "typedef struct %i {\n", model->type);
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_row)
			continue;
		lx_c_write_member(text, column, column->is_nullable, true);
		is_empty = false;
	}
	write_filler(text, is_empty);
	lx_c_print(text, "} %i;\n\ntypedef struct %i {\n\t%i *items;\n\tsize_t len;\n} %i;\n\n", model->type,
		   model->rows, model->type, model->rows);
}

void lx_c_write_insert(struct lx_c_text *text, const struct lx_c_model *model)
{
	bool is_empty = !model->has_null_columns, has_optional = false;
	lx_c_print(text, "/* For an insert. */\ntypedef struct %i {\n", model->insert);
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_insert || column->is_optional)
			continue;
		lx_c_write_member(text, column, false, false);
		is_empty = false;
	}
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_insert || !column->is_optional)
			continue;
		if (!has_optional)
			lx_c_print(text, "\t/* absent (zero): the column's default, or NULL */\n");
		has_optional = true;
		lx_c_write_member(text, column, true, false);
		is_empty = false;
	}
	if (model->has_null_columns) {
		lx_c_print(text, "\t/* absent columns that shall be NULL and not their default */\n");
		lx_c_write_mask(text, model, "null_columns");
	}
	write_filler(text, is_empty);
	lx_c_print(text, "} %i;\n\n", model->insert);
}

static void write_constants(struct lx_c_text *text, const struct lx_c_model *model)
{
	bool is_open = false;
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		unsigned bit = (unsigned)column_i;
		if (!column->has_constant)
			continue;
		if (model->mask_bits == 64) { /* too wide for enumeration constants */
			lx_c_print(text, "#define %i (UINT64_C(1) << %u)\n", column->constant, bit);
			is_open = true;
			continue;
		}
		if (!is_open)
			lx_c_print(text, "enum {\n");
		is_open = true;
		lx_c_print(text, model->mask_bits == 32 ? "\t%i = 1 << %u,\n" : "\t%i = %u, /* number of a bit */\n",
			   column->constant, bit);
	}
	if (is_open)
		lx_c_print(text, model->mask_bits == 64 ? "\n" : "};\n\n");
}

static void write_patch(struct lx_c_text *text, const struct lx_c_model *model)
{
	lx_c_print(text,
		   "/* For an update: columns whose bit is set are written; %i_COLUMN(&patch, value) sets both. */\n"
		   "typedef struct %i {\n",
		   model->patch, model->patch);
	lx_c_write_mask(text, model, "set");
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_patch)
			continue;
		if (column->is_version)
			lx_c_print(
			    text,
			    "\t/* of the row that is changed, always to be set; LEXO_STALE when it has another */\n");
		lx_c_write_member(text, column, column->is_nullable, false);
	}
	lx_c_print(text, "} %i;\n\n", model->patch);
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_patch)
			continue;
		const char *type = column->is_nullable ? column->type.nullable : column->type.plain;
		if (model->mask_bits > 64)
			lx_c_print(text, "LEXO_PATCH_WORD(%i, %i, %t, %u, %u)\n", model->patch, column->field, type,
				   (unsigned)column_i / 64, (unsigned)column_i % 64);
		else
			lx_c_print(text, "LEXO_PATCH(%i, %i, %t, %i)\n", model->patch, column->field, type,
				   column->constant);
	}
	lx_c_print(text, "\n");
}

static void write_function(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model,
			   enum lx_c_function function, const struct lx_c_key *key)
{
	lx_c_write_signature(text, plan->arena, model, function, key);
	lx_c_print(text, " LEXO_MUST_CHECK;\n");
}

void lx_c_write_functions(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	if (model->has_insert) {
		lx_c_print(text, "/* OUT may be NULL. */\n");
		write_function(text, plan, model, LX_C_INSERT, NULL);
	}
	if (model->primary_key)
		write_function(text, plan, model, LX_C_GET, model->primary_key);
	LX_EACH (const struct lx_c_key *, key, &model->uniques)
		write_function(text, plan, model, LX_C_GET, key);
	if (model->has_patch) {
		lx_c_print(text, "/* OUT may be NULL. */\n");
		write_function(text, plan, model, LX_C_UPDATE, model->primary_key);
	}
	if (model->primary_key)
		write_function(text, plan, model, LX_C_DELETE, model->primary_key);
	LX_EACH (const struct lx_c_key *, key, &model->lists) {
		lx_c_print(text, "/* In the order of the primary key; LIMIT 0: all. */\n");
		write_function(text, plan, model, LX_C_LIST, key);
	}
	lx_c_print(text, "/* QUERY may be NULL: every row. */\n");
	write_function(text, plan, model, LX_C_FIND, NULL);
	lx_c_write_query_functions(text, model, true);
	lx_c_write_many(text, model, true);
	lx_c_write_relations(text, model, true);
}

void lx_c_write_header(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	const struct lx_object *object = model->object;
	lx_c_print(text, "/* Generated by lexo; do not edit.  %t %c of the schema %c. */\n",
		   model->is_view ? "View" : "Table", object->name, object->schema ? object->schema : "public");
	lx_c_print(text, "#ifndef %i\n#define %i\n#include <lexo/model.h>\n\n#include \"%i_types.h\"\n\n", model->guard,
		   model->guard, plan->prefix);
	lx_c_print(text, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
	lx_c_write_row(text, model);
	if (model->has_insert)
		lx_c_write_insert(text, model);
	write_constants(text, model);
	if (model->has_patch)
		write_patch(text, model);
	lx_c_write_query(text, model);
	lx_c_write_functions(text, plan, model);
	lx_c_print(text, "\n#ifdef __cplusplus\n}\n#endif\n#endif\n");
}
