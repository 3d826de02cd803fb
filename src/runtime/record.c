/* The bookkeeping of one revision, in its transaction.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lexo/lexo.h>

static const char statement_name[] = "lexo_record";

const struct lx_record_name lx_record_names[LX_RECORD_COLUMNS] = {
    [LX_RECORD_EVENT] = {"event", "text"},
    [LX_RECORD_REVISION] = {"revision", "text"},
    [LX_RECORD_MESSAGE] = {"message", "text"},
    [LX_RECORD_RAW] = {"raw", "text"},
    [LX_RECORD_TOK] = {"tok", "text"},
    [LX_RECORD_CHAIN] = {"chain", "text"},
    [LX_RECORD_UPGRADE_TOK] = {"upgrade_tok", "text"},
    [LX_RECORD_REVISES] = {"revises", "text"},
    [LX_RECORD_DEPENDS_ON] = {"depends_on", "text"},
    [LX_RECORD_LABELS] = {"labels", "text"},
    [LX_RECORD_REPLACES] = {"replaces", "text"},
    [LX_RECORD_IRREVERSIBLE] = {"irreversible", "text"},
    [LX_RECORD_DOWNGRADE_SQL] = {"downgrade_sql", "text"},
    [LX_RECORD_REASON] = {"reason", "text"},
    [LX_RECORD_FORMER_CHAIN] = {"former_chain", "text"},
    [LX_RECORD_STATEMENTS] = {"statements", "bigint"},
    [LX_RECORD_DURATION] = {"duration_ms", "bigint"},
    [LX_RECORD_LOCK_WAIT] = {"lock_wait_ms", "bigint"},
    [LX_RECORD_OS_USER] = {"os_user", "text"},
    [LX_RECORD_HOST] = {"host", "text"},
    [LX_RECORD_VERSION] = {"lexo_version", "text"},
};

static void add_netstring(struct lx_buffer *out, const char *text)
{
	if (!text) {
		lx_buffer_string(out, "-,");
		return;
	}
	lx_buffer_printf(out, "%zu:", strlen(text));
	lx_buffer_string(out, text);
	lx_buffer_char(out, ',');
}

static bool finish_hash(struct lx_buffer *text, char hash[65])
{
	bool ok = lx_buffer_ok(text) && lx_sha256_hex(lx_buffer_text(text), text->length, hash);
	lx_buffer_free(text);
	return ok;
}

bool lx_record_content(const char *const values[LX_RECORD_COLUMNS], const char *seq, const char *previous,
		       char content[65])
{
	struct lx_buffer text = LX_BUFFER_INIT;
	add_netstring(&text, "lexo-history-2");
	add_netstring(&text, previous);
	add_netstring(&text, seq);
	for (size_t i = 0; i < LX_RECORD_COLUMNS; i++)
		add_netstring(&text, values[i]);
	return finish_hash(&text, content);
}

bool lx_record_seal(const char *content, const char *applied_at, const char *db_user, char hash[65])
{
	struct lx_buffer text = LX_BUFFER_INIT;
	add_netstring(&text, content);
	add_netstring(&text, applied_at);
	add_netstring(&text, db_user);
	return finish_hash(&text, hash);
}

void lx_record_values(const struct lx_record *record, const char *values[LX_RECORD_COLUMNS])
{
	const char *const all[LX_RECORD_COLUMNS] = {
	    [LX_RECORD_EVENT] = record->event,
	    [LX_RECORD_REVISION] = record->revision,
	    [LX_RECORD_MESSAGE] = record->message,
	    [LX_RECORD_RAW] = record->raw,
	    [LX_RECORD_TOK] = record->tok,
	    [LX_RECORD_CHAIN] = record->chain,
	    [LX_RECORD_UPGRADE_TOK] = record->upgrade_tok,
	    [LX_RECORD_REVISES] = record->revises,
	    [LX_RECORD_DEPENDS_ON] = record->depends_on,
	    [LX_RECORD_LABELS] = record->labels,
	    [LX_RECORD_REPLACES] = record->replaces,
	    [LX_RECORD_IRREVERSIBLE] = record->irreversible,
	    [LX_RECORD_DOWNGRADE_SQL] = record->downgrade_sql,
	    [LX_RECORD_REASON] = record->reason,
	    [LX_RECORD_FORMER_CHAIN] = record->former_chain,
	    [LX_RECORD_VERSION] = lexo_version(),
	};
	memcpy(values, all, sizeof all);
}

/* {"a","b"}: ids hold no quotes and no backslashes. */
static void add_array(struct lx_buffer *out, const char *const *items)
{
	lx_buffer_char(out, '{');
	for (size_t i = 0; items[i]; i++)
		lx_buffer_printf(out, "%s\"%s\"", i ? "," : "", items[i]);
	lx_buffer_char(out, '}');
}

