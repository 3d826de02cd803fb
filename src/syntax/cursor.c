/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/cursor.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

void lx_cursor_init(struct lx_cursor *cursor, struct lx_diags *diags, const struct lx_item *item)
{
	*cursor = (struct lx_cursor){.diags = diags};
	if (!item)
		return;
	cursor->at = item->first;
	cursor->last = (struct lx_span){item->span.file, item->span.start, item->span.start};
}

void lx_cursor_enter(struct lx_cursor *cursor, struct lx_diags *diags, const struct lx_node *group)
{
	lx_cursor_init(cursor, diags, group->items);
	cursor->group = group->kind == LX_NODE_BRACE ? NULL : group;
	/* where something is missing in an empty group: before its closing bracket */
	if (!cursor->at)
		cursor->last =
		    (struct lx_span){group->span.file, group->span.start, group->span.end - (group->items != NULL)};
}

bool lx_cursor_is_word(const struct lx_cursor *cursor, const char *word)
{
	return cursor->at && cursor->at->kind == LX_NODE_WORD && strcmp(cursor->at->text, word) == 0;
}

bool lx_cursor_is_punct(const struct lx_cursor *cursor, char punct)
{
	return cursor->at && cursor->at->kind == LX_NODE_PUNCT && cursor->at->punct == punct;
}

static const struct lx_node *advance(struct lx_cursor *cursor)
{
	const struct lx_node *node = cursor->at;
	cursor->last = node->span;
	cursor->at = node->next;
	return node;
}

bool lx_cursor_take_word(struct lx_cursor *cursor, const char *word)
{
	return lx_cursor_is_word(cursor, word) && advance(cursor);
}

bool lx_cursor_take_punct(struct lx_cursor *cursor, char punct)
{
	return lx_cursor_is_punct(cursor, punct) && advance(cursor);
}

const struct lx_node *lx_cursor_take(struct lx_cursor *cursor, enum lx_node_kind kind)
{
	return cursor->at && cursor->at->kind == kind ? advance(cursor) : NULL;
}

const struct lx_node *lx_cursor_take_name(struct lx_cursor *cursor)
{
	const struct lx_node *node = lx_cursor_take(cursor, LX_NODE_WORD);
	return node ? node : lx_cursor_take(cursor, LX_NODE_QUOTED);
}

const struct lx_node *lx_cursor_need(struct lx_cursor *cursor, enum lx_node_kind kind, const char *what)
{
	const struct lx_node *node = lx_cursor_take(cursor, kind);
	if (!node)
		lx_cursor_fail(cursor, what);
	return node;
}

const struct lx_node *lx_cursor_need_name(struct lx_cursor *cursor, const char *what)
{
	const struct lx_node *node = lx_cursor_take_name(cursor);
	if (!node)
		lx_cursor_fail(cursor, what);
	return node;
}

bool lx_cursor_need_word(struct lx_cursor *cursor, const char *word)
{
	if (lx_cursor_take_word(cursor, word))
		return true;
	lx_cursor_fail(cursor, lx_arena_printf(cursor->diags->arena, "'%s'", word));
	return false;
}

static const char *punct_text(char punct)
{
	static const char *const texts[] = {"'.'", "','", "'='", "'-'", "'?'", "':'", "'->'"};
	static const char puncts[] = ".,=-?:>";
	const char *at = punct ? strchr(puncts, punct) : NULL;
	return at ? texts[at - puncts] : "punctuation";
}

bool lx_cursor_need_punct(struct lx_cursor *cursor, char punct)
{
	if (lx_cursor_take_punct(cursor, punct))
		return true;
	lx_cursor_fail(cursor, punct_text(punct));
	return false;
}

void lx_cursor_need_end(struct lx_cursor *cursor, const char *after_what)
{
	if (!cursor->at || cursor->has_failed)
		return;
	cursor->has_failed = true;
	const struct lx_node *last = cursor->at;
	while (last->next)
		last = last->next;
	lx_report(cursor->diags, LX_E0102, lx_span_join(cursor->at->span, last->span),
		  "nothing can follow %s, found %s", after_what, lx_node_describe(cursor->diags->arena, cursor->at));
}

void lx_cursor_fail(struct lx_cursor *cursor, const char *what)
{
	if (cursor->has_failed)
		return;
	cursor->has_failed = true;
	struct lx_span place = cursor->at ? cursor->at->span : cursor->last;
	if (!cursor->at)
		place.start = place.end; /* behind the last node */
	const char *found = !cursor->at && cursor->group ? cursor->group->kind == LX_NODE_BRACKET ? "']'" : "')'"
							 : lx_node_describe(cursor->diags->arena, cursor->at);
	lx_report(cursor->diags, LX_E0101, place, "expected %s, found %s", what, found);
}

void lx_cursor_say_form(struct lx_diags *diags, size_t first, const char *form)
{
	for (size_t i = first; i < diags->list.length; i++) {
		struct lx_diag *diag = diags->list.items[i];
		if (!diag->help && !diag->fixes && (diag->code == LX_E0101 || diag->code == LX_E0102))
			lx_diag_help(diags, diag, "the form is: %s", form);
	}
}

const char *lx_node_describe(struct lx_arena *arena, const struct lx_node *node)
{
	enum { LONGEST = 40 };
	if (!node)
		return "the end of the line";
	int length = (int)lx_utf8_clip(node->text, node->length, LONGEST);
	const char *more = node->length > (uint32_t)length ? "…" : "";
	switch (node->kind) {
	case LX_NODE_WORD:
	case LX_NODE_NUMBER:
		return lx_arena_printf(arena, "'%.*s%s'", length, node->text, more);
	case LX_NODE_QUOTED:
		return lx_arena_printf(arena, "\"%.*s%s\"", length, node->text, more);
	case LX_NODE_ANNOTATION:
		return lx_arena_printf(arena, "'@%.*s%s'", length, node->text, more);
	case LX_NODE_PUNCT:
		return punct_text(node->punct);
	case LX_NODE_STRING:
		return "a string";
	case LX_NODE_SQL:
		return "SQL in back-quotes";
	case LX_NODE_BODY:
		return "a body of SQL";
	case LX_NODE_PAREN:
		return "'('";
	case LX_NODE_BRACKET:
		return "'['";
	case LX_NODE_BRACE:
		return "'{'";
	}
	return "something else";
}
