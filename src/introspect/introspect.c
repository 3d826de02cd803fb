/* The session: one snapshot, all queries in flight at once, then row after row to the kind it belongs to.
 * SPDX-License-Identifier: Apache-2.0 */
#include "introspect/introspect.h"

#include <poll.h>
#include <string.h>

#include "base/arena.h"
#include "introspect/private.h"
#include "kinds/kind.h"
#include "pg/connection.h"

/* Everything that changes how the server writes values is pinned, and what would make it do more for a few thousand
 * rows than read them: sort on disk, compile expressions, start processes, look for a better order of joins than the
 * one written (which is a quarter of the time that reading an empty database takes, and no gain with 3,000 tables). */
static const char *const opening[] = {
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SELECT pg_catalog.set_config(name, value, true) FROM (VALUES ('search_path', ''), ('datestyle', 'ISO'),"
    " ('intervalstyle', 'postgres'), ('extra_float_digits', '1'), ('quote_all_identifiers', 'off'),"
    " ('bytea_output', 'hex'), ('statement_timeout', '0'), ('standard_conforming_strings', 'on'), ('work_mem', '64MB'),"
    " ('jit', 'off'), ('max_parallel_workers_per_gather', '0'), ('join_collapse_limit', '1')) s(name, value)",
};
enum { OPENING = sizeof opening / sizeof *opening };

struct lx_introspection {
	struct lx_catalog catalog;
	PGconn *conn;
	bool with_owners;
	struct lx_vec sources; /* const struct lx_kind_catalog *, in the order of the queries */
	size_t next;           /* how many results have been read: of OPENING, then of the sources */
};

static bool send_query(struct lx_introspection *introspection, const char *query, const char *version_schema)
{
	static const Oid types[] = {25}; /* text */
	return PQsendQueryParams(introspection->conn, query, version_schema != NULL, types,
				 version_schema ? &version_schema : NULL, NULL, NULL, 0) == 1;
}

static bool send_source(struct lx_introspection *introspection, const struct lx_kind_catalog *source,
			const char *version_schema)
{
	struct lx_catalog *catalog = &introspection->catalog;
	if (!source->query)
		return true;
	lx_vec_push(catalog->arena, &introspection->sources, (void *)(uintptr_t)source);
	return send_query(introspection, lx_catalog_query(catalog->arena, source->query, catalog->version),
			  version_schema);
}

static bool send_all(struct lx_introspection *introspection, const char *version_schema)
{
	bool is_sent = PQenterPipelineMode(introspection->conn) == 1;
	for (size_t i = 0; is_sent && i < OPENING; i++)
		is_sent = send_query(introspection, opening[i], NULL);
	is_sent = is_sent && send_source(introspection, &lx_array_types_catalog, version_schema);
	for (int kind = 0; is_sent && kind < LX_KIND_COUNT; kind++)
		is_sent = send_source(introspection, lx_kind_catalog((enum lx_kind)kind), version_schema);
	if (is_sent && introspection->with_owners)
		is_sent = send_source(introspection, &lx_owners_catalog, version_schema);
	return is_sent && send_source(introspection, &lx_subscriptions_catalog, version_schema) &&
	       send_source(introspection, &lx_comments_catalog, version_schema) &&
	       send_source(introspection, &lx_dependencies_catalog, version_schema) &&
	       send_query(introspection, "COMMIT", NULL) && PQpipelineSync(introspection->conn) == 1 &&
	       PQflush(introspection->conn) >= 0;
}

struct lx_introspection *lx_introspect_send(struct lx_arena *arena, PGconn *conn, const char *version_schema,
					    bool with_owners, struct lx_fail *fail)
{
	struct lx_introspection *introspection = LX_NEW(arena, struct lx_introspection);
	introspection->conn = conn;
	introspection->with_owners = with_owners;
	introspection->catalog = (struct lx_catalog){.arena = arena, .version = PQserverVersion(conn) / 10000};
	introspection->catalog.schema = lx_schema_open(arena);
	introspection->catalog.schema->is_catalog = true;
	if (introspection->catalog.version < LX_OLDEST_SERVER) {
		lx_fail(fail, LX_FAILED, "L0424", "the server is PostgreSQL %d, lexo reads %d and newer",
			introspection->catalog.version, LX_OLDEST_SERVER);
		lx_fail_help(fail, "PostgreSQL before %d has reached its end of life: upgrade the server",
			     LX_OLDEST_SERVER);
		return NULL;
	}
	if (introspection->catalog.version > LX_NEWEST_SERVER)
		lx_catalog_note(&introspection->catalog,
				"PostgreSQL %d is newer than this lexo: what came after %d is not read",
				introspection->catalog.version, LX_NEWEST_SERVER);
	if (!send_all(introspection, version_schema)) {
		lx_pg_fail(fail, LX_NO_CONNECTION, "L0415", conn, NULL, "reading the catalog");
		return NULL;
	}
	return introspection;
}

/* --- reading ---------------------------------------------------------------------------------------------------------
 */

static void read_rows(struct lx_introspection *introspection, const PGresult *result,
		      const struct lx_kind_catalog *source)
{
	struct lx_row row = {.catalog = &introspection->catalog, .result = result};
	for (int count = PQntuples(result); row.number < count; row.number++)
		source->read(&introspection->catalog, &row);
}

/* The next query's result; SOURCE NULL: of no interest. */
static enum lx_status read_result(struct lx_introspection *introspection, const struct lx_kind_catalog *source,
				  struct lx_fail *fail)
{
	PGresult *result = PQgetResult(introspection->conn);
	ExecStatusType status = PQresultStatus(result);
	enum lx_status outcome = LX_OK;
	if (status == PGRES_TUPLES_OK && source)
		read_rows(introspection, result, source);
	else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_PIPELINE_ABORTED)
		outcome = lx_pg_fail(fail, LX_FAILED, "L0425", introspection->conn, result, "reading the catalog");
	PQclear(result);
	while (!lx_pg_lost(introspection->conn) && (result = PQgetResult(introspection->conn)) != NULL)
		PQclear(result); /* the NULL that ends each query's results */
	return outcome;
}

