/* A page about a model, in Markdown: what it is, its columns, what C has of it, and an example.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "codegen/write.h"
#include "kinds/column/column.h"
#include "kinds/enum/enum.h"
#include "kinds/query/query.h"
#include "sql/emit.h"

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 128;
}

/* The character at AT of the text that begins at START; an underscore within a word and a sign within a line mean
 * nothing.  At its start, or behind a number, they make headings, rules and lists. */
static bool is_plain(const char *start, const char *at)
{
	if (is_word(*at) || strchr(" ,:;'\"/(@?%", *at))
		return true;
	if (*at == '_')
		return at > start && is_word(at[-1]) && is_word(at[1]);
	return at > start && strchr(".-+=)", *at) && !(at[-1] >= '0' && at[-1] <= '9');
}

/* TEXT of a model as a line of Markdown that is nothing but text: of what could be markup, HTML or the end of a cell,
 * the numeric character reference.  CommonMark, "Entity and numeric character references". */
static void put_text(struct lx_c_text *text, const char *value)
{
	for (const char *at = value ? value : ""; *at; at++) {
		if ((unsigned char)*at < ' ' || *at == 127)
			lx_buffer_char(&text->out, ' ');
		else if (is_plain(value, at))
			lx_buffer_char(&text->out, *at);
		else
			lx_buffer_printf(&text->out, "&#%d;", *at);
	}
}

static void put_code(struct lx_c_text *text, const char *value)
{
	lx_c_print(text, "<code>");
	put_text(text, value);
	lx_c_print(text, "</code>");
}

/* Paragraphs stay paragraphs. */
static void put_doc(struct lx_c_text *text, const struct lx_object *object)
{
	for (const char *at = object->comment; at && *at;) {
		at += strspn(at, " \t"); /* an indent would be code, and hide what a line begins with */
		size_t length = strcspn(at, "\n");
		char line[512];
		for (size_t done = 0, part; done < length; done += part) {
			part = length - done < sizeof line - 1 ? length - done : sizeof line - 1;
			memcpy(line, at + done, part);
			line[part] = 0;
			put_text(text, line);
		}
		lx_c_print(text, "\n");
		at += length + (at[length] == '\n');
	}
	if (object->comment && *object->comment)
		lx_c_print(text, "\n");
	if (object->deprecated) {
		lx_c_print(text, "Deprecated: ");
		put_text(text, object->deprecated);
		lx_c_print(text, "\n\n");
	}
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void put_sql_type(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_column *column)
{
	struct lx_sql sql = {.arena = plan->arena, .text = LX_BUFFER_INIT};
	if (column->object->kind != LX_KIND_COLUMN)
		return;
	lx_sql_type(&sql, &((const struct lx_column *)column->object)->type);
	put_code(text, lx_buffer_text(&sql.text));
	lx_buffer_free(&sql.text);
}

static void put_notes(struct lx_c_text *text, const struct lx_c_column *column)
{
	const struct lx_column *object =
	    column->object->kind == LX_KIND_COLUMN ? (const struct lx_column *)column->object : NULL;
	if (object && object->default_value.text) {
		lx_c_print(text, "default ");
		put_code(text, object->default_value.text);
		lx_c_print(text, " ");
	}
	if (object && object->generated.text) {
		lx_c_print(text, "generated ");
		put_code(text, object->generated.text);
		lx_c_print(text, " ");
	}
	if (object && object->identity)
		lx_c_print(text, "identity ");
	if (column->is_version)
		lx_c_print(text, "counts changes ");
	if (column->is_secret)
		lx_c_print(text, "secret ");
	if (!column->is_in_row)
		lx_c_print(text, "hidden ");
	if (column->deprecated) {
		lx_c_print(text, "deprecated: ");
		put_text(text, column->deprecated);
		lx_c_print(text, " ");
	}
	put_text(text, column->comment);
}

static void write_columns(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	lx_c_print(text, "| column | in SQL | in C | null | |\n|---|---|---|---|---|\n");
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		lx_c_print(text, "| ");
		put_code(text, column->name);
		lx_c_print(text, " | ");
		put_sql_type(text, plan, column);
		lx_c_print(text, " | ");
		put_code(text, column->is_nullable ? column->type.nullable : column->type.plain);
		lx_c_print(text, " | %t | ", column->is_nullable ? "yes" : "");
		put_notes(text, column);
		lx_c_print(text, " |\n");
	}
	lx_c_print(text, "\n");
}

