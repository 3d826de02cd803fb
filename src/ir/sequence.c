/* SPDX-License-Identifier: Apache-2.0 */
#include "ir/sequence.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* The value of KEY in "a=1, b=2"; NULL: it is not there. */
static const char *find(const char *options, const char *key)
{
	size_t length = strlen(key);
	while (options) {
		if (strncmp(options, key, length) == 0 && options[length] == '=')
			return options + length + 1;
		const char *comma = strstr(options, ", ");
		options = comma ? comma + 2 : NULL;
	}
	return NULL;
}

static int64_t number(const char *options, const char *key, int64_t fallback)
{
	const char *value = find(options, key);
	return value ? strtoll(value, NULL, 10) : fallback;
}

static int64_t limit_of(const char *type)
{
	if (type && strcmp(type, "int2") == 0)
		return INT16_MAX;
	return type && strcmp(type, "int4") == 0 ? INT32_MAX : INT64_MAX;
}

struct lx_counter lx_counter_read(const char *options, const char *type)
{
	struct lx_counter counter;
	int64_t limit = limit_of(type);
	const char *cycle = find(options, "cycle");
	counter.increment = number(options, "increment", 1);
	bool is_down = counter.increment < 0;
	counter.min = number(options, "min", is_down ? -limit - 1 : 1);
	counter.max = number(options, "max", is_down ? -1 : limit);
	counter.start = number(options, "start", is_down ? counter.max : counter.min);
	counter.cache = number(options, "cache", 1);
	counter.is_cycle = cycle && strncmp(cycle, "true", 4) == 0;
	return counter;
}

static void add(struct lx_arena *arena, const char **text, const char *key, int64_t value, int64_t initial)
{
	if (value != initial)
		*text = lx_arena_printf(arena, "%s%s%s=%" PRId64, *text ? *text : "", *text ? ", " : "", key, value);
}

const char *lx_counter_options(struct lx_arena *arena, const struct lx_counter *counter, const char *type)
{
	bool is_down = counter->increment < 0;
	int64_t limit = limit_of(type);
	const char *text = NULL;
	add(arena, &text, "cache", counter->cache, 1);
	if (counter->is_cycle)
		text = lx_arena_printf(arena, "%s%scycle=true", text ? text : "", text ? ", " : "");
	add(arena, &text, "increment", counter->increment, 1);
	add(arena, &text, "max", counter->max, is_down ? -1 : limit);
	add(arena, &text, "min", counter->min, is_down ? -limit - 1 : 1);
	add(arena, &text, "start", counter->start, is_down ? counter->max : counter->min);
	return text;
}
