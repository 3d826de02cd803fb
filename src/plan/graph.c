/* Kahn's algorithm with a heap of the nodes that are ready.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/graph.h"

#include "base/arena.h"
#include "kinds/kind.h"
#include "sql/emit.h"

void lx_graph_edge(struct lx_arena *arena, struct lx_node *from, struct lx_node *to, bool is_soft,
		   const struct lx_object *breaker)
{
	if (from == to)
		return;
	struct lx_edge *edge = LX_NEW(arena, struct lx_edge);
	*edge = (struct lx_edge){.from = from, .to = to, .is_soft = is_soft || breaker, .breaker = breaker};
	lx_vec_push(arena, &from->out, edge);
	lx_vec_push(arena, &to->in, edge);
	to->waits++;
}

/* Drops come first, the last created first; then creations and changes by kind and name, a child behind its parent. */
static int action_rank(const struct lx_node *node)
{
	switch (node->action) {
	case LX_NODE_DROP:
	case LX_NODE_RELEASE:
	case LX_NODE_SKETCH:
		return 0;
	case LX_NODE_CREATE:
	case LX_NODE_ALTER:
	case LX_NODE_SWAP:
		return 1;
	case LX_NODE_FINISH:
		return 2;
	}
	return 2;
}

static int compare_objects(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_object *top_a = a->parent ? a->parent : a, *top_b = b->parent ? b->parent : b;
	int order = lx_object_compare(top_a, top_b);
	if (order)
		return order;
	if (!a->parent != !b->parent)
		return a->parent ? 1 : -1;
	return a->parent ? lx_object_compare(a, b) : 0;
}

static int compare_nodes(const void *a, const void *b, void *context)
{
	const struct lx_node *left = a, *right = b;
	int rank = action_rank(left) - action_rank(right);
	(void)context;
	if (rank)
		return rank;
	int order = compare_objects(left->new ? left->new : left->old, right->new ? right->new : right->old);
	if (order)
		return action_rank(left) == 1 ? order : -order;
	return (int)left->action - (int)right->action;
}

struct heap {
	struct lx_arena *arena;
	struct lx_vec nodes;
};

static void heap_push(struct heap *heap, struct lx_node *node)
{
	lx_vec_push(heap->arena, &heap->nodes, node);
	struct lx_node **items = (struct lx_node **)heap->nodes.items;
	for (size_t i = heap->nodes.length - 1; i && items[(i - 1) / 2]->order > items[i]->order; i = (i - 1) / 2) {
		struct lx_node *swap = items[i];
		items[i] = items[(i - 1) / 2];
		items[(i - 1) / 2] = swap;
	}
}

static struct lx_node *heap_pop(struct heap *heap)
{
	struct lx_node **items = (struct lx_node **)heap->nodes.items, *first = items[0];
	size_t count = --heap->nodes.length;
	items[0] = items[count];
	for (size_t i = 0;;) {
		size_t least = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < count; child++)
			least = items[child]->order < items[least]->order ? child : least;
		if (least == i)
			return first;
		struct lx_node *swap = items[i];
		items[i] = items[least];
		items[least] = swap;
		i = least;
	}
}

static void break_edge(struct heap *heap, struct lx_edge *edge)
{
	edge->is_broken = true;
	if (--edge->to->waits == 0)
		heap_push(heap, edge->to);
}

/* All edges between the same nodes that the same breaker cuts. */
static void break_edges(struct heap *heap, struct lx_edge *weakest)
{
	LX_EACH (struct lx_edge *, edge, &weakest->from->out) {
		bool is_same = edge->to == weakest->to && edge->breaker == weakest->breaker;
		if (is_same && edge->is_soft && !edge->is_broken)
			break_edge(heap, edge);
	}
	if (!weakest->is_broken)
		break_edge(heap, weakest);
}

static void finish(struct heap *heap, struct lx_vec *sorted, struct lx_node *node)
{
	node->is_done = true;
	lx_vec_push(heap->arena, sorted, node);
	LX_EACH (struct lx_edge *, edge, &node->out) {
		if (!edge->is_broken)
			break_edge(heap, edge);
	}
}

static struct lx_edge *waiting_edge(const struct lx_node *node)
{
	LX_EACH (struct lx_edge *, edge, &node->in) {
		if (!edge->is_broken)
			return edge;
	}
	return NULL;
}

/* How gladly an edge of a loop is left out. */
enum weakness {
	NONE,
	LATE, /* what is there already is changed later, or lets go of everything first: LX_NODE_SKETCH */
	BREAKER,
	SOFT,
	SKETCHED, /* a first form of what is created is enough, or what is dropped may seem to use the other */
	UNCHECKED /* the server need not look into the body of a function */
};

