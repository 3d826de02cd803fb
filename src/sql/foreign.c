/* OPTIONS (…) of foreign data objects.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/foreign_options.h"
#include "sql/emit.h"

static const char *name_of(struct lx_sql *sql, const char *option)
{
	return lx_arena_copy(sql->arena, option, strcspn(option, "="));
}

/* The option of the same name, or NULL. */
static const char *find(struct lx_sql *sql, const struct lx_vec *options, const char *name)
{
	LX_EACH (const char *, option, options)
		if (strcmp(name_of(sql, option), name) == 0)
			return option;
	return NULL;
}

static void write_one(struct lx_sql *sql, bool *has_any, const char *verb, const char *option, bool has_value)
{
	lx_sql_raw(sql, *has_any ? ", " : " OPTIONS (");
	lx_sql_raw(sql, verb);
	lx_sql_name(sql, name_of(sql, option));
	if (has_value) {
		lx_sql_raw(sql, " ");
		lx_sql_literal(sql, option + strcspn(option, "=") + 1);
	}
	*has_any = true;
}

bool lx_foreign_options_write(struct lx_sql *sql, const struct lx_foreign_options *old,
			      const struct lx_foreign_options *options)
{
	bool has_any = false;
	LX_EACH (const char *, option, &options->values) {
		const char *before = old ? find(sql, &old->values, name_of(sql, option)) : NULL;
		if (!before || strcmp(before, option) != 0)
			write_one(sql, &has_any, !old ? "" : before ? "SET " : "ADD ", option, true);
	}
	for (size_t i = 0; old && i < old->values.length; i++) {
		const char *option = old->values.items[i];
		if (!find(sql, &options->values, name_of(sql, option)))
			write_one(sql, &has_any, "DROP ", option, false);
	}
	if (has_any)
		lx_sql_raw(sql, ")");
	if (!old && options->secrets.length)
		lx_sql_hazard(sql, 0, "has options that hold secrets: set them by hand, they are in no file");
	return has_any;
}
