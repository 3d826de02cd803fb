/* Reading annotations by the rows of the kinds.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/attr.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "check/names.h"
#include "kinds/comment.h"
#include "kinds/kind.h"

struct reading {
	struct lx_declare *declare;
	struct lx_object *object;
	const struct lx_kind_info *info;
	const struct lx_node *annotation;
};

static void fail_argument(struct lx_declare *declare, const struct lx_node *annotation, const char *form)
{
	struct lx_diag *diag = lx_report(declare->diags, LX_E0208, annotation->span, "@%s has a wrong argument",
					 annotation->text);
	lx_diag_help(declare->diags, diag, "write @%s%s", annotation->text, form);
}

static const struct lx_node *first_argument(const struct lx_node *annotation)
{
	return annotation->items ? annotation->items->first : NULL;
}

static const struct lx_node *only_argument(const struct lx_node *annotation)
{
	const struct lx_node *node = first_argument(annotation);
	return node && !node->next ? node : NULL;
}

static bool is_text(const struct lx_node *node)
{
	return node->kind == LX_NODE_WORD || node->kind == LX_NODE_QUOTED || node->kind == LX_NODE_STRING ||
	       node->kind == LX_NODE_NUMBER;
}

const char *lx_attr_text(struct lx_declare *declare, const struct lx_node *annotation)
{
	const struct lx_node *node = only_argument(annotation);
	if (node && is_text(node))
		return lx_declare_intern(declare, node);
	fail_argument(declare, annotation, "(name) or ('text')");
	return NULL;
}

/* --- values by shape ---------------------------------------------------------------------------------------------- */

static void read_choice(const struct reading *reading, const struct lx_attr *attr, const struct lx_node *node, int *out)
{
	struct lx_declare *declare = reading->declare;
	size_t count = 0;
	for (; attr->choices[count]; count++) {
		if (node && node->kind == LX_NODE_WORD && strcmp(attr->choices[count], node->text) == 0)
			*out = (int)count + 1;
	}
	if (!node)
		*out = 1;
	if (*out)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0208, node->span, "@%s does not know '%s'",
					 reading->annotation->text, node->text);
	const char *near = lx_nearest(node->text, attr->choices, count);
	if (near)
		lx_diag_fix(declare->diags, diag, node->span, near, "use the nearest one");
	struct lx_buffer list = LX_BUFFER_INIT;
	for (size_t i = 0; i < count; i++)
		lx_buffer_printf(&list, "%s%s", i ? ", " : "", attr->choices[i]);
	lx_diag_help(declare->diags, diag, "one of: %s", lx_buffer_text(&list));
	lx_buffer_free(&list);
}

static void read_integer(const struct reading *reading, const struct lx_node *node, int64_t *out)
{
	bool is_negative = node && node->kind == LX_NODE_PUNCT && node->punct == '-';
	if (is_negative)
		node = node->next;
	if (node && node->kind == LX_NODE_NUMBER && !node->next) {
		char *end;
		errno = 0;
		long long value = strtoll(node->text, &end, 10);
		if (!errno && !*end) {
			*out = is_negative ? -value : value;
			return;
		}
	}
	fail_argument(reading->declare, reading->annotation, "(number)");
}

static void read_names(const struct reading *reading, struct lx_vec *out)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, reading->declare->diags, reading->annotation);
	do {
		const struct lx_node *name = lx_cursor_take_name(&cursor);
		if (!name)
			name = lx_cursor_take(&cursor, LX_NODE_STRING);
		if (!name) {
			fail_argument(reading->declare, reading->annotation, "(name, name, …)");
			return;
		}
		const char *text = lx_declare_intern(reading->declare, name);
		lx_vec_push(reading->declare->arena, out, (char *)(uintptr_t)text);
	} while (lx_cursor_take_punct(&cursor, ','));
	if (cursor.at)
		fail_argument(reading->declare, reading->annotation, "(name, name, …)");
}

/* NODE is the single argument, or NULL when there is none or there are several. */
static void read_value(const struct reading *reading, const struct lx_attr *attr, const struct lx_node *node)
{
	struct lx_declare *declare = reading->declare;
	char *field = (char *)reading->object + attr->offset;
	switch (attr->shape) {
	case LX_SHAPE_FLAG:
		*(bool *)field = true;
		if (reading->annotation->items)
			fail_argument(declare, reading->annotation, " without parentheses");
		break;
	case LX_SHAPE_CHOICE:
		if (node || !reading->annotation->items)
			read_choice(reading, attr, node, (int *)field);
		else
			fail_argument(declare, reading->annotation, "(word)");
		break;
	case LX_SHAPE_NAME:
		if (!node || !is_text(node))
			fail_argument(declare, reading->annotation, "(name) or ('name')");
		else if (lx_declare_check_name(declare, node->text, node->span))
			*(const char **)field = lx_declare_intern(declare, node);
		break;
	case LX_SHAPE_STRING:
		if (node && is_text(node))
			*(const char **)field = lx_declare_intern(declare, node);
		else
			fail_argument(declare, reading->annotation, "('text')");
		break;
	case LX_SHAPE_INTEGER:
		read_integer(reading, node ? node : first_argument(reading->annotation), (int64_t *)field);
		break;
	case LX_SHAPE_SQL:
		if (node && node->kind == LX_NODE_SQL)
			lx_declare_expr(declare, node, (struct lx_expr *)field);
		else
			fail_argument(declare, reading->annotation, "(`expression`)");
		break;
	case LX_SHAPE_NAMES:
		read_names(reading, (struct lx_vec *)field);
		break;
	case LX_SHAPE_OPTIONS:
		*(const char **)field = lx_attr_options(declare, reading->annotation);
		break;
	case LX_SHAPE_TYPE:
	case LX_SHAPE_OWN:
		break; /* read by the kind */
	}
}

