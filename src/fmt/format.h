/* The canonical form of a .lexo file.  Idempotent; comments are kept; the meaning (tree without places) is unchanged.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_FMT_FORMAT_H
#define LX_FMT_FORMAT_H
struct lx_buffer;
struct lx_diags;
struct lx_file;

/* FILE must have been parsed without errors. */
void lx_format(struct lx_buffer *out, struct lx_diags *diags, const struct lx_file *file);
#endif
