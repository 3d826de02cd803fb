/* Storage parameters of the table behind a table, which PostgreSQL makes with the first column whose values may be
 * long, drops when the table is written anew without one, and has to be there to be told (NewHeapCreateToastTable in
 * src/backend/catalog/toasting.c).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/column/alter.h"
#include "kinds/column/column.h"
#include "kinds/kind.h"
#include "kinds/table/table.h"
#include "sql/parts.h"

static bool is_short(const struct lx_column *column)
{
	static const char *const types[] = {"bool", "int2", "int4",   "int8", "float4",    "float8",      "money",
					    "name", "uuid", "date",   "time", "timestamp", "timestamptz", "oid",
					    "box",  "line", "circle", "lseg", "point",     "macaddr"};
	for (size_t i = 0; column->type.builtin && !column->type.dimensions && i < sizeof types / sizeof types[0];
	     i++) {
		if (strcmp(column->type.builtin->name, types[i]) == 0)
			return true;
	}
	return false;
}

void lx_column_set_toast(struct lx_sql *sql, const struct lx_column *column)
{
	const struct lx_object *table = column->base.parent;
	const char *options = table->kind == LX_KIND_TABLE ? ((const struct lx_table *)table)->storage : NULL;
	const char *name, *value, *toast = NULL;
	if (!options || is_short(column))
		return;
	while (lx_sql_next_option(sql->arena, &options, &name, &value)) {
		if (strncmp(name, "toast.", 6) == 0)
			toast = lx_arena_printf(sql->arena, "%s%s%s=%s", toast ? toast : "", toast ? ", " : "", name,
						value);
	}
	if (!toast)
		return;
	lx_sql_alter_table(sql, table);
	lx_sql_raw(sql, "SET ");
	lx_sql_options(sql, toast, false);
	lx_sql_hazard(sql, 0, "the column may be the first one with long values, for which these stand");
	lx_sql_end(sql);
}
