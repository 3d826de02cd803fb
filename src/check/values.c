/* Values behind "=" and in seeds: from the models' notation to SQL text, judged by the type where lexo knows it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "check/declare.h"
#include "check/phases.h"
#include "check/sql_check.h"
#include "kinds/domain/domain.h"
#include "kinds/enum/enum.h"
#include "kinds/kind.h"

struct lx_pending_value {
	const struct lx_node *first, *end;
	const struct lx_type *type;
	struct lx_expr *out;
};

/* What a type is in the end: through domains, without its brackets. */
struct target {
	const struct lx_type *type;
	const struct lx_enum *labels; /* NULL: not an enum */
	const char *builtin;          /* name, or "" */
	bool is_array;
};

static struct target target_of(const struct lx_type *type)
{
	enum { LONGEST_CHAIN = 64 }; /* a circle of domains is reported elsewhere */
	for (int i = 0; i < LONGEST_CHAIN && !type->dimensions && type->user && type->user->kind == LX_KIND_DOMAIN; i++)
		type = &((const struct lx_domain *)type->user)->type;
	bool is_enum = type->user && type->user->kind == LX_KIND_ENUM;
	return (struct target){type, is_enum ? (const struct lx_enum *)type->user : NULL,
			       type->builtin ? type->builtin->name : "", type->dimensions > 0};
}

static const char *shown(struct lx_declare *declare, const struct target *target)
{
	const struct lx_type *type = target->type;
	return lx_arena_printf(declare->arena, "%s%s", type->user ? type->user->source_name : type->name,
			       target->is_array ? "[]" : "");
}

static bool fail(struct lx_declare *declare, const struct lx_node *node, const struct target *target, const char *help)
{
	struct lx_diag *diag = lx_report(
	    declare->diags, LX_E0303, node->span, "%s is no value for %s",
	    node->kind == LX_NODE_BRACKET ? "a list" : lx_node_describe(declare->arena, node), shown(declare, target));
	lx_diag_help(declare->diags, diag, "%s", help);
	return false;
}

static bool is_any(const char *word, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(*words, word) == 0)
			return true;
	}
	return false;
}

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

/* --- what fits a type --------------------------------------------------------------------------------------------- */

static bool check_label(struct lx_declare *declare, const struct lx_node *node, const struct lx_enum *type)
{
	struct lx_vec names = {0};
	LX_EACH (const struct lx_label_value *, value, &type->labels) {
		if (strcmp(value->label, node->text) == 0)
			return true;
		lx_vec_push(declare->arena, &names, (char *)(uintptr_t)value->label);
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0304, node->span, "enum '%s' has no label '%s'",
					 type->base.source_name, node->text);
	lx_diag_label(declare->diags, diag, type->base.origin, "declared here");
	const char *near = lx_nearest(node->text, (const char *const *)names.items, names.length);
	if (near) {
		const char *fix = node->kind == LX_NODE_STRING ? lx_arena_printf(declare->arena, "'%s'", near) : near;
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", near);
		lx_diag_fix(declare->diags, diag, node->span, fix, "use the nearest label");
	}
	return false;
}

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

static bool fits_integer(const char *text, bool is_negative, const char *type)
{
	static const struct {
		const char *type;
		long long limit;
	} ranges[] = {{"int2", 32767}, {"int4", 2147483647}, {"int8", INT64_MAX}, {"oid", 4294967295}};
	char *end;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (errno || *end)
		return false;
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
		if (strcmp(ranges[i].type, type) == 0)
			return value <= (unsigned long long)ranges[i].limit + (is_negative ? 1 : 0);
	}
	return true;
}

static const char *const integers[] = {"int2", "int4", "int8", "oid", NULL};
static const char *const numbers[] = {"float4", "float8", "numeric", "money", NULL};
static const char *const texts[] = {"text", "varchar", "char", "name", NULL};

static bool check_number(struct lx_declare *declare, const struct lx_node *node, const char *text, bool is_negative,
			 const struct target *target)
{
	if (declare->is_snapshot || (!*target->builtin && !target->labels && !target->is_array && !target->type->user))
		return true;
	if (!target->is_array && is_any(target->builtin, integers)) {
		if (fits_integer(text, is_negative, target->builtin))
			return true;
		return fail(declare, node, target,
			    text[strspn(text, "0123456789")] ? "a whole number is needed" : "it is out of range");
	}
	if (!target->is_array && is_any(target->builtin, numbers))
		return true;
	if (!target->is_array && is_any(target->builtin, texts)) {
		bool is_failed = fail(declare, node, target, "write it as text, in single quotes");
		struct lx_diag *diag = declare->diags->list.items[declare->diags->list.length - 1];
		if (!is_negative && diag->code == LX_E0303)
			lx_diag_fix(declare->diags, diag, node->span,
				    lx_arena_printf(declare->arena, "'%s'", node->text), "put it in quotes");
		return is_failed;
	}
	return fail(declare, node, target,
		    target->is_array                       ? "write a list: [1, 2]"
		    : strcmp(target->builtin, "bool") == 0 ? "write true or false"
		    : target->labels                       ? "write one of the labels"
				     : "write it as text, or as an SQL expression in back-quotes");
}

static bool is_uuid(const char *text)
{
	size_t digits = 0;
	for (; *text; text++) {
		if (strchr("0123456789abcdefABCDEF", *text))
			digits++;
		else if (!strchr("-{}", *text))
			return false;
	}
	return digits == 32;
}

