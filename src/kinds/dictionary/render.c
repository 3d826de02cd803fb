/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/dictionary/dictionary.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "TEXT SEARCH DICTIONARY", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_names(depends, ((const struct lx_dictionary *)object)->template_name);
}

static void write_option(struct lx_sql *sql, const char *separator, const char *option, bool has_value)
{
	size_t length = strcspn(option, "=");
	lx_sql_raw(sql, separator);
	lx_sql_name(sql, lx_arena_copy(sql->arena, option, length));
	if (!has_value)
		return;
	lx_sql_raw(sql, " = ");
	lx_sql_expr(sql, option + length + 1); /* a number, or a string in its quotes */
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_dictionary *dictionary = (const struct lx_dictionary *)object;
	lx_sql_raw(sql, "CREATE ");
	write_identity(sql, object);
	lx_sql_raw(sql, " (TEMPLATE = ");
	lx_sql_reference(sql, dictionary->template_name);
	LX_EACH (const char *, option, &dictionary->options.values)
		write_option(sql, ", ", option, true);
	lx_sql_raw(sql, ")");
	lx_sql_end(sql);
}

static bool has_option(const struct lx_vec *options, const char *option)
{
	LX_EACH (const char *, other, options)
		if (strncmp(other, option, strcspn(option, "=") + 1) == 0)
			return true;
	return false;
}

/* Named options go to the end in the order in which they are named.  A name without a value takes the option away. */
static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_vec *options = &((const struct lx_dictionary *)new)->options.values;
	const char *separator = " (";
	if (changed & 1u << LX_DICTIONARY_TEMPLATE)
		return false;
	lx_sql_raw(sql, "ALTER ");
	write_identity(sql, new);
	LX_EACH (const char *, option, options) {
		write_option(sql, separator, option, true);
		separator = ", ";
	}
	LX_EACH (const char *, option, &((const struct lx_dictionary *)old)->options.values) {
		if (has_option(options, option))
			continue;
		write_option(sql, separator, option, false);
		separator = ", ";
	}
	lx_sql_raw(sql, ")");
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_dictionary_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT,
};
