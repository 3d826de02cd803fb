/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include "kinds/aggregate/aggregate.h"
#include "kinds/composite/composite.h"
#include "kinds/function/parameters_read.h"
#include "kinds/function/signature.h"

enum { OID, SCHEMA, NAME, OPTIONS, STATE, PARAMETERS = STATE + 3 };

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_aggregate *aggregate =
	    lx_catalog_new(catalog, LX_KIND_AGGREGATE, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	lx_catalog_parameters(row, PARAMETERS, &aggregate->parameters);
	lx_row_type(row, STATE, &aggregate->state);
	aggregate->options = lx_row_options(row, OPTIONS);
	aggregate->base.signature = lx_row_text(row, PARAMETERS + LX_PARAMETERS_SIGNATURE);
	lx_catalog_add(catalog, &aggregate->base, LX_PG_PROC, lx_row_oid(row, OID), 0);
}

/* The types are known now: the signature is the one that models make. */
static void finish(struct lx_catalog *catalog)
{
	struct lx_schema *schema = lx_catalog_schema(catalog);
	LX_EACH (struct lx_object *, object, &schema->objects) {
		if (object->kind != LX_KIND_AGGREGATE)
			continue;
		object->signature = lx_function_signature(schema, &((struct lx_aggregate *)object)->parameters);
		lx_schema_index(schema, object);
	}
}

#define FUNCTION(key, oid)                                                                                             \
	"'" key "=' || (SELECT " LX_REFERENCE("f.pronamespace", "f.proname")                                            \
	" FROM pg_catalog.pg_proc f WHERE f.oid = a." oid "),"
#define NUMBER(key, column) "CASE WHEN a." column " <> 0 THEN '" key "=' || a." column " END,"
#define FLAG(key, column) "CASE WHEN a." column " THEN '" key "=true' END,"
/* The default depends on what kind of aggregate it is. */
#define MODIFY(key, function, column)                                                                                  \
	"CASE WHEN a." function " <> 0 AND a." column " <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN '" key  \
	"=' || CASE a." column " WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END,"

const struct lx_kind_catalog lx_aggregate_catalog = {
    .query =
	"SELECT p.oid, n.nspname, p.proname, array_remove(ARRAY["
	FUNCTION("sfunc", "aggtransfn") FUNCTION("finalfunc", "aggfinalfn") FUNCTION("combinefunc", "aggcombinefn")
	FUNCTION("serialfunc", "aggserialfn") FUNCTION("deserialfunc", "aggdeserialfn") FUNCTION("msfunc", "aggmtransfn")
	FUNCTION("minvfunc", "aggminvtransfn") FUNCTION("mfinalfunc", "aggmfinalfn") NUMBER("sspace", "aggtransspace")
	NUMBER("msspace", "aggmtransspace") FLAG("finalfunc_extra", "aggfinalextra") FLAG("mfinalfunc_extra", "aggmfinalextra")
	MODIFY("finalfunc_modify", "aggfinalfn", "aggfinalmodify") MODIFY("mfinalfunc_modify", "aggmfinalfn", "aggmfinalmodify")
	"'initcond=' || a.agginitval, 'minitcond=' || a.aggminitval,"
	"CASE WHEN a.aggmtranstype <> 0 THEN 'mstype=' || pg_catalog.format_type(a.aggmtranstype, NULL) END,"
	"'sortop=' || (SELECT o.oprnamespace::regnamespace::text || '.' || o.oprname FROM pg_catalog.pg_operator o"
	" WHERE o.oid = a.aggsortop),"
	"CASE p.proparallel WHEN 's' THEN 'parallel=safe' WHEN 'r' THEN 'parallel=restricted' END,"
	"CASE WHEN a.aggkind <> 'n' THEN 'direct=' || a.aggnumdirectargs END,"
	"CASE WHEN a.aggkind = 'h' THEN 'hypothetical=true' END], NULL),"
	" " LX_TYPE("a.aggtranstype", "NULL::int4") ", " LX_PARAMETERS
	" FROM pg_catalog.pg_aggregate a JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid"
	" JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE " LX_USER_SCHEMA("p.pronamespace") " AND "
	LX_NOT_MEMBER("'pg_catalog.pg_proc'::regclass", "p.oid")
	" ORDER BY n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)",
    .read = read,
    .finish = finish,
};
