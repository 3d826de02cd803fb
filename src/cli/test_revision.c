/* One revision up, down and up again, with the catalog read after each.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/test_revision.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/database.h"
#include "cli/models.h"
#include "diff/diff.h"
#include "history/statements.h"
#include "introspect/introspect.h"
#include "ir/schema.h"
#include "pg/lock.h"
#include "plan/plan.h"

/* Thousands of catalogs are read in a run, of which two or three are in use. */
struct lx_catalog {
	struct lx_arena *arena;
	struct lx_schema *schema;
};

static void close_catalog(struct lx_catalog *catalog)
{
	if (catalog)
		lx_arena_close(catalog->arena);
}

static enum lx_status read_catalog(struct lx_tester *tester, struct lx_catalog **catalog)
{
	struct lx_cli *cli = tester->cli;
	struct lx_arena *arena = lx_cli_arena();
	*catalog = LX_NEW(arena, struct lx_catalog);
	(*catalog)->arena = arena;
	struct lx_introspection *sent =
	    lx_introspect_send(arena, tester->conn, cli->config.version_schema, false, &cli->fail);
	(*catalog)->schema = sent ? lx_introspect_read(sent, &cli->fail) : NULL;
	if ((*catalog)->schema)
		return LX_OK;
	close_catalog(*catalog);
	*catalog = NULL;
	return cli->fail.status;
}

/* --- the database ----------------------------------------------------------------------------------------------------
 */

static enum lx_status open_engine(struct lx_tester *tester)
{
	struct lx_database database = {.cli = tester->cli};
	struct lx_engine_options options;
	enum lx_status status = lx_database_options(&database, &options);
	options.on_event = NULL; /* hundreds of revisions three times each: the report is what counts */
	options.context = NULL;
	return status == LX_OK ? lx_engine_open(tester->conn, &options, &tester->engine, &tester->cli->fail) : status;
}

static void close_engine(struct lx_tester *tester)
{
	lx_engine_close(tester->engine);
	tester->engine = NULL;
}

enum lx_status lx_tester_open(struct lx_cli *cli, const struct lx_history *history, struct lx_tester *tester)
{
	*tester = (struct lx_tester){.cli = cli, .history = history};
	tester->applied = lx_arena_alloc(cli->arena, history->count + 1);
	enum lx_status status = lx_scratch_open(cli, &tester->scratch);
	if (status == LX_OK)
		lx_scratch_roles(&tester->scratch, history);
	if (status == LX_OK)
		status = lx_scratch_database(&tester->scratch, &tester->conn);
	return status == LX_OK ? open_engine(tester) : status;
}

void lx_tester_close(struct lx_tester *tester)
{
	close_engine(tester);
	lx_tester_forget(tester);
	PQfinish(tester->conn);
	tester->conn = NULL;
	if (tester->scratch.cli)
		lx_scratch_close(&tester->scratch);
}

void lx_tester_forget(struct lx_tester *tester)
{
	close_catalog(tester->catalog);
	tester->catalog = NULL;
}

/* Keeps the state, or goes back to the one kept. */
static enum lx_status copy_database(struct lx_tester *tester, bool back)
{
	close_engine(tester);
	enum lx_status status = lx_scratch_copy(&tester->scratch, &tester->conn, back);
	return status == LX_OK ? open_engine(tester) : status;
}

/* --- problems --------------------------------------------------------------------------------------------------------
 */

static const char *copy_or_null(struct lx_arena *arena, const char *text)
{
	return text[0] ? lx_arena_string(arena, text) : NULL;
}

static bool has_at(const struct lx_section *section, const char *at, struct lx_sql_statement *found)
{
	for (size_t i = 0; i < section->step_count; i++) {
		struct lx_splitter splitter;
		lx_split_init(&splitter, section->steps[i].sql, section->steps[i].length);
		while (lx_split_next(&splitter, found))
			if (at >= found->start && at <= found->start + found->length)
				return true;
	}
	return false;
}

/* The failure's place is PATH:LINE:COLUMN; the statement there, or NULL. */
static const char *statement_at(struct lx_arena *arena, const struct lx_revision *revision, const char *where)
{
	size_t length = strlen(revision->path);
	struct lx_sql_statement found;
	if (strncmp(where, revision->path, length) != 0 || where[length] != ':')
		return NULL;
	unsigned long line = strtoul(where + length + 1, NULL, 10);
	const char *at = revision->text;
	for (; line > 1 && strchr(at, '\n'); line--)
		at = strchr(at, '\n') + 1;
	at += strspn(at, " \t");
	if (!has_at(&revision->upgrade, at, &found) && !has_at(&revision->downgrade, at, &found))
		return NULL;
	return lx_arena_copy(arena, found.start, found.length);
}

