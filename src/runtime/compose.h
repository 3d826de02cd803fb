/* SQL text being put together.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_COMPOSE_H
#define LX_RUNTIME_COMPOSE_H
#include "runtime/statements.h"

struct lx_text {
	lexo_db *db;
	char *data;
	size_t length, capacity;
	bool failed;
	unsigned parameters; /* used so far */
};
void lx_text_put(struct lx_text *text, const char *piece);
void lx_text_parameter(struct lx_text *text);
/* One that is compared with COLUMN: an operator would take a composite without a type for one of any type. */
void lx_text_compared(struct lx_text *text, const lexo_column *column);
/* The WHERE clause of a query: predicates, and where its page begins. */
void lx_text_where(struct lx_text *text, const struct lx_request *request);
#endif
