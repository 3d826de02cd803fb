/* What a database has that the language has no words for: each becomes the statement that makes it and the one that
 * undoes it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/definition/definition.h"

#include "base/vec.h"
#include "introspect/catalog.h"
#include "kinds/statement/catalog.h"

enum { OPERATORS = LX_STATEMENT_MORE, FUNCTIONS, MOST_MEMBERS = 1024 };

static void file_members(const struct lx_row *row, int column, struct lx_object *object, enum lx_class class)
{
	int64_t members[MOST_MEMBERS];
	size_t count = lx_row_integers(row, column, members, MOST_MEMBERS);
	for (size_t i = 0; i < count; i++)
		lx_catalog_file_part(lx_row_catalog(row), object, class, (uint32_t)members[i]);
}

/* The comment is part of the text already. */
static void finish(struct lx_catalog *catalog)
{
	LX_EACH (struct lx_object *, object, &lx_catalog_schema(catalog)->objects) {
		if (object->kind == LX_KIND_DEFINITION)
			object->comment = NULL;
	}
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *object = &lx_statement_read(catalog, row, LX_KIND_DEFINITION)->base;
	file_members(row, OPERATORS, object, LX_PG_AMOP);
	file_members(row, FUNCTIONS, object, lx_row_oid(row, LX_STATEMENT_CLASS) == LX_PG_TYPE ? LX_PG_PROC : LX_PG_AMPROC);
}

/* "CREATE ...", then the comment.  WHAT is SQL for how DROP and COMMENT name it, CATALOG is where it is. */
#define DEFINITION(catalog, row, name, create, what)                                                                   \
	"SELECT '" catalog "'::regclass::oid AS class, " row ".oid, " name " AS name, " create                         \
	" || " LX_STATEMENT_COMMENT(catalog, row ".oid", what) " AS up, 'DROP ' || " what " AS down"
#define NO_MEMBERS ", NULL::oid, NULL::oid, NULL::oid[], NULL::oid[]"
#define OWN(catalog, row) row ".oid >= 16384 AND " LX_NOT_MEMBER("'" catalog "'::regclass", row ".oid")

#define CAST_TYPES "format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL)"
#define CASTS                                                                                                          \
	DEFINITION("pg_cast", "c",                                                                                     \
		   "'cast ' || format_type(c.castsource, NULL) || ' as ' || format_type(c.casttarget, NULL)",          \
		   "'CREATE CAST (' || " CAST_TYPES " || CASE c.castmethod WHEN 'f' THEN ') WITH FUNCTION ' ||"        \
		   " c.castfunc::regprocedure::text WHEN 'i' THEN ') WITH INOUT' ELSE ') WITHOUT FUNCTION' END ||"     \
		   " CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END",      \
		   "'CAST (' || " CAST_TYPES " || ')'")                                                                \
	NO_MEMBERS " FROM pg_cast c WHERE " OWN("pg_cast",                                                             \
						"c") " AND NOT EXISTS (SELECT 1 FROM pg_depend i WHERE i.classid = "   \
						     "'pg_cast'::regclass AND i.objid = c.oid"                         \
						     " AND i.deptype = 'i')" /* that of a range to its multirange */

/* Members of a family or a class: those that depend on it. */
#define MEMBERS(catalog, member, owner)                                                                                \
	"(SELECT d.objid FROM pg_depend d WHERE d.classid = '" member "'::regclass AND d.refclassid = '" catalog       \
	"'::regclass AND d.refobjid = " owner " AND d.objid >= 16384)"
#define OPERATOR_LINES(members)                                                                                       \
	"(SELECT string_agg('OPERATOR ' || m.amopstrategy || ' ' || m.amopopr::regoperator::text || CASE WHEN"         \
	" m.amoppurpose = 'o' THEN ' FOR ORDER BY ' || (SELECT format('%s.%I', s.opfnamespace::regnamespace, "         \
	"s.opfname)"                                                                                                   \
	" FROM pg_opfamily s WHERE s.oid = m.amopsortfamily) ELSE '' END, E',\\n    ' ORDER BY m.amopstrategy,"        \
	" m.amopopr::regoperator::text) FROM pg_amop m WHERE m.oid IN " members ")"
