/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/definition.h"

#include <string.h>

#include "base/arena.h"
#include "ir/types.h"
#include "kinds/function/settings.h"
#include "sql/parts.h"

/* An operator is written as it is; the scanner of PostgreSQL knows no other bytes in one. */
static void write_symbol(struct lx_sql *sql, const char *name)
{
	bool is_operator = *name && !name[strspn(name, "+-*/<>=~!@#%^&|`?")];
	if (is_operator && !strstr(name, "--") && !strstr(name, "/*"))
		lx_sql_raw(sql, name);
	else
		lx_sql_name(sql, name);
}

void lx_sql_operator(struct lx_sql *sql, const char *name)
{
	const char *dot = strrchr(name, '.');
	if (!dot) {
		write_symbol(sql, name);
		return;
	}
	lx_sql_raw(sql, "OPERATOR(");
	lx_sql_reference(sql, lx_arena_copy(sql->arena, name, (size_t)(dot - name)));
	lx_sql_raw(sql, ".");
	write_symbol(sql, dot + 1);
	lx_sql_raw(sql, ")");
}

static void write_word(struct lx_sql *sql, const char *value)
{
	if (!value[strspn(value, "abcdefghijklmnopqrstuvwxyz_")])
		lx_sql_raw(sql, value);
	else
		lx_sql_name(sql, value);
}

static void write_value(struct lx_sql *sql, enum lx_definition_form form, const char *value)
{
	const struct lx_type type = {.name = value, .is_raw = true};
	switch (form) {
	case LX_DEFINES_NAME:
		lx_sql_reference(sql, value);
		break;
	case LX_DEFINES_OPERATOR:
		lx_sql_operator(sql, value);
		break;
	case LX_DEFINES_TYPE:
		lx_sql_type(sql, &type);
		break;
	case LX_DEFINES_NUMBER:
		if (*value && !value[strspn(value, "0123456789")]) {
			lx_sql_raw(sql, value);
			break;
		}
		lx_sql_literal(sql, value); /* PostgreSQL will refuse it and say why */
		break;
	case LX_DEFINES_LITERAL:
		lx_sql_literal(sql, value);
		break;
	case LX_DEFINES_WORD:
		write_word(sql, value);
		break;
	case LX_DEFINES_FLAG:
	case LX_DEFINES_NOTHING:
		break;
	}
}

void lx_sql_definitions(struct lx_sql *sql, const char *options, const struct lx_definition *rows,
			const char *separator)
{
	for (; rows->key; rows++) {
		const char *value = lx_definition_value(sql, options, rows->key);
		bool is_flag = rows->form == LX_DEFINES_FLAG;
		if (!value || rows->form == LX_DEFINES_NOTHING || (is_flag && strcmp(value, "true") != 0))
			continue;
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, rows->word);
		if (is_flag)
			continue;
		lx_sql_raw(sql, " = ");
		write_value(sql, rows->form, value);
	}
}

const char *lx_definition_value(struct lx_sql *sql, const char *options, const char *key)
{
	const char *name;
	struct lx_vec values;
	while (lx_settings_next(sql->arena, &options, &name, &values)) {
		if (strcmp(name, key) == 0)
			return values.items[0];
	}
	return NULL;
}
