/* From where the database is to where it shall be: which revisions run, in which order, and running them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "history/path.h"
#include "runtime/engine_private.h"

static void on_warning(void *context, const char *path, const char *text)
{
	char line[1024];
	snprintf(line, sizeof line, "%s: %s", path, text);
	lx_engine_emit(context, &(struct lx_event){.kind = LX_EVENT_WARNING, .text = line});
}

/* What a command works on. */
struct task {
	struct lx_engine *engine;
	const struct lx_history *history;
	struct lx_history *growing;     /* the same, when it may grow by what the database keeps; or NULL */
	struct lx_revision_set current; /* heads of the database */
	unsigned char *applied;         /* marks */
	struct lx_revision_set pending; /* in the order to run */
	bool is_downgrade;
	const char *target;
	size_t count; /* revisions that were run */
};

static enum lx_status refuse_irreversible(const struct task *task, struct lx_fail *fail)
{
	for (size_t i = 0; i < task->pending.count; i++) {
		const struct lx_revision *revision = task->pending.items[i];
		if (!revision->irreversible && revision->downgrade.is_present)
			continue;
		lx_fail(fail, LX_REFUSED, "L0412", "revision %s cannot be undone: %s", revision->id,
			revision->irreversible && *revision->irreversible ? revision->irreversible
			: revision->irreversible                          ? "it is marked irreversible"
									  : "it has no -- lexo:downgrade section");
		lx_fail_where(fail, "%s", revision->path);
		lx_fail_help(
		    fail,
		    "nothing was run. Restore a backup, or go forward with a new revision; downgrading to %s is "
		    "possible up to here",
		    revision->id);
		return LX_REFUSED;
	}
	return LX_OK;
}

/* The way up needs the files; the way down does without those that the database has instead. */
static enum lx_status find_applied(struct task *task, struct lx_fail *fail)
{
	const struct lx_history *history = task->history;
	enum lx_status status = task->growing ? lx_keep_load(task->engine, task->growing, fail) : LX_OK;
	if (status == LX_OK)
		status = lx_engine_match(task->engine, history, &task->engine->state, &task->current, fail);
	if (status != LX_OK)
		return status;
	task->applied = lx_arena_try_alloc(history->arena, history->count + 1);
	if (!task->applied)
		return lx_engine_no_memory(fail);
	lx_history_mark(history, &task->current, task->applied);
	return LX_OK;
}

/* Reads where the database is and what is to do. */
static enum lx_status plan(struct task *task, struct lx_fail *fail)
{
	enum lx_status status = find_applied(task, fail);
	if (status != LX_OK)
		return status;
	if (!task->is_downgrade)
		return lx_path_upgrade(task->history, &task->current, task->target, &task->pending, fail);
	status = lx_path_downgrade(task->history, &task->current, task->target, &task->pending, fail);
	return status == LX_OK ? refuse_irreversible(task, fail) : status;
}

/* The ids with ", " between. */
static const char *join(const struct lx_history *history, struct lx_revision *const *items, size_t count)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	for (size_t i = 0; i < count; i++)
		lx_buffer_printf(&text, "%s%s", i ? ", " : "", items[i]->id);
	char *copy = lx_buffer_ok(&text) ? lx_arena_try_alloc(history->arena, text.length + 1) : NULL;
	if (copy && text.length)
		memcpy(copy, text.data, text.length);
	lx_buffer_free(&text);
	return copy;
}

static enum lx_status fill_run(const struct task *task, struct lx_revision *revision, struct lx_run *run,
			       struct lx_fail *fail)
{
	const struct lx_history *history = task->history;
	size_t needs = revision->revises.count + revision->depends_on.count;
	const char **others = lx_arena_try_alloc(history->arena, (needs + 1) * sizeof *others);
	const char **self = lx_arena_try_alloc(history->arena, 2 * sizeof *self);
	const char *parent_text = join(history, revision->parents, revision->revises.count);
	run->record = (struct lx_record){.event = task->is_downgrade ? "downgrade" : "upgrade"};
	if (!others || !self || !parent_text || !lx_keep_record(history, revision, &run->record))
		return lx_engine_no_memory(fail);
	self[0] = revision->id;
	lx_path_tips_below(task->applied, revision, others);
	run->revision = revision;
	run->is_downgrade = task->is_downgrade;
	run->from = task->is_downgrade ? revision->id : parent_text;
	run->to = task->is_downgrade ? parent_text : revision->id;
	run->record.gone = task->is_downgrade ? self : others;
	run->record.come = task->is_downgrade ? others : self;
	return LX_OK;
}

