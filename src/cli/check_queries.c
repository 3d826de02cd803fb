/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/check_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
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
	const struct lx_map *nullable; /* columns that may be NULL */
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

const char *lx_check_query_sql(struct lx_cli *cli, const struct lx_query *query)
{
	struct work work = {.cli = cli, .query = query};
	make_sql(&work);
	return work.sql;
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

static PGresult *describe(const struct work *work, const char *sql)
{
	PGresult *result = PQprepare(work->conn, "", sql, 0, NULL);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		return result;
	PQclear(result);
	return PQdescribePrepared(work->conn, "");
}

/* What rows of the declared types would look like: a domain is in them what is under it. */
static PGresult *describe_declared(const struct work *work)
{
	struct lx_sql sql = {.arena = work->cli->arena, .text = LX_BUFFER_INIT};
	lx_sql_raw(&sql, "SELECT ");
	LX_EACH (const struct lx_field *, field, &work->query->results) {
		lx_sql_raw(&sql, field_i ? ", NULL::" : "NULL::");
		lx_sql_type(&sql, &field->type);
	}
	PGresult *result = describe(work, lx_buffer_text(&sql.text));
	lx_buffer_free(&sql.text);
	return result;
}

static bool may_be_null(const struct work *work, Oid table, int column)
{
	char key[32];
	int length = snprintf(key, sizeof key, "%u.%d", table, column);
	return table && lx_map_get(work->nullable, key, (size_t)length);
}

static void wrong_type(const struct work *work, const struct lx_field *field, Oid type)
{
	struct lx_diags *diags = &work->cli->diags;
	struct lx_sql declared = {.arena = work->cli->arena, .text = LX_BUFFER_INIT};
	char oid[16];
	const char *values[] = {oid};
	snprintf(oid, sizeof oid, "%u", type);
	lx_sql_type(&declared, &field->type);
	PGresult *name =
	    PQexecParams(work->conn, "SELECT pg_catalog.format_type($1, NULL)", 1, NULL, values, NULL, NULL, 0);
	struct lx_diag *diag = lx_report(diags, LX_E0409, field->origin, "'%s' is %s in query '%s', and declared as %s",
					 field->name, PQntuples(name) ? PQgetvalue(name, 0, 0) : oid,
					 work->query->base.source_name, lx_buffer_text(&declared.text));
	lx_diag_help(diags, diag, "declare it as that, or write %s::%s in the query", field->name,
		     lx_buffer_text(&declared.text));
	PQclear(name);
	lx_buffer_free(&declared.text);
}

static void check_fields(const struct work *work, const PGresult *description)
{
	struct lx_diags *diags = &work->cli->diags;
	PGresult *declared = describe_declared(work);
	LX_EACH (const struct lx_field *, field, &work->query->results) {
		int number = (int)field_i;
		if (PQnfields(declared) > number && PQftype(declared, number) != PQftype(description, number)) {
			wrong_type(work, field, PQftype(description, number));
		} else if (!field->is_nullable &&
			   may_be_null(work, PQftable(description, number), PQftablecol(description, number))) {
			struct lx_diag *diag =
			    lx_report(diags, LX_W0403, field->origin, "'%s' of query '%s' may be NULL", field->name,
				      work->query->base.source_name);
			lx_diag_help(diags, diag, "put a ? behind its type");
		}
	}
	PQclear(declared);
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
	if (query->results.length)
		check_fields(work, description);
}

static void check_query(struct work *work)
{
	make_sql(work);
	PGresult *result = describe(work, work->sql);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		refused(work, result);
	else
		check_results(work, result);
	PQclear(result);
}

/* "TABLE.COLUMN" by their numbers of every column that may be NULL. */
static void find_nullable(struct lx_arena *arena, PGconn *conn, struct lx_map *nullable)
{
	PGresult *rows =
	    PQexec(conn, "SELECT attrelid || '.' || attnum FROM pg_catalog.pg_attribute JOIN pg_catalog.pg_class c ON "
			 "c.oid = attrelid WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attnotnull");
	for (int i = 0; i < PQntuples(rows); i++)
		lx_map_put(arena, nullable, PQgetvalue(rows, i, 0), (size_t)PQgetlength(rows, i, 0), nullable);
	PQclear(rows);
}

enum lx_status lx_check_queries(struct lx_cli *cli, PGconn *conn, const struct lx_schema *models)
{
	size_t errors = cli->diags.errors, count = 0;
	struct lx_map nullable = {0};
	LX_EACH (const struct lx_object *, object, &models->objects) {
		if (object->kind != LX_KIND_QUERY)
			continue;
		struct work work = {
		    .cli = cli, .conn = conn, .query = (const struct lx_query *)object, .nullable = &nullable};
		if (!count++)
			find_nullable(cli->arena, conn, &nullable);
		check_query(&work);
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