#define FUNCTION_LINES(members)                                                                                       \
	"(SELECT string_agg('FUNCTION ' || m.amprocnum || ' (' || format_type(m.amproclefttype, NULL) || ', ' ||"      \
	" format_type(m.amprocrighttype, NULL) || ') ' || m.amproc::regprocedure::text, E',\\n    ' ORDER BY "         \
	"m.amprocnum,"                                                                                                 \
	" m.amproc::regprocedure::text) FROM pg_amproc m WHERE m.oid IN " members ")"

#define FAMILY(row, word, using)                                                                                       \
	"format('" word " %s.%I " using " %I', " row ".opfnamespace::regnamespace, " row ".opfname, a.amname)"
#define FAMILY_IN_SQL FAMILY("f", "OPERATOR FAMILY", "USING")
#define FAMILIES                                                                                                       \
	DEFINITION("pg_opfamily", "f", FAMILY("f", "operator family", "using"),                                        \
		   "'CREATE ' || " FAMILY_IN_SQL " || coalesce(E';\\nALTER ' || " FAMILY_IN_SQL " || E' ADD\\n    ' ||" \
		   " nullif(concat_ws(E',\\n    ', " OPERATOR_LINES(MEMBERS("pg_opfamily", "pg_amop", "f.oid")) ", "   \
		   FUNCTION_LINES(MEMBERS("pg_opfamily", "pg_amproc", "f.oid")) "), ''), '')",                         \
		   FAMILY_IN_SQL)                                                                                      \
	", NULL::oid, NULL::oid, ARRAY" MEMBERS("pg_opfamily", "pg_amop", "f.oid") ", ARRAY" MEMBERS(                  \
	    "pg_opfamily", "pg_amproc",                                                                                \
	    "f.oid") " FROM pg_opfamily f JOIN pg_am a ON a.oid = f.opfmethod WHERE " OWN("pg_opfamily", "f")

/* What the user adds to a family of the system: neither part of a class nor of an extension's operators. */
#define LOOSE(catalog, family)                                                                                         \
	"(SELECT n.oid FROM " catalog " n WHERE n." family " = f.oid AND n.oid >= 16384 AND NOT EXISTS (SELECT FROM"    \
	" pg_depend d WHERE d.classid = '" catalog "'::regclass AND d.objid = n.oid AND (d.refclassid ="               \
	" 'pg_opclass'::regclass OR EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.refclassid AND e.objid ="       \
	" d.refobjid AND e.deptype = 'e'))))"
#define LOOSE_OPERATORS LOOSE("pg_amop", "amopfamily")
#define LOOSE_FUNCTIONS LOOSE("pg_amproc", "amprocfamily")
#define LOOSE_MEMBERS                                                                                                  \
	"SELECT 'pg_opfamily'::regclass::oid, f.oid, 'members of ' || " FAMILY("f", "operator family", "using")        \
	", 'ALTER ' || " FAMILY_IN_SQL " || E' ADD\\n    ' || concat_ws(E',\\n    ', " OPERATOR_LINES(LOOSE_OPERATORS) \
	", " FUNCTION_LINES(LOOSE_FUNCTIONS) "), 'ALTER ' || " FAMILY_IN_SQL " || E' DROP\\n    ' ||"                  \
	" (SELECT string_agg(format('%s %s (%s, %s)', word, number, format_type(l, NULL), format_type(r, NULL)),"      \
	" E',\\n    ' ORDER BY word DESC, number, l, r) FROM (SELECT 'OPERATOR', amopstrategy, amoplefttype,"         \
	" amoprighttype FROM pg_amop WHERE oid IN " LOOSE_OPERATORS " UNION ALL SELECT 'FUNCTION', amprocnum,"         \
	" amproclefttype, amprocrighttype FROM pg_amproc WHERE oid IN " LOOSE_FUNCTIONS ") x(word, number, l, r)),"    \
	" NULL::oid, NULL::oid, ARRAY" LOOSE_OPERATORS ", ARRAY" LOOSE_FUNCTIONS " FROM pg_opfamily f JOIN pg_am a"    \
	" ON a.oid = f.opfmethod WHERE f.oid < 16384 AND f.oid IN (SELECT amopfamily FROM pg_amop WHERE oid >= 16384"  \
	" UNION SELECT amprocfamily FROM pg_amproc WHERE oid >= 16384) AND (EXISTS " LOOSE_OPERATORS " OR EXISTS "     \
	LOOSE_FUNCTIONS ")"

