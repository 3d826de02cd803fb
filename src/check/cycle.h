/* Rules for types that several kinds have in common.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_CYCLE_H
#define LX_CHECK_CYCLE_H
#include <stdbool.h>

#include "ir/schema.h"
#include "ir/types.h"

struct lx_declare;

/* Reports pseudo-types (trigger, void, record, any…), which only functions have (E0309). */
bool lx_check_storable(struct lx_declare *declare, const struct lx_type *type, struct lx_span span);
/* Reports a domain or composite that contains itself, directly or through others (E0307). */
void lx_check_cycle(struct lx_declare *declare, const struct lx_object *object);
#endif