static bool is_number_text(const char *text)
{
	static const char *const words[] = {"NaN", "Infinity", "-Infinity", "inf", "-inf", NULL};
	char *end;
	while (*text == ' ')
		text++;
	if (is_any(text, words))
		return true;
	if (!*text || strchr("xXnNiI", *text))
		return false;
	strtod(text, &end);
	while (*end == ' ')
		end++;
	return !*end;
}

static bool check_string(struct lx_declare *declare, const struct lx_node *node, const struct target *target)
{
	static const char *const booleans[] = {"true", "false", "t",   "f", "yes", "no", "y",
					       "n",    "on",    "off", "1", "0",   NULL};
	const char *type = target->builtin;
	if (declare->is_snapshot || target->is_array)
		return true;
	if (target->labels)
		return check_label(declare, node, target->labels);
	if (strcmp(type, "bool") == 0 && !is_any(node->text, booleans))
		return fail(declare, node, target, "write true or false");
	if (strcmp(type, "uuid") == 0 && !is_uuid(node->text))
		return fail(declare, node, target, "a uuid has 32 hexadecimal digits");
	bool is_integer = is_any(type, integers);
	if (is_integer && (!is_number_text(node->text) || node->text[strspn(node->text, " +-0123456789")]))
		return fail(declare, node, target, "a whole number is needed");
	if (!is_integer && is_any(type, numbers) && strcmp(type, "money") != 0 && !is_number_text(node->text))
		return fail(declare, node, target, "a number is needed");
	if (strcmp(type, "varchar") != 0 || !target->type->modifiers)
		return true;
	long room = strtol(target->type->modifiers, NULL, 10), count = 0;
	for (size_t i = 0; i < node->length; count++)
		i += lx_utf8_step(node->text + i, node->length - i, NULL);
	return count <= room || fail(declare, node, target, "it is longer than the type allows");
}

static bool check_word(struct lx_declare *declare, const struct lx_node *node, const struct target *target)
{
	static const char *const booleans[] = {"true", "false", NULL};
	bool is_boolean = is_any(node->text, booleans);
	if (declare->is_snapshot || (is_boolean && !target->is_array && strcmp(target->builtin, "bool") == 0))
		return true;
	if (target->labels && !target->is_array)
		return check_label(declare, node, target->labels);
	if (is_boolean && !*target->builtin && !target->type->user && !target->is_array)
		return true;
	return fail(declare, node, target,
		    target->is_array ? "write a list: [a, b], or [] for an empty one"
		    : is_any(target->builtin, texts)
			? "write text in single quotes, or an SQL expression in back-quotes"
			: "a bare word is a label of an enum; write an SQL expression in back-quotes");
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

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

static bool write_value(struct writer *writer, const struct target *target);

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
	return is_any(word, words);
}

/* name(args), schema.name(args) */
static bool write_call(struct writer *writer, const struct lx_node *first)
{
	static const struct lx_type unknown = {.name = "a value"};
	const struct target any = {&unknown, NULL, "", false};
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

static bool write_elements(struct writer *writer, const struct lx_node *group, const struct target *element);

static bool write_element(struct writer *writer, const struct target *element)
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
		return check_number(declare, node, text, is_negative, element);
	}
	if (node && node->kind == LX_NODE_STRING && !is_negative) {
		add_element(&writer->out, node->text, false);
		return check_string(declare, node, element);
	}
	if (node && node->kind == LX_NODE_WORD && !is_negative) {
		bool is_null = strcmp(node->text, "null") == 0;
		add_element(&writer->out, node->text, is_null || !element->labels);
		return is_null || check_word(declare, node, element);
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0303, node ? node->span : writer->at->span,
					 "a list holds numbers, text, labels and lists");
	lx_diag_help(declare->diags, diag, "write anything else as SQL: `ARRAY[…]`");
	return false;
}

static bool write_elements(struct writer *writer, const struct lx_node *group, const struct target *element)
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

static bool write_list(struct writer *writer, const struct lx_node *node, const struct target *target)
{
	struct lx_type scalar = *target->type;
	scalar.dimensions = 0;
	if (!target->is_array && (*target->builtin || target->type->user) && !writer->declare->is_snapshot)
		return fail(writer->declare, node, target, "a list needs a type with []");
	struct target element = target_of(&scalar);
	struct writer inner = *writer;
	inner.out = (struct lx_buffer)LX_BUFFER_INIT;
	bool is_good = write_elements(&inner, node, &element);
	add_quoted(&writer->out, lx_buffer_text(&inner.out), inner.out.length);
	lx_buffer_free(&inner.out);
	return is_good;
}

static bool write_word(struct writer *writer, const struct lx_node *node, const struct target *target)
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
	return check_word(writer->declare, node, target);
}

static bool write_number(struct writer *writer, const struct lx_node *node, bool is_negative,
			 const struct target *target)
{
	const char *text = plain_number(writer->declare, node);
	lx_buffer_printf(&writer->out, "%s%s", is_negative ? "-" : "", text);
	return check_number(writer->declare, node, text, is_negative, target);
}

static bool write_value(struct writer *writer, const struct target *target)
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
			return check_string(declare, node, target);
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
	struct target target = target_of(type);
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
