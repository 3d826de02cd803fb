/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "diff/follow.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/view/view.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	bool is_materialized = ((const struct lx_view *)object)->is_materialized;
	lx_sql_identity(sql, is_materialized ? "MATERIALIZED VIEW" : "VIEW", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_names(depends, ((const struct lx_view *)object)->body.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_view *view = (struct lx_view *)copy;
	lx_follow_fields(follow, &view->columns);
	lx_follow_expr(follow, copy, &view->body, new ? &((const struct lx_view *)new)->body : NULL);
}

static void write_flag(struct lx_sql *sql, const char **separator, const char *text)
{
	lx_sql_raw(sql, *separator);
	lx_sql_raw(sql, text);
	*separator = ", ";
}

static void write_options(struct lx_sql *sql, const struct lx_view *view)
{
	const char *separator = " WITH (";
	if (view->is_materialized && view->storage) {
		lx_sql_raw(sql, " WITH ");
		lx_sql_options(sql, view->storage, false);
		return;
	}
	if (view->is_security_barrier)
		write_flag(sql, &separator, "security_barrier = true");
	if (view->is_security_invoker)
		write_flag(sql, &separator, "security_invoker = true");
	if (*separator == ',')
		lx_sql_raw(sql, ")");
}

static void write_view(struct lx_sql *sql, const struct lx_view *view, const char *verb)
{
	lx_sql_raw(sql, verb);
	lx_sql_raw(sql, view->is_materialized ? "MATERIALIZED VIEW " : "VIEW ");
	lx_sql_object(sql, &view->base);
	if (view->columns.length) {
		lx_sql_raw(sql, " (");
		LX_EACH (const struct lx_field *, column, &view->columns) {
			if (column_i)
				lx_sql_raw(sql, ", ");
			lx_sql_name(sql, column->name);
		}
		lx_sql_raw(sql, ")");
	}
	write_options(sql, view);
	lx_sql_raw(sql, " AS\n");
	lx_sql_statements(sql, view->body.text);
	if (view->check_option) {
		lx_sql_raw(sql, "\nWITH ");
		lx_sql_choice(sql, &view->base, LX_VIEW_CHECK_OPTION, view->check_option);
		lx_sql_raw(sql, " CHECK OPTION");
	}
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write_view(sql, (const struct lx_view *)object, "CREATE ");
}

/* CREATE OR REPLACE VIEW may only append columns. */
static bool columns_extend(const struct lx_vec *old, const struct lx_vec *new)
{
	if (old->length > new->length)
		return false;
	for (size_t i = 0; i < old->length; i++) {
		const struct lx_field *from = old->items[i], *to = new->items[i];
		if (strcmp(from->name, to->name) != 0 || !lx_type_equal(&from->type, &to->type))
			return false;
	}
	return true;
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_view *from = (const struct lx_view *)old, *to = (const struct lx_view *)new;
	bool is_extended = columns_extend(&from->columns, &to->columns);
	if (is_extended && from->columns.length == to->columns.length)
		changed &= ~(1u << LX_VIEW_COLUMNS); /* nullability is what the models know; the server does not */
	if (!changed)
		return true;
	if (to->is_materialized && changed == 1u << LX_VIEW_STORAGE) {
		lx_sql_alter_options(sql, new, from->storage, to->storage);
		return true;
	}
	if (to->is_materialized || from->is_materialized || !is_extended)
		return false;
	write_view(sql, to, "CREATE OR REPLACE ");
	return true;
}

const struct lx_kind_sql lx_view_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions =
	LX_ON_RETYPE_STRUCTURE | LX_ON_RETYPE_TEXT | LX_ON_LIGHT_RETYPE | LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT,
};
