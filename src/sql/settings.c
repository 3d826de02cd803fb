/* Options of sequences and storage parameters: what to say in CREATE, and how to get from one set to another.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "ir/sequence.h"
#include "kinds/kind.h"
#include "sql/parts.h"

/* Words of an option, and what ALTER says to get the default back. */
static void write_number(struct lx_sql *sql, const char *set, const char *words, int64_t value)
{
	lx_sql_raw(sql, set);
	lx_sql_raw(sql, words);
	lx_sql_integer(sql, value);
}

static bool is_given(struct lx_arena *arena, const char *options, const char *key)
{
	const char *name, *value;
	while (lx_sql_next_option(arena, &options, &name, &value)) {
		if (strcmp(name, key) == 0)
			return true;
	}
	return false;
}

/* A bound that is not given moves with the type and the direction. */
static void write_bound(struct lx_sql *sql, const char *set, const char *words, const char *options, const char *key,
			int64_t value)
{
	if (is_given(sql->arena, options, key)) {
		write_number(sql, set, words, value);
		return;
	}
	lx_sql_raw(sql, set);
	lx_sql_raw(sql, "NO ");
	lx_buffer_add(&sql->text, words, strlen(words) - 1);
}

void lx_sql_counter(struct lx_sql *sql, const char *options, const char *type)
{
	struct lx_counter new = lx_counter_read(options, type);
	if (is_given(sql->arena, options, "start"))
		write_number(sql, " ", "START WITH ", new.start);
	if (new.increment != 1)
		write_number(sql, " ", "INCREMENT BY ", new.increment);
	if (is_given(sql->arena, options, "min"))
		write_number(sql, " ", "MINVALUE ", new.min);
	if (is_given(sql->arena, options, "max"))
		write_number(sql, " ", "MAXVALUE ", new.max);
	if (new.cache != 1)
		write_number(sql, " ", "CACHE ", new.cache);
	if (new.is_cycle)
		lx_sql_raw(sql, " CYCLE");
}

void lx_sql_alter_counter(struct lx_sql *sql, const struct lx_counting *from, const struct lx_counting *to,
			  const char *set)
{
	struct lx_counter old = lx_counter_read(from->options, from->type);
	struct lx_counter new = lx_counter_read(to->options, to->type);
	if (old.start != new.start)
		write_number(sql, set, "START WITH ", new.start);
	if (old.increment != new.increment)
		write_number(sql, set, "INCREMENT BY ", new.increment);
	if (old.min != new.min)
		write_bound(sql, set, "MINVALUE ", to->options, "min", new.min);
	if (old.max != new.max)
		write_bound(sql, set, "MAXVALUE ", to->options, "max", new.max);
	if (old.cache != new.cache)
		write_number(sql, set, "CACHE ", new.cache);
	if (old.is_cycle != new.is_cycle) {
		lx_sql_raw(sql, set);
		lx_sql_raw(sql, new.is_cycle ? "CYCLE" : "NO CYCLE");
	}
}

void lx_sql_move_counter(struct lx_sql *sql, const char *schema, const char *name, const struct lx_counting *from,
			 const struct lx_counting *to)
{
	struct lx_counter old = lx_counter_read(from->options, from->type);
	struct lx_counter new = lx_counter_read(to->options, to->type);
	if (old.start >= new.min && old.start <= new.max)
		return;
	if (new.start < old.min || new.start > old.max) {
		lx_sql_raw(sql, "ALTER SEQUENCE ");
		lx_sql_qualified(sql, schema, name);
		write_number(sql, " ", "MINVALUE ", old.min < new.min ? old.min : new.min);
		write_number(sql, " ", "MAXVALUE ", old.max > new.max ? old.max : new.max);
		lx_sql_end(sql);
	}
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_quote_name(&text, schema);
	lx_buffer_char(&text, '.');
	lx_quote_name(&text, name);
	lx_sql_raw(sql, "SELECT pg_catalog.setval(");
	lx_sql_literal(sql, lx_buffer_text(&text));
	lx_buffer_free(&text);
	write_number(sql, ", ", "", new.start);
	lx_sql_raw(sql, ", false) FROM ");
	lx_sql_qualified(sql, schema, name);
	write_number(sql, " WHERE last_value NOT BETWEEN ", "", new.min);
	write_number(sql, " AND ", "", new.max);
	lx_sql_end(sql);
}

static bool has_option(struct lx_arena *arena, const char *options, const char *wanted, const char *wanted_value)
{
	const char *name, *value;
	while (lx_sql_next_option(arena, &options, &name, &value)) {
		if (strcmp(name, wanted) == 0)
			return !wanted_value || strcmp(value, wanted_value) == 0;
	}
	return false;
}

/* The options of FROM that are not in OTHER; with values: not with the same value. */
static const char *options_without(struct lx_arena *arena, const char *from, const char *other, bool with_values)
{
	const char *name, *value, *result = NULL;
	while (lx_sql_next_option(arena, &from, &name, &value)) {
		if (!has_option(arena, other, name, with_values ? value : NULL))
			result =
			    lx_arena_printf(arena, "%s%s%s=%s", result ? result : "", result ? ", " : "", name, value);
	}
	return result;
}

void lx_sql_options_changes(struct lx_arena *arena, const char *old, const char *new, const char **set,
			    const char **reset)
{
	*set = options_without(arena, new, old, true);
	*reset = options_without(arena, old, new, false);
}

static void alter_options(struct lx_sql *sql, const struct lx_object *object,
			  void (*identity)(struct lx_sql *sql, const struct lx_object *object), const char *old,
			  const char *new)
{
	const char *set, *reset;
	lx_sql_options_changes(sql->arena, old, new, &set, &reset);
	for (int i = 0; i < 2; i++) {
		const char *options = i ? reset : set;
		if (!options)
			continue;
		lx_sql_raw(sql, "ALTER ");
		identity(sql, object);
		lx_sql_raw(sql, i ? " RESET " : " SET ");
		lx_sql_options(sql, options, i);
		lx_sql_end(sql);
	}
}

void lx_sql_alter_options(struct lx_sql *sql, const struct lx_object *object, const char *old, const char *new)
{
	alter_options(sql, object, lx_kind_sql(object->kind)->identity, old, new);
}

static void index_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "INDEX", object);
}

void lx_sql_alter_index_options(struct lx_sql *sql, const struct lx_object *object, const char *old, const char *new)
{
	alter_options(sql, object, index_identity, old, new);
}
