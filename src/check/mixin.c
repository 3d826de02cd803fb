/* SPDX-License-Identifier: Apache-2.0 */
#include "check/mixin.h"

#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/table/member.h"

struct lx_mixin {
	const struct lx_node *name;
	const struct lx_node *block;
	bool is_used;
	bool is_open; /* being expanded: met again, it is a cycle */
};
struct lx_mixin_use {
	struct lx_object *table;
	const struct lx_node *name;
};
struct expansion { /* of all uses of one table */
	struct lx_declare *declare;
	struct lx_object *table;
	struct lx_span use;     /* of the line in the model, also for a mixin's mixin */
	struct lx_vec included; /* struct lx_mixin * */
};

void lx_mixin_declare(struct lx_declare *declare, const struct lx_item *item)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "mixin");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the mixin");
	const struct lx_node *block = name ? lx_cursor_need(&cursor, LX_NODE_BRACE, "'{' and the members") : NULL;
	if (!block)
		return;
	lx_cursor_need_end(&cursor, "the mixin");
	struct lx_mixin *mixin = LX_NEW(declare->arena, struct lx_mixin);
	mixin->name = name;
	mixin->block = block;
	const struct lx_mixin *before = lx_map_put(declare->arena, &declare->mixins, name->text, name->length, mixin);
	if (before) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0244, name->span, "mixin '%s' is declared a second time", name->text);
		lx_diag_label(declare->diags, diag, before->name->span, "first declared here");
		return;
	}
	lx_vec_push(declare->arena, &declare->mixin_list, mixin);
}

void lx_mixin_use(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *table)
{
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of a mixin");
	if (!name)
		return;
	lx_cursor_need_end(cursor, "the name of the mixin");
	struct lx_mixin_use *use = LX_NEW(declare->arena, struct lx_mixin_use);
	use->table = table;
	use->name = name;
	lx_vec_push(declare->arena, &declare->uses, use);
}

static struct lx_mixin *find_mixin(struct lx_declare *declare, const struct lx_node *name)
{
	struct lx_mixin *mixin = lx_map_get(&declare->mixins, name->text, name->length);
	if (mixin) {
		mixin->is_used = true;
		return mixin;
	}
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0242, name->span, "there is no mixin called '%s'", name->text);
	const char **names = LX_NEW_ARRAY(declare->arena, const char *, declare->mixin_list.length + 1);
	size_t count = 0;
	LX_EACH (const struct lx_mixin *, candidate, &declare->mixin_list)
		names[count++] = candidate->name->text;
	const char *nearest = lx_nearest(name->text, names, count);
	if (nearest) {
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", nearest);
		lx_diag_fix(declare->diags, diag, name->span, nearest, "use the name that exists");
	} else if (lx_map_get(&declare->source_names, name->text, name->length)) {
		lx_diag_help(declare->diags, diag, "'%s' is not a mixin; only 'mixin %s { … }' can be used", name->text,
			     name->text);
	}
	return NULL;
}

static const struct lx_node *used_name(struct lx_declare *declare, const struct lx_item *item)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_take_word(&cursor, "use"))
		return NULL;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of a mixin");
	if (name)
		lx_cursor_need_end(&cursor, "the name of the mixin");
	return name;
}

static void note_user(struct expansion *state, const struct lx_object *object)
{
	struct lx_span *span = LX_NEW(state->declare->arena, struct lx_span);
	*span = state->use;
	lx_map_put(state->declare->arena, &state->declare->used_at, (const char *)&object, sizeof object, span);
}

static void declare_member(struct expansion *state, const struct lx_item *item)
{
	struct lx_declare *declare = state->declare;
	struct lx_vec *members = lx_table_members(declare, state->table);
	size_t child = state->table->children.length, member = members->length, first = declare->diags->list.length;
	struct lx_item *alone = LX_NEW(declare->arena, struct lx_item);
	*alone = *item;
	alone->next = NULL;
	struct lx_node *block = LX_NEW(declare->arena, struct lx_node);
	*block = (struct lx_node){.kind = LX_NODE_BRACE, .span = item->span, .items = alone};
	lx_declare_members(declare, block, state->table);
	lx_mixin_mark_span(declare, state->use, first);
	for (; child < state->table->children.length; child++)
		note_user(state, state->table->children.items[child]);
	for (; member < members->length; member++)
		note_user(state, members->items[member]);
}

