/* What a database has that the language has no words for: each becomes the statement that makes it and the one that
 * undoes it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/definition/definition.h"

#include "base/vec.h"
#include "introspect/catalog.h"

enum { CLASS, OID, NAME, UP, DOWN, NEED_CLASS, NEED, OPERATORS, FUNCTIONS };
enum { PG_AMOP = 2602, PG_AMPROC = 2603, MOST_MEMBERS = 1024 };

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
	struct lx_statement *definition =
	    lx_catalog_new(catalog, LX_KIND_DEFINITION, NULL, NULL, lx_row_text(row, NAME));
	definition->up = lx_row_expr(row, UP);
	definition->down = lx_row_expr(row, DOWN);
	lx_catalog_add(catalog, &definition->base, (enum lx_class)lx_row_oid(row, CLASS), lx_row_oid(row, OID), 0);
	struct lx_object *need =
	    lx_catalog_find(catalog, (enum lx_class)lx_row_oid(row, NEED_CLASS), lx_row_oid(row, NEED), 0);
	if (need)
		lx_vec_push(lx_catalog_arena(catalog), &definition->base.needs, need);
	file_members(row, OPERATORS, &definition->base, (enum lx_class)PG_AMOP);
	file_members(row, FUNCTIONS, &definition->base, (enum lx_class)PG_AMPROC);
}

/* "CREATE ...", then the comment.  WHAT is SQL for how DROP and COMMENT name it, CATALOG is where it is. */
#define DEFINITION(catalog, row, name, create, what)                                                                   \
	"SELECT '" catalog "'::regclass::oid AS class, " row ".oid, " name " AS name, " create                         \
	" || coalesce(E';\\nCOMMENT ON ' || " what " || ' IS ' || quote_literal(obj_description(" row                  \
	".oid, '" catalog "')), '') AS up, 'DROP ' || " what " AS down"
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
#define OPERATOR_LINES(owner_catalog, owner)                                                                           \
	"(SELECT string_agg('OPERATOR ' || m.amopstrategy || ' ' || m.amopopr::regoperator::text || CASE WHEN"         \
	" m.amoppurpose = 'o' THEN ' FOR ORDER BY ' || (SELECT format('%s.%I', s.opfnamespace::regnamespace, "         \
	"s.opfname)"                                                                                                   \
	" FROM pg_opfamily s WHERE s.oid = m.amopsortfamily) ELSE '' END, E',\\n    ' ORDER BY m.amopstrategy,"        \
	" m.amopopr::regoperator::text) FROM pg_amop m WHERE m.oid IN " MEMBERS(owner_catalog, "pg_amop", owner) ")"
#define FUNCTION_LINES(owner_catalog, owner)                                                                           \
	"(SELECT string_agg('FUNCTION ' || m.amprocnum || ' (' || format_type(m.amproclefttype, NULL) || ', ' ||"      \
	" format_type(m.amprocrighttype, NULL) || ') ' || m.amproc::regprocedure::text, E',\\n    ' ORDER BY "         \
	"m.amprocnum,"                                                                                                 \
	" m.amproc::regprocedure::text) FROM pg_amproc m WHERE m.oid IN " MEMBERS(owner_catalog, "pg_amproc",          \
										  owner) ")"

#define FAMILY(row)                                                                                                    \
	"format('OPERATOR FAMILY %s.%I USING %I', " row ".opfnamespace::regnamespace, " row ".opfname, a.amname)"
#define FAMILIES                                                                                                       \
	DEFINITION("pg_opfamily", "f", "lower(" FAMILY("f") ")",                                                       \
		   "'CREATE ' || " FAMILY("f") " || coalesce(E';\\nALTER ' || " FAMILY(                                \
		       "f") " || E' ADD\\n    ' ||"                                                                    \
			    " nullif(concat_ws(E',\\n    ', " OPERATOR_LINES(                                          \
				"pg_opfamily", "f.oid") ", " FUNCTION_LINES("pg_opfamily", "f.oid") "), ''), '')",     \
		   FAMILY("f"))                                                                                        \
	", NULL::oid, NULL::oid, ARRAY" MEMBERS("pg_opfamily", "pg_amop", "f.oid") ", ARRAY" MEMBERS(                  \
	    "pg_opfamily", "pg_amproc",                                                                                \
	    "f.oid") " FROM pg_opfamily f JOIN pg_am a ON a.oid = f.opfmethod WHERE " OWN("pg_opfamily", "f")

