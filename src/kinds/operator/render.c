/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/operator/operator.h"
#include "plan/depends.h"
#include "sql/definition.h"
#include "sql/parts.h"

/* An operator may name its commutator and its negator before they are there. */
static const struct lx_definition rows[] = {
    {"commutator", "COMMUTATOR", LX_DEFINES_OPERATOR},
    {"negator", "NEGATOR", LX_DEFINES_OPERATOR},
    {"restrict", "RESTRICT", LX_DEFINES_NAME},
    {"join", "JOIN", LX_DEFINES_NAME},
    {"hashes", "HASHES", LX_DEFINES_FLAG},
    {"merges", "MERGES", LX_DEFINES_FLAG},
    {NULL, NULL, LX_DEFINES_NOTHING},
};
static const struct lx_definition selectivity[] = {
    {"restrict", "RESTRICT", LX_DEFINES_NAME}, {"join", "JOIN", LX_DEFINES_NAME}, {NULL, NULL, LX_DEFINES_NOTHING}};

static const struct lx_type *operand(const struct lx_operator *operator, bool is_left)
{
	const struct lx_vec *operands = &operator->operands;
	if (is_left)
		return operands->length > 1 ? &((const struct lx_field *)operands->items[0])->type : NULL;
	return operands->length ? &((const struct lx_field *)operands->items[operands->length - 1])->type : NULL;
}

static void write_name(struct lx_sql *sql, const struct lx_object *object)
{
	if (object->schema) {
		lx_sql_name(sql, object->schema);
		lx_sql_raw(sql, ".");
	}
	lx_sql_operator(sql, object->name);
}

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_operator *operator=(const struct lx_operator *) object;
	lx_sql_raw(sql, "OPERATOR ");
	write_name(sql, object);
	for (int is_left = 1; is_left >= 0; is_left--) {
		const struct lx_type *type = operand(operator, is_left);
		lx_sql_raw(sql, is_left ? " (" : ", ");
		if (type)
			lx_sql_type(sql, type);
		else
			lx_sql_raw(sql, "NONE");
	}
	lx_sql_raw(sql, ")");
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	static const char *const functions[] = {"function", "restrict", "join"};
	const struct lx_operator *operator=(const struct lx_operator *) object;
	lx_depend_on_schema(depends, object->schema);
	LX_EACH (const struct lx_field *, field, &operator->operands)
		lx_depend_on_type(depends, &field->type);
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		lx_depend_on_option(depends, operator->options, functions[i]);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	(void)new;
	lx_follow_fields(follow, &((struct lx_operator *)copy)->operands);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_operator *operator=(const struct lx_operator *) object;
	const char *function = lx_definition_value(sql, operator->options, "function");
	lx_sql_raw(sql, "CREATE OPERATOR ");
	write_name(sql, object);
	lx_sql_raw(sql, " (\n    FUNCTION = ");
	lx_sql_reference(sql, function ? function : "");
	for (int is_left = 1; is_left >= 0; is_left--) {
		const struct lx_type *type = operand(operator, is_left);
		if (!type)
			continue;
		lx_sql_raw(sql, is_left ? ",\n    LEFTARG = " : ",\n    RIGHTARG = ");
		lx_sql_type(sql, type);
	}
	lx_sql_definitions(sql, operator->options, rows, ",\n    ");
	lx_sql_raw(sql, "\n)");
	lx_sql_end(sql);
}

static bool is_same(struct lx_sql *sql, const struct lx_operator *old, const struct lx_operator *new, const char *key)
{
	const char *was = lx_definition_value(sql, old->options, key);
	const char *now = lx_definition_value(sql, new->options, key);
	return !was == !now && (!was || strcmp(was, now) == 0);
}

/* Only how it is estimated can be changed before PostgreSQL 17. */
static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	static const char *const fixed[] = {"function", "commutator", "negator", "hashes", "merges"};
	const struct lx_operator *from = (const struct lx_operator *)old, *to = (const struct lx_operator *)new;
	const char *separator = " SET (";
	(void)changed;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		if (!is_same(sql, from, to, fixed[i]))
			return false;
	}
	lx_sql_raw(sql, "ALTER ");
	write_identity(sql, new);
	for (const struct lx_definition *row = selectivity; row->key; row++) {
		const char *value = lx_definition_value(sql, to->options, row->key);
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, row->word);
		lx_sql_raw(sql, " = ");
		if (value)
			lx_sql_reference(sql, value);
		else
			lx_sql_raw(sql, "NONE");
		separator = ", ";
	}
	lx_sql_raw(sql, ")");
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_operator_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