#define OPCLASS_IN_SQL OPCLASS("OPERATOR CLASS", "USING")
#define OPCLASS(word, using) "format('" word " %s.%I " using " %I', c.opcnamespace::regnamespace, c.opcname, a.amname)"
#define CLASS_OPERATORS MEMBERS("pg_opclass", "pg_amop", "c.oid")
#define CLASS_FUNCTIONS MEMBERS("pg_opclass", "pg_amproc", "c.oid")
#define CLASSES                                                                                                        \
	DEFINITION(                                                                                                    \
	    "pg_opclass", "c", OPCLASS("operator class", "using"),                                                     \
	    "format(E'CREATE OPERATOR CLASS %s.%I%s FOR TYPE %s USING %I FAMILY %s.%I AS\\n    ',"                     \
	    " c.opcnamespace::regnamespace, c.opcname, CASE WHEN c.opcdefault THEN ' DEFAULT' ELSE '' END,"            \
	    " format_type(c.opcintype, NULL), a.amname, f.opfnamespace::regnamespace, f.opfname) || concat_ws("        \
	    "E',\\n    ', " OPERATOR_LINES(CLASS_OPERATORS) ", " FUNCTION_LINES(CLASS_FUNCTIONS) ","                   \
	    " 'STORAGE ' || CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) WHEN NOT EXISTS "         \
	    CLASS_OPERATORS " AND NOT EXISTS " CLASS_FUNCTIONS " THEN format_type(c.opcintype, NULL) END)",            \
	    OPCLASS_IN_SQL)                                                                                            \
	", 'pg_opfamily'::regclass::oid, c.opcfamily, ARRAY" CLASS_OPERATORS ", ARRAY" CLASS_FUNCTIONS                 \
	" FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod JOIN pg_opfamily f ON f.oid = c.opcfamily WHERE "      \
	OWN("pg_opclass", "c")

#define CONVERSION(word) "format('" word " %s.%I', c.connamespace::regnamespace, c.conname)"
#define CONVERSIONS                                                                                                    \
	DEFINITION(                                                                                                    \
	    "pg_conversion", "c", CONVERSION("conversion"),                                                             \
	    "format('CREATE %sCONVERSION %s.%I FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE"     \
	    " '' END, c.connamespace::regnamespace, c.conname, pg_encoding_to_char(c.conforencoding),"                 \
	    " pg_encoding_to_char(c.contoencoding), c.conproc)",                                                       \
	    CONVERSION("CONVERSION"))                                                                                                \
	NO_MEMBERS " FROM pg_conversion c WHERE " OWN("pg_conversion", "c")

#define LANGUAGE(word) "format('" word " %I', l.lanname)"
#define LANGUAGES                                                                                                      \
	DEFINITION(                                                                                                    \
	    "pg_language", "l", LANGUAGE("language"),                                                                 \
	    "format('CREATE %sLANGUAGE %I', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END, l.lanname) ||"       \
	    " coalesce(' HANDLER ' || nullif(l.lanplcallfoid, 0)::regproc::text, '') ||"                               \
	    " coalesce(' INLINE ' || nullif(l.laninline, 0)::regproc::text, '') ||"                                    \
	    " coalesce(' VALIDATOR ' || nullif(l.lanvalidator, 0)::regproc::text, '')",                                \
	    LANGUAGE("LANGUAGE"))                                                                                                  \
	NO_MEMBERS " FROM pg_language l WHERE " OWN("pg_language", "l")

