/* Finding what a name in the models refers to, with help when it is nothing.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "check/declare.h"
#include "check/mixin.h"
#include "check/names.h"
#include "check/phases.h"
#include "kinds/kind.h"

void lx_names_collect(struct lx_declare *declare, enum lx_kind kind, struct lx_vec *names)
{
	LX_EACH (const struct lx_object *, object, &declare->schema->objects) {
		bool fits = kind == LX_KIND_COUNT ? lx_kind_info(object->kind)->has_schema && !object->signature
						  : object->kind == kind;
		if (fits && object->source_name)
			lx_vec_push(declare->arena, names, (char *)(uintptr_t)object->source_name);
	}
}

void lx_names_suggest(struct lx_declare *declare, struct lx_diag *diag, const char *word, const struct lx_vec *names,
		      struct lx_span span)
{
	const char *near = lx_nearest(word, (const char *const *)names->items, names->length);
	if (!near)
		return;
	lx_diag_help(declare->diags, diag, "did you mean '%s'?", near);
	lx_diag_fix(declare->diags, diag, span, near, "use the nearest name");
}

static const struct lx_object *find_by_sql_name(struct lx_declare *declare, const char *name)
{
	LX_EACH (const struct lx_object *, object, &declare->schema->objects) {
		if (object->name && object->source_name && strcmp(object->name, name) == 0)
			return object;
	}
	return NULL;
}

static void report_unknown(struct lx_declare *declare, enum lx_kind kind, const char *name, struct lx_span span)
{
	const char *title = kind == LX_KIND_COUNT ? "declaration" : lx_kind_info(kind)->title;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0201, span, "there is no %s '%s'", title, name);
	const struct lx_object *object = find_by_sql_name(declare, name);
	if (object && (kind == LX_KIND_COUNT || object->kind == kind)) {
		lx_diag_label(declare->diags, diag, object->origin, "'%s' is the SQL name of this", name);
		lx_diag_help(declare->diags, diag, "write '%s'", object->source_name);
		lx_diag_fix(declare->diags, diag, span, object->source_name, "use the name in the models");
		return;
	}
	struct lx_vec names = {0};
	lx_names_collect(declare, kind, &names);
	lx_diag_help(declare->diags, diag, "declare it, or import the file that does");
	lx_names_suggest(declare, diag, name, &names, span);
}

struct lx_object *lx_names_find(struct lx_declare *declare, enum lx_kind kind, const char *name)
{
	const char *key = kind == LX_KIND_COUNT ? name : lx_names_key(declare->arena, kind, name);
	return lx_map_get(&declare->source_names, key, strlen(key));
}

struct lx_object *lx_declare_lookup(struct lx_declare *declare, enum lx_kind kind, const char *name,
				    struct lx_span span)
{
	struct lx_object *object = lx_names_find(declare, kind, name);
	if (!object) {
		report_unknown(declare, kind, name, span);
		return NULL;
	}
	if (kind == LX_KIND_COUNT || object->kind == kind)
		return object;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0215, span, "'%s' is %s %s, not %s %s", name,
		      lx_article(lx_kind_info(object->kind)->title), lx_kind_info(object->kind)->title,
		      lx_article(lx_kind_info(kind)->title), lx_kind_info(kind)->title);
	lx_diag_label(declare->diags, diag, object->origin, "declared here");
	return NULL;
}

struct lx_object *lx_declare_column(struct lx_declare *declare, const struct lx_object *table, const char *name,
				    struct lx_span span)
{
	struct lx_object *by_sql_name = NULL;
	struct lx_vec names = {0};
	LX_EACH (struct lx_object *, child, &table->children) {
		if (child->kind != LX_KIND_COLUMN)
			continue;
		if (lx_text_is(child->source_name, name))
			return child;
		if (lx_text_is(child->name, name))
			by_sql_name = child;
	}
	if (by_sql_name)
		return by_sql_name;
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (child->kind == LX_KIND_COLUMN)
			lx_vec_push(declare->arena, &names, (char *)(uintptr_t)child->source_name);
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0202, span, "%s '%s' has no column '%s'",
					 lx_kind_info(table->kind)->title, table->source_name, name);
	lx_diag_label(declare->diags, diag, table->origin, "declared here");
	lx_names_suggest(declare, diag, name, &names, span);
	return NULL;
}

void lx_declare_columns(struct lx_declare *declare, const struct lx_object *table, struct lx_vec *names,
			const struct lx_node *group)
{
	const struct lx_node *node = group->items ? group->items->first : NULL;
	for (size_t i = 0; i < names->length && node; node = node->next) {
		if (node->kind == LX_NODE_PUNCT)
			continue;
		const struct lx_object *column = lx_declare_column(declare, table, names->items[i], node->span);
		if (column)
			names->items[i] = (char *)(uintptr_t)column->name;
		i++;
	}
}

void lx_declare_item(struct lx_declare *declare, enum lx_kind kind, const struct lx_item *item,
		     struct lx_object *parent)
{
	size_t first = declare->diags->list.length;
	lx_kind_source(kind)->declare(declare, item, parent);
	lx_cursor_say_form(declare->diags, first, lx_kind_info(kind)->form);
}

void lx_declare_resolve(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_kind_source *source = lx_kind_source(object->kind);
	size_t first = declare->diags->list.length;
	if (source->resolve)
		source->resolve(declare, object);
	lx_cursor_say_form(declare->diags, first, lx_kind_info(object->kind)->form);
}

void lx_declare_members(struct lx_declare *declare, const struct lx_node *block, struct lx_object *parent)
{
	for (const struct lx_item *item = block->items; item; item = item->next) {
		bool is_word = item->first && item->first->kind == LX_NODE_WORD;
		enum lx_kind kind = is_word ? lx_kind_find(declare->words, item->first->text, true) : LX_KIND_COUNT;
		if (is_word && strcmp(item->first->text, "use") == 0) {
			struct lx_cursor cursor;
			lx_cursor_init(&cursor, declare->diags, item);
			lx_cursor_take_word(&cursor, "use");
			size_t first = declare->diags->list.length;
			lx_mixin_use(declare, &cursor, parent);
			lx_cursor_say_form(declare->diags, first, "use Name");
			continue;
		}
		lx_declare_item(declare, kind == LX_KIND_COUNT ? LX_KIND_COLUMN : kind, item, parent);
	}
}
