/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/depends.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "history/sql_scan.h"
#include "kinds/function/settings.h"
#include "kinds/index/index.h"
#include "kinds/key/key.h"
#include "kinds/kind.h"
#include "kinds/table/table.h"
#include "plan/scope.h"

/* What occurs in one SQL text. */
struct text_names {
	struct lx_vec names;    /* const char *: identifiers, each once */
	struct lx_vec bare;     /* const char *: those that stand without a schema somewhere */
	struct lx_vec literals; /* const char *: words in quotes, for nextval('seq') */
	bool has_star;
	bool has_group; /* GROUP BY: a query may lean on a primary key */
};

static void report(struct lx_depends *depends, const struct lx_object *target, enum lx_strength strength)
{
	if (target && target != depends->object)
		depends->found(depends->context, depends->object, target, strength);
}

void lx_depend_on(struct lx_depends *depends, const struct lx_object *object)
{
	report(depends, object, LX_BY_STRUCTURE);
}

void lx_depend_on_order(struct lx_depends *depends, const struct lx_object *object)
{
	report(depends, object, LX_BY_ORDER);
}

void lx_depend_on_leader(struct lx_depends *depends, const struct lx_object *leader)
{
	report(depends, leader, LX_BY_LEAD);
}

struct lx_arena *lx_depends_arena(struct lx_depends *depends)
{
	return depends->arena;
}

void lx_depend_on_partitions(struct lx_depends *depends, const struct lx_object *table)
{
	LX_EACH (const struct lx_object *, object, &depends->schema->objects) {
		if (object->kind == LX_KIND_TABLE && ((const struct lx_table *)object)->partition_of == table)
			lx_depend_on_order(depends, lx_object_child(object, LX_KIND_PARTITION, "partition"));
	}
}

void lx_depend_on_type(struct lx_depends *depends, const struct lx_type *type)
{
	if (type->is_raw && !type->user)
		lx_depend_on_names(depends, type->name);
	report(depends, type->user, LX_BY_STRUCTURE);
	if (!type->user || type->user->kind != LX_KIND_TABLE)
		return;
	LX_EACH (const struct lx_object *, child, &type->user->children) {
		if (child->kind == LX_KIND_COLUMN) /* of a row in use PostgreSQL does not write the columns anew */
			report(depends, child, LX_BY_EXTENT);
	}
}

void lx_depend_on_extent(struct lx_depends *depends, const struct lx_object *table)
{
	if (table->kind != LX_KIND_TABLE || !((const struct lx_table *)table)->partition_method)
		return;
	LX_EACH (const struct lx_object *, heir, &((const struct lx_table *)table)->heirs) {
		report(depends, heir, LX_BY_EXTENT);
		lx_depend_on_extent(depends, heir);
	}
}

void lx_depend_on_columns(struct lx_depends *depends, const struct lx_object *table, const struct lx_vec *names)
{
	LX_EACH (const char *, name, names)
		report(depends, lx_object_child(table, LX_KIND_COLUMN, name), LX_BY_STRUCTURE);
}

void lx_depend_on_elements(struct lx_depends *depends, const struct lx_object *table, const struct lx_vec *elements)
{
	LX_EACH (const struct lx_index_element *, element, elements) {
		if (element->column)
			report(depends, lx_object_child(table, LX_KIND_COLUMN, element->column), LX_BY_STRUCTURE);
		else
			lx_depend_on_index_text(depends, element->expr.text);
	}
}

void lx_depend_on_kind(struct lx_depends *depends, enum lx_kind kind, const char *name)
{
	if (name)
		report(depends, lx_schema_find(depends->schema, kind, NULL, NULL, name, NULL), LX_BY_STRUCTURE);
}

void lx_depend_on_schema(struct lx_depends *depends, const char *name)
{
	lx_depend_on_kind(depends, LX_KIND_SCHEMA, name);
}

static void add_once(struct lx_arena *arena, struct lx_vec *names, char *name)
{
	LX_EACH (const char *, there, names) {
		if (lx_text_is(there, name))
			return;
	}
	lx_vec_push(arena, names, name);
}

static char *fold(struct lx_arena *arena, const struct lx_sql_token *token)
{
	bool is_quoted = token->kind != LX_SQL_WORD;
	char *name = lx_arena_copy(arena, token->start + is_quoted, token->length - 2 * (size_t)is_quoted);
	for (char *p = name; *p && !is_quoted; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	return name;
}

/* 'public.order_seq' and 'order_seq': the last part. */
static void add_literal(struct lx_arena *arena, struct text_names *names, const struct lx_sql_token *token)
{
	enum { LONGEST = 130 };
	if (*token->start != '\'' || token->length < 3 || token->length > LONGEST)
		return;
	char *text = lx_arena_copy(arena, token->start + 1, token->length - 2);
	char *dot = strrchr(text, '.');
	add_once(arena, &names->literals, dot ? dot + 1 : text);
}

static void add_name(struct lx_arena *arena, struct text_names *names, const struct lx_sql_token *token,
		     bool is_behind_dot)
{
	char *name = fold(arena, token);
	add_once(arena, &names->names, name);
	if (!is_behind_dot)
		add_once(arena, &names->bare, name);
}

static struct text_names *scan_text(struct lx_arena *arena, const char *sql)
{
	struct text_names *names = LX_NEW(arena, struct text_names);
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	bool may_star = false, is_behind_dot = false;
	lx_sql_scan_init(&scanner, sql, strlen(sql));
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		if (token.kind == LX_SQL_OPERATOR)
			add_once(arena, &names->names, lx_arena_copy(arena, token.start, token.length));
		else if (token.kind == LX_SQL_WORD || (token.kind == LX_SQL_QUOTED && *token.start == '"'))
			add_name(arena, names, &token, is_behind_dot);
		else if (token.kind == LX_SQL_STRING)
			add_literal(arena, names, &token);
		else if (may_star && token.length == 1 && *token.start == '*')
			names->has_star = true;
		names->has_group |= lx_sql_token_is(&token, "group");
		may_star = lx_sql_token_is(&token, "select") || (token.length == 1 && strchr(".,", *token.start));
		is_behind_dot = token.length == 1 && *token.start == '.';
	}
	return names;
}

