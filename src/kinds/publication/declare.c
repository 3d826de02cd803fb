/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/sql_check.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/publication/publication.h"
#include "kinds/table/member.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

struct line {                        /* of the block, as written */
	const struct lx_node *table; /* a name, or SQL */
	struct lx_vec columns;       /* const struct lx_node * */
	struct lx_published *published;
};

static const char *const operations[] = {"insert", "update", "delete", "truncate", "nothing", NULL};

static int compare_strings(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

/* Model(columns) where `filter` */
static void found_table(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item, void *context)
{
	struct lx_vec *lines = context;
	struct line *line = LX_NEW(declare->arena, struct line);
	(void)item;
	line->published = LX_NEW(declare->schema->arena, struct lx_published);
	line->table = lx_cursor_take(cursor, LX_NODE_SQL);
	if (line->table && !lx_sql_check_node(declare, line->table, LX_SQL_IS_GRANTABLE))
		return;
	if (!line->table)
		line->table = lx_cursor_need_name(cursor, "the name of a model");
	if (!line->table)
		return;
	if (cursor->at && cursor->at->kind == LX_NODE_PAREN &&
	    !lx_member_names(declare, cursor, "the names of columns", &line->columns))
		return;
	if (lx_cursor_take_word(cursor, "where")) {
		const struct lx_node *filter = lx_cursor_need(cursor, LX_NODE_SQL, "a condition in back-quotes");
		if (filter)
			lx_declare_expr(declare, filter, &line->published->filter);
	}
	lx_cursor_need_end(cursor, "a table of the publication");
	lx_vec_push(declare->arena, lines, line);
}

static void check_operations(struct lx_declare *declare, struct lx_publication *publication)
{
	struct lx_vec sorted = {0};
	bool is_nothing = false;
	for (size_t i = 0; operations[i]; i++) {
		if (!lx_names_have(&publication->operations, operations[i]))
			continue;
		is_nothing = strcmp(operations[i], "nothing") == 0;
		lx_vec_push(declare->schema->arena, &sorted, (void *)(uintptr_t)operations[i]);
	}
	if (sorted.length != publication->operations.length || (is_nothing && sorted.length > 1)) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0208, publication->base.origin,
			      "@publish of '%s' has a wrong argument", publication->base.source_name);
		lx_diag_help(declare->diags, diag, "some of insert, update, delete, truncate, or nothing");
	}
	publication->operations = sorted;
	if (sorted.length == 4) /* all of them is what it is without */
		publication->operations.length = 0;
}

/* publication name annotations { Model(columns) where `filter` } */
static void declare_publication(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "publication");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the publication");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_PUBLICATION, name, item, NULL);
	struct lx_publication *publication = (struct lx_publication *)object;
	struct lx_vec *lines = LX_NEW(declare->arena, struct lx_vec);
	lx_attr_parse(declare, &cursor, object);
	check_operations(declare, publication);
	lx_vec_sort(declare->schema->arena, &publication->schemas, compare_strings, NULL);
	const struct lx_node *block = lx_cursor_take(&cursor, LX_NODE_BRACE);
	if (block)
		lx_declare_each(declare, block, "a table", found_table, lines);
	lx_cursor_need_end(&cursor, "a publication");
	lx_declare_keep(object, lines);
	lx_declare_add(declare, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_publication *publication = (struct lx_publication *)object;
	const struct lx_vec *lines = lx_declare_kept(object);
	for (size_t i = 0; lines && i < lines->length; i++) {
		const struct line *line = lines->items[i];
		struct lx_published *published = line->published;
		if (line->table->kind == LX_NODE_SQL)
			published->target_sql = lx_declare_intern(declare, line->table);
		else
			published->table =
			    lx_declare_lookup(declare, LX_KIND_TABLE, line->table->text, line->table->span);
		if (published->table)
			lx_member_columns(declare, published->table, &line->columns, &published->columns);
		for (size_t k = 0; published->target_sql && k < line->columns.length; k++)
			lx_vec_push(declare->schema->arena, &published->columns,
				    (void *)(uintptr_t)lx_declare_intern(declare, line->columns.items[k]));
		lx_vec_sort(declare->schema->arena, &published->columns, compare_strings, NULL);
		if (published->table || published->target_sql)
			lx_vec_push(declare->schema->arena, &publication->tables, published);
	}
	lx_published_sort(declare->schema->arena, publication);
	LX_EACH (const char *, schema, &publication->schemas)
		if (strcmp(schema, "public") != 0)
			lx_declare_lookup(declare, LX_KIND_SCHEMA, schema, object->origin);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_publication *publication = (const struct lx_publication *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, "publication ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	if (publication->tables.length)
		lx_print_text(printer, " {\n");
	printer->indent++;
	LX_EACH (const struct lx_published *, published, &publication->tables) {
		lx_print_indent(printer);
		if (published->table)
			lx_print_reference(printer, published->table);
		else
			lx_print_sql(printer, published->target_sql);
		if (published->columns.length)
			lx_print_names(printer, &published->columns);
		lx_print_clause(printer, "where", &published->filter);
		lx_print_end(printer);
	}
	printer->indent--;
	lx_print_text(printer, publication->tables.length ? "}\n" : "\n");
}

const struct lx_kind_source lx_publication_source = {
    .declare = declare_publication, .resolve = resolve, .print = print};
