/* Labels are added and renamed in place; PostgreSQL cannot take one away or move it, so then the type is replaced.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/enum/enum.h"
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
}

static bool has_label(const struct lx_enum *type, const char *label)
{
	LX_EACH (const struct lx_label_value *, value, &type->labels) {
		if (strcmp(value->label, label) == 0)
			return true;
	}
	return false;
}

/* What LABEL of OLD is called in NEW: @renamed stands in the newer models, which in a downgrade are OLD. */
static const char *new_label(const struct lx_enum *new, const struct lx_label_value *label, bool is_reverse)
{
	if (has_label(new, label->label))
		return label->label;
	if (is_reverse)
		return label->renamed_from && has_label(new, label->renamed_from) ? label->renamed_from : label->label;
	LX_EACH (const struct lx_label_value *, value, &new->labels) {
		if (value->renamed_from && strcmp(value->renamed_from, label->label) == 0)
			return value->label;
	}
	return label->label;
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_enum *type = (struct lx_enum *)copy;
	struct lx_arena *arena = lx_follow_arena(follow);
	struct lx_vec labels = {0};
	LX_EACH (const struct lx_label_value *, value, &type->labels) {
		struct lx_label_value *label = LX_NEW(arena, struct lx_label_value);
		*label = *value;
		if (new)
			label->label = new_label((const struct lx_enum *)new, value, lx_follow_is_reverse(follow));
		lx_vec_push(arena, &labels, label);
	}
	type->labels = labels;
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "CREATE TYPE ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, " AS ENUM (");
	LX_EACH (const struct lx_label_value *, value, &((const struct lx_enum *)object)->labels) {
		if (value_i)
			lx_sql_raw(sql, ", ");
		lx_sql_literal(sql, value->label);
	}
	lx_sql_raw(sql, ")");
	lx_sql_end(sql);
}

/* Whether OLD's labels are all in NEW, in the same order. */
static bool only_adds(const struct lx_enum *old, const struct lx_enum *new)
{
	size_t i = 0;
	LX_EACH (const struct lx_label_value *, value, &new->labels) {
		if (i < old->labels.length &&
		    strcmp(((const struct lx_label_value *)old->labels.items[i])->label, value->label) == 0)
			i++;
	}
	return i == old->labels.length;
}

static void add_label(struct lx_sql *sql, const struct lx_enum *new, const char *label, const char *place,
		      const char *neighbour)
{
	lx_sql_raw(sql, "ALTER TYPE ");
	lx_sql_object(sql, &new->base);
	lx_sql_raw(sql, " ADD VALUE ");
	lx_sql_literal(sql, label);
	if (place) {
		lx_sql_raw(sql, place);
		lx_sql_literal(sql, neighbour);
	}
	lx_sql_end(sql);
}

/* Each new label goes behind its predecessor, which is there by then; the first ones go before the first old label. */
static void add_labels(struct lx_sql *sql, const struct lx_enum *old, const struct lx_enum *new)
{
	const char *before = NULL;
	size_t old_i = 0;
	LX_EACH (const struct lx_label_value *, value, &new->labels) {
		const struct lx_label_value *next = old_i < old->labels.length ? old->labels.items[old_i] : NULL;
		if (next && strcmp(next->label, value->label) == 0)
			old_i++;
		else if (before)
			add_label(sql, new, value->label, next ? " AFTER " : NULL, before);
		else
			add_label(sql, new, value->label, next ? " BEFORE " : NULL, next ? next->label : NULL);
		before = value->label;
	}
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_enum *from = (const struct lx_enum *)old, *to = (const struct lx_enum *)new;
	if (!(changed & 1u << LX_ENUM_LABELS))
		return true;
	if (!only_adds(from, to))
		return false;
	add_labels(sql, from, to);
	return true;
}

static void rename_label(struct lx_sql *sql, const struct lx_object *type, const char *from, const char *to)
{
	lx_sql_raw(sql, "ALTER TYPE ");
	lx_sql_object(sql, type);
	lx_sql_raw(sql, " RENAME VALUE ");
	lx_sql_literal(sql, from);
	lx_sql_raw(sql, " TO ");
	lx_sql_literal(sql, to);
	lx_sql_end(sql);
}

/* NEW is OLD's copy after follow, so its labels stand in OLD's order.  Where labels change places, one goes through a
 * name that nobody has. */
static void rename(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new)
{
	const struct lx_enum *from = (const struct lx_enum *)old, *to = (const struct lx_enum *)new;
	if (strcmp(old->name, new->name) != 0)
		lx_sql_rename(sql, old, new);
	if (from->labels.length != to->labels.length)
		return;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < from->labels.length; i++) {
			const char *label = ((const struct lx_label_value *)from->labels.items[i])->label;
			const char *target = ((const struct lx_label_value *)to->labels.items[i])->label;
			if (strcmp(label, target) == 0)
				continue;
			bool is_taken = has_label(from, target);
			const char *spare = lx_arena_printf(sql->arena, "lexo %zu", i);
			if (pass == 0)
				rename_label(sql, new, label, is_taken ? spare : target);
			else if (is_taken)
				rename_label(sql, new, spare, target);
		}
	}
}

const struct lx_kind_sql lx_enum_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = rename,
    .is_type = true,
};
