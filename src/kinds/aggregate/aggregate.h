/* An aggregate function.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_AGGREGATE_H
#define LX_KINDS_AGGREGATE_H
#include "ir/schema.h"
#include "ir/types.h"

enum { LX_AGGREGATE_PARAMETERS, LX_AGGREGATE_STATE, LX_AGGREGATE_OPTIONS, LX_AGGREGATE_ATTRS };
struct lx_aggregate {
	struct lx_object base;    /* signature: types of the parameters */
	struct lx_vec parameters; /* struct lx_field *; in, variadic */
	struct lx_type state;
	const char *options; /* @options(sfunc: 'app.step', initcond: '0') as options */
};
#endif
