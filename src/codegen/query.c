/* What finds rows: predicates, the query struct, and the functions that take it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "codegen/write.h"

/* --- predicates --------------------------------------------------------------------------------------------------- */

/* The member of lexo_value for each codec; of a range, the C type and the member of its values. */
struct member {
	const char *codec, *name, *element, *element_name;
};
static const struct member members[] = {
    {"LEXO_CODEC_TEXT", "v_str", NULL, NULL},
    {"LEXO_CODEC_BOOL", "v_bool", NULL, NULL},
    {"LEXO_CODEC_I16", "v_i16", NULL, NULL},
    {"LEXO_CODEC_I32", "v_i32", NULL, NULL},
    {"LEXO_CODEC_I64", "v_i64", NULL, NULL},
    {"LEXO_CODEC_U32", "v_u32", NULL, NULL},
    {"LEXO_CODEC_F32", "v_f32", NULL, NULL},
    {"LEXO_CODEC_F64", "v_f64", NULL, NULL},
    {"LEXO_CODEC_UUID", "v_uuid", NULL, NULL},
    {"LEXO_CODEC_DATE", "v_date", NULL, NULL},
    {"LEXO_CODEC_TS", "v_ts", NULL, NULL},
    {"LEXO_CODEC_BYTES", "v_bytes", NULL, NULL},
    {"LEXO_CODEC_JSON", "v_json", NULL, NULL},
    {"LEXO_CODEC_TIME", "v_time", NULL, NULL},
    {"LEXO_CODEC_INTERVAL", "v_interval", NULL, NULL},
    {"LEXO_CODEC_INET", "v_inet", NULL, NULL},
    {"LEXO_CODEC_I32_RANGE", "v_i32_range", "int32_t", "v_i32"},
    {"LEXO_CODEC_I64_RANGE", "v_i64_range", "int64_t", "v_i64"},
    {"LEXO_CODEC_DATE_RANGE", "v_date_range", "lexo_date", "v_date"},
    {"LEXO_CODEC_TS_RANGE", "v_ts_range", "lexo_ts", "v_ts"},
    {"LEXO_CODEC_NUMERIC", "v_str", NULL, NULL},
    {"LEXO_CODEC_NUM_RANGE", "v_num_range", "lexo_str", "v_str"},
};

static const struct member *member_of(const struct lx_c_type *type)
{
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		if (strcmp(members[i].codec, type->codec) == 0)
			return &members[i];
	return NULL;
}

/* A line that expands to the functions for COLUMN; the rest of the macro's arguments follow. */
static void begin_macro(struct lx_c_text *text, const struct lx_c_model *model, const char *macro,
			const struct lx_c_column *column, unsigned number)
{
	lx_c_print(text, "LEXO_WHERE_%t(%i, %i, %u", macro, model->where, column->field, number);
}

static void write_predicates(struct lx_c_text *text, const struct lx_c_model *model, const struct lx_c_column *column,
			     unsigned number)
{
	const struct lx_c_type *type = &column->type;
	const struct member *member = member_of(type);
	if (strcmp(type->codec, "LEXO_CODEC_JSONB") == 0 && !type->is_array) {
		begin_macro(text, model, "JSONB", column, number);
		lx_c_print(text, ")\n");
	} else if (type->is_ordered && type->is_array) {
		begin_macro(text, model, "ARRAY", column, number);
		lx_c_print(text, ", %t)\n", type->plain);
	} else if (type->is_ordered && type->labels) {
		begin_macro(text, model, "LABEL", column, number);
		lx_c_print(text, ", %t)\n", type->plain);
	} else if (type->is_ordered && member) {
		begin_macro(text, model, "VALUE", column, number);
		lx_c_print(text, ", %t, %t)\n", type->plain, member->name);
	}
	if (member && member->element && !type->is_array) {
		begin_macro(text, model, "RANGE", column, number);
		lx_c_print(text, ", %t, %t, %t, %t)\n", type->plain, member->name, member->element,
			   member->element_name);
	}
	if (member && member->element && type->is_multirange) {
		begin_macro(text, model, "HOLDS", column, number);
		lx_c_print(text, ", %t, %t)\n", member->element, member->element_name);
	}
	if (type->is_textual && !type->is_array) {
		begin_macro(text, model, "TEXT", column, number);
		lx_c_print(text, ")\n");
	}
	if (column->is_nullable) {
		begin_macro(text, model, "NULL", column, number);
		lx_c_print(text, ")\n");
	}
}

static void write_where(struct lx_c_text *text, const struct lx_c_model *model)
{
	lx_c_print(
	    text,
	    "/* What rows are asked for.  The functions that make one are called %i_COLUMN_OPERATION: lexo/model.h\n"
	    " * lists them. */\ntypedef struct %i {\n\tlexo_pred p;\n} %i;\n",
	    model->where, model->where, model->where);
	lx_c_print(text, "LEXO_WHERE_GROUPS(%i)\n", model->where);
	LX_EACH (const struct lx_c_column *, column, &model->columns)
		if (column->is_in_row)
			write_predicates(text, model, column, (unsigned)column_i);
	lx_c_print(text, "\n");
}

/* --- the query ---------------------------------------------------------------------------------------------------- */

