/* SPDX-License-Identifier: Apache-2.0 */
#include "snapshot/printer.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"

#define DIGITS "0123456789"

void lx_print_text(struct lx_printer *printer, const char *text)
{
	lx_buffer_string(printer->out, text);
}

void lx_print_indent(struct lx_printer *printer)
{
	lx_buffer_repeat(printer->out, ' ', 2 * (size_t)printer->indent);
}

void lx_print_end(struct lx_printer *printer)
{
	lx_buffer_char(printer->out, '\n');
}

void lx_print_begin(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_doc(printer, object->comment);
	lx_print_indent(printer);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool lx_print_is_word(const char *name)
{
	/* What begins a member, or goes on with the line before. */
	static const char *const taken[] = {"use",     "index",   "unique",    "check",   "primary",
					    "foreign", "exclude", "partition", "policy",  "rule",
					    "trigger", "using",   "with",      "to",      "for",
					    "on",      "as",      "where",     "include", "statistics"};
	if (!is_letter(*name))
		return false;
	for (const char *at = name; *at; at++)
		if (!is_letter(*at) && !is_digit(*at))
			return false;
	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
		if (lx_text_is(taken[i], name))
			return false;
	}
	return true;
}

static void print_quoted(struct lx_printer *printer, const char *text, char quote)
{
	lx_buffer_char(printer->out, quote);
	for (const char *c = text; *c; c++) {
		if (*c == quote)
			lx_buffer_char(printer->out, quote);
		lx_buffer_char(printer->out, *c);
	}
	lx_buffer_char(printer->out, quote);
}

void lx_print_name(struct lx_printer *printer, const char *name)
{
	if (lx_print_is_word(name))
		lx_print_text(printer, name);
	else
		print_quoted(printer, name, '"');
}

