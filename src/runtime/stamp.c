/* Writing down what is applied without running it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/identify.h"

static const char base_id[] = "<base>";

/* All targets as one set of heads.  One below another says two things at once. */
static enum lx_status gather(const struct lx_history *history, const char *const *targets, size_t count,
			     const struct lx_revision_set *current, struct lx_revision_set *set, struct lx_fail *fail)
{
	unsigned char *wanted = lx_arena_try_alloc(history->arena, history->count + 1);
	struct lx_revision **items = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *items);
	if (!wanted || !items)
		return lx_engine_no_memory(fail);
	*set = (struct lx_revision_set){items, 0};
	for (size_t i = 0; i < count; i++) {
		struct lx_revision_set one;
		enum lx_status status = lx_identify(history, targets[i], current, &one, fail);
		if (status != LX_OK)
			return status;
		for (size_t j = 0; j < one.count; j++)
			if (!wanted[one.items[j]->index]) {
				wanted[one.items[j]->index] = 1;
				items[set->count++] = one.items[j];
			}
	}
	for (size_t i = 0; i < set->count; i++) {
		unsigned char *below = lx_arena_try_alloc(history->arena, history->count + 1);
		if (!below)
			return lx_engine_no_memory(fail);
		lx_history_mark(history, &(struct lx_revision_set){&items[i], 1}, below);
		for (size_t j = 0; j < set->count; j++)
			if (j != i && below[items[j]->index]) {
				lx_fail(fail, LX_REVISION, "L0413",
					"%s comes before %s: a database that has the second has the first",
					items[j]->id, items[i]->id);
				lx_fail_help(fail, "name only %s", items[i]->id);
				return LX_REVISION;
			}
	}
	return LX_OK;
}

static enum lx_status write_record(struct lx_engine *engine, const struct lx_record *record, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	char xid[32] = "", hash[65];
	lx_session_begin(engine, &sql);
	PGresult *result = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	enum lx_status status = LX_OK;
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		snprintf(xid, sizeof xid, "%s", PQgetvalue(result, 0, 0));
	else if (lx_session_was_overtaken(engine, lx_pg_sqlstate(result)))
		status = lx_fail(fail, LX_LOCKED, "L0405", "another runner is at work on this database");
	else
		status = lx_pg_fail(fail, LX_FAILED, "L0418", engine->conn, result, "cannot begin a transaction");
	PQclear(result);
	lx_buffer_free(&sql);
	if (status == LX_OK)
		status = lx_record_write(engine, record, xid, hash, fail);
	if (status == LX_OK)
		status =
		    lx_record_commit(engine, xid, &(struct lx_commit){"the stamp", "history WHERE hash", hash}, fail);
	if (status != LX_OK) {
		lx_engine_rollback(engine);
		return status;
	}
	return lx_record_apply(engine, record, hash, fail);
}

static void emit(struct lx_engine *engine, const char *from, const struct lx_revision *to)
{
	lx_engine_emit(engine, &(struct lx_event){.kind = LX_EVENT_RUNNING,
						  .verb = "stamp_revision",
						  .revision = to ? to->id : base_id,
						  .from = from,
						  .to = to ? to->id : "",
						  .message = to ? to->message : "",
						  .number = 1,
						  .total = 1});
}

/* One history row a head; the first also takes the old heads away. */
static enum lx_status write_heads(struct lx_engine *engine, const struct lx_revision_set *set, struct lx_fail *fail)
{
	static const char *const none[] = {NULL};
	size_t count = engine->state.head_count;
	const char **gone = calloc(count + 1, sizeof *gone);
	char *from = NULL;
	struct lx_buffer ids = LX_BUFFER_INIT;
	enum lx_status status = LX_OK;
	for (size_t i = 0; gone && i < count; i++) {
		gone[i] = strdup(engine->state.heads[i].id);
		lx_buffer_printf(&ids, "%s%s", i ? ", " : "", engine->state.heads[i].id);
	}
	from = lx_buffer_ok(&ids) ? strdup(lx_buffer_text(&ids)) : NULL;
	for (size_t i = 0; i < (set->count ? set->count : 1); i++) {
		const struct lx_revision *revision = set->count ? set->items[i] : NULL;
		const char *come[2] = {revision ? revision->id : NULL, NULL};
		struct lx_record record = {.event = "stamp",
					   .revision = revision ? revision->id : base_id,
					   .message = revision ? revision->message : "",
					   .raw = revision ? revision->raw : "",
					   .tok = revision ? revision->tok : "",
					   .chain = revision ? revision->chain : "",
					   .gone = i == 0 ? gone : none,
					   .come = come};
		if (!gone || !from)
			status = lx_engine_no_memory(fail);
		if (status != LX_OK)
			break;
		emit(engine, i == 0 ? from : "", revision);
		status = write_record(engine, &record, fail);
	}
	for (size_t i = 0; gone && i < count; i++)
		free((char *)(uintptr_t)gone[i]);
	free(gone);
	free(from);
	lx_buffer_free(&ids);
	return status;
}

