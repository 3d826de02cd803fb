/* Offline: the same transactions, checks and bookkeeping as a script for psql.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lexo/lexo.h>

#include "base/arena.h"
#include "history/identify.h"
#include "history/path.h"

struct script {
	struct lx_buffer *out;
	const struct lx_history *history;
	const struct lx_engine_options *options;
	char *schema;
	int64_t lock_key;
	bool is_downgrade;
	unsigned char *applied;
	struct lx_revision **scratch; /* room for all */
};

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
static void add_heads(const struct script *script)
{
	struct lx_revision **scratch = script->scratch;
	size_t count = lx_history_marked_tips(script->history, script->applied, scratch);
	for (size_t i = 1; i < count; i++) /* by id; few */
		for (size_t j = i; j > 0 && strcmp(scratch[j - 1]->id, scratch[j]->id) > 0; j--) {
			struct lx_revision *swap = scratch[j];
			scratch[j] = scratch[j - 1];
			scratch[j - 1] = swap;
		}
	lx_buffer_string(script->out, "ARRAY[");
	for (size_t i = 0; i < count; i++) {
		lx_buffer_string(script->out, i ? ", " : "");
		lx_render_literal(script->out, scratch[i]->id);
	}
	lx_buffer_string(script->out, "]::text[]");
}

/* version_num, by its id of today when it is one from before a squash. */
static void add_present_id(const struct script *script)
{
	const struct lx_history *history = script->history;
	bool has_former = false;
	for (size_t i = 0; i < history->former_count; i++) {
		if (!history->former[i].chain)
			continue;
		lx_buffer_string(script->out, has_former ? " WHEN " : "CASE version_num WHEN ");
		lx_render_literal(script->out, history->former[i].id);
		lx_buffer_string(script->out, " THEN ");
		lx_render_literal(script->out, history->former[i].revision->id);
		has_former = true;
	}
	lx_buffer_string(script->out, has_former ? " ELSE version_num END" : "version_num");
}

/* Nothing runs when the database is not where the script begins. */
static void add_guard(const struct script *script)
{
	lx_buffer_string(script->out,
			 "DO $lexo_guard$ BEGIN\nIF coalesce((SELECT pg_catalog.array_agg(id ORDER BY id COLLATE "
			 "\"C\") FROM (SELECT ");
	add_present_id(script);
	lx_buffer_printf(script->out, " AS id FROM %s.revision) AS heads), '{}') <> ", script->schema);
	add_heads(script);
	lx_buffer_string(
	    script->out,
	    " THEN\n  RAISE EXCEPTION 'this part of the script starts at %, and the database is elsewhere', ");
	add_heads(script);
	lx_buffer_string(script->out, ";\nEND IF;\nEND $lexo_guard$;\n");
}