void lx_print_exact(struct lx_printer *printer, const char *name)
{
	if (name[strcspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")])
		print_quoted(printer, name, '"');
	else
		lx_print_name(printer, name);
}

void lx_print_quoted(struct lx_printer *printer, const char *name)
{
	print_quoted(printer, name, '"');
}

void lx_print_string(struct lx_printer *printer, const char *text)
{
	print_quoted(printer, text, '\'');
}

void lx_print_sql(struct lx_printer *printer, const char *text)
{
	print_quoted(printer, text, '`');
}

void lx_print_body(struct lx_printer *printer, const char *text)
{
	const char *tag = "$$";
	size_t length = strlen(text);
	bool is_taken = strstr(text, tag) || (length && text[length - 1] == '$');
	for (unsigned i = 1; is_taken; i++) {
		tag = lx_arena_printf(printer->arena, "$lexo%u$", i);
		is_taken = strstr(text, tag) != NULL;
	}
	lx_print_text(printer, tag);
	lx_print_text(printer, text);
	lx_print_text(printer, tag);
}

void lx_print_names(struct lx_printer *printer, const struct lx_vec *names)
{
	const char *separator = "(";
	LX_EACH (const char *, name, names) {
		lx_print_text(printer, separator);
		lx_print_name(printer, name);
		separator = ", ";
	}
	lx_print_text(printer, names->length ? ")" : "()");
}

bool lx_print_is_doc(const char *comment)
{
	for (const char *c = comment; *c; c++) {
		bool is_end = !c[1] || c[1] == '\n';
		bool is_control = (*c >= 0 && *c < ' ' && *c != '\n' && *c != '\t') || *c == 0x7f;
		if (is_control || (is_end && (*c == ' ' || *c == '\t')))
			return false;
	}
	return true;
}

void lx_print_doc(struct lx_printer *printer, const char *comment)
{
	if (comment && !lx_print_is_doc(comment))
		return;
	for (const char *line = comment; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
		size_t length = strcspn(line, "\n");
		lx_print_indent(printer);
		lx_print_text(printer, length ? "/// " : "///");
		lx_buffer_add(printer->out, line, length);
		lx_print_end(printer);
	}
}

static const char *shown_name(const struct lx_object *object)
{
	return object->source_name ? object->source_name : object->name;
}

void lx_print_map(struct lx_printer *printer, const struct lx_object *object, const char *word)
{
	const char *name = shown_name(object);
	/* Upper-case letters would be folded by the rule for SQL names, so the name is said even when it is the same.
	 */
	if (strcmp(name, object->name) == 0 && !name[strcspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")])
		return;
	lx_buffer_printf(printer->out, " @%s(", word);
	lx_print_string(printer, object->name);
	lx_print_text(printer, ")");
}

void lx_print_declared(struct lx_printer *printer, const struct lx_object *object, const char *word)
{
	lx_print_name(printer, shown_name(object));
	lx_print_map(printer, object, word);
}

void lx_print_type(struct lx_printer *printer, const struct lx_type *type)
{
	if (type->builtin) {
		lx_print_text(printer, type->builtin->name);
	} else if (type->user) {
		lx_print_name(printer, type->user->source_name ? type->user->source_name : type->name);
	} else if (type->schema) {
		lx_print_name(printer, type->schema);
		lx_print_text(printer, ".");
		lx_print_name(printer, type->name);
	} else {
		lx_print_sql(printer, type->name);
	}
	if (type->modifiers)
		lx_buffer_printf(printer->out, "(%s)", type->modifiers);
	for (unsigned i = 0; i < type->dimensions; i++)
		lx_print_text(printer, "[]");
}

static bool is_one_string(const char *sql)
{
	if (*sql != '\'')
		return false;
	for (const char *c = sql + 1; *c; c++) {
		if (*c == '\n' || *c == '\r')
			return false;
		if (*c == '\'' && *++c != '\'')
			return !*c;
	}
	return false;
}

static bool is_number(const char *sql)
{
	sql += *sql == '-';
	size_t whole = strspn(sql, DIGITS);
	if (!whole || !sql[whole])
		return whole > 0;
	size_t part = sql[whole] == '.' ? strspn(sql + whole + 1, DIGITS) : 0;
	return part > 0 && !sql[whole + 1 + part];
}

/* word() in lower case: a call without arguments. */
static bool is_call(const char *sql)
{
	size_t length = strspn(sql, "abcdefghijklmnopqrstuvwxyz_" DIGITS);
	return length > 0 && strspn(sql, DIGITS) == 0 && strcmp(sql + length, "()") == 0;
}

void lx_print_value(struct lx_printer *printer, const char *sql)
{
	bool is_word = strcmp(sql, "true") == 0 || strcmp(sql, "false") == 0 || strcmp(sql, "null") == 0;
	if (is_word || is_number(sql) || is_one_string(sql) || is_call(sql))
		lx_print_text(printer, sql);
	else
		lx_print_sql(printer, sql);
}

void lx_print_field(struct lx_printer *printer, const struct lx_field *field)
{
	lx_print_name(printer, field->name);
	lx_print_text(printer, " ");
	lx_print_field_type(printer, field);
}

void lx_print_field_type(struct lx_printer *printer, const struct lx_field *field)
{
	lx_print_type(printer, &field->type);
	if (field->is_nullable)
		lx_print_text(printer, "?");
	if (field->default_value.text) {
		lx_print_text(printer, " = ");
		lx_print_value(printer, field->default_value.text);
	}
}

/* A value of an option: bare, 'text', or 'a','b' as a list. */
static void print_option_value(struct lx_printer *printer, const char *value, size_t length)
{
	bool is_list = false, is_inside = false;
	for (size_t i = 0; i < length; i++) {
		is_inside ^= value[i] == '\'';
		is_list |= value[i] == ',' && !is_inside;
	}
	if (!is_list) {
		lx_buffer_add(printer->out, value, length);
		return;
	}
	lx_print_text(printer, "[");
	for (size_t i = 0; i < length; i++) {
		is_inside ^= value[i] == '\'';
		lx_buffer_char(printer->out, value[i]);
		if (value[i] == ',' && !is_inside)
			lx_print_text(printer, " ");
	}
	lx_print_text(printer, "]");
}

/* Where the option at TEXT ends: at ", " outside of strings. */
static size_t option_length(const char *text)
{
	bool is_inside = false;
	size_t i = 0;
	for (; text[i]; i++) {
		is_inside ^= text[i] == '\'';
		if (!is_inside && text[i] == ',' && text[i + 1] == ' ')
			break;
	}
	return i;
}

void lx_print_options(struct lx_printer *printer, const char *options)
{
	for (const char *option = options; option && *option;) {
		size_t length = option_length(option), key = strcspn(option, "=");
		lx_buffer_printf(printer->out, "%s%.*s: ", option == options ? "" : ", ", (int)key, option);
		print_option_value(printer, option + key + 1, length - key - 1);
		option += length + (option[length] ? 2 : 0);
	}
}
