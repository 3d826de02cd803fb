/* What the print hooks of a table's members share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TABLE_PRINT_H
#define LX_KINDS_TABLE_PRINT_H
struct lx_expr;
struct lx_object;
struct lx_printer;
struct lx_vec;

/* The comment, the indent, "WORDS name". */
void lx_print_member(struct lx_printer *printer, const struct lx_object *object, const char *words);
/* The name that a model, view, … has in the models. */
void lx_print_reference(struct lx_printer *printer, const struct lx_object *object);
/* " WORD `expr`", or nothing. */
void lx_print_clause(struct lx_printer *printer, const char *word, const struct lx_expr *expr);
/* " include (a, b)", or nothing. */
void lx_print_include(struct lx_printer *printer, const struct lx_vec *names);
/* " with (fillfactor: 70)", or nothing. */
void lx_print_storage(struct lx_printer *printer, const char *storage);
/* "(a desc, `expr` opclass)" of struct lx_index_element *. */
void lx_print_elements(struct lx_printer *printer, const struct lx_vec *elements);
#endif
