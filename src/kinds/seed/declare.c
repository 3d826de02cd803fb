/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "kinds/column/column.h"
#include "kinds/kind.h"
#include "kinds/seed/seed.h"

struct kept { /* for resolve: the table and its columns are known only then */
	const struct lx_node *block, *key;
};
struct reading {
	struct lx_seed *seed;
	const struct kept *kept;
	struct lx_map keys; /* the key's values -> where they stand first */
	struct lx_vec *row;
};

/* One seed a table and set of environments, so that is its name. */
static void name_seed(struct lx_declare *declare, struct lx_seed *seed)
{
	struct lx_buffer name = LX_BUFFER_INIT;
	lx_buffer_string(&name, seed->base.name);
	LX_EACH (const char *, environment, &seed->only) {
		lx_buffer_printf(&name, " %s", environment);
	}
	if (name.length <= 63)
		seed->base.name = lx_schema_intern(declare->schema, lx_buffer_text(&name), name.length);
	seed->base.source_name = seed->base.name;
	lx_buffer_free(&name);
}

/* seed Model key (columns) annotations { { column: value, … } … } */
static void declare_seed(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "seed");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of a model");
	if (!name || !lx_cursor_need_word(&cursor, "key"))
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_SEED, name, item, NULL);
	struct lx_seed *seed = (struct lx_seed *)object;
	struct kept *kept = LX_NEW(declare->arena, struct kept);
	object->name = object->source_name;
	kept->key = cursor.at;
	if (!lx_declare_names(declare, &cursor, "the name of a column", &seed->key))
		return;
	lx_attr_parse(declare, &cursor, object);
	kept->block = lx_cursor_need(&cursor, LX_NODE_BRACE, "'{' and the rows");
	if (!kept->block)
		return;
	lx_cursor_need_end(&cursor, "a seed");
	if (!kept->block->items || !kept->block->items->first)
		lx_report(declare->diags, LX_E0306, kept->block->span, "seed '%s' has no rows", object->source_name);
	lx_declare_keep(object, kept);
	seed->table = NULL;
	object->origin = name->span;
	const char *table = object->source_name;
	name_seed(declare, seed);
	if (lx_declare_add(declare, object))
		object->source_name = table;
}

static bool is_computed(const struct lx_node *node)
{
	for (; node; node = node->next) {
		if (node->kind == LX_NODE_SQL || node->kind == LX_NODE_PAREN)
			return true;
		for (const struct lx_item *item = node->items; item; item = item->next)
			if (is_computed(item->first))
				return true;
	}
	return false;
}

/* column: value */
static void found_pair(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item, void *context)
{
	struct reading *reading = context;
	(void)item;
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of a column");
	if (!name || !lx_cursor_need_punct(cursor, ':'))
		return;
	if (!cursor->at) {
		lx_cursor_fail(cursor, "a value");
		return;
	}
	const struct lx_object *object = lx_declare_column(declare, reading->seed->table, name->text, name->span);
	if (!object)
		return;
	const struct lx_column *column = (const struct lx_column *)object;
	LX_EACH (const struct lx_seed_value *, other, reading->row) {
		if (other->column == object->name)
			lx_report(declare->diags, LX_E0203, name->span, "column '%s' has a value already", name->text);
	}
	if (column->generated.text || column->identity == LX_IDENTITY_ALWAYS)
		lx_report(declare->diags, LX_E0303, name->span, "column '%s' is filled by PostgreSQL", name->text);
	struct lx_seed_value *value = LX_NEW(declare->arena, struct lx_seed_value);
	value->column = object->name;
	value->is_computed = is_computed(cursor->at);
	lx_declare_value(declare, cursor->at, NULL, &column->type, &value->value);
	bool is_null = value->value.text && strcmp(value->value.text, "NULL") == 0;
	if (is_null && !column->is_nullable)
		lx_report(declare->diags, LX_E0303, cursor->at->span, "column '%s' cannot be null", name->text);
	lx_vec_push(declare->arena, reading->row, value);
}

static const struct lx_seed_value *find_value(const struct lx_vec *row, const char *column)
{
	LX_EACH (const struct lx_seed_value *, value, row) {
		if (strcmp(value->column, column) == 0)
			return value;
	}
	return NULL;
}

static void check_complete(struct lx_declare *declare, const struct lx_seed *seed, const struct lx_vec *row,
			   struct lx_span span)
{
	LX_EACH (const struct lx_object *, object, &seed->table->children) {
		const struct lx_column *column = (const struct lx_column *)object;
		if (object->kind != LX_KIND_COLUMN || find_value(row, object->name))
			continue;
		bool is_key = false;
		LX_EACH (const char *, key, &seed->key) {
			is_key |= strcmp(key, object->name) == 0;
		}
		bool is_filled =
		    column->is_nullable || column->default_value.text || column->generated.text || column->identity;
		if (is_filled && !is_key)
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0308, span, "the row has no value for '%s'", object->source_name);
		lx_diag_label(declare->diags, diag, object->origin,
			      is_key ? "it is in the key of the seed" : "it is not nullable and has no default");
	}
}

/* Two rows of one key would be one row. */
static void check_key(struct lx_declare *declare, struct reading *reading, const struct lx_node *node)
{
	struct lx_buffer key = LX_BUFFER_INIT;
	bool is_whole = true;
	LX_EACH (const char *, column, &reading->seed->key) {
		const struct lx_seed_value *value = find_value(reading->row, column);
		is_whole &= value && value->value.text;
		lx_buffer_printf(&key, "%s\001", is_whole ? value->value.text : "");
	}
	const struct lx_node *there = is_whole ? lx_map_put(declare->arena, &reading->keys, lx_buffer_text(&key),
							    key.length, (struct lx_node *)(uintptr_t)node)
					       : NULL;
	lx_buffer_free(&key);
	if (!there)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0203, node->span, "two rows have the same key");
	lx_diag_label(declare->diags, diag, there->span, "the first one");
}

static void found_row(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item, void *context)
{
	struct reading *reading = context;
	(void)item;
	const struct lx_node *node = lx_cursor_need(cursor, LX_NODE_BRACE, "a row: { column: value, … }");
	if (!node)
		return;
	lx_cursor_need_end(cursor, "a row");
	size_t errors = declare->diags->errors;
	reading->row = LX_NEW(declare->arena, struct lx_vec);
	lx_declare_each(declare, node, "column: value", found_pair, reading);
	if (declare->diags->errors == errors)
		check_complete(declare, reading->seed, reading->row, node->span);
	check_key(declare, reading, node);
	lx_vec_push(declare->arena, &reading->seed->rows, reading->row);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct reading reading = {.seed = (struct lx_seed *)object, .kept = lx_declare_kept(object)};
	struct lx_seed *seed = reading.seed;
	seed->table = lx_declare_lookup(declare, LX_KIND_TABLE, object->source_name, object->origin);
	if (!seed->table || !reading.kept)
		return;
	size_t errors = declare->diags->errors;
	lx_declare_columns(declare, seed->table, &seed->key, reading.kept->key);
	if (declare->diags->errors == errors)
		lx_declare_each(declare, reading.kept->block, "a row: { column: value, … }", found_row, &reading);
}

const struct lx_kind_source lx_seed_source = {.declare = declare_seed, .resolve = resolve};
