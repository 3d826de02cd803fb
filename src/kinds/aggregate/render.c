/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/aggregate/aggregate.h"
#include "kinds/composite/composite.h"
#include "kinds/function/parts.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "sql/definition.h"
#include "sql/parts.h"

static const struct lx_definition rows[] = {
    {"sfunc", "SFUNC", LX_DEFINES_NAME},
    {"sspace", "SSPACE", LX_DEFINES_NUMBER},
    {"finalfunc", "FINALFUNC", LX_DEFINES_NAME},
    {"finalfunc_extra", "FINALFUNC_EXTRA", LX_DEFINES_FLAG},
    {"finalfunc_modify", "FINALFUNC_MODIFY", LX_DEFINES_WORD},
    {"combinefunc", "COMBINEFUNC", LX_DEFINES_NAME},
    {"serialfunc", "SERIALFUNC", LX_DEFINES_NAME},
    {"deserialfunc", "DESERIALFUNC", LX_DEFINES_NAME},
    {"initcond", "INITCOND", LX_DEFINES_LITERAL},
    {"msfunc", "MSFUNC", LX_DEFINES_NAME},
    {"minvfunc", "MINVFUNC", LX_DEFINES_NAME},
    {"mstype", "MSTYPE", LX_DEFINES_TYPE},
    {"msspace", "MSSPACE", LX_DEFINES_NUMBER},
    {"mfinalfunc", "MFINALFUNC", LX_DEFINES_NAME},
    {"mfinalfunc_extra", "MFINALFUNC_EXTRA", LX_DEFINES_FLAG},
    {"mfinalfunc_modify", "MFINALFUNC_MODIFY", LX_DEFINES_WORD},
    {"minitcond", "MINITCOND", LX_DEFINES_LITERAL},
    {"sortop", "SORTOP", LX_DEFINES_OPERATOR},
    {"parallel", "PARALLEL", LX_DEFINES_WORD},
    {"hypothetical", "HYPOTHETICAL", LX_DEFINES_FLAG},
    {NULL, NULL, LX_DEFINES_NOTHING},
};

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_vec *parameters = &((const struct lx_aggregate *)object)->parameters;
	lx_sql_raw(sql, "AGGREGATE ");
	lx_sql_object(sql, object);
	if (parameters->length)
		lx_sql_signature(sql, parameters);
	else
		lx_sql_raw(sql, "(*)");
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_aggregate *aggregate = (const struct lx_aggregate *)object;
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_type(depends, &aggregate->state);
	LX_EACH (const struct lx_field *, parameter, &aggregate->parameters)
		lx_depend_on_type(depends, &parameter->type);
	for (const struct lx_definition *row = rows; row->key; row++) {
		if (row->form == LX_DEFINES_NAME || row->form == LX_DEFINES_TYPE || row->form == LX_DEFINES_OPERATOR)
			lx_depend_on_option(depends, aggregate->options, row->key);
	}
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_aggregate *aggregate = (struct lx_aggregate *)copy;
	(void)new;
	lx_follow_fields(follow, &aggregate->parameters);
	lx_follow_type(follow, &aggregate->state);
}

/* All of them, or those of an ordered-set aggregate: (direct ORDER BY aggregated).  A variadic last one stands on both
 * sides. */
static void write_parameters(struct lx_sql *sql, const struct lx_aggregate *aggregate)
{
	const char *direct = lx_definition_value(sql, aggregate->options, "direct");
	struct lx_vec before = {0}, behind = {0};
	size_t count = direct ? strtoul(direct, NULL, 10) : 0;
	LX_EACH (struct lx_field *, field, &aggregate->parameters) {
		bool is_last = field_i + 1 == aggregate->parameters.length;
		if (field_i < count)
			lx_vec_push(sql->arena, &before, field);
		if (field_i >= count || (is_last && field_i + 1 == count))
			lx_vec_push(sql->arena, &behind, field);
	}
	lx_sql_raw(sql, "(");
	if (direct) {
		lx_sql_parameter_list(sql, &before, false);
		lx_sql_raw(sql, before.length ? " ORDER BY " : "ORDER BY ");
	}
	lx_sql_parameter_list(sql, &behind, false);
	lx_sql_raw(sql, direct || behind.length ? ")" : "*)");
}

static void write_aggregate(struct lx_sql *sql, const struct lx_aggregate *aggregate, const char *verb)
{
	lx_sql_raw(sql, verb);
	lx_sql_object(sql, &aggregate->base);
	write_parameters(sql, aggregate);
	lx_sql_raw(sql, " (\n    STYPE = ");
	lx_sql_type(sql, &aggregate->state);
	lx_sql_definitions(sql, aggregate->options, rows, ",\n    ");
	lx_sql_raw(sql, "\n)");
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write_aggregate(sql, (const struct lx_aggregate *)object, "CREATE AGGREGATE ");
}

/* What it returns and what kind it is must stay; the type that a final function returns is not known here. */
static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	static const char *const fixed[] = {"finalfunc", "direct", "hypothetical"};
	const struct lx_aggregate *from = (const struct lx_aggregate *)old, *to = (const struct lx_aggregate *)new;
	if (changed & ~(1u << LX_AGGREGATE_OPTIONS))
		return false;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		const char *was = lx_definition_value(sql, from->options, fixed[i]);
		const char *now = lx_definition_value(sql, to->options, fixed[i]);
		if (!was != !now || (was && strcmp(was, now) != 0))
			return false;
	}
	write_aggregate(sql, to, "CREATE OR REPLACE AGGREGATE ");
	return true;
}

const struct lx_kind_sql lx_aggregate_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
