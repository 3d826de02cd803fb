/* How each kind is read from a server, by kinds.def.
 * SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/kind.h"

#define LX_KIND(id, folder) extern const struct lx_kind_catalog lx_##folder##_catalog;
#include "kinds/kinds.def"
#undef LX_KIND

/* Queries and seeds are no objects of a database; roles are declared where something names them, partitions are read
 * with their tables. */
const struct lx_kind_catalog lx_query_catalog = {.query = NULL};
const struct lx_kind_catalog lx_seed_catalog = {.query = NULL};
const struct lx_kind_catalog lx_role_catalog = {.query = NULL};

static const struct lx_kind_catalog *const kinds[] = {
#define LX_KIND(id, folder) &lx_##folder##_catalog,
#include "kinds/kinds.def"
#undef LX_KIND
};

const struct lx_kind_catalog *lx_kind_catalog(enum lx_kind kind)
{
	return kinds[kind];
}
