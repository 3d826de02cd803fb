/* Every kind of generated function, for tests of what goes wrong around them.  The database has the tables of
 * forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BINDINGS_CALLS_H
#define TESTS_BINDINGS_CALLS_H
#include "app_models.h"

struct call {
	const char *name;
	/* Once, with rows in ROWS; LEXO_OK when all is well.  From many threads, with a handle each. */
	lexo_rc (*call)(lexo_db *handle, lexo_arena *rows);
};
extern const struct call calls[];
extern const size_t call_count;
/* Stores the rows that they need, through the program's handle; false: that did not work. */
bool calls_begin(void);
#endif
