/* A label that ALTER TYPE … ADD VALUE adds cannot be used in the same transaction (55P04, "unsafe use of new value").
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "history/sql_scan.h"
#include "kinds/column/column.h"
#include "kinds/enum/enum.h"
#include "kinds/function/function.h"
#include "plan/planning.h"

static bool has_label(const struct lx_enum *type, const char *label)
{
	LX_EACH (const struct lx_label_value *, value, &type->labels) {
		if (strcmp(value->label, label) == 0)
			return true;
	}
	return false;
}

static bool has_column_of(const struct lx_object *table, const struct lx_object *type)
{
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (child->kind == LX_KIND_COLUMN && ((const struct lx_column *)child)->type.user == type)
			return true;
	}
	return false;
}

/* 'label', and '{label,other}' for arrays. */
static bool names_label(const struct lx_sql_token *token, const char *label)
{
	size_t length = strlen(label);
	if (token->length >= 2 && token->start[1] == '{')
		return memmem(token->start, token->length, label, length) != NULL;
	return token->length == length + 2 && memcmp(token->start + 1, label, length) == 0;
}

static bool text_uses(const char *text, size_t size, const char *label, bool is_body_read)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	lx_sql_scan_init(&scanner, text, size);
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		if (token.kind == LX_SQL_STRING && names_label(&token, label))
			return true;
		if (token.kind == LX_SQL_DOLLAR && is_body_read &&
		    memmem(token.start, token.length, label, strlen(label)))
			return true;
	}
	return false;
}

static bool may_use(const struct lx_statement_text *statement, const struct lx_object *type)
{
	const struct lx_object *object = statement->object;
	if (!object || object == type || strncmp(statement->sql, "COMMENT ", 8) == 0 ||
	    strncmp(statement->sql, "DROP ", 5) == 0)
		return false;
	const struct lx_object *table = object->parent ? object->parent : object;
	if (table->kind != LX_KIND_TABLE || object->kind == LX_KIND_POLICY)
		return true;
	return has_column_of(table, type) || strstr(statement->sql, type->name);
}

static bool is_label_used(const struct lx_planning *planning, const struct lx_object *type, const char *label)
{
	LX_EACH (const struct lx_statement_text *, statement, &planning->plan->statements) {
		if (!may_use(statement, type))
			continue;
		const struct lx_object *object = statement->object;
		bool is_body_read = object->kind == LX_KIND_FUNCTION &&
				    strcmp(((const struct lx_function *)object)->language, "sql") == 0;
		if (text_uses(statement->sql, strlen(statement->sql), label, is_body_read))
			return true;
	}
	return false;
}

const struct lx_object *lx_planning_unsafe_type(const struct lx_planning *planning)
{
	LX_EACH (const struct lx_node *, node, &planning->nodes) {
		if (node->is_cancelled || node->action != LX_NODE_ALTER || node->new->kind != LX_KIND_ENUM ||
		    !node->changed)
			continue;
		LX_EACH (const struct lx_label_value *, value, &((const struct lx_enum *)node->new)->labels) {
			if (!has_label((const struct lx_enum *)node->old, value->label) &&
			    is_label_used(planning, node->new, value->label))
				return node->new;
		}
	}
	return NULL;
}
