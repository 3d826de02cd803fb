/* A foreign-data wrapper.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_WRAPPER_H
#define LX_KINDS_WRAPPER_H
#include "ir/schema.h"
#include "kinds/foreign_options.h"

enum { LX_WRAPPER_HANDLER, LX_WRAPPER_VALIDATOR, LX_WRAPPER_OPTIONS, LX_WRAPPER_SECRETS, LX_WRAPPER_ATTRS };
struct lx_wrapper {
	struct lx_object base;
	const char *handler; /* a function, as SQL names it: public.my_handler */
	const char *validator;
	struct lx_foreign_options options;
};
#endif
