/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/function/parameters.h"

#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/names.h"
#include "kinds/function/signature.h"
#include "snapshot/printer.h"

static const struct {
	char word[sizeof "variadic"];
	enum lx_field_mode mode;
} modes[] = {{"in", LX_IN}, {"out", LX_OUT}, {"inout", LX_INOUT}, {"variadic", LX_VARIADIC}};
enum { MODES = sizeof modes / sizeof *modes };

struct reading {
	struct lx_vec *fields;
	enum lx_field_mode mode;
};

static enum lx_field_mode read_mode(struct lx_cursor *cursor, enum lx_field_mode fallback)
{
	for (size_t i = 0; i < MODES; i++) {
		if (lx_cursor_take_word(cursor, modes[i].word))
			return modes[i].mode;
	}
	return fallback;
}

static bool is_name(const struct lx_node *node)
{
	return node && (node->kind == LX_NODE_WORD || node->kind == LX_NODE_QUOTED);
}

/* What has one word only is a type without a name. */
static void read_name(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_field *field)
{
	const struct lx_node *node = cursor->at, *next = is_name(node) ? node->next : NULL;
	field->name = lx_schema_intern_string(declare->schema, "");
	field->origin = node ? node->span : cursor->last;
	if (!is_name(next) && !(next && next->kind == LX_NODE_SQL))
		return;
	lx_cursor_take_name(cursor);
	field->name = lx_declare_intern(declare, node);
	lx_declare_check_name(declare, field->name, node->span);
}

/* A name stands once among what is given and once among what comes back. */
static void check_twice(struct lx_declare *declare, const struct lx_field *field, const struct lx_vec *fields)
{
	LX_EACH (const struct lx_field *, other, fields) {
		bool is_same = *field->name && other->name == field->name;
		if (!is_same || lx_parameter_is_input(field) != lx_parameter_is_input(other))
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0203, field->origin, "'%s' is declared twice", field->name);
		lx_diag_label(declare->diags, diag, other->origin, "first declared here");
		return;
	}
}

static void found_parameter(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item,
			    void *context)
{
	const struct reading *reading = context;
	struct lx_field *field = LX_NEW(declare->arena, struct lx_field);
	(void)item;
	field->mode = read_mode(cursor, reading->mode);
	read_name(declare, cursor, field);
	if (!lx_declare_type(declare, cursor, &field->type))
		return;
	field->is_nullable = lx_cursor_take_punct(cursor, '?');
	if (lx_cursor_take_punct(cursor, '=') &&
	    !lx_declare_value_later(declare, cursor, &field->type, &field->default_value))
		return;
	lx_cursor_need_end(cursor, "the parameter");
	check_twice(declare, field, reading->fields);
	lx_vec_push(declare->arena, reading->fields, field);
}

void lx_parameters_read(struct lx_declare *declare, const struct lx_node *group, enum lx_field_mode mode,
			struct lx_vec *fields)
{
	struct reading reading = {fields, mode};
	lx_declare_each(declare, group, "a parameter", found_parameter, &reading);
}

static const char *mode_word(enum lx_field_mode mode)
{
	for (size_t i = 0; i < MODES; i++) {
		if (modes[i].mode == mode && mode != LX_IN)
			return modes[i].word;
	}
	return NULL;
}

static bool is_mode_word(const char *name)
{
	for (size_t i = 0; i < MODES; i++) {
		if (strcmp(modes[i].word, name) == 0)
			return true;
	}
	return false;
}

static void print_parameter(struct lx_printer *printer, const struct lx_field *field)
{
	const char *word = mode_word(field->mode);
	if (word) {
		lx_print_text(printer, word);
		lx_print_text(printer, " ");
	}
	if (is_mode_word(field->name)) {
		lx_print_quoted(printer, field->name);
		lx_print_text(printer, " ");
	} else if (*field->name) {
		lx_print_name(printer, field->name);
		lx_print_text(printer, " ");
	}
	lx_print_field_type(printer, field);
}

void lx_parameters_print(struct lx_printer *printer, const struct lx_vec *fields, bool is_result)
{
	const char *separator = "(";
	LX_EACH (const struct lx_field *, field, fields) {
		if ((field->mode == LX_TABLE_RESULT) != is_result)
			continue;
		lx_print_text(printer, separator);
		print_parameter(printer, field);
		separator = ", ";
	}
	lx_print_text(printer, *separator == '(' ? "()" : ")");
}
