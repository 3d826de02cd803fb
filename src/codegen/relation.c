/* Functions over relations: declared and defined with the model whose rows they load.  Of the other model the header
 * needs no more than that there is such a struct, so that one model's header stays one model's.
 * SPDX-License-Identifier: Apache-2.0 */
#include "codegen/write.h"

static const struct lx_c_column *column_of(const struct lx_c_key *key)
{
	return key->columns.items[0];
}

static const struct lx_c_model *other_of(const struct lx_c_relation *relation, const struct lx_c_model *model)
{
	return relation->child == model ? relation->parent : relation->child;
}

/* Calls WRITE once for each other model that MODEL has a relation with. */
static void each_other(struct lx_c_text *text, const struct lx_c_model *model,
		       void (*write)(struct lx_c_text *text, const struct lx_c_model *other))
{
	LX_EACH (const struct lx_c_relation *, relation, &model->relations) {
		const struct lx_c_model *other = other_of(relation, model);
		bool is_known = other == model;
		for (size_t i = 0; i < relation_i; i++)
			is_known |= other_of(model->relations.items[i], model) == other;
		if (!is_known)
			write(text, other);
	}
}

static void write_struct(struct lx_c_text *text, const struct lx_c_model *other)
{
	lx_c_print(text, "struct %i;\n", other->type);
}

static void write_include(struct lx_c_text *text, const struct lx_c_model *other)
{
	lx_c_print(text, "#include \"%i.h\"\n", other->file);
}

void lx_c_write_relation_includes(struct lx_c_text *text, const struct lx_c_model *model)
{
	each_other(text, model, write_include);
}

/* What the rows are that others are loaded for. */
static void write_from(struct lx_c_text *text, const struct lx_c_model *model, const struct lx_c_column *column)
{
	lx_c_print(text, "\n{\n\tstatic const lexo_relation from = {sizeof(%i), offsetof(%i, %i), %t};\n", model->type,
		   model->type, column->field, column->is_nullable ? "true" : "false");
}

static void write_many(struct lx_c_text *text, const struct lx_c_relation *relation, bool is_header)
{
	const struct lx_c_model *child = relation->child, *parent = relation->parent;
	lx_c_print(
	    text,
	    is_header
		? "/* OUT: room for COUNT; those of ROWS[i], by EACH (may be NULL), whose limit is for each row. */\n"
		: "\n");
	lx_c_print(text,
		   "lexo_rc %i(lexo_db *db, const struct %i *rows, size_t count,\n\tconst %i *each, lexo_arena *arena, "
		   "%i *out)",
		   relation->load_many, parent->type, child->query, child->rows);
	if (is_header) {
		lx_c_print(text, " LEXO_MUST_CHECK;\n");
		return;
	}
	write_from(text, parent, column_of(relation->key));
	lx_c_print(text, "\tconst lexo_query all = lexo_query_of(each);\n");
	lx_c_print(text,
		   "\treturn lexo_bind_load_many(db, &lexo_table, &%i, &from, rows, count, &all, arena, out);\n}\n",
		   relation->list->table);
}

static void write_one(struct lx_c_text *text, const struct lx_c_relation *relation, bool is_header)
{
	const struct lx_c_model *child = relation->child, *parent = relation->parent;
	lx_c_print(text, is_header
			     ? "/* OUT: room for COUNT; what each of ROWS refers to, NULL where there is none. */\n"
			     : "\n");
	lx_c_print(text,
		   "lexo_rc %i(lexo_db *db, const struct %i *rows, size_t count,\n\tlexo_arena *arena, const %i **out)",
		   relation->load_one, child->type, parent->type);
	if (is_header) {
		lx_c_print(text, " LEXO_MUST_CHECK;\n");
		return;
	}
	write_from(text, child, column_of(relation->list));
	lx_c_print(text, "\treturn lexo_bind_load_one(db, &lexo_table, &%i, &from, rows, count, arena, out);\n}\n",
		   relation->key->table);
}

void lx_c_write_relations(struct lx_c_text *text, const struct lx_c_model *model, bool is_header)
{
	if (is_header)
		each_other(text, model, write_struct);
	LX_EACH (const struct lx_c_relation *, relation, &model->relations) {
		if (relation->child == model)
			write_many(text, relation, is_header);
		if (relation->parent == model)
			write_one(text, relation, is_header);
	}
}
