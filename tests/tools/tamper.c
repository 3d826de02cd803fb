/* Turns around every single bit of a history's files and of its rows in a database, one after the other, and counts
 * what is made of it.   tamper FOLDER URL STRIDE   STRIDE: 1, or only every so manieth.  A line for each place: "NAME:
 * N bits, N refused, N warned of, N not stored, N missed"; a missed one is shown before. Warned of: only what is
 * outside the SQL differs (comments, white space, the case of keywords).  Not stored: the server refuses the bytes, or
 * reads the same value.  Ends with 1 when any was missed.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "pg/connection.h"
#include "runtime/engine.h"

struct count {
	size_t bits, refused, warned, unstored, missed;
};

static bool is_any_missed;
static size_t stride;

static void print(const char *name, const struct count *count)
{
	printf("%s: %zu bits, %zu refused, %zu warned of, %zu not stored, %zu missed\n", name, count->bits,
	       count->refused, count->warned, count->unstored, count->missed);
	is_any_missed |= count->missed != 0;
}

/* --- files ---------------------------------------------------------------------------------------------------------
 */
struct file {
	const char *name;
	char *text;
	size_t length;
};

static void on_warning(void *warned, const char *path, const char *text)
{
	(void)path;
	(void)text;
	*(bool *)warned = true;
}

static enum lx_status check_files(const struct file *files, size_t count, bool *is_warned)
{
	struct lx_history *history = lx_history_open();
	enum lx_status status = history ? LX_OK : LX_FAILED;
	for (size_t i = 1; status == LX_OK && i < count; i++) {
		char *copy = malloc(files[i].length + 1);
		if (!copy)
			exit(70);
		memcpy(copy, files[i].text, files[i].length + 1);
		status = lx_history_add(history, files[i].name, copy, files[i].length, NULL);
	}
	if (status == LX_OK)
		status = lx_history_link(history, NULL);
	if (status == LX_OK)
		status =
		    lx_sum_parse(history->arena, files[0].name, files[0].text, files[0].length, &history->sum, NULL);
	if (status == LX_OK)
		status = lx_history_verify(history, on_warning, is_warned, NULL);
	lx_history_close(history);
	return status;
}

static void turn_file(struct file *files, size_t files_count, struct file *file)
{
	struct count count = {0};
	for (size_t bit = 0; bit < file->length * 8; bit += stride) {
		bool is_warned = false;
		file->text[bit / 8] = (char)(file->text[bit / 8] ^ (1 << bit % 8));
		enum lx_status status = check_files(files, files_count, &is_warned);
		count.bits++;
		if (status != LX_OK)
			count.refused++;
		else if (is_warned)
			count.warned++;
		else {
			count.missed++;
			printf("missed: %s, byte %zu, bit %zu\n", file->name, bit / 8, bit % 8);
		}
		file->text[bit / 8] = (char)(file->text[bit / 8] ^ (1 << bit % 8));
	}
	print(file->name, &count);
}

/* lexo.sum first, then the revisions. */
static void turn_files(const struct lx_history *history)
{
	struct file *files = calloc(history->count + 1, sizeof *files);
	char sum[4096];
	bool is_warned = false;
	snprintf(sum, sizeof sum, "%s/lexo.sum", history->folder);
	for (size_t i = 0; files && i <= history->count; i++) {
		files[i].name = i ? history->revisions[i - 1]->path : sum;
		if (lx_io_read(files[i].name, 1 << 20, &files[i].text, &files[i].length, NULL) != LX_OK)
			exit(70);
	}
	if (!files || check_files(files, history->count + 1, &is_warned) != LX_OK || is_warned)
		exit(70);
	for (size_t i = 0; i <= history->count; i++)
		turn_file(files, history->count + 1, &files[i]);
	for (size_t i = 0; i <= history->count; i++)
		free(files[i].text);
	free(files);
}