void lx_c_write_mask(struct lx_c_text *text, const struct lx_c_model *model, const char *name)
{
	if (model->mask_bits == 32)
		lx_c_print(text, "\tuint32_t %t;\n", name);
	else if (model->mask_bits == 64)
		lx_c_print(text, "\tuint64_t %t;\n", name);
	else
		lx_c_print(text, "\tuint64_t %t[%u];\n", name, model->mask_bits / 64);
}

static void write_orders(struct lx_c_text *text, const struct lx_c_model *model)
{
	lx_c_print(text, "typedef enum %i {\n\t%iUNORDERED = 0,\n", model->order, model->upper);
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		if (!column->is_in_row || !column->is_ordered)
			continue;
		const char *name = column->constant + strlen(model->upper);
		unsigned number = (unsigned)column_i;
		lx_c_print(text, "\t%iBY_%i = %u,\n\t%iBY_%i_DESC = %u,\n", model->upper, name, 2 * number + 1,
			   model->upper, name, 2 * number + 2);
	}
	lx_c_print(text, "} %i;\n\n", model->order);
}

void lx_c_write_query(struct lx_c_text *text, const struct lx_c_model *model)
{
	write_where(text, model);
	write_orders(text, model);
	lx_c_print(text, "typedef struct %i {\n\tconst %i *where; /* all of them hold; see LEXO_WHERE() */\n",
		   model->query, model->where);
	lx_c_print(text, "\tsize_t where_count;\n\t%i order;%t\n", model->order,
		   model->primary_key ? " /* the primary key breaks ties */" : "");
	if (model->primary_key)
		lx_c_print(text, "\tconst %i *after; /* the last row of the page before; needs an order */\n",
			   model->type);
	lx_c_print(text, "\tuint32_t limit; /* 0: all */\n\tuint32_t offset;\n");
	lx_c_print(text, "\tlexo_lock lock; /* of the rows, until the transaction ends */\n"
			 "\t/* columns that are not fetched: they stay zero */\n");
	lx_c_write_mask(text, model, "omit");
	lx_c_print(text, "} %i;\n\n", model->query);
}

/* --- functions ---------------------------------------------------------------------------------------------------- */

/* As the runtime takes it. */
void lx_c_write_query_of(struct lx_c_text *text, const struct lx_c_model *model)
{
	lx_c_print(text,
		   "\nstatic lexo_query lexo_query_of(const %i *query)\n{\n"
		   "\tlexo_query all = {NULL, 0, NULL, NULL, 0, 0, 0, 0};\n\tif (!query)\n\t\treturn all;\n",
		   model->query);
	lx_c_print(text, "\tall.where = (const lexo_pred *)(const void *)query->where;\n"
			 "\tall.where_count = query->where_count;\n");
	if (model->primary_key)
		lx_c_print(text, "\tall.after = query->after;\n");
	lx_c_print(text,
		   "\tall.omit = %tquery->omit;\n\tall.order = (uint32_t)query->order;\n\tall.limit = query->limit;\n"
		   "\tall.offset = query->offset;\n\tall.lock = (uint32_t)query->lock;\n\treturn all;\n}\n",
		   model->mask_bits > 64 ? "" : "&");
}

static void finish(struct lx_c_text *text, bool is_header, const char *call)
{
	if (is_header)
		lx_c_print(text, " LEXO_MUST_CHECK;\n");
	else
		lx_c_print(text, "\n{\n\tconst lexo_query all = lexo_query_of(query);\n\treturn %t;\n}\n", call);
}

static void say(struct lx_c_text *text, bool is_header, const char *comment)
{
	if (is_header)
		lx_c_print(text, "/* %t */\n", comment);
	else
		lx_c_print(text, "\n");
}

void lx_c_write_query_functions(struct lx_c_text *text, const struct lx_c_model *model, bool is_header)
{
	say(text, is_header, "The first row of the query.");
	lx_c_print(text, "lexo_rc %ifind_one(lexo_db *db, const %i *query, lexo_arena *arena,\n\t%i *out)",
		   model->prefix, model->query, model->type);
	finish(text, is_header, "lexo_bind_find_one(db, &lexo_table, &all, arena, out)");
	say(text, is_header, "QUERY may be NULL; its order does not matter, its limit is the most that is counted.");
	lx_c_print(text, "lexo_rc %icount(lexo_db *db, const %i *query, int64_t *out)", model->prefix, model->query);
	finish(text, is_header, "lexo_bind_count(db, &lexo_table, &all, out)");
	if (model->has_patch) {
		say(text, is_header,
		    "Every row that the predicates of QUERY hold for; without any it is LEXO_E_MISUSE.  COUNT may be "
		    "NULL.");
		lx_c_print(text,
			   "lexo_rc %iupdate_where(lexo_db *db, const %i *query, const %i *patch,\n\tint64_t *count)",
			   model->prefix, model->query, model->patch);
		finish(text, is_header, "lexo_bind_update_where(db, &lexo_table, &all, patch, count)");
	}
	if (model->is_view)
		return;
	say(text, is_header, "The same.");
	lx_c_print(text, "lexo_rc %idelete_where(lexo_db *db, const %i *query, int64_t *count)", model->prefix,
		   model->query);
	finish(text, is_header, "lexo_bind_delete_where(db, &lexo_table, &all, count)");
}
