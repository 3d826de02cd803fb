/* The formatter's pen: writes nodes with canonical spacing and puts every comment back where it was.  Decisions about
 * line breaks (struct lx_fmt_style) are made by trial: a dry run writes the same text into a scratch buffer, without
 * comments and without the lines of blocks, and tells whether a line would be too long.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_FMT_WRITER_H
#define LX_FMT_WRITER_H
#include "base/buffer.h"
#include "syntax/ast.h"

enum { LX_FMT_WIDTH = 100, LX_FMT_INDENT = 2 };

struct lx_fmt {
	struct lx_buffer *out;
	const struct lx_file *file;
	const char *source;
	size_t start; /* length of OUT before the first line */
	size_t line;  /* where the current line begins in OUT */
	size_t known; /* offset in OUT up to which COLUMN is known */
	size_t column;
	size_t comment; /* the next comment of FILE to be written */
	bool is_dry;
	bool is_too_long; /* a line was longer than LX_FMT_WIDTH; only of dry runs */
};

struct lx_fmt_style {
	bool opens_braces;                 /* braces of one line become blocks */
	bool breaks_clauses;               /* annotations and heavy clauses begin lines of their own */
	bool fills;                        /* breaks after commas where the line is full */
	bool keeps_commas;                 /* in a block: a line end after a comma stays */
	const struct lx_node *expanded;    /* a group whose inside gets lines of its own */
	const struct lx_node *end;         /* where to stop; NULL: at the end of the item */
	const struct lx_node *annotations; /* of a field: from here on in the next column */
	size_t annotation_column;          /* 0: one blank */
	int indent;                        /* of the item: what closing brackets go back to */
	int continuation;                  /* of further lines of the item */
};

/* --- writer.c --- */
void lx_fmt_newline(struct lx_fmt *fmt, int indent);
void lx_fmt_pad(struct lx_fmt *fmt, size_t column); /* blanks up to COLUMN, at least two */
size_t lx_fmt_column(struct lx_fmt *fmt);
bool lx_fmt_is_blank_between(const struct lx_fmt *fmt, uint32_t from, uint32_t to); /* an empty line */
/* Whether PREVIOUS and NODE of an item that begins with FIRST are separated by a blank. */
bool lx_fmt_is_spaced(const struct lx_node *first, const struct lx_node *before, const struct lx_node *previous,
		      const struct lx_node *node);
/* The text of a leaf as in the source. */
void lx_fmt_leaf(struct lx_fmt *fmt, const struct lx_node *node);
bool lx_fmt_is_clause(const struct lx_node *node); /* using, with, where, include: begins a line of a long item */

/* --- comments.c --- */
bool lx_fmt_has_comment(const struct lx_fmt *fmt, struct lx_span span);
/* The next comment when it begins before LIMIT; NULL: none. */
const struct lx_comment *lx_fmt_next_comment(const struct lx_fmt *fmt, uint32_t limit);
void lx_fmt_add_comment(struct lx_fmt *fmt, const struct lx_comment *comment);
/* Writes the comments before offset LIMIT, those on their own lines at INDENT.  True: a line end must follow. */
bool lx_fmt_comments(struct lx_fmt *fmt, uint32_t limit, int indent);
/* Writes the comment that stands on the line of what was written last, if there is one before LIMIT. */
void lx_fmt_trailing_comment(struct lx_fmt *fmt, uint32_t limit);

/* --- nodes.c --- */
/* Nodes FIRST up to STYLE's end. */
void lx_fmt_nodes(struct lx_fmt *fmt, const struct lx_node *first, const struct lx_fmt_style *style);
/* Display width of NODE on one line, up to its first line end. */
size_t lx_fmt_width(const struct lx_fmt *fmt, const struct lx_node *node);
bool lx_fmt_is_one_line(const struct lx_fmt *fmt, const struct lx_node *brace);

/* --- format.c --- */
/* The items of a file or block, a line each.  FROM, END: where the inside begins and ends in the source. */
void lx_fmt_items(struct lx_fmt *fmt, const struct lx_item *items, int indent, uint32_t from, uint32_t end);
uint32_t lx_fmt_item_start(const struct lx_item *item); /* with its doc comment */
/* Whether a line would be longer than LX_FMT_WIDTH if the nodes were written in this way from COLUMN on. */
bool lx_fmt_is_too_long(const struct lx_fmt *fmt, const struct lx_node *first, size_t column,
			const struct lx_fmt_style *style);
/* Gives the widest group lines of its own if that helps. */
void lx_fmt_expand(const struct lx_fmt *fmt, const struct lx_node *first, size_t column, struct lx_fmt_style *style);

/* --- fields.c --- */
struct lx_fmt_columns {
	size_t type;       /* of the second node */
	size_t annotation; /* of the first annotation */
};
bool lx_fmt_is_field(const struct lx_item *item);
/* The columns of the run of fields that begins with ITEM: up to another item or an empty line. */
struct lx_fmt_columns lx_fmt_measure_run(const struct lx_fmt *fmt, const struct lx_item *item, int indent);
void lx_fmt_field(struct lx_fmt *fmt, const struct lx_item *item, int indent, struct lx_fmt_columns columns);
#endif