#define TRANSFORM(word, language) "format('" word " %s " language " %I', format_type(t.trftype, NULL), l.lanname)"
#define TRANSFORMS                                                                                                     \
	DEFINITION("pg_transform", "t", TRANSFORM("transform for", "language"),                                                        \
		   "'CREATE ' || " TRANSFORM("TRANSFORM FOR", "LANGUAGE") " || ' (' || concat_ws(', ', 'FROM SQL WITH FUNCTION ' ||"                \
		   " nullif(t.trffromsql::oid, 0)::regprocedure::text, 'TO SQL WITH FUNCTION ' ||"                     \
		   " nullif(t.trftosql::oid, 0)::regprocedure::text) || ')'",                                          \
		   TRANSFORM("TRANSFORM FOR", "LANGUAGE"))                                                                                          \
	NO_MEMBERS " FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang WHERE " OWN("pg_transform", "t")

#define ACCESS_METHOD(word) "format('" word " %I', a.amname)"
#define ACCESS_METHODS                                                                                                 \
	DEFINITION(                                                                                                    \
	    "pg_am", "a", ACCESS_METHOD("access method"),                                                                  \
	    "format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', a.amname, CASE a.amtype WHEN 't' THEN 'TABLE'"       \
	    " ELSE 'INDEX' END, a.amhandler)",                                                                         \
	    ACCESS_METHOD("ACCESS METHOD"))                                                                                             \
	NO_MEMBERS " FROM pg_am a WHERE " OWN("pg_am", "a")

#define PARSER(words) "format('" words " %s.%I', p.prsnamespace::regnamespace, p.prsname)"
#define PARSERS                                                                                                        \
	DEFINITION("pg_ts_parser", "p", PARSER("text search parser"),                                                  \
		   "'CREATE ' || " PARSER("TEXT SEARCH PARSER") " || format(' (START = %s, GETTOKEN = %s, END = %s,"   \
		   " LEXTYPES = %s', p.prsstart, p.prstoken, p.prsend, p.prslextype) ||"                               \
		   " coalesce(', HEADLINE = ' || nullif(p.prsheadline, 0)::regproc::text, '') || ')'",                 \
		   PARSER("TEXT SEARCH PARSER"))                                                                       \
	NO_MEMBERS " FROM pg_ts_parser p WHERE " OWN("pg_ts_parser", "p")

#define TEMPLATE(words) "format('" words " %s.%I', t.tmplnamespace::regnamespace, t.tmplname)"
#define TEMPLATES                                                                                                      \
	DEFINITION("pg_ts_template", "t", TEMPLATE("text search template"),                                            \
		   "'CREATE ' || " TEMPLATE("TEXT SEARCH TEMPLATE") " || ' (' || concat_ws(', ', 'INIT = ' ||"         \
		   " nullif(t.tmplinit, 0)::regproc::text, 'LEXIZE = ' || t.tmpllexize::text) || ')'",                 \
		   TEMPLATE("TEXT SEARCH TEMPLATE"))                                                                   \
	NO_MEMBERS " FROM pg_ts_template t WHERE " OWN("pg_ts_template", "t")

/* A type written in C, with the functions that read and write it: one needs the other.  A shell is only the name. */
#define ITS_FUNCTIONS                                                                                                  \
	" FROM pg_proc p WHERE p.oid = ANY (" LX_TYPE_FUNCTIONS("t") ") AND " LX_IS_OF_TYPE("p", "t")
