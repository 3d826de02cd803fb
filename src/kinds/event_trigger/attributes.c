/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/event_trigger/event_trigger.h"

#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_event_trigger, field)
#define TRIGGER(object) ((const struct lx_event_trigger *)(object))

static bool same_event(const struct lx_object *a, const struct lx_object *b)
{
	return lx_text_equal(TRIGGER(a)->event, TRIGGER(b)->event);
}

static bool same_tags(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&TRIGGER(a)->tags, &TRIGGER(b)->tags);
}

static bool same_function(const struct lx_object *a, const struct lx_object *b)
{
	return lx_text_equal(TRIGGER(a)->function, TRIGGER(b)->function) &&
	       lx_text_equal(TRIGGER(a)->function_schema, TRIGGER(b)->function_schema);
}

static const struct lx_attr rows[LX_EVENT_TRIGGER_ATTRS] = {
    [LX_EVENT_TRIGGER_EVENT] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(event), NULL, same_event,
				"ddl_command_start, ddl_command_end, sql_drop, table_rewrite or login."},
    [LX_EVENT_TRIGGER_TAGS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(tags), NULL, same_tags,
			       "The commands it is for: 'CREATE TABLE', …"},
    [LX_EVENT_TRIGGER_FUNCTION] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(function), NULL, same_function,
				   "The function that runs."},
    [LX_EVENT_TRIGGER_ENABLED] = {"enabled", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(enabled), lx_enabled_choices, NULL,
				  "Whether it runs: never, only on a replica, or there too."},
};

const struct lx_kind_info lx_event_trigger_info = {
    .words = {"event"},
    .title = "event trigger",
    .size = sizeof(struct lx_event_trigger),
    .attrs = rows,
    .attr_count = LX_EVENT_TRIGGER_ATTRS,
    .is_database_object = true,
};