static bool is_already(const struct lx_state *state, const struct lx_revision_set *set)
{
	size_t same = 0;
	for (size_t i = 0; i < set->count; i++)
		for (size_t j = 0; j < state->head_count; j++)
			same += strcmp(state->heads[j].id, set->items[i]->id) == 0 &&
				strcmp(state->heads[j].chain, set->items[i]->chain) == 0;
	return same == set->count && state->head_count == set->count;
}

static enum lx_status read_current(struct lx_engine *engine, const struct lx_history *history, bool purge,
				   struct lx_revision_set *current, struct lx_fail *fail)
{
	current->items = lx_arena_try_alloc(history->arena, (engine->state.head_count + 1) * sizeof *current->items);
	current->count = 0;
	if (!current->items)
		return lx_engine_no_memory(fail);
	for (size_t i = 0; i < engine->state.head_count; i++) {
		struct lx_revision *revision = lx_history_get(history, engine->state.heads[i].id);
		if (!revision && !purge) {
			lx_fail(fail, LX_REVISION, "L0411", "the database is at revision %s, which is not known here",
				engine->state.heads[i].id);
			lx_fail_help(
			    fail, "to forget it, if you are sure what the database holds: lexo stamp --purge REVISION");
			return LX_REVISION;
		}
		if (revision)
			current->items[current->count++] = revision;
	}
	return LX_OK;
}

/* A part-applied revision is neither applied nor not: only a purge may drop the matter. */
static enum lx_status forget_journal(struct lx_engine *engine, bool purge, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	if (!engine->state.open_steps)
		return LX_OK;
	if (!purge) {
		lx_fail(fail, LX_PARTIAL, "L0408", "a revision is part applied");
		lx_fail_help(
		    fail,
		    "finish it with lexo upgrade head; or, if you mended the database by hand, stamp with --purge");
		return LX_PARTIAL;
	}
	lx_buffer_printf(&sql, "DELETE FROM %s.step", engine->schema);
	enum lx_status status = lx_buffer_ok(&sql)
				    ? lx_engine_execute(engine, lx_buffer_text(&sql), "cannot clear the journal", fail)
				    : lx_engine_no_memory(fail);
	lx_buffer_free(&sql);
	return status;
}

struct stamp {
	struct lx_engine *engine;
	const struct lx_history *history;
	const char *const *targets;
	size_t target_count;
	bool purge;
};

static enum lx_status write_stamp(void *context, struct lx_fail *fail)
{
	const struct stamp *stamp = context;
	struct lx_revision_set current = {NULL, 0}, set = {NULL, 0};
	enum lx_status status = read_current(stamp->engine, stamp->history, stamp->purge, &current, fail);
	if (status == LX_OK)
		status = gather(stamp->history, stamp->targets, stamp->target_count, &current, &set, fail);
	if (status == LX_OK)
		status = forget_journal(stamp->engine, stamp->purge, fail);
	if (status != LX_OK || is_already(&stamp->engine->state, &set))
		return status;
	return write_heads(stamp->engine, &set, fail);
}

enum lx_status lx_engine_stamp(struct lx_engine *engine, const struct lx_history *history, const char *const *targets,
			       size_t target_count, bool purge, struct lx_fail *fail)
{
	struct stamp stamp = {engine, history, targets, target_count, purge};
	enum lx_status status = lx_history_verify(history, NULL, NULL, fail);
	return status == LX_OK ? lx_session_run(engine, write_stamp, &stamp, fail) : status;
}
