/* Types as they are written, and what they refer to.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "check/names.h"
#include "check/phases.h"
#include "check/sql_check.h"
#include "kinds/kind.h"

static bool is_lower(const char *text)
{
	while ((*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9') || *text == '_')
		text++;
	return !*text;
}

/* --- reading --------------------------------------------------------------------------------------------------------
 */

static const struct lx_limits {
	const char *name;
	int low[2], high[2];
} limits[] = {
    /* src/backend/utils/adt/numeric.c, src/include/access/htup_details.h, src/include/utils/date.h */
    {"numeric", {1, 0}, {1000, 1000}}, {"varchar", {1, 0}, {10485760, 0}}, {"char", {1, 0}, {10485760, 0}},
    {"bit", {1, 0}, {83886080, 0}},    {"varbit", {1, 0}, {83886080, 0}},  {"time", {0, 0}, {6, 0}},
    {"timetz", {0, 0}, {6, 0}},        {"timestamp", {0, 0}, {6, 0}},      {"timestamptz", {0, 0}, {6, 0}},
    {"interval", {0, 0}, {6, 0}},
};

static const struct lx_limits *limits_of(const struct lx_builtin *builtin)
{
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		if (strcmp(limits[i].name, builtin->name) == 0)
			return &limits[i];
	}
	return NULL;
}

static bool is_whole_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")] && strlen(text) < 10;
}

static bool check_modifier(struct lx_declare *declare, const struct lx_type *type, const struct lx_node *number, int i)
{
	const struct lx_limits *limit = type->builtin ? limits_of(type->builtin) : NULL;
	if (!is_whole_number(number->text)) {
		lx_report(declare->diags, LX_E0302, number->span, "a type modifier is a whole number");
		return false;
	}
	if (!limit || i >= type->builtin->max_modifiers)
		return true;
	long value = strtol(number->text, NULL, 10);
	if (value >= limit->low[i] && value <= limit->high[i])
		return true;
	lx_report(declare->diags, LX_E0302, number->span, "%s takes %d to %d here", type->builtin->name, limit->low[i],
		  limit->high[i]);
	return false;
}

static bool read_modifiers(struct lx_declare *declare, const struct lx_node *group, struct lx_type *type)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_cursor cursor;
	int count = 0;
	bool is_good = true;
	lx_cursor_enter(&cursor, declare->diags, group);
	do {
		const struct lx_node *number = lx_cursor_need(&cursor, LX_NODE_NUMBER, "a number");
		is_good = number && check_modifier(declare, type, number, count);
		if (!number)
			break;
		if (count++)
			lx_buffer_char(&text, ',');
		lx_buffer_string(&text, number->text);
	} while (is_good && lx_cursor_take_punct(&cursor, ','));
	if (is_good)
		lx_cursor_need_end(&cursor, "the numbers of a type");
	type->modifiers = lx_schema_intern(declare->schema, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	if (is_good && type->builtin && count > type->builtin->max_modifiers) {
		lx_report(declare->diags, LX_E0302, group->span,
			  type->builtin->max_modifiers ? "%s takes at most %d number(s)" : "%s takes no numbers",
			  type->builtin->name, type->builtin->max_modifiers);
		return false;
	}
	return is_good && !cursor.has_failed;
}

static void set_builtin(struct lx_type *type, const struct lx_builtin *builtin)
{
	type->builtin = builtin;
	type->name = builtin->name;
	type->schema = NULL;
}

static bool read_raw(struct lx_declare *declare, const struct lx_node *node, struct lx_type *type)
{
	const struct lx_builtin *builtin = lx_builtin_find(node->text, node->length);
	type->span = node->span;
	if (builtin) {
		set_builtin(type, builtin);
		return true;
	}
	type->is_raw = true;
	type->name = lx_declare_intern(declare, node);
	return lx_sql_check_node(declare, node, LX_SQL_IS_TYPE);
}

static bool read_name(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_type *type)
{
	const struct lx_node *name = lx_cursor_need_name(cursor, "a type");
	if (!name)
		return false;
	type->span = name->span;
	type->name = lx_declare_intern(declare, name);
	if (lx_cursor_take_punct(cursor, '.')) {
		const struct lx_node *second = lx_cursor_need_name(cursor, "the name of a type behind the '.'");
		if (!second)
			return false;
		type->schema = type->name;
		type->name = lx_declare_intern(declare, second);
		type->span = lx_span_join(type->span, second->span);
		return true;
	}
	const struct lx_builtin *builtin =
	    name->kind == LX_NODE_WORD && is_lower(name->text) ? lx_builtin_find(name->text, name->length) : NULL;
	if (builtin)
		set_builtin(type, builtin);
	return true;
}

bool lx_declare_type(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_type *type)
{
	*type = (struct lx_type){0};
	const struct lx_node *node = lx_cursor_take(cursor, LX_NODE_SQL);
	bool is_good = node ? read_raw(declare, node, type) : read_name(declare, cursor, type);
	if (!is_good && !type->name)
		return false;
	node = lx_cursor_take(cursor, LX_NODE_PAREN);
	if (node)
		is_good &= read_modifiers(declare, node, type);
	while ((node = lx_cursor_take(cursor, LX_NODE_BRACKET))) {
		type->dimensions++;
		if (!node->items || !node->items->first)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0302, node->span, "an array has no size here");
		lx_diag_help(declare->diags, diag,
			     "PostgreSQL does not enforce it; write [], and a check if it matters");
		is_good = false;
	}
	if (!type->builtin && !type->is_raw)
		lx_vec_push(declare->arena, &declare->types, type);
	return is_good;
}

