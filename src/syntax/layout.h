/* Between the lexer and the grammar: decides which line ends close an item (rule 2 of the language), gathers doc
 * comments and comments, and makes brackets match.  So the grammar sees only well-formed input.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SYNTAX_LAYOUT_H
#define LX_SYNTAX_LAYOUT_H
#include "model_lexer.h"

enum { LX_SYNTAX_NESTING = 128, LX_SYNTAX_SIZE = 64 << 20 };

struct lx_nodes {
	struct lx_node *first, *last;
};
struct lx_items {
	struct lx_item *first, *last;
};
struct lx_doc {
	const char *text;
	struct lx_span span;
};
union model_value {
	struct lx_node *node;
	struct lx_nodes nodes;
	struct lx_items items;
	struct lx_item *item;
	const struct lx_doc *doc;
	uint32_t end; /* offset behind a closing bracket */
};

struct lx_layout_group {
	char close;
	bool is_unindented; /* its line begins in column 1 */
	uint32_t indent;    /* of the line on which it was opened */
	struct lx_span open;
};

struct lx_layout {
	struct model_lexer lexer;
	struct lx_file *file;
	struct lx_layout_group groups[LX_SYNTAX_NESTING];
	int depth;
	int closing;        /* groups to close before the token that was read: brackets were forgotten there */
	enum model_raw raw; /* the token that was read and not yet given out */
	bool has_raw;
	bool is_new_line;         /* a line end that may count stands before it */
	bool is_line_blank;       /* no token yet on the line: for comments */
	bool is_item_open;        /* there are nodes since the item began */
	bool joins_next;          /* the last token was ',' '->' or '=' */
	bool is_after_annotation; /* the last token was an annotation without arguments */
	bool is_stopped;          /* nothing more is read */
	uint32_t last_end;        /* end of the last token given out */
	uint32_t line_start;
	size_t comment_room;
	struct lx_vec docs; /* lx_span *: lines of the doc comment that waits for its item */
};

/* For the grammar. */
int model_yylex(union model_value *value, struct lx_layout *layout);
void lx_layout_fail(struct lx_layout *layout); /* the grammar gave up: out of stack */
void lx_layout_finish(struct lx_layout *layout, struct lx_items items);
struct lx_nodes lx_nodes_of(struct lx_node *node);
struct lx_nodes lx_nodes_add(struct lx_nodes nodes, struct lx_node *node);
struct lx_items lx_items_of(struct lx_item *item); /* NULL: a list without items */
struct lx_items lx_items_add(struct lx_items items, struct lx_item *item);
struct lx_item *lx_item_of(struct lx_layout *layout, const struct lx_doc *doc, struct lx_nodes nodes);
/* Puts one item of NODES into the group or annotation NODE, which ends at END. */
struct lx_node *lx_node_fill(struct lx_layout *layout, struct lx_node *node, struct lx_nodes nodes, uint32_t end);
struct lx_node *lx_node_fill_lines(struct lx_node *node, struct lx_items items, uint32_t end);
#endif
