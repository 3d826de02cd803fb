/* What the other tool applied to the database of the run, as lexo's own record.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/database.h"
#include "cli/import.h"
#include "pg/connection.h"
#include "sql/emit.h"

static const char *make_query(struct lx_import *import)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_string(&sql, import->format->applied);
	if (import->table)
		lx_quote_name(&sql, import->table);
	const char *copy = lx_arena_string(import->cli->arena, lx_buffer_text(&sql));
	lx_buffer_free(&sql);
	return copy;
}

/* A version may be there twice (a change that was reworked): each row takes the next one. */
static const struct lx_import_revision *find(const struct lx_import *import, const char *version,
					     const unsigned char *is_taken, size_t *index)
{
	for (*index = 0; *index < import->revisions.length; ++*index) {
		const struct lx_import_revision *revision = import->revisions.items[*index];
		if (!is_taken[*index] && lx_import_compare(revision->version, version) == 0)
			return revision;
	}
	return NULL;
}

static enum lx_status unknown(struct lx_import *import, const char *version)
{
	struct lx_fail *fail = &import->cli->fail;
	lx_fail(fail, LX_REVISION, "L0437", "the database has version %s, which is not in %s", version, import->folder);
	lx_fail_help(fail, "import the folder that the database was made from; the revisions are written already:\n"
			   "lexo stamp REVISION records what you know to be there");
	return LX_REVISION;
}

/* All but the last one applied must be applied too: what a linear history is at is one revision. */
static enum lx_status check_gaps(struct lx_import *import, const unsigned char *is_taken, size_t last)
{
	struct lx_fail *fail = &import->cli->fail;
	for (size_t i = 0; i < last; i++) {
		const struct lx_import_revision *revision = import->revisions.items[i];
		if (is_taken[i])
			continue;
		lx_fail(fail, LX_REVISION, "L0437", "the database has %s, but not %s that comes before it",
			((const struct lx_import_revision *)import->revisions.items[last])->id, revision->id);
		lx_fail_help(fail, "bring it up to date with the other tool first; the revisions are written already:\n"
				   "lexo stamp REVISION records what you know to be there");
		return LX_REVISION;
	}
	return LX_OK;
}

static enum lx_status read_targets(struct lx_import *import, const PGresult *result, const char **targets,
				   size_t *count)
{
	size_t index, last = 0;
	unsigned char *is_taken = lx_arena_alloc(import->cli->arena, import->revisions.length + 1);
	*count = 0;
	for (int row = 0; row < PQntuples(result); row++) {
		const char *version = PQgetvalue(result, row, 0);
		const struct lx_import_revision *revision = find(import, version, is_taken, &index);
		if (!revision)
			return unknown(import, version);
		is_taken[index] = 1;
		last = index > last ? index : last;
		targets[(*count)++] = revision->id;
	}
	if (import->format->answer == LX_IMPORT_HEADS || !*count)
		return LX_OK;
	targets[0] = ((const struct lx_import_revision *)import->revisions.items[last])->id;
	*count = 1;
	return import->format->answer == LX_IMPORT_LAST ? LX_OK : check_gaps(import, is_taken, last);
}

static enum lx_status stamp(struct lx_import *import, struct lx_database *database)
{
	struct lx_cli *cli = import->cli;
	size_t count;
	PGresult *result = PQexec(database->conn, make_query(import));
	enum lx_status status = LX_OK;
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		status = lx_pg_fail(&cli->fail, LX_FAILED, "L0437", database->conn, result,
				    "asking what the other tool applied");
	const char **targets = LX_NEW_ARRAY(cli->arena, const char *, (size_t)PQntuples(result) + 1);
	if (status == LX_OK)
		status = read_targets(import, result, targets, &count);
	PQclear(result);
	if (status != LX_OK)
		return status;
	if (!count) {
		lx_cli_print(cli, "The other tool applied nothing: nothing to stamp.\n");
		return LX_OK;
	}
	status = lx_engine_stamp(database->engine, import->history, targets, count, false, &cli->fail);
	for (size_t i = 0; status == LX_OK && i < count; i++)
		lx_cli_print(cli, "The database is at %s.\n", targets[i]);
	return status;
}

enum lx_status lx_import_stamp(struct lx_import *import)
{
	struct lx_database database;
	enum lx_status status = lx_database_open(import->cli, &database);
	if (status == LX_OK)
		status = stamp(import, &database);
	lx_database_close(&database);
	return status;
}
