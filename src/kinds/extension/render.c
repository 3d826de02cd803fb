/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/extension/extension.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "EXTENSION", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_schema(depends, ((const struct lx_extension *)object)->in_schema);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_extension *extension = (const struct lx_extension *)object;
	lx_sql_raw(sql, "CREATE EXTENSION ");
	lx_sql_name(sql, object->name);
	if (extension->in_schema || extension->version)
		lx_sql_raw(sql, " WITH");
	if (extension->in_schema) {
		lx_sql_raw(sql, " SCHEMA ");
		lx_sql_name(sql, extension->in_schema);
	}
	if (extension->version) {
		lx_sql_raw(sql, " VERSION ");
		lx_sql_literal(sql, extension->version);
	}
	lx_sql_end(sql);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_extension *extension = (const struct lx_extension *)new;
	(void)old;
	if (changed & 1u << LX_EXTENSION_IN_SCHEMA) {
		lx_sql_raw(sql, "ALTER EXTENSION ");
		lx_sql_name(sql, new->name);
		lx_sql_raw(sql, " SET SCHEMA ");
		lx_sql_name(sql, extension->in_schema ? extension->in_schema : "public");
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_EXTENSION_VERSION && extension->version) {
		lx_sql_raw(sql, "ALTER EXTENSION ");
		lx_sql_name(sql, new->name);
		lx_sql_raw(sql, " UPDATE TO ");
		lx_sql_literal(sql, extension->version);
		if (sql->is_reverse)
			lx_sql_hazard(sql, 0, "works only if the extension brings a script for the way back");
		lx_sql_end(sql);
	}
	return true;
}

static const char *own_comment(const struct lx_object *object)
{
	return ((const struct lx_extension *)object)->own_comment;
}

const struct lx_kind_sql lx_extension_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .own_comment = own_comment,
};
