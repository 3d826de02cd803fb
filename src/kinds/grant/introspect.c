/* Privileges as they differ from what PostgreSQL gives by itself (acldefault; for members of extensions and for system
 * objects what they were installed with).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/grant/grant.h"
#include "kinds/grant/privileges.h"
#include "kinds/kind.h"

enum { CLASS, OBJECT, TARGET_SQL, COLUMNS, ROLE, PRIVILEGE, GRANTABLE, REVOKED };

/* The name as lx_privileges_of has it; NULL: there is no such privilege on the object. */
static const char *known_privilege(const struct lx_object *target, const char *name)
{
	const char *const *known = target ? lx_privileges_of(target->kind, false) : NULL;
	for (; known && *known; known++)
		if (strcmp(*known, name) == 0)
			return *known;
	return NULL;
}

static struct lx_grant *grant_of(struct lx_catalog *catalog, const struct lx_grant *what)
{
	struct lx_schema *schema = lx_catalog_schema(catalog);
	const char *name = lx_grant_name(lx_catalog_arena(catalog), what);
	struct lx_object *there = lx_schema_find(schema, LX_KIND_GRANT, NULL, NULL, name, NULL);
	if (there)
		return (struct lx_grant *)there;
	struct lx_grant *grant = lx_catalog_new(catalog, LX_KIND_GRANT, NULL, NULL, name);
	grant->role = what->role;
	grant->target = what->target;
	grant->target_sql = what->target_sql;
	lx_schema_add(schema, &grant->base);
	return grant;
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *object =
	    lx_catalog_find(catalog, (enum lx_class)lx_row_oid(row, CLASS), lx_row_oid(row, OBJECT), 0);
	const char *name = lx_row_text(row, PRIVILEGE);
	bool is_known = known_privilege(object, name) != NULL;
	struct lx_grant what = {.role = lx_catalog_role(catalog, lx_row_text(row, ROLE)),
				.target = is_known ? object : NULL,
				.target_sql = is_known ? NULL : lx_row_text(row, TARGET_SQL)};
	struct lx_privilege privilege = {.name = name,
					 .columns = lx_row_texts(row, COLUMNS),
					 .has_grant_option = lx_row_bool(row, GRANTABLE),
					 .is_revoked = lx_row_bool(row, REVOKED)};
	struct lx_grant *grant = grant_of(catalog, &what);
	lx_privilege_add(lx_catalog_arena(catalog), grant, &privilege);
	if (object && !is_known && !grant->base.needs.length)
		lx_vec_push(lx_catalog_arena(catalog), &grant->base.needs, object);
}

/* Not in the schemas of temporary and TOAST tables, nor in that of lexo's own; of information_schema the server does not
 * know what it was installed with. */
#define IN_SCHEMA(oid)                                                                                                 \
	oid " NOT IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname LIKE 'pg\\_t%' OR nspname = "              \
	    "'information_schema' OR nspname = $1)"
/* One ACL as rows; what an owner may hand on is no fact of its own. */
#define EXPLODED(acl)                                                                                                  \
	"(SELECT grantee, privilege_type, pg_catalog.bool_or(is_grantable) AND grantee <> o.owner AS grantable"        \
	" FROM pg_catalog.aclexplode(" acl ") GROUP BY 1, 2)"

