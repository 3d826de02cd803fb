/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/check_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "kinds/column/column.h"
#include "kinds/composite/composite.h"
#include "kinds/query/query.h"
#include "kinds/query/statement.h"
#include "kinds/view/view.h"
#include "sql/emit.h"

struct work {
	struct lx_cli *cli;
	PGconn *conn;
	const struct lx_query *query;
	const char *sql;
	struct lx_vec columns; /* struct lx_query_column *: what it has to give */
	struct lx_vec pieces;  /* struct lx_query_piece *: where in the body parts of SQL are from */
};

static void want(struct work *work, const char *name)
{
	struct lx_query_column *column = LX_NEW(work->cli->arena, struct lx_query_column);
	column->name = name;
	lx_vec_push(work->cli->arena, &work->columns, column);
}

static void make_sql(struct work *work)
{
	const struct lx_object *model = work->query->model;
	LX_EACH (const struct lx_field *, field, &work->query->results)
		want(work, field->name);
	if (model && model->kind == LX_KIND_VIEW) {
		LX_EACH (const struct lx_field *, field, &((const struct lx_view *)model)->columns)
			want(work, field->name);
	} else if (model) {
		LX_EACH (const struct lx_object *, child, &model->children) {
			if (child->kind == LX_KIND_COLUMN && !((const struct lx_column *)child)->is_hidden)
				want(work, child->name);
		}
	}
	struct lx_sql sql = {.arena = work->cli->arena, .text = LX_BUFFER_INIT};
	lx_query_statement(&sql, work->query, &work->columns, &work->pieces);
	work->sql = lx_arena_string(work->cli->arena, lx_buffer_text(&sql.text));
	lx_buffer_free(&sql.text);
}

/* The place in the models of character POSITION (from 1) of the statement; the query's name when it is in none of its
 * text. */
static struct lx_span place_of(const struct work *work, const char *position)
{
	const struct lx_query *query = work->query;
	const struct lx_source *source = lx_diags_source_of(&work->cli->diags, query->body.span.file);
	size_t at = 0;
	for (long left = position ? strtol(position, NULL, 10) - 1 : -1; left > 0 && work->sql[at]; left--)
		while ((work->sql[++at] & 0xc0) == 0x80)
			;
	LX_EACH (const struct lx_query_piece *, piece, &work->pieces) {
		if (!position || !source || at < piece->at || at >= piece->at + piece->length)
			continue;
		const char *tag = source->text + query->body.span.start, *end = strchr(tag + 1, '$');
		uint32_t start = query->body.span.start + (uint32_t)(end ? end + 1 - tag : 0);
		uint32_t from = start + (uint32_t)(piece->from + at - piece->at);
		return (struct lx_span){query->body.span.file, from, from + 1};
	}
	return query->base.origin;
}

static void refused(const struct work *work, const PGresult *result)
{
	const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
	struct lx_diags *diags = &work->cli->diags;
	struct lx_diag *diag =
	    lx_report(diags, LX_E0408, place_of(work, PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION)),
		      "query '%s': %s", work->query->base.source_name, text ? text : PQerrorMessage(work->conn));
	if (hint)
		lx_diag_help(diags, diag, "%s", hint);
}

