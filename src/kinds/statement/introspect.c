/* What stands between the user's objects and those of extensions, which have no models to be referred to, and other
 * facts about objects that the language has no words for.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/statement/catalog.h"
#include "kinds/statement/statement.h"

struct lx_statement *lx_statement_read(struct lx_catalog *catalog, const struct lx_row *row, enum lx_kind kind)
{
	struct lx_statement *statement = lx_catalog_new(catalog, kind, NULL, NULL, lx_row_text(row, LX_STATEMENT_NAME));
	statement->up = lx_row_expr(row, LX_STATEMENT_CREATE);
	statement->down = lx_row_expr(row, LX_STATEMENT_UNDO);
	lx_catalog_add(catalog, &statement->base, (enum lx_class)lx_row_oid(row, LX_STATEMENT_CLASS),
		       lx_row_oid(row, LX_STATEMENT_OID), 0);
	struct lx_object *need = lx_catalog_find(catalog, (enum lx_class)lx_row_oid(row, LX_STATEMENT_NEED_CLASS),
						 lx_row_oid(row, LX_STATEMENT_NEED), 0);
	if (need)
		lx_vec_push(lx_catalog_arena(catalog), &statement->base.needs, need);
	return statement;
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	lx_statement_read(catalog, row, LX_KIND_STATEMENT);
}

/* The comment is part of the text already. */
static void finish(struct lx_catalog *catalog)
{
	LX_EACH (struct lx_object *, object, &lx_catalog_schema(catalog)->objects) {
		if (object->kind == LX_KIND_STATEMENT)
			object->comment = NULL;
	}
}

#define SELECT(catalog, row, name, create, undo, need)                                                                 \
	"SELECT '" catalog "'::regclass::oid, " row ".oid, " name ", " create ", " undo ", 'pg_class'::regclass::oid, " need
#define IS_MEMBER(oid) oid " IN (SELECT objid FROM member)"

/* Foreign keys between a table of the user's and one of an extension, either way round. */
#define CONSTRAINT(words) "format('" words " %I on %s', k.conname, k.conrelid::regclass)"
#define CONSTRAINT_IN_SQL "format('CONSTRAINT %I ON %s', k.conname, k.conrelid::regclass)"
#define FOREIGN_KEYS                                                                                                   \
	SELECT("pg_constraint", "k", CONSTRAINT("constraint"),                                                         \
	       "format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname,"                        \
	       " pg_get_constraintdef(k.oid)) || " LX_STATEMENT_COMMENT("pg_constraint", "k.oid", CONSTRAINT_IN_SQL),  \
	       "format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname)",                         \
	       "CASE WHEN " IS_MEMBER("k.conrelid") " THEN k.confrelid ELSE k.conrelid END")                           \
	" FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND (" IS_MEMBER("k.conrelid")              \
	") <> (" IS_MEMBER("k.confrelid") ") AND " LX_USER_SCHEMA("k.connamespace")

/* Tables below one of an extension: columns and checks are their own. */
#define HEIR(verbs) "format('" verbs " %s', i.inhrelid::regclass, i.inhparent::regclass)"
#define INHERITANCE                                                                                                    \
	"SELECT 0::oid, 0::oid, " HEIR("%s below") ", CASE WHEN c.relispartition THEN format('ALTER TABLE %s ATTACH"   \
	" PARTITION %s %s', i.inhparent::regclass, i.inhrelid::regclass, pg_get_expr(c.relpartbound, c.oid)) ELSE "    \
	HEIR("ALTER TABLE %s INHERIT") " END, CASE WHEN c.relispartition THEN format('ALTER TABLE %s DETACH PARTITION" \
	" %s', i.inhparent::regclass, i.inhrelid::regclass) ELSE " HEIR("ALTER TABLE %s NO INHERIT") " END,"           \
	" 'pg_class'::regclass::oid, i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"              \
	" WHERE c.relkind IN ('r', 'p', 'f') AND " IS_MEMBER("i.inhparent") " AND NOT " IS_MEMBER(                     \
	    "i.inhrelid") " AND " LX_USER_SCHEMA("c.relnamespace")

/* Triggers on an extension's table that run a function of the user's. */
#define TRIGGER(words) "format('" words " %I on %s', t.tgname, t.tgrelid::regclass)"
#define TRIGGER_IN_SQL "format('TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass)"
#define STATE(only, letter)                                                                                            \
	"format('ALTER TABLE " only "%s %s TRIGGER %I', t.tgrelid::regclass, CASE " letter " WHEN 'D' THEN 'DISABLE'"   \
	" WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname)"