/* --- what every object has ---------------------------------------------------------------------------------------- */

/* The node behind "KEY :" when that is all there is, else NULL. */
static const struct lx_node *keyed_argument(const struct lx_node *annotation, const char *key)
{
	const struct lx_node *node = first_argument(annotation);
	if (!node || node->kind != LX_NODE_WORD || strcmp(node->text, key) != 0 || !node->next ||
	    node->next->kind != LX_NODE_PUNCT || node->next->punct != ':')
		return NULL;
	node = node->next->next;
	return node && !node->next && is_text(node) ? node : NULL;
}

static void read_map(const struct reading *reading)
{
	const struct lx_node *node = only_argument(reading->annotation);
	if (!node || !is_text(node) || node->kind == LX_NODE_NUMBER) {
		fail_argument(reading->declare, reading->annotation, "('sql_name')");
		return;
	}
	if (lx_declare_check_name(reading->declare, node->text, node->span))
		reading->object->name = lx_declare_intern(reading->declare, node);
	reading->object->is_named = true;
}

static void read_schema(const struct reading *reading)
{
	const char *name = lx_attr_text(reading->declare, reading->annotation);
	if (name)
		reading->object->schema = name;
}

static void read_renamed(const struct reading *reading)
{
	const struct lx_node *node = keyed_argument(reading->annotation, "from");
	if (!node) {
		fail_argument(reading->declare, reading->annotation, "(from: 'old_name')");
		return;
	}
	const char *old = lx_declare_intern(reading->declare, node);
	reading->object->renamed_from = node->kind == LX_NODE_WORD ? lx_declare_snake_case(reading->declare, old) : old;
}

static void read_external(const struct reading *reading)
{
	reading->object->is_external = true;
	if (reading->annotation->items)
		fail_argument(reading->declare, reading->annotation, " without parentheses");
}

static void read_deprecated(const struct reading *reading)
{
	const struct lx_node *node = only_argument(reading->annotation);
	if (!reading->annotation->items)
		reading->object->deprecated = "";
	else if (node && node->kind == LX_NODE_STRING)
		reading->object->deprecated = lx_declare_intern(reading->declare, node);
	else
		fail_argument(reading->declare, reading->annotation, "('what to use instead')");
}

static void read_allow(const struct reading *reading)
{
	static const char *const words[] = {"drop_table", "drop_column", "drop_value", "narrow_type"};
	struct lx_vec names = {0};
	read_names(reading, &names);
	LX_EACH(const char *, name, &names) {
		size_t i = 0;
		while (i < 4 && strcmp(words[i], name) != 0)
			i++;
		if (i < 4)
			reading->object->allow |= 1u << i;
		else
			fail_argument(reading->declare, reading->annotation,
				      "(drop_table), (drop_column), (drop_value) or (narrow_type)");
	}
}

static void read_after(const struct reading *reading)
{
	read_names(reading, &reading->object->after);
}

static void read_comment(const struct reading *reading)
{
	lx_comment_read(reading->declare, reading->annotation, reading->object);
}

static const struct {
	const char *word;
	void (*read)(const struct reading *reading);
	bool only_tables, only_with_schema;
} common[] = {
	{"map", read_map, false, false},	       {"table", read_map, true, false},
	{"schema", read_schema, false, true},	       {"renamed", read_renamed, false, false},
	{"external", read_external, false, false},     {"ignore", read_external, false, false},
	{"deprecated", read_deprecated, false, false}, {"allow", read_allow, false, false},
	{"comment", read_comment, false, false},       {"after", read_after, false, false},
};
enum { COMMON = sizeof common / sizeof common[0] };

static bool applies(size_t i, const struct reading *reading)
{
	return (!common[i].only_tables || reading->object->kind == LX_KIND_TABLE) &&
	       (!common[i].only_with_schema || (reading->info->has_schema && !reading->info->is_child));
}

/* --- one annotation ----------------------------------------------------------------------------------------------- */

/* Length of the word of a row: "c" of "c:type". */
static size_t word_length(const char *word)
{
	return strcspn(word, ":");
}

static bool is_row_of(const struct lx_attr *attr, const char *word)
{
	size_t length = strlen(word);
	return attr->word && word_length(attr->word) == length && memcmp(attr->word, word, length) == 0;
}

