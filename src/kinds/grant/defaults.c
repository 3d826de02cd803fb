/* Default privileges: what they give to a new object.  Whose objects they are for is not looked at: who will run the
 * statements is not known, and revoking what is not there does nothing.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/grant/grant.h"
#include "kinds/grant/privileges.h"
#include "kinds/kind.h"

struct lx_object *lx_grant_gives(struct lx_arena *arena, const struct lx_object *object,
				 const struct lx_object *created);
void lx_grant_merge(struct lx_arena *arena, struct lx_object *given, const struct lx_object *other);

/* What ALTER DEFAULT PRIVILEGES calls objects of a kind. */
static const char *words_for(enum lx_kind kind)
{
	static const char *const words[LX_KIND_COUNT] = {
	    [LX_KIND_TABLE] = "TABLES",       [LX_KIND_VIEW] = "TABLES",    [LX_KIND_SEQUENCE] = "SEQUENCES",
	    [LX_KIND_FUNCTION] = "FUNCTIONS", [LX_KIND_ENUM] = "TYPES",     [LX_KIND_DOMAIN] = "TYPES",
	    [LX_KIND_COMPOSITE] = "TYPES",    [LX_KIND_SCHEMA] = "SCHEMAS",
	};
	return words[kind];
}

void lx_grant_merge(struct lx_arena *arena, struct lx_object *given, const struct lx_object *other)
{
	LX_EACH (const struct lx_privilege *, privilege, &((const struct lx_grant *)other)->privileges)
		lx_privilege_add(arena, (struct lx_grant *)given, privilege);
}

struct lx_object *lx_grant_gives(struct lx_arena *arena, const struct lx_object *object,
				 const struct lx_object *created)
{
	const struct lx_grant *defaults = (const struct lx_grant *)object;
	const char *words = words_for(created->kind);
	if (!defaults->owner || !words || strcmp(words, defaults->target_sql) != 0 ||
	    (defaults->in_schema && (!created->schema || strcmp(defaults->in_schema, created->schema) != 0)))
		return NULL;
	struct lx_grant *grant = LX_NEW(arena, struct lx_grant);
	grant->base.kind = LX_KIND_GRANT;
	grant->base.is_named = true;
	grant->role = defaults->role;
	grant->target = (struct lx_object *)(uintptr_t)created;
	grant->base.name = grant->base.source_name = lx_grant_name(arena, grant);
	lx_grant_merge(arena, &grant->base, object);
	return &grant->base;
}
