/* A history row as SQL, for scripts: the server computes the hash, as record.c does for a connection.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "runtime/engine_private.h"

void lx_render_literal(struct lx_buffer *out, const char *text)
{
	lx_buffer_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			lx_buffer_char(out, '\'');
		lx_buffer_char(out, *text);
	}
	lx_buffer_char(out, '\'');
}

static void add_value(struct lx_buffer *out, const char *text)
{
	if (text)
		lx_render_literal(out, text);
	else
		lx_buffer_string(out, "NULL");
}

/* An argument of concat(): the netstring of TEXT. */
static void add_netstring(struct lx_buffer *out, const char *text)
{
	char head[32] = "-";
	if (text)
		snprintf(head, sizeof head, "%zu:", strlen(text));
	lx_buffer_string(out, ", ");
	lx_render_literal(out, head);
	if (text) {
		lx_buffer_string(out, ", ");
		lx_render_literal(out, text);
	}
	lx_buffer_string(out, ", ','");
}

/* Who runs the script, and how long it takes, is nothing that lexo knows. */
void lx_render_record(struct lx_buffer *out, const char *schema, const struct lx_record *record)
{
	const char *values[LX_RECORD_COLUMNS];
	char statements[24];
	snprintf(statements, sizeof statements, "%zu", record->statements);
	lx_record_values(record, values);
	values[LX_RECORD_STATEMENTS] = statements;
	values[LX_RECORD_DURATION] = values[LX_RECORD_LOCK_WAIT] = "0";
	lx_buffer_printf(
	    out,
	    "WITH next AS MATERIALIZED (SELECT seq + 1 AS seq, hash AS previous, "
	    "pg_catalog.to_char(pg_catalog.timezone('UTC', pg_catalog.clock_timestamp()), '" LX_RECORD_TIME
	    "') AS at, session_user::text AS by FROM %s.head),\n"
	    "content AS (SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.concat("
	    "'14:lexo-history-2,64:', previous, ',', pg_catalog.length(seq::text), ':', seq, ','",
	    schema);
	for (size_t i = 0; i < LX_RECORD_COLUMNS; i++)
		add_netstring(out, values[i]);
	lx_buffer_printf(
	    out,
	    "), 'UTF8')), 'hex') AS hash FROM next),\n"
	    "sealed AS MATERIALIZED (SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to("
	    "pg_catalog.concat('64:', content.hash, ',', pg_catalog.length(at), ':', at, ',', "
	    "pg_catalog.octet_length(pg_catalog.convert_to(by, 'UTF8')), ':', by, ','), 'UTF8')), 'hex') AS hash "
	    "FROM next, content),\n"
	    "swapped AS (UPDATE %s.head h SET seq = next.seq, hash = sealed.hash FROM next, sealed)\n"
	    "INSERT INTO %s.history (seq, previous_hash, hash, applied_at, db_user",
	    schema, schema);
	for (size_t i = 0; i < LX_RECORD_COLUMNS; i++)
		lx_buffer_printf(out, ", %s", lx_record_names[i].name);
	lx_buffer_string(out, ")\nSELECT seq, previous, sealed.hash, at::timestamptz, by");
	for (size_t i = 0; i < LX_RECORD_COLUMNS; i++) {
		lx_buffer_string(out, ", ");
		add_value(out, values[i]);
		lx_buffer_printf(out, "::%s", lx_record_names[i].type);
	}
	lx_buffer_string(out, " FROM next, sealed;\n");
}