/* The parameters that are none of the row's columns; those follow. */
enum { CONTENT, PREVIOUS, XID, GONE, COME, SIGNATURE, OWN_PARAMETERS };

/* When and as whom it is written is the server's to say, and so it ends the hash too. */
static void print_statement(struct lx_buffer *sql, const char *schema)
{
	lx_buffer_printf(
	    sql,
	    "WITH now AS MATERIALIZED (SELECT pg_catalog.to_char(pg_catalog.timezone('UTC', "
	    "pg_catalog.clock_timestamp()), '" LX_RECORD_TIME "') AS at, session_user::pg_catalog.text AS by), "
	    "sealed AS MATERIALIZED (SELECT at, by, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to("
	    "pg_catalog.concat('64:', $1::pg_catalog.text, ',', pg_catalog.length(at), ':', at, ',', "
	    "pg_catalog.octet_length(pg_catalog.convert_to(by, 'UTF8')), ':', by, ','), 'UTF8')), 'hex') AS hash "
	    "FROM now), "
	    "swapped AS (UPDATE %s.head h SET seq = h.seq OPERATOR(pg_catalog.+) 1, hash = sealed.hash, "
	    "signature = greatest(h.signature, $6::bigint) FROM sealed "
	    "WHERE h.hash OPERATOR(pg_catalog.=) $2 AND "
	    "pg_catalog.pg_current_xact_id()::pg_catalog.text OPERATOR(pg_catalog.=) $3 "
	    "RETURNING h.seq, sealed.hash, sealed.at, sealed.by), "
	    "gone AS (DELETE FROM %s.revision WHERE version_num OPERATOR(pg_catalog.=) ANY ($4::pg_catalog.text[]) "
	    "AND EXISTS (SELECT FROM swapped)), "
	    "come AS (INSERT INTO %s.revision SELECT pg_catalog.unnest($5::pg_catalog.text[]) FROM swapped), "
	    "finished AS (DELETE FROM %s.step WHERE revision OPERATOR(pg_catalog.=) $%d "
	    "AND EXISTS (SELECT FROM swapped)) "
	    "INSERT INTO %s.history (seq, previous_hash, hash, applied_at, db_user",
	    schema, schema, schema, schema, OWN_PARAMETERS + LX_RECORD_REVISION + 1, schema);
	for (int i = 0; i < LX_RECORD_COLUMNS; i++)
		lx_buffer_printf(sql, ", %s", lx_record_names[i].name);
	lx_buffer_string(sql, ") SELECT seq, $2, hash, at::pg_catalog.timestamptz, by");
	for (int i = 0; i < LX_RECORD_COLUMNS; i++)
		lx_buffer_printf(sql, ", $%d::%s", OWN_PARAMETERS + i + 1, lx_record_names[i].type);
	lx_buffer_string(sql, " FROM swapped RETURNING hash");
}

/* The texts that are made for a row. */
struct made {
	char statements[24], duration[24], wait[24], user[64], host[256], seq[24], signature[24], content[65];
};

static bool fill_values(const struct lx_engine *engine, const struct lx_record *record, struct made *made,
			const char **values)
{
	snprintf(made->statements, sizeof made->statements, "%zu", record->statements);
	snprintf(made->duration, sizeof made->duration, "%ld", record->duration_ms);
	snprintf(made->wait, sizeof made->wait, "%ld", engine->lock_wait_ms);
	snprintf(made->seq, sizeof made->seq, "%lld", (long long)engine->state.seq + 1);
	snprintf(made->signature, sizeof made->signature, "%llu", (unsigned long long)engine->signature);
	if (getlogin_r(made->user, sizeof made->user) != 0)
		snprintf(made->user, sizeof made->user, "uid %lu", (unsigned long)getuid());
	gethostname(made->host, sizeof made->host - 1);
	lx_record_values(record, values);
	values[LX_RECORD_STATEMENTS] = made->statements;
	values[LX_RECORD_DURATION] = made->duration;
	values[LX_RECORD_LOCK_WAIT] = made->wait;
	values[LX_RECORD_OS_USER] = made->user;
	values[LX_RECORD_HOST] = made->host;
	return lx_record_content(values, made->seq, engine->state.hash, made->content);
}

static PGresult *send(struct lx_engine *engine, const char *const *values, int count)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	PGresult *result = NULL;
	if (engine->is_prepared)
		return PQexecPrepared(engine->conn, statement_name, count, values, NULL, NULL, 0);
	print_statement(&sql, engine->schema);
	if (lx_buffer_ok(&sql))
		result = PQexecParams(engine->conn, lx_buffer_text(&sql), count, NULL, values, NULL, NULL, 0);
	/* with many revisions to come planning it once pays */
	if (PQresultStatus(result) == PGRES_TUPLES_OK && !engine->never_prepares && ++engine->records == 2) {
		PGresult *prepared = PQprepare(engine->conn, statement_name, lx_buffer_text(&sql), count, NULL);
		engine->is_prepared = PQresultStatus(prepared) == PGRES_COMMAND_OK;
		PQclear(prepared);
	}
	lx_buffer_free(&sql);
	return result;
}

