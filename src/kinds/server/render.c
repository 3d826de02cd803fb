/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/server/server.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "SERVER", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_kind(depends, LX_KIND_WRAPPER, ((const struct lx_server *)object)->wrapper);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_server *server = (const struct lx_server *)object;
	lx_sql_raw(sql, "CREATE ");
	write_identity(sql, object);
	if (server->type) {
		lx_sql_raw(sql, " TYPE ");
		lx_sql_literal(sql, server->type);
	}
	if (server->version) {
		lx_sql_raw(sql, " VERSION ");
		lx_sql_literal(sql, server->version);
	}
	lx_sql_raw(sql, " FOREIGN DATA WRAPPER ");
	lx_sql_name(sql, server->wrapper);
	lx_foreign_options_write(sql, NULL, &server->options);
	lx_sql_end(sql);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_server *from = (const struct lx_server *)old, *to = (const struct lx_server *)new;
	if (changed & (1u << LX_SERVER_WRAPPER | 1u << LX_SERVER_TYPE))
		return false;
	lx_sql_raw(sql, "ALTER ");
	write_identity(sql, new);
	if (changed & 1u << LX_SERVER_VERSION) {
		lx_sql_raw(sql, to->version ? " VERSION " : " VERSION NULL");
		if (to->version)
			lx_sql_literal(sql, to->version);
	}
	lx_foreign_options_write(sql, &from->options, &to->options);
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_server_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_GONE_STRUCTURE,
};
