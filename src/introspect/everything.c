/* What the catalog keeps in one place for objects of every kind: comments and dependencies.
 * SPDX-License-Identifier: Apache-2.0 */
#include "introspect/private.h"

static void read_comment(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *object = lx_catalog_find(catalog, (enum lx_class)lx_row_oid(row, 0), lx_row_oid(row, 1),
						   (int)lx_row_integer(row, 2));
	if (object && !object->is_external)
		object->comment = lx_row_text(row, 3);
}

const struct lx_kind_catalog lx_comments_catalog = {
    .query = "SELECT d.classoid, d.objoid, d.objsubid, d.description FROM pg_catalog.pg_description d"
	     " WHERE (d.objoid >= 16384 OR d.classoid = 'pg_catalog.pg_namespace'::regclass)"
	     /* the index behind a constraint has a comment of its own, which the constraint reads */
	     " AND (d.classoid <> 'pg_catalog.pg_class'::regclass OR d.objoid NOT IN (SELECT k.conindid"
	     " FROM pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'x')))",
    .read = read_comment,
};

/* Of the objects that SQL text is part of: what that text refers to.  Structure (a column's table, a key's columns) is
 * what the kinds know themselves.  A generated column's expression holds its columns automatically ('a'). */
static void read_dependency(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *object = lx_catalog_find_need(catalog, lx_row_oid(row, 0), lx_row_oid(row, 1),
							(int)lx_row_integer(row, 2));
	struct lx_object *target = lx_catalog_find_need(catalog, lx_row_oid(row, 3), lx_row_oid(row, 4),
							(int)lx_row_integer(row, 5));
	if (object && target && object != target && object->parent != target)
		lx_vec_push(catalog->arena, &object->needs, target);
}

const struct lx_kind_catalog lx_dependencies_catalog = {
    .query = "SELECT DISTINCT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid"
	     " FROM pg_catalog.pg_depend d WHERE (d.deptype = 'n' OR d.deptype = 'a'"
	     " AND d.classid = 'pg_catalog.pg_attrdef'::regclass) AND d.refobjid >= 16384 AND d.objid >= 16384"
	     " AND d.refclassid <> 'pg_catalog.pg_namespace'::regclass"
	     " ORDER BY 1, 2, 3, 4, 5, 6",
    .read = read_dependency,
};
