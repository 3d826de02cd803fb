/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/cycle.h"
#include "check/declare.h"
#include "check/names.h"
#include "kinds/domain/domain.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

static const struct lx_domain_check *find_check(const struct lx_domain *domain, const char *name)
{
	LX_EACH (const struct lx_domain_check *, check, &domain->checks) {
		if (check->name && strcmp(check->name, name) == 0)
			return check;
	}
	return NULL;
}

/* check [name] `expr`; "check" has been taken */
static struct lx_domain_check *read_check(struct lx_declare *declare, struct lx_cursor *cursor,
					  struct lx_domain *domain)
{
	struct lx_domain_check *check = LX_NEW(declare->arena, struct lx_domain_check);
	const struct lx_node *name = lx_cursor_take_name(cursor);
	const struct lx_node *expr = lx_cursor_need(cursor, LX_NODE_SQL, "an SQL expression in back-quotes");
	if (!expr)
		return NULL;
	lx_declare_expr(declare, expr, &check->expr);
	if (name) {
		check->name = lx_declare_intern(declare, name);
		check->is_named = true;
		lx_declare_check_name(declare, check->name, name->span);
		if (find_check(domain, check->name))
			lx_report(declare->diags, LX_E0203, name->span, "check '%s' is declared twice", check->name);
	}
	lx_vec_push(declare->arena, &domain->checks, check);
	return check;
}

/* In the block: check [name] `expr` [@not_valid], with a doc comment. */
static void found_check(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item, void *context)
{
	struct lx_domain_check *check = NULL;
	const struct lx_node *annotation;
	if (lx_cursor_need_word(cursor, "check"))
		check = read_check(declare, cursor, context);
	if (!check)
		return;
	check->comment = lx_schema_intern_string(declare->schema, item->doc);
	while ((annotation = lx_cursor_take(cursor, LX_NODE_ANNOTATION))) {
		if (strcmp(annotation->text, "not_valid") == 0) {
			check->is_not_valid = true;
			continue;
		}
		struct lx_diag *diag = lx_report(declare->diags, LX_E0206, annotation->span,
						 "a check of a domain has no annotation @%s", annotation->text);
		lx_diag_help(declare->diags, diag, "a check of a domain can have @not_valid");
	}
	lx_cursor_need_end(cursor, "a check");
}

/* PostgreSQL's ChooseConstraintName: domain_check, domain_check1, … */
static void name_checks(struct lx_declare *declare, struct lx_domain *domain)
{
	LX_EACH (struct lx_domain_check *, check, &domain->checks) {
		const char *suffix = "check";
		for (int i = 1; !check->name; i++) {
			const char *name = lx_declare_default_name(declare, domain->base.name, NULL, suffix);
			if (!find_check(domain, name))
				check->name = name;
			suffix = lx_arena_printf(declare->arena, "check%d", i);
		}
	}
}

static int by_name(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(((const struct lx_domain_check *)a)->name, ((const struct lx_domain_check *)b)->name);
}

static bool read_parts(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_domain *domain)
{
	if (!lx_declare_type(declare, cursor, &domain->type))
		return false;
	for (;;) {
		if (lx_cursor_take_word(cursor, "check")) {
			if (!read_check(declare, cursor, domain))
				return false;
		} else if (lx_cursor_take_punct(cursor, '=')) {
			if (!lx_declare_value_later(declare, cursor, &domain->type, &domain->default_value))
				return false;
		} else {
			return true;
		}
	}
}

/* domain Name type { check [name] `expr` | = value } annotations [ { checks } ] */
static void declare_domain(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "domain");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the domain");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_DOMAIN, name, item, NULL);
	struct lx_domain *domain = (struct lx_domain *)object;
	if (read_parts(declare, &cursor, domain)) {
		lx_attr_parse(declare, &cursor, object);
		const struct lx_node *block = lx_cursor_take(&cursor, LX_NODE_BRACE);
		if (block)
			lx_declare_each(declare, block, "a check", found_check, domain);
		lx_cursor_need_end(&cursor, "a domain");
	}
	name_checks(declare, domain);
	lx_vec_sort(declare->arena, &domain->checks, by_name, NULL);
	lx_declare_add(declare, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_type *type = &((const struct lx_domain *)object)->type;
	lx_check_storable(declare, type, type->span);
	lx_check_cycle(declare, object);
}

static void print_check(struct lx_printer *printer, const struct lx_domain_check *check, const char *before)
{
	lx_print_text(printer, before);
	lx_print_text(printer, "check ");
	lx_print_name(printer, check->name);
	lx_print_text(printer, " ");
	lx_print_sql(printer, check->expr.text);
}

/* Checks about which there is more to say than fits the line. */
static bool needs_block(const struct lx_domain *domain)
{
	LX_EACH (const struct lx_domain_check *, check, &domain->checks) {
		if (check->comment || check->is_not_valid)
			return true;
	}
	return false;
}

static void print_block(struct lx_printer *printer, const struct lx_domain *domain)
{
	lx_print_text(printer, " {\n");
	printer->indent++;
	LX_EACH (const struct lx_domain_check *, check, &domain->checks) {
		lx_print_doc(printer, check->comment);
		lx_print_indent(printer);
		print_check(printer, check, "");
		lx_print_text(printer, check->is_not_valid ? " @not_valid\n" : "\n");
	}
	printer->indent--;
	lx_print_text(printer, "}");
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_domain *domain = (const struct lx_domain *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, "domain ");
	lx_print_name(printer, object->source_name);
	lx_print_text(printer, " ");
	lx_print_type(printer, &domain->type);
	if (domain->default_value.text) {
		lx_print_text(printer, " = ");
		lx_print_value(printer, domain->default_value.text);
	}
	bool has_block = needs_block(domain);
	LX_EACH (const struct lx_domain_check *, check, &domain->checks) {
		if (!has_block)
			print_check(printer, check, " ");
	}
	lx_print_map(printer, object, "map");
	lx_attr_print(printer, object);
	if (has_block)
		print_block(printer, domain);
	lx_print_end(printer);
}

const struct lx_kind_source lx_domain_source = {.declare = declare_domain, .resolve = resolve, .print = print};
