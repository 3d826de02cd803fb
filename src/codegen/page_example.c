/* The example on a model's page: a function that stores a row, finds it, changes it, and loads what belongs to it, as
 * far as the model has that.  It compiles as it stands.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "codegen/write.h"

/* A value of each codec. */
static const struct {
	const char *codec, *value;
} samples[] = {
    {"LEXO_CODEC_BOOL", "true"},
    {"LEXO_CODEC_I16", "1"},
    {"LEXO_CODEC_I32", "1"},
    {"LEXO_CODEC_I64", "1"},
    {"LEXO_CODEC_U32", "1"},
    {"LEXO_CODEC_F32", "1"},
    {"LEXO_CODEC_F64", "1"},
    {"LEXO_CODEC_TEXT", "LEXO_S(\"text\")"},
    {"LEXO_CODEC_BYTES", "{(const uint8_t *)\"bytes\", 5}"},
    {"LEXO_CODEC_JSON", "{\"{}\", 2}"},
    {"LEXO_CODEC_JSONB", "{\"{}\", 2}"},
    {"LEXO_CODEC_UUID", "{{1}}"},
    {"LEXO_CODEC_TS", "lexo_now()"},
    {"LEXO_CODEC_INET", "{.family = 4, .bits = 32}"},
    {"LEXO_CODEC_I32_RANGE", "{.is_empty = true}"},
    {"LEXO_CODEC_I64_RANGE", "{.is_empty = true}"},
    {"LEXO_CODEC_DATE_RANGE", "{.is_empty = true}"},
    {"LEXO_CODEC_TS_RANGE", "{.is_empty = true}"},
    {"LEXO_CODEC_NUM_RANGE", "{.is_empty = true}"},
    {"LEXO_CODEC_NUMERIC", "LEXO_S(\"1\")"},
};

static void write_sample(struct lx_c_text *text, const struct lx_c_type *type);

static void write_members(struct lx_c_text *text, const struct lx_c_composite *composite)
{
	LX_EACH (const struct lx_c_column *, column, &composite->fields) {
		bool is_opt = column->type.nullable != column->type.plain;
		lx_c_print(text, "%t.%i = %t", column_i ? ", " : "{", column->field,
			   is_opt ? "{.has = true, .v = " : "");
		write_sample(text, &column->type);
		lx_c_print(text, is_opt ? "}" : "");
	}
	lx_c_print(text, "}");
}

static void write_sample(struct lx_c_text *text, const struct lx_c_type *type)
{
	if (type->labels && !type->is_array && type->labels->constants.length) {
		lx_c_print(text, "%i", (const char *)type->labels->constants.items[0]);
		return;
	}
	if (type->composite && !type->is_array) {
		write_members(text, type->composite);
		return;
	}
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		if (!type->is_array && strcmp(samples[i].codec, type->codec) == 0) {
			lx_c_print(text, "%t", samples[i].value);
			return;
		}
	}
	lx_c_print(text, type->labels && !type->is_array ? "0" : "{0}");
}

static bool write_insert(struct lx_c_text *text, const struct lx_c_model *model)
{
	bool is_empty = true;
	if (!model->has_insert)
		return false;
	lx_c_print(text, "\tconst %i in = {", model->insert);
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_insert || column->is_optional)
			continue;
		lx_c_print(text, "%t\n\t\t.%i = ", is_empty ? "" : ",", column->field);
		write_sample(text, &column->type);
		is_empty = false;
	}
	lx_c_print(text, is_empty ? "0};\n" : ",\n\t};\n");
	return true;
}

/* The arguments that say which row: those of the key, out of the row. */
static bool has_key_in_row(const struct lx_c_model *model)
{
	if (!model->primary_key)
		return false;
	LX_EACH (const struct lx_c_column *, column, &model->primary_key->columns)
		if (!column->is_in_row || column->is_nullable)
			return false;
	return true;
}

static void write_key(struct lx_c_text *text, const struct lx_c_model *model)
{
	LX_EACH (const struct lx_c_column *, column, &model->primary_key->columns)
		lx_c_print(text, ", row.%i", column->field);
}

static bool is_in(const struct lx_c_key *key, const struct lx_c_column *column)
{
	LX_EACH (const struct lx_c_column *, other, &key->columns)
		if (other == column)
			return true;
	return false;
}

static bool is_in_any(const struct lx_vec *keys, const struct lx_c_column *column)
{
	LX_EACH (const struct lx_c_key *, key, keys)
		if (is_in(key, column))
			return true;
	return false;
}

