/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <string.h>

#include "kinds/collation/collation.h"

enum { OID, SCHEMA, NAME, PROVIDER, LOCALE, LC_COLLATE, LC_CTYPE, DETERMINISTIC, RULES };

static int provider_choice(char letter)
{
	return letter == 'i' ? 2 : letter == 'b' ? 3 : 0;
}

/* What the system's library says about versions is no part of the schema. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_collation *collation =
	    lx_catalog_new(catalog, LX_KIND_COLLATION, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	const char *collate = lx_row_text(row, LC_COLLATE), *ctype = lx_row_text(row, LC_CTYPE);
	collation->provider = provider_choice(lx_row_char(row, PROVIDER));
	collation->locale = lx_row_text(row, LOCALE);
	if (!collation->locale && collate && ctype && strcmp(collate, ctype) == 0)
		collation->locale = collate;
	if (!collation->locale) {
		collation->lc_collate = collate;
		collation->lc_ctype = ctype;
	}
	collation->is_nondeterministic = !lx_row_bool(row, DETERMINISTIC);
	collation->rules = lx_row_text(row, RULES);
	lx_catalog_add(catalog, &collation->base, LX_PG_COLLATION, lx_row_oid(row, OID), 0);
}

/* The column of the locale was colliculocale in 15 and 16, colllocale later; before 15 collcollate has it. */
const struct lx_kind_catalog lx_collation_catalog = {
    .query = "SELECT c.oid, n.nspname, c.collname, c.collprovider,"
	     " coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'),"
	     " c.collcollate, c.collctype, c.collisdeterministic, to_jsonb(c) ->> 'collicurules'"
	     " FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace"
	     " WHERE " LX_USER_SCHEMA("c.collnamespace") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_collation'::regclass", "c.oid") " ORDER BY n.nspname, c.collname",
    .read = read,
};
