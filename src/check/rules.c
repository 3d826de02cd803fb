/* Rules that concern the schema as a whole.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/names.h"
#include "check/phases.h"
#include "kinds/kind.h"

/* --- PostgreSQL's namespaces -------------------------------------------------------------------------------------- */

/* pg_type holds enums and domains, and a row type for every relation; pg_class holds the relations, and composites. */
static bool has_type(enum lx_kind kind)
{
	return kind == LX_KIND_ENUM || kind == LX_KIND_DOMAIN || kind == LX_KIND_COMPOSITE || kind == LX_KIND_RANGE ||
	       kind == LX_KIND_TABLE || kind == LX_KIND_VIEW;
}

static bool is_relation(enum lx_kind kind)
{
	return kind == LX_KIND_COMPOSITE || kind == LX_KIND_SEQUENCE || kind == LX_KIND_VIEW;
}

static void check_types(struct lx_declare *declare)
{
	struct lx_map types = {0};
	LX_EACH (struct lx_object *, object, &declare->schema->objects) {
		if (!object->name || !has_type(object->kind))
			continue;
		if (is_relation(object->kind) && !lx_declare_relation(declare, object))
			continue;
		const char *key = lx_arena_printf(declare->arena, "%s\001%s", object->schema, object->name);
		const struct lx_object *there = lx_map_put(declare->arena, &types, key, strlen(key), object);
		if (!there || (is_relation(object->kind) && is_relation(there->kind)))
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0204, object->origin,
						 "%s '%s' has the SQL name of %s %s of the same schema: '%s'",
						 lx_kind_info(object->kind)->title, object->source_name,
						 lx_article(lx_kind_info(there->kind)->title),
						 lx_kind_info(there->kind)->title, object->name);
		lx_diag_label(declare->diags, diag, there->origin, "the %s '%s'", lx_kind_info(there->kind)->title,
			      there->source_name);
		lx_diag_help(declare->diags, diag,
			     "every table and view has a row type of its name; give one of them "
			     "another SQL name with @map('…')");
	}
	LX_EACH (const struct lx_object *, object, &declare->schema->objects) {
		if (object->kind == LX_KIND_SEQUENCE)
			lx_declare_relation(declare, object);
	}
}

/* --- SQL schemas -------------------------------------------------------------------------------------------------- */

static bool is_known_schema(struct lx_declare *declare, const char *name)
{
	return strcmp(name, declare->default_schema) == 0 || strcmp(name, "public") == 0 ||
	       lx_schema_find(declare->schema, LX_KIND_SCHEMA, NULL, NULL, name, NULL);
}

static void check_schemas(struct lx_declare *declare)
{
	struct lx_map reported = {0};
	LX_EACH (struct lx_object *, object, &declare->schema->objects) {
		if (!object->schema || is_known_schema(declare, object->schema))
			continue;
		if (lx_map_put(declare->arena, &reported, object->schema, strlen(object->schema), object))
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0217, object->origin,
						 "the SQL schema '%s' is not declared", object->schema);
		struct lx_vec names = {0};
		lx_names_collect(declare, LX_KIND_SCHEMA, &names);
		lx_diag_help(declare->diags, diag, "add the line: schema %s", object->schema);
		const char *near = lx_nearest(object->schema, (const char *const *)names.items, names.length);
		if (near)
			lx_diag_help(declare->diags, diag, "did you mean '%s'?", near);
	}
}

/* --- renames ------------------------------------------------------------------------------------------------------ */

static void check_rename(struct lx_declare *declare, const struct lx_object *object, struct lx_map *claims)
{
	if (!object->renamed_from || !object->name)
		return;
	if (strcmp(object->renamed_from, object->name) == 0) {
		lx_report(declare->diags, LX_E0213, object->origin, "%s '%s' claims to be renamed from its own name",
			  lx_kind_info(object->kind)->title, object->name);
		return;
	}
	const struct lx_object *old = lx_schema_find(declare->schema, object->kind, object->parent, object->schema,
						     object->renamed_from, object->signature);
	/* Swapped names: the one there was has another name of its own before. */
	if (old && !old->renamed_from) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0212, object->origin,
						 "%s '%s' was renamed from '%s', which is declared still",
						 lx_kind_info(object->kind)->title, object->name, object->renamed_from);
		lx_diag_label(declare->diags, diag, old->origin, "'%s' is declared here", object->renamed_from);
		lx_diag_help(declare->diags, diag, "remove @renamed if both are wanted, else remove the old one");
	}
	const char *key =
	    lx_arena_printf(declare->arena, "%d\001%p\001%s\001%s", (int)object->kind, (const void *)object->parent,
			    object->schema ? object->schema : "", object->renamed_from);
	const struct lx_object *there =
	    lx_map_put(declare->arena, claims, key, strlen(key), (struct lx_object *)(uintptr_t)object);
	if (!there)
		return;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0213, object->origin, "'%s' and '%s' claim both to be renamed from '%s'",
		      there->name, object->name, object->renamed_from);
	lx_diag_label(declare->diags, diag, there->origin, "the other one");
}

static void check_renames(struct lx_declare *declare)
{
	struct lx_map claims = {0};
	LX_EACH (const struct lx_object *, object, &declare->schema->objects) {
		check_rename(declare, object, &claims);
		LX_EACH (const struct lx_object *, child, &object->children) {
			check_rename(declare, child, &claims);
		}
	}
}

void lx_rules_check(struct lx_declare *declare)
{
	check_types(declare);
	check_schemas(declare);
	check_renames(declare);
}
