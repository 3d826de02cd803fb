/* Reads the nodes of an item one after the other, with errors that say what was expected and what was found.
 * "take" gives the node and moves on, or gives NULL and stays; "need" does the same and reports when it is not there.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SYNTAX_CURSOR_H
#define LX_SYNTAX_CURSOR_H
#include <stdbool.h>

#include "syntax/ast.h"

struct lx_cursor {
	struct lx_diags *diags;
	const struct lx_node *at;    /* the next node; NULL at the end */
	struct lx_span last;         /* span of the node before, for "expected … after" */
	const struct lx_node *group; /* whose inside is read; NULL: a line */
	bool has_failed;             /* one error an item: later needs stay silent */
};

void lx_cursor_init(struct lx_cursor *cursor, struct lx_diags *diags, const struct lx_item *item);
/* Over the inside of a group or an annotation's arguments. */
void lx_cursor_enter(struct lx_cursor *cursor, struct lx_diags *diags, const struct lx_node *group);
bool lx_cursor_is_word(const struct lx_cursor *cursor, const char *word);
bool lx_cursor_is_punct(const struct lx_cursor *cursor, char punct);
bool lx_cursor_take_word(struct lx_cursor *cursor, const char *word);
bool lx_cursor_take_punct(struct lx_cursor *cursor, char punct);
const struct lx_node *lx_cursor_take(struct lx_cursor *cursor, enum lx_node_kind kind);
/* A word or a quoted name. */
const struct lx_node *lx_cursor_take_name(struct lx_cursor *cursor);
const struct lx_node *lx_cursor_need(struct lx_cursor *cursor, enum lx_node_kind kind, const char *what);
const struct lx_node *lx_cursor_need_name(struct lx_cursor *cursor, const char *what);
bool lx_cursor_need_word(struct lx_cursor *cursor, const char *word);
bool lx_cursor_need_punct(struct lx_cursor *cursor, char punct);
/* Reports whatever is left over (E0102). */
void lx_cursor_need_end(struct lx_cursor *cursor, const char *after_what);
/* Reports "expected WHAT, found …" at the cursor. */
void lx_cursor_fail(struct lx_cursor *cursor, const char *what);
/* Gives what was reported since DIAGS had FIRST entries and is an error of form without help that: FORM. */
void lx_cursor_say_form(struct lx_diags *diags, size_t first, const char *form);
/* A short name of a node for messages: "'email'", "a string", "'{'", "the end of the line". */
const char *lx_node_describe(struct lx_arena *arena, const struct lx_node *node);
#endif
