/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/grant/privileges.h"

#include <string.h>

#include "base/arena.h"
#include "kinds/grant/grant.h"
#include "kinds/names.h"

static const char *const of_table[] = {"delete",  "insert",   "maintain", "references", "select",
				       "trigger", "truncate", "update",   NULL};
static const char *const of_column[] = {"insert", "references", "select", "update", NULL};
static const char *const of_sequence[] = {"select", "update", "usage", NULL};
static const char *const of_large[] = {"select", "update", NULL};
static const char *const of_function[] = {"execute", NULL};
static const char *const of_schema[] = {"create", "usage", NULL};
static const char *const of_usage[] = {"usage", NULL}; /* types, languages, servers, wrappers */

const char *const *lx_privileges_of(enum lx_kind kind, bool of_columns)
{
	switch ((int)kind) {
	case LX_KIND_TABLE:
	case LX_KIND_VIEW:
		return of_columns ? of_column : of_table;
	case LX_KIND_SEQUENCE:
		return of_columns ? NULL : of_sequence;
	case LX_KIND_FUNCTION:
		return of_columns ? NULL : of_function;
	case LX_KIND_SCHEMA:
		return of_columns ? NULL : of_schema;
	case LX_KIND_SERVER:
	case LX_KIND_WRAPPER:
	case LX_KIND_ENUM:
	case LX_KIND_DOMAIN:
	case LX_KIND_COMPOSITE:
		return of_columns ? NULL : of_usage;
	default:
		return NULL;
	}
}

const char *const *lx_privileges_on(const char *target_sql, bool of_columns)
{
	static const struct {
		const char *word;
		const char *const *privileges;
	} known[] = {
	    {"function", of_function}, {"procedure", of_function}, {"routine", of_function},
	    {"schema", of_schema},     {"sequence", of_sequence},  {"language", of_usage},
	    {"foreign", of_usage},     {"type", of_usage},         {"domain", of_usage},
	};
	static const struct {
		const char *words;
		const char *const *privileges;
	} of_new[] = {
	    {"TABLES", of_table}, {"SEQUENCES", of_sequence}, {"FUNCTIONS", of_function},
	    {"TYPES", of_usage},  {"SCHEMAS", of_schema},     {"LARGE OBJECTS", of_large},
	};
	for (size_t i = 0; i < sizeof of_new / sizeof of_new[0]; i++)
		if (strcmp(target_sql, of_new[i].words) == 0)
			return of_columns ? NULL : of_new[i].privileges;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		size_t length = strlen(known[i].word);
		if (strncasecmp(target_sql, known[i].word, length) == 0 && target_sql[length] == ' ')
			return of_columns ? NULL : known[i].privileges;
	}
	return of_columns ? of_column : of_table;
}

bool lx_privilege_is_of_version(const char *name, int version)
{
	enum { MAINTAIN_SINCE = 17 };
	return version >= MAINTAIN_SINCE || strcmp(name, "maintain") != 0;
}

static int compare_strings(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

static int compare_privileges(const void *a, const void *b, void *context)
{
	(void)context;
	const struct lx_privilege *one = a, *other = b;
	int order = strcmp(one->name, other->name);
	if (!order)
		order = (one->columns.length > 0) - (other->columns.length > 0);
	return order ? order : one->has_grant_option - other->has_grant_option;
}

/* The columns of A that are not in B (NULL: all), added to OUT once each. */
static void add_columns(struct lx_arena *arena, struct lx_vec *out, const struct lx_vec *a, const struct lx_vec *b)
{
	LX_EACH (void *, column, a)
		if (!(b && lx_names_have(b, column)) && !lx_names_have(out, column))
			lx_vec_push(arena, out, column);
	lx_vec_sort(arena, out, compare_strings, NULL);
}

static struct lx_privilege *find(const struct lx_grant *grant, const char *name, bool of_columns, bool has_grant_option)
{
	LX_EACH (struct lx_privilege *, there, &grant->privileges)
		if (strcmp(there->name, name) == 0 && (there->columns.length > 0) == of_columns &&
		    (!of_columns || there->has_grant_option == has_grant_option))
			return there;
	return NULL;
}

static void add(struct lx_arena *arena, struct lx_grant *grant, const struct lx_privilege *privilege,
		const struct lx_vec *columns)
{
	struct lx_privilege *copy = LX_NEW(arena, struct lx_privilege);
	*copy = *privilege;
	copy->columns = *columns;
	lx_vec_push(arena, &grant->privileges, copy);
	lx_vec_sort(arena, &grant->privileges, compare_privileges, NULL);
}

static void remove_entry(struct lx_grant *grant, const struct lx_privilege *entry)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < grant->privileges.length; i++)
		if (grant->privileges.items[i] != entry)
			grant->privileges.items[kept++] = grant->privileges.items[i];
	grant->privileges.length = kept;
}

/* A column is either in the entry with the option or in the one without. */
static void add_on_columns(struct lx_arena *arena, struct lx_grant *grant, const struct lx_privilege *privilege)
{
	struct lx_privilege *same = find(grant, privilege->name, true, privilege->has_grant_option);
	struct lx_privilege *other = find(grant, privilege->name, true, !privilege->has_grant_option);
	struct lx_vec columns = {0}, rest = {0};
	if (same)
		add_columns(arena, &columns, &same->columns, NULL);
	add_columns(arena, &columns, &privilege->columns,
		    other && !privilege->has_grant_option ? &other->columns : NULL);
	if (other && privilege->has_grant_option) {
		add_columns(arena, &rest, &other->columns, &columns);
		other->columns = rest;
		if (!rest.length)
			remove_entry(grant, other);
	}
	if (same)
		same->columns = columns;
	else if (columns.length)
		add(arena, grant, privilege, &columns);
}

void lx_privilege_add(struct lx_arena *arena, struct lx_grant *grant, const struct lx_privilege *privilege)
{
	if (privilege->columns.length) {
		add_on_columns(arena, grant, privilege);
		return;
	}
	struct lx_privilege *there = find(grant, privilege->name, false, false);
	if (there) {
		there->has_grant_option = there->has_grant_option || privilege->has_grant_option;
		there->is_revoked = there->is_revoked && privilege->is_revoked;
	} else {
		add(arena, grant, privilege, &(struct lx_vec){NULL, 0, 0});
	}
}

/* What stands behind the role; unique among targets. */
static const char *target_name(struct lx_arena *arena, const struct lx_object *target)
{
	static const char *const words[LX_KIND_COUNT] = {
	    [LX_KIND_SCHEMA] = "schema",     [LX_KIND_TABLE] = "table",       [LX_KIND_VIEW] = "table",
	    [LX_KIND_SEQUENCE] = "sequence", [LX_KIND_FUNCTION] = "function", [LX_KIND_SERVER] = "server",
	    [LX_KIND_WRAPPER] = "wrapper"};
	return lx_arena_printf(arena, "%s %s%s%s%s", words[target->kind] ? words[target->kind] : "type",
			       target->schema ? target->schema : "", target->schema ? "." : "", target->name,
			       target->signature ? target->signature : "");
}

const char *lx_grant_name(struct lx_arena *arena, const struct lx_grant *grant)
{
	const char *target = grant->target ? target_name(arena, grant->target) : grant->target_sql;
	if (!grant->owner)
		return lx_arena_printf(arena, "%s on %s", grant->role, target);
	return lx_arena_printf(arena, "%s on %s of %s%s%s", grant->role, target, grant->owner,
			       grant->in_schema ? " in " : "", grant->in_schema ? grant->in_schema : "");
}
