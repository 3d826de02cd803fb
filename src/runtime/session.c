/* The state of the session in which revisions run: the same SQL must mean the same everywhere, whatever the role, the
 * database, the environment or the revision before have set.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PAUSE_MS = 25, LONGEST_PAUSE_MS = 1000 };

static const struct setting {
	const char *name, *value;
	int since;             /* the server's version that has it; 0: all */
	const char *only_when; /* set only when it compares so: the rest may not be set, or is the user's affair */
} settings[] = {
    {"standard_conforming_strings", "on", 0, NULL},
    {"client_encoding", "UTF8", 0, NULL},
    {"statement_timeout", "0", 0, NULL},
    {"idle_in_transaction_session_timeout", "0", 0, NULL},
    {"idle_session_timeout", "0", 140000, NULL},
    {"transaction_timeout", "0", 170000, NULL},
    {"default_transaction_isolation", "read committed", 0, NULL},
    {"default_transaction_read_only", "off", 0, NULL},
    {"default_transaction_deferrable", "off", 0, NULL},
    {"jit", "off", 0, NULL},
    {"check_function_bodies", "on", 0, NULL},
    {"row_security", "on", 0, NULL},
    {"DateStyle", "ISO, MDY", 0, NULL},
    {"IntervalStyle", "postgres", 0, NULL},
    {"TimeZone", "UTC", 0, NULL},
    {"bytea_output", "hex", 0, NULL},
    {"extra_float_digits", "1", 0, NULL},
    {"xmloption", "content", 0, NULL},
    {"array_nulls", "on", 0, NULL},
    {"transform_null_equals", "off", 0, NULL},
    {"backslash_quote", "safe_encoding", 0, NULL},
    {"quote_all_identifiers", "off", 0, NULL},
    /* what was reported as committed must be: but a stronger setting than the usual one stays */
    {"synchronous_commit", "on", 0, "= 'off'"},
    /* only a superuser may set it, and for anyone else it is origin */
    {"session_replication_role", "origin", 0, "<> 'origin'"},
};

/* Sets all of them, for the TRANSACTION only or for the session; returns how many statements that are. */
static size_t add_settings(const struct lx_engine *engine, struct lx_buffer *sql, bool is_transaction)
{
	const char *set = is_transaction ? "SET LOCAL" : "SET";
	size_t count = 0;
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		const struct setting *setting = &settings[i];
		if (PQserverVersion(engine->conn) < setting->since)
			continue;
		if (setting->only_when)
			lx_buffer_printf(sql,
					 "SELECT pg_catalog.set_config('%s', '%s', %s) WHERE "
					 "pg_catalog.current_setting('%s') %s;\n",
					 setting->name, setting->value, is_transaction ? "true" : "false",
					 setting->name, setting->only_when);
		else
			lx_buffer_printf(sql, "%s %s = '%s';\n", set, setting->name, setting->value);
		count++;
	}
	lx_buffer_printf(sql, "%s search_path = %s;\n%s lock_timeout = %u;\n", set, engine->options.search_path, set,
			 engine->options.lock_timeout_ms);
	count += 2;
	if (engine->has_check_interval) {
		lx_buffer_printf(sql, "%s client_connection_check_interval = 1000;\n", set);
		count++;
	}
	return count;
}

static bool reports(const struct lx_engine *engine, const char *name, const char *wanted)
{
	const char *value = PQparameterStatus(engine->conn, name);
	return value && strcmp(value, wanted) == 0;
}

enum lx_status lx_session_read_plainly(struct lx_engine *engine, struct lx_fail *fail)
{
	if (reports(engine, "standard_conforming_strings", "on") && reports(engine, "client_encoding", "UTF8"))
		return LX_OK;
	return lx_engine_execute(engine, "SET standard_conforming_strings = on; SET client_encoding = 'UTF8'",
				 "cannot prepare the session", fail);
}

size_t lx_session_begin(const struct lx_engine *engine, struct lx_buffer *sql)
{
	lx_buffer_string(sql, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n"
			      "RESET SESSION AUTHORIZATION;\nRESET ROLE;\nRESET ALL;\n");
	size_t count = 4 + add_settings(engine, sql, true);
	/* Held to the end of the transaction, whatever the revision does to session locks.  Not to be had (the
	 * session's lock was given up before, another runner took it): the division fails and nothing runs. */
	lx_buffer_printf(sql, "SELECT 1 / CASE WHEN pg_catalog.pg_try_advisory_xact_lock(%lld) THEN 1 ELSE 0 END;\n",
			 (long long)engine->lock_key);
	/* The head row as it was read, locked: whoever was faster made another of it, and nothing runs. */
	if (engine->state.has_tables) {
		lx_buffer_printf(sql,
				 "SELECT 1 / pg_catalog.count(*) FROM (SELECT FROM %s.head WHERE hash "
				 "OPERATOR(pg_catalog.=) '%s' FOR UPDATE NOWAIT) AS head;\n",
				 engine->schema, engine->state.hash);
		count++;
	}
	lx_buffer_string(sql, "SELECT pg_catalog.pg_current_xact_id();\n");
	return count + 2;
}

