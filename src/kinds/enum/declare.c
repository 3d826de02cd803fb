/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/names.h"
#include "kinds/enum/enum.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

static bool is_text(const struct lx_node *node)
{
	return node && (node->kind == LX_NODE_STRING || node->kind == LX_NODE_WORD || node->kind == LX_NODE_QUOTED);
}

/* @renamed(from: 'old') */
static void read_renamed(struct lx_declare *declare, const struct lx_node *annotation, struct lx_label_value *value)
{
	const struct lx_node *node = annotation->items ? annotation->items->first : NULL;
	bool is_from = node && node->kind == LX_NODE_WORD && strcmp(node->text, "from") == 0 && node->next &&
		       node->next->kind == LX_NODE_PUNCT && node->next->punct == ':';
	if (is_from && is_text(node->next->next) && !node->next->next->next) {
		value->renamed_from = lx_declare_intern(declare, node->next->next);
		return;
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0208, annotation->span, "@renamed has a wrong argument");
	lx_diag_help(declare->diags, diag, "write @renamed(from: 'old_label')");
}

static void read_annotations(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_label_value *value)
{
	const struct lx_node *annotation;
	while ((annotation = lx_cursor_take(cursor, LX_NODE_ANNOTATION))) {
		if (strcmp(annotation->text, "renamed") == 0) {
			read_renamed(declare, annotation, value);
		} else if (strcmp(annotation->text, "deprecated") == 0) {
			value->deprecated = annotation->items ? lx_attr_text(declare, annotation) : "";
		} else {
			struct lx_diag *diag = lx_report(declare->diags, LX_E0206, annotation->span,
							 "a label has no annotation @%s", annotation->text);
			lx_diag_help(declare->diags, diag,
				     "a label can have @renamed(from: 'old') and @deprecated('why')");
		}
	}
}

static void check_twice(struct lx_declare *declare, const struct lx_enum *type, const struct lx_label_value *value)
{
	LX_EACH (const struct lx_label_value *, other, &type->labels) {
		if (strcmp(other->label, value->label) != 0)
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0305, value->origin, "the label '%s' stands twice in enum '%s'",
			      value->label, type->base.source_name);
		lx_diag_label(declare->diags, diag, other->origin, "first declared here");
		return;
	}
}

static void found_label(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item, void *context)
{
	struct lx_enum *type = context;
	const struct lx_node *node = lx_cursor_take_name(cursor);
	if (!node)
		node = lx_cursor_need(cursor, LX_NODE_STRING, "a label");
	if (!node)
		return;
	struct lx_label_value *value = LX_NEW(declare->arena, struct lx_label_value);
	value->label = lx_declare_intern(declare, node);
	value->comment = lx_schema_intern_string(declare->schema, item->doc);
	value->origin = node->span;
	lx_declare_check_name(declare, value->label, node->span);
	read_annotations(declare, cursor, value);
	lx_cursor_need_end(cursor, "a label");
	check_twice(declare, type, value);
	lx_vec_push(declare->arena, &type->labels, value);
}

/* A label that was renamed must not be there under its old name too, and only one can be its continuation. */
static void check_renames(struct lx_declare *declare, const struct lx_enum *type)
{
	LX_EACH (const struct lx_label_value *, value, &type->labels) {
		for (size_t i = 0; value->renamed_from && i < type->labels.length; i++) {
			const struct lx_label_value *other = type->labels.items[i];
			bool is_there = strcmp(other->label, value->renamed_from) == 0 && !other->renamed_from;
			bool is_rival = other != value && other->renamed_from &&
					strcmp(other->renamed_from, value->renamed_from) == 0;
			if (!is_there && !(is_rival && i < value_i))
				continue;
			struct lx_diag *diag =
			    lx_report(declare->diags, is_there ? LX_E0212 : LX_E0213, value->origin,
				      is_there ? "label '%s' was renamed from '%s', which is there still"
					       : "label '%s' is not the only one that was renamed from '%s'",
				      value->label, value->renamed_from);
			lx_diag_label(declare->diags, diag, other->origin, "the other one");
		}
	}
}

/* enum Name annotations { label, … } */
static void declare_enum(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "enum");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the enum");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_ENUM, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	const struct lx_node *block = lx_cursor_need(&cursor, LX_NODE_BRACE, "'{' and the labels");
	if (block) {
		struct lx_enum *type = (struct lx_enum *)object;
		lx_declare_each(declare, block, "a label", found_label, type);
		check_renames(declare, type);
		lx_cursor_need_end(&cursor, "an enum");
	}
	lx_declare_add(declare, object);
}

static void print_label(struct lx_printer *printer, const struct lx_label_value *value)
{
	lx_print_indent(printer);
	if (lx_print_is_word(value->label))
		lx_print_text(printer, value->label);
	else
		lx_print_string(printer, value->label);
	lx_print_end(printer);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "enum ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_text(printer, " {\n");
	printer->indent++;
	LX_EACH (const struct lx_label_value *, value, &((const struct lx_enum *)object)->labels) {
		print_label(printer, value);
	}
	printer->indent--;
	lx_print_text(printer, "}\n");
}

const struct lx_kind_source lx_enum_source = {.declare = declare_enum, .print = print};