#define TRIGGERS                                                                                                       \
	SELECT("pg_trigger", "t", TRIGGER("trigger"),                                                                  \
	       "pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE E';\\n' || " STATE(                 \
		   "", "t.tgenabled") " END || " LX_STATEMENT_COMMENT("pg_trigger", "t.oid", TRIGGER_IN_SQL),          \
	       "'DROP ' || " TRIGGER_IN_SQL, "NULL::oid")                                                              \
	" FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND "     \
	IS_MEMBER("t.tgrelid") " AND p.oid >= 16384 AND " LX_NOT_MEMBER("'pg_proc'::regclass", "p.oid")

/* Triggers that a partition has from above, but in another state. */
#define STATES                                                                                                         \
	SELECT("pg_trigger", "t", TRIGGER("state of trigger"), STATE("ONLY ", "t.tgenabled"),                          \
	       STATE("ONLY ", "u.tgenabled"), "t.tgrelid")                                                             \
	" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN LATERAL (WITH RECURSIVE u AS (SELECT"             \
	" t.tgparentid AS oid UNION ALL SELECT a.tgparentid FROM u JOIN pg_trigger a ON a.oid = u.oid) SELECT"          \
	" a.* FROM u JOIN pg_trigger a ON a.oid = u.oid WHERE a.tgparentid = 0) u ON NOT u.tgisinternal"                \
	" WHERE t.tgparentid <> 0 AND t.tgenabled <> u.tgenabled AND " LX_USER_SCHEMA("c.relnamespace")

/* Comments on what a table has from above, which is told of there. */
#define COMMENTED(what) "'COMMENT ON ' || " what " || ' IS ' || quote_literal(d.description)"
#define NOT_COMMENTED(what) "'COMMENT ON ' || " what " || ' IS NULL'"
#define COMMENTS                                                                                                       \
	SELECT("pg_constraint", "k", CONSTRAINT("comment on constraint"), COMMENTED(CONSTRAINT_IN_SQL),                \
	       NOT_COMMENTED(CONSTRAINT_IN_SQL), "k.conrelid")                                                         \
	" FROM pg_description d JOIN pg_constraint k ON d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid"   \
	" WHERE k.conrelid <> 0 AND (k.contype IN ('f', 'x') AND k.conparentid <> 0 OR k.contype = 'c' AND NOT"        \
	" k.conislocal OR k.contype = 'n' AND k.coninhcount = 0) AND " LX_USER_SCHEMA("k.connamespace") " UNION ALL "                                           \
	SELECT("pg_trigger", "t", TRIGGER("comment on trigger"), COMMENTED(TRIGGER_IN_SQL),                            \
	       NOT_COMMENTED(TRIGGER_IN_SQL), "t.tgrelid")                                                             \
	" FROM pg_description d JOIN pg_trigger t ON d.classoid = 'pg_trigger'::regclass AND t.oid = d.objoid"         \
	" JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgparentid <> 0 AND " LX_USER_SCHEMA("c.relnamespace")

/* The provider has to be loaded where they are given. */
#define LABELS                                                                                                         \
	"SELECT 0::oid, 0::oid, format('label %s on %s %s', l.provider, o.type, o.identity),"                          \
	" format('SECURITY LABEL FOR %I ON %s IS %L', l.provider, o.words, l.label),"                                  \
	" format('SECURITY LABEL FOR %I ON %s IS NULL', l.provider, o.words), l.classoid, l.objoid FROM pg_seclabel l,"\
	" LATERAL (SELECT *, CASE WHEN l.objsubid <> 0 THEN 'COLUMN' WHEN type = 'composite type' THEN 'TYPE' ELSE"    \
	" upper(type) END || ' ' || identity AS words FROM pg_identify_object(l.classoid, l.objoid, l.objsubid)) o"    \
	" WHERE o.type NOT IN ('large object', 'subscription') AND o.schema IS DISTINCT FROM $1"

const struct lx_kind_catalog lx_statement_catalog = {
    .query = "WITH member AS MATERIALIZED (SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype = 'e')"
	     " SELECT class, oid, " LX_STATEMENT_SHORT("name") ", up, down, need_class, need FROM (" FOREIGN_KEYS " UNION ALL "
	     INHERITANCE " UNION ALL " TRIGGERS " UNION ALL " STATES " UNION ALL " COMMENTS " UNION ALL " LABELS
	     ") x(class, oid, name, up, down, need_class, need) ORDER BY name",
    .read = read,
    .finish = finish,
};
