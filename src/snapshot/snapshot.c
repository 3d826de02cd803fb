/* SPDX-License-Identifier: Apache-2.0 */
#include "snapshot/snapshot.h"

#include <string.h>

#include "base/buffer.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

static int compare(const void *a, const void *b, void *context)
{
	(void)context;
	return lx_object_compare(a, b);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	if (lx_kind_info(object->kind)->is_database_object && lx_kind_source(object->kind)->print)
		lx_kind_source(object->kind)->print(printer, object);
}

void lx_print_children(struct lx_printer *printer, const struct lx_object *object)
{
	struct lx_vec others = {0};
	printer->indent++;
	LX_EACH (struct lx_object *, child, &object->children) {
		if (child->kind == LX_KIND_COLUMN)
			print(printer, child);
		else
			lx_vec_push(printer->arena, &others, child);
	}
	lx_vec_sort(printer->arena, &others, compare, NULL);
	LX_EACH (const struct lx_object *, child, &others) {
		print(printer, child);
	}
	printer->indent--;
}

static bool is_one_line(const struct lx_buffer *text)
{
	return strchr(lx_buffer_text(text), '\n') == lx_buffer_text(text) + text->length - 1;
}

static bool want_all(const struct lx_object *object, void *context)
{
	(void)object, (void)context;
	return true;
}

void lx_snapshot_print(struct lx_buffer *out, const struct lx_schema *schema)
{
	lx_snapshot_print_some(out, schema, want_all, NULL);
}

void lx_snapshot_print_some(struct lx_buffer *out, const struct lx_schema *schema,
			    bool (*is_wanted)(const struct lx_object *object, void *context), void *context)
{
	struct lx_vec objects = {0};
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_printer printer = {.out = &text, .arena = schema->arena, .default_schema = "public"};
	const struct lx_object *before = NULL;
	bool was_line = false;
	LX_EACH (struct lx_object *, object, &schema->objects) {
		if (lx_kind_info(object->kind)->is_database_object && is_wanted(object, context))
			lx_vec_push(schema->arena, &objects, object);
	}
	lx_vec_sort(schema->arena, &objects, compare, NULL);
	lx_buffer_string(out, "lexo 1\n");
	LX_EACH (const struct lx_object *, object, &objects) {
		lx_buffer_clear(&text);
		print(&printer, object);
		/* Lines of one kind stand together, everything else stands apart. */
		bool is_line = is_one_line(&text);
		if (!before || before->kind != object->kind || !is_line || !was_line)
			lx_buffer_char(out, '\n');
		lx_buffer_add(out, lx_buffer_text(&text), text.length);
		out->failed |= text.failed;
		before = object;
		was_line = is_line;
	}
	lx_buffer_free(&text);
}