static const struct text_names *names_of(struct lx_depends *depends, const char *sql)
{
	size_t length = strlen(sql);
	struct text_names *names = lx_map_get(&depends->texts, sql, length);
	if (!names) {
		names = scan_text(depends->arena, sql);
		lx_map_put(depends->arena, &depends->texts, sql, length, names);
	}
	return names;
}

static void index_name(struct lx_depends *depends, const char *name, struct lx_object *object)
{
	struct lx_vec *same = lx_map_get(&depends->names, name, strlen(name));
	if (!same) {
		same = LX_NEW(depends->arena, struct lx_vec);
		lx_map_put(depends->arena, &depends->names, name, strlen(name), same);
	}
	lx_vec_push(depends->arena, same, object);
}

static struct lx_vec other_names(struct lx_arena *arena, const struct lx_object *object)
{
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	return kind->other_names ? kind->other_names(arena, object) : (struct lx_vec){0};
}

static bool has_name(const struct lx_vec *names, const char *name)
{
	LX_EACH (const char *, there, names) {
		if (strcmp(there, name) == 0)
			return true;
	}
	return false;
}

static void index_names(struct lx_depends *depends)
{
	LX_EACH (struct lx_object *, object, &depends->schema->objects) {
		struct lx_vec others = other_names(depends->arena, object);
		index_name(depends, object->name, object);
		LX_EACH (const char *, name, &others)
			index_name(depends, name, object);
	}
}

static void report_columns(struct lx_depends *depends, const struct lx_object *table, const struct text_names *names)
{
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (child->kind == LX_KIND_KEY && names->has_group && ((const struct lx_key *)child)->is_primary)
			report(depends, child, LX_BY_TEXT);
		if (child->kind != LX_KIND_COLUMN)
			continue;
		bool is_named = false;
		for (size_t i = 0; i < names->names.length && !is_named; i++)
			is_named = strcmp(names->names.items[i], child->name) == 0;
		if (is_named || names->has_star)
			report(depends, child, is_named ? LX_BY_TEXT : LX_BY_STAR);
	}
}

void lx_depend_on_names(struct lx_depends *depends, const char *sql)
{
	if (!sql || (depends->schema->is_catalog && !depends->is_body))
		return; /* the server has said what the text refers to */
	if (!depends->names.length)
		index_names(depends);
	const struct text_names *names = names_of(depends, sql);
	struct lx_vec own = other_names(depends->arena, depends->object);
	LX_EACH (const char *, name, &names->names) {
		const struct lx_vec *objects = lx_map_get(&depends->names, name, strlen(name));
		if (!objects || has_name(&own, name)) /* what it makes itself: not another one of the same name */
			continue;
		LX_EACH (const struct lx_object *, object, objects) {
			report(depends, object, LX_BY_TEXT);
			if (object != depends->object->parent && object->children.length)
				report_columns(depends, object, names);
		}
	}
	LX_EACH (const char *, literal, &names->literals) {
		const struct lx_vec *objects = lx_map_get(&depends->names, literal, strlen(literal));
		for (size_t i = 0; objects && i < objects->length; i++) {
			const struct lx_object *object = objects->items[i];
			if (object->kind == LX_KIND_SEQUENCE)
				report(depends, object, LX_BY_TEXT);
		}
	}
	if (depends->object->parent)
		report_columns(depends, depends->object->parent, names);
}

void lx_depend_on_index_text(struct lx_depends *depends, const char *sql)
{
	if (sql && depends->schema->is_catalog)
		report_columns(depends, depends->object->parent, names_of(depends, sql));
	else
		lx_depend_on_names(depends, sql);
}

void lx_depend_on_option(struct lx_depends *depends, const char *options, const char *key)
{
	const char *name;
	struct lx_vec values;
	if (depends->schema->is_catalog)
		return;
	while (lx_settings_next(depends->arena, &options, &name, &values)) {
		if (strcmp(name, key) == 0)
			lx_depend_on_names(depends, values.items[0]);
	}
}

/* Does every object with this name stand in a schema that is not searched? */
static bool is_out_of_reach(const struct lx_depends *depends, const char *name)
{
	const struct lx_vec *objects = lx_map_get(&depends->names, name, strlen(name));
	for (size_t i = 0; objects && i < objects->length; i++) {
		const struct lx_object *object = objects->items[i];
		if (!object->schema || strcmp(object->schema, "public") == 0)
			return false;
	}
	return objects != NULL;
}

void lx_depend_on_body(struct lx_depends *depends, const char *sql)
{
	depends->is_body = true;
	lx_depend_on_names(depends, sql);
	depends->is_body = false;
	if (!sql)
		return;
	LX_EACH (const char *, name, &names_of(depends, sql)->bare)
		depends->needs_search_path |= is_out_of_reach(depends, name);
}

void lx_depends_run(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	depends->object = object;
	depends->needs_search_path = false;
	LX_EACH (const struct lx_object *, need, &object->needs)
		report(depends, need, LX_BY_NEED);
	if (kind->depends)
		kind->depends(depends, object);
}
