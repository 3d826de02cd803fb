/* Offline: the same transactions, checks and bookkeeping as a script for psql.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lexo/lexo.h>

#include "base/arena.h"
#include "history/identify.h"

struct script {
	struct lx_buffer *out;
	const struct lx_history *history;
	const struct lx_engine_options *options;
	char *schema;
	int64_t lock_key;
	bool is_downgrade;
	unsigned char *applied;
};

static void add_literal(struct lx_buffer *out, const char *text)
{
	lx_buffer_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			lx_buffer_char(out, '\'');
		lx_buffer_char(out, *text);
	}
	lx_buffer_char(out, '\'');
}

static char *quote_name(const char *name)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	lx_buffer_char(&out, '"');
	for (; *name; name++) {
		if (*name == '"')
			lx_buffer_char(&out, '"');
		lx_buffer_char(&out, *name);
	}
	lx_buffer_char(&out, '"');
	return out.data && lx_buffer_ok(&out) ? out.data : NULL;
}

static void add_begin(struct script *script)
{
	unsigned lock_timeout =
	    script->options && script->options->lock_timeout_ms ? script->options->lock_timeout_ms : 3000;
	const char *path =
	    script->options && script->options->search_path ? script->options->search_path : "public, pg_temp";
	lx_buffer_printf(
	    script->out,
	    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n"
	    "SET LOCAL standard_conforming_strings = on;\nSET LOCAL search_path = %s;\nSET LOCAL lock_timeout = %u;\n"
	    "SELECT pg_catalog.pg_advisory_xact_lock(%lld);\n",
	    path, lock_timeout, (long long)script->lock_key);
}

/* The heads of the marked revisions, as a sorted array of text. */
static void add_heads(const struct script *script, struct lx_revision **scratch)
{
	size_t count = lx_history_marked_heads(script->history, script->applied, scratch);
	for (size_t i = 1; i < count; i++) /* by id; few */
		for (size_t j = i; j > 0 && strcmp(scratch[j - 1]->id, scratch[j]->id) > 0; j--) {
			struct lx_revision *swap = scratch[j];
			scratch[j] = scratch[j - 1];
			scratch[j - 1] = swap;
		}
	lx_buffer_string(script->out, "ARRAY[");
	for (size_t i = 0; i < count; i++) {
		lx_buffer_string(script->out, i ? ", " : "");
		add_literal(script->out, scratch[i]->id);
	}
	lx_buffer_string(script->out, "]::text[]");
}

/* Nothing runs when the database is not where the script begins. */
static void add_guard(const struct script *script, struct lx_revision **scratch)
{
	lx_buffer_printf(
	    script->out,
	    "DO $lexo_guard$ BEGIN\nIF coalesce((SELECT pg_catalog.array_agg(version_num ORDER BY version_num COLLATE "
	    "\"C\") FROM %s.revision), '{}') <> ",
	    script->schema);
	add_heads(script, scratch);
	lx_buffer_string(
	    script->out,
	    " THEN\n  RAISE EXCEPTION 'this part of the script starts at %, and the database is elsewhere', ");
	add_heads(script, scratch);
	lx_buffer_string(script->out, ";\nEND IF;\nEND $lexo_guard$;\n");
}

static void add_netstring(struct lx_buffer *out, const char *text)
{
	char head[32];
	lx_buffer_string(out, " || ");
	snprintf(head, sizeof head, "%zu:", strlen(text));
	add_literal(out, head);
	lx_buffer_string(out, " || ");
	add_literal(out, text);
	lx_buffer_string(out, " || ','");
}

