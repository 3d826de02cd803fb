/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"

#include <string.h>

#include "base/arena.h"
#include "diff/follow_state.h"
#include "history/sql_scan.h"
#include "ir/expr.h"
#include "kinds/composite/composite.h"
#include "kinds/index/index.h"

struct lx_arena *lx_follow_arena(const struct lx_follow *follow)
{
	return follow->arena;
}

bool lx_follow_is_reverse(const struct lx_follow *follow)
{
	return follow->is_reverse;
}

void lx_follow_add_copy(struct lx_follow *follow, const struct lx_object *old, struct lx_object *copy)
{
	const struct lx_object *self = copy;
	lx_map_put(follow->arena, &follow->copies, (const char *)&old, sizeof old, copy);
	lx_map_put(follow->arena, &follow->copies, (const char *)&self, sizeof self, copy);
}

struct lx_object *lx_follow_object(struct lx_follow *follow, const struct lx_object *old)
{
	return old ? lx_map_get(&follow->copies, (const char *)&old, sizeof old) : NULL;
}

void lx_follow_objects(struct lx_follow *follow, struct lx_vec *objects)
{
	struct lx_vec result = {0};
	LX_EACH (const struct lx_object *, object, objects)
		lx_vec_push(follow->arena, &result, lx_follow_object(follow, object));
	*objects = result;
}

static const char *column_key(struct lx_follow *follow, const struct lx_object *table, const char *name, size_t *length)
{
	size_t n = strlen(name);
	char *key = lx_arena_alloc(follow->arena, sizeof table + n);
	memcpy(key, &table, sizeof table);
	memcpy(key + sizeof table, name, n);
	*length = sizeof table + n;
	return key;
}

void lx_follow_add_word(struct lx_follow *follow, const char *old, const char *new, const struct lx_follow_scope *scope)
{
	const char *key = lx_arena_printf(follow->arena, "%s\001%s", old, new);
	struct lx_vec *scopes = lx_map_get(&follow->words, key, strlen(key));
	if (!scopes) {
		scopes = LX_NEW(follow->arena, struct lx_vec);
		lx_map_put(follow->arena, &follow->words, key, strlen(key), scopes);
	}
	struct lx_follow_scope *copy = LX_NEW(follow->arena, struct lx_follow_scope);
	if (scope)
		*copy = *scope;
	lx_vec_push(follow->arena, scopes, copy);
}

void lx_follow_add_column(struct lx_follow *follow, const struct lx_object *table, const char *old_table,
			  const char *old, const char *new)
{
	size_t length;
	const char *key = column_key(follow, table, old, &length);
	lx_map_put(follow->arena, &follow->columns, key, length, lx_arena_string(follow->arena, new));
	lx_follow_add_word(follow, old, new, &(struct lx_follow_scope){table, old_table});
}

const char *lx_follow_column(struct lx_follow *follow, const struct lx_object *table, const char *name)
{
	size_t length;
	const struct lx_object *copy = lx_follow_object(follow, table);
	if (!copy || !follow->columns.length)
		return name;
	const char *key = column_key(follow, copy, name, &length);
	const char *new = lx_map_get(&follow->columns, key, length);
	return new ? new : name;
}

void lx_follow_columns(struct lx_follow *follow, const struct lx_object *table, struct lx_vec *names)
{
	struct lx_vec result = {0};
	LX_EACH (const char *, name, names)
		lx_vec_push(follow->arena, &result,
			    lx_arena_string(follow->arena, lx_follow_column(follow, table, name)));
	*names = result;
}

void lx_follow_type(struct lx_follow *follow, struct lx_type *type)
{
	struct lx_object *user = lx_follow_object(follow, type->user);
	if (!user)
		return;
	type->user = user;
	type->name = user->name;
	type->schema = user->schema;
}

void lx_follow_fields(struct lx_follow *follow, struct lx_vec *fields)
{
	struct lx_vec result = {0};
	LX_EACH (const struct lx_field *, old, fields) {
		struct lx_field *field = LX_NEW(follow->arena, struct lx_field);
		*field = *old;
		lx_follow_type(follow, &field->type);
		lx_vec_push(follow->arena, &result, field);
	}
	*fields = result;
}

