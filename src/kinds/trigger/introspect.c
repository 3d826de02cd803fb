/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "ir/expr.h"
#include "kinds/key/key.h"
#include "kinds/trigger/trigger.h"

enum {
	OID, NAME, TABLE, TYPE, COLUMNS, DEFINITION, FUNCTION, FUNCTION_SCHEMA, FUNCTION_NAME, ARGUMENTS, OLD_TABLE,
	NEW_TABLE, IS_CONSTRAINT, IS_DEFERRABLE, IS_DEFERRED, FROM, ENABLED
};
/* Bits of tgtype: src/include/catalog/pg_trigger.h. */
enum { ROW = 1, BEFORE = 2, INSERT = 4, DELETE = 8, UPDATE = 16, TRUNCATE = 32, INSTEAD = 64 };

static void read_events(struct lx_catalog *catalog, const struct lx_row *row, struct lx_trigger *trigger)
{
	static const struct {
		int bit;
		const char *name;
	} events[] = {{INSERT, "insert"}, {DELETE, "delete"}, {UPDATE, "update"}, {TRUNCATE, "truncate"}};
	int type = (int)lx_row_integer(row, TYPE);
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		if (!(type & events[i].bit))
			continue;
		struct lx_trigger_event *event = LX_NEW(lx_catalog_arena(catalog), struct lx_trigger_event);
		event->name = events[i].name;
		if (events[i].bit == UPDATE)
			event->columns = lx_row_texts(row, COLUMNS);
		lx_vec_push(lx_catalog_arena(catalog), &trigger->events, event);
	}
	trigger->timing = type & INSTEAD ? LX_INSTEAD_OF : type & BEFORE ? LX_BEFORE : LX_AFTER;
	trigger->is_statement = !(type & ROW);
}

/* The condition is over two rows, which pg_get_expr() does not print; it stands in parentheses of the statement. */
static void read_condition(struct lx_catalog *catalog, const struct lx_row *row, struct lx_trigger *trigger)
{
	size_t length;
	const char *text = lx_expr_clause(lx_row_text(row, DEFINITION), "when", "execute", &length);
	if (text)
		trigger->when.text =
		    lx_catalog_intern(catalog, lx_arena_copy(lx_catalog_arena(catalog), text + 1, length - 2));
}

static int hex_digit(char c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* A bytea, "\x6100", of texts that each end with a zero. */
static void read_arguments(struct lx_catalog *catalog, const struct lx_row *row, struct lx_trigger *trigger)
{
	const char *hex = lx_row_text(row, ARGUMENTS);
	size_t length = hex ? strlen(hex) / 2 : 1;
	char *bytes = lx_arena_alloc(lx_catalog_arena(catalog), length);
	for (size_t i = 0; i + 1 < length; i++)
		bytes[i] = (char)(hex_digit(hex[2 * i + 2]) * 16 + hex_digit(hex[2 * i + 3]));
	for (size_t at = 0; at + 1 < length; at += strlen(bytes + at) + 1)
		lx_vec_push(lx_catalog_arena(catalog), &trigger->arguments,
			    (void *)(uintptr_t)lx_catalog_intern(catalog, bytes + at));
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return;
	struct lx_trigger *trigger = lx_catalog_new(catalog, LX_KIND_TRIGGER, table, NULL, lx_row_text(row, NAME));
	read_events(catalog, row, trigger);
	read_condition(catalog, row, trigger);
	read_arguments(catalog, row, trigger);
	trigger->function_object = lx_catalog_find(catalog, LX_PG_PROC, lx_row_oid(row, FUNCTION), 0);
	trigger->function_schema = lx_row_text(row, FUNCTION_SCHEMA);
	trigger->function = lx_row_text(row, FUNCTION_NAME);
	trigger->old_table = lx_row_text(row, OLD_TABLE);
	trigger->new_table = lx_row_text(row, NEW_TABLE);
	trigger->is_constraint = lx_row_bool(row, IS_CONSTRAINT);
	trigger->deferrable = lx_row_bool(row, IS_DEFERRED)     ? LX_INITIALLY_DEFERRED
			      : lx_row_bool(row, IS_DEFERRABLE) ? LX_DEFERRABLE
								: LX_NOT_DEFERRABLE;
	trigger->from = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, FROM), 0);
	if (lx_row_oid(row, FROM) && !trigger->from)
		lx_catalog_refuse(catalog, "the constraint trigger %s on %s.%s refers to a table of an extension",
				  trigger->base.name, table->schema, table->name);
	trigger->enabled = lx_row_enabled(row, ENABLED);
	lx_catalog_add(catalog, &trigger->base, LX_PG_TRIGGER, lx_row_oid(row, OID), 0);
}

const struct lx_kind_catalog lx_trigger_catalog = {
    .query = "SELECT t.oid, t.tgname, t.tgrelid, t.tgtype,"
	     " ARRAY(SELECT a.attname::text FROM unnest(t.tgattr) WITH ORDINALITY k(n, at)"
	     " JOIN pg_catalog.pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = k.n ORDER BY k.at),"
	     " CASE WHEN t.tgqual IS NOT NULL THEN pg_catalog.pg_get_triggerdef(t.oid) ELSE '' END,"
	     " t.tgfoid, n.nspname, p.proname, t.tgargs, t.tgoldtable, t.tgnewtable, t.tgconstraint <> 0, t.tgdeferrable,"
	     " t.tginitdeferred, t.tgconstrrelid, t.tgenabled FROM pg_catalog.pg_trigger t"
	     " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid"
	     " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
	     " WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND " LX_USER_SCHEMA("c.relnamespace") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_trigger'::regclass", "t.oid") " ORDER BY t.tgrelid, t.tgname",
    .read = read,
};
