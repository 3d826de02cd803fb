/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/event_trigger/event_trigger.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "EVENT TRIGGER ");
	lx_sql_name(sql, object->name);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on(depends, ((const struct lx_event_trigger *)object)->function_object);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_event_trigger *trigger = (struct lx_event_trigger *)copy;
	(void)new;
	trigger->function_object = lx_follow_object(follow, trigger->function_object);
	if (trigger->function_object) {
		trigger->function = trigger->function_object->name;
		trigger->function_schema = trigger->function_object->schema;
	}
}

static void write_enabled(struct lx_sql *sql, const struct lx_event_trigger *trigger)
{
	lx_sql_raw(sql, "ALTER EVENT TRIGGER ");
	lx_sql_name(sql, trigger->base.name);
	lx_sql_raw(sql, " ");
	lx_sql_enabled(sql, trigger->enabled);
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_event_trigger *trigger = (const struct lx_event_trigger *)object;
	lx_sql_raw(sql, "CREATE EVENT TRIGGER ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " ON ");
	lx_sql_name(sql, trigger->event);
	LX_EACH (const char *, tag, &trigger->tags) {
		lx_sql_raw(sql, tag_i ? ", " : "\n    WHEN TAG IN (");
		lx_sql_literal(sql, tag);
	}
	lx_sql_raw(sql, trigger->tags.length ? ")\n    EXECUTE FUNCTION " : "\n    EXECUTE FUNCTION ");
	lx_sql_qualified(sql, trigger->function_schema, trigger->function);
	lx_sql_raw(sql, "()");
	lx_sql_end(sql);
	if (trigger->enabled)
		write_enabled(sql, trigger);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)old;
	if (changed != 1u << LX_EVENT_TRIGGER_ENABLED)
		return false;
	write_enabled(sql, (const struct lx_event_trigger *)new);
	return true;
}

const struct lx_kind_sql lx_event_trigger_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_GONE_STRUCTURE,
};
