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

/* NOT NULL of a domain has a name since PostgreSQL 17. */
#define DOMAIN_CONSTRAINT "format('CONSTRAINT %I ON DOMAIN %s', k.conname, format_type(t.oid, NULL))"
#define DOMAIN_NAME(from, to) "format('ALTER DOMAIN %s RENAME CONSTRAINT %I TO %I', format_type(t.oid, NULL), " from ", " to ")"
#define NOT_NULL_NAME "left(t.typname, 54) || '_not_null'"
#define DOMAINS                                                                                                        \
	"SELECT 'pg_constraint'::regclass::oid, k.oid, format('constraint %I on domain %s', k.conname, format_type("   \
	"t.oid, NULL)), concat_ws(E';\\n', CASE WHEN k.conname <> " NOT_NULL_NAME " THEN " DOMAIN_NAME(NOT_NULL_NAME,   \
									     "k.conname") " END, 'COMMENT ON '"        \
	" || " DOMAIN_CONSTRAINT " || ' IS ' || quote_literal(d.description)), concat_ws(E';\\n', CASE WHEN"            \
	" d.description IS NOT NULL THEN 'COMMENT ON ' || " DOMAIN_CONSTRAINT " || ' IS NULL' END, CASE WHEN k.conname"  \
	" <> " NOT_NULL_NAME " THEN " DOMAIN_NAME("k.conname", NOT_NULL_NAME) " END), 'pg_type'::regclass, t.oid"       \
	" FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid LEFT JOIN pg_description d ON d.classoid ="        \
	" 'pg_constraint'::regclass AND d.objoid = k.oid WHERE k.contype = 'n' AND (d.description IS NOT NULL OR"      \
	" k.conname !~ '_not_null[0-9]*$') AND " LX_USER_SCHEMA("t.typnamespace") " AND " LX_NOT_MEMBER(               \
	    "'pg_type'::regclass", "t.oid")

/* What is set for the columns of a materialized view. */
#define SETTING(text) "format('ALTER MATERIALIZED VIEW %s ALTER COLUMN %I " text "', c.oid::regclass, a.attname"
#define STORAGE(letter) "CASE " letter " WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END"
#define HAS_STORAGE "CASE WHEN a.attstorage <> t.typstorage THEN "
#define HAS_STATISTICS "CASE WHEN a.attstattarget >= 0 THEN "
#define HAS_COMPRESSION "CASE WHEN {14+|a.attcompression|''} <> '' THEN "
#define OPTIONS(part)                                                                                                  \
	"(SELECT string_agg(" part ", ', ' ORDER BY option_name) FROM pg_options_to_table(a.attoptions) WHERE"         \
	" option_name <> 'pg_attver')"
#define SETTINGS                                                                                                       \
	"SELECT 0::oid, 0::oid, name, up, down, 'pg_class'::regclass, view FROM (SELECT format('column %I of %s',"     \
	" a.attname, c.oid::regclass), concat_ws(E';\\n', " HAS_STORAGE SETTING("SET STORAGE %s") ", " STORAGE(        \
	    "a.attstorage") ") END, " HAS_STATISTICS SETTING("SET STATISTICS %s") ", a.attstattarget) END, "           \
	HAS_COMPRESSION SETTING("SET COMPRESSION %s") ", CASE {14+|a.attcompression|''} WHEN 'l' THEN 'lz4' ELSE 'pglz'" \
	" END) END, " SETTING("SET (") ") || " OPTIONS("option_name || '=' || option_value") " || ')')"                   \
	", concat_ws(E';\\n', " HAS_STORAGE SETTING("SET STORAGE %s") ", " STORAGE("t.typstorage") ") END, "           \
	HAS_STATISTICS SETTING("SET STATISTICS -1") ") END, " HAS_COMPRESSION SETTING("SET COMPRESSION default")       \
	") END, " SETTING("RESET (") ") || " OPTIONS("option_name") " || ')'), c.oid FROM pg_attribute a JOIN pg_class c"  \
	" ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid WHERE c.relkind = 'm' AND a.attnum > 0 AND"       \
	" NOT a.attisdropped AND " LX_USER_SCHEMA("c.relnamespace") " AND NOT " IS_MEMBER("c.oid")                     \
	") x(name, up, down, view) WHERE up <> ''"

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
	     INHERITANCE " UNION ALL " TRIGGERS " UNION ALL " STATES " UNION ALL " COMMENTS " UNION ALL " DOMAINS " UNION ALL " SETTINGS " UNION ALL " LABELS
	     ") x(class, oid, name, up, down, need_class, need) ORDER BY name",
    .read = read,
    .finish = finish,
};
