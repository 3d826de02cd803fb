/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <string.h>

#include "kinds/composite/composite.h"
#include "kinds/definition/definition.h"
#include "kinds/function/function.h"
#include "kinds/function/parameters_read.h"
#include "kinds/function/settings.h"
#include "kinds/function/signature.h"

enum {
	OID, SCHEMA, NAME, KIND, LANGUAGE, BODY, IS_PARSED, OBJECT_FILE, VOLATILITY, STRICT, SECURITY_DEFINER, LEAKPROOF,
	PARALLEL, PLANNER, SETTINGS, TRANSFORMS, RETURNS_SET, RETURNS, PARAMETERS = RETURNS + 3
};

static int volatility_choice(char letter)
{
	return letter == 's' ? LX_STABLE : letter == 'i' ? LX_IMMUTABLE : 0;
}

static int parallel_choice(char letter)
{
	return letter == 'r' ? 2 : letter == 's' ? 3 : 0;
}

static bool returns_table(const struct lx_function *function)
{
	LX_EACH (const struct lx_field *, parameter, &function->parameters) {
		if (parameter->mode == LX_TABLE_RESULT)
			return true;
	}
	return false;
}

static void read_result(const struct lx_row *row, struct lx_function *function)
{
	function->returns_set = lx_row_bool(row, RETURNS_SET) && !returns_table(function);
	if (!function->is_procedure && !lx_parameters_have_results(&function->parameters))
		lx_row_type(row, RETURNS, &function->returns);
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_function *function =
	    lx_catalog_new(catalog, LX_KIND_FUNCTION, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	struct lx_vec settings = lx_row_texts(row, SETTINGS);
	function->is_procedure = lx_row_char(row, KIND) == 'p';
	function->is_window = lx_row_char(row, KIND) == 'w';
	lx_catalog_parameters(row, PARAMETERS, &function->parameters);
	read_result(row, function);
	function->language = lx_row_text(row, LANGUAGE);
	function->body = lx_row_expr(row, BODY);
	function->is_parsed = lx_row_bool(row, IS_PARSED);
	function->object_file = lx_row_text(row, OBJECT_FILE);
	function->volatility = volatility_choice(lx_row_char(row, VOLATILITY));
	function->is_strict = lx_row_bool(row, STRICT);
	function->is_security_definer = lx_row_bool(row, SECURITY_DEFINER);
	function->is_leakproof = lx_row_bool(row, LEAKPROOF);
	function->parallel = parallel_choice(lx_row_char(row, PARALLEL));
	function->planner = lx_row_options(row, PLANNER);
	function->settings =
	    lx_catalog_intern(catalog, lx_settings_from_catalog(lx_catalog_arena(catalog), &settings));
	function->transforms = lx_row_texts(row, TRANSFORMS);
	function->base.signature = lx_row_text(row, PARAMETERS + LX_PARAMETERS_SIGNATURE);
	lx_catalog_add(catalog, &function->base, LX_PG_PROC, lx_row_oid(row, OID), 0);
}

/* The types are known now: the signature is the one that models make. */
static void finish(struct lx_catalog *catalog)
{
	struct lx_schema *schema = lx_catalog_schema(catalog);
	LX_EACH (struct lx_object *, object, &schema->objects) {
		if (object->kind != LX_KIND_FUNCTION)
			continue;
		object->signature =
		    lx_function_signature(schema, &((const struct lx_function *)object)->parameters);
		lx_schema_index(schema, object);
	}
}

const struct lx_kind_catalog lx_function_catalog = {
    .query =
	"SELECT p.oid, n.nspname, p.proname, p.prokind, l.lanname,"
	" {14+|coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc), p.prosqlbody IS NOT NULL|p.prosrc, false},"
	" p.probin, p.provolatile, p.proisstrict, p.prosecdef, p.proleakproof, p.proparallel,"
	" array_remove(ARRAY["
	"CASE WHEN p.procost <> CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END THEN 'cost=' || p.procost END,"
	"CASE WHEN p.prorows <> CASE WHEN p.proretset THEN 1000 ELSE 0 END THEN 'rows=' || p.prorows END,"
	"CASE WHEN p.prosupport <> 0 THEN 'support=' || (SELECT fn.nspname || '.' || f.proname FROM pg_catalog.pg_proc f"
	" JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = p.prosupport) END], NULL),"
	" p.proconfig, ARRAY(SELECT pg_catalog.format_type(t, NULL) FROM unnest(p.protrftypes) t),"
	" p.proretset, " LX_TYPE("p.prorettype", "NULL::int4") ", " LX_PARAMETERS
	" FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
	" JOIN pg_catalog.pg_language l ON l.oid = p.prolang"
	" WHERE p.prokind <> 'a' AND " LX_USER_SCHEMA("p.pronamespace") " AND "
	LX_NOT_MEMBER("'pg_catalog.pg_proc'::regclass", "p.oid")
	" AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend i WHERE i.classid = 'pg_catalog.pg_proc'::regclass"
	" AND i.objid = p.oid AND i.deptype = 'i')" /* constructors of a range */
	" AND p.oid NOT IN (SELECT f.oid FROM pg_catalog.pg_type t, unnest(" LX_TYPE_FUNCTIONS("t") ") u(oid)"
	" JOIN pg_catalog.pg_proc f ON f.oid = u.oid WHERE t.oid >= 16384 AND " LX_IS_WRITTEN_IN_C("t") " AND "
	LX_IS_OF_TYPE("f", "t") ")"
	" ORDER BY n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)",
    .read = read,
    .finish = finish,
};