static void warn_kept(struct lx_engine *engine, const struct lx_revision *revision)
{
	char text[LX_REVISION_ID_LIMIT + 256];
	snprintf(text, sizeof text, "revision %s is in no file: it is taken back with the SQL of %s", revision->id,
		 revision->path);
	lx_engine_emit(engine, &(struct lx_event){.kind = LX_EVENT_WARNING, .text = text});
}

static enum lx_status run_all(struct task *task, struct lx_fail *fail)
{
	for (size_t i = 0; i < task->pending.count; i++) {
		struct lx_revision *revision = task->pending.items[i];
		struct lx_run run = {.number = i + 1, .total = task->pending.count};
		const struct lx_engine *engine = task->engine;
		if (engine->options.stop && engine->options.stop(engine->options.context))
			return lx_fail(fail, LX_FAILED, "L0419",
				       "stopped before revision %s; what was applied before stays applied",
				       revision->id);
		if (revision->is_kept)
			warn_kept(task->engine, revision);
		enum lx_status status = fill_run(task, revision, &run, fail);
		if (status == LX_OK)
			status = lx_run_revision(task->engine, &run, fail);
		if (status != LX_OK)
			return status;
		task->applied[revision->index] = !task->is_downgrade;
		task->count++;
	}
	return LX_OK;
}

/* What was read without the lock may be old by now. */
static enum lx_status plan_and_run(void *context, struct lx_fail *fail)
{
	struct task *task = context;
	enum lx_status status = plan(task, fail);
	if (status == LX_OK)
		status = lx_engine_adopt(task->engine, task->history, fail);
	return status == LX_OK ? run_all(task, fail) : status;
}

static enum lx_status run_command(struct lx_engine *engine, const struct lx_history *history,
				  struct lx_history *growing, const char *target, size_t *count, struct lx_fail *fail)
{
	struct task task = {.engine = engine,
			    .history = history,
			    .growing = growing,
			    .is_downgrade = growing != NULL,
			    .target = target};
	if (count)
		*count = 0;
	enum lx_status status = lx_history_verify(history, on_warning, engine, fail);
	lx_state_free(&engine->state);
	if (status == LX_OK)
		status = lx_engine_state(engine, &engine->state, fail);
	if (status == LX_OK)
		status = plan(&task, fail);
	if (status == LX_OK && task.is_downgrade && task.pending.count == 0 && engine->state.open_steps)
		return lx_engine_part_done(fail);
	if (status != LX_OK || (task.pending.count == 0 && (task.is_downgrade || engine->state.has_tables)))
		return status;
	status = lx_session_run(engine, plan_and_run, &task, fail);
	if (count)
		*count = task.count;
	return status;
}

enum lx_status lx_engine_upgrade(struct lx_engine *engine, const struct lx_history *history, const char *target,
				 size_t *count, struct lx_fail *fail)
{
	return run_command(engine, history, NULL, target, count, fail);
}

enum lx_status lx_engine_downgrade(struct lx_engine *engine, struct lx_history *history, const char *target,
				   size_t *count, struct lx_fail *fail)
{
	return run_command(engine, history, history, target, count, fail);
}

enum lx_status lx_engine_pending(struct lx_engine *engine, const struct lx_history *history, const char *target,
				 struct lx_revision_set *pending, struct lx_fail *fail)
{
	struct task task = {.engine = engine, .history = history, .target = target};
	lx_state_free(&engine->state);
	enum lx_status status = lx_engine_state(engine, &engine->state, fail);
	if (status == LX_OK)
		status = plan(&task, fail);
	*pending = status == LX_OK ? task.pending : (struct lx_revision_set){NULL, 0};
	return status;
}

struct step {
	struct task task;
	struct lx_revision *revision;
};

static enum lx_status run_step(void *context, struct lx_fail *fail)
{
	struct step *step = context;
	struct task *task = &step->task;
	struct lx_run run = {.number = 1, .total = 1};
	enum lx_status status = find_applied(task, fail);
	if (status == LX_OK)
		status = fill_run(task, step->revision, &run, fail);
	return status == LX_OK ? lx_run_revision(task->engine, &run, fail) : status;
}

enum lx_status lx_engine_step(struct lx_engine *engine, const struct lx_history *history, struct lx_revision *revision,
			      bool is_downgrade, struct lx_fail *fail)
{
	struct step step = {{.engine = engine, .history = history, .is_downgrade = is_downgrade}, revision};
	return lx_session_run(engine, run_step, &step, fail);
}
