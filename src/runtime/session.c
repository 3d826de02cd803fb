/* The state of the session in which revisions run: the same SQL must mean the same everywhere, whatever the role, the
 * database, the environment or the revision before have set.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <string.h>

static const char *const settings[] = {
    "standard_conforming_strings = on",
    "client_encoding = 'UTF8'",
    "statement_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    "jit = off",
    "check_function_bodies = on",
    "row_security = on",
    "session_replication_role = origin",
    "DateStyle = 'ISO, MDY'",
    "IntervalStyle = postgres",
    "TimeZone = 'UTC'",
    "bytea_output = hex",
    "extra_float_digits = 1",
    "xmloption = content",
};

/* SET [LOCAL] for all of them; returns how many statements. */
static size_t add_settings(const struct lx_engine *engine, struct lx_buffer *sql, const char *set)
{
	size_t count = sizeof settings / sizeof *settings;
	for (size_t i = 0; i < count; i++) {
		/* only a superuser may set it, and for anyone else it is origin */
		if (strncmp(settings[i], "session_replication_role", 24) == 0) {
			lx_buffer_printf(sql,
					 "SELECT pg_catalog.set_config('session_replication_role', 'origin', %s) WHERE "
					 "pg_catalog.current_setting('session_replication_role') <> 'origin';\n",
					 strcmp(set, "SET LOCAL") == 0 ? "true" : "false");
			continue;
		}
		lx_buffer_printf(sql, "%s %s;\n", set, settings[i]);
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

bool lx_session_is_readable(const struct lx_engine *engine)
{
	return reports(engine, "standard_conforming_strings", "on") && reports(engine, "client_encoding", "UTF8");
}

size_t lx_session_begin(const struct lx_engine *engine, struct lx_buffer *sql)
{
	lx_buffer_string(sql, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n"
			      "RESET SESSION AUTHORIZATION;\nRESET ROLE;\nRESET ALL;\n");
	size_t count = 4 + add_settings(engine, sql, "SET LOCAL");
	/* Held to the end of the transaction, whatever the revision does to session locks.  Not to be had (the
	 * session's lock was given up before, another runner took it): the division fails and nothing runs. */
	lx_buffer_printf(
	    sql,
	    "SELECT pg_catalog.pg_current_xact_id(), 1 / CASE WHEN pg_catalog.pg_try_advisory_xact_lock(%lld) THEN 1 "
	    "ELSE 0 END;\n",
	    (long long)engine->lock_key);
	return count + 1;
}

enum lx_status lx_session_pin(struct lx_engine *engine, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_string(&sql, "RESET SESSION AUTHORIZATION;\nRESET ROLE;\nRESET ALL;\n");
	add_settings(engine, &sql, "SET");
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

static bool on_stop(void *context)
{
	const struct lx_engine *engine = context;
	return engine->options.stop && engine->options.stop(engine->options.context);
}

/* Servers before 14, and those on systems that cannot tell a dead client, refuse the setting. */
static bool can_check_client(PGconn *conn)
{
	if (PQserverVersion(conn) < 140000)
		return false;
	PGresult *result = PQexec(conn, "SET client_connection_check_interval = 1000");
	bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	return ok;
}

enum lx_status lx_session_lock(struct lx_engine *engine, struct lx_fail *fail)
{
	const char *strings = PQparameterStatus(engine->conn, "in_hot_standby");
	if (strings && strcmp(strings, "on") == 0) {
		lx_fail(fail, LX_NO_CONNECTION, "L0421", "this server is a standby: it cannot be changed");
		lx_fail_help(
		    fail, "connect to the primary; with several hosts in the URL add target_session_attrs=read-write");
		return LX_NO_CONNECTION;
	}
	PGresult *result = PQexec(engine->conn, "SET default_transaction_isolation = 'read committed'");
	PQclear(result);
	engine->has_check_interval = can_check_client(engine->conn);
	enum lx_status status = lx_pg_lock(engine->conn, engine->lock_key, engine->options.lock_wait_ms, on_stop,
					   on_wait, engine, &engine->lock_wait_ms, fail);
	engine->has_lock = status == LX_OK;
	lx_state_free(&engine->state);
	if (status == LX_OK)
		status = lx_session_pin(engine, fail);
	return status == LX_OK ? lx_engine_state(engine, &engine->state, fail) : status;
}
