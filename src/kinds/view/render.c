/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "ir/expr.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/names.h"
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
	const struct lx_view *view = (const struct lx_view *)object;
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_names(depends, view->body.text);
	LX_EACH (const struct lx_field *, column, &view->columns)
		lx_depend_on_names(depends, column->default_value.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_view *view = (struct lx_view *)copy;
	lx_follow_fields(follow, &view->columns);
	lx_follow_expr(follow, copy, &view->body, new ? &((const struct lx_view *)new)->body : NULL);
}

static void write_option(struct lx_sql *sql, const char **separator, const char *text)
{
	lx_sql_raw(sql, *separator);
	lx_sql_raw(sql, text);
	*separator = ", ";
}

static void write_storage(struct lx_sql *sql, const struct lx_view *view)
{
	if (view->access_method) {
		lx_sql_raw(sql, " USING ");
		lx_sql_name(sql, view->access_method);
	}
	if (view->storage) {
		lx_sql_raw(sql, " WITH ");
		lx_sql_options(sql, view->storage, false);
	}
	if (view->tablespace) {
		lx_sql_raw(sql, " TABLESPACE ");
		lx_sql_name(sql, view->tablespace);
	}
}

static void write_options(struct lx_sql *sql, const struct lx_view *view)
{
	const char *separator = " WITH (";
	if (view->is_materialized) {
		write_storage(sql, view);
		return;
	}
	if (view->is_security_barrier)
		write_option(sql, &separator, "security_barrier = true");
	if (view->is_security_invoker)
		write_option(sql, &separator, "security_invoker = true");
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
	if (view->is_empty)
		lx_sql_raw(sql, "\nWITH NO DATA");
	lx_sql_end(sql);
}

static void write_default(struct lx_sql *sql, const struct lx_view *view, const struct lx_field *column)
{
	lx_sql_raw(sql, "ALTER VIEW ");
	lx_sql_object(sql, &view->base);
	lx_sql_raw(sql, " ALTER COLUMN ");
	lx_sql_name(sql, column->name);
	lx_sql_raw(sql, column->default_value.text ? " SET DEFAULT " : " DROP DEFAULT");
	if (column->default_value.text)
		lx_sql_expr(sql, column->default_value.text);
	lx_sql_end(sql);
}

static void write_comment(struct lx_sql *sql, const struct lx_view *view, const struct lx_field *column)
{
	lx_sql_raw(sql, "COMMENT ON COLUMN ");
	lx_sql_object(sql, &view->base);
	lx_sql_raw(sql, ".");
	lx_sql_name(sql, column->name);
	lx_sql_raw(sql, " IS ");
	if (column->comment)
		lx_sql_literal(sql, column->comment);
	else
		lx_sql_raw(sql, "NULL");
	lx_sql_end(sql);
}

/* What the view's own statement cannot say about its columns.  OLD are those it has had before, of the same names. */
static void write_columns(struct lx_sql *sql, const struct lx_view *view, const struct lx_vec *old)
{
	LX_EACH (const struct lx_field *, column, &view->columns) {
		const struct lx_field *before = old && column_i < old->length ? old->items[column_i] : NULL;
		if (!lx_expr_equal(before ? before->default_value.text : NULL, column->default_value.text))
			write_default(sql, view, column);
		if (!lx_text_equal(before ? before->comment : NULL, column->comment))
			write_comment(sql, view, column);
	}
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_view *view = (const struct lx_view *)object;
	write_view(sql, view, "CREATE ");
	write_columns(sql, view, NULL);
}

/* A row of nulls: what pg_dump does with views in a loop, too. */
static const struct lx_object *sketch(struct lx_sql *sql, const struct lx_object *object, bool is_there)
{
	const struct lx_view *view = (const struct lx_view *)object;
	if (view->is_materialized)
		return NULL;
	struct lx_view *empty = LX_NEW(sql->arena, struct lx_view);
	struct lx_sql body = {.arena = sql->arena};
	*empty = (struct lx_view){.base = view->base};
	lx_sql_raw(&body, "SELECT");
	LX_EACH (const struct lx_field *, column, &view->columns) {
		struct lx_field *field = LX_NEW(sql->arena, struct lx_field);
		*field = (struct lx_field){.name = column->name, .type = column->type};
		lx_vec_push(sql->arena, &empty->columns, field);
		lx_sql_raw(&body, column_i ? ", CAST(NULL AS " : " CAST(NULL AS ");
		lx_sql_type(&body, &column->type);
		lx_sql_raw(&body, ")");
	}
	empty->body.text = lx_arena_string(sql->arena, lx_buffer_text(&body.text));
	lx_buffer_free(&body.text);
	write_view(sql, empty, is_there ? "CREATE OR REPLACE " : "CREATE ");
	return &empty->base;
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

static void alter_tablespace(struct lx_sql *sql, const struct lx_view *view)
{
	lx_sql_raw(sql, "ALTER ");
	write_identity(sql, &view->base);
	lx_sql_raw(sql, " SET TABLESPACE ");
	lx_sql_name(sql, view->tablespace ? view->tablespace : "pg_default");
	lx_sql_hazard(sql, LX_HAZARD_REWRITE, "copies the materialized view to the other tablespace");
	lx_sql_end(sql);
}

static void refresh(struct lx_sql *sql, const struct lx_view *view)
{
	lx_sql_raw(sql, "REFRESH ");
	write_identity(sql, &view->base);
	lx_sql_raw(sql, view->is_empty ? " WITH NO DATA" : "");
	lx_sql_end(sql);
}

static bool alter_materialized(struct lx_sql *sql, const struct lx_view *from, const struct lx_view *to,
			       uint32_t changed)
{
	const uint32_t in_place =
	    1u << LX_VIEW_STORAGE | 1u << LX_VIEW_TABLESPACE | 1u << LX_VIEW_NO_DATA | 1u << LX_VIEW_COMMENTS;
	if (changed & ~in_place || !from->is_materialized)
		return false;
	if (changed & 1u << LX_VIEW_STORAGE)
		lx_sql_alter_options(sql, &to->base, from->storage, to->storage);
	if (changed & 1u << LX_VIEW_TABLESPACE)
		alter_tablespace(sql, to);
	if (changed & 1u << LX_VIEW_NO_DATA)
		refresh(sql, to);
	write_columns(sql, to, &from->columns);
	return true;
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const uint32_t of_columns = 1u << LX_VIEW_DEFAULTS | 1u << LX_VIEW_COMMENTS;
	const struct lx_view *from = (const struct lx_view *)old, *to = (const struct lx_view *)new;
	bool is_extended = columns_extend(&from->columns, &to->columns);
	if (is_extended && from->columns.length == to->columns.length)
		changed &= ~(1u << LX_VIEW_COLUMNS); /* nullability is what the models know; the server does not */
	if (!changed)
		return true;
	if (to->is_materialized)
		return alter_materialized(sql, from, to, changed);
	if (from->is_materialized || !is_extended)
		return false;
	if (changed & ~of_columns)
		write_view(sql, to, "CREATE OR REPLACE ");
	write_columns(sql, to, &from->columns);
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
    .sketch = sketch,
    .reactions =
	LX_ON_RETYPE_STRUCTURE | LX_ON_RETYPE_TEXT | LX_ON_LIGHT_RETYPE | LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT,
};
