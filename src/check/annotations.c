/* SPDX-License-Identifier: Apache-2.0 */
#include "check/annotations.h"

#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/attr.h"

struct lx_node *lx_annotations_take(struct lx_declare *declare, struct lx_cursor *cursor)
{
	struct lx_node *first = NULL, **end = &first;
	const struct lx_node *node;
	while ((node = lx_cursor_take(cursor, LX_NODE_ANNOTATION))) {
		struct lx_node *copy = LX_NEW(declare->arena, struct lx_node);
		*copy = *node;
		copy->next = NULL;
		*end = copy;
		end = &copy->next;
	}
	return first;
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

struct lx_node *lx_annotations_cut(struct lx_node **list, const char *const *words)
{
	struct lx_node *first = NULL, **end = &first;
	while (*list) {
		struct lx_node *node = *list;
		if (!is_one_of(node->text, words)) {
			list = &node->next;
			continue;
		}
		*list = node->next;
		node->next = NULL;
		*end = node;
		end = &node->next;
	}
	return first;
}

const struct lx_node *lx_annotations_find(const struct lx_node *list, const char *word)
{
	while (list && strcmp(list->text, word) != 0)
		list = list->next;
	return list;
}

static void refuse(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object,
		   void *context)
{
	(void)object;
	(void)context;
	lx_report(declare->diags, LX_E0241, annotation->span, "@%s cannot stand here", annotation->text);
}

void lx_annotations_apply(struct lx_declare *declare, struct lx_node *list, struct lx_object *object,
			  const char *const *words)
{
	if (!list)
		return;
	static const char *const none[] = {NULL};
	const struct lx_attr_own own = {words ? words : none, refuse, NULL};
	struct lx_item item = {.first = list, .span = list->span};
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, &item);
	lx_attr_parse_own(declare, &cursor, object, &own);
}

bool lx_annotation_is_bare(struct lx_declare *declare, const struct lx_node *annotation)
{
	if (!annotation->items || !annotation->items->first)
		return true;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0241, annotation->span, "@%s takes no arguments", annotation->text);
	lx_diag_help(declare->diags, diag, "write @%s alone", annotation->text);
	return false;
}
