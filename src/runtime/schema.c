/* lexo_check_schema(): is the database the one that the program was made for?
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "history/history.h"
#include "pg/lock.h"
#include "runtime/db.h"
#include "runtime/embedded.h"
#include "runtime/engine_private.h"

/* What the program does not know and the database does is made of its history rows, which must lead to the chains that
 * were applied: so a later revision is told from one of another branch. */
static lexo_schema_state compare(const struct lx_history *history, const unsigned char *applied,
				 const struct lx_revision **missing)
{
	bool has_more = false;
	*missing = NULL;
	for (size_t i = 0; i < history->count; i++) {
		const struct lx_revision *revision = history->revisions[i];
		has_more |= revision->is_kept && applied[i];
		if (!*missing && !revision->is_kept && !applied[i])
			*missing = revision;
	}
	if (*missing)
		return has_more ? LEXO_SCHEMA_OTHER : LEXO_SCHEMA_BEHIND;
	return has_more ? LEXO_SCHEMA_AHEAD : LEXO_SCHEMA_CURRENT;
}

static void explain(lexo_schema_state state, const struct lx_revision *missing, struct lx_fail *fail)
{
	switch (state) {
	case LEXO_SCHEMA_CURRENT:
		break;
	case LEXO_SCHEMA_AHEAD:
		lx_fail(fail, LX_DIFFERS, "L0456", "the database has revisions that the program does not know");
		lx_fail_help(fail, "deploy the program that was made for them");
		break;
	case LEXO_SCHEMA_BEHIND:
		lx_fail(fail, LX_DIFFERS, "L0455", "the database lacks revision %s, which the program was made for",
			missing->id);
		lx_fail_help(fail, "bring it there: lexo upgrade heads, or lexo_migrate() in the program");
		break;
	case LEXO_SCHEMA_OTHER:
		lx_fail(fail, LX_DIFFERS, "L0456",
			"the database lacks revision %s, and has others that the program does not know", missing->id);
		lx_fail_help(fail, "it is at another branch: see whether the URL is right");
		break;
	}
}

/* FAIL: why *STATE is not CURRENT.  The status is that of looking. */
static enum lx_status look(struct lx_engine *engine, struct lx_history *history, lexo_schema_state *state,
			   struct lx_fail *fail)
{
	const struct lx_revision *missing;
	struct lx_revision_set current = {0};
	*fail = (struct lx_fail){0};
	lx_state_free(&engine->state);
	enum lx_status status = lx_engine_state(engine, &engine->state, fail);
	if (status == LX_OK)
		status = lx_keep_load(engine, history, fail);
	if (status == LX_OK)
		status = lx_engine_match(engine, history, &engine->state, &current, fail);
	if (status == LX_REVISION || status == LX_CHECKSUM) {
		*state = LEXO_SCHEMA_OTHER;
		return LX_OK;
	}
	unsigned char *applied = status == LX_OK ? lx_arena_try_alloc(history->arena, history->count + 1) : NULL;
	if (!applied)
		return status == LX_OK ? lx_engine_no_memory(fail) : status;
	lx_history_mark(history, &current, applied);
	*state = compare(history, applied, &missing);
	explain(*state, missing, fail);
	return LX_OK;
}

static enum lx_status look_patiently(struct lx_engine *engine, struct lx_history *history,
				     const lexo_schema_options *options, lexo_schema_state *state, struct lx_fail *fail)
{
	enum { WAIT_MS = 60000, PAUSE_MS = 200 };
	long deadline = lx_pg_clock_ms() + (options->wait_ms ? (long)options->wait_ms : WAIT_MS);
	enum lx_status status = look(engine, history, state, fail);
	while (status == LX_OK && options->rule == LEXO_SCHEMA_WAIT && *state == LEXO_SCHEMA_BEHIND &&
	       lx_pg_clock_ms() < deadline && lx_pg_pause(PAUSE_MS, NULL, NULL))
		status = look(engine, history, state, fail);
	return status;
}

static enum lx_status check(lexo_db *db, const lexo_history *embedded, const lexo_schema_options *options,
			    lexo_schema_state *state, struct lx_fail *fail)
{
	struct lx_history *history = NULL;
	struct lx_engine *engine = NULL;
	struct lx_engine_options wanted = {.version_schema = options->version_schema};
	enum lx_status status = lx_embedded_open(embedded, &history, fail);
	if (status == LX_OK)
		status = lx_engine_open(db->pg, &wanted, &engine, fail);
	if (status == LX_OK)
		status = look_patiently(engine, history, options, state, fail);
	lx_engine_close(engine);
	lx_history_close(history);
	return status;
}

static bool is_refused(const lexo_schema_options *options, lexo_schema_state state)
{
	if (options->rule == LEXO_SCHEMA_WARN || state == LEXO_SCHEMA_CURRENT)
		return false;
	return state != LEXO_SCHEMA_AHEAD || options->refuse_ahead;
}

lexo_rc lexo_check_schema(lexo_db *db, const lexo_history *history, const lexo_schema_options *options,
			  lexo_schema_state *state, lexo_migrate_report *report)
{
	struct lx_fail fail = {0};
	lexo_schema_options filled = {0};
	lexo_schema_state unused;
	if (!state)
		state = &unused;
	*state = LEXO_SCHEMA_OTHER;
	if (report)
		memset(report, 0, sizeof *report);
	if (!db || !history)
		return LEXO_E_MISUSE;
	if (options)
		memcpy(&filled, options, options->struct_size < sizeof filled ? options->struct_size : sizeof filled);
	if (!lx_embedded_may_run(db))
		return lx_db_fail(db, LEXO_E_MISUSE,
				  "lexo_check_schema() needs a connection without an open transaction");
	enum lx_status status = check(db, history, &filled, state, &fail);
	if (status == LX_OK && *state == LEXO_SCHEMA_BEHIND && filled.rule == LEXO_SCHEMA_MIGRATE) {
		lexo_rc rc = lexo_migrate(db, history, filled.migrate, report);
		if (rc != LEXO_OK)
			return rc;
		fail = (struct lx_fail){0};
		status = check(db, history, &filled, state, &fail);
	}
	size_t applied = report ? report->applied : 0;
	bool is_failure = status != LX_OK || is_refused(&filled, *state);
	lexo_rc rc = lx_embedded_result(is_failure ? db : NULL, fail.status, &fail, report);
	if (report)
		report->applied = applied;
	return is_failure ? rc : LEXO_OK;
}
