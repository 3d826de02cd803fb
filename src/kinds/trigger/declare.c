/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/function/function.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/table/member.h"
#include "kinds/trigger/parse.h"
#include "kinds/trigger/trigger.h"

static bool complete_trigger(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_trigger *trigger = (struct lx_trigger *)object;
	LX_EACH (struct lx_trigger_event *, event, &trigger->events)
		if (strcmp(event->name, "update") == 0)
			return lx_member_columns(declare, object->parent, &member->columns, &event->columns);
	return true;
}

/* @from(Model): the name waits in the member until everything is declared. */
static void read_from(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object,
		      void *context)
{
	struct lx_member *member = context;
	const struct lx_node *name = annotation->items ? annotation->items->first : NULL;
	(void)object;
	if (name && !name->next && (name->kind == LX_NODE_WORD || name->kind == LX_NODE_QUOTED)) {
		member->target = name;
		return;
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0208, annotation->span, "@from has a wrong argument");
	lx_diag_help(declare->diags, diag, "write @from(Model)");
}

static void declare_trigger(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	static const char *const words[] = {"from", NULL};
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "trigger"))
		return;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the trigger");
	if (!name)
		return;
	struct lx_member *member;
	struct lx_trigger *trigger =
	    (struct lx_trigger *)lx_member_new(declare, LX_KIND_TRIGGER, name, item, parent, &member);
	member->complete = complete_trigger;
	if (!lx_trigger_parse(declare, &cursor, trigger, &member->columns)) {
		lx_member_abandon(declare, &trigger->base);
		return;
	}
	lx_attr_parse_own(declare, &cursor, &trigger->base, &(struct lx_attr_own){words, read_from, member});
	lx_cursor_need_end(&cursor, "the trigger");
}

static bool has_event(const struct lx_trigger *trigger, const char *name)
{
	LX_EACH (const struct lx_trigger_event *, event, &trigger->events)
		if (strcmp(event->name, name) == 0)
			return true;
	return false;
}

/* CreateTriggerFiringOn in src/backend/commands/trigger.c. */
static void check_timing(struct lx_declare *declare, const struct lx_trigger *trigger)
{
	bool is_view = trigger->base.parent->kind == LX_KIND_VIEW;
	struct lx_diag *diag = NULL;
	if (trigger->timing == LX_INSTEAD_OF && !is_view) {
		diag =
		    lx_report(declare->diags, LX_E0264, trigger->base.origin,
			      "instead_of triggers are for views; '%s' is a model", trigger->base.parent->source_name);
		lx_diag_help(declare->diags, diag, "write before or after");
	} else if (trigger->timing != LX_INSTEAD_OF && is_view && !trigger->is_statement) {
		diag = lx_report(declare->diags, LX_E0264, trigger->base.origin,
				 "a row trigger of a view must be instead_of");
		lx_diag_help(declare->diags, diag, "write instead_of, or add @statement");
	} else if (trigger->timing == LX_INSTEAD_OF && (trigger->is_statement || trigger->when.text)) {
		diag = lx_report(declare->diags, LX_E0264, trigger->base.origin,
				 "an instead_of trigger has neither @statement nor 'when'");
		lx_diag_help(declare->diags, diag, "remove it");
	}
	if (has_event(trigger, "truncate") && !trigger->is_statement) {
		diag = lx_report(declare->diags, LX_E0264, trigger->base.origin,
				 "a truncate trigger cannot run once a row");
		lx_diag_help(declare->diags, diag, "add @statement");
	}
}

static void check_constraint(struct lx_declare *declare, const struct lx_trigger *trigger)
{
	bool is_row_after = trigger->timing == LX_AFTER && !trigger->is_statement;
	struct lx_diag *diag = NULL;
	if (trigger->is_constraint && !is_row_after) {
		diag = lx_report(declare->diags, LX_E0264, trigger->base.origin,
				 "a constraint trigger runs after each row");
		lx_diag_help(declare->diags, diag, "write after, without @statement");
	} else if (!trigger->is_constraint && (trigger->deferrable || trigger->from)) {
		diag = lx_report(declare->diags, LX_E0264, trigger->base.origin, "only a constraint trigger has %s",
				 trigger->from ? "@from" : "@deferrable");
		lx_diag_help(declare->diags, diag, "add @constraint, or remove it");
	}
}

