/* Reading annotations by the rows of the kinds.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/attr.h"

#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/names.h"
#include "kinds/attr_reading.h"
#include "kinds/comment.h"
#include "kinds/kind.h"

const char *lx_attr_text(struct lx_declare *declare, const struct lx_node *annotation)
{
	const struct lx_node *node = lx_attr_only(annotation);
	if (node && lx_attr_is_text(node))
		return lx_declare_intern(declare, node);
	lx_attr_fail(declare, annotation, "(name) or ('text')");
	return NULL;
}

/* --- what every object has ---------------------------------------------------------------------------------------- */

/* The node behind "KEY :" when that is all there is, else NULL. */
static const struct lx_node *keyed_argument(const struct lx_node *annotation, const char *key)
{
	const struct lx_node *node = lx_attr_first(annotation);
	if (!node || node->kind != LX_NODE_WORD || strcmp(node->text, key) != 0 || !node->next ||
	    node->next->kind != LX_NODE_PUNCT || node->next->punct != ':')
		return NULL;
	node = node->next->next;
	return node && !node->next && lx_attr_is_text(node) ? node : NULL;
}

static void read_map(const struct lx_reading *reading)
{
	const struct lx_node *node = lx_attr_only(reading->annotation);
	if (!node || !lx_attr_is_text(node) || node->kind == LX_NODE_NUMBER) {
		lx_attr_fail(reading->declare, reading->annotation, "('sql_name')");
		return;
	}
	if (lx_declare_check_name(reading->declare, node->text, node->span))
		reading->object->name = lx_declare_intern(reading->declare, node);
	reading->object->is_named = true;
}

static void read_schema(const struct lx_reading *reading)
{
	const char *name = lx_attr_text(reading->declare, reading->annotation);
	if (name)
		reading->object->schema = name;
}

static void read_renamed(const struct lx_reading *reading)
{
	const struct lx_node *node = keyed_argument(reading->annotation, "from");
	if (!node) {
		lx_attr_fail(reading->declare, reading->annotation, "(from: 'old_name')");
		return;
	}
	const char *old = lx_declare_intern(reading->declare, node);
	reading->object->renamed_from = node->kind == LX_NODE_WORD ? lx_declare_snake_case(reading->declare, old) : old;
}

static void read_external(const struct lx_reading *reading)
{
	reading->object->is_external = true;
	if (reading->annotation->items)
		lx_attr_fail(reading->declare, reading->annotation, " without parentheses");
}

static void read_deprecated(const struct lx_reading *reading)
{
	const struct lx_node *node = lx_attr_only(reading->annotation);
	if (!reading->annotation->items)
		reading->object->deprecated = "";
	else if (node && node->kind == LX_NODE_STRING)
		reading->object->deprecated = lx_declare_intern(reading->declare, node);
	else
		lx_attr_fail(reading->declare, reading->annotation, "('what to use instead')");
}

static void read_allow(const struct lx_reading *reading)
{
	static const char *const words[] = {"drop_table", "drop_column", "drop_value", "narrow_type"};
	struct lx_vec names = {0};
	lx_attr_names(reading, &names);
	LX_EACH (const char *, name, &names) {
		size_t i = 0;
		while (i < 4 && strcmp(words[i], name) != 0)
			i++;
		if (i < 4)
			reading->object->allow |= 1u << i;
		else
			lx_attr_fail(reading->declare, reading->annotation,
				     "(drop_table), (drop_column), (drop_value) or (narrow_type)");
	}
}

static void read_after(const struct lx_reading *reading)
{
	lx_attr_names(reading, &reading->object->after);
}

static void read_owner(const struct lx_reading *reading)
{
	reading->object->owner = lx_attr_text(reading->declare, reading->annotation);
}

static void read_comment(const struct lx_reading *reading)
{
	lx_comment_read(reading->declare, reading->annotation, reading->object);
}

static const struct {
	const char *word;
	void (*read)(const struct lx_reading *reading);
	bool only_tables, only_with_schema;
} common[] = {
    {"map", read_map, false, false},
    {"table", read_map, true, false},
    {"schema", read_schema, false, true},
    {"renamed", read_renamed, false, false},
    {"external", read_external, false, false},
    {"ignore", read_external, false, false},
    {"deprecated", read_deprecated, false, false},
    {"allow", read_allow, false, false},
    {"comment", read_comment, false, false},
    {"after", read_after, false, false},
    {"owner", read_owner, false, false},
};
enum { COMMON = sizeof common / sizeof common[0] };

static bool applies(size_t i, const struct lx_reading *reading)
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
static void read_keyed(const struct lx_reading *reading)
{
	struct lx_declare *declare = reading->declare;
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, reading->annotation);
	do {
		const struct lx_node *key = lx_cursor_take(&cursor, LX_NODE_WORD);
		const struct lx_attr *attr =
		    key ? find_keyed_row(reading->info, reading->annotation->text, key->text) : NULL;
		if (!attr || !lx_cursor_take_punct(&cursor, ':') || !cursor.at) {
			lx_attr_fail(declare, reading->annotation, "(key: value, …)");
			return;
		}
		struct lx_node value = *cursor.at;
		value.next = NULL;
		lx_attr_value(reading, attr, &value);
		cursor.at = cursor.at->next;
	} while (lx_cursor_take_punct(&cursor, ','));
	if (cursor.at)
		lx_attr_fail(declare, reading->annotation, "(key: value, …)");
}

static void report_unknown(const struct lx_reading *reading, const struct lx_attr_own *own)
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
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0206, reading->annotation->span, "%s %s has no annotation @%s",
		      lx_article(reading->info->title), reading->info->title, reading->annotation->text);
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

static void read_annotation(const struct lx_reading *reading, const struct lx_attr_own *own)
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
		lx_attr_value(reading, attr, lx_attr_only(reading->annotation));
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
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0207, annotation->span, "@%s is given twice", annotation->text);
		lx_diag_label(declare->diags, diag, node->span, "first given here");
		return true;
	}
	return false;
}

void lx_attr_parse_own(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *object,
		       const struct lx_attr_own *own)
{
	const struct lx_node *first = cursor->at;
	struct lx_reading reading = {declare, object, lx_kind_info(object->kind), NULL};
	while ((reading.annotation = lx_cursor_take(cursor, LX_NODE_ANNOTATION))) {
		if (!was_before(first, reading.annotation, declare))
			read_annotation(&reading, own);
	}
}

void lx_attr_parse(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *object)
{
	lx_attr_parse_own(declare, cursor, object, NULL);
}