/* Compares column NUMBER of DESCRIPTION with the result FIELD; in rows a domain is what is under it. */
static void check_result(const struct work *work, const PGresult *description, int number, const struct lx_field *field)
{
	static const char question[] =
	    "WITH RECURSIVE base(oid) AS (SELECT $1::regtype::oid UNION ALL SELECT t.typbasetype FROM base JOIN "
	    "pg_catalog.pg_type t ON t.oid = base.oid AND t.typtype = 'd') "
	    "SELECT $2::oid IN (SELECT oid FROM base), pg_catalog.format_type($2::oid, NULL), coalesce((SELECT NOT "
	    "a.attnotnull "
	    "FROM pg_catalog.pg_attribute a WHERE a.attrelid = $3::oid AND a.attnum = $4::int AND a.attnum > 0 AND "
	    "EXISTS (SELECT "
	    "FROM pg_catalog.pg_class c WHERE c.oid = a.attrelid AND c.relkind IN ('r', 'p'))), false)";
	struct lx_diags *diags = &work->cli->diags;
	struct lx_sql type = {.arena = work->cli->arena, .text = LX_BUFFER_INIT};
	char found[16], table[16], column[16];
	lx_sql_type(&type, &field->type);
	snprintf(found, sizeof found, "%u", PQftype(description, number));
	snprintf(table, sizeof table, "%u", PQftable(description, number));
	snprintf(column, sizeof column, "%d", PQftablecol(description, number));
	const char *values[] = {lx_buffer_text(&type.text), found, table, column};
	PGresult *answer = PQexecParams(work->conn, question, 4, NULL, values, NULL, NULL, 0);
	if (PQresultStatus(answer) == PGRES_TUPLES_OK && *PQgetvalue(answer, 0, 0) != 't') {
		struct lx_diag *diag =
		    lx_report(diags, LX_E0409, field->origin, "'%s' is %s in query '%s', and declared as %s",
			      field->name, PQgetvalue(answer, 0, 1), work->query->base.source_name, values[0]);
		lx_diag_help(diags, diag, "declare it as that, or write %s::%s in the query", field->name, values[0]);
	} else if (PQresultStatus(answer) == PGRES_TUPLES_OK && !field->is_nullable &&
		   *PQgetvalue(answer, 0, 2) == 't') {
		struct lx_diag *diag = lx_report(diags, LX_W0403, field->origin, "'%s' of query '%s' may be NULL",
						 field->name, work->query->base.source_name);
		lx_diag_help(diags, diag, "put a ? behind its type");
	}
	PQclear(answer);
	lx_buffer_free(&type.text);
}

/* Where nothing is written around the query, its columns must stand as they are declared. */
static void check_results(const struct work *work, const PGresult *description)
{
	struct lx_diags *diags = &work->cli->diags;
	const struct lx_query *query = work->query;
	if (!work->columns.length)
		return;
	if ((size_t)PQnfields(description) != work->columns.length) {
		lx_report(diags, LX_E0408, query->base.origin, "query '%s' gives %d columns, and declares %u",
			  query->base.source_name, PQnfields(description), work->columns.length);
		return;
	}
	LX_EACH (const struct lx_query_column *, column, &work->columns) {
		const char *name = PQfname(description, (int)column_i);
		if (strcmp(name, column->name) != 0) {
			lx_report(diags, LX_E0408, query->base.origin, "query '%s' gives '%s' where '%s' is declared",
				  query->base.source_name, name, column->name);
			return;
		}
	}
	LX_EACH (const struct lx_field *, field, &query->results)
		check_result(work, description, (int)field_i, field);
}

static void check_query(struct work *work)
{
	make_sql(work);
	PGresult *result = PQprepare(work->conn, "lexo_query", work->sql, 0, NULL);
	if (PQresultStatus(result) != PGRES_COMMAND_OK) {
		refused(work, result);
		PQclear(result);
		return;
	}
	PQclear(result);
	result = PQdescribePrepared(work->conn, "lexo_query");
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		refused(work, result);
	else
		check_results(work, result);
	PQclear(result);
	PQclear(PQexec(work->conn, "DEALLOCATE lexo_query"));
}

enum lx_status lx_check_queries(struct lx_cli *cli, PGconn *conn, const struct lx_schema *models)
{
	size_t errors = cli->diags.errors, count = 0;
	LX_EACH (const struct lx_object *, object, &models->objects) {
		if (object->kind != LX_KIND_QUERY)
			continue;
		struct work work = {.cli = cli, .conn = conn, .query = (const struct lx_query *)object};
		check_query(&work);
		count++;
	}
	if (PQstatus(conn) != CONNECTION_OK)
		return lx_fail(&cli->fail, LX_NO_CONNECTION, "L0404",
			       "the connection was lost while queries were checked");
	if (cli->diags.errors > errors)
		return LX_USAGE;
	if (count)
		lx_cli_print(cli, "The server takes the %zu quer%s of the models.\n", count, count == 1 ? "y" : "ies");
	return LX_OK;
}
