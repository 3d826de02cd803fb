/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/grant/grant.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_grant_print(struct lx_printer *printer, const struct lx_object *object);

static bool same_group(const struct lx_privilege *a, const struct lx_privilege *b)
{
	return a->has_grant_option == b->has_grant_option && a->is_revoked == b->is_revoked &&
	       lx_names_equal(&a->columns, &b->columns);
}

/* One type of a signature: public.role[] */
static void print_type(struct lx_printer *printer, const char *type, size_t length)
{
	size_t dimensions = 0;
	for (; length > 2 && memcmp(type + length - 2, "[]", 2) == 0; length -= 2)
		dimensions++;
	char *name = lx_arena_copy(printer->arena, type, length), *dot = strchr(name, '.');
	if (dot) {
		*dot = 0;
		lx_print_name(printer, name);
		lx_print_text(printer, ".");
	}
	lx_print_name(printer, dot ? dot + 1 : name);
	while (dimensions--)
		lx_print_text(printer, "[]");
}

static void print_signature(struct lx_printer *printer, const char *signature)
{
	const char *type = signature + 1, *end = signature + strlen(signature) - 1;
	lx_print_text(printer, "(");
	while (type < end) {
		const char *comma = strstr(type, ", ");
		size_t length = (size_t)((comma ? comma : end) - type);
		print_type(printer, type, length);
		type += length + (comma ? 2 : 0);
		if (comma)
			lx_print_text(printer, ", ");
	}
	lx_print_text(printer, ")");
}

static void print_function(struct lx_printer *printer, const struct lx_object *target)
{
	lx_print_text(printer, "function ");
	if (strcmp(target->schema, printer->default_schema) != 0) {
		lx_print_name(printer, target->schema);
		lx_print_text(printer, ".");
	}
	lx_print_name(printer, target->name);
	print_signature(printer, target->signature);
}

static void print_target(struct lx_printer *printer, const struct lx_grant *grant)
{
	if (grant->owner) {
		for (const char *c = grant->target_sql; *c; c++)
			lx_buffer_char(printer->out, (char)(*c == ' ' ? '_' : *c | 0x20));
	} else if (!grant->target) {
		lx_print_sql(printer, grant->target_sql);
	} else if (grant->target->signature) {
		print_function(printer, grant->target);
	} else if (grant->target->schema) {
		lx_print_reference(printer, grant->target);
	} else {
		lx_print_text(printer, lx_kind_info(grant->target->kind)->words[0]);
		lx_print_text(printer, " ");
		lx_print_name(printer, grant->target->name);
	}
}

/* One line for the privileges that have FIRST's columns and option. */
static void print_line(struct lx_printer *printer, const struct lx_grant *grant, const struct lx_privilege *first)
{
	lx_print_indent(printer);
	if (grant->owner) {
		lx_print_text(printer, "default for ");
		lx_print_name(printer, grant->owner);
		lx_print_text(printer, grant->in_schema ? " in " : " ");
		if (grant->in_schema)
			lx_print_name(printer, grant->in_schema);
		lx_print_text(printer, grant->in_schema ? " " : "");
	}
	const char *separator = first->is_revoked ? "revoke " : "grant ";
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges) {
		if (!same_group(privilege, first))
			continue;
		lx_print_text(printer, separator);
		lx_print_text(printer, privilege->name);
		separator = ", ";
	}
	lx_print_text(printer, " on ");
	print_target(printer, grant);
	if (first->columns.length)
		lx_print_names(printer, &first->columns);
	lx_print_text(printer, first->is_revoked ? " from " : " to ");
	lx_print_name(printer, grant->role);
	if (first->has_grant_option)
		lx_print_text(printer, " @with_grant_option");
	lx_print_end(printer);
}

void lx_grant_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_grant *grant = (const struct lx_grant *)object;
	for (size_t i = 0; i < grant->privileges.length; i++) {
		const struct lx_privilege *first = grant->privileges.items[i];
		bool is_printed = false;
		for (size_t k = 0; k < i; k++)
			is_printed = is_printed || same_group(grant->privileges.items[k], first);
		if (!is_printed)
			print_line(printer, grant, first);
	}
}
