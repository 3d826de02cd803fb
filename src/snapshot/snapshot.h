/* migrations/schema.lexo: an IR as canonical .lexo text, one item a line, objects sorted, so that git merges it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SNAPSHOT_SNAPSHOT_H
#define LX_SNAPSHOT_SNAPSHOT_H
struct lx_buffer;
struct lx_schema;

/* Compiling the output gives an equal schema, and printing that gives the same bytes. */
void lx_snapshot_print(struct lx_buffer *out, const struct lx_schema *schema);
#endif