/* The failure of the run becomes one of the revision. */
static void take_failure(struct lx_tester *tester, struct lx_test_result *result, const char *phase)
{
	struct lx_fail *fail = &tester->cli->fail;
	struct lx_arena *arena = tester->cli->arena;
	struct lx_test_problem *problem = LX_NEW(arena, struct lx_test_problem);
	*problem = (struct lx_test_problem){.phase = phase,
					    .message = lx_arena_string(arena, fail->message),
					    .where = copy_or_null(arena, fail->where),
					    .code = copy_or_null(arena, fail->code),
					    .sqlstate = copy_or_null(arena, fail->sqlstate),
					    .help = copy_or_null(arena, fail->help),
					    .statement = statement_at(arena, result->revision, fail->where)};
	lx_vec_push(arena, &result->problems, problem);
	result->verdict = LX_TEST_FAILED;
	*fail = (struct lx_fail){0};
}

/* SQL that leads from FOUND to WANTED; made in SCRATCH, kept in the run's arena. */
static const char *find_remedy(struct lx_cli *cli, struct lx_arena *scratch, const struct lx_schema *found,
			       const struct lx_schema *wanted, const struct lx_diff *diff)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	const struct lx_plan *plan = lx_plan(scratch, found, wanted, diff);
	LX_EACH (const struct lx_statement_text *, statement, &plan->statements)
		lx_buffer_printf(&sql, "%s;\n", statement->sql);
	const char *copy = sql.length ? lx_arena_copy(cli->arena, sql.data, sql.length - 1) : NULL;
	lx_buffer_free(&sql);
	return copy;
}

static const char *describe(struct lx_arena *arena, const struct lx_change *change)
{
	const char *key = lx_object_key(arena, change->old ? change->old : change->new);
	const char *what = change->kind == LX_CREATE ? "missing" : change->kind == LX_DROP ? "left over" : "different";
	return lx_arena_printf(arena, "%s: %s", what, key);
}

/* FOUND is what a step led to, WANTED what it should have led to. */
static void compare(struct lx_tester *tester, struct lx_test_result *result, const char *phase,
		    const struct lx_catalog *found, const struct lx_catalog *wanted, const char *message)
{
	struct lx_cli *cli = tester->cli;
	struct lx_arena *scratch = lx_cli_arena();
	const struct lx_diff *diff = lx_diff(scratch, found->schema, wanted->schema, false);
	if (diff->changes.length) {
		struct lx_test_problem *problem = LX_NEW(cli->arena, struct lx_test_problem);
		*problem = (struct lx_test_problem){.phase = phase, .message = message, .code = "L0431"};
		problem->where = result->revision->path;
		LX_EACH (const struct lx_change *, change, &diff->changes)
			lx_vec_push(cli->arena, &problem->objects, (void *)(uintptr_t)describe(cli->arena, change));
		problem->remedy = find_remedy(cli, scratch, found->schema, wanted->schema, diff);
		lx_vec_push(cli->arena, &result->problems, problem);
		result->verdict = LX_TEST_FAILED;
	}
	lx_arena_close(scratch);
}

/* --- steps -----------------------------------------------------------------------------------------------------------
 */

static bool has_step_outside(const struct lx_section *section)
{
	for (size_t i = 0; i < section->step_count; i++)
		if (!section->steps[i].is_transactional)
			return true;
	return false;
}

/* What a failure says about the revision, not about the server or the run. */
static bool is_verdict(enum lx_status status)
{
	return lx_database_stopped(status) == status &&
	       (status == LX_ROLLED_BACK || status == LX_PARTIAL || status == LX_LOCKED);
}

/* *IS_DONE: it went well; if not, and the status is LX_OK, RESULT says why. */
static enum lx_status step(struct lx_tester *tester, struct lx_revision *revision, bool is_downgrade, const char *phase,
			   struct lx_test_result *result, bool *is_done)
{
	struct lx_fail *fail = &tester->cli->fail;
	enum lx_status status = lx_engine_step(tester->engine, tester->history, revision, is_downgrade, fail);
	*is_done = status == LX_OK;
	if (status == LX_OK)
		tester->applied[revision->index] = !is_downgrade;
	if (!is_verdict(status))
		return status;
	take_failure(tester, result, phase);
	return LX_OK;
}

