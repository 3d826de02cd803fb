/* Revisions as a drawing, newest first: a star for each, lines down to what it follows.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_GRAPH_H
#define LX_CLI_GRAPH_H
#include "history/history.h"

struct lx_arena;
struct lx_buffer;

/* The lines that still wait for the revision they lead to. */
struct lx_graph {
	struct lx_arena *arena;
	const struct lx_revision **columns;
	size_t count, capacity;
};
/* Appends to LINE what stands left of REVISION's text, and to BELOW the lines between it and the next one.  Only marked
 * revisions are drawn; they come in the reverse of the history's order. */
void lx_graph_draw(struct lx_graph *graph, const unsigned char *marks, const struct lx_revision *revision,
		   struct lx_buffer *line, struct lx_buffer *below);
#endif