/* Reads up to the end of the pipeline and leaves it. */
static void leave(struct lx_introspection *introspection)
{
	PGconn *conn = introspection->conn;
	for (int nulls = 0; nulls < 2 && !lx_pg_lost(conn);) {
		PGresult *result = PQgetResult(conn);
		bool is_end = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		nulls = result ? 0 : nulls + 1;
		PQclear(result);
		if (is_end)
			break;
	}
	PQexitPipelineMode(conn);
	if (PQtransactionStatus(conn) != PQTRANS_IDLE)
		PQclear(PQexec(conn, "ROLLBACK"));
}

static void finish(struct lx_catalog *catalog)
{
	lx_catalog_resolve_types(catalog);
	for (int kind = 0; kind < LX_KIND_COUNT; kind++) {
		const struct lx_kind_catalog *source = lx_kind_catalog((enum lx_kind)kind);
		if (source->finish)
			source->finish(catalog);
	}
	lx_catalog_name_sources(catalog);
}

static bool is_read(const struct lx_introspection *introspection)
{
	return introspection->next == OPENING + introspection->sources.length;
}

/* Reads what has come, without waiting for more. */
static enum lx_status read_ready(struct lx_introspection *introspection, struct lx_fail *fail)
{
	bool is_alive = PQconsumeInput(introspection->conn) == 1;
	enum lx_status status = LX_OK;
	while (status == LX_OK && !is_read(introspection) && (!is_alive || !PQisBusy(introspection->conn))) {
		size_t number = introspection->next++;
		status = read_result(introspection,
				     number < OPENING ? NULL : introspection->sources.items[number - OPENING], fail);
	}
	return status;
}

/* Until something has come on one of the connections that have not sent everything. */
static void wait_for_any(struct lx_introspection *const *introspections, size_t count)
{
	struct pollfd sockets[LX_INTROSPECTIONS_MAX];
	for (size_t i = 0; i < count; i++) { /* poll() overlooks those below 0 */
		bool is_open = introspections[i] && !is_read(introspections[i]);
		sockets[i] = (struct pollfd){is_open ? PQsocket(introspections[i]->conn) : -1, POLLIN, 0};
	}
	(void)poll(sockets, (nfds_t)count, -1); /* a signal: nothing has come, and it is asked again */
}

enum lx_status lx_introspect_wait(struct lx_introspection *const *introspections, size_t count, struct lx_fail *fail)
{
	enum lx_status status = LX_OK;
	for (;;) {
		bool is_complete = true;
		for (size_t i = 0; i < count && status == LX_OK; i++) {
			if (!introspections[i] || is_read(introspections[i]))
				continue;
			status = read_ready(introspections[i], fail);
			is_complete = is_complete && is_read(introspections[i]);
		}
		if (status != LX_OK || is_complete)
			return status;
		wait_for_any(introspections, count);
	}
}

struct lx_schema *lx_introspect_read(struct lx_introspection *introspection, struct lx_fail *fail)
{
	enum lx_status status = lx_introspect_wait(&introspection, 1, fail);
	leave(introspection);
	if (status != LX_OK)
		return NULL;
	finish(&introspection->catalog);
	if (introspection->catalog.refusal) {
		lx_fail(fail, LX_FAILED, "L0441", "%s", introspection->catalog.refusal);
		return NULL;
	}
	return introspection->catalog.schema;
}
