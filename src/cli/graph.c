/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/graph.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

static void insert(struct lx_graph *graph, size_t at, const struct lx_revision *revision)
{
	if (graph->count == graph->capacity) {
		size_t capacity = graph->capacity ? 2 * graph->capacity : 8;
		const struct lx_revision **columns = LX_NEW_ARRAY(graph->arena, const struct lx_revision *, capacity);
		if (graph->count)
			memcpy(columns, graph->columns, graph->count * sizeof *columns);
		graph->columns = columns;
		graph->capacity = capacity;
	}
	memmove(graph->columns + at + 1, graph->columns + at, (graph->count - at) * sizeof *graph->columns);
	graph->columns[at] = revision;
	graph->count++;
}

static void remove_column(struct lx_graph *graph, size_t at)
{
	memmove(graph->columns + at, graph->columns + at + 1, (graph->count - at - 1) * sizeof *graph->columns);
	graph->count--;
}

static size_t find(const struct lx_graph *graph, const struct lx_revision *revision, size_t from)
{
	while (from < graph->count && graph->columns[from] != revision)
		from++;
	return from;
}

/* A line with '|' for each column, but FROM's is left out and a slash leads from there to TO, left of it. */
static void draw_join(const struct lx_graph *graph, size_t to, size_t from, struct lx_buffer *out)
{
	for (size_t i = 0; i < graph->count; i++) {
		bool is_between = i > to && i + 1 < from;
		lx_buffer_string(out, i == from ? " " : "|");
		lx_buffer_string(out, i + 1 == from ? "/" : is_between ? "_" : " ");
	}
	lx_buffer_char(out, '\n');
}

static void draw_fork(const struct lx_graph *graph, size_t at, size_t more, struct lx_buffer *out)
{
	for (size_t k = 1; k <= more; k++) {
		for (size_t i = 0; i < graph->count - more + k; i++) {
			bool is_new = i == at + k;
			lx_buffer_string(out, is_new ? "" : "|");
			lx_buffer_string(out, i + 1 == at + k ? "\\" : is_new ? "" : " ");
		}
		lx_buffer_char(out, '\n');
	}
}

void lx_graph_draw(struct lx_graph *graph, const unsigned char *marks, const struct lx_revision *revision,
		   struct lx_buffer *line, struct lx_buffer *below)
{
	size_t at = find(graph, revision, 0), more = 0;
	if (at == graph->count)
		insert(graph, at, revision);
	for (size_t other; (other = find(graph, revision, at + 1)) < graph->count;) {
		draw_join(graph, at, other, line);
		remove_column(graph, other);
	}
	for (size_t i = 0; i < graph->count; i++)
		lx_buffer_string(line, i == at ? "* " : "| ");
	bool has_parent = false;
	for (size_t i = 0; i < revision->revises.count; i++) {
		const struct lx_revision *parent = revision->parents[i];
		if (!marks[parent->index])
			continue;
		if (has_parent)
			insert(graph, at + ++more, parent);
		else
			graph->columns[at] = parent;
		has_parent = true;
	}
	if (!has_parent)
		remove_column(graph, at);
	else if (more)
		draw_fork(graph, at, more, below);
}
