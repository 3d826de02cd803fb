/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* A statement's words, read one after the other. */
struct reader {
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
};

static void advance(struct reader *reader)
{
	lx_sql_scan(&reader->scanner, &reader->token);
}

static void start(struct reader *reader, const struct lx_sql_statement *statement)
{
	lx_sql_scan_init(&reader->scanner, statement->start, statement->length);
	advance(reader);
}

static bool take(struct reader *reader, const char *word)
{
	if (!lx_sql_token_is(&reader->token, word))
		return false;
	advance(reader);
	return true;
}

static void skip_if_exists(struct reader *reader)
{
	if (take(reader, "if")) {
		take(reader, "not");
		take(reader, "exists");
	}
}

/* name or schema.name as written. */
static char *take_name(struct reader *reader)
{
	struct lx_buffer name = LX_BUFFER_INIT;
	while (reader->token.kind == LX_SQL_WORD || reader->token.kind == LX_SQL_QUOTED) {
		lx_buffer_add(&name, reader->token.start, reader->token.length);
		advance(reader);
		if (reader->token.kind != LX_SQL_PUNCT || *reader->token.start != '.' || reader->token.length != 1)
			break;
		lx_buffer_char(&name, '.');
		advance(reader);
	}
	if (!lx_buffer_ok(&name) || !name.length) {
		lx_buffer_free(&name);
		return NULL;
	}
	return name.data;
}

/* CREATE [UNIQUE] INDEX CONCURRENTLY [IF NOT EXISTS] name ON [ONLY] table; both malloc'ed.  Without a name the server
 * chooses one, and nobody can tell which. */
static bool read_index(const struct lx_sql_statement *statement, char **name, char **table)
{
	struct reader reader;
	*name = *table = NULL;
	start(&reader, statement);
	if (!take(&reader, "create"))
		return false;
	take(&reader, "unique");
	if (!take(&reader, "index") || !take(&reader, "concurrently"))
		return false;
	skip_if_exists(&reader);
	if (lx_sql_token_is(&reader.token, "on"))
		return true;
	*name = take_name(&reader);
	if (take(&reader, "on")) {
		take(&reader, "only");
		*table = take_name(&reader);
	}
	return true;
}

bool lx_probe_builds_index(const struct lx_sql_statement *statement)
{
	char *name, *table;
	bool answer = read_index(statement, &name, &table);
	free(name);
	free(table);
	return answer;
}

/* One boolean column; NULL or an error: 0, no row: 'n'. */
static char ask(PGconn *conn, const char *sql, const char *first, const char *second)
{
	const char *values[] = {first, second};
	PGresult *result = PQexecParams(conn, sql, second ? 2 : 1, NULL, values, NULL, NULL, 0);
	char answer = 0;
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		answer = PQntuples(result) == 0 ? 'n' : PQgetisnull(result, 0, 0) ? 0 : *PQgetvalue(result, 0, 0);
	PQclear(result);
	return answer;
}

static enum lx_probe probe_index(PGconn *conn, const char *name, const char *table)
{
	if (!name || !table)
		return LX_PROBE_UNKNOWN;
	switch (
	    ask(conn,
		"SELECT i.indisvalid AND i.indisready FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = "
		"i.indexrelid WHERE i.indrelid = pg_catalog.to_regclass($2) AND c.relname = "
		"(pg_catalog.parse_ident($1))[pg_catalog.cardinality(pg_catalog.parse_ident($1))]::name",
		name, table)) {
	case 't':
		return LX_PROBE_DONE;
	case 'f':
		return LX_PROBE_INVALID;
	case 'n':
		return LX_PROBE_NOT_DONE;
	default:
		return LX_PROBE_UNKNOWN;
	}
}

