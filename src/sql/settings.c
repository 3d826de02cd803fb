/* Options of sequences and storage parameters: what to say in CREATE, and how to get from one set to another.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/kind.h"
#include "sql/parts.h"

struct sequence_word {
	const char *option;
	const char *words;   /* before the number */
	const char *initial; /* what ALTER says to get the default back */
};
static const struct sequence_word sequence_words[] = {
    {"start", "START WITH ", "START WITH 1"}, {"increment", "INCREMENT BY ", "INCREMENT BY 1"},
    {"min", "MINVALUE ", "NO MINVALUE"},      {"max", "MAXVALUE ", "NO MAXVALUE"},
    {"cache", "CACHE ", "CACHE 1"},           {"cycle", "CYCLE", "NO CYCLE"},
};
enum { SEQUENCE_WORDS = sizeof sequence_words / sizeof sequence_words[0] };

/* "minvalue" and "maxvalue" are accepted beside "min" and "max". */
static bool is_option(const struct sequence_word *word, const char *name)
{
	size_t length = strlen(word->option);
	return strncmp(name, word->option, length) == 0 && (!name[length] || strcmp(name + length, "value") == 0);
}

static const char *find_option(struct lx_arena *arena, const char *options, const struct sequence_word *word)
{
	const char *name, *value;
	while (lx_sql_next_option(arena, &options, &name, &value)) {
		if (is_option(word, name))
			return value;
	}
	return NULL;
}

static void write_sequence_option(struct lx_sql *sql, const struct sequence_word *word, const char *value)
{
	bool is_flag = strcmp(word->option, "cycle") == 0;
	if (is_flag) {
		lx_sql_raw(sql, strcmp(value, "false") == 0 ? word->initial : word->words);
		return;
	}
	lx_sql_raw(sql, word->words);
	size_t sign = *value == '-';
	if (value[sign] && !value[sign + strspn(value + sign, "0123456789")])
		lx_sql_raw(sql, value);
	else
		lx_sql_literal(sql, value); /* PostgreSQL will refuse it and say why */
}

void lx_sql_sequence_options(struct lx_sql *sql, const char *options, const char *old, const char *set)
{
	for (size_t i = 0; i < SEQUENCE_WORDS; i++) {
		const struct sequence_word *word = &sequence_words[i];
		const char *value = find_option(sql->arena, options, word);
		const char *before = old ? find_option(sql->arena, old, word) : NULL;
		if ((!value && !before) || (value && before && strcmp(value, before) == 0))
			continue;
		lx_sql_raw(sql, set);
		if (value)
			write_sequence_option(sql, word, value);
		else
			lx_sql_raw(sql, word->initial);
	}
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

static void alter_options(struct lx_sql *sql, const struct lx_object *object,
			  void (*identity)(struct lx_sql *sql, const struct lx_object *object), const char *old,
			  const char *new)
{
	const char *set = options_without(sql->arena, new, old, true);
	const char *reset = options_without(sql->arena, old, new, false);
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
