/* What has to be done, as a graph: one node an action, edges for what must come before what.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_GRAPH_H
#define LX_PLAN_GRAPH_H
#include "base/vec.h"
#include "ir/schema.h"

struct lx_arena;

enum lx_action {
	LX_NODE_DROP,
	LX_NODE_RELEASE, /* lets go of what is replaced below it (a default) */
	LX_NODE_SKETCH,  /* a first form of NEW, or a last one of OLD, that uses nothing */
	LX_NODE_CREATE,  /* with what its CREATE contains */
	LX_NODE_ALTER,
	LX_NODE_SWAP,  /* a type: put the old one aside under another name, create the new one */
	LX_NODE_FINISH /* drop the type that was put aside */
};
struct lx_node {
	enum lx_action action;
	const struct lx_object *old;   /* NULL for CREATE */
	const struct lx_object *new;   /* NULL for DROP */
	uint32_t changed;              /* ALTER */
	bool has_owner;                /* ALTER: the owner differs */
	bool has_comment;              /* ALTER: the comment differs */
	bool is_cancelled;             /* another node does it now */
	bool is_unchecked;             /* its SQL text cannot be checked when it is made */
	bool is_concurrent;            /* leaves the transaction */
	struct lx_node *release;       /* ALTER: what was let go before */
	const char *frees;             /* RELEASE: the name of a relation that it lets go of, or NULL */
	struct lx_node *sketch;        /* CREATE, DROP: what was made of it before */
	const struct lx_object *rest;  /* RELEASE, SKETCH: what is left of the object; set when it is written */
	const struct lx_object *aside; /* SWAP, FINISH: OLD under its other name */
	struct lx_vec out, in;         /* struct lx_edge * */
	size_t waits;                  /* edges of IN that still count */
	size_t order;                  /* place among nodes that do not depend on one another */
	bool is_done;
};
struct lx_edge {
	struct lx_node *from, *to;
	bool is_soft; /* may be left out where the graph is a loop */
	bool is_broken;
	const struct lx_object *breaker; /* when it is left out, this must be dropped on its own first; NULL: nothing */
};
void lx_graph_edge(struct lx_arena *arena, struct lx_node *from, struct lx_node *to, bool is_soft,
		   const struct lx_object *breaker);
/* The nodes in an order that respects the edges, the same on every run.  Loops are broken at soft edges; for a breaker,
 * a DROP node of its own is put in. */
struct lx_vec lx_graph_sort(struct lx_arena *arena, const struct lx_vec *nodes);
#endif
