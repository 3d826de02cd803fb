/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/seed.h"

#include <string.h>

#include "base/arena.h"
#include "kinds/column/column.h"
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/seed/seed.h"
#include "plan/plan.h"
#include "sql/emit.h"
#include "sql/parts.h"

/* --- one row ------------------------------------------------------------------------------------------------------ */

struct writing {
	struct lx_sql sql;
	struct lx_vec statements;
	const struct lx_seed *seed;
	const struct lx_vec *row; /* struct lx_seed_value * */
};

static bool is_key(const struct lx_seed *seed, const char *column)
{
	LX_EACH (const char *, key, &seed->key)
		if (strcmp(key, column) == 0)
			return true;
	return false;
}

static const struct lx_column *column_of(const struct writing *writing, const struct lx_seed_value *value)
{
	return (const struct lx_column *)lx_object_child(writing->seed->table, LX_KIND_COLUMN, value->column);
}

static bool is_null(const struct lx_seed_value *value)
{
	return strcmp(value->value.text, "NULL") == 0;
}

/* The value as the column would hold it: rounded to its scale, padded to its length. */
static void write_cast(struct writing *writing, const struct lx_seed_value *value)
{
	lx_sql_raw(&writing->sql, "CAST(");
	lx_sql_expr(&writing->sql, value->value.text);
	lx_sql_raw(&writing->sql, " AS ");
	lx_sql_type(&writing->sql, &column_of(writing, value)->type);
	lx_sql_raw(&writing->sql, ")");
}

/* With "=", so that the index of the key is of use. */
static void write_has_key(struct writing *writing)
{
	const char *separator = "";
	LX_EACH (const struct lx_seed_value *, value, writing->row) {
		if (!is_key(writing->seed, value->column))
			continue;
		lx_sql_raw(&writing->sql, separator);
		lx_sql_name(&writing->sql, value->column);
		if (is_null(value)) {
			lx_sql_raw(&writing->sql, " IS NULL");
		} else {
			lx_sql_raw(&writing->sql, " = ");
			write_cast(writing, value);
		}
		separator = " AND ";
	}
}

/* As text, byte by byte: json and xml have no equality, boxes have one that means their area, a collation may take
 * different texts for the same. */
static void write_differs(struct writing *writing, const struct lx_seed_value *value)
{
	lx_sql_raw(&writing->sql, "CAST(");
	lx_sql_name(&writing->sql, value->column);
	lx_sql_raw(&writing->sql, " AS text) COLLATE \"C\" IS DISTINCT FROM CAST(");
	write_cast(writing, value);
	lx_sql_raw(&writing->sql, " AS text)");
}

static bool is_compared(const struct writing *writing, const struct lx_seed_value *value)
{
	return !value->is_computed && !is_key(writing->seed, value->column);
}

static const char *finish(struct writing *writing)
{
	lx_sql_end(&writing->sql);
	const struct lx_statement_text *statement = writing->statements.items[writing->statements.length - 1];
	return statement->sql;
}

static const char *write_update(struct writing *writing)
{
	struct lx_sql *sql = &writing->sql;
	size_t count = 0;
	LX_EACH (const struct lx_seed_value *, value, writing->row) {
		if (!is_compared(writing, value))
			continue;
		if (count++ == 0) {
			lx_sql_raw(sql, "UPDATE ");
			lx_sql_object(sql, writing->seed->table);
			lx_sql_raw(sql, " SET ");
		} else {
			lx_sql_raw(sql, ", ");
		}
		lx_sql_name(sql, value->column);
		lx_sql_raw(sql, " = ");
		lx_sql_expr(sql, value->value.text);
	}
	if (!count)
		return NULL;
	lx_sql_raw(sql, " WHERE ");
	write_has_key(writing);
	const char *separator = " AND (";
	LX_EACH (const struct lx_seed_value *, value, writing->row) {
		if (!is_compared(writing, value))
			continue;
		lx_sql_raw(sql, separator);
		write_differs(writing, value);
		separator = " OR ";
	}
	lx_sql_raw(sql, ")");
	return finish(writing);
}