/* What is dropped may still have the name. */
static bool waits_for_drop(const struct lx_node *node)
{
	LX_EACH (const struct lx_edge *, edge, &node->in) {
		if (!edge->is_broken && edge->from->action == LX_NODE_DROP)
			return true;
	}
	return false;
}

static bool can_sketch(struct lx_arena *arena, const struct lx_node *node)
{
	const struct lx_object *object = node->new ? node->new : node->old;
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	struct lx_vec statements = {0};
	struct lx_sql trial = {.arena = arena, .statements = &statements};
	bool is_made = node->action == LX_NODE_DROP || (node->action == LX_NODE_CREATE && !waits_for_drop(node));
	bool can = is_made && kind->sketch && kind->sketch(&trial, object, node->action == LX_NODE_DROP);
	lx_buffer_free(&trial.text);
	return can;
}

static enum weakness edge_weakness(struct lx_arena *arena, const struct lx_edge *edge)
{
	const struct lx_object *object = edge->to->new;
	bool is_text = edge->is_soft && !edge->breaker;
	if (is_text && object && !(lx_kind_sql(object->kind)->reactions & LX_ON_GONE_TEXT))
		return UNCHECKED;
	bool is_sketch = can_sketch(arena, edge->from);
	if (is_sketch && (is_text || edge->from->action == LX_NODE_CREATE))
		return SKETCHED;
	if (is_text)
		return SOFT;
	if (edge->is_soft)
		return BREAKER;
	return is_sketch || edge->from->action == LX_NODE_ALTER ? LATE : NONE;
}

static void put_in(struct heap *heap, struct lx_vec *sorted, const struct lx_node *node)
{
	struct lx_node *copy = LX_NEW(heap->arena, struct lx_node);
	*copy = *node;
	copy->is_done = true;
	lx_vec_push(heap->arena, sorted, copy);
}

/* What makes up for leaving EDGE out. */
static void replace_edge(struct heap *heap, struct lx_vec *sorted, struct lx_edge *edge, enum weakness weakness)
{
	struct lx_node *from = edge->from;
	if (weakness == BREAKER) {
		put_in(heap, sorted, &(struct lx_node){.action = LX_NODE_DROP, .old = edge->breaker});
	} else if (weakness == UNCHECKED && lx_kind_sql(edge->to->new->kind)->has_body) {
		edge->to->is_unchecked = true;
	} else if ((weakness == SKETCHED || weakness == LATE) && from->action != LX_NODE_ALTER && !from->sketch) {
		put_in(heap, sorted, &(struct lx_node){.action = LX_NODE_SKETCH, .old = from->old, .new = from->new});
		from->sketch = sorted->items[sorted->length - 1];
	}
}

/* Walks back from NODE, which waits, with one and with two steps a time: where both meet, a loop is.  Its weakest edge
 * goes. */
static void break_loop(struct heap *heap, struct lx_vec *sorted, struct lx_node *node)
{
	struct lx_node *slow = node, *fast = node;
	do {
		slow = waiting_edge(slow)->from;
		fast = waiting_edge(waiting_edge(fast)->from)->from;
	} while (slow != fast);
	struct lx_edge *weakest = waiting_edge(slow);
	enum weakness most = edge_weakness(heap->arena, weakest);
	for (struct lx_edge *edge = waiting_edge(weakest->from); edge->to != slow; edge = waiting_edge(edge->from)) {
		enum weakness weakness = edge_weakness(heap->arena, edge);
		if (weakness > most) {
			weakest = edge;
			most = weakness;
		}
	}
	replace_edge(heap, sorted, weakest, most);
	break_edges(heap, weakest);
}

struct lx_vec lx_graph_sort(struct lx_arena *arena, const struct lx_vec *nodes)
{
	struct lx_vec ordered = {0}, sorted = {0};
	struct heap heap = {arena, {0}};
	LX_EACH (struct lx_node *, node, nodes) {
		if (!node->is_cancelled)
			lx_vec_push(arena, &ordered, node);
	}
	lx_vec_sort(arena, &ordered, compare_nodes, NULL);
	LX_EACH (struct lx_node *, placed, &ordered)
		placed->order = placed_i;
	LX_EACH (struct lx_node *, ready, &ordered) {
		if (!ready->waits)
			heap_push(&heap, ready);
	}
	for (size_t first = 0;;) {
		while (heap.nodes.length)
			finish(&heap, &sorted, heap_pop(&heap));
		while (first < ordered.length && ((struct lx_node *)ordered.items[first])->is_done)
			first++;
		if (first == ordered.length)
			return sorted;
		break_loop(&heap, &sorted, ordered.items[first]);
	}
}