/* Functions may also come from PostgreSQL itself, an extension or an sql block. */
static bool may_be_elsewhere(const struct lx_declare *declare, const struct lx_trigger *trigger)
{
	static const char *const builtin[] = {"tsvector_update_trigger", "tsvector_update_trigger_column",
					      "suppress_redundant_updates_trigger"};
	for (size_t i = 0; i < sizeof builtin / sizeof builtin[0]; i++)
		if (strcmp(builtin[i], trigger->function) == 0)
			return true;
	if (lx_text_equal(trigger->function_schema, "pg_catalog"))
		return true;
	LX_EACH (const struct lx_object *, object, &declare->schema->objects)
		if (object->kind == LX_KIND_EXTENSION || object->kind == LX_KIND_STATEMENT)
			return true;
	return false;
}

static void report_unknown(struct lx_declare *declare, const struct lx_trigger *trigger)
{
	const char **names = LX_NEW_ARRAY(declare->arena, const char *, declare->schema->objects.length + 1);
	size_t count = 0;
	const struct lx_object *other = NULL;
	LX_EACH (const struct lx_object *, object, &declare->schema->objects) {
		if (object->kind != LX_KIND_FUNCTION)
			continue;
		names[count++] = object->name;
		bool is_its_schema = !trigger->function_schema || strcmp(object->schema, trigger->function_schema) == 0;
		if (is_its_schema && strcmp(object->name, trigger->function) == 0)
			other = object;
	}
	if (!other && may_be_elsewhere(declare, trigger))
		return;
	struct lx_diag *diag = lx_report(declare->diags, other ? LX_E0266 : LX_E0250, trigger->base.origin,
					 other ? "'%s' takes arguments: a trigger's function takes none"
					       : "there is no function called '%s'",
					 trigger->function);
	const char *nearest = other ? NULL : lx_nearest(trigger->function, names, count);
	if (other) {
		lx_diag_label(declare->diags, diag, other->origin, "declared here");
		lx_diag_help(declare->diags, diag, "the arguments of the trigger are in TG_ARGV");
	} else if (nearest) {
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", nearest);
	} else {
		lx_diag_help(declare->diags, diag, "declare it: function %s() returns trigger language plpgsql $$ … $$",
			     trigger->function);
	}
}

static void resolve_trigger(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_trigger *trigger = (struct lx_trigger *)object;
	const struct lx_member *member = lx_declare_kept(object);
	if (member && member->target)
		trigger->from = lx_declare_lookup(declare, LX_KIND_COUNT, member->target->text, member->target->span);
	check_timing(declare, trigger);
	check_constraint(declare, trigger);
	const char *schema = trigger->function_schema ? trigger->function_schema : declare->default_schema;
	struct lx_object *function =
	    lx_schema_find(declare->schema, LX_KIND_FUNCTION, NULL, schema, trigger->function, "()");
	if (!function && !trigger->function_schema && object->parent->schema)
		function = lx_schema_find(declare->schema, LX_KIND_FUNCTION, NULL, object->parent->schema,
					  trigger->function, "()");
	if (!function) {
		report_unknown(declare, trigger);
		return;
	}
	trigger->function_object = function;
	trigger->function_schema = function->schema;
	const struct lx_function *called = (const struct lx_function *)function;
	if (!called->is_procedure && called->returns.name && strcmp(called->returns.name, "trigger") == 0)
		return;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0266, object->origin, "'%s' does not return trigger", trigger->function);
	lx_diag_label(declare->diags, diag, function->origin, "declared here");
	lx_diag_help(declare->diags, diag, "write: returns trigger");
}

void lx_trigger_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_trigger_source = {
    .declare = declare_trigger, .resolve = resolve_trigger, .print = lx_trigger_print};
