/* The SQL hooks of all kinds, by kinds.def.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"

#define LX_KIND(id, folder) extern const struct lx_kind_sql lx_##folder##_sql;
#include "kinds/kinds.def"
#undef LX_KIND

/* Queries and seeds are no objects of a database. */
const struct lx_kind_sql lx_query_sql = {.identity = NULL};
const struct lx_kind_sql lx_seed_sql = {.identity = NULL};

static const struct lx_kind_sql *const kinds[] = {
#define LX_KIND(id, folder) &lx_##folder##_sql,
#include "kinds/kinds.def"
#undef LX_KIND
};

const struct lx_kind_sql *lx_kind_sql(enum lx_kind kind)
{
	return kinds[kind];
}

bool lx_kind_is_line(const struct lx_object *child)
{
	const struct lx_kind_sql *kind = lx_kind_sql(child->kind);
	return kind->define && !(kind->stands_apart && kind->stands_apart(child));
}
