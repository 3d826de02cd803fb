/* An operator.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_OPERATOR_H
#define LX_KINDS_OPERATOR_H
#include "ir/schema.h"
#include "ir/types.h"

enum { LX_OPERATOR_OPTIONS, LX_OPERATOR_ATTRS };
struct lx_operator {
	struct lx_object base;  /* name: the symbol; signature: types of the operands */
	struct lx_vec operands; /* struct lx_field * without names: left and right, or right only */
	const char *options;    /* @options(function: 'app.same', commutator: 'app.===', …) */
};
#endif
