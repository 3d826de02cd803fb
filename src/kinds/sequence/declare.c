/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/sequence/sequence.h"
#include "snapshot/printer.h"

/* sequence Name annotations */
static void declare_sequence(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "sequence");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the sequence");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_SEQUENCE, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a sequence");
	lx_declare_add(declare, object);
}

static const struct {
	const char *type;
	long long limit;
} types[] = {{"int2", 32767}, {"int4", 2147483647}, {"int8", INT64_MAX}};

/* The number behind "key=" in the options, or FALLBACK. */
static long long number_of(struct lx_declare *declare, const struct lx_object *object, const char *options,
			   const char *key, long long fallback)
{
	size_t length = strlen(key);
	for (const char *option = options; option; option = strstr(option, ", ") ? strstr(option, ", ") + 2 : NULL) {
		if (strncmp(option, key, length) != 0 || option[length] != '=')
			continue;
		char *end;
		errno = 0;
		long long value = strtoll(option + length + 1, &end, 10);
		if (!errno && end != option + length + 1 && (!*end || *end == ','))
			return value;
		lx_report(declare->diags, LX_E0310, object->origin, "%s must be a whole number", key);
	}
	return fallback;
}

static void check_keys(struct lx_declare *declare, const struct lx_object *object, const char *options)
{
	static const char *const known[] = {"start", "increment", "min", "max", "cache", "cycle"};
	for (const char *option = options; option; option = strstr(option, ", ") ? strstr(option, ", ") + 2 : NULL) {
		size_t length = strcspn(option, "="), i = 0;
		while (i < 6 && (strlen(known[i]) != length || memcmp(known[i], option, length) != 0))
			i++;
		if (i < 6)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0310, object->origin,
						 "a sequence has no option '%.*s'", (int)length, option);
		lx_diag_help(declare->diags, diag, "start, increment, min, max, cache or cycle");
	}
}

static void check_numbers(struct lx_declare *declare, const struct lx_sequence *sequence, long long limit)
{
	const struct lx_object *object = &sequence->base;
	const char *options = sequence->options;
	long long increment = number_of(declare, object, options, "increment", 1);
	long long low = number_of(declare, object, options, "min", increment < 0 ? -limit - 1 : 1);
	long long high = number_of(declare, object, options, "max", increment < 0 ? -1 : limit);
	long long start = number_of(declare, object, options, "start", increment < 0 ? high : low);
	long long cache = number_of(declare, object, options, "cache", 1);
	const char *problem = NULL;
	if (increment == 0)
		problem = "the increment cannot be 0";
	else if (low < -limit - 1 || high > limit)
		problem = "min and max must be in the range of the type";
	else if (low >= high)
		problem = "min must be less than max";
	else if (start < low || start > high)
		problem = "start must be between min and max";
	else if (cache < 1)
		problem = "cache must be at least 1";
	if (problem)
		lx_report(declare->diags, LX_E0310, object->origin, "sequence '%s': %s", object->source_name, problem);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_sequence *sequence = (struct lx_sequence *)object;
	const char *written = sequence->type ? sequence->type : "int8";
	const struct lx_builtin *builtin = lx_builtin_find(written, strlen(written));
	size_t i = 0;
	while (i < 3 && (!builtin || strcmp(types[i].type, builtin->name) != 0))
		i++;
	if (i == 3) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0301, object->origin,
						 "a sequence cannot have type '%s'", written);
		lx_diag_help(declare->diags, diag, "int2, int4 or int8");
		return;
	}
	sequence->type = i == 2 ? NULL : builtin->name;
	check_keys(declare, object, sequence->options);
	check_numbers(declare, sequence, types[i].limit);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "sequence ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_sequence_source = {.declare = declare_sequence, .resolve = resolve, .print = print};
