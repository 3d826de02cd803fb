/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "check/declare.h"
#include "kinds/event_trigger/event_trigger.h"
#include "kinds/function/function.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"
#include "snapshot/printer.h"

static const char *const events[] = {"ddl_command_start", "ddl_command_end", "sql_drop",
				     "table_rewrite",     "login",           NULL};

static int compare_strings(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

/* "(" 'CREATE TABLE' { "," 'DROP TABLE' } ")": what TG_TAG may be. */
static bool read_tags(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_event_trigger *trigger)
{
	const struct lx_node *group = lx_cursor_take(cursor, LX_NODE_PAREN);
	struct lx_cursor inside;
	if (!group)
		return true;
	lx_cursor_enter(&inside, declare->diags, group);
	do {
		const struct lx_node *tag = lx_cursor_need(&inside, LX_NODE_STRING, "a command: 'CREATE TABLE'");
		if (!tag)
			return false;
		lx_vec_push(declare->schema->arena, &trigger->tags, (void *)(uintptr_t)lx_declare_intern(declare, tag));
	} while (lx_cursor_take_punct(&inside, ','));
	lx_cursor_need_end(&inside, "the commands");
	lx_vec_sort(declare->schema->arena, &trigger->tags, compare_strings, NULL);
	return !inside.has_failed;
}

/* execute [schema.]function() */
static bool read_function(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_event_trigger *trigger)
{
	if (!lx_cursor_need_word(cursor, "execute"))
		return false;
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of a function");
	if (name && lx_cursor_take_punct(cursor, '.')) {
		trigger->function_schema = lx_declare_intern(declare, name);
		name = lx_cursor_need_name(cursor, "the name of a function");
	}
	if (!name || !lx_cursor_need(cursor, LX_NODE_PAREN, "'()'"))
		return false;
	trigger->function = lx_declare_intern(declare, name);
	return true;
}

/* event trigger name ddl_command_end('CREATE TABLE') execute function() */
static void declare_event_trigger(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "event") || !lx_cursor_need_word(&cursor, "trigger"))
		return;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the event trigger");
	const struct lx_node *event = name ? lx_cursor_need_name(&cursor, "an event: ddl_command_end, …") : NULL;
	if (!event)
		return;
	struct lx_event_trigger *trigger =
	    (struct lx_event_trigger *)lx_declare_new(declare, LX_KIND_EVENT_TRIGGER, name, item, NULL);
	trigger->event = lx_member_choice(declare, event, "an event of a database", events);
	if (!trigger->event || !read_tags(declare, &cursor, trigger) || !read_function(declare, &cursor, trigger))
		return;
	lx_attr_parse(declare, &cursor, &trigger->base);
	lx_cursor_need_end(&cursor, "the event trigger");
	lx_declare_add(declare, &trigger->base);
}

static void resolve_event_trigger(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_event_trigger *trigger = (struct lx_event_trigger *)object;
	const char *schema = trigger->function_schema ? trigger->function_schema : declare->default_schema;
	struct lx_object *function =
	    lx_schema_find(declare->schema, LX_KIND_FUNCTION, NULL, schema, trigger->function, "()");
	if (!function)
		return; /* an extension's, or made by an "sql" block: the server will tell */
	trigger->function_object = function;
	trigger->function_schema = function->schema;
	const char *returns = ((const struct lx_function *)function)->returns.name;
	if (returns && strcmp(returns, "event_trigger") == 0)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0266, object->origin, "'%s' does not return event_trigger",
					 trigger->function);
	lx_diag_label(declare->diags, diag, function->origin, "declared here");
	lx_diag_help(declare->diags, diag, "write: returns event_trigger");
}

static void print_event_trigger(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_event_trigger *trigger = (const struct lx_event_trigger *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, "event trigger ");
	lx_print_name(printer, object->source_name);
	lx_print_text(printer, " ");
	lx_print_text(printer, trigger->event);
	LX_EACH (const char *, tag, &trigger->tags) {
		lx_print_text(printer, tag_i ? ", " : "(");
		lx_print_string(printer, tag);
	}
	lx_print_text(printer, trigger->tags.length ? ") execute " : " execute ");
	if (trigger->function_schema) {
		lx_print_name(printer, trigger->function_schema);
		lx_print_text(printer, ".");
	}
	lx_print_name(printer, trigger->function);
	lx_print_text(printer, "()");
	lx_print_map(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_event_trigger_source = {
    .declare = declare_event_trigger, .resolve = resolve_event_trigger, .print = print_event_trigger};
