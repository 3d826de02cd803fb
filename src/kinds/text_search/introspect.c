/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/text_search/text_search.h"

static struct lx_text_search *configuration_of(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *there = lx_catalog_find(catalog, LX_PG_TS_CONFIGURATION, lx_row_oid(row, 0), 0);
	if (there)
		return (struct lx_text_search *)there;
	struct lx_text_search *configuration =
	    lx_catalog_new(catalog, LX_KIND_TEXT_SEARCH, NULL, lx_row_text(row, 1), lx_row_text(row, 2));
	const char *parser = lx_row_text(row, 3);
	configuration->parser = parser; /* NULL: the one that every configuration has unless it says otherwise */
	lx_catalog_add(catalog, &configuration->base, LX_PG_TS_CONFIGURATION, lx_row_oid(row, 0), 0);
	return configuration;
}

/* One row a token type; a configuration without any has one row, too. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_text_search *configuration = configuration_of(catalog, row);
	if (lx_row_is_null(row, 4))
		return;
	struct lx_token_mapping *mapping = LX_NEW(lx_catalog_arena(catalog), struct lx_token_mapping);
	mapping->token = lx_row_text(row, 4);
	mapping->dictionaries = lx_row_texts(row, 5);
	lx_vec_push(lx_catalog_arena(catalog), &configuration->mappings, mapping);
}

const struct lx_kind_catalog lx_text_search_catalog = {
    .query =
	"SELECT c.oid, n.nspname, c.cfgname, CASE WHEN pn.nspname <> 'pg_catalog' THEN"
	" pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.prsname) WHEN p.prsname <> 'default'"
	" THEN pg_catalog.quote_ident(p.prsname) END, k.alias, pg_catalog.array_agg(m.mapdict::regdictionary::text"
	" ORDER BY m.mapseqno) FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace"
	" JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_catalog.pg_namespace pn ON pn.oid = "
	"p.prsnamespace"
	" LEFT JOIN pg_catalog.pg_ts_config_map m ON m.mapcfg = c.oid"
	" LEFT JOIN LATERAL pg_catalog.ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype WHERE " LX_USER_SCHEMA(
	    "n.oid") " AND " LX_NOT_MEMBER("'pg_catalog.pg_ts_config'::regclass",
					   "c.oid") " GROUP BY c.oid, n.nspname, c.cfgname, pn.nspname, p.prsname, "
						    "k.alias"
						    " ORDER BY n.nspname, c.cfgname, k.alias COLLATE \"C\"",
    .read = read,
};