static const struct lx_attr *find_row(const struct lx_kind_info *info, const char *word)
{
	for (size_t i = 0; i < info->attr_count; i++) {
		if (is_row_of(&info->attrs[i], word))
			return &info->attrs[i];
	}
	return NULL;
}

static const struct lx_attr *find_keyed_row(const struct lx_kind_info *info, const char *word, const char *key)
{
	for (size_t i = 0; i < info->attr_count; i++) {
		const struct lx_attr *attr = &info->attrs[i];
		if (is_row_of(attr, word) && attr->word[word_length(attr->word)] &&
		    strcmp(attr->word + word_length(attr->word) + 1, key) == 0)
			return attr;
	}
	return NULL;
}

/* @c(type: 'lx_user', prefix: 'lx_user_') */
static void read_keyed(const struct reading *reading)
{
	struct lx_declare *declare = reading->declare;
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, reading->annotation);
	do {
		const struct lx_node *key = lx_cursor_take(&cursor, LX_NODE_WORD);
		const struct lx_attr *attr =
			key ? find_keyed_row(reading->info, reading->annotation->text, key->text) : NULL;
		if (!attr || !lx_cursor_take_punct(&cursor, ':') || !cursor.at) {
			fail_argument(declare, reading->annotation, "(key: value, …)");
			return;
		}
		struct lx_node value = *cursor.at;
		value.next = NULL;
		read_value(reading, attr, &value);
		cursor.at = cursor.at->next;
	} while (lx_cursor_take_punct(&cursor, ','));
	if (cursor.at)
		fail_argument(declare, reading->annotation, "(key: value, …)");
}

static void report_unknown(const struct reading *reading, const struct lx_attr_own *own)
{
	struct lx_declare *declare = reading->declare;
	struct lx_vec words = {0};
	for (size_t i = 0; i < reading->info->attr_count; i++) {
		const char *word = reading->info->attrs[i].word;
		if (word)
			lx_vec_push(declare->arena, &words, lx_arena_copy(declare->arena, word, word_length(word)));
	}
	for (size_t i = 0; own && own->words[i]; i++)
		lx_vec_push(declare->arena, &words, (char *)(uintptr_t)own->words[i]);
	for (size_t i = 0; i < COMMON; i++) {
		if (applies(i, reading))
			lx_vec_push(declare->arena, &words, (char *)(uintptr_t)common[i].word);
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0206, reading->annotation->span,
					 "%s %s has no annotation @%s", lx_article(reading->info->title), reading->info->title,
					 reading->annotation->text);
	const char *near = lx_nearest(reading->annotation->text, (const char *const *)words.items, words.length);
	if (!near)
		return;
	struct lx_span span = reading->annotation->span;
	span.start++;
	span.end = span.start + reading->annotation->length;
	lx_diag_help(declare->diags, diag, "did you mean @%s?", near);
	lx_diag_fix(declare->diags, diag, span, near, "use the nearest annotation");
}

static bool is_own(const struct lx_attr_own *own, const char *word)
{
	for (size_t i = 0; own && own->words[i]; i++) {
		if (strcmp(own->words[i], word) == 0)
			return true;
	}
	return false;
}

static void read_annotation(const struct reading *reading, const struct lx_attr_own *own)
{
	const char *word = reading->annotation->text;
	if (is_own(own, word)) {
		own->read(reading->declare, reading->annotation, reading->object, own->context);
		return;
	}
	const struct lx_attr *attr = find_row(reading->info, word);
	if (attr && attr->shape == LX_SHAPE_OWN)
		return;
	if (attr && attr->word[word_length(word)]) {
		read_keyed(reading);
		return;
	}
	if (attr) {
		read_value(reading, attr, only_argument(reading->annotation));
		return;
	}
	for (size_t i = 0; i < COMMON; i++) {
		if (strcmp(common[i].word, word) == 0 && applies(i, reading)) {
			common[i].read(reading);
			return;
		}
	}
	report_unknown(reading, own);
}

static bool was_before(const struct lx_node *first, const struct lx_node *annotation, struct lx_declare *declare)
{
	for (const struct lx_node *node = first; node != annotation; node = node->next) {
		if (node->kind != LX_NODE_ANNOTATION || strcmp(node->text, annotation->text) != 0)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0207, annotation->span, "@%s is given twice",
						 annotation->text);
		lx_diag_label(declare->diags, diag, node->span, "first given here");
		return true;
	}
	return false;
}

void lx_attr_parse_own(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *object,
		       const struct lx_attr_own *own)
{
	const struct lx_node *first = cursor->at;
	struct reading reading = {declare, object, lx_kind_info(object->kind), NULL};
	while ((reading.annotation = lx_cursor_take(cursor, LX_NODE_ANNOTATION))) {
		if (!was_before(first, reading.annotation, declare))
			read_annotation(&reading, own);
	}
}

void lx_attr_parse(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *object)
{
	lx_attr_parse_own(declare, cursor, object, NULL);
}
