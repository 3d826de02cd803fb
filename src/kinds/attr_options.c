/* Options as one text: "fillfactor=70, search_path='a','b'": keys sorted, plain values bare, all others as SQL strings,
 * so that the text is both what is compared and what may stand in SQL.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "kinds/attr.h"

/* A word or an unsigned number. */
static bool is_plain(const char *text)
{
	static const char digits[] = "0123456789.";
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	if (!*text)
		return false;
	bool is_number = *text >= '0' && *text <= '9';
	return !text[strspn(text, is_number ? digits : letters)];
}

static void add_value(struct lx_buffer *out, const struct lx_node *node)
{
	if (node->kind != LX_NODE_STRING && is_plain(node->text)) {
		lx_buffer_string(out, node->text);
		return;
	}
	lx_buffer_char(out, '\'');
	for (const char *c = node->text; *c; c++) {
		if (*c == '\'')
			lx_buffer_char(out, '\'');
		lx_buffer_char(out, *c);
	}
	lx_buffer_char(out, '\'');
}

static bool is_value(const struct lx_node *node)
{
	return node && (node->kind == LX_NODE_WORD || node->kind == LX_NODE_NUMBER || node->kind == LX_NODE_STRING);
}

static bool read_list(struct lx_declare *declare, const struct lx_node *bracket, struct lx_buffer *out)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, bracket);
	do {
		if (!is_value(cursor.at))
			return false;
		if (out->data[out->length - 1] != '=')
			lx_buffer_char(out, ',');
		struct lx_node text = *cursor.at;
		text.kind = LX_NODE_STRING; /* in a list every value is quoted: a name, not a keyword */
		add_value(out, &text);
		cursor.at = cursor.at->next;
	} while (lx_cursor_take_punct(&cursor, ','));
	return !cursor.at;
}

/* key { . key } [ : value ]; a key alone is true. */
static bool read_option(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_buffer *out)
{
	do {
		const struct lx_node *key = lx_cursor_take(cursor, LX_NODE_WORD);
		if (!key)
			return false;
		if (out->length)
			lx_buffer_char(out, '.');
		for (const char *c = key->text; *c; c++)
			lx_buffer_char(out, *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c);
	} while (lx_cursor_take_punct(cursor, '.'));
	lx_buffer_char(out, '=');
	if (!lx_cursor_take_punct(cursor, ':')) {
		lx_buffer_string(out, "true");
		return true;
	}
	if (cursor->at && cursor->at->kind == LX_NODE_BRACKET) {
		const struct lx_node *list = cursor->at;
		cursor->at = list->next;
		return read_list(declare, list, out);
	}
	if (lx_cursor_take_punct(cursor, '-'))
		lx_buffer_char(out, '-');
	if (!is_value(cursor->at))
		return false;
	add_value(out, cursor->at);
	cursor->at = cursor->at->next;
	return true;
}

static int compare_options(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

static bool read_options(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_vec *options)
{
	struct lx_buffer one = LX_BUFFER_INIT;
	bool is_good;
	do {
		lx_buffer_clear(&one);
		is_good = read_option(declare, cursor, &one) && lx_buffer_ok(&one);
		if (is_good)
			lx_vec_push(declare->arena, options,
				    lx_arena_copy(declare->arena, lx_buffer_text(&one), one.length));
	} while (is_good && lx_cursor_take_punct(cursor, ','));
	lx_buffer_free(&one);
	return is_good && !cursor->at;
}

static bool same_key(const char *a, const char *b)
{
	size_t length = strcspn(a, "=");
	return length == strcspn(b, "=") && memcmp(a, b, length) == 0;
}

static void report_twice(struct lx_declare *declare, const struct lx_node *group, const struct lx_vec *sorted)
{
	const char *before = NULL;
	LX_EACH (const char *, option, sorted) {
		if (before && same_key(before, option))
			lx_report(declare->diags, LX_E0208, group->span, "the option %.*s is given twice",
				  (int)strcspn(option, "="), option);
		before = option;
	}
}

static const char *join(struct lx_declare *declare, const struct lx_vec *options)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	LX_EACH (const char *, option, options)
		lx_buffer_printf(&out, "%s%s", option_i ? ", " : "", option);
	const char *text = lx_schema_intern(declare->schema, lx_buffer_text(&out), out.length);
	lx_buffer_free(&out);
	return text;
}

static const char *read_group(struct lx_declare *declare, const struct lx_node *group, bool is_sorted)
{
	struct lx_vec options = {0}, sorted = {0};
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, group);
	if (!read_options(declare, &cursor, &options)) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0208, group->span, "these are not options");
		lx_diag_help(declare->diags, diag, "write (key: value, …), for instance (fillfactor: 70)");
		return NULL;
	}
	LX_EACH (char *, option, &options)
		lx_vec_push(declare->arena, &sorted, option);
	lx_vec_sort(declare->arena, &sorted, compare_options, NULL);
	report_twice(declare, group, &sorted);
	return join(declare, is_sorted ? &sorted : &options);
}

const char *lx_attr_options(struct lx_declare *declare, const struct lx_node *group)
{
	return read_group(declare, group, true);
}

const char *lx_attr_options_in_order(struct lx_declare *declare, const struct lx_node *group)
{
	return read_group(declare, group, false);
}
