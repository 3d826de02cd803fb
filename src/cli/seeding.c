/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/seeding.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/revisions.h"
#include "ir/schema.h"
#include "pg/lock.h"
#include "plan/seed.h"

struct seeding {
	struct lx_database *database;
	struct lx_vec rows; /* struct lx_seed_row * */
	size_t inserted, updated;
};

static void warn_unknown(struct lx_cli *cli, const struct lx_schema *models)
{
	LX_EACH (const char *, environment, &cli->options.values[LX_OPTION_ENV])
		if (!lx_seed_knows(models, environment))
			lx_cli_warn(cli, "lexo.seed", "no seed has @only(%s)", environment);
}

static struct lx_vec wanted_rows(struct lx_cli *cli, const struct lx_schema *models)
{
	warn_unknown(cli, models);
	return lx_seed_rows(cli->arena, models, &cli->options.values[LX_OPTION_ENV]);
}

/* The lock of the runners, for this transaction: no migration meanwhile, and no other seeding, whose rows this one
 * would not see.  Behind a pooler a lock of the session could stay behind.  Foreign keys in a circle hold at the end
 * only. */
static enum lx_status add_begin(struct lx_cli *cli, struct lx_buffer *out)
{
	struct lx_database database = {.cli = cli};
	struct lx_engine_options options;
	int64_t key;
	enum lx_status status = lx_database_options(&database, &options);
	if (status == LX_OK && !lx_pg_lock_key(cli->config.version_schema, &key))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status != LX_OK)
		return status;
	lx_buffer_printf(out,
			 "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n"
			 "SET LOCAL standard_conforming_strings = on;\nSET LOCAL search_path = public, pg_temp;\n"
			 "SET LOCAL lock_timeout = %u;\nSELECT pg_catalog.pg_advisory_xact_lock(%lld);\n"
			 "SET CONSTRAINTS ALL DEFERRED;\n",
			 options.lock_timeout_ms, (long long)key);
	return LX_OK;
}

static void add_row(struct lx_buffer *out, const struct lx_seed_row *row)
{
	if (row->update)
		lx_buffer_printf(out, "%s;\n", row->update);
	lx_buffer_printf(out, "%s;\n", row->insert);
}

enum lx_status lx_seeding_print(struct lx_cli *cli, const struct lx_schema *models, const char *key)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	struct lx_vec rows = wanted_rows(cli, models);
	enum lx_status status = add_begin(cli, &sql);
	if (status != LX_OK)
		return status;
	LX_EACH (const struct lx_seed_row *, row, &rows) {
		lx_buffer_char(&sql, '\n');
		add_row(&sql, row);
	}
	lx_buffer_string(&sql, "\nCOMMIT;\n");
	if (!lx_buffer_ok(&sql)) {
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	} else {
		lx_cli_print_text(cli, lx_buffer_text(&sql), sql.length);
		lx_json_key_string(&cli->json, key, lx_buffer_text(&sql));
	}
	lx_buffer_free(&sql);
	return status;
}

/* --- what the server says ----------------------------------------------------------------------------------------- */

static const char *name_of(struct lx_cli *cli, const struct lx_seed_row *row)
{
	return lx_arena_printf(cli->arena, "%s.%s", row->table->schema, row->table->name);
}

/* Without the server's detail: that can be a row with all its values. */
static enum lx_status failed(struct seeding *seeding, const struct lx_seed_row *row, const PGresult *result)
{
	struct lx_cli *cli = seeding->database->cli;
	PGconn *conn = seeding->database->conn;
	const char *doing = "the transaction of the seeds failed";
	if (row)
		doing = lx_arena_printf(cli->arena, "the row of %s with %s could not be written", name_of(cli, row),
					row->key);
	bool is_locked = strcmp(lx_pg_sqlstate(result), "55P03") == 0;
	enum lx_status status = lx_pg_fail(&cli->fail, is_locked ? LX_LOCKED : LX_ROLLED_BACK,
					   is_locked ? "L0406" : "L0522", conn, result, doing);
	if (row && row->where.file) {
		uint32_t line, column;
		lx_source_place(&cli->diags, row->where.file, row->where.start, &line, &column);
		lx_fail_where(&cli->fail, "%s:%u:%u", lx_diags_source_of(&cli->diags, row->where.file)->path, line,
			      column);
	}
	if (status == LX_LOCKED)
		lx_fail_help(&cli->fail, "nothing was written; run the command again, or with a longer --lock-timeout");
	if (status == LX_ROLLED_BACK)
		lx_fail_help(&cli->fail, "nothing was written; mend the model or the data, then run the command again");
	return status;
}

static void report(struct seeding *seeding, const struct lx_seed_row *row, bool is_inserted)
{
	struct lx_cli *cli = seeding->database->cli;
	const char *table = name_of(cli, row);
	lx_cli_print(cli, "%s %s, %s\n", is_inserted ? "insert" : "update", table, row->key);
	lx_json_open_object(&cli->json);
	lx_json_key_string(&cli->json, "change", is_inserted ? "insert" : "update");
	lx_json_key_string(&cli->json, "table", table);
	lx_json_key_string(&cli->json, "key", row->key);
	lx_json_close_object(&cli->json);
	*(is_inserted ? &seeding->inserted : &seeding->updated) += 1;
}