/* The head row did not swap: is it another transaction, or did the revision itself change the row?  Nobody else can,
 * as it is locked since the transaction began. */
static enum lx_status not_swapped(struct lx_engine *engine, const struct lx_record *record, const char *xid,
				  struct lx_fail *fail)
{
	const char *values[] = {xid};
	PGresult *result = PQexecParams(
	    engine->conn, "SELECT pg_catalog.pg_current_xact_id()::pg_catalog.text OPERATOR(pg_catalog.=) $1", 1, NULL,
	    values, NULL, NULL, 0);
	bool is_ours = PQresultStatus(result) == PGRES_TUPLES_OK && *PQgetvalue(result, 0, 0) == 't';
	PQclear(result);
	if (!is_ours) {
		lx_fail(fail, LX_PARTIAL, "L0417",
			"revision %s left the transaction it ran in: part of it is committed", record->revision);
		lx_fail_help(
		    fail, "look at what it did, undo or complete it by hand, and take COMMIT and ROLLBACK out of it");
		return LX_PARTIAL;
	}
	lx_fail(fail, LX_ROLLED_BACK, "L0416", "revision %s changes lexo's own head row, and was rolled back",
		record->revision);
	lx_fail_help(fail, "take out of it what touches the schema of lexo's tables");
	return LX_ROLLED_BACK;
}

enum lx_status lx_record_write(struct lx_engine *engine, const struct lx_record *record, const char *xid, char hash[65],
			       struct lx_fail *fail)
{
	struct lx_buffer gone = LX_BUFFER_INIT, come = LX_BUFFER_INIT;
	struct made made = {.user = ""};
	const char *values[OWN_PARAMETERS + LX_RECORD_COLUMNS];
	add_array(&gone, record->gone);
	add_array(&come, record->come);
	PGresult *result = NULL;
	bool is_ready =
	    fill_values(engine, record, &made, values + OWN_PARAMETERS) && lx_buffer_ok(&gone) && lx_buffer_ok(&come);
	if (is_ready) {
		values[CONTENT] = made.content;
		values[PREVIOUS] = engine->state.hash;
		values[XID] = xid;
		values[GONE] = lx_buffer_text(&gone);
		values[COME] = lx_buffer_text(&come);
		values[SIGNATURE] = made.signature;
		result = send(engine, values, sizeof values / sizeof *values);
	}
	lx_buffer_free(&gone);
	lx_buffer_free(&come);
	if (!is_ready)
		return lx_engine_no_memory(fail);
	enum lx_status status = LX_OK;
	/* a revision may have thrown away all prepared statements: it is run again without ours */
	if (strcmp(lx_pg_sqlstate(result), "26000") == 0) {
		engine->is_prepared = false;
		engine->never_prepares = true;
	}
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		status =
		    lx_pg_fail(fail, LX_ROLLED_BACK, "L0418", engine->conn, result, "cannot write the version tables");
	else if (PQntuples(result) != 1)
		status = not_swapped(engine, record, xid, fail);
	else
		snprintf(hash, 65, "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	return status;
}

static bool is_in(const char *const *list, const char *id)
{
	for (; *list; list++)
		if (strcmp(*list, id) == 0)
			return true;
	return false;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct lx_applied *)a)->id, ((const struct lx_applied *)b)->id);
}

enum lx_status lx_record_apply(struct lx_engine *engine, const struct lx_record *record, const char hash[65],
			       struct lx_fail *fail)
{
	struct lx_state *state = &engine->state;
	size_t kept = 0, more = 0;
	while (record->come[more])
		more++;
	struct lx_applied *heads = realloc(state->heads, (state->head_count + more + 1) * sizeof *heads);
	if (!heads)
		return lx_engine_no_memory(fail);
	state->heads = heads;
	for (size_t i = 0; i < state->head_count; i++) {
		if (is_in(record->gone, heads[i].id))
			free(heads[i].id);
		else
			heads[kept++] = heads[i];
	}
	state->head_count = kept;
	for (size_t i = 0; i < more; i++) {
		struct lx_applied *head = &heads[state->head_count];
		*head = (struct lx_applied){.id = strdup(record->come[i])};
		if (!head->id)
			return lx_engine_no_memory(fail);
		state->head_count++;
	}
	qsort(heads, state->head_count, sizeof *heads, by_id);
	state->seq++;
	state->open_steps = 0;
	memcpy(state->hash, hash, sizeof state->hash);
	return LX_OK;
}
