/* A function or procedure.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FUNCTION_H
#define LX_KINDS_FUNCTION_H
#include "ir/schema.h"
#include "ir/types.h"

enum {
	LX_FUNCTION_IS_PROCEDURE,
	LX_FUNCTION_PARAMETERS,
	LX_FUNCTION_RETURNS,
	LX_FUNCTION_RETURNS_SET,
	LX_FUNCTION_LANGUAGE,
	LX_FUNCTION_BODY,
	LX_FUNCTION_PARSED,
	LX_FUNCTION_OBJECT_FILE,
	LX_FUNCTION_WINDOW,
	LX_FUNCTION_VOLATILITY,
	LX_FUNCTION_STRICT,
	LX_FUNCTION_SECURITY_DEFINER,
	LX_FUNCTION_LEAKPROOF,
	LX_FUNCTION_PARALLEL,
	LX_FUNCTION_PLANNER,
	LX_FUNCTION_SETTINGS,
	LX_FUNCTION_TRANSFORMS,
	LX_FUNCTION_ATTRS
};
enum lx_volatility { LX_VOLATILE = 1, LX_STABLE, LX_IMMUTABLE };
struct lx_function {
	struct lx_object base; /* signature: types of the parameters that are given in a call */
	bool is_procedure;
	struct lx_vec parameters; /* struct lx_field * */
	struct lx_type returns;   /* no name: a procedure, or the out parameters say it */
	bool returns_set;         /* @set */
	const char *language;
	struct lx_expr body;     /* of functions in C the name of the symbol */
	bool is_parsed;          /* @parsed: the body is a statement, RETURN … or BEGIN ATOMIC … END */
	const char *object_file; /* @object_file('$libdir/x'), functions in C */
	bool is_window;          /* @window */
	int volatility;          /* @volatility(stable); 0: volatile */
	bool is_strict;          /* @strict */
	bool is_security_definer;
	bool is_leakproof;
	int parallel;             /* @parallel(safe) */
	const char *planner;      /* @planner(cost: 10, rows: 5, support: 'app.helper') as options */
	const char *settings;     /* @set_config(search_path: '…') as options */
	struct lx_vec transforms; /* const char *: types, @transforms(…) */
};
#endif
