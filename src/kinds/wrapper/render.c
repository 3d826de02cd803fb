/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/wrapper/wrapper.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "FOREIGN DATA WRAPPER", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_names(depends, ((const struct lx_wrapper *)object)->handler);
	lx_depend_on_names(depends, ((const struct lx_wrapper *)object)->validator);
}

static void write_function(struct lx_sql *sql, const char *word, const char *function)
{
	lx_sql_raw(sql, function ? " " : " NO ");
	lx_sql_raw(sql, word);
	if (!function)
		return;
	lx_sql_raw(sql, " ");
	lx_sql_reference(sql, function);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_wrapper *wrapper = (const struct lx_wrapper *)object;
	lx_sql_raw(sql, "CREATE ");
	write_identity(sql, object);
	if (wrapper->handler)
		write_function(sql, "HANDLER", wrapper->handler);
	if (wrapper->validator)
		write_function(sql, "VALIDATOR", wrapper->validator);
	lx_foreign_options_write(sql, NULL, &wrapper->options);
	lx_sql_end(sql);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_wrapper *from = (const struct lx_wrapper *)old, *to = (const struct lx_wrapper *)new;
	lx_sql_raw(sql, "ALTER ");
	write_identity(sql, new);
	if (changed & 1u << LX_WRAPPER_HANDLER)
		write_function(sql, "HANDLER", to->handler);
	if (changed & 1u << LX_WRAPPER_VALIDATOR)
		write_function(sql, "VALIDATOR", to->validator);
	lx_foreign_options_write(sql, &from->options, &to->options);
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_wrapper_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_GONE_STRUCTURE,
};
