/* Values behind "=" and in seeds: from the models' notation to SQL text, judged by the type where lexo knows it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "check/fits.h"
#include "check/phases.h"
#include "check/sql_check.h"
#include "kinds/kind.h"

struct lx_pending_value {
	const struct lx_node *first, *end;
	const struct lx_type *type;
	struct lx_expr *out;
};

static void add_quoted(struct lx_buffer *out, const char *text, size_t length)
{
	lx_buffer_char(out, '\'');
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\'')
			lx_buffer_char(out, '\'');
		lx_buffer_char(out, text[i]);
	}
	lx_buffer_char(out, '\'');
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* The number without '_', which PostgreSQL below 16 does not read. */
static const char *plain_number(struct lx_declare *declare, const struct lx_node *node)
{
	char *text = lx_arena_alloc(declare->arena, node->length + 1), *out = text;
	for (const char *c = node->text; *c; c++) {
		if (*c != '_')
			*out++ = *c;
	}
	return text;
}

struct writer {
	struct lx_declare *declare;
	struct lx_buffer out;
	const struct lx_node *at, *end;
};

static const struct lx_node *peek(const struct writer *writer)
{
	return writer->at == writer->end ? NULL : writer->at;
}

static const struct lx_node *take(struct writer *writer)
{
	const struct lx_node *node = peek(writer);
	if (node)
		writer->at = node->next;
	return node;
}

static bool is_punct(const struct lx_node *node, char punct)
{
	return node && node->kind == LX_NODE_PUNCT && node->punct == punct;
}

static bool write_value(struct writer *writer, const struct lx_value_target *target);

/* PostgreSQL writes these without parentheses. */
static bool is_sql_value(const char *word)
{
	static const char *const words[] = {"current_timestamp",
					    "current_date",
					    "current_time",
					    "current_user",
					    "session_user",
					    "current_role",
					    "localtime",
					    "localtimestamp",
					    "current_schema",
					    "current_catalog",
					    NULL};
	return lx_value_is_among(word, words);
}

/* name(args), schema.name(args) */
static bool write_call(struct writer *writer, const struct lx_node *first)
{
	static const struct lx_type unknown = {.name = "a value"};
	const struct lx_value_target any = {&unknown, NULL, "", false};
	size_t start = writer->out.length;
	lx_buffer_string(&writer->out, first->text);
	if (is_punct(peek(writer), '.')) {
		take(writer);
		lx_buffer_printf(&writer->out, ".%s", take(writer)->text);
	}
	const struct lx_node *group = take(writer);
	struct writer inner = *writer;
	inner.at = group->items ? group->items->first : NULL;
	inner.end = NULL;
	lx_buffer_char(&inner.out, '(');
	bool is_good = true, is_more = inner.at != NULL;
	while (is_good && is_more) {
		is_good = write_value(&inner, &any);
		is_more = is_good && is_punct(inner.at, ',');
		if (is_more) {
			take(&inner);
			lx_buffer_string(&inner.out, ", ");
		}
	}
	lx_buffer_char(&inner.out, ')');
	writer->out = inner.out;
	if (is_good && inner.at) {
		lx_report(writer->declare->diags, LX_E0101, inner.at->span, "expected ',' or ')', found %s",
			  lx_node_describe(writer->declare->arena, inner.at));
		return false;
	}
	const char *text = lx_arena_string(writer->declare->arena, lx_buffer_text(&writer->out) + start);
	return is_good && lx_sql_check_text(writer->declare, group, text);
}

/* One element of '{…}': numbers and words bare, text in double quotes. */
static void add_element(struct lx_buffer *out, const char *text, bool is_bare)
{
	if (is_bare) {
		lx_buffer_string(out, text);
		return;
	}
	lx_buffer_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			lx_buffer_char(out, '\\');
		lx_buffer_char(out, *text);
	}
	lx_buffer_char(out, '"');
}

static bool write_elements(struct writer *writer, const struct lx_node *group, const struct lx_value_target *element);

