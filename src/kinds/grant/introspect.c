/* Privileges as they differ from what PostgreSQL gives by itself (acldefault; for members of extensions and for system
 * objects what they were installed with).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/grant/grant.h"
#include "kinds/grant/privileges.h"
#include "kinds/kind.h"

enum { CLASS, OBJECT, TARGET_SQL, COLUMNS, ROLE, PRIVILEGE, GRANTABLE, REVOKED, OWNER, IN_SCHEMA };

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
	grant->owner = what->owner;
	grant->in_schema = what->in_schema;
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
				.target_sql = is_known ? NULL : lx_row_text(row, TARGET_SQL),
				.in_schema = lx_row_text(row, IN_SCHEMA)};
	if (!lx_row_is_null(row, OWNER))
		what.owner = lx_catalog_role(catalog, lx_row_text(row, OWNER));
	struct lx_privilege privilege = {.name = name,
					 .columns = lx_row_texts(row, COLUMNS),
					 .has_grant_option = lx_row_bool(row, GRANTABLE),
					 .is_revoked = lx_row_bool(row, REVOKED)};
	struct lx_grant *grant = grant_of(catalog, &what);
	lx_privilege_add(lx_catalog_arena(catalog), grant, &privilege);
	struct lx_object *need = lx_catalog_find_need(catalog, lx_row_oid(row, CLASS), lx_row_oid(row, OBJECT), 0);
	if (need && !is_known && !grant->base.needs.length)
		lx_vec_push(lx_catalog_arena(catalog), &grant->base.needs, need);
}

/* search_path is empty, so names are those of pg_catalog; unqualified they fit into one literal.
 * Not in the schemas of temporary and TOAST tables, nor in that of lexo's own; of information_schema the server does
 * not know what it was installed with. */
#define HIDDEN_SCHEMAS                                                                                                 \
	"SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\\_t%' OR nspname IN ('information_schema', $1)"
/* One ACL as rows; what an owner may hand on is no fact of its own. */
#define EXPLODED(acl)                                                                                                  \
	"(SELECT grantee, privilege_type, bool_or(is_grantable) AND grantee <> o.owner AS grantable"                   \
	" FROM aclexplode(" acl ") GROUP BY 1, 2)"

/* What every database is born with lets everybody use public, and before version 15 create in it. */
const struct lx_kind_catalog lx_grant_catalog = {
    .query =
	"WITH hidden AS (" HIDDEN_SCHEMAS
	"), o (class, oid, number, word, columns, type, owner, acl, made, of_owner, in_schema) AS ("
	"SELECT 'pg_class'::regclass::oid, c.oid, 0, CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END,"
	" NULL::text[], CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END, c.relowner, c.relacl, NULL::aclitem[], "
	"NULL::text,"
	" NULL::text FROM pg_class c WHERE c.relacl IS NOT NULL AND c.relnamespace NOT IN (TABLE hidden)"
	" UNION ALL SELECT 'pg_class'::regclass, c.oid, a.attnum, 'TABLE ', ARRAY[a.attname::text], 'c', c.relowner,"
	" a.attacl, NULL, NULL, NULL FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
	" WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relnamespace NOT IN (TABLE hidden)"
	" UNION ALL SELECT 'pg_proc'::regclass, p.oid, 0, 'ROUTINE ', NULL, 'f', p.proowner, p.proacl, NULL, NULL, NULL"
	" FROM pg_proc p WHERE p.proacl IS NOT NULL AND p.pronamespace NOT IN (TABLE hidden)"
	" UNION ALL SELECT 'pg_type'::regclass, t.oid, 0, 'TYPE ', NULL, 'T', t.typowner, t.typacl, NULL, NULL, NULL"
	" FROM pg_type t WHERE t.typacl IS NOT NULL AND t.typnamespace NOT IN (TABLE hidden)"
	" UNION ALL SELECT 'pg_language'::regclass, oid, 0, 'LANGUAGE ', NULL, 'l', lanowner, lanacl, NULL, NULL, NULL"
	" FROM pg_language WHERE lanacl IS NOT NULL UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 0,"
	" 'FOREIGN DATA WRAPPER ', NULL, 'F', fdwowner, fdwacl, NULL, NULL, NULL FROM pg_foreign_data_wrapper"
	" WHERE fdwacl IS NOT NULL UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 0, 'FOREIGN SERVER ', NULL, "
	"'S',"
	" srvowner, srvacl, NULL, NULL, NULL FROM pg_foreign_server WHERE srvacl IS NOT NULL"
	" UNION ALL SELECT 'pg_namespace'::regclass, n.oid, 0, 'SCHEMA ', NULL, 'n', n.nspowner,"
	" coalesce(n.nspacl, acldefault('n', n.nspowner)), CASE WHEN n.nspname = 'public' THEN"
	" acldefault('n', n.nspowner) || makeaclitem(0, n.nspowner, 'USAGE', false)"
	"{15+|| || makeaclitem(0, n.nspowner, 'CREATE', false)} END, NULL, NULL"
	" FROM pg_namespace n WHERE (n.nspacl IS NOT NULL OR n.nspname = 'public') AND n.oid NOT IN (TABLE hidden)"
	" UNION ALL SELECT 'pg_default_acl'::regclass, d.oid, 0, CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' "
	"THEN"
	" 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END,"
	" NULL, CASE d.defaclnamespace WHEN 0 THEN translate(d.defaclobjtype::text, 'S', 's') ELSE 'c' END,"
	" d.defaclrole, d.defaclacl, NULL, pg_get_userbyid(d.defaclrole), n.nspname FROM pg_default_acl d"
	" LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace WHERE d.defaclnamespace NOT IN (TABLE hidden)"
	") SELECT o.class, o.oid, CASE WHEN o.of_owner IS NULL THEN o.word ||"
	" (pg_identify_object(o.class, o.oid, 0)).identity ELSE o.word END, o.columns,"
	" CASE x.grantee WHEN 0 THEN 'public' ELSE r.rolname END, lower(x.privilege_type), x.grantable,"
	" x.is_revoked, o.of_owner, o.in_schema FROM o CROSS JOIN LATERAL (SELECT grantee, privilege_type,"
	" coalesce(now.grantable, false) AS grantable, now.grantable IS NULL AS is_revoked"
	" FROM " EXPLODED(
	    "o.acl") " now FULL JOIN " EXPLODED("coalesce(o.made, (SELECT i.initprivs FROM pg_init_privs i WHERE "
						"i.classoid = o.class"
						" AND i.objoid = o.oid AND i.objsubid = o.number), "
						"acldefault(o.type::\"char\", o.owner))") " made USING (grantee, "
											  "privilege_type) WHERE "
											  "now.grantable IS NULL OR "
											  "made.grantable IS NULL"
											  " OR now.grantable AND NOT "
											  "made.grantable) x LEFT JOIN "
											  "pg_roles r ON r.oid = "
											  "x.grantee"
											  " WHERE x.grantee = 0 OR "
											  "r.rolname IS NOT NULL ORDER "
											  "BY 1, 2, o.number, 5, 6",
    .read = read,
};
