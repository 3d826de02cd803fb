/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/sequence/sequence.h"
#include "ir/types.h"
#include "plan/depends.h"
#include "sql/parts.h"

#include <string.h>

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "SEQUENCE", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_schema(depends, object->schema);
}

static void write_type(struct lx_sql *sql, const char *type)
{
	const struct lx_builtin *builtin = type ? lx_builtin_find(type, strlen(type)) : NULL;
	lx_sql_raw(sql, " AS ");
	if (builtin)
		lx_sql_raw(sql, builtin->sql);
	else
		lx_sql_name(sql, type ? type : "int8");
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_sequence *sequence = (const struct lx_sequence *)object;
	lx_sql_raw(sql, "CREATE SEQUENCE ");
	lx_sql_object(sql, object);
	if (sequence->type)
		write_type(sql, sequence->type);
	lx_sql_sequence_options(sql, sequence->options, NULL, " ");
	lx_sql_end(sql);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_sequence *from = (const struct lx_sequence *)old, *to = (const struct lx_sequence *)new;
	lx_sql_raw(sql, "ALTER SEQUENCE ");
	lx_sql_object(sql, new);
	if (changed & 1u << LX_SEQUENCE_TYPE)
		write_type(sql, to->type);
	lx_sql_sequence_options(sql, to->options, from->options ? from->options : "", " ");
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_sequence_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
};
