/* Parameters as pg_proc has them; aggregates have them too.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FUNCTION_PARAMETERS_READ_H
#define LX_KINDS_FUNCTION_PARAMETERS_READ_H
#include "base/vec.h"

struct lx_row;

/* Columns for the query of a kind that is in pg_proc p. */
#define LX_PARAMETERS                                                                                                  \
	"p.proargmodes, p.proargnames, ARRAY(SELECT u.t FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]))" \
	" WITH ORDINALITY u(t, i) ORDER BY u.i),"                                                                      \
	" ARRAY(SELECT pg_catalog.format_type(u.t, NULL) FROM unnest(coalesce(p.proallargtypes,"                       \
	" p.proargtypes::oid[])) WITH ORDINALITY u(t, i) ORDER BY u.i),"                                               \
	" CASE WHEN p.pronargdefaults > 0 THEN ARRAY(SELECT pg_catalog.pg_get_function_arg_default(p.oid, i)"          \
	" FROM generate_series(1, coalesce(pg_catalog.cardinality(p.proallargtypes), p.pronargs)) i) END,"             \
	" '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')'"
enum {
	LX_PARAMETERS_MODES,
	LX_PARAMETERS_NAMES,
	LX_PARAMETERS_OIDS,
	LX_PARAMETERS_TYPES,
	LX_PARAMETERS_DEFAULTS,
	LX_PARAMETERS_SIGNATURE /* not yet that of the models, but different for each overload */
};
/* The columns from COLUMN on, appended to FIELDS as struct lx_field *. */
void lx_catalog_parameters(const struct lx_row *row, int column, struct lx_vec *fields);
#endif