/* --- looking up --------------------------------------------------------------------------------------------------- */

static bool is_type_kind(enum lx_kind kind)
{
	return kind == LX_KIND_ENUM || kind == LX_KIND_DOMAIN || kind == LX_KIND_COMPOSITE || kind == LX_KIND_RANGE ||
	       kind == LX_KIND_TABLE || kind == LX_KIND_VIEW;
}

static struct lx_object *find_by_sql_name(struct lx_declare *declare, const char *schema, const char *name)
{
	static const enum lx_kind kinds[] = {LX_KIND_ENUM,  LX_KIND_DOMAIN, LX_KIND_COMPOSITE,
					     LX_KIND_RANGE, LX_KIND_TABLE,  LX_KIND_VIEW};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct lx_object *object = lx_schema_find(declare->schema, kinds[i], NULL, schema, name, NULL);
		if (object)
			return object;
	}
	return NULL;
}

static struct lx_object *find_type(struct lx_declare *declare, const struct lx_type *type)
{
	if (type->schema)
		return find_by_sql_name(declare, type->schema, type->name);
	struct lx_object *object = lx_map_get(&declare->source_names, type->name, strlen(type->name));
	return object ? object : find_by_sql_name(declare, declare->default_schema, type->name);
}

static const struct {
	const char *word, *help;
} hints[] = {
    {"serial", "write: int4 @identity"},
    {"bigserial", "write: int8 @identity"},
    {"smallserial", "write: int2 @identity"},
    {"string", "write: text"},
    {"double", "write float8, or `double precision` in back-quotes"},
    {"datetime", "write: timestamptz"},
    {"boolean", "write: bool"},
    {"long", "write: int8"},
    {"blob", "write: bytea"},
    {"binary", "write: bytea"},
    {"citext", "declare the extension that brings it: extension citext"},
    {"hstore", "declare the extension that brings it: extension hstore"},
    {"ltree", "declare the extension that brings it: extension ltree"},
    {"vector", "declare the extension that brings it: extension vector"},
    {"geometry", "declare the extension that brings it: extension postgis"},
    {"geography", "declare the extension that brings it: extension postgis"},
    {"uint4", "PostgreSQL has no unsigned numbers; write int8 and a check"},
    {"uint8", "PostgreSQL has no unsigned numbers; write numeric(20) and a check"},
};

static void report_unknown(struct lx_declare *declare, const struct lx_type *type, struct lx_span span)
{
	struct lx_diag *diag = lx_report(declare->diags, LX_E0301, span, "unknown type '%s%s%s'",
					 type->schema ? type->schema : "", type->schema ? "." : "", type->name);
	for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
		if (strcasecmp(hints[i].word, type->name) == 0) {
			lx_diag_help(declare->diags, diag, "%s", hints[i].help);
			return;
		}
	}
	struct lx_vec names = {0};
	const struct lx_builtin *builtin;
	for (size_t i = 0; (builtin = lx_builtin_at(i)); i++)
		lx_vec_push(declare->arena, &names, (char *)(uintptr_t)builtin->name);
	lx_names_collect(declare, LX_KIND_COUNT, &names);
	lx_diag_help(declare->diags, diag,
		     "declare it, declare the extension that brings it (extension name), or write "
		     "it in back-quotes");
	lx_names_suggest(declare, diag, type->name, &names, span);
}

void lx_declare_resolve_type(struct lx_declare *declare, struct lx_type *type, struct lx_span span)
{
	if (type->builtin || type->user || type->is_raw)
		return;
	if (type->span.file)
		span = type->span;
	if (type->schema && strcmp(type->schema, "pg_catalog") == 0) {
		const struct lx_builtin *builtin = lx_builtin_find(type->name, strlen(type->name));
		if (builtin) {
			set_builtin(type, builtin);
			return;
		}
	}
	struct lx_object *object = find_type(declare, type);
	if (object && is_type_kind(object->kind)) {
		type->user = object;
		type->name = object->name;
		type->schema = object->schema;
		if (type->modifiers)
			lx_report(declare->diags, LX_E0302, span, "'%s' takes no numbers", object->source_name);
		return;
	}
	type->is_raw = true; /* reported once, or left to PostgreSQL */
	if (object)
		lx_report(declare->diags, LX_E0215, span, "'%s' is %s %s, not a type", type->name,
			  lx_article(lx_kind_info(object->kind)->title), lx_kind_info(object->kind)->title);
	else if (!declare->has_extension || !is_lower(type->name))
		report_unknown(declare, type, span);
}

void lx_types_resolve(struct lx_declare *declare)
{
	LX_EACH (struct lx_type *, type, &declare->types) {
		lx_declare_resolve_type(declare, type, type->span);
	}
}
