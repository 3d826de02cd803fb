/* The version tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdlib.h>
#include <string.h>

/* %s: the quoted schema */
static const char *const tables[] = {
    "CREATE SCHEMA IF NOT EXISTS %s",
    "CREATE TABLE IF NOT EXISTS %s.revision (\n"
    "  version_num text PRIMARY KEY\n)",
    "CREATE TABLE IF NOT EXISTS %s.head (\n"
    "  one boolean PRIMARY KEY DEFAULT true CHECK (one),\n"
    "  seq bigint NOT NULL,\n"
    "  hash text NOT NULL,\n"
    "  signature bigint NOT NULL DEFAULT 0\n)",
    "CREATE TABLE IF NOT EXISTS %s.history (\n"
    "  seq bigint PRIMARY KEY,\n"
    "  event text NOT NULL CHECK (event IN ('upgrade', 'downgrade', 'stamp', 'repair', 'unlock')),\n"
    "  revision text NOT NULL,\n"
    "  message text NOT NULL,\n"
    "  applied_at timestamptz NOT NULL,\n"
    "  duration_ms bigint NOT NULL,\n"
    "  lock_wait_ms bigint NOT NULL,\n"
    "  db_user text NOT NULL,\n"
    "  os_user text,\n"
    "  host text,\n"
    "  lexo_version text NOT NULL,\n"
    "  reason text,\n"
    "  raw text NOT NULL,\n"
    "  tok text NOT NULL,\n"
    "  chain text NOT NULL,\n"
    "  former_chain text,\n"
    "  upgrade_tok text NOT NULL,\n"
    "  revises text NOT NULL,\n"
    "  depends_on text NOT NULL,\n"
    "  labels text NOT NULL,\n"
    "  replaces text,\n"
    "  irreversible text,\n"
    "  downgrade_sql text,\n"
    "  statements bigint NOT NULL,\n"
    "  previous_hash text NOT NULL,\n"
    "  hash text NOT NULL\n)",
    "CREATE TABLE IF NOT EXISTS %s.step (\n"
    "  revision text NOT NULL,\n"
    "  direction text NOT NULL CHECK (direction IN ('upgrade', 'downgrade')),\n"
    "  step integer NOT NULL,\n"
    "  statement integer NOT NULL,\n"
    "  hash text NOT NULL,\n"
    "  state text NOT NULL CHECK (state IN ('intent', 'done')),\n"
    "  started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),\n"
    "  finished_at timestamptz,\n"
    "  PRIMARY KEY (revision, direction, step, statement)\n)",
    "INSERT INTO %s.head (seq, hash) VALUES (0, pg_catalog.repeat('0', 64)) ON CONFLICT DO NOTHING",
};

void lx_tables_print(struct lx_buffer *out, const char *quoted_schema)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		const char *place = strstr(tables[i], "%s");
		lx_buffer_add(out, tables[i], (size_t)(place - tables[i]));
		lx_buffer_string(out, quoted_schema);
		lx_buffer_string(out, place + 2);
		lx_buffer_string(out, ";\n");
	}
}

/* They could not be created: perhaps as another runner does, or did. */
static enum lx_status look_again(struct lx_engine *engine, enum lx_status status, const struct lx_fail *problem,
				 struct lx_fail *fail)
{
	struct lx_state state;
	lx_engine_rollback(engine);
	if (!lx_pg_lost(engine->conn) && lx_engine_state(engine, &state, NULL) == LX_OK) {
		if (state.has_tables) {
			engine->state = state;
			return LX_OK;
		}
		lx_state_free(&state);
	}
	static const char *const races[] = {"23505", "42P06", "42P07", "40P01", "XX000"};
	lx_session_was_overtaken(engine, problem->sqlstate);
	for (size_t i = 0; i < sizeof races / sizeof *races; i++)
		engine->is_overtaken |= strcmp(problem->sqlstate, races[i]) == 0;
	if (fail)
		*fail = *problem;
	return status;
}

enum lx_status lx_tables_ensure(struct lx_engine *engine, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	struct lx_fail problem = {0};
	lx_session_begin(engine, &sql);
	lx_buffer_string(&sql, "SET LOCAL client_min_messages = warning;\n");
	lx_tables_print(&sql, engine->schema);
	lx_buffer_string(&sql, "COMMIT");
	enum lx_status status = lx_buffer_ok(&sql) ? lx_engine_execute(engine, lx_buffer_text(&sql),
								       "cannot create the version tables", &problem)
						   : lx_engine_no_memory(&problem);
	lx_buffer_free(&sql);
	if (status != LX_OK)
		return look_again(engine, status, &problem, fail);
	lx_engine_emit(engine, &(struct lx_event){.kind = LX_EVENT_TABLES, .text = engine->options.version_schema});
	return lx_engine_state(engine, &engine->state, fail);
}

