/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "diff/follow.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "TYPE", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_schema(depends, object->schema);
	LX_EACH (const struct lx_field *, field, &((const struct lx_composite *)object)->fields) {
		lx_depend_on_type(depends, &field->type);
		lx_depend_on_names(depends, field->collation);
	}
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	(void)new;
	lx_follow_fields(follow, &((struct lx_composite *)copy)->fields);
}

static void write_field(struct lx_sql *sql, const struct lx_field *field)
{
	lx_sql_name(sql, field->name);
	lx_sql_raw(sql, " ");
	lx_sql_type(sql, &field->type);
	if (field->collation) {
		lx_sql_raw(sql, " COLLATE ");
		lx_sql_reference(sql, field->collation);
	}
}

static const struct lx_field *find_field(const struct lx_vec *fields, const char *name)
{
	LX_EACH (const struct lx_field *, field, fields) {
		if (strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* OLD NULL: nothing has been said yet. */
static void write_field_comments(struct lx_sql *sql, const struct lx_vec *old, const struct lx_object *type)
{
	LX_EACH (const struct lx_field *, field, &((const struct lx_composite *)type)->fields) {
		const struct lx_field *was = old ? find_field(old, field->name) : NULL;
		if (is_same_text(field->comment, was ? was->comment : NULL))
			continue;
		lx_sql_raw(sql, "COMMENT ON COLUMN ");
		lx_sql_object(sql, type);
		lx_sql_raw(sql, ".");
		lx_sql_name(sql, field->name);
		lx_sql_raw(sql, " IS ");
		if (field->comment)
			lx_sql_literal(sql, field->comment);
		else
			lx_sql_raw(sql, "NULL");
		lx_sql_end(sql);
	}
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "CREATE TYPE ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, " AS (");
	LX_EACH (const struct lx_field *, field, &((const struct lx_composite *)object)->fields) {
		lx_sql_raw(sql, field_i ? ",\n    " : "\n    ");
		write_field(sql, field);
	}
	lx_sql_raw(sql, "\n)");
	lx_sql_end(sql);
	write_field_comments(sql, NULL, object);
}

/* Fields are dropped and appended in place; other types or another order need a new type. */
static bool can_alter(const struct lx_vec *old, const struct lx_vec *new)
{
	size_t kept = 0;
	LX_EACH (const struct lx_field *, field, old) {
		const struct lx_field *now = find_field(new, field->name);
		if (!now)
			continue;
		if (kept >= new->length || new->items[kept] != now || !lx_type_equal(&field->type, &now->type) ||
		    !is_same_text(field->collation, now->collation))
			return false;
		kept++;
	}
	return kept > 0 || !old->length;
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_vec *from = &((const struct lx_composite *)old)->fields;
	const struct lx_vec *to = &((const struct lx_composite *)new)->fields;
	(void)changed;
	if (!can_alter(from, to))
		return false;
	LX_EACH (const struct lx_field *, dropped, from) {
		if (find_field(to, dropped->name))
			continue;
		lx_sql_raw(sql, "ALTER TYPE ");
		lx_sql_object(sql, new);
		lx_sql_raw(sql, " DROP ATTRIBUTE ");
		lx_sql_name(sql, dropped->name);
		lx_sql_hazard(sql, LX_HAZARD_DATA_LOSS, "drops the field and what is in it");
		lx_sql_end(sql);
	}
	LX_EACH (const struct lx_field *, added, to) {
		if (find_field(from, added->name))
			continue;
		lx_sql_raw(sql, "ALTER TYPE ");
		lx_sql_object(sql, new);
		lx_sql_raw(sql, " ADD ATTRIBUTE ");
		write_field(sql, added);
		lx_sql_end(sql);
	}
	write_field_comments(sql, from, new);
	return true;
}

const struct lx_kind_sql lx_composite_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .is_type = true,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
