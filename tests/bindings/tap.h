/* What the programs of tests/live/bindings.sh have in common: a handle, an arena, and TAP lines.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BINDINGS_TAP_H
#define TESTS_BINDINGS_TAP_H
#include <lexo/lexo.h>

extern lexo_db *db;       /* the program's own; its last failure is shown with what fails */
extern lexo_arena *arena; /* the program's own, too */
extern int failures;      /* how many lines were "not ok" */

void ok(bool is_good, const char *what);
void is(lexo_rc rc, lexo_rc wanted, const char *what);
bool same(lexo_str a, const char *b);
/* What the first argument of the program asks for: small-cache, no-prepare. */
lexo_options options_of(int argc, char **argv, void (*on_query)(void *context, const lexo_query_event *event));
#endif
