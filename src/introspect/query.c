/* Queries that differ between versions of the server.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "introspect/private.h"

/* {15+|new|old} */
static const char *choose(struct lx_buffer *out, const char *part, int version)
{
	char *rest;
	long since = strtol(part + 1, &rest, 10);
	const char *new = strchr(rest, '|') + 1, *old = strchr(new, '|') + 1, *end = strchr(old, '}');
	if (version >= since)
		lx_buffer_add(out, new, (size_t)(old - new) - 1);
	else
		lx_buffer_add(out, old, (size_t)(end - old));
	return end + 1;
}

const char *lx_catalog_query(struct lx_arena *arena, const char *query, int version)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	while (*query) {
		size_t plain = strcspn(query, "{");
		lx_buffer_add(&out, query, plain);
		query += plain;
		if (*query)
			query = choose(&out, query, version);
	}
	const char *copy = lx_arena_copy(arena, lx_buffer_text(&out), out.length);
	lx_buffer_free(&out);
	return copy;
}
