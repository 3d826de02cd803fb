/* Views with their columns: one row a column, which says everything about the view once.
 * SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <string.h>

#include "base/arena.h"
#include "kinds/composite/composite.h"
#include "kinds/view/view.h"

enum {
	OID,
	SCHEMA,
	NAME,
	ROW_TYPE,
	RULE,
	KIND,
	BODY,
	SECURITY_BARRIER,
	SECURITY_INVOKER,
	CHECK_OPTION,
	OPTIONS,
	TABLESPACE,
	ACCESS_METHOD,
	IS_POPULATED,
	COLUMN,
	DEFAULT,
	DEFAULT_OID,
	COLUMN_COMMENT,
	TYPE
};

static int check_option(const char *text)
{
	return !text ? 0 : strcmp(text, "local") == 0 ? 1 : 2;
}

static struct lx_view *read_view(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_view *view =
	    lx_catalog_new(catalog, LX_KIND_VIEW, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	view->is_materialized = lx_row_char(row, KIND) == 'm';
	view->body = lx_row_expr(row, BODY);
	view->is_security_barrier = lx_row_bool(row, SECURITY_BARRIER);
	view->is_security_invoker = lx_row_bool(row, SECURITY_INVOKER);
	view->check_option = check_option(lx_row_text(row, CHECK_OPTION));
	view->storage = view->is_materialized ? lx_row_options(row, OPTIONS) : NULL;
	view->tablespace = lx_row_text(row, TABLESPACE);
	view->access_method = lx_row_text(row, ACCESS_METHOD);
	view->is_empty = !lx_row_bool(row, IS_POPULATED);
	lx_catalog_add(catalog, &view->base, LX_PG_CLASS, lx_row_oid(row, OID), 0);
	lx_catalog_file(catalog, &view->base, LX_PG_TYPE, lx_row_oid(row, ROW_TYPE), 0);
	lx_catalog_file(catalog, &view->base, LX_PG_REWRITE, lx_row_oid(row, RULE), 0);
	return view;
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_view *view = (struct lx_view *)lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, OID), 0);
	if (!view)
		view = read_view(catalog, row);
	if (lx_row_is_null(row, COLUMN))
		return;
	struct lx_field *field = LX_NEW(lx_catalog_arena(catalog), struct lx_field);
	field->name = lx_row_text(row, COLUMN);
	lx_row_type(row, TYPE, &field->type);
	field->is_nullable = true; /* the server does not know */
	field->default_value = lx_row_expr(row, DEFAULT);
	field->comment = lx_row_text(row, COLUMN_COMMENT);
	lx_vec_push(lx_catalog_arena(catalog), &view->columns, field);
	if (lx_row_oid(row, DEFAULT_OID))
		lx_catalog_file(catalog, &view->base, LX_PG_ATTRDEF, lx_row_oid(row, DEFAULT_OID), 0);
}

/* Options of a view, each by its name. */
#define OPTION(name)                                                                                                   \
	"(SELECT option_value FROM pg_catalog.pg_options_to_table(c.reloptions) WHERE option_name = '" name "')"
/* The text once, before the first column (views keep their column numbers). */
#define BODY_TEXT                                                                                                      \
	"CASE WHEN coalesce(a.attnum, 1) = 1 THEN E'\\n' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';')"   \
	" || E'\\n' END"

const struct lx_kind_catalog lx_view_catalog = {
    .query = "SELECT c.oid, n.nspname, c.relname, c.reltype, w.oid, c.relkind, " BODY_TEXT
	     ", " OPTION("security_barrier") "::boolean, " OPTION("security_invoker") "::boolean, " OPTION(
		 "check_option") ","
				 " (SELECT array_agg(o) FROM (SELECT unnest(c.reloptions) UNION ALL SELECT 'toast.' || "
				 "unnest(x.reloptions)) s(o)),"
				 " s.spcname, CASE WHEN m.amname <> "
				 "pg_catalog.current_setting('default_table_access_method') THEN m.amname END,"
				 " c.relispopulated, a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid), d.oid,"
				 " pg_catalog.col_description(c.oid, a.attnum), " LX_TYPE(
				     "a.atttypid",
				     "a.atttypmod") " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON "
						    "n.oid = c.relnamespace"
						    " JOIN pg_catalog.pg_rewrite w ON w.ev_class = c.oid AND "
						    "w.rulename = '_RETURN'"
						    " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND "
						    "a.attnum > 0"
						    " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND "
						    "d.adnum = a.attnum"
						    " LEFT JOIN pg_catalog.pg_class x ON x.oid = c.reltoastrelid"
						    " LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace"
						    " LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam"
						    " WHERE c.relkind IN ('v', 'm') AND " LX_USER_SCHEMA(
							"c.relnamespace") " AND " LX_NOT_MEMBER("'pg_catalog.pg_class':"
												":regclass",
												"c.oid") " ORDER BY "
													 "n.nspname, "
													 "c.relname, "
													 "a.attnum",
    .read = read,
};