/* A column to change: neither the key nor the counter, and no reference where there is another. */
static const struct lx_c_column *changed_column(const struct lx_c_model *model)
{
	const struct lx_c_column *first = NULL;
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_patch || !column->is_in_row || column->is_version ||
		    is_in(model->primary_key, column))
			continue;
		if (!is_in_any(&model->lists, column) && !is_in_any(&model->uniques, column))
			return column;
		first = first ? first : column;
	}
	return first;
}

static void write_update(struct lx_c_text *text, const struct lx_c_model *model)
{
	const struct lx_c_column *changed = model->has_patch && has_key_in_row(model) ? changed_column(model) : NULL;
	if (!changed)
		return;
	lx_c_print(text, "\n\t/* changed: the columns that the patch names, and no others */\n\t%i patch = {0};\n",
		   model->patch);
	lx_c_print(text, "\t%i_%i(&patch, row.%i);\n", model->patch, changed->field, changed->field);
	LX_EACH (const struct lx_c_column *, column, &model->columns)
		if (column->is_version && column->is_in_row && column->is_in_patch)
			lx_c_print(text, "\t%i_%i(&patch, row.%i);\n", model->patch, column->field, column->field);
	lx_c_print(text, "\tif (rc == LEXO_OK)\n\t\trc = %iupdate(db", model->prefix);
	write_key(text, model);
	lx_c_print(text, ", &patch, arena, &row);\n");
}

static void write_find(struct lx_c_text *text, const struct lx_c_model *model)
{
	const struct lx_c_column *by = NULL, *with = NULL;
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_row || !column->is_ordered)
			continue;
		by = by ? by : column;
		bool is_value = !column->is_nullable && !column->type.is_array && column->type.is_ordered;
		if (is_value && !(model->primary_key && is_in(model->primary_key, column)))
			with = with ? with : column;
	}
	lx_c_print(text, "\n\t/* the first ten%t%t */\n", with ? " of those that are alike" : "",
		   by ? ", in an order" : "");
	if (with)
		lx_c_print(text, "\tconst %i where[] = {%i_%i_eq(row.%i)};\n", model->where, model->where, with->field,
			   with->field);
	lx_c_print(text, "\tconst %i query = {%t", model->query, with ? "LEXO_WHERE(where), " : "");
	if (by)
		lx_c_print(text, ".order = %iBY_%i, ", model->upper, by->constant + strlen(model->upper));
	lx_c_print(text, ".limit = 10};\n\tif (rc == LEXO_OK)\n\t\trc = %ifind(db, &query, arena, &rows);\n",
		   model->prefix);
}

static void write_loads(struct lx_c_text *text, const struct lx_c_model *model)
{
	static const char call[] = "\tif (rc == LEXO_OK)\n\t\trc = %i(db, &row, 1, %tarena, &%t_%u);\n";
	LX_EACH (const struct lx_c_relation *, relation, &model->relations) {
		unsigned number = (unsigned)relation_i;
		if (relation->child == model) {
			lx_c_print(
			    text,
			    "\n\t/* what it belongs to: one query for however many rows */\n\tconst %i *owner_%u;\n",
			    relation->parent->type, number);
			lx_c_print(text, call, relation->load_one, "", "owner", number);
		}
		if (relation->parent == model) {
			lx_c_print(text,
				   "\n\t/* what belongs to it: one query for however many rows */\n\t%i members_%u;\n",
				   relation->child->rows, number);
			lx_c_print(text, call, relation->load_many, "NULL, ", "members", number);
		}
	}
}

void lx_c_write_example(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	bool has_key = has_key_in_row(model);
	lx_c_print(text, "#include \"%i_models.h\"\n\nlexo_rc example(lexo_db *db, lexo_arena *arena);\n\n",
		   plan->prefix);
	lx_c_print(text, "lexo_rc example(lexo_db *db, lexo_arena *arena)\n{\n\t%i row = {0};\n\t%i rows;\n",
		   model->type, model->rows);
	if (write_insert(text, model))
		lx_c_print(text, "\tlexo_rc rc = %iinsert(db, &in, arena, &row);\n", model->prefix);
	else
		lx_c_print(text, "\tlexo_rc rc = %ifind_one(db, NULL, arena, &row);\n", model->prefix);
	if (has_key) {
		lx_c_print(text,
			   "\n\t/* LEXO_NOT_FOUND is an answer, not a failure */\n\tif (rc == LEXO_OK)\n\t\trc = %i(db",
			   model->primary_key->function);
		write_key(text, model);
		lx_c_print(text, ", arena, &row);\n");
	}
	write_update(text, model);
	write_find(text, model);
	write_loads(text, model);
	lx_c_print(text, "\treturn rc;\n}\n");
}
