/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/kind.h"
#include "kinds/statement/statement.h"
#include "base/arena.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

void lx_statement_depends(struct lx_depends *depends, const struct lx_object *object)
{
	LX_EACH (const struct lx_object *, after, &((const struct lx_statement *)object)->after_objects)
		lx_depend_on(depends, after);
}

void lx_statement_follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_statement *statement = (struct lx_statement *)copy;
	struct lx_arena *arena = lx_follow_arena(follow);
	struct lx_vec after = {0};
	(void)new;
	LX_EACH (const struct lx_object *, object, &statement->after_objects)
		lx_vec_push(arena, &after, lx_follow_object(follow, object));
	statement->after_objects = after;
}

void lx_statement_create(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_statements(sql, ((const struct lx_statement *)object)->up.text);
	lx_sql_end(sql);
}

void lx_statement_drop(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_statement *statement = (const struct lx_statement *)object;
	if (!statement->down.text)
		return;
	lx_sql_statements(sql, statement->down.text);
	lx_sql_end(sql);
}

/* Which declarations it comes behind is no fact of the database. */
bool lx_statement_alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)sql, (void)old, (void)new;
	return !(changed & 1u << LX_STATEMENT_UP);
}

const struct lx_kind_sql lx_statement_sql = {
    .depends = lx_statement_depends,
    .follow = lx_statement_follow,
    .create = lx_statement_create,
    .drop = lx_statement_drop,
    .alter = lx_statement_alter,
    .reactions = LX_ON_GONE_STRUCTURE,
};