/* --- rows ----------------------------------------------------------------------------------------------------------
 */
/* False: refused, or nothing became different. */
static bool run(PGconn *conn, const char *sql, const char *const *values, int count)
{
	PGresult *result = PQexecParams(conn, sql, count, NULL, values, NULL, NULL, 0);
	bool ok = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdTuples(result), "0") != 0;
	PQclear(result);
	return ok;
}

static void turn_value(PGconn *conn, struct lx_engine *engine, const struct lx_history *history, const char *update,
		       const char *place, const char *value, struct count *count)
{
	size_t length = strlen(value), rows;
	char *copy = strdup(value);
	for (size_t bit = 0; copy && bit < length * 8; bit += stride) {
		const char *values[] = {copy, place};
		copy[bit / 8] = (char)(value[bit / 8] ^ (1 << bit % 8));
		count->bits++;
		run(conn, "BEGIN", NULL, 0);
		if (!run(conn, update, values, 2))
			count->unstored++;
		else if (lx_engine_verify(engine, history, &rows, NULL) != LX_OK)
			count->refused++;
		else {
			count->missed++;
			printf("missed: %s, at %s, bit %zu of %s\n", update, place, bit, value);
		}
		run(conn, "ROLLBACK", NULL, 0);
		copy[bit / 8] = value[bit / 8];
	}
	free(copy);
}

static void turn_column(PGconn *conn, struct lx_engine *engine, const struct lx_history *history, const char *table,
			const char *column)
{
	char query[256], update[256], name[128];
	struct count count = {0};
	snprintf(query, sizeof query, "SELECT %s, ctid FROM lexo.%s WHERE %s IS NOT NULL", column, table, column);
	snprintf(update, sizeof update, "UPDATE lexo.%s SET %s = $1 WHERE ctid = $2::tid AND %s IS DISTINCT FROM $1",
		 table, column, column);
	snprintf(name, sizeof name, "%s.%s", table, column);
	PGresult *rows = PQexec(conn, query);
	if (PQntuples(rows) == 0)
		exit(70);
	for (int i = 0; i < PQntuples(rows); i++)
		turn_value(conn, engine, history, update, PQgetvalue(rows, i, 1), PQgetvalue(rows, i, 0), &count);
	PQclear(rows);
	print(name, &count);
}

static const struct {
	const char *table, *column;
} columns[] = {{"head", "seq"}, {"head", "hash"}, {"revision", "version_num"}};

/* All that a history row has; the names come from the catalog, so that none is forgotten. */
static void turn_history(PGconn *conn, struct lx_engine *engine, const struct lx_history *history)
{
	PGresult *names = PQexec(conn, "SELECT attname FROM pg_attribute WHERE attrelid = 'lexo.history'::regclass AND "
				       "attnum > 0 AND NOT attisdropped ORDER BY attnum");
	for (int i = 0; i < PQntuples(names); i++)
		turn_column(conn, engine, history, "history", PQgetvalue(names, i, 0));
	PQclear(names);
}

int main(int argc, char **argv)
{
	struct lx_history *history = NULL;
	struct lx_engine *engine = NULL;
	PGconn *conn = NULL;
	size_t rows;
	stride = argc == 4 ? (size_t)strtoul(argv[3], NULL, 10) : 0;
	if (stride == 0 || lx_history_read(&(struct lx_locations){.folder = argv[1]}, &history, NULL) != LX_OK ||
	    lx_pg_connect(argv[2], &conn, NULL) != LX_OK || lx_engine_open(conn, NULL, &engine, NULL) != LX_OK ||
	    lx_engine_verify(engine, history, &rows, NULL) != LX_OK || rows == 0)
		return 70;
	turn_files(history);
	turn_history(conn, engine, history);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		turn_column(conn, engine, history, columns[i].table, columns[i].column);
	lx_engine_close(engine);
	PQfinish(conn);
	lx_history_close(history);
	return is_any_missed;
}
