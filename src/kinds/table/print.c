/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/table/print.h"

#include <inttypes.h>

#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/partition/partition.h"
#include "kinds/replica/replica.h"
#include "kinds/table/table.h"
#include "snapshot/printer.h"

void lx_table_print(struct lx_printer *printer, const struct lx_object *object);

void lx_print_member(struct lx_printer *printer, const struct lx_object *object, const char *words)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, words);
	lx_print_text(printer, " ");
	lx_print_exact(printer, object->name);
}

void lx_print_reference(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_name(printer, object->source_name);
}

void lx_print_clause(struct lx_printer *printer, const char *word, const struct lx_expr *expr)
{
	if (!expr->text)
		return;
	lx_print_text(printer, " ");
	lx_print_text(printer, word);
	lx_print_text(printer, " ");
	lx_print_sql(printer, expr->text);
}

void lx_print_include(struct lx_printer *printer, const struct lx_vec *names)
{
	if (!names->length)
		return;
	lx_print_text(printer, " include ");
	lx_print_names(printer, names);
}

void lx_print_storage(struct lx_printer *printer, const char *storage)
{
	if (!storage)
		return;
	lx_print_text(printer, " with (");
	lx_print_options(printer, storage);
	lx_print_text(printer, ")");
}

static void print_qualified(struct lx_printer *printer, const char *schema, const char *name)
{
	if (schema) {
		lx_print_name(printer, schema);
		lx_print_text(printer, ".");
	}
	lx_print_name(printer, name);
}

static void print_operator(struct lx_printer *printer, const struct lx_index_element *element)
{
	lx_print_text(printer, " with ");
	if (element->operator_schema) {
		lx_print_name(printer, element->operator_schema);
		lx_print_text(printer, ".");
	}
	lx_print_string(printer, element->operator_name);
}

static void print_element(struct lx_printer *printer, const struct lx_index_element *element)
{
	if (element->column)
		lx_print_name(printer, element->column);
	else
		lx_print_sql(printer, element->expr.text);
	if (element->collation) {
		lx_print_text(printer, " collate ");
		print_qualified(printer, element->collation_schema, element->collation);
	}
	if (element->opclass) {
		lx_print_text(printer, " ");
		print_qualified(printer, element->opclass_schema, element->opclass);
	}
	if (element->opclass_options) {
		lx_print_text(printer, " (");
		lx_print_options(printer, element->opclass_options);
		lx_print_text(printer, ")");
	}
	if (element->is_descending)
		lx_print_text(printer, " desc");
	if (element->nulls)
		lx_print_text(printer, element->nulls == LX_NULLS_FIRST ? " nulls_first" : " nulls_last");
	if (element->statistics)
		lx_buffer_printf(printer->out, " statistics %" PRId64, element->statistics - 1);
	if (element->operator_name)
		print_operator(printer, element);
}

void lx_print_elements(struct lx_printer *printer, const struct lx_vec *elements)
{
	const char *separator = "(";
	LX_EACH (const struct lx_index_element *, element, elements) {
		lx_print_text(printer, separator);
		print_element(printer, element);
		separator = ", ";
	}
	lx_print_text(printer, ")");
}

static void print_replica(struct lx_printer *printer, const struct lx_replica *replica)
{
	static const char *const words[] = {"full", "nothing", "index: "};
	if (!replica)
		return;
	lx_print_text(printer, " @replica_identity(");
	lx_print_text(printer, words[replica->identity - 1]);
	if (replica->identity == LX_REPLICA_BY_INDEX)
		lx_print_name(printer, replica->index);
	lx_print_text(printer, ")");
}

static void print_place(struct lx_printer *printer, const struct lx_table *table)
{
	const char *separator = " @inherits(";
	LX_EACH (const struct lx_object *, above, &table->inherits) {
		lx_print_text(printer, separator);
		lx_print_reference(printer, above);
		separator = ", ";
	}
	if (*separator == ',')
		lx_print_text(printer, ")");
	const struct lx_object *partition = lx_object_child(&table->base, LX_KIND_PARTITION, "partition");
	if (partition) {
		lx_print_text(printer, " @partition_of(");
		lx_print_reference(printer, table->partition_of);
		lx_print_text(printer, ", ");
		lx_print_sql(printer, ((const struct lx_partition *)partition)->bound.text);
		lx_print_text(printer, ")");
	}
	print_replica(printer,
		      (const struct lx_replica *)lx_object_child(&table->base, LX_KIND_REPLICA, "replica identity"));
	if (table->of_type.name) {
		lx_print_text(printer, " @of(");
		lx_print_type(printer, &table->of_type);
		lx_print_text(printer, ")");
	}
}

void lx_table_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_table *table = (const struct lx_table *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, "model ");
	lx_print_declared(printer, object, "table");
	lx_attr_print(printer, object);
	print_place(printer, table);
	lx_print_text(printer, " {");
	lx_print_end(printer);
	if (table->partition_method) {
		printer->indent++;
		lx_print_indent(printer);
		lx_print_text(printer, "partition by ");
		lx_print_text(printer, table->partition_method);
		lx_print_text(printer, " ");
		lx_print_elements(printer, &table->partition_keys);
		lx_print_end(printer);
		printer->indent--;
	}
	lx_print_children(printer, object);
	lx_print_indent(printer);
	lx_print_text(printer, "}");
	lx_print_end(printer);
}
