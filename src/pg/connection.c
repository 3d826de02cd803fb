/* SPDX-License-Identifier: Apache-2.0 */
#include "pg/connection.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/utf8.h"

enum { DEFAULT_TIMEOUT = 10, TICK_MS = 100, CANCEL_GRACE_MS = 10000 };

static long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

static bool is_dangerous(uint32_t c)
{
	return c < ' ' || (c >= 127 && c < 160) || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

void lx_pg_clean(char *out, size_t size, const char *text)
{
	size_t used = 0, left = strlen(text);
	while (left && (text[left - 1] == '\n' || text[left - 1] == ' '))
		left--;
	while (left && used + 12 < size) {
		uint32_t c = 0;
		size_t length = lx_utf8_step(text, left, &c);
		bool is_invalid = length == 1 && (unsigned char)*text >= 128;
		if (!is_invalid && (c == '\n' || c == '\t' || c == '\r'))
			out[used++] = ' ';
		else if (is_invalid || is_dangerous(c))
			used +=
			    (size_t)snprintf(out + used, size - used, "\\x%02x", is_invalid ? (unsigned char)*text : c);
		else {
			memcpy(out + used, text, length);
			used += length;
		}
		text += length;
		left -= length;
	}
	out[used] = 0;
}

const char *lx_pg_sqlstate(const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	return state ? state : "";
}

bool lx_pg_lost(PGconn *conn)
{
	return PQstatus(conn) == CONNECTION_BAD;
}

enum lx_status lx_pg_fail(struct lx_fail *fail, enum lx_status status, const char *code, PGconn *conn,
			  const PGresult *result, const char *doing)
{
	char text[700], extra[400] = "";
	const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	const char *hint = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_HINT) : NULL;
	const char *detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;
	bool is_lost = lx_pg_lost(conn);
	lx_pg_clean(text, sizeof text, primary ? primary : PQerrorMessage(conn));
	lx_pg_clean(extra, sizeof extra, hint ? hint : detail ? detail : "");
	status = lx_fail(fail, is_lost ? LX_NO_CONNECTION : status, is_lost ? "L0415" : code, "%s: %s", doing, text);
	if (fail)
		snprintf(fail->sqlstate, sizeof fail->sqlstate, "%s", lx_pg_sqlstate(result));
	lx_fail_help(fail, "%s",
		     *extra    ? extra
		     : is_lost ? "the server went away; see whether it runs, then run the command again"
			       : "");
	return status;
}

PGresult *lx_pg_result(PGconn *conn, lx_pg_stop *stop, void *context)
{
	bool is_cancelled = false;
	long deadline = 0;
	while (PQisBusy(conn)) {
		struct pollfd ready = {.fd = PQsocket(conn), .events = POLLIN};
		if (ready.fd < 0)
			break;
		if (!is_cancelled && stop && stop(context)) {
			char text[256];
			PGcancel *cancel = PQgetCancel(conn);
			is_cancelled = true;
			deadline = now_ms() + CANCEL_GRACE_MS;
			if (cancel)
				PQcancel(cancel, text, sizeof text);
			PQfreeCancel(cancel);
		}
		int n = poll(&ready, 1, stop ? TICK_MS : -1);
		/* whoever does not even answer that it was cancelled is not there any more */
		if (n == 0 && is_cancelled && now_ms() > deadline)
			shutdown(ready.fd, SHUT_RDWR);
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0 && !PQconsumeInput(conn))
			break;
	}
	return PQgetResult(conn);
}

/* postgresql+driver://… without +driver; malloc'ed. */
static char *without_driver(const char *conninfo)
{
	char *copy = strdup(conninfo ? conninfo : "");
	char *colon = copy ? strstr(copy, "://") : NULL, *plus = copy ? strchr(copy, '+') : NULL;
	if (colon && plus && plus < colon && strncmp(copy, "postgres", 8) == 0)
		memmove(plus, colon, strlen(colon) + 1);
	return copy;
}

/* Hides in MESSAGE whatever stands in quotes and is part of what may be a password: between the first colon and the
 * last
 * @ of a URL.  An unescaped @, / or : in a password makes libpq take parts of it for a host or port. */
static void redact(char *message, const char *conninfo)
{
	const char *scheme = strstr(conninfo, "://");
	const char *at = scheme ? strrchr(scheme, '@') : NULL, *colon = at ? strchr(scheme + 3, ':') : NULL;
	if (!at || !colon || colon > at)
		return;
	for (char *open = strchr(message, '"'); open;) {
		char *close = strchr(open + 1, '"');
		if (!close)
			return;
		size_t length = (size_t)(close - open) - 1;
		/* a host such as ss@host holds the password's tail and the URL's @ */
		if (length && memmem(colon + 1, strlen(colon + 1), open + 1, length) &&
		    (memmem(colon + 1, (size_t)(at - colon), open + 1, length) || memchr(open + 1, '@', length)))
			memset(open + 1, '*', length);
		open = strchr(close + 1, '"');
	}
}

struct refusal {
	const char *sqlstate, *code, *help;
};
static const struct refusal refusals[] = {
    {"28P01", "L0402", "check the user and the password: URL, PGPASSWORD, or the file ~/.pgpass"},
    {"28000", "L0402",
     "the server lets this role not in: it does not exist, may not log in, or pg_hba.conf wants another "
     "way (peer: the system user must have the role's name)"},
    {"3D000", "L0403", "create it first: createdb NAME, or check the name in the URL"},
    {"57P03", "L0401", "the server is starting up or shutting down; wait a moment and run the command again"},
    {"53300", "L0401", "the server has no connection left; close some, or raise max_connections"},
    {"42501", "L0402", "the role may not connect to this database: GRANT CONNECT ON DATABASE … TO …"},
};

