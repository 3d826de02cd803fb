/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/kind.h"
#include "kinds/trigger/trigger.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity_on(sql, "TRIGGER", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_trigger *trigger = (const struct lx_trigger *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on(depends, trigger->function_object);
	lx_depend_on(depends, trigger->from);
	LX_EACH (const struct lx_trigger_event *, event, &trigger->events)
		lx_depend_on_columns(depends, object->parent, &event->columns);
	lx_depend_on_names(depends, trigger->when.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_trigger *trigger = (struct lx_trigger *)copy;
	struct lx_arena *arena = lx_follow_arena(follow);
	struct lx_vec events = {0};
	LX_EACH (const struct lx_trigger_event *, old, &trigger->events) {
		struct lx_trigger_event *event = LX_NEW(arena, struct lx_trigger_event);
		*event = *old;
		lx_follow_columns(follow, copy->parent, &event->columns);
		lx_vec_push(arena, &events, event);
	}
	trigger->events = events;
	trigger->from = lx_follow_object(follow, trigger->from);
	trigger->function_object = lx_follow_object(follow, trigger->function_object);
	if (trigger->function_object) {
		trigger->function = trigger->function_object->name;
		trigger->function_schema = trigger->function_object->schema;
	}
	lx_follow_expr(follow, copy, &trigger->when, new ? &((const struct lx_trigger *)new)->when : NULL);
}

static void write_event(struct lx_sql *sql, const struct lx_trigger_event *event)
{
	lx_sql_verb(sql, event->name);
	if (event->columns.length) {
		lx_sql_raw(sql, " OF ");
		lx_sql_names(sql, &event->columns);
	}
}

static void write_events(struct lx_sql *sql, const struct lx_trigger *trigger)
{
	static const char *const timings[] = {"", " BEFORE ", " AFTER ", " INSTEAD OF "};
	lx_sql_raw(sql, timings[trigger->timing]);
	LX_EACH (const struct lx_trigger_event *, event, &trigger->events) {
		if (event_i)
			lx_sql_raw(sql, " OR ");
		write_event(sql, event);
	}
}

static void write_transition_table(struct lx_sql *sql, const char *words, const char *name)
{
	if (!name)
		return;
	lx_sql_raw(sql, words);
	lx_sql_name(sql, name);
}

static void write_rows(struct lx_sql *sql, const struct lx_trigger *trigger)
{
	if (trigger->from) {
		lx_sql_raw(sql, " FROM ");
		lx_sql_object(sql, trigger->from);
	}
	lx_sql_deferrable(sql, trigger->deferrable);
	if (trigger->old_table || trigger->new_table)
		lx_sql_raw(sql, "\n    REFERENCING");
	write_transition_table(sql, " OLD TABLE AS ", trigger->old_table);
	write_transition_table(sql, " NEW TABLE AS ", trigger->new_table);
	lx_sql_raw(sql, trigger->is_statement ? "\n    FOR EACH STATEMENT" : "\n    FOR EACH ROW");
	if (trigger->when.text) {
		lx_sql_raw(sql, " WHEN (");
		lx_sql_expr(sql, trigger->when.text);
		lx_sql_raw(sql, ")");
	}
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_trigger *trigger = (const struct lx_trigger *)object;
	lx_sql_raw(sql, trigger->is_constraint ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ");
	lx_sql_name(sql, object->name);
	write_events(sql, trigger);
	lx_sql_raw(sql, " ON ");
	lx_sql_object(sql, object);
	write_rows(sql, trigger);
	lx_sql_raw(sql, " EXECUTE FUNCTION ");
	lx_sql_qualified(sql, trigger->function_schema, trigger->function);
	lx_sql_raw(sql, "(");
	LX_EACH (const char *, argument, &trigger->arguments) {
		if (argument_i)
			lx_sql_raw(sql, ", ");
		lx_sql_literal(sql, argument);
	}
	lx_sql_raw(sql, ")");
	lx_sql_end(sql);
	if (trigger->enabled)
		lx_sql_enable(sql, object, " TRIGGER ", trigger->enabled);
}

/* CREATE OR REPLACE TRIGGER came with PostgreSQL 14 and is not for constraints. */
static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)old;
	if (changed != 1u << LX_TRIGGER_ENABLED)
		return false;
	lx_sql_enable(sql, new, " TRIGGER ", ((const struct lx_trigger *)new)->enabled);
	return true;
}

const struct lx_kind_sql lx_trigger_sql = {
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