/* The labels of the enums that its columns have, each enum once. */
static void write_labels(struct lx_c_text *text, const struct lx_c_model *model)
{
	LX_EACH (const struct lx_c_column *, column, &model->columns) {
		const struct lx_c_enum *labels = column->type.labels;
		bool is_known = !labels;
		for (size_t i = 0; i < column_i && !is_known; i++)
			is_known = ((const struct lx_c_column *)model->columns.items[i])->type.labels == labels;
		if (is_known)
			continue;
		put_code(text, labels->type);
		lx_c_print(text, ":");
		LX_EACH (const struct lx_label_value *, label, &((const struct lx_enum *)labels->object)->labels) {
			lx_c_print(text, label_i ? ", " : " ");
			put_code(text, label->label);
			if (label->comment) {
				lx_c_print(text, " ");
				put_text(text, label->comment);
			}
		}
		lx_c_print(text, "\n\n");
	}
}

/* --- keys and relations ------------------------------------------------------------------------------------------- */

static void write_key(struct lx_c_text *text, const char *what, const struct lx_c_key *key)
{
	lx_c_print(text, "- %t ", what);
	LX_EACH (const struct lx_c_column *, column, &key->columns) {
		lx_c_print(text, column_i ? ", " : "");
		put_code(text, column->name);
	}
	lx_c_print(text, ": ");
	put_code(text, key->function);
	lx_c_print(text, "\n");
}

static void write_relation(struct lx_c_text *text, const char *what, const struct lx_c_model *other,
			   const char *function)
{
	lx_c_print(text, "- %t [", what);
	put_text(text, other->type);
	lx_c_print(text, "](%i.md): ", other->file);
	put_code(text, function);
	lx_c_print(text, "\n");
}

static void write_keys(struct lx_c_text *text, const struct lx_c_model *model)
{
	if (model->primary_key)
		write_key(text, "primary key", model->primary_key);
	LX_EACH (const struct lx_c_key *, key, &model->uniques)
		write_key(text, "unique", key);
	LX_EACH (const struct lx_c_key *, key, &model->lists)
		write_key(text, "refers by", key);
	LX_EACH (const struct lx_c_relation *, relation, &model->relations) {
		if (relation->child == model)
			write_relation(text, "belongs to", relation->parent, relation->load_one);
		if (relation->parent == model)
			write_relation(text, "has", relation->child, relation->load_many);
	}
	if (model->primary_key || model->uniques.length || model->lists.length || model->relations.length)
		lx_c_print(text, "\n");
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

static const char mark[] = "<!-- Generated by lexo; do not edit. -->\n";

static void begin(struct lx_c_text *text, const char *title)
{
	lx_c_print(text, mark);
	lx_c_print(text, "# ");
	put_text(text, title);
	lx_c_print(text, "\n\n");
}

void lx_c_write_page(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model)
{
	const struct lx_object *object = model->object;
	begin(text, model->type);
	lx_c_print(text, "%t ", model->is_view ? "View" : "Table");
	put_code(text, object->schema ? object->schema : "public");
	lx_c_print(text, ".");
	put_code(text, object->name);
	lx_c_print(text, ", in [all models](%i_models.md).\n\n", plan->prefix);
	put_doc(text, object);
	write_columns(text, plan, model);
	write_labels(text, model);
	write_keys(text, model);
	lx_c_print(text, "## In C\n\n```c\n");
	lx_c_write_row(text, model);
	if (model->has_insert)
		lx_c_write_insert(text, model);
	lx_c_write_functions(text, plan, model);
	lx_c_print(text, "```\n\n## Example\n\n```c\n");
	lx_c_write_example(text, plan, model);
	lx_c_print(text, "```\n");
}

void lx_c_write_index(struct lx_c_text *text, const struct lx_c_plan *plan)
{
	begin(text, "Models");
	LX_EACH (const struct lx_c_model *, model, &plan->models) {
		lx_c_print(text, "- [");
		put_text(text, model->type);
		lx_c_print(text, "](%i.md) ", model->file);
		put_text(text, model->object->comment);
		lx_c_print(text, "\n");
	}
	if (plan->queries.length)
		lx_c_print(text, "\n## Queries\n\n");
	LX_EACH (const struct lx_c_query *, query, &plan->queries) {
		lx_c_print(text, "- ");
		put_code(text, query->function);
		lx_c_print(text, " ");
		put_text(text, query->object->base.comment);
		lx_c_print(text, "\n");
	}
}