#define OPCLASS "format('OPERATOR CLASS %s.%I USING %I', c.opcnamespace::regnamespace, c.opcname, a.amname)"
#define CLASSES                                                                                                        \
	DEFINITION(                                                                                                    \
	    "pg_opclass", "c", "lower(" OPCLASS ")",                                                                   \
	    "format(E'CREATE OPERATOR CLASS %s.%I%s FOR TYPE %s USING %I FAMILY %s.%I AS\\n    ',"                     \
	    " c.opcnamespace::regnamespace, c.opcname, CASE WHEN c.opcdefault THEN ' DEFAULT' ELSE '' END,"            \
	    " format_type(c.opcintype, NULL), a.amname, f.opfnamespace::regnamespace, f.opfname) || concat_ws("        \
	    "E',\\n    ', " OPERATOR_LINES("pg_opclass", "c.oid") ", " FUNCTION_LINES(                                 \
		"pg_opclass",                                                                                          \
		"c.oid") ","                                                                                           \
			 " 'STORAGE ' || CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL)"             \
			 " WHEN NOT EXISTS " MEMBERS("pg_opclass", "pg_amop", "c.oid") " AND NOT EXISTS " MEMBERS(     \
			     "pg_opclass", "pg_amproc", "c.oid") " THEN format_type(c.opcintype, NULL) END)",          \
	    OPCLASS)                                                                                                   \
	", 'pg_opfamily'::regclass::oid, c.opcfamily, ARRAY" MEMBERS(                                                  \
	    "pg_opclass", "pg_amop",                                                                                   \
	    "c.oid") ", ARRAY" MEMBERS("pg_opclass", "pg_amproc",                                                      \
				       "c.oid") " FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod JOIN "         \
						"pg_opfamily f ON f.oid = c.opcfamily WHERE " OWN("pg_opclass", "c")

#define CONVERSION "format('CONVERSION %s.%I', c.connamespace::regnamespace, c.conname)"
#define CONVERSIONS                                                                                                    \
	DEFINITION(                                                                                                    \
	    "pg_conversion", "c", "lower(" CONVERSION ")",                                                             \
	    "format('CREATE %sCONVERSION %s.%I FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE"     \
	    " '' END, c.connamespace::regnamespace, c.conname, pg_encoding_to_char(c.conforencoding),"                 \
	    " pg_encoding_to_char(c.contoencoding), c.conproc)",                                                       \
	    CONVERSION)                                                                                                \
	NO_MEMBERS " FROM pg_conversion c WHERE " OWN("pg_conversion", "c")

#define LANGUAGE "format('LANGUAGE %I', l.lanname)"
#define LANGUAGES                                                                                                      \
	DEFINITION(                                                                                                    \
	    "pg_language", "l", "lower(" LANGUAGE ")",                                                                 \
	    "format('CREATE %sLANGUAGE %I', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END, l.lanname) ||"       \
	    " coalesce(' HANDLER ' || nullif(l.lanplcallfoid, 0)::regproc::text, '') ||"                               \
	    " coalesce(' INLINE ' || nullif(l.laninline, 0)::regproc::text, '') ||"                                    \
	    " coalesce(' VALIDATOR ' || nullif(l.lanvalidator, 0)::regproc::text, '')",                                \
	    LANGUAGE)                                                                                                  \
	NO_MEMBERS " FROM pg_language l WHERE " OWN("pg_language", "l")

#define TRANSFORM "format('TRANSFORM FOR %s LANGUAGE %I', format_type(t.trftype, NULL), l.lanname)"
#define TRANSFORMS                                                                                                     \
	DEFINITION("pg_transform", "t", "lower(" TRANSFORM ")",                                                        \
		   "'CREATE ' || " TRANSFORM " || ' (' || concat_ws(', ', 'FROM SQL WITH FUNCTION ' ||"                \
		   " nullif(t.trffromsql::oid, 0)::regprocedure::text, 'TO SQL WITH FUNCTION ' ||"                     \
		   " nullif(t.trftosql::oid, 0)::regprocedure::text) || ')'",                                          \
		   TRANSFORM)                                                                                          \
	NO_MEMBERS " FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang WHERE " OWN("pg_transform", "t")

#define ACCESS_METHOD "format('ACCESS METHOD %I', a.amname)"
#define ACCESS_METHODS                                                                                                 \
	DEFINITION(                                                                                                    \
	    "pg_am", "a", "lower(" ACCESS_METHOD ")",                                                                  \
	    "format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', a.amname, CASE a.amtype WHEN 't' THEN 'TABLE'"       \
	    " ELSE 'INDEX' END, a.amhandler)",                                                                         \
	    ACCESS_METHOD)                                                                                             \
	NO_MEMBERS " FROM pg_am a WHERE " OWN("pg_am", "a")

/* A name that is longer than PostgreSQL's is cut, and told apart by a hash. */
const struct lx_kind_catalog lx_definition_catalog = {
    .query = "SELECT class, oid, CASE WHEN octet_length(name) <= 63 THEN name ELSE left(name, 7) || '_' || md5(name) "
	     "END, up,"
	     " down, need_class, need, operators, functions"
	     " FROM (" LANGUAGES " UNION ALL " ACCESS_METHODS " UNION ALL " CASTS " UNION ALL " FAMILIES
	     " UNION ALL " CLASSES " UNION ALL " CONVERSIONS " UNION ALL " TRANSFORMS
	     ") x(class, oid, name, up, down, need_class, need, operators, functions) WHERE $1 <> name"
	     " ORDER BY need NULLS FIRST, name",
    .read = read,
    .finish = finish,
};