void lx_state_free(struct lx_state *state)
{
	for (size_t i = 0; i < state->head_count; i++)
		free(state->heads[i].id);
	free(state->heads);
	*state = (struct lx_state){0};
}

static enum lx_status take_rows(const PGresult *rows, struct lx_state *state, struct lx_fail *fail)
{
	int count = PQntuples(rows);
	state->has_tables = true;
	if (count == 0) {
		lx_fail(fail, LX_CHECKSUM, "L0422", "the version tables are damaged: the head row is gone");
		lx_fail_help(
		    fail,
		    "restore the schema from a backup, or drop it and write down the state again with: lexo stamp");
		return LX_CHECKSUM;
	}
	state->seq = strtoll(PQgetvalue(rows, 0, 0), NULL, 10);
	strncpy(state->hash, PQgetvalue(rows, 0, 1), sizeof state->hash - 1);
	state->open_steps = strtoul(PQgetvalue(rows, 0, 4), NULL, 10);
	state->signature = strtoull(PQgetvalue(rows, 0, 5), NULL, 10);
	state->heads = calloc((size_t)count, sizeof *state->heads);
	if (!state->heads)
		return lx_engine_no_memory(fail);
	for (int i = 0; i < count; i++) {
		if (PQgetisnull(rows, i, 2))
			continue;
		struct lx_applied *head = &state->heads[state->head_count];
		strncpy(head->chain, PQgetvalue(rows, i, 3), sizeof head->chain - 1);
		head->id = strdup(PQgetvalue(rows, i, 2));
		head->is_kept = *PQgetvalue(rows, i, 6) == 't';
		if (!head->id)
			return lx_engine_no_memory(fail);
		state->head_count++;
	}
	return LX_OK;
}

/* No such schema or table: this database never saw lexo. */
static bool is_absent(const PGresult *result)
{
	const char *state = lx_pg_sqlstate(result);
	return strcmp(state, "42P01") == 0 || strcmp(state, "3F000") == 0;
}

enum lx_status lx_engine_state(struct lx_engine *engine, struct lx_state *state, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	*state = (struct lx_state){0};
	lx_buffer_printf(
	    &sql,
	    /* written so that the planner, which knows nothing of such small tables, finds it cheap: no JIT */
	    "SELECT DISTINCT ON (r.version_num COLLATE \"C\") h.seq, h.hash, r.version_num, x.chain, "
	    "(SELECT pg_catalog.count(*) FROM %s.step), h.signature, x.downgrade_sql IS NOT NULL AND x.irreversible IS "
	    "NULL "
	    "FROM (SELECT seq, hash, signature FROM %s.head LIMIT 1) h LEFT JOIN %s.revision r ON true "
	    "LEFT JOIN %s.history x ON x.revision = r.version_num AND x.event <> 'downgrade' "
	    "ORDER BY r.version_num COLLATE \"C\", x.seq DESC",
	    engine->schema, engine->schema, engine->schema, engine->schema);
	PGresult *rows = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	enum lx_status status = LX_OK;
	lx_buffer_free(&sql);
	if (PQresultStatus(rows) == PGRES_TUPLES_OK)
		status = take_rows(rows, state, fail);
	else if (!is_absent(rows))
		status = lx_pg_fail(fail, LX_FAILED, "L0414", engine->conn, rows, "cannot read the version tables");
	PQclear(rows);
	if (status != LX_OK)
		lx_state_free(state);
	return status;
}

enum lx_status lx_engine_events(struct lx_engine *engine, PGresult **rows, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_printf(
	    &sql,
	    "SELECT seq, pg_catalog.to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), event, "
	    "revision, message, duration_ms, db_user, coalesce(os_user, ''), coalesce(host, ''), lexo_version, "
	    "downgrade_sql IS NOT NULL AND irreversible IS NULL, coalesce(reason, '') "
	    "FROM %s.history ORDER BY seq DESC",
	    engine->schema);
	*rows = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	lx_buffer_free(&sql);
	if (PQresultStatus(*rows) == PGRES_TUPLES_OK)
		return LX_OK;
	enum lx_status status =
	    lx_pg_fail(fail, LX_FAILED, "L0414", engine->conn, *rows, "cannot read the version tables");
	PQclear(*rows);
	*rows = NULL;
	return status;
}
