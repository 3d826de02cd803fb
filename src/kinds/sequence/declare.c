/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "ir/sequence.h"
#include "kinds/column/column.h"
#include "kinds/kind.h"
#include "kinds/owner/owner.h"
#include "kinds/sequence/sequence.h"
#include "snapshot/printer.h"

struct notes { /* what @owned_by says */
	const struct lx_node *model, *column;
};

/* @owned_by(Model.column) */
static void read_owner(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object,
		       void *context)
{
	struct lx_cursor cursor;
	struct notes *notes = LX_NEW(declare->arena, struct notes);
	(void)context;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	notes->model = lx_cursor_need_name(&cursor, "the model of the column that owns the sequence");
	if (!notes->model || !lx_cursor_need_punct(&cursor, '.'))
		return;
	notes->column = lx_cursor_need_name(&cursor, "the column");
	lx_cursor_need_end(&cursor, "the column");
	if (notes->column)
		lx_declare_keep(object, notes);
}

/* sequence Name annotations */
static void declare_sequence(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	static const char *const words[] = {"owned_by", NULL};
	static const struct lx_attr_own own = {words, read_owner, NULL};
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "sequence");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the sequence");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_SEQUENCE, name, item, NULL);
	lx_attr_parse_own(declare, &cursor, object, &own);
	lx_cursor_need_end(&cursor, "a sequence");
	lx_declare_add(declare, object);
}

static const struct {
	const char *type;
	int64_t limit;
} types[] = {{"int2", INT16_MAX}, {"int4", INT32_MAX}, {"int8", INT64_MAX}};
enum { TYPES = sizeof types / sizeof types[0] };

static bool is_number(const char *text, size_t length)
{
	char *end;
	errno = 0;
	strtoll(text, &end, 10);
	return !errno && length && end == text + length;
}

/* Keys that there are, with whole numbers; cycle with true or false.  False: reported. */
static bool check_options(struct lx_declare *declare, const struct lx_object *object, const char *options)
{
	static const char *const known[] = {"start", "increment", "min", "max", "cache", "cycle"};
	enum { KNOWN = sizeof known / sizeof known[0] };
	for (const char *option = options; option; option = strstr(option, ", ") ? strstr(option, ", ") + 2 : NULL) {
		size_t length = strcspn(option, "="), i = 0, size = strcspn(option + length + 1, ",");
		const char *value = option + length + 1;
		while (i < KNOWN && (strlen(known[i]) != length || memcmp(known[i], option, length) != 0))
			i++;
		if (i == KNOWN) {
			struct lx_diag *diag = lx_report(declare->diags, LX_E0310, object->origin,
							 "a sequence has no option '%.*s'", (int)length, option);
			lx_diag_help(declare->diags, diag, "start, increment, min, max, cache or cycle");
			return false;
		}
		if (i + 1 < KNOWN ? is_number(value, size)
				  : strncmp(value, "true", 4) == 0 || strncmp(value, "false", 5) == 0)
			continue;
		lx_report(declare->diags, LX_E0310, object->origin,
			  i + 1 < KNOWN ? "%s must be a whole number" : "%s must be true or false", known[i]);
		return false;
	}
	return true;
}

static bool check_numbers(struct lx_declare *declare, const struct lx_object *object, const struct lx_counter *counter,
			  int64_t limit)
{
	const char *problem = NULL;
	if (counter->increment == 0)
		problem = "the increment cannot be 0";
	else if (counter->min < -limit - 1 || counter->max > limit)
		problem = "min and max must be in the range of the type";
	else if (counter->min >= counter->max)
		problem = "min must be less than max";
	else if (counter->start < counter->min || counter->start > counter->max)
		problem = "start must be between min and max";
	else if (counter->cache < 1)
		problem = "cache must be at least 1";
	if (problem)
		lx_report(declare->diags, LX_E0310, object->origin, "sequence '%s': %s", object->source_name, problem);
	return !problem;
}

static void resolve_owner(struct lx_declare *declare, struct lx_object *object)
{
	const struct notes *notes = lx_declare_kept(object);
	const struct lx_object *table =
	    notes ? lx_declare_lookup(declare, LX_KIND_TABLE, notes->model->text, notes->model->span) : NULL;
	struct lx_object *column =
	    table ? lx_declare_column(declare, table, notes->column->text, notes->column->span) : NULL;
	if (!column)
		return;
	struct lx_owner *owner =
	    (struct lx_owner *)lx_schema_new(declare->schema, LX_KIND_OWNER, sizeof(struct lx_owner));
	owner->base.parent = object;
	owner->base.name = owner->base.source_name = lx_schema_intern_string(declare->schema, "owner");
	owner->base.origin = notes->column->span;
	owner->column = column;
	lx_schema_add(declare->schema, &owner->base);
	const char *value = ((const struct lx_column *)column)->default_value.text;
	if (value &&
	    strstr(value, object->name)) /* the server keeps a column from losing the sequence it counts with */
		lx_vec_push(declare->schema->arena, &column->needs, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_sequence *sequence = (struct lx_sequence *)object;
	const char *written = sequence->type ? sequence->type : "int8";
	const struct lx_builtin *builtin = lx_builtin_find(written, strlen(written));
	size_t i = 0;
	resolve_owner(declare, object);
	while (i < TYPES && (!builtin || strcmp(types[i].type, builtin->name) != 0))
		i++;
	if (i == TYPES) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0301, object->origin, "a sequence cannot have type '%s'", written);
		lx_diag_help(declare->diags, diag, "int2, int4 or int8");
		return;
	}
	sequence->type = i + 1 == TYPES ? NULL : builtin->name;
	if (!check_options(declare, object, sequence->options))
		return;
	struct lx_counter counter = lx_counter_read(sequence->options, sequence->type);
	if (check_numbers(declare, object, &counter, types[i].limit))
		sequence->options = lx_schema_intern_string(
		    declare->schema, lx_counter_options(declare->arena, &counter, sequence->type));
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "sequence ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	const struct lx_owner *owner = (const struct lx_owner *)lx_object_child(object, LX_KIND_OWNER, "owner");
	if (owner) {
		lx_print_text(printer, " @owned_by(");
		lx_print_name(printer, owner->column->parent->source_name);
		lx_print_text(printer, ".");
		lx_print_name(printer, owner->column->name);
		lx_print_text(printer, ")");
	}
	lx_print_end(printer);
}

const struct lx_kind_source lx_sequence_source = {.declare = declare_sequence, .resolve = resolve, .print = print};
