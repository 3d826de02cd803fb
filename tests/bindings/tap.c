/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <stdio.h>
#include <string.h>

lexo_db *db;
lexo_arena *arena;
int failures;

void ok(bool is_good, const char *what)
{
	printf("%sok - %s\n", is_good ? "" : "not ", what);
	if (is_good)
		return;
	failures++;
	printf("#   last failure: %s: %s\n#   %s\n", lexo_rc_name(lexo_err(db)->rc), lexo_err(db)->message,
	       lexo_err(db)->statement);
}

void is(lexo_rc rc, lexo_rc wanted, const char *what)
{
	ok(rc == wanted, what);
	if (rc != wanted)
		printf("#   got %s, wanted %s\n", lexo_rc_name(rc), lexo_rc_name(wanted));
}

bool same(lexo_str a, const char *b)
{
	return a.ptr && a.len == strlen(b) && strcmp(a.ptr, b) == 0;
}

lexo_options options_of(int argc, char **argv, void (*on_query)(void *context, const lexo_query_event *event))
{
	lexo_options options = {.struct_size = sizeof options, .on_query = on_query};
	options.stmt_cache = argc > 1 && strcmp(argv[1], "small-cache") == 0 ? 2 : 0;
	options.no_prepare = argc > 1 && strcmp(argv[1], "no-prepare") == 0;
	return options;
}
