/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/trigger/trigger.h"

#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_trigger, field)
#define TRIGGER(object) ((const struct lx_trigger *)(object))

static bool same_timing(const struct lx_object *a, const struct lx_object *b)
{
	return TRIGGER(a)->timing == TRIGGER(b)->timing;
}

static bool same_events(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *x = &TRIGGER(a)->events, *y = &TRIGGER(b)->events;
	if (x->length != y->length)
		return false;
	for (size_t i = 0; i < x->length; i++) {
		const struct lx_trigger_event *one = x->items[i], *other = y->items[i];
		if (strcmp(one->name, other->name) != 0 || !lx_names_equal(&one->columns, &other->columns))
			return false;
	}
	return true;
}

static bool same_function(const struct lx_object *a, const struct lx_object *b)
{
	return lx_text_equal(TRIGGER(a)->function, TRIGGER(b)->function) &&
	       lx_text_equal(TRIGGER(a)->function_schema, TRIGGER(b)->function_schema);
}

static bool same_arguments(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&TRIGGER(a)->arguments, &TRIGGER(b)->arguments);
}

static bool same_from(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_object *x = TRIGGER(a)->from, *y = TRIGGER(b)->from;
	return x && y ? lx_text_equal(x->name, y->name) && lx_text_equal(x->schema, y->schema) : x == y;
}

static const struct lx_attr rows[LX_TRIGGER_ATTRS] = {
    [LX_TRIGGER_TIMING] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(timing), NULL, same_timing,
			   "before, after or instead_of."},
    [LX_TRIGGER_EVENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(events), NULL, same_events,
			   "insert, update, update(columns), delete, truncate."},
    [LX_TRIGGER_STATEMENT] = {"statement", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_statement), NULL, NULL,
			      "Runs once a statement instead of once a row."},
    [LX_TRIGGER_WHEN] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, AT(when), NULL, NULL, "Runs only where this is true."},
    [LX_TRIGGER_FUNCTION] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(function), NULL, same_function,
			     "The function that runs."},
    [LX_TRIGGER_ARGUMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(arguments), NULL, same_arguments,
			      "Texts that the function gets."},
    [LX_TRIGGER_OLD_TABLE] = {"old_table", LX_SHAPE_NAME, LX_EFFECT_REPLACE, AT(old_table), NULL, NULL,
			      "The function's name for the rows as they were."},
    [LX_TRIGGER_NEW_TABLE] = {"new_table", LX_SHAPE_NAME, LX_EFFECT_REPLACE, AT(new_table), NULL, NULL,
			      "The function's name for the rows as they are now."},
    [LX_TRIGGER_CONSTRAINT] = {"constraint", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_constraint), NULL, NULL,
			       "A constraint: it may wait for the end of the transaction."},
    [LX_TRIGGER_DEFERRABLE] = {"deferrable", LX_SHAPE_CHOICE, LX_EFFECT_REPLACE, AT(deferrable), lx_deferrable_choices,
			       NULL, "Whether a constraint may wait for the end of the transaction."},
    [LX_TRIGGER_FROM] = {"from", LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(from), NULL, same_from,
			 "The other model that a constraint is about."},
    [LX_TRIGGER_ENABLED] = {"enabled", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(enabled), lx_enabled_choices, NULL,
			    "Whether it runs: never, only on a replica, or there too."},
};

const struct lx_kind_info lx_trigger_info = {
    .words = {"trigger"},
    .form = "trigger name before|after|instead_of event, … [when `condition`] execute function(argument, …)",
    .title = "trigger",
    .size = sizeof(struct lx_trigger),
    .attrs = rows,
    .attr_count = LX_TRIGGER_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
