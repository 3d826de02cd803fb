/* Writing down what is applied without running it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/path.h"

static void emit(struct lx_engine *engine, const char *from, const struct lx_revision *to)
{
	lx_engine_emit(engine, &(struct lx_event){.kind = LX_EVENT_RUNNING,
						  .verb = "stamp_revision",
						  .revision = to ? to->id : LX_BASE_ID,
						  .from = from,
						  .to = to ? to->id : "",
						  .message = to ? to->message : "",
						  .number = 1,
						  .total = 1});
}

static const struct lx_applied *find_applied(const struct lx_state *state, const struct lx_revision *revision)
{
	for (size_t i = 0; i < state->head_count; i++)
		if (strcmp(state->heads[i].id, revision->id) == 0)
			return &state->heads[i];
	return NULL;
}

static bool is_among(const struct lx_revision_set *set, const char *id)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->items[i]->id, id) == 0)
			return true;
	return false;
}

/* What a stamp changes. */
struct stamp {
	struct lx_revision_set tips; /* after it: first those that were named, then those that stay */
	size_t named;
	const char **gone; /* copies of ids, NULL-terminated: the state changes under way */
	const char *from;  /* the same for the log line */
};

static enum lx_status find_gone(const struct lx_engine *engine, const struct lx_history *history, struct stamp *stamp,
				struct lx_fail *fail)
{
	const struct lx_state *state = &engine->state;
	struct lx_buffer ids = LX_BUFFER_INIT;
	size_t count = 0;
	stamp->gone = lx_arena_try_alloc(history->arena, (state->head_count + 1) * sizeof *stamp->gone);
	for (size_t i = 0; stamp->gone && i < state->head_count; i++) {
		const char *id = state->heads[i].id;
		char *copy = is_among(&stamp->tips, id) ? NULL : lx_arena_try_alloc(history->arena, strlen(id) + 1);
		if (!copy)
			continue;
		lx_buffer_printf(&ids, "%s%s", count ? ", " : "", id);
		memcpy(copy, id, strlen(id));
		stamp->gone[count++] = copy;
	}
	char *from = lx_buffer_ok(&ids) ? lx_arena_try_alloc(history->arena, ids.length + 1) : NULL;
	if (from && ids.length)
		memcpy(from, ids.data, ids.length);
	lx_buffer_free(&ids);
	stamp->from = from;
	return stamp->gone && from ? LX_OK : lx_engine_no_memory(fail);
}

/* REVISION (NULL: base) becomes a tip, or is one whose checksum is to be taken as it is now; GONE go with it. */
static enum lx_status write_one(struct lx_engine *engine, const struct lx_history *history,
				const struct lx_revision *revision, const char *const *gone, const char *from,
				struct lx_fail *fail)
{
	bool is_new = revision && !find_applied(&engine->state, revision);
	const char *come[2] = {is_new ? revision->id : NULL, NULL};
	struct lx_record record = lx_record_base("stamp");
	record.gone = gone;
	record.come = come;
	if (revision && !lx_keep_record(history, revision, &record))
		return lx_engine_no_memory(fail);
	emit(engine, from, revision);
	return lx_record_alone(engine, &record, 1, "the stamp", fail);
}

/* One history row for each revision that comes; the first also takes away those that go. */
static enum lx_status write_stamp(struct lx_engine *engine, const struct lx_history *history, const struct stamp *stamp,
				  struct lx_fail *fail)
{
	static const char *const none[] = {NULL};
	const char *const *gone = stamp->gone;
	const char *from = stamp->from;
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < stamp->named; i++) {
		const struct lx_revision *revision = stamp->tips.items[i];
		const struct lx_applied *applied = find_applied(&engine->state, revision);
		if (applied && strcmp(applied->chain, revision->chain) == 0)
			continue;
		status = write_one(engine, history, revision, gone, from, fail);
		gone = none;
		from = "";
	}
	return status == LX_OK && gone[0] ? write_one(engine, history, NULL, gone, from, fail) : status;
}

enum lx_status lx_engine_adopt(struct lx_engine *engine, const struct lx_history *history, struct lx_fail *fail)
{
	const struct lx_state *state = &engine->state;
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < state->head_count;) {
		const struct lx_former *former = lx_history_former(history, state->heads[i].id);
		const char *gone[2] = {former ? former->id : NULL, NULL};
		if (former) /* the heads are sorted anew */
			status = write_one(engine, history, former->revision, gone, former->id, fail);
		i = former ? 0 : i + 1;
	}
	return status;
}

static enum lx_status read_current(struct lx_engine *engine, const struct lx_history *history, bool purge,
				   struct lx_revision_set *current, struct lx_fail *fail)
{
	current->items = lx_arena_try_alloc(history->arena, (engine->state.head_count + 1) * sizeof *current->items);
	current->count = 0;
	if (!current->items)
		return lx_engine_no_memory(fail);
	enum lx_status status = lx_engine_check_signature(engine, &engine->state, fail);
	if (status != LX_OK)
		return status;
	for (size_t i = 0; !purge && i < engine->state.head_count; i++) {
		struct lx_revision *revision = lx_history_applied(history, engine->state.heads[i].id);
		const struct lx_former *former = lx_history_former(history, engine->state.heads[i].id);
		if (!revision && former)
			return lx_engine_refuse_part(former, fail);
		if (!revision) {
			lx_fail(fail, LX_REVISION, "L0411", "the database is at revision %s, which is not known here",
				engine->state.heads[i].id);
			lx_fail_help(
			    fail, "to forget it, if you are sure what the database holds: lexo stamp --purge REVISION");
			return LX_REVISION;
		}
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

/* What a command asks for. */
struct request {
	struct lx_engine *engine;
	const struct lx_history *history;
	const char *const *targets;
	size_t target_count;
	bool purge;
};

static enum lx_status stamp_all(void *context, struct lx_fail *fail)
{
	const struct request *request = context;
	struct lx_engine *engine = request->engine;
	const struct lx_history *history = request->history;
	struct lx_revision_set current = {NULL, 0};
	struct stamp stamp = {0};
	enum lx_status status = read_current(engine, history, request->purge, &current, fail);
	if (status == LX_OK)
		status = lx_path_stamp(history, &current, request->targets, request->target_count, &stamp.tips,
				       &stamp.named, fail);
	if (status == LX_OK && !request->purge)
		status = lx_engine_adopt(engine, history, fail);
	if (status == LX_OK)
		status = find_gone(engine, history, &stamp, fail);
	if (status == LX_OK)
		status = forget_journal(engine, request->purge, fail);
	return status == LX_OK ? write_stamp(engine, history, &stamp, fail) : status;
}

enum lx_status lx_engine_stamp(struct lx_engine *engine, const struct lx_history *history, const char *const *targets,
			       size_t target_count, bool purge, struct lx_fail *fail)
{
	struct request request = {engine, history, targets, target_count, purge};
	enum lx_status status = lx_history_verify(history, NULL, NULL, fail);
	return status == LX_OK ? lx_session_run(engine, stamp_all, &request, fail) : status;
}
