/* GRANT and REVOKE of differences.  A REVOKE on the whole table takes the grants on its columns along
 * (doc/src/sgml/ref/revoke.sgml), so those that stay are granted again behind it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/grant/grant.h"
#include "kinds/grant/privileges.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_grant *grant = (const struct lx_grant *)object;
	lx_depend_on(depends, grant->target);
	lx_depend_on_schema(depends, grant->in_schema);
	if (grant->target_sql && !grant->owner)
		lx_depend_on_names(depends, grant->target_sql);
	if (!grant->target)
		return;
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges)
		lx_depend_on_columns(depends, grant->target, &privilege->columns);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_grant *grant = (struct lx_grant *)copy;
	struct lx_arena *arena = lx_follow_arena(follow);
	struct lx_vec privileges = {0};
	(void)new;
	if (!grant->target)
		return;
	LX_EACH (const struct lx_privilege *, old, &grant->privileges) {
		struct lx_privilege *privilege = LX_NEW(arena, struct lx_privilege);
		*privilege = *old;
		lx_follow_columns(follow, grant->target, &privilege->columns);
		lx_vec_push(arena, &privileges, privilege);
	}
	grant->privileges = privileges;
	grant->target = lx_follow_object(follow, grant->target);
}

enum want { REVOKED, OPTION_REVOKED, GRANTED, OPTION_GRANTED };
struct difference {
	const struct lx_grant *old, *new; /* either may be NULL */
	enum want want;
};
/* Of one privilege on the object or on one column.  AS_MADE: what PostgreSQL gives by itself. */
enum state { TAKEN, AS_MADE, GIVEN, GIVEN_WITH_OPTION };

/* COLUMN NULL: on the whole object. */
static enum state state_of(const struct lx_grant *grant, const char *name, const char *column)
{
	enum state state = AS_MADE;
	if (!grant)
		return state;
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges) {
		if (strcmp(privilege->name, name) != 0 ||
		    (column ? !lx_names_have(&privilege->columns, column) : privilege->columns.length > 0))
			continue;
		state = privilege->is_revoked ? TAKEN : privilege->has_grant_option ? GIVEN_WITH_OPTION : GIVEN;
	}
	return state;
}

/* What is left of a column's privilege when that on the whole table has been revoked. */
static enum state left_on_column(const struct difference *difference, const char *name, enum state state)
{
	enum state old = state_of(difference->old, name, NULL), new = state_of(difference->new, name, NULL);
	if (new < old &&new <= AS_MADE)
		return AS_MADE;
	return new < old &&state == GIVEN_WITH_OPTION ? GIVEN : state;
}

static bool is_wanted(const struct difference *difference, const char *name, const char *column)
{
	enum state old = state_of(difference->old, name, column), new = state_of(difference->new, name, column);
	if (column)
		old = left_on_column(difference, name, old);
	switch (difference->want) {
	case REVOKED:
		return new < old &&new <= AS_MADE;
	case OPTION_REVOKED:
		return new < old &&new == GIVEN;
	case GRANTED:
		return new > old &&new <= GIVEN;
	case OPTION_GRANTED:
		return new > old &&new == GIVEN_WITH_OPTION;
	}
	return false;
}

/* What is wanted of one entry: all of it, or COLUMNS.  False: nothing. */
static bool find_wanted(struct lx_sql *sql, const struct difference *difference, const struct lx_privilege *privilege,
			struct lx_vec *columns)
{
	LX_EACH (const char *, column, &privilege->columns) {
		if (is_wanted(difference, privilege->name, column))
			lx_vec_push(sql->arena, columns, privilege->columns.items[column_i]);
	}
	return privilege->columns.length ? columns->length > 0 : is_wanted(difference, privilege->name, NULL);
}

/* "SELECT (a, b)" */
static void write_entry(struct lx_sql *sql, const struct lx_privilege *privilege, const struct lx_vec *columns)
{
	lx_sql_verb(sql, privilege->name);
	if (!columns->length)
		return;
	lx_sql_raw(sql, " (");
	lx_sql_names(sql, columns);
	lx_sql_raw(sql, ")");
}