#define REST(key, value) "coalesce(E',\\n    " key " = ' || " value ", '') || "
#define BY_LETTER(column, cases) "CASE t." column " " cases " END"
#define TYPE_NAME "format_type(t.oid, NULL)"
#define TYPE_TEXT                                                                                                      \
	"'CREATE TYPE ' || " TYPE_NAME " || CASE WHEN t.typisdefined THEN (SELECT string_agg(E';\\n' ||"               \
	" rtrim(pg_get_functiondef(p.oid), E'\\n') || " LX_STATEMENT_COMMENT("pg_proc", "p.oid",                       \
	"'FUNCTION ' || p.oid::regprocedure") ", '' ORDER BY p.proname, p.oid::regprocedure::text)" ITS_FUNCTIONS      \
	") || E';\\nCREATE TYPE ' || " TYPE_NAME " || E' (\\n    INPUT = ' || t.typinput || E',\\n    OUTPUT = ' ||"    \
	" t.typoutput || " REST("RECEIVE", "nullif(t.typreceive, 0)::regproc") REST("SEND", "nullif(t.typsend, 0)::regproc")  \
	REST("TYPMOD_IN", "nullif(t.typmodin, 0)::regproc") REST("TYPMOD_OUT", "nullif(t.typmodout, 0)::regproc")      \
	REST("ANALYZE", "nullif(t.typanalyze, 0)::regproc")                                                            \
	REST("SUBSCRIPT", "{14+|nullif(t.typsubscript, 0)|NULL}::regproc")                                              \
	REST("INTERNALLENGTH", "CASE t.typlen WHEN -1 THEN 'variable' ELSE t.typlen::text END")                        \
	"CASE WHEN t.typbyval THEN E',\\n    PASSEDBYVALUE' ELSE '' END || "                                           \
	REST("ALIGNMENT", BY_LETTER("typalign", "WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double'"))   \
	REST("STORAGE", BY_LETTER("typstorage", "WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' WHEN 'm' THEN 'main'" \
	" ELSE 'plain'")) REST("CATEGORY", "quote_literal(t.typcategory::text)")                                             \
	"CASE WHEN t.typispreferred THEN E',\\n    PREFERRED = true' ELSE '' END || "                                  \
	REST("DEFAULT", "quote_literal(t.typdefault)") REST("ELEMENT", "format_type(nullif(t.typelem, 0), NULL)")      \
	REST("DELIMITER", "quote_literal(t.typdelim::text)")                                                                 \
	"CASE WHEN t.typcollation <> 0 THEN E',\\n    COLLATABLE = true' ELSE '' END || E'\\n)' ELSE '' END"
/* Only CASCADE can drop both, but it would take columns along. */
#define DROP_TYPE                                                                                                      \
	"CASE WHEN t.typisdefined THEN format(E'DO $do$ BEGIN\\n    IF EXISTS (SELECT FROM pg_depend WHERE refclassid ="   \
	" \\'pg_type\\'::regclass\\n        AND refobjid IN (%L::regtype, %L::regtype) AND deptype = \\'n\\'\\n"      \
	"        AND classid IN (\\'pg_class\\'::regclass, \\'pg_type\\'::regclass)) THEN\\n        RAISE EXCEPTION"  \
	" USING MESSAGE = %L, ERRCODE = \\'dependent_objects_still_exist\\';\\n    END IF;\\nEND $do$;\\nDROP TYPE %s" \
	" CASCADE', " TYPE_NAME ", " TYPE_NAME " || '[]', 'type ' || " TYPE_NAME " || ' is used', " TYPE_NAME          \
	") ELSE 'DROP TYPE ' || " TYPE_NAME " END"
#define TYPES                                                                                                          \
	"SELECT 'pg_type'::regclass::oid, t.oid, 'type ' || " TYPE_NAME ", " TYPE_TEXT " || " LX_STATEMENT_COMMENT(    \
	    "pg_type", "t.oid", "'TYPE ' || " TYPE_NAME) ", " DROP_TYPE ", NULL::oid, NULL::oid, NULL::oid[], ARRAY(SELECT"    \
	" p.oid" ITS_FUNCTIONS ") FROM pg_type t WHERE (" LX_IS_WRITTEN_IN_C("t") " OR NOT t.typisdefined) AND " OWN(  \
	    "pg_type", "t")

const struct lx_kind_catalog lx_definition_catalog = {
    .query = "SELECT class, oid, " LX_STATEMENT_SHORT("name") ", up,"
	     " down, need_class, need, operators, functions"
	     " FROM (" LANGUAGES " UNION ALL " ACCESS_METHODS " UNION ALL " CASTS " UNION ALL " FAMILIES
	     " UNION ALL " CLASSES " UNION ALL " LOOSE_MEMBERS " UNION ALL " CONVERSIONS " UNION ALL " TRANSFORMS
	     " UNION ALL " TYPES " UNION ALL " PARSERS " UNION ALL " TEMPLATES
	     ") x(class, oid, name, up, down, need_class, need, operators, functions) WHERE $1 <> name"
	     " ORDER BY need NULLS FIRST, name",
    .read = read,
    .finish = finish,
};