static const char *write_insert(struct writing *writing)
{
	struct lx_sql *sql = &writing->sql;
	lx_sql_raw(sql, "INSERT INTO ");
	lx_sql_object(sql, writing->seed->table);
	LX_EACH (const struct lx_seed_value *, value, writing->row) {
		lx_sql_raw(sql, value_i ? ", " : " (");
		lx_sql_name(sql, value->column);
	}
	lx_sql_raw(sql, ") SELECT ");
	LX_EACH (const struct lx_seed_value *, value, writing->row) {
		if (value_i)
			lx_sql_raw(sql, ", ");
		lx_sql_expr(sql, value->value.text);
	}
	lx_sql_raw(sql, " WHERE NOT EXISTS (SELECT FROM ");
	lx_sql_object(sql, writing->seed->table);
	lx_sql_raw(sql, " WHERE ");
	write_has_key(writing);
	lx_sql_raw(sql, ")");
	return finish(writing);
}

static const char *describe_key(struct lx_arena *arena, const struct writing *writing)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	LX_EACH (const struct lx_seed_value *, value, writing->row) {
		if (!is_key(writing->seed, value->column))
			continue;
		if (text.length)
			lx_buffer_string(&text, ", ");
		lx_buffer_string(&text, value->column);
		if (!column_of(writing, value)->is_secret)
			lx_buffer_printf(&text, " %s", value->value.text);
	}
	const char *copy = lx_arena_string(arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return copy;
}

static void add_row(struct lx_arena *arena, struct lx_vec *rows, const struct lx_seed *seed, const struct lx_vec *row)
{
	struct writing writing = {.seed = seed, .row = row};
	writing.sql = (struct lx_sql){.arena = arena, .statements = &writing.statements, .object = &seed->base};
	struct lx_seed_row *made = LX_NEW(arena, struct lx_seed_row);
	made->table = seed->table;
	made->key = describe_key(arena, &writing);
	made->update = write_update(&writing);
	made->insert = write_insert(&writing);
	made->where = row->length ? ((const struct lx_seed_value *)row->items[0])->value.span : seed->base.origin;
	lx_vec_push(arena, rows, made);
	lx_buffer_free(&writing.sql.text);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

struct ordering {
	struct lx_arena *arena;
	const struct lx_schema *schema;
	const struct lx_vec *environments;
	struct lx_vec *rows;
	struct lx_map visited; /* by the table's address */
};

static bool is_wanted(const struct lx_seed *seed, const struct lx_vec *environments)
{
	LX_EACH (const char *, only, &seed->only)
		LX_EACH (const char *, environment, environments)
			if (strcmp(only, environment) == 0)
				return true;
	return !seed->only.length;
}

/* A cycle of foreign keys ends at the table it began with; then they have to be deferrable. */
static void visit(struct ordering *ordering, const struct lx_object *table)
{
	void *here = (void *)(uintptr_t)table;
	if (lx_map_get(&ordering->visited, (const char *)&table, sizeof table))
		return;
	lx_map_put(ordering->arena, &ordering->visited, (const char *)&table, sizeof table, here);
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (child->kind != LX_KIND_FOREIGN_KEY)
			continue;
		const struct lx_object *target = ((const struct lx_foreign_key *)child)->target;
		if (target)
			visit(ordering, target);
	}
	LX_EACH (const struct lx_object *, object, &ordering->schema->objects) {
		const struct lx_seed *seed = (const struct lx_seed *)object;
		if (object->kind != LX_KIND_SEED || seed->table != table || !is_wanted(seed, ordering->environments))
			continue;
		LX_EACH (const struct lx_vec *, row, &seed->rows)
			add_row(ordering->arena, ordering->rows, seed, row);
	}
}

struct lx_vec lx_seed_rows(struct lx_arena *arena, const struct lx_schema *schema, const struct lx_vec *environments)
{
	struct lx_vec rows = {0};
	struct ordering ordering = {arena, schema, environments, &rows, {0}};
	LX_EACH (const struct lx_object *, object, &schema->objects)
		if (object->kind == LX_KIND_SEED)
			visit(&ordering, ((const struct lx_seed *)object)->table);
	return rows;
}

bool lx_seed_knows(const struct lx_schema *schema, const char *environment)
{
	LX_EACH (const struct lx_object *, object, &schema->objects) {
		if (object->kind != LX_KIND_SEED)
			continue;
		LX_EACH (const char *, only, &((const struct lx_seed *)object)->only)
			if (strcmp(only, environment) == 0)
				return true;
	}
	return false;
}
