/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codegen/write.h"

enum { LINE = 120, TAB = 8 };

static bool is_taken(const struct lx_c_key *key, const struct lx_c_column *column, const char *name)
{
	static const char *const fixed[] = {"db", "arena", "out", "limit", "patch", "in", "query"};
	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
		if (lx_text_is(fixed[i], name))
			return true;
	}
	LX_EACH (const struct lx_c_column *, other, &key->columns) {
		if (other != column && lx_text_is(other->field, name))
			return true;
	}
	return false;
}

const char *lx_c_parameter(struct lx_arena *arena, const struct lx_c_key *key, const struct lx_c_column *column)
{
	const char *name = column->field;
	while (is_taken(key, column, name))
		name = lx_name_join(arena, name, "_");
	return name;
}

/* Adds "TYPE NAME" and breaks the line before it when it would be too long. */
static void parameter(struct lx_c_text *text, size_t *line, const char *type, const char *separator, const char *name)
{
	size_t length = strlen(type) + strlen(separator) + strlen(name) + 2, used = text->out.length - *line;
	if (used + length > LINE - 20) { /* room for the end of the declaration */
		lx_c_print(text, ",\n\t");
		*line = text->out.length - TAB;
	} else {
		lx_c_print(text, ", ");
	}
	lx_c_print(text, "%t%t%i", type, separator, name);
}

static const char *const verbs[] = {
    [LX_C_INSERT] = "insert", [LX_C_UPDATE] = "update", [LX_C_DELETE] = "delete", [LX_C_FIND] = "find"};

void lx_c_write_signature(struct lx_c_text *text, struct lx_arena *arena, const struct lx_c_model *model,
			  enum lx_c_function function, const struct lx_c_key *key)
{
	size_t line = text->out.length;
	bool has_rows = function == LX_C_LIST || function == LX_C_FIND;
	if (verbs[function])
		lx_c_print(text, "lexo_rc %i%t(lexo_db *db", model->prefix, verbs[function]);
	else
		lx_c_print(text, "lexo_rc %i(lexo_db *db", key->function);
	for (size_t i = 0; key && i < key->columns.length; i++) {
		const struct lx_c_column *column = key->columns.items[i];
		parameter(text, &line, column->type.plain, " ", lx_c_parameter(arena, key, column));
	}
	if (function == LX_C_INSERT)
		parameter(text, &line, lx_arena_printf(arena, "const %s", model->insert), " *", "in");
	if (function == LX_C_UPDATE)
		parameter(text, &line, lx_arena_printf(arena, "const %s", model->patch), " *", "patch");
	if (function == LX_C_FIND)
		parameter(text, &line, lx_arena_printf(arena, "const %s", model->query), " *", "query");
	if (function == LX_C_LIST)
		parameter(text, &line, "uint32_t", " ", "limit");
	if (function != LX_C_DELETE) {
		parameter(text, &line, "lexo_arena", " *", "arena");
		parameter(text, &line, has_rows ? model->rows : model->type, " *", "out");
	}
	lx_c_print(text, ")");
}
