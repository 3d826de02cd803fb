/* Grant lines to grants.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/grant/grant.h"
#include "kinds/grant/lines.h"
#include "kinds/grant/privileges.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"
#include "kinds/view/view.h"

/* The grant of ROLE on WHAT's target, new or there already. */
static struct lx_grant *grant_for(struct lx_declare *declare, const char *role, const struct lx_grant *what,
				  struct lx_span span)
{
	struct lx_grant wanted = *what;
	wanted.role = role;
	const char *name = lx_grant_name(declare->arena, &wanted);
	struct lx_object *there = lx_schema_find(declare->schema, LX_KIND_GRANT, NULL, NULL, name, NULL);
	if (there)
		return (struct lx_grant *)there;
	struct lx_object *object = lx_schema_new(declare->schema, LX_KIND_GRANT, sizeof(struct lx_grant));
	struct lx_grant *grant = (struct lx_grant *)object;
	object->name = object->source_name = lx_schema_intern_string(declare->schema, name);
	object->origin = span;
	object->is_named = true;
	grant->role = role;
	grant->target = what->target;
	grant->target_sql = what->target_sql;
	grant->owner = what->owner;
	grant->in_schema = what->in_schema;
	lx_schema_add(declare->schema, object);
	return grant;
}

static const char *title_of(struct lx_declare *declare, const struct lx_grant *what)
{
	return what->target ? lx_member_title(declare, what->target->kind) : what->target_sql;
}

/* The canonical name, "all", or NULL: reported. */
static const char *privilege_name(struct lx_declare *declare, const struct lx_node *node, const struct lx_grant *what,
				  const char *const *known, bool of_columns)
{
	size_t count = 0;
	if (strcmp(node->text, "all") == 0)
		return "all";
	const char *all = "all";
	for (; known[count]; count++) {
		if (strcmp(known[count], node->text) == 0)
			return known[count];
		all = lx_arena_printf(declare->arena, "%s, %s", all, known[count]);
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0254, node->span, "there is no privilege '%s' on %s%s",
					 node->text, of_columns ? "columns of " : "", title_of(declare, what));
	const char *nearest = lx_nearest(node->text, known, count);
	if (nearest)
		lx_diag_fix(declare->diags, diag, node->span, nearest, "the nearest one");
	lx_diag_help(declare->diags, diag, "one of: %s", all);
	return NULL;
}

static void add_privilege(struct lx_declare *declare, struct lx_grant *grant, const char *const *known,
			  const struct lx_privilege *privilege)
{
	struct lx_arena *arena = declare->schema->arena;
	if (strcmp(privilege->name, "all") != 0) {
		lx_privilege_add(arena, grant, privilege);
		return;
	}
	for (; *known; known++) {
		struct lx_privilege one = *privilege;
		one.name = *known;
		if (lx_privilege_is_of_version(one.name, declare->target_version))
			lx_privilege_add(arena, grant, &one);
	}
}

static void add_to_roles(struct lx_declare *declare, const struct lx_grant_line *line, const struct lx_grant *what,
			 const char *const *known, const struct lx_vec *columns)
{
	struct lx_vec names = {NULL, 0, 0};
	LX_EACH (const struct lx_node *, node, &line->privileges) {
		const char *name = privilege_name(declare, node, what, known, columns->length > 0);
		if (name)
			lx_vec_push(declare->arena, &names, (void *)(uintptr_t)name);
	}
	LX_EACH (const struct lx_node *, node, &line->roles) {
		const char *role = lx_member_role(declare, node);
		struct lx_grant *grant = role && names.length ? grant_for(declare, role, what, node->span) : NULL;
		for (size_t i = 0; grant && i < names.length; i++)
			add_privilege(declare, grant, known,
				      &(struct lx_privilege){.name = names.items[i],
							     .columns = *columns,
							     .has_grant_option = line->has_grant_option,
							     .is_revoked = line->is_revoke});
	}
}

/* The columns of a view need not be written down, and of what SQL names nothing is known. */
static bool read_columns(struct lx_declare *declare, const struct lx_grant_line *line, const struct lx_object *target,
			 struct lx_vec *columns)
{
	bool is_open = !target || (target->kind == LX_KIND_VIEW && !((const struct lx_view *)target)->columns.length);
	if (!is_open)
		return lx_member_columns(declare, target, &line->columns, columns);
	LX_EACH (const struct lx_node *, node, &line->columns)
		lx_vec_push(declare->schema->arena, columns, (void *)(uintptr_t)lx_declare_intern(declare, node));
	return true;
}

/* False: reported. */
static bool find_what(struct lx_declare *declare, const struct lx_grant_line *line, struct lx_grant *what)
{
	if (line->target.is_sql)
		what->target_sql = lx_declare_intern(declare, line->target.name);
	else if (line->new_objects)
		what->target_sql = line->new_objects;
	else
		what->target = lx_grant_target_find(declare, &line->target);
	if (line->owner)
		what->owner = lx_member_role(declare, line->owner);
	if (line->in_schema)
		what->in_schema = lx_grant_schema_find(declare, line->in_schema);
	return (what->target || what->target_sql) && !line->owner == !what->owner &&
	       !line->in_schema == !what->in_schema;
}

static void expand_line(struct lx_declare *declare, const struct lx_grant_line *line)
{
	struct lx_grant what = {.role = NULL};
	struct lx_vec columns = {NULL, 0, 0};
	bool of_columns = line->columns.length > 0;
	if (!find_what(declare, line, &what))
		return;
	const char *const *known = what.target ? lx_privileges_of(what.target->kind, of_columns)
					       : lx_privileges_on(what.target_sql, of_columns);
	if (!known) {
		lx_report(declare->diags, LX_E0254, line->target.name->span, "%s has no columns to grant on",
			  title_of(declare, &what));
		return;
	}
	if (of_columns && line->is_revoke) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0254, line->target.name->span,
						 "nobody has privileges on columns by himself");
		lx_diag_help(declare->diags, diag,
			     "a revoke takes away what PostgreSQL gives by itself; remove this line");
		return;
	}
	if (!of_columns || read_columns(declare, line, what.target, &columns))
		add_to_roles(declare, line, &what, known, &columns);
}

void lx_grants_expand(struct lx_declare *declare)
{
	LX_EACH (const struct lx_grant_line *, line, &declare->grants)
		expand_line(declare, line);
}