/* The answer to one statement of ROW; RESULT is cleared. */
static enum lx_status take(struct seeding *seeding, const struct lx_seed_row *row, bool is_insert, PGresult *result)
{
	struct lx_cli *cli = seeding->database->cli;
	enum lx_status status = LX_OK;
	if (PQresultStatus(result) != PGRES_COMMAND_OK) {
		status = failed(seeding, row, result);
	} else {
		long count = strtol(PQcmdTuples(result), NULL, 10);
		if (count == 1)
			report(seeding, row, is_insert);
		else if (count > 1)
			status = lx_fail(&cli->fail, LX_ROLLED_BACK, "L0522",
					 "%s has %ld rows with %s: the key of a seed must name one", name_of(cli, row),
					 count, row->key);
	}
	PQclear(result);
	return status;
}

/* --- all rows ----------------------------------------------------------------------------------------------------- */

static PGresult *next_result(struct seeding *seeding)
{
	return lx_pg_result(seeding->database->conn, lx_database_is_stopped, seeding->database);
}

static enum lx_status simple(struct seeding *seeding, const char *sql)
{
	enum lx_status status = LX_OK;
	PGresult *result;
	if (!PQsendQuery(seeding->database->conn, sql))
		return failed(seeding, NULL, NULL);
	while ((result = next_result(seeding))) {
		bool is_good = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
		if (!is_good && status == LX_OK)
			status = failed(seeding, NULL, result);
		PQclear(result);
	}
	return status;
}

/* Rows FIRST up to END in one round trip. */
static enum lx_status send(struct seeding *seeding, size_t first, size_t end)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	enum lx_status status = LX_OK;
	PGresult *result;
	for (size_t i = first; i < end; i++)
		add_row(&sql, seeding->rows.items[i]);
	bool is_sent = lx_buffer_ok(&sql) && PQsendQuery(seeding->database->conn, lx_buffer_text(&sql));
	lx_buffer_free(&sql);
	if (!is_sent)
		return failed(seeding, NULL, NULL);
	bool is_insert = !((const struct lx_seed_row *)seeding->rows.items[first])->update;
	while ((result = next_result(seeding))) {
		if (status != LX_OK || first == end) {
			PQclear(result);
			continue;
		}
		status = take(seeding, seeding->rows.items[first], is_insert, result);
		if (is_insert && ++first < end)
			is_insert = !((const struct lx_seed_row *)seeding->rows.items[first])->update;
		else
			is_insert = true;
	}
	return status == LX_OK && first < end ? failed(seeding, seeding->rows.items[first], NULL) : status;
}

static enum lx_status write_rows(struct seeding *seeding, bool is_kept)
{
	enum { AT_ONCE = 256 }; /* a server parses all that comes at once before it begins */
	struct lx_buffer begin = LX_BUFFER_INIT;
	enum lx_status status = add_begin(seeding->database->cli, &begin);
	if (status == LX_OK)
		status = simple(seeding, lx_buffer_text(&begin));
	lx_buffer_free(&begin);
	for (size_t i = 0; status == LX_OK && i < seeding->rows.length; i += AT_ONCE)
		status = send(seeding, i, i + AT_ONCE < seeding->rows.length ? i + AT_ONCE : seeding->rows.length);
	if (status == LX_OK && !is_kept) /* what waits for the end is checked all the same */
		status = simple(seeding, "SET CONSTRAINTS ALL IMMEDIATE");
	if (status == LX_OK && is_kept)
		status = simple(seeding, "COMMIT");
	if (status != LX_OK || !is_kept)
		PQclear(PQexec(seeding->database->conn, "ROLLBACK"));
	return status;
}

static enum lx_status check_heads(struct lx_database *database, const struct lx_history *history)
{
	struct lx_cli *cli = database->cli;
	struct lx_state state = {0};
	struct lx_revision_set current = {0};
	enum lx_status status = lx_engine_state(database->engine, &state, &cli->fail);
	if (status == LX_OK)
		status = lx_engine_match(database->engine, history, &state, &current, &cli->fail);
	lx_state_free(&state);
	for (size_t i = 0; status == LX_OK && i < history->head_count; i++) {
		if (lx_database_holds(&current, history->heads[i]))
			continue;
		status = lx_fail(&cli->fail, LX_DIFFERS, "L0521", "the database is not at revision %s",
				 history->heads[i]->id);
		lx_fail_help(&cli->fail, "bring it there first: lexo upgrade heads");
	}
	return status;
}

static void summarize(struct seeding *seeding, bool is_kept)
{
	struct lx_cli *cli = seeding->database->cli;
	size_t all = seeding->rows.length, same = all - seeding->inserted - seeding->updated;
	lx_cli_print(cli, "%zu row%s: %zu inserted, %zu updated, %zu unchanged%s\n", all, all == 1 ? "" : "s",
		     seeding->inserted, seeding->updated, same, is_kept ? "" : " (nothing was written)");
	lx_json_key_integer(&cli->json, "inserted", (int64_t)seeding->inserted);
	lx_json_key_integer(&cli->json, "updated", (int64_t)seeding->updated);
	lx_json_key_integer(&cli->json, "unchanged", (int64_t)same);
}

enum lx_status lx_seeding_run(struct lx_database *database, const struct lx_history *history,
			      const struct lx_schema *models, bool is_kept, size_t *changed)
{
	struct lx_cli *cli = database->cli;
	struct seeding seeding = {.database = database, .rows = wanted_rows(cli, models)};
	enum lx_status status = check_heads(database, history);
	if (status != LX_OK)
		return status;
	lx_json_key(&cli->json, "rows");
	lx_json_open_array(&cli->json);
	status = write_rows(&seeding, is_kept);
	lx_json_close_array(&cli->json);
	if (status == LX_OK)
		summarize(&seeding, is_kept);
	*changed = seeding.inserted + seeding.updated;
	return status;
}
