/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <string.h>

#include "base/arena.h"
#include "ir/expr.h"
#include "kinds/rule/rule.h"

enum { OID, NAME, TABLE, EVENT, IS_INSTEAD, ENABLED, DEFINITION };

static const char *event(char code)
{
	switch (code) {
	case '1':
		return "select";
	case '2':
		return "update";
	case '3':
		return "insert";
	default:
		return "delete";
	}
}

static const char *copy(struct lx_catalog *catalog, const char *text, size_t length)
{
	return lx_catalog_intern(catalog, lx_arena_copy(lx_catalog_arena(catalog), text, length));
}

static size_t length_without(const char *text, size_t length, const char *characters)
{
	while (length && strchr(characters, text[length - 1]))
		length--;
	return length;
}

/* Several statements stand in parentheses, each with a semicolon: "(a; b; );". */
static struct lx_expr read_actions(struct lx_catalog *catalog, const char *text, size_t length)
{
	length = length_without(text, length, "; \n");
	if (length && text[0] == '(' && text[length - 1] == ')') {
		size_t inside = length_without(text, length - 1, " \n");
		if (text[inside - 1] == ';') {
			text++;
			length = inside - 1;
		}
	}
	if (length == strlen("NOTHING") && strncmp(text, "NOTHING", length) == 0)
		return (struct lx_expr){0};
	return (struct lx_expr){.text = lx_catalog_intern(catalog, lx_arena_printf(lx_catalog_arena(catalog), "\n%.*s\n",
										  (int)length, text))};
}

/* The only text of its parts that the server gives is the whole statement. */
static void read_definition(struct lx_catalog *catalog, const char *definition, struct lx_rule *rule)
{
	size_t length;
	const char *text = lx_expr_clause(definition, "where", "do", &length);
	if (text)
		rule->when.text = copy(catalog, text, length);
	text = lx_expr_clause(definition, rule->is_instead ? "instead" : "do", NULL, &length);
	if (text)
		rule->actions = read_actions(catalog, text, length);
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return;
	struct lx_rule *rule = lx_catalog_new(catalog, LX_KIND_RULE, table, NULL, lx_row_text(row, NAME));
	rule->event = event(lx_row_char(row, EVENT));
	rule->is_instead = lx_row_bool(row, IS_INSTEAD);
	rule->enabled = lx_row_enabled(row, ENABLED);
	read_definition(catalog, lx_row_text(row, DEFINITION), rule);
	lx_catalog_add(catalog, &rule->base, LX_PG_REWRITE, lx_row_oid(row, OID), 0);
}

const struct lx_kind_catalog lx_rule_catalog = {
    .query = "SELECT r.oid, r.rulename, r.ev_class, r.ev_type, r.is_instead, r.ev_enabled, pg_catalog.pg_get_ruledef(r.oid)"
	     " FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class"
	     " WHERE r.rulename <> '_RETURN' AND " LX_USER_SCHEMA("c.relnamespace") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_rewrite'::regclass", "r.oid") " ORDER BY r.ev_class, r.rulename",
    .read = read,
};