static bool write_element(struct writer *writer, const struct lx_value_target *element)
{
	struct lx_declare *declare = writer->declare;
	bool is_negative = is_punct(peek(writer), '-');
	if (is_negative)
		take(writer);
	const struct lx_node *node = take(writer);
	if (node && node->kind == LX_NODE_BRACKET && !is_negative)
		return write_elements(writer, node, element);
	if (node && node->kind == LX_NODE_NUMBER) {
		const char *text = plain_number(declare, node);
		lx_buffer_string(&writer->out, is_negative ? "-" : "");
		add_element(&writer->out, text, true);
		return lx_value_check_number(declare, node, text, is_negative, element);
	}
	if (node && node->kind == LX_NODE_STRING && !is_negative) {
		add_element(&writer->out, node->text, false);
		return lx_value_check_string(declare, node, element);
	}
	if (node && node->kind == LX_NODE_WORD && !is_negative) {
		bool is_null = strcmp(node->text, "null") == 0;
		add_element(&writer->out, node->text, is_null || !element->labels);
		return is_null || lx_value_check_word(declare, node, element);
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0303, node ? node->span : writer->at->span,
					 "a list holds numbers, text, labels and lists");
	lx_diag_help(declare->diags, diag, "write anything else as SQL: `ARRAY[…]`");
	return false;
}

static bool write_elements(struct writer *writer, const struct lx_node *group, const struct lx_value_target *element)
{
	struct writer inner = *writer;
	inner.at = group->items ? group->items->first : NULL;
	inner.end = NULL;
	lx_buffer_char(&inner.out, '{');
	bool is_good = true, is_more = inner.at != NULL;
	while (is_good && is_more) {
		is_good = inner.at && write_element(&inner, element);
		is_more = is_good && is_punct(inner.at, ',');
		if (is_more) {
			take(&inner);
			lx_buffer_char(&inner.out, ',');
		}
	}
	lx_buffer_char(&inner.out, '}');
	writer->out = inner.out;
	if (is_good && inner.at) {
		struct lx_diag *diag =
		    lx_report(writer->declare->diags, LX_E0101, inner.at->span, "expected ',' or ']', found %s",
			      lx_node_describe(writer->declare->arena, inner.at));
		lx_diag_help(writer->declare->diags, diag, "write a comma between two values");
		return false;
	}
	return is_good;
}

static bool write_list(struct writer *writer, const struct lx_node *node, const struct lx_value_target *target)
{
	struct lx_type scalar = *target->type;
	scalar.dimensions = 0;
	if (!target->is_array && (*target->builtin || target->type->user) && !writer->declare->is_snapshot)
		return lx_value_refuse(writer->declare, node, target, "a list needs a type with []");
	struct lx_value_target element = lx_value_target(&scalar);
	struct writer inner = *writer;
	inner.out = (struct lx_buffer)LX_BUFFER_INIT;
	bool is_good = write_elements(&inner, node, &element);
	add_quoted(&writer->out, lx_buffer_text(&inner.out), inner.out.length);
	lx_buffer_free(&inner.out);
	return is_good;
}

static bool write_word(struct writer *writer, const struct lx_node *node, const struct lx_value_target *target)
{
	const struct lx_node *next = peek(writer);
	if (next && next->kind == LX_NODE_PAREN)
		return write_call(writer, node);
	if (is_punct(next, '.') && next->next != writer->end && next->next && next->next->kind == LX_NODE_WORD) {
		const struct lx_node *last = next->next, *group = last->next == writer->end ? NULL : last->next;
		if (group && group->kind == LX_NODE_PAREN)
			return write_call(writer, node);
		take(writer);
		node = take(writer); /* Enum.label */
	}
	bool is_label = target->labels && !target->is_array;
	if (strcmp(node->text, "null") == 0 && !is_label) {
		lx_buffer_string(&writer->out, "NULL");
		return true;
	}
	if (is_sql_value(node->text) && !is_label) {
		lx_buffer_string(&writer->out, node->text);
		return true;
	}
	if (is_label)
		add_quoted(&writer->out, node->text, node->length);
	else
		lx_buffer_string(&writer->out, node->text);
	return lx_value_check_word(writer->declare, node, target);
}