static enum lx_probe probe_drop_index(PGconn *conn, struct reader *reader)
{
	if (!take(reader, "concurrently"))
		return LX_PROBE_UNKNOWN;
	skip_if_exists(reader);
	char *name = take_name(reader);
	if (!name || reader->token.kind == LX_SQL_PUNCT) { /* a list */
		free(name);
		return LX_PROBE_UNKNOWN;
	}
	char is_gone = ask(conn, "SELECT pg_catalog.to_regclass($1) IS NULL", name, NULL);
	free(name);
	return is_gone == 't' ? LX_PROBE_DONE : is_gone == 'f' ? LX_PROBE_NOT_DONE : LX_PROBE_UNKNOWN;
}

/* 'it''s' without its quotes; NULL for other forms. */
static char *plain_literal(const struct lx_sql_token *token)
{
	if (token->kind != LX_SQL_STRING || *token->start != '\'' || memchr(token->start, '\n', token->length))
		return NULL;
	char *text = malloc(token->length), *out = text;
	for (size_t i = 1; text && i + 1 < token->length; i++) {
		*out++ = token->start[i];
		if (token->start[i] == '\'')
			i++;
	}
	if (text)
		*out = 0;
	return text;
}

static enum lx_probe probe_label(PGconn *conn, struct reader *reader)
{
	char *type = take_name(reader);
	bool is_form = type && take(reader, "add") && take(reader, "value");
	if (is_form)
		skip_if_exists(reader);
	char *label = is_form ? plain_literal(&reader->token) : NULL, answer = 0;
	if (label)
		answer =
		    ask(conn,
			"SELECT EXISTS (SELECT FROM pg_catalog.pg_enum WHERE enumtypid = pg_catalog.to_regtype($1) AND "
			"enumlabel = $2)",
			type, label);
	free(type);
	free(label);
	return answer == 't' ? LX_PROBE_DONE : answer == 'f' ? LX_PROBE_NOT_DONE : LX_PROBE_UNKNOWN;
}

enum lx_probe lx_probe_statement(PGconn *conn, const struct lx_sql_statement *statement)
{
	static const char *const repeatable[] = {"vacuum", "analyze", "reindex", "checkpoint",
						 "refresh materialized view"};
	char *name, *table;
	struct reader reader;
	for (size_t i = 0; i < sizeof repeatable / sizeof *repeatable; i++)
		if (lx_statement_begins(statement, repeatable[i]))
			return LX_PROBE_NOT_DONE;
	if (read_index(statement, &name, &table)) {
		enum lx_probe answer = probe_index(conn, name, table);
		free(name);
		free(table);
		return answer;
	}
	start(&reader, statement);
	if (take(&reader, "drop") && take(&reader, "index"))
		return probe_drop_index(conn, &reader);
	start(&reader, statement);
	if (take(&reader, "alter") && take(&reader, "type"))
		return probe_label(conn, &reader);
	return LX_PROBE_UNKNOWN;
}

bool lx_probe_sets_session(const struct lx_sql_statement *statement)
{
	static const char *const words[] = {"set", "reset", "discard"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (lx_statement_begins(statement, words[i]))
			return true;
	return false;
}

bool lx_probe_drop_invalid(PGconn *conn, const struct lx_sql_statement *statement)
{
	char *name, *table;
	bool ok = false;
	if (read_index(statement, &name, &table) && name && table) {
		/* the server writes the name, quoted and with the table's schema */
		const char *values[] = {name, table};
		PGresult *found = PQexecParams(
		    conn,
		    "SELECT 'DROP INDEX CONCURRENTLY ' || i.indexrelid::pg_catalog.regclass::text FROM "
		    "pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = "
		    "pg_catalog.to_regclass($2) AND NOT (i.indisvalid AND i.indisready) AND c.relname = "
		    "(pg_catalog.parse_ident($1))[pg_catalog.cardinality(pg_catalog.parse_ident($1))]::name",
		    2, NULL, values, NULL, NULL, 0);
		if (PQresultStatus(found) == PGRES_TUPLES_OK && PQntuples(found) == 1) {
			PGresult *dropped = PQexec(conn, PQgetvalue(found, 0, 0));
			ok = PQresultStatus(dropped) == PGRES_COMMAND_OK;
			PQclear(dropped);
		}
		PQclear(found);
	}
	free(name);
	free(table);
	return ok;
}
