/* Parameters of functions and aggregates in the models.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FUNCTION_PARAMETERS_H
#define LX_KINDS_FUNCTION_PARAMETERS_H
#include "base/vec.h"
#include "kinds/composite/composite.h"

struct lx_declare;
struct lx_node;
struct lx_printer;

/* GROUP is "( [mode] [name] type [= value], … )"; appended to FIELDS as struct lx_field *.  MODE is that of those which
 * do not say it.  What is wrong is reported. */
void lx_parameters_read(struct lx_declare *declare, const struct lx_node *group, enum lx_field_mode mode,
			struct lx_vec *fields);
/* "(mode name type = value, …)" of those that are columns of a result, or of all others. */
void lx_parameters_print(struct lx_printer *printer, const struct lx_vec *fields, bool is_result);
#endif
