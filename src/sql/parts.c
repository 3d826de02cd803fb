/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "kinds/index/index.h"
#include "kinds/key/key.h"
#include "kinds/kind.h"
#include "plan/plan.h"

void lx_sql_object(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_object *top = object->parent ? object->parent : object;
	lx_sql_qualified(sql, top->schema, top->name);
}

void lx_sql_identity(struct lx_sql *sql, const char *kind, const struct lx_object *object)
{
	lx_sql_raw(sql, kind);
	lx_sql_raw(sql, " ");
	lx_sql_qualified(sql, object->parent ? object->parent->schema : object->schema, object->name);
}

void lx_sql_identity_on(struct lx_sql *sql, const char *kind, const struct lx_object *object)
{
	lx_sql_raw(sql, kind);
	lx_sql_raw(sql, " ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " ON ");
	lx_sql_object(sql, object);
}

void lx_sql_constraint_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity_on(sql, "CONSTRAINT", object);
}

void lx_sql_alter_table(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "ALTER TABLE ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, " ");
}

void lx_sql_drop(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "DROP ");
	lx_kind_sql(object->kind)->identity(sql, object);
	lx_sql_end(sql);
}

/* By the time of a rename the parent has its new name, so the identity is NEW's with the old name put in. */
void lx_sql_rename(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new)
{
	struct lx_object *copy = lx_arena_alloc(sql->arena, lx_kind_info(new->kind)->size);
	memcpy(copy, new, lx_kind_info(new->kind)->size);
	copy->name = old->name;
	lx_sql_raw(sql, "ALTER ");
	lx_kind_sql(new->kind)->identity(sql, copy);
	lx_sql_raw(sql, " RENAME TO ");
	lx_sql_name(sql, new->name);
	lx_sql_end(sql);
}

void lx_sql_add_constraint(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "ADD ");
	lx_kind_sql(object->kind)->define(sql, object);
	lx_sql_end(sql);
}

void lx_sql_drop_constraint(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "DROP CONSTRAINT ");
	lx_sql_name(sql, object->name);
	lx_sql_end(sql);
}

void lx_sql_drop_part(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "DROP CONSTRAINT IF EXISTS ");
	lx_sql_name(sql, object->name);
	lx_sql_end(sql);
}

void lx_sql_validate_constraint(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "VALIDATE CONSTRAINT ");
	lx_sql_name(sql, object->name);
	lx_sql_hazard(sql, LX_HAZARD_SCAN,
		      "reads the whole table, while others go on writing; fails if a row violates it");
	lx_sql_end(sql);
}

void lx_sql_rename_constraint(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new)
{
	lx_sql_alter_table(sql, new);
	lx_sql_raw(sql, "RENAME CONSTRAINT ");
	lx_sql_name(sql, old->name);
	lx_sql_raw(sql, " TO ");
	lx_sql_name(sql, new->name);
	lx_sql_end(sql);
}

