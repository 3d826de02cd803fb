/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_PARTITION_BOUND_H
#define LX_KINDS_PARTITION_BOUND_H
#include <stdbool.h>

struct lx_declare;
struct lx_expr;
struct lx_node;

/* Checks with libpg_query that NODE is the bound of a partition: FROM (…) TO (…), IN (…), WITH (…) or DEFAULT, with or
 * without the words FOR VALUES before it, and nothing else.  OUT gets it without those words. */
bool lx_partition_bound(struct lx_declare *declare, const struct lx_node *node, struct lx_expr *out);
#endif
