/* SQL of other tools as it may stand in a revision: transaction control goes, what cannot run inside a transaction gets
 * a step of its own, and what a revision cannot hold is refused with its line.  All else stays byte for byte.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/import.h"
#include "history/statements.h"

struct converter {
	struct lx_import *import;
	const struct lx_import_sql *sql;
	struct lx_buffer out;
	const char *copied; /* everything before is in OUT or left out */
	bool is_outside;    /* a step outside the transaction has begun */
	bool has_committed; /* the last transaction control was COMMIT */
};

static bool has_word(const struct lx_sql_statement *statement, const char *word)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	lx_sql_scan_init(&scanner, statement->start, statement->length);
	for (int i = 0; i < 6 && lx_sql_scan(&scanner, &token) != LX_SQL_END; i++)
		if (lx_sql_token_is(&token, word))
			return true;
	return false;
}

/* Statements that PostgreSQL refuses inside a transaction. */
static bool is_never_inside(const struct lx_sql_statement *statement)
{
	static const char *const forms[] = {"vacuum",           "create database",   "drop database",
					    "alter system",     "create tablespace", "drop tablespace",
					    "reindex database", "reindex system",    "create subscription"};
	static const char *const indexes[] = {"create index", "create unique index", "drop index", "reindex"};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (lx_statement_begins(statement, forms[i]))
			return true;
	for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
		if (lx_statement_begins(statement, indexes[i]))
			return has_word(statement, "concurrently");
	return lx_statement_begins(statement, "alter table") && has_word(statement, "detach") &&
	       has_word(statement, "concurrently");
}

/* CREATE TABLE, INSERT INTO, UPDATE, DELETE FROM and DROP TABLE of the other tool's own table. */
static bool is_bookkeeping(const struct lx_import *import, const struct lx_sql_statement *statement)
{
	static const char *const forms[] = {"create table", "insert into", "update", "delete from", "drop table"};
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	if (!import->table)
		return false;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (!lx_statement_begins(statement, forms[i]))
			continue;
		lx_sql_scan_init(&scanner, statement->start, statement->length);
		for (int words = strchr(forms[i], ' ') ? 3 : 2; words > 0; words--)
			lx_sql_scan(&scanner, &token);
		struct lx_sql_token name = token;
		if (lx_sql_scan(&scanner, &token) == LX_SQL_PUNCT && token.start[0] == '.')
			lx_sql_scan(&scanner, &name);
		size_t length = strlen(import->table), quote = name.kind == LX_SQL_QUOTED;
		return name.length == length + 2 * quote && strncmp(name.start + quote, import->table, length) == 0;
	}
	return false;
}

/* Leaves the statement and its semicolon out. */
static void leave_out(struct converter *converter, const struct lx_sql_statement *statement)
{
	const char *end = statement->start + statement->length;
	lx_buffer_add(&converter->out, converter->copied, (size_t)(statement->start - converter->copied));
	end += strspn(end, " \t\r\n");
	converter->copied = *end == ';' ? end + 1 : end;
}

static void open_step(struct converter *converter, const struct lx_sql_statement *statement)
{
	struct lx_buffer *out = &converter->out;
	if (converter->is_outside)
		return;
	converter->is_outside = true;
	lx_buffer_add(out, converter->copied, (size_t)(statement->start - converter->copied));
	converter->copied = statement->start;
	while (out->length && (out->data[out->length - 1] == ' ' || out->data[out->length - 1] == '\t'))
		lx_buffer_truncate(out, out->length - 1);
	if (out->length && out->data[out->length - 1] != '\n')
		lx_buffer_char(out, '\n');
	lx_buffer_string(out, "-- lexo:step transaction=none\n");
}

static enum lx_status take_control(struct converter *converter, const struct lx_sql_statement *statement)
{
	struct lx_import *import = converter->import;
	const struct lx_import_sql *sql = converter->sql;
	bool is_begin = lx_statement_begins(statement, "begin") || lx_statement_begins(statement, "start transaction");
	bool is_commit = lx_statement_begins(statement, "commit") || lx_statement_begins(statement, "end");
	if (!is_begin && !is_commit)
		return lx_import_refuse(import, "L0434", sql, statement->start,
					"it gives up its own transaction, and a revision cannot",
					"take the statement out, or write what is meant without it");
	if (!sql->leaves_at_commit)
		lx_import_note(import, sql->path, sql->file, statement->start,
			       is_begin ? "BEGIN is left out: a revision is a transaction by itself"
					: "COMMIT is left out: a revision is a transaction by itself");
	converter->has_committed = is_commit;
	leave_out(converter, statement);
	return LX_OK;
}

static enum lx_status take(struct converter *converter, const struct lx_sql_statement *statement)
{
	struct lx_import *import = converter->import;
	const struct lx_import_sql *sql = converter->sql;
	const char *at = statement->culprit.start;
	switch (statement->problem) {
	case LX_STATEMENT_TRANSACTION:
		return take_control(converter, statement);
	case LX_STATEMENT_BROKEN:
		return lx_import_refuse(
		    import, "L0434", sql, at,
		    lx_arena_printf(import->cli->arena, "the SQL cannot be read: %s", statement->culprit.problem),
		    "complete the text");
	case LX_STATEMENT_BACKSLASH:
		return lx_import_refuse(
		    import, "L0434", sql, at,
		    lx_arena_printf(import->cli->arena, "psql commands cannot be imported: %.*s",
				    (int)(statement->culprit.length > 40 ? 40 : statement->culprit.length), at),
		    "write what it does as SQL; the text of included files belongs in the file");
	case LX_STATEMENT_COPY:
		return lx_import_refuse(import, "L0434", sql, at, "COPY with data in the file cannot be imported",
					"write the rows as INSERT … VALUES");
	case LX_STATEMENT_FINE:
		break;
	}
	if (is_bookkeeping(import, statement))
		leave_out(converter, statement);
	else if (is_never_inside(statement) || (sql->leaves_at_commit && converter->has_committed))
		open_step(converter, statement);
	return LX_OK;
}

/* Without the empty lines at both ends. */
static const char *trim(struct lx_arena *arena, const struct lx_buffer *text)
{
	const char *start = lx_buffer_text(text), *end = start + text->length;
	while (end > start && strchr(" \t\r\n", end[-1]))
		end--;
	for (size_t line; (line = strspn(start, " \t\r")), start[line] == '\n';)
		start += line + 1;
	return start < end ? lx_arena_copy(arena, start, (size_t)(end - start)) : "";
}

enum lx_status lx_import_convert(struct lx_import *import, const struct lx_import_sql *sql, const char **converted)
{
	struct converter converter = {.import = import, .sql = sql, .copied = sql->sql};
	struct lx_splitter splitter;
	struct lx_sql_statement statement;
	enum lx_status status = LX_OK;
	lx_split_init(&splitter, sql->sql, sql->length);
	if (sql->is_outside) {
		lx_buffer_string(&converter.out, "-- lexo:step transaction=none\n");
		converter.is_outside = true;
	}
	while (status == LX_OK && lx_split_next(&splitter, &statement))
		status = take(&converter, &statement);
	lx_buffer_add(&converter.out, converter.copied, (size_t)(sql->sql + sql->length - converter.copied));
	if (status == LX_OK)
		*converted = trim(import->cli->arena, &converter.out);
	lx_buffer_free(&converter.out);
	return status;
}
