/* LISTEN and NOTIFY: programs that wait for each other through the server.  PostgreSQL docs, NOTIFY.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/notify.h"

#include <poll.h>
#include <string.h>
#include <time.h>

#include "runtime/arena.h"

enum { LONGEST_CHANNEL = 63 }; /* NAMEDATALEN - 1: LISTEN cuts the rest off, and pg_notify() refuses it */

static lexo_rc check(lexo_db *db, lexo_str channel)
{
	if (!db->pg || PQstatus(db->pg) != CONNECTION_OK)
		return lx_db_fail_result(db, NULL, NULL);
	if (lx_db_check_free(db) != LEXO_OK)
		return LEXO_E_MISUSE;
	if (!channel.ptr || channel.len == 0 || channel.len > LONGEST_CHANNEL || memchr(channel.ptr, 0, channel.len))
		return lx_db_fail(db, LEXO_E_MISUSE, "a channel's name has 1 to 63 bytes, none of them NUL");
	return LEXO_OK;
}

/* VERB and the channel as a name. */
static lexo_rc run(lexo_db *db, const char *verb, lexo_str channel)
{
	char sql[16 + 2 * LONGEST_CHANNEL + 2];
	char *name = PQescapeIdentifier(db->pg, channel.ptr, channel.len);
	if (!name)
		return lx_db_fail(db, LEXO_E_MISUSE, "the channel's name is no text in the connection's encoding");
	size_t verb_length = strlen(verb), length = strlen(name);
	memcpy(sql, verb, verb_length);
	memcpy(sql + verb_length, name, length + 1); /* at most each byte twice, and two quotes */
	PQfreemem(name);
	return lx_db_command(db, sql, NULL);
}

lexo_rc lexo_listen(lexo_db *db, lexo_str channel)
{
	if (!db)
		return LEXO_E_MISUSE;
	lexo_rc rc = check(db, channel);
	db->is_listening |= rc == LEXO_OK;
	return rc == LEXO_OK ? run(db, "LISTEN ", channel) : rc;
}

lexo_rc lexo_unlisten(lexo_db *db, lexo_str channel)
{
	if (!db)
		return LEXO_E_MISUSE;
	lexo_rc rc = check(db, channel.ptr ? channel : (lexo_str){"*", 1});
	if (rc != LEXO_OK)
		return rc;
	return channel.ptr ? run(db, "UNLISTEN ", channel) : lx_db_command(db, "UNLISTEN *", NULL);
}

lexo_rc lexo_notify(lexo_db *db, lexo_str channel, lexo_str payload)
{
	static const char sql[] = "SELECT pg_catalog.pg_notify($1, $2)";
	static const Oid types[] = {25, 25};
	static const int formats[] = {1, 1};
	if (!db)
		return LEXO_E_MISUSE;
	lexo_rc rc = check(db, channel);
	if (rc != LEXO_OK)
		return rc;
	if (payload.len > INT32_MAX)
		return lx_db_fail(db, LEXO_E_MISUSE, "a payload of more than 2 GiB");
	const char *const values[] = {channel.ptr, payload.ptr ? payload.ptr : ""};
	const int lengths[] = {(int)channel.len, (int)payload.len};
	PGresult *result = PQexecParams(db->pg, sql, 2, types, values, lengths, formats, 0);
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		rc = lx_db_fail_result(db, result, sql);
	PQclear(result);
	return rc;
}

static uint64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static bool keep(lexo_arena *arena, const char *text, lexo_str *out)
{
	size_t length = strlen(text);
	char *copy = lx_memory_take(arena, length + 1, 1);
	if (!copy)
		return false;
	memcpy(copy, text, length + 1);
	*out = (lexo_str){copy, length};
	return true;
}

/* LEXO_DONE: none has arrived. */
static lexo_rc take(lexo_db *db, lexo_arena *arena, lexo_notification *out)
{
	PGnotify *notification = PQnotifies(db->pg);
	if (!notification)
		return LEXO_DONE;
	out->sender = notification->be_pid;
	bool is_kept =
	    keep(arena, notification->relname, &out->channel) && keep(arena, notification->extra, &out->payload);
	PQfreemem(notification);
	if (is_kept)
		return LEXO_ROW;
	*out = (lexo_notification){0};
	return lx_db_nomem(db);
}

lexo_rc lexo_wait(lexo_db *db, unsigned timeout_ms, lexo_arena *arena, lexo_notification *out)
{
	*out = (lexo_notification){0};
	if (!db)
		return LEXO_E_MISUSE;
	lexo_rc rc = check(db, (lexo_str){"*", 1});
	if (rc != LEXO_OK)
		return rc;
	if (!arena)
		return lx_db_fail(db, LEXO_E_MISUSE, "a notification needs an arena to live in");
	if (PQtransactionStatus(db->pg) != PQTRANS_IDLE)
		return lx_db_fail(db, LEXO_E_MISUSE, "within a transaction the server tells of no notifications");
	uint64_t start = now_ms(), passed = 0;
	while ((rc = take(db, arena, out)) == LEXO_DONE) {
		struct pollfd input = {.fd = PQsocket(db->pg), .events = POLLIN};
		int left =
		    timeout_ms > passed ? (int)(timeout_ms - passed < INT32_MAX ? timeout_ms - passed : INT32_MAX) : 0;
		poll(&input, 1, left); /* interrupted: once more */
		if (!PQconsumeInput(db->pg))
			return lx_db_fail_result(db, NULL, NULL);
		if ((rc = take(db, arena, out)) != LEXO_DONE || (passed = now_ms() - start) >= timeout_ms)
			return rc;
	}
	return rc;
}

void lx_notify_stop(lexo_db *db)
{
	if (!db->is_listening)
		return;
	db->is_listening = false;
	PQclear(PQexec(db->pg, "UNLISTEN *"));
	for (PGnotify *notification; (notification = PQnotifies(db->pg)) != NULL;)
		PQfreemem(notification);
}