void lx_follow_elements(struct lx_follow *follow, const struct lx_object *owner, struct lx_vec *elements,
			const struct lx_vec *new)
{
	const struct lx_object *table = owner->parent ? owner->parent : owner;
	struct lx_vec result = {0};
	LX_EACH (const struct lx_index_element *, old, elements) {
		struct lx_index_element *element = LX_NEW(follow->arena, struct lx_index_element);
		*element = *old;
		if (element->column)
			element->column = lx_follow_column(follow, table, element->column);
		else if (new &&old_i < new->length)
			lx_follow_expr(follow, owner, &element->expr,
				       &((const struct lx_index_element *)new->items[old_i])->expr);
		lx_vec_push(follow->arena, &result, element);
	}
	*elements = result;
}

/* The word of a token as the renames are keyed: names folded and without quotes, literals as they are. */
static const char *token_word(struct lx_arena *arena, const struct lx_sql_token *token)
{
	char *word = lx_arena_copy(arena, token->start, token->length);
	size_t n = 0;
	if (token->kind == LX_SQL_WORD) {
		for (char *p = word; *p; p++)
			*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	} else if (token->kind == LX_SQL_QUOTED && *word == '"') {
		for (size_t i = 1; i + 1 < token->length; i++) {
			word[n++] = word[i];
			i += word[i] == '"';
		}
		word[n] = 0;
	}
	return word;
}

static bool is_renamed(struct lx_follow *follow, const struct lx_object *owner, const char *old_text,
		       const struct lx_sql_token *old, const struct lx_sql_token *new)
{
	const char *from = token_word(follow->arena, old), *to = token_word(follow->arena, new);
	bool are_names = (old->kind == LX_SQL_WORD || old->kind == LX_SQL_QUOTED) &&
			 (new->kind == LX_SQL_WORD || new->kind == LX_SQL_QUOTED);
	if (!are_names && (old->kind != LX_SQL_STRING || new->kind != LX_SQL_STRING))
		return false;
	if (strcmp(from, to) == 0)
		return true;
	const char *key = lx_arena_printf(follow->arena, "%s\001%s", from, to);
	const struct lx_vec *scopes = lx_map_get(&follow->words, key, strlen(key));
	if (!scopes)
		return false;
	LX_EACH (const struct lx_follow_scope *, scope, scopes) {
		if (!scope->table || scope->table == owner->parent || strstr(old_text, scope->old_table))
			return true;
	}
	return false;
}

static bool is_same_token(const struct lx_sql_token *a, const struct lx_sql_token *b)
{
	return a->kind == b->kind && a->length == b->length && memcmp(a->start, b->start, a->length) == 0;
}

static bool differs_by_renames(struct lx_follow *follow, const struct lx_object *owner, const char *old,
			       const char *new)
{
	struct lx_sql_scanner scanners[2];
	struct lx_sql_token tokens[2];
	lx_sql_scan_init(&scanners[0], old, strlen(old));
	lx_sql_scan_init(&scanners[1], new, strlen(new));
	for (;;) {
		enum lx_sql_token_kind kind = lx_sql_scan(&scanners[0], &tokens[0]);
		lx_sql_scan(&scanners[1], &tokens[1]);
		if (kind == LX_SQL_END || tokens[1].kind == LX_SQL_END)
			return kind == tokens[1].kind;
		if (!is_same_token(&tokens[0], &tokens[1]) && !is_renamed(follow, owner, old, &tokens[0], &tokens[1]))
			return false;
	}
}

void lx_follow_expr(struct lx_follow *follow, const struct lx_object *owner, struct lx_expr *expr,
		    const struct lx_expr *new)
{
	if (!expr->text || !new || !new->text || lx_expr_equal(expr->text, new->text))
		return;
	if (differs_by_renames(follow, owner, expr->text, new->text))
		expr->text = new->text;
}
