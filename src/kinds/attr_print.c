/* Printing annotations by the rows of the kinds.
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "kinds/attr.h"
#include "kinds/comment.h"
#include "kinds/foreign_options.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

static void print_name_argument(struct lx_printer *printer, const char *name)
{
	if (lx_print_is_word(name))
		lx_print_text(printer, name);
	else
		lx_print_string(printer, name);
}

static void print_names(struct lx_printer *printer, const struct lx_vec *names)
{
	const char *separator = "";
	LX_EACH (const char *, name, names) {
		lx_print_text(printer, separator);
		print_name_argument(printer, name);
		separator = ", ";
	}
}

static bool is_secrets(const struct lx_attr *attr)
{
	return strcmp(attr->word, "secrets") == 0;
}

static bool is_default(const struct lx_attr *attr, const char *field)
{
	switch (attr->shape) {
	case LX_SHAPE_FLAG:
		return !*(const bool *)field;
	case LX_SHAPE_CHOICE:
		return !*(const int *)field;
	case LX_SHAPE_NAME:
	case LX_SHAPE_STRING:
	case LX_SHAPE_OPTIONS:
		return !*(const char *const *)field;
	case LX_SHAPE_INTEGER:
		return !*(const int64_t *)field;
	case LX_SHAPE_SQL:
		return !((const struct lx_expr *)field)->text;
	case LX_SHAPE_NAMES:
		return !((const struct lx_vec *)field)->length;
	case LX_SHAPE_FOREIGN:
		return !(is_secrets(attr) ? &((const struct lx_foreign_options *)field)->secrets
					  : &((const struct lx_foreign_options *)field)->values)
			    ->length;
	case LX_SHAPE_TYPE:
	case LX_SHAPE_OWN:
		return true; /* printed by the kind */
	}
	return true;
}

static void print_argument(struct lx_printer *printer, const struct lx_attr *attr, const char *field)
{
	switch (attr->shape) {
	case LX_SHAPE_CHOICE:
		lx_print_text(printer, attr->choices[*(const int *)field - 1]);
		break;
	case LX_SHAPE_NAME:
		print_name_argument(printer, *(const char *const *)field);
		break;
	case LX_SHAPE_STRING:
		lx_print_string(printer, *(const char *const *)field);
		break;
	case LX_SHAPE_INTEGER:
		lx_buffer_printf(printer->out, "%" PRId64, *(const int64_t *)field);
		break;
	case LX_SHAPE_SQL:
		lx_print_sql(printer, ((const struct lx_expr *)field)->text);
		break;
	case LX_SHAPE_NAMES:
		print_names(printer, (const struct lx_vec *)field);
		break;
	case LX_SHAPE_OPTIONS:
		lx_print_options(printer, *(const char *const *)field);
		break;
	case LX_SHAPE_FOREIGN:
		lx_foreign_options_print(printer, (const struct lx_foreign_options *)field, is_secrets(attr));
		break;
	case LX_SHAPE_FLAG:
	case LX_SHAPE_TYPE:
	case LX_SHAPE_OWN:
		break;
	}
}

static void print_row(struct lx_printer *printer, const struct lx_attr *attr, const struct lx_object *object)
{
	const char *field = (const char *)object + attr->offset;
	size_t length = strcspn(attr->word, ":");
	if (is_default(attr, field))
		return;
	lx_buffer_printf(printer->out, " @%.*s", (int)length, attr->word);
	if (attr->shape == LX_SHAPE_FLAG)
		return;
	lx_print_text(printer, "(");
	if (attr->word[length])
		lx_buffer_printf(printer->out, "%s: ", attr->word + length + 1);
	print_argument(printer, attr, field);
	lx_print_text(printer, ")");
}

void lx_attr_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_kind_info *info = lx_kind_info(object->kind);
	if (object->schema && strcmp(object->schema, printer->default_schema) != 0) {
		lx_print_text(printer, " @schema(");
		print_name_argument(printer, object->schema);
		lx_print_text(printer, ")");
	}
	for (size_t i = 0; i < info->attr_count; i++) {
		if (info->attrs[i].word && info->attrs[i].effect != LX_EFFECT_NONE)
			print_row(printer, &info->attrs[i], object);
	}
	if (object->owner) {
		lx_print_text(printer, " @owner(");
		print_name_argument(printer, object->owner);
		lx_print_text(printer, ")");
	}
	if (object->after.length) {
		lx_print_text(printer, " @after(");
		print_names(printer, &object->after);
		lx_print_text(printer, ")");
	}
	lx_comment_print(printer, object);
	if (object->is_external)
		lx_print_text(printer, " @external");
}
