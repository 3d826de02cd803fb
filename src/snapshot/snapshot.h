/* migrations/schema.lexo: an IR as canonical .lexo text, one item a line, objects sorted, so that git merges it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SNAPSHOT_SNAPSHOT_H
#define LX_SNAPSHOT_SNAPSHOT_H
#include <stdbool.h>

struct lx_buffer;
struct lx_object;
struct lx_schema;

/* Compiling the output gives an equal schema, and printing that gives the same bytes. */
void lx_snapshot_print(struct lx_buffer *out, const struct lx_schema *schema);
/* The same with only those objects for which IS_WANTED says so: several files together are one schema. */
void lx_snapshot_print_some(struct lx_buffer *out, const struct lx_schema *schema,
			    bool (*is_wanted)(const struct lx_object *object, void *context), void *context);
#endif
