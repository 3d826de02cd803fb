/* The tree of a .lexo file.  The grammar knows no object kinds: a file is a list of items, an item is a run of nodes
 * (words, literals, SQL, annotations, groups); what a word means is decided by the kinds (kinds/kind.h), which read an
 * item through a cursor (syntax/cursor.h).  So a new kind never touches the lexer, the grammar or the formatter.
 * All memory is in the arena given to lx_parse; the source text is borrowed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SYNTAX_AST_H
#define LX_SYNTAX_AST_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag/diag.h"

enum lx_node_kind {
	LX_NODE_WORD,       /* text: as written */
	LX_NODE_QUOTED,     /* "Odd Name"; text: without quotes, "" undone */
	LX_NODE_NUMBER,     /* text: as written */
	LX_NODE_STRING,     /* 'text'; text: without quotes, '' undone */
	LX_NODE_SQL,        /* `expression`; text: without back-quotes, `` undone */
	LX_NODE_BODY,       /* $tag$ … $tag$; text: what is between */
	LX_NODE_PUNCT,      /* one of . , = - ? : or -> (punct is '>') */
	LX_NODE_ANNOTATION, /* @word or @word(…); text: the word; items: the arguments as one item, or NULL */
	LX_NODE_PAREN,      /* ( … ): one item (possibly without nodes); commas are PUNCT nodes in it */
	LX_NODE_BRACKET,    /* [ … ]: same */
	LX_NODE_BRACE       /* { … }: one item a line */
};

struct lx_item;

struct lx_node {
	enum lx_node_kind kind;
	char punct;
	uint32_t inner; /* SQL, BODY, STRING: offset in the file of the first byte of the raw inner text */
	struct lx_span span;
	const char *text; /* NUL-terminated, decoded */
	uint32_t length;
	struct lx_node *next;
	struct lx_item *items; /* of a group or annotation */
};

struct lx_item {
	struct lx_node *first; /* NULL only for an empty ( ) or [ ] */
	struct lx_span span;   /* without the doc comment */
	const char *doc; /* text of the /// lines, one space after the slashes removed, joined by \n; NULL: none */
	struct lx_span doc_span;
	struct lx_item *next;
};

struct lx_comment { /* // … to the end of the line; for the formatter */
	struct lx_span span;
	bool is_own_line; /* nothing but white space before it on its line */
};

struct lx_file {
	uint32_t file;               /* number in diags */
	struct lx_item *items;       /* the first one is "lexo 1" when the file is well-formed */
	struct lx_comment *comments; /* in order */
	size_t comment_count;
	bool is_refused; /* nothing was read: too large, or not UTF-8 */
};

/* Parses the registered source FILE.  Always returns a tree (the parts that could be read); errors are in DIAGS.
 * Refuses invalid UTF-8, NUL, other control characters, nesting beyond 128 groups, files over 64 MiB. */
struct lx_file *lx_parse(struct lx_arena *arena, struct lx_diags *diags, uint32_t file);

/* Checks that FILE begins with "lexo 1" and reports E0124 or E0125 when not.  A refused file has had its error. */
bool lx_file_check_version(struct lx_diags *diags, const struct lx_file *file);

/* The place in the file of byte OFFSET of a node's decoded text (doubled quotes are counted), clamped to the node. */
struct lx_span lx_node_place(const struct lx_diags *diags, const struct lx_node *node, size_t offset, size_t length);
#endif