static void add_swap(const struct script *script)
{
	/* only heads are rows: all that the marks make heads now, nothing else */
	lx_buffer_printf(script->out, "DELETE FROM %s.revision;\nINSERT INTO %s.revision SELECT pg_catalog.unnest(",
			 script->schema, script->schema);
	add_heads(script);
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

static enum lx_status add_revision(struct script *script, const struct lx_revision *revision, struct lx_fail *fail)
{
	const struct lx_section *section = script->is_downgrade ? &revision->downgrade : &revision->upgrade;
	struct lx_record record = {.event = script->is_downgrade ? "downgrade" : "upgrade",
				   .statements = section->statements};
	bool in_transaction = true;
	if (!lx_keep_record(script->history, revision, &record))
		return lx_engine_no_memory(fail);
	add_title(script, revision);
	add_begin(script);
	add_guard(script);
	for (size_t i = 0; i < section->step_count; i++) {
		if (!section->steps[i].is_transactional && in_transaction)
			lx_buffer_string(script->out, "COMMIT;\n");
		in_transaction = section->steps[i].is_transactional;
		lx_buffer_char(script->out, '\n');
		add_sql(script->out, &section->steps[i]);
	}
	if (!in_transaction) {
		add_begin(script);
		add_guard(script);
	}
	script->applied[revision->index] = !script->is_downgrade;
	lx_render_record(script->out, script->schema, &record);
	add_swap(script);
	lx_buffer_string(script->out, "COMMIT;\n\n");
	return LX_OK;
}

static enum lx_status refuse(const struct lx_revision *revision, struct lx_fail *fail)
{
	lx_fail(fail, LX_REFUSED, "L0412", "revision %s cannot be undone: %s", revision->id,
		revision->irreversible && *revision->irreversible ? revision->irreversible : "it has no reverse");
	lx_fail_where(fail, "%s", revision->path);
	return LX_REFUSED;
}

static enum lx_status add_all(struct script *script, const struct lx_revision_set *pending, struct lx_fail *fail)
{
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < pending->count; i++) {
		const struct lx_revision *revision = pending->items[i];
		if (script->is_downgrade && (revision->irreversible || !revision->downgrade.is_present))
			return refuse(revision, fail);
		status = add_revision(script, revision, fail);
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

/* FROM of TARGET's FROM:TO (base without one) as a set and as marks; *TO is what stands behind the colon. */
static enum lx_status find_start(struct script *script, const char *target, struct lx_revision_set *from,
				 const char **to, struct lx_fail *fail)
{
	const struct lx_history *history = script->history;
	const char *colon = strchr(target, ':');
	char *left = strndup(target, colon ? (size_t)(colon - target) : 0);
	script->applied = lx_arena_try_alloc(history->arena, history->count + 1);
	script->scratch = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *script->scratch);
	enum lx_status status = left && script->applied && script->scratch ? LX_OK : lx_engine_no_memory(fail);
	if (status == LX_OK)
		status = lx_identify(history, *left ? left : "base", NULL, from, fail);
	if (status == LX_OK)
		lx_history_mark(history, from, script->applied);
	free(left);
	*to = colon ? colon + 1 : target;
	return status;
}

/* Where everybody has to begin. */
static enum lx_status add_head(struct script *script, const struct lx_revision_set *from, struct lx_fail *fail)
{
	enum lx_status status = open_script(script, fail);
	lx_buffer_string(script->out, "\\set ON_ERROR_STOP on\n\n");
	if (status == LX_OK && from->count == 0)
		status = lx_engine_render_tables(script->options, script->out, fail);
	return status;
}

enum lx_status lx_engine_render(const struct lx_engine_options *options, const struct lx_history *history,
				const char *target, bool is_downgrade, struct lx_buffer *out, struct lx_fail *fail)
{
	struct script script = {.out = out, .options = options, .history = history, .is_downgrade = is_downgrade};
	struct lx_revision_set from, pending = {NULL, 0};
	const char *to;
	if (is_downgrade && !strchr(target, ':'))
		return needs_range(target, fail);
	enum lx_status status = lx_history_verify(history, NULL, NULL, fail);
	if (status == LX_OK)
		status = find_start(&script, target, &from, &to, fail);
	if (status == LX_OK)
		status = (is_downgrade ? lx_path_downgrade : lx_path_upgrade)(history, &from, *to ? to : "heads",
									      &pending, fail);
	if (status == LX_OK)
		status = add_head(&script, &from, fail);
	if (status == LX_OK)
		status = add_all(&script, &pending, fail);
	free(script.schema);
	return status == LX_OK && !lx_buffer_ok(out) ? lx_engine_no_memory(fail) : status;
}

/* TARGETS without their FROM:, which must be the same in all. */
static enum lx_status split_targets(const char *const *targets, size_t count, const char **ends, struct lx_fail *fail)
{
	size_t length = 0;
	for (size_t i = 0; i < count; i++) {
		const char *colon = strchr(targets[i], ':');
		size_t own = colon ? (size_t)(colon - targets[i]) : 0;
		if (i && (own != length || strncmp(targets[i], targets[0], own) != 0)) {
			lx_fail(fail, LX_USAGE, "L0423", "stamp --sql starts at one place, and %s says another than %s",
				targets[i], targets[0]);
			lx_fail_help(fail, "write the same FROM: before each revision, or none for an empty database");
			return LX_USAGE;
		}
		length = own;
		ends[i] = colon ? colon + 1 : targets[i];
	}
	return LX_OK;
}

static enum lx_status add_stamp(struct script *script, const struct lx_revision_set *tips, size_t named,
				struct lx_fail *fail)
{
	lx_buffer_printf(script->out, "-- Running stamp_revision\n\n");
	add_begin(script);
	add_guard(script);
	memset(script->applied, 0, script->history->count);
	lx_history_mark(script->history, tips, script->applied);
	for (size_t i = 0; i < named || i == 0; i++) {
		struct lx_record record = lx_record_base("stamp");
		if (named && !lx_keep_record(script->history, tips->items[i], &record))
			return lx_engine_no_memory(fail);
		lx_render_record(script->out, script->schema, &record);
	}
	add_swap(script);
	lx_buffer_string(script->out, "COMMIT;\n\n");
	return LX_OK;
}

enum lx_status lx_engine_render_stamp(const struct lx_engine_options *options, const struct lx_history *history,
				      const char *const *targets, size_t count, struct lx_buffer *out,
				      struct lx_fail *fail)
{
	struct script script = {.out = out, .options = options, .history = history};
	struct lx_revision_set from, tips;
	size_t named;
	const char **ends = lx_arena_try_alloc(history->arena, (count + 1) * sizeof *ends), *first;
	enum lx_status status = ends ? split_targets(targets, count, ends, fail) : lx_engine_no_memory(fail);
	if (status == LX_OK)
		status = lx_history_verify(history, NULL, NULL, fail);
	if (status == LX_OK)
		status = find_start(&script, targets[0], &from, &first, fail);
	if (status == LX_OK)
		status = lx_path_stamp(history, &from, ends, count, &tips, &named, fail);
	if (status == LX_OK)
		status = add_head(&script, &from, fail);
	if (status == LX_OK)
		status = add_stamp(&script, &tips, named, fail);
	free(script.schema);
	return status == LX_OK && !lx_buffer_ok(out) ? lx_engine_no_memory(fail) : status;
}
