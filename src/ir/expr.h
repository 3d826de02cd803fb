/* SQL expressions and bodies as opaque text, compared by their tokens.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_IR_EXPR_H
#define LX_IR_EXPR_H
#include <stdbool.h>
#include <stddef.h>

struct lx_arena;

/* True when A and B have the same SQL tokens (white space, comments and the case of unquoted words left out), by the
 * same scanner as the checksums' "tok".  Two NULLs are equal. */
bool lx_expr_equal(const char *a, const char *b);

/* The part of a statement behind the word FROM and before the first word TO (NULL: to the end), both outside of
 * parentheses, without white space around it; *LENGTH is its length.  NULL: there is no FROM before TO. */
const char *lx_expr_clause(const char *text, const char *from, const char *to, size_t *length);

/* Calls FOUND for each identifier in SQL text (unquoted ones folded to lower case, quotes undone), with the identifier
 * before the dot, if any, as QUALIFIER (else NULL).  Keywords are passed too: the caller looks them up. */
void lx_expr_names(struct lx_arena *scratch, const char *text,
		   void (*found)(void *context, const char *qualifier, const char *name, bool is_call), void *context);
#endif
