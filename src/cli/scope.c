/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/scope.h"

#include <fnmatch.h>
#include <string.h>

#include "base/arena.h"
#include "diff/diff.h"
#include "ir/schema.h"

struct scope {
	struct lx_vec schemas, included, excluded; /* const char * */
};

/* The words of a key of lexo.ini, then those of the option. */
static struct lx_vec read_words(struct lx_cli *cli, const char *text, enum lx_option option)
{
	struct lx_vec words = {0};
	for (; text && *(text += strspn(text, " \t,")); text += strcspn(text, " \t,"))
		lx_vec_push(cli->arena, &words, lx_arena_copy(cli->arena, text, strcspn(text, " \t,")));
	LX_EACH (const char *, word, &cli->options.values[option])
		lx_vec_push(cli->arena, &words, (void *)(uintptr_t)word);
	return words;
}

static struct scope read_scope(struct lx_cli *cli)
{
	return (struct scope){.schemas = read_words(cli, NULL, LX_OPTION_SCHEMA),
			      .included = read_words(cli, cli->config.include, LX_OPTION_INCLUDE),
			      .excluded = read_words(cli, cli->config.exclude, LX_OPTION_EXCLUDE)};
}

static bool has_rules(const struct scope *scope)
{
	return scope->schemas.length || scope->included.length || scope->excluded.length;
}

bool lx_scope_is_narrow(struct lx_cli *cli)
{
	struct scope scope = read_scope(cli);
	return has_rules(&scope);
}

/* A pattern with a dot is for SCHEMA.NAME, one without for the name in any schema.  A schema is matched by "name.*". */
static bool matches_any(struct lx_cli *cli, const struct lx_vec *patterns, const struct lx_object *object)
{
	bool is_schema = object->kind == LX_KIND_SCHEMA;
	const char *whole = is_schema        ? lx_arena_printf(cli->arena, "%s.", object->name)
			    : object->schema ? lx_arena_printf(cli->arena, "%s.%s", object->schema, object->name)
					     : NULL;
	LX_EACH (const char *, pattern, patterns) {
		const char *text = strchr(pattern, '.') ? whole : object->name;
		if (text && fnmatch(pattern, text, 0) == 0)
			return true;
	}
	return false;
}

static bool is_in_schemas(const struct scope *scope, const struct lx_object *object)
{
	const char *name = object->kind == LX_KIND_SCHEMA ? object->name : object->schema;
	LX_EACH (const char *, schema, &scope->schemas)
		if (name && strcmp(schema, name) == 0)
			return true;
	return !scope->schemas.length;
}

static bool is_in_scope(struct lx_cli *cli, const struct scope *scope, const struct lx_object *object)
{
	return is_in_schemas(scope, object) &&
	       (!scope->included.length || matches_any(cli, &scope->included, object)) &&
	       !matches_any(cli, &scope->excluded, object);
}

static void add_all(struct lx_cli *cli, const struct scope *scope, const struct lx_schema *from, bool wants_inside,
		    struct lx_schema *to)
{
	LX_EACH (struct lx_object *, object, &from->objects) {
		if (is_in_scope(cli, scope, object) != wants_inside)
			continue;
		lx_vec_push(to->arena, &to->objects, object);
		lx_schema_index(to, object);
		LX_EACH (struct lx_object *, child, &object->children)
			lx_schema_index(to, child);
	}
}

struct lx_schema *lx_scope_narrow(struct lx_cli *cli, struct lx_schema *schema)
{
	struct scope scope = read_scope(cli);
	if (!has_rules(&scope))
		return schema;
	struct lx_schema *narrow = lx_schema_open(schema->arena);
	narrow->is_snapshot = schema->is_snapshot;
	narrow->is_catalog = schema->is_catalog;
	add_all(cli, &scope, schema, true, narrow);
	return narrow;
}

struct lx_schema *lx_scope_mix(struct lx_cli *cli, struct lx_schema *inside, struct lx_schema *outside)
{
	struct scope scope = read_scope(cli);
	if (!has_rules(&scope))
		return inside;
	struct lx_schema *mixed = lx_schema_open(inside->arena);
	add_all(cli, &scope, inside, true, mixed);
	add_all(cli, &scope, outside, false, mixed);
	return mixed;
}

struct lx_diff *lx_scope_diff(struct lx_cli *cli, struct lx_schema *old, struct lx_schema *new)
{
	return lx_diff(cli->arena, lx_scope_narrow(cli, old), lx_scope_narrow(cli, new), false);
}
