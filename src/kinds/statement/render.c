/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/statement/statement.h"
#include "plan/plan.h"
#include "sql/parts.h"

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
    .create = lx_statement_create,
    .drop = lx_statement_drop,
    .alter = lx_statement_alter,
    .reactions = LX_ON_GONE_STRUCTURE,
};
