/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/domain/domain.h"

enum { OID, SCHEMA, NAME, NOT_NULL, DEFAULT, COLLATION, CHECK_OID, CHECK, EXPR, IS_VALID, COMMENT, TYPE };

static struct lx_domain *read_domain(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_domain *domain =
	    lx_catalog_new(catalog, LX_KIND_DOMAIN, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	lx_row_type(row, TYPE, &domain->type);
	domain->default_value = lx_row_expr(row, DEFAULT);
	domain->is_not_null = lx_row_bool(row, NOT_NULL);
	domain->collation = lx_row_text(row, COLLATION);
	lx_catalog_add(catalog, &domain->base, LX_PG_TYPE, lx_row_oid(row, OID), 0);
	return domain;
}

/* CHECK ((VALUE > 0)) NOT VALID: what is inside. */
static const char *inside(struct lx_catalog *catalog, const char *definition)
{
	static const char before[] = "CHECK (", after[] = ")";
	const char *open = strstr(definition, before), *close = strrchr(definition, *after);
	if (open != definition || close < open + sizeof before - 1)
		return definition;
	open += sizeof before - 1;
	return lx_catalog_intern(catalog, lx_arena_copy(lx_catalog_arena(catalog), open, (size_t)(close - open)));
}

/* One row a check; one without when there are none. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_domain *domain = (struct lx_domain *)lx_catalog_find(catalog, LX_PG_TYPE, lx_row_oid(row, OID), 0);
	if (!domain)
		domain = read_domain(catalog, row);
	if (lx_row_is_null(row, CHECK))
		return;
	struct lx_domain_check *check = LX_NEW(lx_catalog_arena(catalog), struct lx_domain_check);
	check->name = lx_row_text(row, CHECK);
	check->expr.text = inside(catalog, lx_row_text(row, EXPR));
	check->is_named = true;
	check->is_not_valid = !lx_row_bool(row, IS_VALID);
	check->comment = lx_row_text(row, COMMENT);
	lx_vec_push(lx_catalog_arena(catalog), &domain->checks, check);
	/* what the expression needs is the domain's need; comments have another class of address */
	lx_catalog_file_part(catalog, &domain->base, LX_PG_CONSTRAINT, lx_row_oid(row, CHECK_OID));
}

const struct lx_kind_catalog lx_domain_catalog = {
    .query = "SELECT t.oid, n.nspname, t.typname, t.typnotnull,"
	     " pg_catalog.pg_get_expr(t.typdefaultbin, 0)," /* without it the default is the base type's own */
	     " CASE WHEN t.typcollation <> b.typcollation THEN " LX_COLLATION("l") " END,"
	     " k.oid, k.conname, pg_catalog.pg_get_constraintdef(k.oid), k.convalidated,"
	     " pg_catalog.obj_description(k.oid, 'pg_constraint'), " LX_TYPE("t.typbasetype", "t.typtypmod")
	     " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
	     " JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype"
	     " LEFT JOIN pg_catalog.pg_collation l ON l.oid = t.typcollation"
	     " LEFT JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid AND k.contype = 'c'"
	     " WHERE t.typtype = 'd' AND " LX_USER_SCHEMA("t.typnamespace") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_type'::regclass", "t.oid")
	     " ORDER BY n.nspname, t.typname, k.conname COLLATE \"C\"",
    .read = read,
};
