/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/emit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "history/sql_scan.h"
#include "ir/types.h"
#include "kinds/kind.h"
#include "plan/plan.h"

void lx_sql_raw(struct lx_sql *sql, const char *text)
{
	lx_buffer_string(&sql->text, text);
}

void lx_sql_name(struct lx_sql *sql, const char *name)
{
	lx_quote_name(&sql->text, name);
}

void lx_sql_qualified(struct lx_sql *sql, const char *schema, const char *name)
{
	if (schema) {
		lx_quote_name(&sql->text, schema);
		lx_buffer_char(&sql->text, '.');
	}
	lx_quote_name(&sql->text, name);
}

void lx_sql_names(struct lx_sql *sql, const struct lx_vec *names)
{
	for (size_t i = 0; i < names->length; i++) {
		if (i)
			lx_sql_raw(sql, ", ");
		lx_sql_name(sql, names->items[i]);
	}
}

void lx_sql_role(struct lx_sql *sql, const char *role)
{
	if (strcmp(role, "public") == 0)
		lx_sql_raw(sql, "PUBLIC");
	else
		lx_sql_name(sql, role);
}

void lx_sql_literal(struct lx_sql *sql, const char *text)
{
	lx_quote_literal(&sql->text, text);
}

void lx_sql_integer(struct lx_sql *sql, int64_t value)
{
	lx_buffer_printf(&sql->text, "%" PRId64, value);
}

void lx_sql_expr(struct lx_sql *sql, const char *expr)
{
	lx_sql_deparsed(sql, expr, strlen(expr));
	if (strstr(expr, "--"))
		lx_buffer_char(&sql->text, '\n');
}

void lx_sql_checked(struct lx_sql *sql, const char *text, size_t length)
{
	lx_buffer_add(&sql->text, text, length);
}

/* From the first token to the last one that is no semicolon: what is around them are blanks and comments. */
void lx_sql_statements(struct lx_sql *sql, const char *text)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	const char *start = NULL, *end = text;
	lx_sql_scan_init(&scanner, text, strlen(text));
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END) {
		if (!start)
			start = token.start;
		if (token.kind != LX_SQL_PUNCT || *token.start != ';')
			end = token.start + token.length;
		if (token.kind == LX_SQL_BROKEN)
			break;
	}
	if (start && end > start)
		lx_sql_deparsed(sql, start, (size_t)(end - start));
}

/* Whether text in back-quotes can only be a type: words, quoted names, numbers, and . ( ) [ ] , between them. */
static bool is_type_text(const char *text)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	int depth = 0;
	lx_sql_scan_init(&scanner, text, strlen(text));
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END) {
		if (token.kind == LX_SQL_WORD || token.kind == LX_SQL_QUOTED || token.kind == LX_SQL_NUMBER)
			continue;
		if (token.kind != LX_SQL_PUNCT || token.length != 1 || !strchr(".()[],", *token.start))
			return false;
		depth += (*token.start == '(') - (*token.start == ')');
		if (depth < 0 || (depth == 0 && *token.start == ','))
			return false;
	}
	return depth == 0 && !strstr(text, "--");
}

void lx_sql_type(struct lx_sql *sql, const struct lx_type *type)
{
	if (type->builtin)
		lx_sql_raw(sql, type->builtin->name); /* PostgreSQL reads all of these without quotes */
	else if (type->is_raw && is_type_text(type->name))
		lx_sql_raw(sql, type->name);
	else
		lx_sql_qualified(sql, type->schema, type->name);
	if (type->modifiers && !type->modifiers[strspn(type->modifiers, "0123456789,- ")]) {
		lx_sql_raw(sql, "(");
		lx_sql_raw(sql, type->modifiers);
		lx_sql_raw(sql, ")");
	}
	for (unsigned i = 0; i < type->dimensions; i++)
		lx_sql_raw(sql, "[]");
}

/* Whether TAG closes the body exactly at its end: "a$" behind which "$$" stands would close one byte early. */
static bool is_tag_free(struct lx_sql *sql, const char *body, const char *tag)
{
	const char *quoted = lx_arena_printf(sql->arena, "%s%s", body, tag);
	return strstr(quoted, tag) == quoted + strlen(body);
}

void lx_sql_body(struct lx_sql *sql, const char *body)
{
	char tag[32] = "$$";
	for (unsigned i = 0; !is_tag_free(sql, body, tag); i++)
		snprintf(tag, sizeof tag, i ? "$body%u$" : "$body$", i);
	lx_sql_raw(sql, tag);
	lx_buffer_string(&sql->text, body);
	lx_sql_raw(sql, tag);
}

void lx_sql_comment_on(struct lx_sql *sql, const struct lx_object *object, const char *comment)
{
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	if (!kind || !kind->identity)
		return;
	lx_sql_raw(sql, "COMMENT ON ");
	kind->identity(sql, object);
	lx_sql_raw(sql, " IS ");
	if (!comment && kind->own_comment)
		comment = kind->own_comment(object);
	if (comment)
		lx_sql_literal(sql, comment);
	else
		lx_sql_raw(sql, "NULL");
	lx_sql_end(sql);
}

void lx_sql_owner(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	if (!kind || !kind->identity)
		return;
	lx_sql_raw(sql, "ALTER ");
	kind->identity(sql, object);
	lx_sql_raw(sql, " OWNER TO ");
	lx_sql_name(sql, object->owner);
	lx_sql_end(sql);
}

void lx_sql_hazard(struct lx_sql *sql, unsigned hazards, const char *note)
{
	sql->hazards |= hazards;
	if (!note)
		return;
	sql->note = sql->note ? lx_arena_printf(sql->arena, "%s\n%s", sql->note, note) : note;
}

void lx_sql_end(struct lx_sql *sql)
{
	if (!lx_buffer_ok(&sql->text))
		lx_arena_alloc(sql->arena, SIZE_MAX / 2); /* out of memory: handled as everywhere in the compiler */
	struct lx_statement_text *statement = LX_NEW(sql->arena, struct lx_statement_text);
	statement->sql = lx_arena_copy(sql->arena, lx_buffer_text(&sql->text), sql->text.length);
	statement->note = sql->note;
	statement->hazards = sql->hazards;
	statement->is_transactional = !sql->is_not_transactional;
	statement->object = sql->object;
	lx_vec_push(sql->arena, sql->statements, statement);
	lx_buffer_clear(&sql->text);
	sql->hazards = 0;
	sql->note = NULL;
	sql->is_not_transactional = false;
}