/* In verbose form libpq writes "FATAL:  28P01: text", at once with the code, also before there is a session. */
static const char *find_sqlstate(const char *message)
{
	const char *found = NULL;
	for (const char *p = message; (p = strstr(p, ":  ")); p++)
		if (strspn(p + 3, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5 && p[8] == ':' && p[9] == ' ')
			found = p + 3;
	return found;
}

static enum lx_status refused(PGconn *conn, const char *conninfo, struct lx_fail *fail)
{
	char *raw = strdup(PQerrorMessage(conn)), text[700];
	if (!raw)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	redact(raw, conninfo);
	const char *state = find_sqlstate(raw);
	const char *shown = state ? state + 7 : raw;
	raw[(size_t)(shown - raw) + strcspn(shown, "\n")] = 0;
	lx_pg_clean(text, sizeof text, shown);
	const struct refusal *row = NULL;
	for (size_t i = 0; state && i < sizeof refusals / sizeof *refusals; i++)
		if (strncmp(refusals[i].sqlstate, state, 5) == 0)
			row = &refusals[i];
	bool needs_password = PQconnectionNeedsPassword(conn) != 0;
	lx_fail(fail, LX_NO_CONNECTION,
		row                       ? row->code
		: state || needs_password ? "L0402"
					  : "L0401",
		"cannot connect: %s", text);
	if (fail && state)
		snprintf(fail->sqlstate, sizeof fail->sqlstate, "%.5s", state);
	if (row)
		lx_fail_help(fail, "%s", row->help);
	else if (needs_password)
		lx_fail_help(fail, "the server wants a password: PGPASSWORD, or the file ~/.pgpass");
	else if (!state)
		lx_fail_help(
		    fail,
		    "is the server running, and are host and port right? A URL is "
		    "postgresql://USER@HOST:PORT/DATABASE; without one PGHOST, PGPORT, PGUSER and PGDATABASE decide. "
		    "lexo dev start gives you a private server");
	free(raw);
	return LX_NO_CONNECTION;
}

static int timeout_seconds(PGconn *conn)
{
	int seconds = DEFAULT_TIMEOUT;
	PQconninfoOption *options = PQconninfo(conn);
	for (PQconninfoOption *option = options; option && option->keyword; option++)
		if (strcmp(option->keyword, "connect_timeout") == 0 && option->val)
			seconds = (int)strtol(option->val, NULL, 10);
	PQconninfoFree(options);
	return seconds > 0 && seconds < 3600 ? seconds : 3600;
}

/* False: the time is over. */
static bool finish_connecting(PGconn *conn)
{
	long deadline = now_ms() + 1000L * timeout_seconds(conn);
	PostgresPollingStatusType state = PGRES_POLLING_WRITING;
	while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
		struct pollfd ready = {.fd = PQsocket(conn),
				       .events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT};
		long left = deadline - now_ms();
		int n = left > 0 ? poll(&ready, 1, (int)left) : 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		state = PQconnectPoll(conn);
	}
	return true;
}

static enum lx_status connect_to(const char *conninfo, PGconn **out, struct lx_fail *fail)
{
	char seconds[16];
	snprintf(seconds, sizeof seconds, "%d", DEFAULT_TIMEOUT);
	/* What stands before dbname is a default, what stands behind it is not.  The timeout comes first, and is left
	 * out when the environment has one.  A network that swallows everything is noticed within a minute. */
	const char *const keys[] = {"connect_timeout",
				    "fallback_application_name",
				    "keepalives_idle",
				    "keepalives_interval",
				    "keepalives_count",
				    "tcp_user_timeout",
				    "dbname",
				    "client_encoding",
				    NULL};
	const char *const values[] = {seconds, "lexo", "30", "10", "3", "60000", conninfo, "UTF8", NULL};
	size_t first = getenv("PGCONNECT_TIMEOUT") ? 1 : 0;
	PGconn *conn = PQconnectStartParams(keys + first, values + first, 1);
	if (!conn)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	PQsetErrorVerbosity(conn, PQERRORS_VERBOSE);
	enum lx_status status = LX_OK;
	if (PQstatus(conn) != CONNECTION_BAD && !finish_connecting(conn)) {
		lx_fail(fail, status = LX_NO_CONNECTION, "L0401", "cannot connect: the server does not answer");
		lx_fail_help(
		    fail,
		    "check host and port, and whether a firewall lies between; connect_timeout sets how long to wait");
	} else if (PQstatus(conn) != CONNECTION_OK) {
		status = refused(conn, conninfo, fail);
	}
	if (status != LX_OK) {
		PQfinish(conn);
		return status;
	}
	PQsetErrorVerbosity(conn, PQERRORS_DEFAULT);
	*out = conn;
	return LX_OK;
}

enum lx_status lx_pg_connect(const char *conninfo, PGconn **conn, struct lx_fail *fail)
{
	*conn = NULL;
	char *plain = without_driver(conninfo), *problem = NULL;
	if (!plain)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	enum lx_status status;
	PQconninfoOption *parsed = NULL;
	bool has_form = strchr(plain, '=') || strstr(plain, "://");
	if (has_form && !(parsed = PQconninfoParse(plain, &problem))) {
		/* libpq's text quotes the string, which may hold a password */
		status = lx_fail(fail, LX_NO_CONNECTION, "L0401", "the connection string cannot be read");
		lx_fail_help(
		    fail,
		    "write postgresql://USER@HOST:PORT/DATABASE, with @ : / # ? and %% in a password as %%40 %%3A %%2F "
		    "%%23 %%3F %%25, or host=… dbname=…");
		PQfreemem(problem);
	} else {
		status = connect_to(plain, conn, fail);
	}
	PQconninfoFree(parsed);
	free(plain);
	return status;
}
