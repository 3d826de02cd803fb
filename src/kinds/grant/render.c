/* GRANT and REVOKE of differences.  A REVOKE on the whole table takes the grants on its columns along
 * (doc/src/sgml/ref/revoke.sgml), so those that stay are granted again behind it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/grant/grant.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_grant *grant = (const struct lx_grant *)object;
	lx_depend_on(depends, grant->target);
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges)
		lx_depend_on_columns(depends, grant->target, &privilege->columns);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_grant *grant = (struct lx_grant *)copy;
	struct lx_arena *arena = lx_follow_arena(follow);
	struct lx_vec privileges = {0};
	(void)new;
	LX_EACH (const struct lx_privilege *, old, &grant->privileges) {
		struct lx_privilege *privilege = LX_NEW(arena, struct lx_privilege);
		*privilege = *old;
		lx_follow_columns(follow, grant->target, &privilege->columns);
		lx_vec_push(arena, &privileges, privilege);
	}
	grant->privileges = privileges;
	grant->target = lx_follow_object(follow, grant->target);
}

enum want { ALL, REVOKED, OPTION_REVOKED, GRANTED, OPTION_GRANTED };
struct difference {
	const struct lx_grant *old, *new; /* either may be NULL */
	enum want want;
};

static bool has_column(const struct lx_vec *columns, const char *column)
{
	LX_EACH (const char *, candidate, columns) {
		if (strcmp(candidate, column) == 0)
			return true;
	}
	return false;
}

/* The entry of GRANT for a privilege on COLUMN (NULL: on the whole object). */
static const struct lx_privilege *find(const struct lx_grant *grant, const char *name, const char *column)
{
	if (!grant)
		return NULL;
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges) {
		if (strcmp(privilege->name, name) == 0 &&
		    (column ? has_column(&privilege->columns, column) : !privilege->columns.length))
			return privilege;
	}
	return NULL;
}

static bool is_wanted(const struct difference *difference, const char *name, const char *column)
{
	const struct lx_privilege *old = find(difference->old, name, column);
	const struct lx_privilege *new = find(difference->new, name, column);
	bool is_wiped = column && find(difference->old, name, NULL) && !find(difference->new, name, NULL);
	switch (difference->want) {
	case ALL:
		return true;
	case REVOKED:
		return old && !new && !is_wiped;
	case OPTION_REVOKED:
		return old && new && old->has_grant_option && !new->has_grant_option && !is_wiped;
	case GRANTED:
		return new && (!old || is_wiped) && !new->has_grant_option;
	case OPTION_GRANTED:
		return new &&new->has_grant_option && (!old || is_wiped || !old->has_grant_option);
	}
	return false;
}

static void write_privilege(struct lx_sql *sql, const char *name)
{
	static const char *const known[] = {"select",  "insert", "update",  "delete", "truncate", "references",
					    "trigger", "usage",  "execute", "create", "maintain"};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strcmp(known[i], name) != 0)
			continue;
		for (const char *p = name; *p; p++)
			lx_buffer_char(&sql->text, (char)(*p - 32));
		return;
	}
	lx_sql_name(sql, name);
}

/* "SELECT (a, b)" for what is wanted of one entry; false: nothing. */
static bool write_entry(struct lx_sql *sql, const struct difference *difference, const struct lx_privilege *privilege,
			const char *separator)
{
	struct lx_vec columns = {0};
	LX_EACH (const char *, column, &privilege->columns) {
		if (is_wanted(difference, privilege->name, column))
			lx_vec_push(sql->arena, &columns, privilege->columns.items[column_i]);
	}
	if (privilege->columns.length ? !columns.length : !is_wanted(difference, privilege->name, NULL))
		return false;
	lx_sql_raw(sql, separator);
	write_privilege(sql, privilege->name);
	if (columns.length) {
		lx_sql_raw(sql, " (");
		lx_sql_names(sql, &columns);
		lx_sql_raw(sql, ")");
	}
	return true;
}

static void write_target(struct lx_sql *sql, const struct lx_object *target)
{
	lx_sql_raw(sql, " ON ");
	if (target->kind == LX_KIND_VIEW || target->kind == LX_KIND_TABLE)
		lx_sql_identity(sql, "TABLE", target);
	else
		lx_kind_sql(target->kind)->identity(sql, target);
}

static void write_difference(struct lx_sql *sql, const struct lx_grant *grant, struct difference difference,
			     bool is_grant)
{
	const char *separator = is_grant                            ? "GRANT "
				: difference.want == OPTION_REVOKED ? "REVOKE GRANT OPTION FOR "
								    : "REVOKE ";
	size_t start = sql->text.length;
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges) {
		if (write_entry(sql, &difference, privilege, separator))
			separator = ", ";
	}
	if (sql->text.length == start)
		return;
	write_target(sql, grant->target);
	lx_sql_raw(sql, is_grant ? " TO " : " FROM ");
	lx_sql_role(sql, grant->role);
	if (difference.want == OPTION_GRANTED)
		lx_sql_raw(sql, " WITH GRANT OPTION");
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_grant *grant = (const struct lx_grant *)object;
	write_difference(sql, grant, (struct difference){NULL, grant, GRANTED}, true);
	write_difference(sql, grant, (struct difference){NULL, grant, OPTION_GRANTED}, true);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_grant *grant = (const struct lx_grant *)object;
	write_difference(sql, grant, (struct difference){grant, NULL, ALL}, false);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_grant *from = (const struct lx_grant *)old, *to = (const struct lx_grant *)new;
	(void)changed;
	write_difference(sql, from, (struct difference){from, to, REVOKED}, false);
	write_difference(sql, from, (struct difference){from, to, OPTION_REVOKED}, false);
	write_difference(sql, to, (struct difference){from, to, GRANTED}, true);
	write_difference(sql, to, (struct difference){from, to, OPTION_GRANTED}, true);
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

const struct lx_kind_sql lx_grant_sql = {
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .alter = alter,
    .release = release,
    .reactions = LX_ON_GONE_STRUCTURE,
};