static void add_record(const struct script *script, const struct lx_revision *revision, const char *downgrade,
		       size_t statements)
{
	struct lx_buffer *out = script->out;
	const char *fields[] = {script->is_downgrade ? "downgrade" : "upgrade",
				revision->id,
				revision->message,
				revision->raw,
				revision->tok,
				revision->chain};
	lx_buffer_printf(
	    out,
	    "WITH last AS (SELECT seq + 1 AS seq, hash FROM %s.head),\nnext AS (SELECT seq, hash AS previous, "
	    "pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to('14:lexo-history-1,64:' || hash || ',' || "
	    "pg_catalog.length(seq::text) || ':' || seq || ','",
	    script->schema);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		add_netstring(out, fields[i]);
	add_netstring(out, downgrade ? downgrade : "");
	lx_buffer_printf(
	    out,
	    ", 'UTF8')), 'hex') AS hash FROM last),\n"
	    "swapped AS (UPDATE %s.head h SET seq = next.seq, hash = next.hash FROM next)\n"
	    "INSERT INTO %s.history (event, revision, message, raw, tok, chain, downgrade_sql, statements, "
	    "duration_ms, lock_wait_ms, lexo_version, seq, previous_hash, hash)\nSELECT ",
	    script->schema, script->schema);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		add_literal(out, fields[i]);
		lx_buffer_string(out, ", ");
	}
	if (downgrade)
		add_literal(out, downgrade);
	else
		lx_buffer_string(out, "NULL");
	lx_buffer_printf(out, ", %zu, 0, 0, ", statements);
	add_literal(out, lexo_version());
	lx_buffer_string(out, ", seq, previous, hash FROM next;\n");
}

static void add_swap(const struct script *script, const struct lx_revision *revision, struct lx_revision **scratch)
{
	/* only heads are rows: all that the marks make heads now, nothing else */
	lx_buffer_printf(script->out, "DELETE FROM %s.revision;\nINSERT INTO %s.revision SELECT pg_catalog.unnest(",
			 script->schema, script->schema);
	(void)revision;
	add_heads(script, scratch);
	lx_buffer_string(script->out, ");\n");
}

static void add_sql(struct lx_buffer *out, const struct lx_step *step)
{
	lx_buffer_add(out, step->sql, step->length);
	size_t end = step->length;
	while (end && (step->sql[end - 1] == '\n' || step->sql[end - 1] == '\r' || step->sql[end - 1] == ' '))
		end--;
	/* a last statement may lack its semicolon, and a comment may stand behind it */
	lx_buffer_string(out, end && step->sql[end - 1] == ';' ? "\n" : "\n;\n");
}

static void add_title(const struct script *script, const struct lx_revision *revision)
{
	lx_buffer_printf(script->out, "-- Running %s ", script->is_downgrade ? "downgrade" : "upgrade");
	if (script->is_downgrade)
		lx_buffer_printf(script->out, "%s -> ", revision->id);
	for (size_t i = 0; i < revision->revises.count; i++)
		lx_buffer_printf(script->out, "%s%s", i ? ", " : "", revision->parents[i]->id);
	if (!script->is_downgrade)
		lx_buffer_printf(script->out, " -> %s", revision->id);
	lx_buffer_string(script->out, "\n\n");
}

/* The text of the downgrade section, as the history row keeps it; malloc'ed, NULL when out of memory. */
static char *downgrade_text(const struct lx_revision *revision)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_string(&text, "");
	for (size_t i = 0; i < revision->downgrade.step_count; i++) {
		if (!revision->downgrade.steps[i].is_transactional)
			lx_buffer_string(&text, "-- lexo:step transaction=none\n");
		lx_buffer_add(&text, revision->downgrade.steps[i].sql, revision->downgrade.steps[i].length);
	}
	if (!lx_buffer_ok(&text)) {
		lx_buffer_free(&text);
		return NULL;
	}
	return text.data ? text.data : strdup("");
}

static enum lx_status add_revision(struct script *script, const struct lx_revision *revision,
				   struct lx_revision **scratch, struct lx_fail *fail)
{
	const struct lx_section *section = script->is_downgrade ? &revision->downgrade : &revision->upgrade;
	char *downgrade = downgrade_text(revision);
	bool in_transaction = true;
	if (!downgrade)
		return lx_engine_no_memory(fail);
	add_title(script, revision);
	add_begin(script);
	add_guard(script, scratch);
	for (size_t i = 0; i < section->step_count; i++) {
		if (!section->steps[i].is_transactional && in_transaction)
			lx_buffer_string(script->out, "COMMIT;\n");
		in_transaction = section->steps[i].is_transactional;
		lx_buffer_char(script->out, '\n');
		add_sql(script->out, &section->steps[i]);
	}
	if (!in_transaction) {
		add_begin(script);
		add_guard(script, scratch);
	}
	script->applied[revision->index] = !script->is_downgrade;
	add_record(script, revision, revision->downgrade.is_present ? downgrade : NULL, section->statements);
	add_swap(script, revision, scratch);
	lx_buffer_string(script->out, "COMMIT;\n\n");
	free(downgrade);
	return LX_OK;
}

