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

static void read_owner(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *object = lx_catalog_find(catalog, (enum lx_class)lx_row_oid(row, 0), lx_row_oid(row, 1), 0);
	if (object && !object->is_external && !object->parent)
		object->owner = lx_catalog_role(catalog, lx_row_text(row, 2));
}

/* Sequences of columns belong to whom the table belongs; extensions cannot be handed on. */
const struct lx_kind_catalog lx_owners_catalog = {
    .query =
	"SELECT class, oid, pg_catalog.pg_get_userbyid(owner) FROM (SELECT 'pg_catalog.pg_class'::regclass::oid, "
	"c.oid, c.relowner"
	" FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') OR (c.relkind = 'S' AND NOT EXISTS"
	" (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid"
	" AND d.deptype IN ('a', 'i')))"
	" UNION ALL SELECT 'pg_catalog.pg_namespace'::regclass, oid, nspowner FROM pg_catalog.pg_namespace"
	" UNION ALL SELECT 'pg_catalog.pg_proc'::regclass, oid, proowner FROM pg_catalog.pg_proc WHERE oid >= 16384"
	" UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid, t.typowner FROM pg_catalog.pg_type t"
	" WHERE t.oid >= 16384 AND (t.typtype <> 'c' OR EXISTS (SELECT FROM pg_catalog.pg_class c"
	" WHERE c.oid = t.typrelid AND c.relkind = 'c'))"
	" UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid, fdwowner FROM "
	"pg_catalog.pg_foreign_data_wrapper"
	" UNION ALL SELECT 'pg_catalog.pg_foreign_server'::regclass, oid, srvowner FROM pg_catalog.pg_foreign_server"
	" UNION ALL SELECT 'pg_catalog.pg_publication'::regclass, oid, pubowner FROM pg_catalog.pg_publication"
	" UNION ALL SELECT 'pg_catalog.pg_ts_config'::regclass, oid, cfgowner FROM pg_catalog.pg_ts_config"
	" UNION ALL SELECT 'pg_catalog.pg_ts_dict'::regclass, oid, dictowner FROM pg_catalog.pg_ts_dict"
	" UNION ALL SELECT 'pg_catalog.pg_statistic_ext'::regclass, oid, stxowner FROM pg_catalog.pg_statistic_ext"
	" UNION ALL SELECT 'pg_catalog.pg_collation'::regclass, oid, collowner FROM pg_catalog.pg_collation WHERE oid "
	">= 16384"
	" UNION ALL SELECT 'pg_catalog.pg_event_trigger'::regclass, oid, evtowner FROM pg_catalog.pg_event_trigger"
	") o(class, oid, owner) ORDER BY 1, 2",
    .read = read_owner,
};

static void read_subscription(struct lx_catalog *catalog, const struct lx_row *row)
{
	lx_catalog_note(catalog, "the subscription %s is left alone: it is no part of models", lx_row_text(row, 0));
}

/* Where to subscribe, with which password, is of one server and not of a schema. */
const struct lx_kind_catalog lx_subscriptions_catalog = {
    .query = "SELECT s.subname FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid"
	     " WHERE d.datname = pg_catalog.current_database() ORDER BY s.subname",
    .read = read_subscription,
};

/* Of the objects that SQL text is part of: what that text refers to.  Structure (a column's table, a key's columns) is
 * what the kinds know themselves.  A generated column's expression holds its columns automatically ('a'), from
 * PostgreSQL 15 on as a default does, before as the column. */
static void read_dependency(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *object =
	    lx_catalog_find_need(catalog, lx_row_oid(row, 0), lx_row_oid(row, 1), (int)lx_row_integer(row, 2));
	struct lx_object *target =
	    lx_catalog_find_need(catalog, lx_row_oid(row, 3), lx_row_oid(row, 4), (int)lx_row_integer(row, 5));
	if (object && target && object != target && object->parent != target)
		lx_vec_push(catalog->arena, &object->needs, target);
}

const struct lx_kind_catalog lx_dependencies_catalog = {
    .query = "SELECT DISTINCT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid"
	     " FROM pg_catalog.pg_depend d WHERE (d.deptype = 'n' OR d.deptype = 'a'"
	     " AND (d.classid = 'pg_catalog.pg_attrdef'::regclass OR d.classid = 'pg_catalog.pg_class'::regclass"
	     " AND d.objid = d.refobjid AND d.objsubid > 0)) AND d.refobjid >= 16384 AND d.objid >= 16384"
	     " AND d.refclassid <> 'pg_catalog.pg_namespace'::regclass"
	     " ORDER BY 1, 2, 3, 4, 5, 6",
    .read = read_dependency,
};
