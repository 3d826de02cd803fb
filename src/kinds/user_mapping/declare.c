/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/user_mapping/user_mapping.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"
#include "snapshot/printer.h"

/* user_mapping role on server annotations */
static void declare_user_mapping(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "user_mapping");
	const struct lx_node *role = lx_cursor_need_name(&cursor, "the name of a role, or public");
	if (!role || !lx_cursor_need_word(&cursor, "on"))
		return;
	const struct lx_node *server = lx_cursor_need_name(&cursor, "the name of a server");
	if (!server)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_USER_MAPPING, role, item, NULL);
	struct lx_user_mapping *mapping = (struct lx_user_mapping *)object;
	mapping->server = lx_declare_intern(declare, server);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a user mapping");
	object->name = object->source_name = lx_schema_intern_string(
	    declare->schema, lx_arena_printf(declare->arena, "%s on %s", role->text, server->text));
	lx_declare_keep(object, (void *)(uintptr_t)role);
	lx_schema_add(declare->schema, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_user_mapping *mapping = (struct lx_user_mapping *)object;
	mapping->role = lx_member_role(declare, lx_declare_kept(object));
	lx_declare_lookup(declare, LX_KIND_SERVER, mapping->server, object->origin);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_user_mapping *mapping = (const struct lx_user_mapping *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, "user_mapping ");
	lx_print_name(printer, mapping->role);
	lx_print_text(printer, " on ");
	lx_print_name(printer, mapping->server);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_user_mapping_source = {
    .declare = declare_user_mapping, .resolve = resolve, .print = print};
