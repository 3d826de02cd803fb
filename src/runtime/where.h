/* Predicates of a query: their values become parameters, what is left (the shape) finds the statement and its text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_WHERE_H
#define LX_RUNTIME_WHERE_H
#include <lexo/bind.h>

/* One word a predicate: its operator, and its column or the number of predicates in the group that follow. */
enum { LX_WHERE_WORDS = 256, LX_WHERE_DEPTH = 16 };
static inline uint32_t lx_where_word(uint32_t op, uint32_t rest)
{
	return op << 16 | rest;
}
static inline uint32_t lx_where_op(uint32_t word)
{
	return word >> 16;
}
static inline uint32_t lx_where_rest(uint32_t word)
{
	return word & 0xffff;
}

struct lx_where { /* being put together */
	lexo_db *db;
	const lexo_model *model;
	uint32_t *words; /* room for LX_WHERE_WORDS */
	uint32_t count;
};
/* Checks the predicates, adds their words and their parameters.  LEXO_E_MISUSE for what no generated function makes. */
lexo_rc lx_where_add(struct lx_where *where, const lexo_pred *preds, size_t count, unsigned depth);
#endif
