/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sides.h"

#include <string.h>

#include "base/arena.h"
#include "cli/database.h"
#include "cli/models.h"
#include "introspect/introspect.h"
#include "ir/schema.h"
#include "pg/connection.h"

struct side {
	const char *word;
	struct lx_schema **schema;
	PGconn *conn;
	struct lx_introspection *introspection;
};

static bool is_database(const char *word)
{
	return strstr(word, "://") != NULL || strchr(word, '=') != NULL;
}

/* Asks the server and does not wait for the answer. */
static enum lx_status start_database(struct lx_cli *cli, struct side *side, const char *conninfo)
{
	enum lx_status status = lx_pg_connect(conninfo, &side->conn, &cli->fail);
	if (status != LX_OK)
		return status;
	side->introspection = lx_introspect_send(cli->arena, side->conn, cli->config.version_schema,
						 lx_option_given(&cli->options, LX_OPTION_OWNERS), &cli->fail);
	return side->introspection ? LX_OK : cli->fail.status;
}

static enum lx_status read_offline(struct lx_cli *cli, const struct side *side)
{
	struct lx_vec path = {0};
	if (strcmp(side->word, "empty") == 0) {
		*side->schema = lx_schema_open(cli->arena);
		return LX_OK;
	}
	if (strcmp(side->word, "migrations") == 0)
		return lx_models_snapshot(cli, side->schema);
	if (strcmp(side->word, "models") == 0)
		return lx_models_compile(cli, NULL, side->schema);
	lx_vec_push(cli->arena, &path, lx_arena_string(cli->arena, side->word));
	return lx_models_compile(cli, &path, side->schema);
}

static enum lx_status finish_side(struct lx_cli *cli, const struct side *side)
{
	if (!side->introspection)
		return read_offline(cli, side);
	*side->schema = lx_introspect_read(side->introspection, &cli->fail);
	for (size_t i = 0; *side->schema && i < (*side->schema)->notes.length; i++)
		lx_cli_warn(cli, "lexo.database", "%s", (const char *)(*side->schema)->notes.items[i]);
	return *side->schema ? LX_OK : cli->fail.status;
}

enum lx_status lx_sides_read(struct lx_cli *cli, const char *const *words, struct lx_schema **schemas, size_t count)
{
	struct side sides[LX_INTROSPECTIONS_MAX] = {{0}};
	struct lx_introspection *introspections[LX_INTROSPECTIONS_MAX] = {0};
	enum lx_status status = lx_cli_config(cli);
	for (size_t i = 0; i < count && status == LX_OK; i++) {
		sides[i] = (struct side){.word = words[i], .schema = &schemas[i]};
		if (is_database(words[i]))
			status = start_database(cli, &sides[i], words[i]);
		introspections[i] = sides[i].introspection;
	}
	if (status == LX_OK)
		status = lx_introspect_wait(introspections, count, &cli->fail);
	for (size_t i = 0; i < count && status == LX_OK; i++)
		status = finish_side(cli, &sides[i]);
	for (size_t i = 0; i < count; i++)
		PQfinish(sides[i].conn);
	return status;
}

enum lx_status lx_sides_database(struct lx_cli *cli, const char *conninfo, struct lx_schema **schema)
{
	struct side side = {.schema = schema};
	bool is_default;
	enum lx_status status = lx_cli_config(cli);
	if (status == LX_OK && !conninfo)
		status = lx_database_url(cli, &conninfo, &is_default);
	if (status == LX_OK)
		status = start_database(cli, &side, conninfo);
	if (status == LX_OK)
		status = finish_side(cli, &side);
	PQfinish(side.conn);
	return status;
}

enum lx_status lx_sides_connection(struct lx_cli *cli, PGconn *conn, struct lx_schema **schema)
{
	struct lx_introspection *introspection =
	    lx_introspect_send(cli->arena, conn, cli->config.version_schema, false, &cli->fail);
	*schema = introspection ? lx_introspect_read(introspection, &cli->fail) : NULL;
	return *schema ? LX_OK : cli->fail.status;
}