void lx_sql_deferrable(struct lx_sql *sql, int deferrable)
{
	if (deferrable != LX_NOT_DEFERRABLE)
		lx_sql_raw(sql, deferrable == LX_INITIALLY_DEFERRED ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE");
}

void lx_sql_enabled(struct lx_sql *sql, int enabled)
{
	static const char *const verbs[] = {"ENABLE", "DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS"};
	lx_sql_raw(sql, verbs[enabled]);
}

void lx_sql_enable(struct lx_sql *sql, const struct lx_object *object, const char *what, int enabled)
{
	lx_sql_alter_table(sql, object);
	lx_sql_enabled(sql, enabled);
	lx_sql_raw(sql, what);
	lx_sql_name(sql, object->name);
	lx_sql_end(sql);
}

static void write_element(struct lx_sql *sql, const struct lx_index_element *element)
{
	if (element->column) {
		lx_sql_name(sql, element->column);
	} else {
		lx_sql_raw(sql, "(");
		lx_sql_expr(sql, element->expr.text);
		lx_sql_raw(sql, ")");
	}
	if (element->collation) {
		lx_sql_raw(sql, " COLLATE ");
		lx_sql_qualified(sql, element->collation_schema, element->collation);
	}
	if (element->opclass) {
		lx_sql_raw(sql, " ");
		lx_sql_qualified(sql, element->opclass_schema, element->opclass);
	}
	if (element->opclass_options) {
		lx_sql_raw(sql, " ");
		lx_sql_options(sql, element->opclass_options, false);
	}
	if (element->is_descending)
		lx_sql_raw(sql, " DESC");
	if (element->nulls != LX_NULLS_DEFAULT)
		lx_sql_raw(sql, element->nulls == LX_NULLS_FIRST ? " NULLS FIRST" : " NULLS LAST");
}

/* An operator is written as it is; the scanner of PostgreSQL knows no other bytes in one. */
static void write_operator(struct lx_sql *sql, const struct lx_index_element *element)
{
	const char *name = element->operator_name;
	bool is_operator =
	    *name && !name[strspn(name, "+-*/<>=~!@#%^&|`?")] && !strstr(name, "--") && !strstr(name, "/*");
	lx_sql_raw(sql, " WITH ");
	if (element->operator_schema) {
		lx_sql_raw(sql, "OPERATOR(");
		lx_sql_name(sql, element->operator_schema);
		lx_sql_raw(sql, ".");
	}
	if (is_operator)
		lx_sql_raw(sql, name);
	else
		lx_sql_name(sql, name);
	if (element->operator_schema)
		lx_sql_raw(sql, ")");
}

void lx_sql_verb(struct lx_sql *sql, const char *name)
{
	static const struct {
		const char *name, *words;
	} verbs[] = {{"all", "ALL"},         {"select", "SELECT"},         {"insert", "INSERT"},
		     {"update", "UPDATE"},   {"delete", "DELETE"},         {"truncate", "TRUNCATE"},
		     {"trigger", "TRIGGER"}, {"usage", "USAGE"},           {"create", "CREATE"},
		     {"execute", "EXECUTE"}, {"references", "REFERENCES"}, {"maintain", "MAINTAIN"}};
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(verbs[i].name, name) == 0) {
			lx_sql_raw(sql, verbs[i].words);
			return;
		}
	}
	lx_sql_name(sql, name);
}

void lx_sql_elements(struct lx_sql *sql, const struct lx_vec *elements)
{
	LX_EACH (const struct lx_index_element *, element, elements) {
		if (element_i)
			lx_sql_raw(sql, ", ");
		write_element(sql, element);
		if (element->operator_name)
			write_operator(sql, element);
	}
}

void lx_sql_choice(struct lx_sql *sql, const struct lx_object *object, size_t attribute, int choice)
{
	const char *text = lx_kind_info(object->kind)->attrs[attribute].choices[choice - 1];
	for (; *text; text++)
		lx_buffer_char(&sql->text, *text == '_'                   ? ' '
					   : *text >= 'a' && *text <= 'z' ? (char)(*text - 32)
									  : *text);
}

const char *lx_sql_default_name(struct lx_arena *arena, const char *table, const char *column, const char *suffix)
{
	enum { NAME_MAX_BYTES = 63 };
	size_t first = strlen(table), second = column ? strlen(column) : 0;
	size_t room = NAME_MAX_BYTES - strlen(suffix) - (column ? 2 : 1);
	while (first + second > room) {
		if (first > second)
			first--;
		else
			second--;
	}
	first = lx_utf8_clip(table, strlen(table), first);
	if (!column)
		return lx_arena_printf(arena, "%.*s_%s", (int)first, table, suffix);
	second = lx_utf8_clip(column, strlen(column), second);
	return lx_arena_printf(arena, "%.*s_%.*s_%s", (int)first, table, (int)second, column, suffix);
}