static bool write_number(struct writer *writer, const struct lx_node *node, bool is_negative,
			 const struct lx_value_target *target)
{
	const char *text = plain_number(writer->declare, node);
	lx_buffer_printf(&writer->out, "%s%s", is_negative ? "-" : "", text);
	return lx_value_check_number(writer->declare, node, text, is_negative, target);
}

static bool write_value(struct writer *writer, const struct lx_value_target *target)
{
	struct lx_declare *declare = writer->declare;
	bool is_negative = is_punct(peek(writer), '-');
	if (is_negative)
		take(writer);
	const struct lx_node *node = take(writer);
	if (node && node->kind == LX_NODE_NUMBER)
		return write_number(writer, node, is_negative, target);
	if (node && !is_negative) {
		switch (node->kind) {
		case LX_NODE_STRING:
			add_quoted(&writer->out, node->text, node->length);
			return lx_value_check_string(declare, node, target);
		case LX_NODE_WORD:
			return write_word(writer, node, target);
		case LX_NODE_BRACKET:
			return write_list(writer, node, target);
		case LX_NODE_SQL:
			lx_buffer_add(&writer->out, node->text, node->length);
			return lx_sql_check_node(declare, node, LX_SQL_IS_EXPR);
		case LX_NODE_QUOTED:
		case LX_NODE_NUMBER:
		case LX_NODE_BODY:
		case LX_NODE_PUNCT:
		case LX_NODE_ANNOTATION:
		case LX_NODE_PAREN:
		case LX_NODE_BRACE:
			break;
		}
	}
	lx_report(declare->diags, LX_E0101, node ? node->span : LX_NO_SPAN, "expected a value, found %s",
		  lx_node_describe(declare->arena, node));
	return false;
}

bool lx_declare_value(struct lx_declare *declare, const struct lx_node *first, const struct lx_node *end,
		      const struct lx_type *type, struct lx_expr *out)
{
	struct lx_value_target target = lx_value_target(type);
	struct writer writer = {.declare = declare, .at = first, .end = end};
	bool is_good = write_value(&writer, &target);
	if (is_good && peek(&writer)) {
		lx_report(declare->diags, LX_E0102, writer.at->span, "nothing can follow the value, found %s",
			  lx_node_describe(declare->arena, writer.at));
		is_good = false;
	}
	out->text = lx_schema_intern(declare->schema, lx_buffer_text(&writer.out), writer.out.length);
	out->span = first->span;
	lx_buffer_free(&writer.out);
	return is_good;
}

/* --- values that wait for their types ----------------------------------------------------------------------------- */

bool lx_declare_value_later(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_type *type,
			    struct lx_expr *out)
{
	const struct lx_node *first = cursor->at;
	lx_cursor_take_punct(cursor, '-');
	const struct lx_node *node = cursor->at;
	bool is_value =
	    node && (node->kind == LX_NODE_NUMBER || node->kind == LX_NODE_STRING || node->kind == LX_NODE_WORD ||
		     node->kind == LX_NODE_SQL || node->kind == LX_NODE_BRACKET);
	if (!is_value) {
		lx_cursor_fail(cursor, "a value");
		return false;
	}
	lx_cursor_take(cursor, node->kind);
	if (node->kind == LX_NODE_WORD) {
		if (lx_cursor_take_punct(cursor, '.') && !lx_cursor_need(cursor, LX_NODE_WORD, "a name behind the '.'"))
			return false;
		lx_cursor_take(cursor, LX_NODE_PAREN);
	}
	struct lx_pending_value *value = LX_NEW(declare->arena, struct lx_pending_value);
	*value = (struct lx_pending_value){first, cursor->at, type, out};
	lx_vec_push(declare->arena, &declare->values, value);
	return true;
}

void lx_values_read(struct lx_declare *declare)
{
	LX_EACH (const struct lx_pending_value *, value, &declare->values) {
		lx_declare_value(declare, value->first, value->end, value->type, value->out);
	}
}