static void write_verb(struct lx_sql *sql, const struct lx_grant *grant, enum want want, bool is_grant)
{
	if (grant->owner) {
		lx_sql_raw(sql, "ALTER DEFAULT PRIVILEGES FOR ROLE ");
		lx_sql_name(sql, grant->owner);
		if (grant->in_schema) {
			lx_sql_raw(sql, " IN SCHEMA ");
			lx_sql_name(sql, grant->in_schema);
		}
		lx_sql_raw(sql, " ");
	}
	const char *verb = is_grant ? "GRANT " : want == OPTION_REVOKED ? "REVOKE GRANT OPTION FOR " : "REVOKE ";
	lx_sql_raw(sql, verb);
}

static void write_target(struct lx_sql *sql, const struct lx_grant *grant)
{
	const struct lx_object *target = grant->target;
	lx_sql_raw(sql, " ON ");
	if (!target)
		lx_sql_expr(sql, grant->target_sql);
	else if (target->kind == LX_KIND_SERVER)
		lx_sql_identity(sql, "FOREIGN SERVER", target);
	else if (target->kind == LX_KIND_VIEW || target->kind == LX_KIND_TABLE)
		lx_sql_identity(sql, "TABLE", target);
	else
		lx_kind_sql(target->kind)->identity(sql, target);
}

static void write_difference(struct lx_sql *sql, const struct lx_grant *grant, struct difference difference,
			     bool is_grant)
{
	bool is_any = false;
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges) {
		struct lx_vec columns = {0};
		if (!find_wanted(sql, &difference, privilege, &columns))
			continue;
		if (is_any)
			lx_sql_raw(sql, ", ");
		else
			write_verb(sql, grant, difference.want, is_grant);
		write_entry(sql, privilege, &columns);
		is_any = true;
	}
	if (!is_any)
		return;
	write_target(sql, grant);
	lx_sql_raw(sql, is_grant ? " TO " : " FROM ");
	lx_sql_role(sql, grant->role);
	if (difference.want == OPTION_GRANTED)
		lx_sql_raw(sql, " WITH GRANT OPTION");
	lx_sql_end(sql);
}

/* Every privilege of a grant, of which those wanted are written. */
static void write_changes(struct lx_sql *sql, const struct lx_grant *old, const struct lx_grant *new)
{
	for (enum want want = REVOKED; want <= OPTION_GRANTED; want++) {
		struct difference difference = {old, new, want};
		struct lx_grant all = new ? *new : *old;
		all.privileges = (struct lx_vec){0};
		for (int i = 0; i < 2; i++) {
			const struct lx_grant *grant = i ? new : old;
			for (size_t k = 0; grant && k < grant->privileges.length; k++)
				lx_privilege_add(sql->arena, &all, grant->privileges.items[k]);
		}
		write_difference(sql, &all, difference, want >= GRANTED);
	}
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write_changes(sql, NULL, (const struct lx_grant *)object);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	write_changes(sql, (const struct lx_grant *)object, NULL);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)changed;
	write_changes(sql, (const struct lx_grant *)old, (const struct lx_grant *)new);
	return true;
}

/* What is granted on a column goes with it: everything is revoked before, so that all is granted again behind. */
static const struct lx_object *release(struct lx_sql *sql, const struct lx_object *old)
{
	struct lx_grant *rest = LX_NEW(sql->arena, struct lx_grant);
	*rest = *(const struct lx_grant *)old;
	rest->privileges = (struct lx_vec){0};
	drop(sql, old);
	return &rest->base;
}

struct lx_object *lx_grant_gives(struct lx_arena *arena, const struct lx_object *object,
				 const struct lx_object *created);
void lx_grant_merge(struct lx_arena *arena, struct lx_object *given, const struct lx_object *other);

const struct lx_kind_sql lx_grant_sql = {
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .alter = alter,
    .release = release,
    .gives = lx_grant_gives,
    .merge = lx_grant_merge,
    .reactions = LX_ON_GONE_STRUCTURE,
};