static enum lx_status refuse(const struct lx_revision *revision, struct lx_fail *fail)
{
	lx_fail(fail, LX_REFUSED, "L0412", "revision %s cannot be undone: %s", revision->id,
		revision->irreversible && *revision->irreversible ? revision->irreversible : "it has no reverse");
	lx_fail_where(fail, "%s", revision->path);
	return LX_REFUSED;
}

static enum lx_status add_all(struct script *script, const struct lx_revision_set *from,
			      const struct lx_revision_set *to, struct lx_fail *fail)
{
	const struct lx_history *history = script->history;
	unsigned char *marks = lx_arena_try_alloc(history->arena, history->count + 1);
	struct lx_revision **scratch = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *scratch);
	script->applied = lx_arena_try_alloc(history->arena, history->count + 1);
	if (!marks || !scratch || !script->applied)
		return lx_engine_no_memory(fail);
	lx_history_mark(history, from, script->applied);
	lx_history_mark(history, to, marks);
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < history->count; i++) {
		size_t at = script->is_downgrade ? history->count - 1 - i : i;
		const struct lx_revision *revision = history->revisions[at];
		bool is_wanted =
		    script->is_downgrade ? script->applied[at] && !marks[at] : marks[at] && !script->applied[at];
		if (!is_wanted)
			continue;
		if (script->is_downgrade && (revision->irreversible || !revision->downgrade.is_present))
			return refuse(revision, fail);
		status = add_revision(script, revision, scratch, fail);
	}
	return status;
}

static enum lx_status open_script(struct script *script, struct lx_fail *fail)
{
	const char *schema =
	    script->options && script->options->version_schema ? script->options->version_schema : "lexo";
	script->schema = quote_name(schema);
	if (!script->schema || !lx_pg_lock_key(schema, &script->lock_key))
		return lx_engine_no_memory(fail);
	return LX_OK;
}

enum lx_status lx_engine_render_tables(const struct lx_engine_options *options, struct lx_buffer *out,
				       struct lx_fail *fail)
{
	struct script script = {.out = out, .options = options};
	enum lx_status status = open_script(&script, fail);
	if (status == LX_OK) {
		lx_buffer_string(out, "BEGIN;\n");
		lx_tables_print(out, script.schema);
		lx_buffer_string(out, "COMMIT;\n\n");
	}
	free(script.schema);
	return status == LX_OK && !lx_buffer_ok(out) ? lx_engine_no_memory(fail) : status;
}

static enum lx_status needs_range(const char *target, struct lx_fail *fail)
{
	lx_fail(fail, LX_USAGE, "L0423", "downgrade --sql %s: without a database nobody knows where to start", target);
	lx_fail_help(fail, "write FROM:TO, for example head:base");
	return LX_USAGE;
}

enum lx_status lx_engine_render(const struct lx_engine_options *options, const struct lx_history *history,
				const char *target, bool is_downgrade, struct lx_buffer *out, struct lx_fail *fail)
{
	struct script script = {.out = out, .options = options, .history = history, .is_downgrade = is_downgrade};
	struct lx_revision_set from = {NULL, 0}, to;
	bool is_range = strchr(target, ':') != NULL;
	if (is_downgrade && !is_range)
		return needs_range(target, fail);
	enum lx_status status = lx_history_verify(history, NULL, NULL, fail);
	if (status == LX_OK)
		status = is_range ? lx_identify_range(history, target, NULL, &from, &to, fail)
				  : lx_identify(history, target, NULL, &to, fail);
	if (status == LX_OK)
		status = open_script(&script, fail);
	if (status == LX_OK) {
		lx_buffer_string(out, "\\set ON_ERROR_STOP on\n\n");
		if (from.count == 0)
			status = lx_engine_render_tables(options, out, fail);
	}
	if (status == LX_OK)
		status = add_all(&script, &from, &to, fail);
	free(script.schema);
	return status == LX_OK && !lx_buffer_ok(out) ? lx_engine_no_memory(fail) : status;
}
