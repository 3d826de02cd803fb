/* Comments that /// lines cannot carry: with blanks at the ends of lines, carriage returns, control characters.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COMMENT_H
#define LX_KINDS_COMMENT_H
struct lx_declare;
struct lx_node;
struct lx_object;
struct lx_printer;

/* @comment('text') or @comment(`E'text\r\n'`). */
void lx_comment_read(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object);
/* The annotation with a blank before it, or nothing: the comment stands in /// lines, or there is none. */
void lx_comment_print(struct lx_printer *printer, const struct lx_object *object);
#endif
