/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/foreign_options.h"

#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "introspect/catalog.h"
#include "kinds/names.h"
#include "snapshot/printer.h"

bool lx_foreign_options_equal(const struct lx_foreign_options *a, const struct lx_foreign_options *b)
{
	return a->is_hidden || b->is_hidden || lx_names_equal(&a->values, &b->values);
}

static int compare(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

void lx_foreign_options_sort(struct lx_arena *arena, struct lx_foreign_options *options)
{
	if (!options->is_ordered)
		lx_vec_sort(arena, &options->values, compare, NULL);
	lx_vec_sort(arena, &options->secrets, compare, NULL);
}

/* Of user mappings only what the wrappers of PostgreSQL itself document as harmless is told. */
static bool is_harmless_in_mapping(const char *name)
{
	static const char *const known[] = {"user",   "username",    "password_required",    "sslcert",
					    "sslkey", "sslrootcert", "use_scram_passthrough"};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i], name) == 0)
			return true;
	return false;
}

static bool is_secret(const char *name, bool is_mapping)
{
	static const char *const parts[] = {"passw",      "passcode", "passphrase", "secret",     "token",
					    "credential", "apikey",   "api_key",    "access_key", "private_key"};
	if (is_mapping)
		return !is_harmless_in_mapping(name);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (strcasestr(name, parts[i]))
			return true;
	return false;
}

void lx_foreign_options_read(const struct lx_row *row, int column, bool is_mapping, struct lx_foreign_options *options)
{
	struct lx_vec texts = lx_row_texts(row, column);
	struct lx_arena *arena = lx_row_arena(row);
	LX_EACH (const char *, text, &texts) {
		const char *name = lx_arena_copy(arena, text, strcspn(text, "="));
		bool is_told = !is_secret(name, is_mapping);
		lx_vec_push(arena, is_told ? &options->values : &options->secrets,
			    (void *)(uintptr_t)(is_told ? text : name));
	}
	lx_foreign_options_sort(arena, options);
}

/* 'it''s' */
static const char *quoted(struct lx_arena *arena, const char *text)
{
	char *copy = lx_arena_alloc(arena, 2 * strlen(text) + 3), *at = copy;
	*at++ = '\'';
	for (; *text; text++) {
		if (*text == '\'')
			*at++ = '\'';
		*at++ = *text;
	}
	*at++ = '\'';
	*at = 0;
	return copy;
}

static bool declare_one(struct lx_declare *declare, struct lx_cursor *cursor, bool is_secret_list,
			struct lx_foreign_options *options)
{
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of an option");
	if (!name)
		return false;
	if (is_secret_list) {
		lx_vec_push(declare->schema->arena, &options->secrets,
			    (void *)(uintptr_t)lx_declare_intern(declare, name));
		return true;
	}
	if (!lx_cursor_need_punct(cursor, ':'))
		return false;
	const struct lx_node *value = lx_cursor_take(cursor, LX_NODE_NUMBER);
	if (!value)
		value = lx_cursor_take_name(cursor);
	if (!value)
		value = lx_cursor_need(cursor, LX_NODE_STRING, "the value as 'text'");
	if (!value)
		return false;
	const char *text = value->text;
	if (options->is_ordered && value->kind != LX_NODE_NUMBER)
		text = quoted(declare->schema->arena, text);
	text = lx_arena_printf(declare->schema->arena, "%s=%s", name->text, text);
	lx_vec_push(declare->schema->arena, &options->values, (void *)(uintptr_t)text);
	return true;
}

void lx_foreign_options_declare(struct lx_declare *declare, const struct lx_node *annotation,
				struct lx_foreign_options *options)
{
	struct lx_cursor cursor;
	bool is_secret_list = strcmp(annotation->text, "secrets") == 0;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	do {
		if (!declare_one(declare, &cursor, is_secret_list, options))
			return;
	} while (lx_cursor_take_punct(&cursor, ','));
	lx_cursor_need_end(&cursor, "the options");
	lx_foreign_options_sort(declare->schema->arena, options);
}

void lx_foreign_options_print(struct lx_printer *printer, const struct lx_foreign_options *options, bool are_secrets)
{
	const struct lx_vec *list = are_secrets ? &options->secrets : &options->values;
	LX_EACH (const char *, option, list) {
		size_t length = strcspn(option, "=");
		lx_print_text(printer, option_i ? ", " : "");
		lx_print_name(printer, lx_arena_copy(printer->arena, option, length));
		if (!option[length])
			continue;
		lx_print_text(printer, ": ");
		if (options->is_ordered)
			lx_print_text(printer, option + length + 1);
		else
			lx_print_string(printer, option + length + 1);
	}
}