bool lx_session_was_overtaken(struct lx_engine *engine, const char *sqlstate)
{
	static const char *const states[] = {"22012", "55P03"};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(sqlstate, states[i]) == 0)
			engine->is_overtaken = true;
	return engine->is_overtaken;
}

enum lx_status lx_session_pin(struct lx_engine *engine, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_string(&sql, "RESET SESSION AUTHORIZATION;\nRESET ROLE;\nRESET ALL;\n");
	add_settings(engine, &sql, false);
	enum lx_status status =
	    lx_buffer_ok(&sql) ? lx_engine_execute(engine, lx_buffer_text(&sql), "cannot prepare the session", fail)
			       : lx_engine_no_memory(fail);
	lx_buffer_free(&sql);
	return status;
}

static void on_wait(void *context)
{
	lx_engine_emit(context, &(struct lx_event){.kind = LX_EVENT_WAITING});
}

/* Servers before 14, and those on systems that cannot tell a dead client, refuse the setting.  It is tried without
 * leaving a trace, as the session may be lent by a pooler. */
static bool can_check_client(struct lx_engine *engine)
{
	if (PQserverVersion(engine->conn) < 140000)
		return false;
	PGresult *result = PQexec(engine->conn, "BEGIN; SET LOCAL client_connection_check_interval = 1000");
	bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	lx_engine_rollback(engine);
	return ok;
}

/* A pooler tells the client another process than the one that answers. */
static enum lx_status look_for_pooler(struct lx_engine *engine, struct lx_fail *fail)
{
	PGresult *result = PQexec(engine->conn, "SELECT pg_catalog.pg_backend_pid()");
	bool is_answer = PQresultStatus(result) == PGRES_TUPLES_OK;
	enum lx_status status =
	    is_answer ? LX_OK : lx_pg_fail(fail, LX_FAILED, "L0418", engine->conn, result, "cannot ask the server");
	engine->is_pooled = is_answer && strtol(PQgetvalue(result, 0, 0), NULL, 10) != PQbackendPID(engine->conn);
	engine->never_prepares = engine->never_prepares || engine->is_pooled;
	PQclear(result);
	return status;
}

enum lx_status lx_session_keep_lock(struct lx_engine *engine, unsigned wait_ms, struct lx_fail *fail)
{
	if (engine->has_lock && lx_pg_holds_lock(engine->conn, engine->lock_key))
		return LX_OK;
	enum lx_status status = lx_pg_lock(engine->conn, engine->lock_key, wait_ms, lx_engine_is_stopped, on_wait,
					   engine, &engine->lock_wait_ms, fail);
	engine->has_lock = status == LX_OK;
	return status;
}

static enum lx_status lock_and_look(struct lx_engine *engine, struct lx_fail *fail)
{
	const char *strings = PQparameterStatus(engine->conn, "in_hot_standby");
	if (strings && strcmp(strings, "on") == 0) {
		lx_fail(fail, LX_NO_CONNECTION, "L0421", "this server is a standby: it cannot be changed");
		lx_fail_help(
		    fail, "connect to the primary; with several hosts in the URL add target_session_attrs=read-write");
		return LX_NO_CONNECTION;
	}
	enum lx_status status = look_for_pooler(engine, fail);
	if (status == LX_OK)
		engine->has_check_interval = can_check_client(engine);
	/* What a pooler lends is another's with the next statement: no lock and no setting outlives a transaction then,
	 * and the transaction's own lock and the head row decide who works. */
	if (status == LX_OK && !engine->is_pooled)
		status = lx_session_pin(engine, fail);
	if (status == LX_OK && !engine->is_pooled)
		status = lx_session_keep_lock(engine, engine->options.lock_wait_ms, fail);
	lx_state_free(&engine->state);
	return status == LX_OK ? lx_engine_state(engine, &engine->state, fail) : status;
}

static enum lx_status run_once(struct lx_engine *engine, lx_session_work *work, void *context, struct lx_fail *fail)
{
	engine->is_overtaken = false;
	enum lx_status status = lock_and_look(engine, fail);
	if (status == LX_OK && !engine->state.has_tables)
		status = lx_tables_ensure(engine, fail);
	return status == LX_OK && work ? work(context, fail) : status;
}

enum lx_status lx_session_run(struct lx_engine *engine, lx_session_work *work, void *context, struct lx_fail *fail)
{
	long deadline = lx_pg_clock_ms() + (long)engine->options.lock_wait_ms;
	for (unsigned pause = FIRST_PAUSE_MS;; pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS) {
		struct lx_fail problem = {0};
		enum lx_status status = run_once(engine, work, context, &problem);
		bool is_again = status != LX_OK && engine->is_overtaken && !lx_pg_lost(engine->conn);
		if (is_again && lx_pg_clock_ms() < deadline) {
			if (pause == FIRST_PAUSE_MS)
				on_wait(engine);
			if (lx_pg_pause(pause, lx_engine_is_stopped, engine))
				continue;
		}
		if (fail)
			*fail = problem;
		return status;
	}
}