enum lx_status lx_tester_apply(struct lx_tester *tester, struct lx_revision *revision)
{
	enum lx_status status = lx_engine_step(tester->engine, tester->history, revision, false, &tester->cli->fail);
	tester->applied[revision->index] = status == LX_OK;
	lx_tester_forget(tester);
	return status;
}

static enum lx_status run_up(struct lx_tester *tester, struct lx_revision *revision, struct lx_test_result *result,
			     bool *is_done)
{
	bool is_kept = has_step_outside(&revision->upgrade);
	enum lx_status status = tester->catalog ? LX_OK : read_catalog(tester, &tester->catalog);
	if (status == LX_OK && is_kept)
		status = copy_database(tester, false);
	if (status == LX_OK)
		status = step(tester, revision, false, "up", result, is_done);
	return status == LX_OK && !*is_done && is_kept ? copy_database(tester, true) : status;
}

/* Down and up again.  AFTER: the catalog behind the first way up. */
static enum lx_status run_back(struct lx_tester *tester, struct lx_revision *revision, const struct lx_catalog *after,
			       struct lx_test_result *result)
{
	struct lx_catalog *below = NULL, *again = NULL;
	bool is_down, is_up = false;
	enum lx_status status = step(tester, revision, true, "down", result, &is_down);
	if (status == LX_OK && is_down)
		status = read_catalog(tester, &below);
	if (below)
		compare(tester, result, "down", below, tester->catalog,
			"the downgrade does not lead back to where the upgrade came from");
	if (status == LX_OK && is_down)
		status = step(tester, revision, false, "up again", result, &is_up);
	if (status == LX_OK && is_up && result->verdict == LX_TEST_PASSED) /* else it differs as the downgrade did */
		status = read_catalog(tester, &again);
	if (again)
		compare(tester, result, "up again", again, after,
			"the second upgrade does not lead to where the first one did");
	close_catalog(below);
	close_catalog(again);
	return status;
}

/* Why it is not to be taken back, or NULL. */
static const char *find_reason(struct lx_arena *arena, const struct lx_revision *revision)
{
	if (revision->irreversible)
		return revision->irreversible[0] ? lx_arena_printf(arena, "irreversible: %s", revision->irreversible)
						 : "irreversible";
	return revision->downgrade.is_present ? NULL : "it has no downgrade";
}

static enum lx_status run(struct lx_tester *tester, struct lx_revision *revision, struct lx_test_result *result)
{
	struct lx_catalog *after = NULL;
	bool is_up = false;
	enum lx_status status = run_up(tester, revision, result, &is_up);
	if (status != LX_OK || !is_up)
		return status;
	result->reason = find_reason(tester->cli->arena, revision);
	if (result->reason) {
		result->verdict = LX_TEST_UP_ONLY;
		lx_tester_forget(tester);
		return LX_OK;
	}
	status = copy_database(tester, false);
	if (status == LX_OK)
		status = read_catalog(tester, &after);
	if (status == LX_OK)
		status = run_back(tester, revision, after, result);
	/* what one revision leaves behind must not spoil the next */
	if (status == LX_OK && result->verdict == LX_TEST_FAILED)
		status = copy_database(tester, true);
	tester->applied[revision->index] = 1;
	lx_tester_forget(tester);
	tester->catalog = after;
	return status;
}

/* The first thing that REVISION needs and that is not there, or NULL. */
static const struct lx_revision *find_lack(const struct lx_tester *tester, const struct lx_revision *revision)
{
	for (size_t i = 0; i < revision->revises.count; i++)
		if (!tester->applied[revision->parents[i]->index])
			return revision->parents[i];
	for (size_t i = 0; i < revision->depends_on.count; i++)
		if (!tester->applied[revision->dependencies[i]->index])
			return revision->dependencies[i];
	return NULL;
}

enum lx_status lx_tester_run(struct lx_tester *tester, struct lx_revision *revision, struct lx_test_result *result)
{
	*result = (struct lx_test_result){.revision = revision};
	const struct lx_revision *lack = find_lack(tester, revision);
	if (lack) {
		result->verdict = LX_TEST_NOT_RUN;
		result->reason = lx_arena_printf(tester->cli->arena, "it needs %s, which failed", lack->id);
		return LX_OK;
	}
	long start = lx_pg_clock_ms();
	enum lx_status status = run(tester, revision, result);
	result->milliseconds = lx_pg_clock_ms() - start;
	return lx_database_stopped(status);
}
