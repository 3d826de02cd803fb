/* "define name …": like "sql" (kinds/statement), for what belongs to the types and functions: casts, operator classes,
 * conversions, languages.  It is made with them, before the tables.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_DEFINITION_H
#define LX_KINDS_DEFINITION_H
#include "kinds/statement/statement.h"

/* SQL about types that are written in C (rows of pg_type), which are defined together with their functions. */
#define LX_IS_WRITTEN_IN_C(type) type ".typtype = 'b' AND " type ".typinput <> 'array_in'::regproc"
#define LX_TYPE_FUNCTIONS(type)                                                                                        \
	"ARRAY[" type ".typinput, " type ".typoutput, " type ".typreceive, " type ".typsend, " type ".typmodin, " type \
	".typmodout, " type ".typanalyze{14+|, " type ".typsubscript|}]::oid[]"
#define LX_IS_OF_TYPE(function, type)                                                                                  \
	"(" function ".prorettype = " type ".oid OR " type ".oid = ANY (" function ".proargtypes))"
#endif
