/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/query_sum.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/map.h"
#include "base/sha256.h"
#include "cli/check_queries.h"
#include "kinds/composite/composite.h"
#include "kinds/query/query.h"
#include "snapshot/snapshot.h"
#include "sql/emit.h"

enum { LARGEST = 16 << 20, DIGITS = 16 }; /* 64 bits tell a changed query; nobody is kept from anything by them */

static const char first_line[] = "lexo queries 1\n";

static const char *path_of(struct lx_cli *cli)
{
	return lx_arena_printf(cli->arena, "%s/queries.sum", cli->config.script_location);
}

/* What a server's answer hangs on: the whole schema, the statement, and what is declared of its result. */
static bool hash_query(struct lx_cli *cli, const struct lx_buffer *schema, const struct lx_query *query,
		       char hex[LX_SHA256_HEX])
{
	struct lx_sql results = {.arena = cli->arena, .text = LX_BUFFER_INIT};
	const char *sql = lx_check_query_sql(cli, query);
	struct lx_sha256 *hash = lx_sha256_open();
	LX_EACH (const struct lx_field *, field, &query->results) {
		lx_sql_name(&results, field->name);
		lx_sql_raw(&results, field->is_nullable ? "? " : " ");
		lx_sql_type(&results, &field->type);
		lx_sql_raw(&results, "\n");
	}
	if (hash) {
		lx_sha256_field(hash, lx_buffer_text(schema), schema->length);
		lx_sha256_field(hash, sql, strlen(sql));
		lx_sha256_field(hash, lx_buffer_text(&results.text), results.text.length);
	}
	bool is_good = hash && lx_sha256_close(hash, hex) && lx_buffer_ok(&results.text);
	hex[DIGITS] = 0;
	lx_buffer_free(&results.text);
	return is_good;
}

/* "NAME HASH\n" for each query, in the order of their names. */
static int by_name(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(((const struct lx_query *)a)->base.source_name, ((const struct lx_query *)b)->base.source_name);
}

static struct lx_vec queries_of(struct lx_cli *cli, const struct lx_schema *models)
{
	struct lx_vec queries = {0};
	LX_EACH (struct lx_object *, object, &models->objects)
		if (object->kind == LX_KIND_QUERY)
			lx_vec_push(cli->arena, &queries, object);
	lx_vec_sort(cli->arena, &queries, by_name, NULL);
	return queries;
}

static enum lx_status no_memory(struct lx_cli *cli)
{
	return lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
}

static enum lx_status write_file(struct lx_cli *cli, const struct lx_buffer *text)
{
	struct lx_io_set *set = lx_io_set_open();
	size_t changed = 0;
	enum lx_status status = set && lx_buffer_ok(text) ? LX_OK : no_memory(cli);
	if (status == LX_OK)
		status = lx_io_set_add(set, path_of(cli), lx_buffer_text(text), text->length, &cli->fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, &changed, &cli->fail);
	lx_io_set_close(set);
	if (status == LX_OK && changed)
		lx_cli_print(cli, "%s\n", path_of(cli));
	return status;
}

enum lx_status lx_query_sum_save(struct lx_cli *cli, const struct lx_schema *models)
{
	struct lx_buffer text = LX_BUFFER_INIT, schema = LX_BUFFER_INIT;
	struct lx_vec queries = queries_of(cli, models);
	bool is_good = true;
	lx_snapshot_print(&schema, models);
	lx_buffer_string(&text, first_line);
	LX_EACH (const struct lx_query *, query, &queries) {
		char hex[LX_SHA256_HEX];
		is_good = is_good && hash_query(cli, &schema, query, hex);
		lx_buffer_printf(&text, "%s %s\n", query->base.source_name, is_good ? hex : "");
	}
	enum lx_status status = is_good && lx_buffer_ok(&schema) ? write_file(cli, &text) : no_memory(cli);
	lx_buffer_free(&text);
	lx_buffer_free(&schema);
	return status;
}

/* Lines into READ, each as a whole. */
static enum lx_status read_lines(struct lx_cli *cli, const char *text, size_t length, struct lx_map *read)
{
	size_t start = sizeof first_line - 1;
	if (length < start || memcmp(text, first_line, start) != 0) {
		lx_fail(&cli->fail, LX_DIFFERS, "L0525", "%s is not as lexo writes it", path_of(cli));
		lx_fail_help(&cli->fail, "write it anew: lexo check --ephemeral --save");
		return LX_DIFFERS;
	}
	for (size_t at = start; at < length;) {
		const char *end = memchr(text + at, '\n', length - at);
		size_t line = end ? (size_t)(end - text) - at : length - at;
		lx_map_put(cli->arena, read, text + at, line, read);
		at += line + 1;
	}
	return LX_OK;
}

static enum lx_status compare(struct lx_cli *cli, const struct lx_schema *models, const struct lx_map *read,
			      size_t *unread)
{
	struct lx_buffer schema = LX_BUFFER_INIT;
	struct lx_vec queries = queries_of(cli, models);
	enum lx_status status = LX_OK;
	lx_snapshot_print(&schema, models);
	LX_EACH (const struct lx_query *, query, &queries) {
		char hex[LX_SHA256_HEX];
		if (!lx_buffer_ok(&schema) || !hash_query(cli, &schema, query, hex)) {
			status = no_memory(cli);
			break;
		}
		const char *line = lx_arena_printf(cli->arena, "%s %s", query->base.source_name, hex);
		if (lx_map_get(read, line, strlen(line)))
			continue;
		struct lx_diag *diag =
		    lx_report(&cli->diags, LX_W0404, query->base.origin,
			      "no server has read query '%s' as it and the schema are now", query->base.source_name);
		lx_diag_help(&cli->diags, diag, "run: lexo check --ephemeral --save");
		++*unread;
	}
	lx_buffer_free(&schema);
	return status;
}

enum lx_status lx_query_sum_compare(struct lx_cli *cli, const struct lx_schema *models, size_t *unread)
{
	const char *path = path_of(cli);
	struct lx_map read = {0};
	char *text = NULL;
	size_t length = 0;
	*unread = 0;
	if (!lx_io_exists(path))
		return LX_OK;
	enum lx_status status = lx_io_read(path, LARGEST, &text, &length, &cli->fail);
	if (status == LX_OK)
		status = read_lines(cli, text, length, &read);
	if (status == LX_OK)
		status = compare(cli, models, &read, unread);
	free(text);
	return status;
}