static bool is_included(const struct expansion *state, const struct lx_mixin *mixin)
{
	LX_EACH (const struct lx_mixin *, included, &state->included)
		if (included == mixin)
			return true;
	return false;
}

static void report_cycle(struct lx_declare *declare, const struct lx_node *name, const struct lx_mixin *mixin)
{
	LX_EACH (const struct lx_diag *, diag, &declare->diags->list)
		if (diag->code == LX_E0243 && diag->span.start == name->span.start &&
		    diag->span.file == name->span.file)
			return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0243, name->span, "mixin '%s' uses itself", name->text);
	lx_diag_label(declare->diags, diag, mixin->name->span, "declared here");
	lx_diag_help(declare->diags, diag, "remove this line, or move what both need to a third mixin");
}

static void expand(struct expansion *state, const struct lx_node *name)
{
	struct lx_mixin *mixin = find_mixin(state->declare, name);
	if (!mixin)
		return;
	if (mixin->is_open) {
		report_cycle(state->declare, name, mixin);
		return;
	}
	if (is_included(state, mixin)) /* reached twice through other mixins: once is enough */
		return;
	lx_vec_push(state->declare->arena, &state->included, mixin);
	mixin->is_open = true;
	for (const struct lx_item *item = mixin->block->items; item; item = item->next) {
		const struct lx_node *nested = NULL;
		if (item->first && item->first->kind == LX_NODE_WORD && strcmp(item->first->text, "use") == 0) {
			if ((nested = used_name(state->declare, item)))
				expand(state, nested);
		} else {
			declare_member(state, item);
		}
	}
	mixin->is_open = false;
}

static void report_second_use(struct lx_declare *declare, const struct lx_mixin_use *use, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		const struct lx_mixin_use *before = declare->uses.items[i];
		if (strcmp(before->name->text, use->name->text) != 0)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0261, use->name->span,
						 "mixin '%s' is used twice in one model", use->name->text);
		lx_diag_label(declare->diags, diag, before->name->span, "first used here");
		return;
	}
}

void lx_mixins_expand(struct lx_declare *declare)
{
	struct expansion state = {.declare = declare};
	size_t first_of_table = 0;
	for (size_t i = 0; i < declare->uses.length; i++) {
		const struct lx_mixin_use *use = declare->uses.items[i];
		if (use->table != state.table) {
			state.table = use->table;
			state.included = (struct lx_vec){NULL, 0, 0};
			first_of_table = i;
		}
		if (i > first_of_table)
			report_second_use(declare, use, first_of_table, i);
		state.use = use->name->span;
		expand(&state, use->name);
	}
	LX_EACH (const struct lx_mixin *, mixin, &declare->mixin_list) {
		if (mixin->is_used)
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_W0241, mixin->name->span,
			      "mixin '%s' is never used; its members were not checked", mixin->name->text);
		lx_diag_help(declare->diags, diag, "add 'use %s' to a model, or remove the mixin", mixin->name->text);
	}
}

void lx_mixin_mark_span(struct lx_declare *declare, struct lx_span use, size_t first)
{
	const struct lx_vec *list = &declare->diags->list;
	for (size_t i = first; i < list->length; i++)
		lx_diag_label(declare->diags, list->items[i], use, "used here");
}

void lx_mixin_mark(struct lx_declare *declare, const struct lx_object *object, size_t first)
{
	const struct lx_span *use = first < declare->diags->list.length
					? lx_map_get(&declare->used_at, (const char *)&object, sizeof object)
					: NULL;
	if (use)
		lx_mixin_mark_span(declare, *use, first);
}