const struct lx_kind_catalog lx_grant_catalog = {
    .query =
	"WITH o (class, oid, number, columns, type, owner, acl, made) AS ("
	"SELECT 'pg_catalog.pg_class'::regclass::oid, c.oid, 0, NULL::text[],"
	" CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END, c.relowner, c.relacl, NULL::aclitem[]"
	" FROM pg_catalog.pg_class c WHERE c.relacl IS NOT NULL AND " IN_SCHEMA("c.relnamespace")
	" UNION ALL SELECT 'pg_catalog.pg_class'::regclass, c.oid, a.attnum, ARRAY[a.attname::text], 'c', c.relowner,"
	" a.attacl, NULL FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
	" WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND " IN_SCHEMA("c.relnamespace")
	" UNION ALL SELECT 'pg_catalog.pg_proc'::regclass, p.oid, 0, NULL, 'f', p.proowner, p.proacl, NULL"
	" FROM pg_catalog.pg_proc p WHERE p.proacl IS NOT NULL AND " IN_SCHEMA("p.pronamespace")
	" UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, NULL, 'T', t.typowner, t.typacl, NULL"
	" FROM pg_catalog.pg_type t WHERE t.typacl IS NOT NULL AND " IN_SCHEMA("t.typnamespace")
	" UNION ALL SELECT 'pg_catalog.pg_language'::regclass, l.oid, 0, NULL, 'l', l.lanowner, l.lanacl, NULL"
	" FROM pg_catalog.pg_language l WHERE l.lanacl IS NOT NULL"
	" UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, f.oid, 0, NULL, 'F', f.fdwowner, f.fdwacl,"
	" NULL FROM pg_catalog.pg_foreign_data_wrapper f WHERE f.fdwacl IS NOT NULL"
	" UNION ALL SELECT 'pg_catalog.pg_foreign_server'::regclass, s.oid, 0, NULL, 'S', s.srvowner, s.srvacl, NULL"
	" FROM pg_catalog.pg_foreign_server s WHERE s.srvacl IS NOT NULL"
	/* What every database is born with lets everybody use public, and before version 15 create in it. */
	" UNION ALL SELECT 'pg_catalog.pg_namespace'::regclass, n.oid, 0, NULL, 'n', n.nspowner,"
	" coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner)), CASE WHEN n.nspname = 'public' THEN"
	" pg_catalog.acldefault('n', n.nspowner) || pg_catalog.makeaclitem(0, n.nspowner, 'USAGE', false)"
	"{15+|| || pg_catalog.makeaclitem(0, n.nspowner, 'CREATE', false)} END"
	" FROM pg_catalog.pg_namespace n WHERE (n.nspacl IS NOT NULL OR n.nspname = 'public') AND " IN_SCHEMA("n.oid")
	") SELECT o.class, o.oid, CASE o.type WHEN 'r' THEN 'TABLE ' WHEN 'c' THEN 'TABLE ' WHEN 's' THEN 'SEQUENCE '"
	" WHEN 'f' THEN 'ROUTINE ' WHEN 'T' THEN 'TYPE ' WHEN 'l' THEN 'LANGUAGE ' WHEN 'F' THEN"
	" 'FOREIGN DATA WRAPPER ' WHEN 'S' THEN 'FOREIGN SERVER ' ELSE 'SCHEMA ' END ||"
	" (pg_catalog.pg_identify_object(o.class, o.oid, 0)).identity, o.columns,"
	" CASE x.grantee WHEN 0 THEN 'public' ELSE r.rolname END, pg_catalog.lower(x.privilege_type), x.grantable,"
	" x.is_revoked FROM o CROSS JOIN LATERAL (SELECT grantee, privilege_type,"
	" coalesce(now.grantable, false) AS grantable, now.grantable IS NULL AS is_revoked"
	" FROM " EXPLODED("o.acl") " now FULL JOIN " EXPLODED(
	    "coalesce(o.made, (SELECT i.initprivs FROM pg_catalog.pg_init_privs i WHERE i.classoid = o.class"
	    " AND i.objoid = o.oid AND i.objsubid = o.number), pg_catalog.acldefault(o.type::\"char\", o.owner))")
	" made USING (grantee, privilege_type) WHERE now.grantable IS NULL OR made.grantable IS NULL"
	" OR now.grantable AND NOT made.grantable) x LEFT JOIN pg_catalog.pg_roles r ON r.oid = x.grantee"
	" WHERE x.grantee = 0 OR r.rolname IS NOT NULL ORDER BY 1, 2, o.number, 5, 6",
    .read = read,
};
