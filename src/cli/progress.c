/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "pg/lock.h"

enum { EVERY_MS = 2000, KEYWORDS = 64 };

/* PostgreSQL docs, 28.4 (27.4 before 16): the views that tell of statements a migration may hold. */
static const char question[] =
    "SELECT pg_catalog.format('%s%s%s', phase, ', ' || percent || ' %', ', behind process ' || behind) FROM ("
    "SELECT phase, CASE WHEN blocks_total > 0 THEN 100 * blocks_done / blocks_total WHEN tuples_total > 0 "
    "THEN 100 * tuples_done / tuples_total END AS percent, NULLIF(current_locker_pid, 0) AS behind "
    "FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1 UNION ALL "
    "SELECT 'vacuum: ' || phase, CASE WHEN heap_blks_total > 0 THEN 100 * heap_blks_scanned / heap_blks_total END, "
    "NULL "
    "FROM pg_catalog.pg_stat_progress_vacuum WHERE pid = $1 UNION ALL "
    "SELECT pg_catalog.lower(command) || ': ' || phase, CASE WHEN heap_blks_total > 0 THEN 100 * heap_blks_scanned / "
    "heap_blks_total END, NULL FROM pg_catalog.pg_stat_progress_cluster WHERE pid = $1) AS progress LIMIT 1";

static void give_up(struct lx_progress *progress)
{
	PQfinish(progress->conn);
	progress->conn = NULL;
	progress->state = LX_PROGRESS_NONE;
}

/* The same server, database and role as WATCHED has. */
static void start(struct lx_progress *progress, PGconn *watched)
{
	PQconninfoOption *options = PQconninfo(watched);
	const char *keys[KEYWORDS + 1] = {0}, *values[KEYWORDS + 1] = {0};
	size_t count = 0;
	for (PQconninfoOption *option = options; option && option->keyword && count < KEYWORDS; option++) {
		if (!option->val || strcmp(option->keyword, "application_name") == 0)
			continue;
		keys[count] = option->keyword;
		values[count++] = option->val;
	}
	if (count < KEYWORDS) {
		keys[count] = "application_name";
		values[count] = "lexo progress";
	}
	progress->conn = options ? PQconnectStartParams(keys, values, 0) : NULL;
	PQconninfoFree(options);
	progress->state = LX_PROGRESS_CONNECTING;
	progress->wants_write = true;
	if (!progress->conn || PQstatus(progress->conn) == CONNECTION_BAD)
		give_up(progress);
}

static void go_on_connecting(struct lx_progress *progress)
{
	struct pollfd ready = {.fd = PQsocket(progress->conn), .events = progress->wants_write ? POLLOUT : POLLIN};
	if (ready.fd >= 0 && poll(&ready, 1, 0) <= 0)
		return;
	switch (PQconnectPoll(progress->conn)) {
	case PGRES_POLLING_READING:
		progress->wants_write = false;
		break;
	case PGRES_POLLING_WRITING:
		progress->wants_write = true;
		break;
	case PGRES_POLLING_OK:
		progress->state = LX_PROGRESS_OPEN;
		break;
	default:
		give_up(progress);
	}
}

static void ask(struct lx_progress *progress, PGconn *watched)
{
	char pid[16];
	const char *values[] = {pid};
	snprintf(pid, sizeof pid, "%d", PQbackendPID(watched));
	if (PQsendQueryParams(progress->conn, question, 1, NULL, values, NULL, NULL, 0))
		progress->state = LX_PROGRESS_ASKED;
	else
		give_up(progress);
}

/* True: the answer is new. */
static bool take_answer(struct lx_progress *progress)
{
	if (!PQconsumeInput(progress->conn)) {
		give_up(progress);
		return false;
	}
	bool is_new = false, is_refused = false;
	while (progress->state == LX_PROGRESS_ASKED && !PQisBusy(progress->conn)) {
		PGresult *result = PQgetResult(progress->conn);
		if (!result) {
			progress->state = LX_PROGRESS_OPEN;
		} else if (PQresultStatus(result) != PGRES_TUPLES_OK) {
			is_refused = true;
		} else if (PQntuples(result) == 1 && strcmp(progress->text, PQgetvalue(result, 0, 0)) != 0) {
			snprintf(progress->text, sizeof progress->text, "%s", PQgetvalue(result, 0, 0));
			is_new = true;
		}
		PQclear(result);
	}
	if (is_refused)
		give_up(progress);
	return is_new;
}

void lx_progress_begin(struct lx_progress *progress)
{
	progress->next_ms = lx_pg_clock_ms() + EVERY_MS;
	progress->text[0] = 0;
}

bool lx_progress_look(struct lx_progress *progress, PGconn *watched)
{
	bool is_due = progress->next_ms && lx_pg_clock_ms() >= progress->next_ms;
	switch (progress->state) {
	case LX_PROGRESS_IDLE:
		if (is_due)
			start(progress, watched);
		break;
	case LX_PROGRESS_CONNECTING:
		go_on_connecting(progress);
		break;
	case LX_PROGRESS_OPEN:
		if (is_due) {
			progress->next_ms = lx_pg_clock_ms() + EVERY_MS;
			ask(progress, watched);
		}
		break;
	case LX_PROGRESS_ASKED:
		return take_answer(progress);
	case LX_PROGRESS_NONE:
		break;
	}
	return false;
}

void lx_progress_close(struct lx_progress *progress)
{
	PQfinish(progress->conn);
	*progress = (struct lx_progress){0};
}
