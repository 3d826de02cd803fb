/* lexo_migrate(): the engine over an embedded history.
 * SPDX-License-Identifier: Apache-2.0 */
#include <lexo/migrate.h>

#include <string.h>

#include "runtime/db.h"
#include "runtime/embedded.h"

static void pass_event(void *context, const struct lx_event *event)
{
	const lexo_migrate_options *options = context;
	static const lexo_migrate_kind kinds[] = {
	    [LX_EVENT_WARNING] = LEXO_MIGRATE_NOTICE,  [LX_EVENT_NOTICE] = LEXO_MIGRATE_NOTICE,
	    [LX_EVENT_WAITING] = LEXO_MIGRATE_WAITING, [LX_EVENT_RUNNING] = LEXO_MIGRATE_RUNNING,
	    [LX_EVENT_RETRY] = LEXO_MIGRATE_RETRY,     [LX_EVENT_DONE] = LEXO_MIGRATE_DONE,
	};
	if (event->kind >= sizeof kinds / sizeof *kinds || !kinds[event->kind])
		return;
	lexo_migrate_event passed = {.kind = kinds[event->kind],
				     .revision = event->revision ? event->revision : "",
				     .message = event->message ? event->message : "",
				     .text = event->text ? event->text : "",
				     .number = event->number,
				     .total = event->total,
				     .milliseconds = event->milliseconds};
	options->on_event(options->context, &passed);
}

static enum lx_status migrate(lexo_db *db, const lexo_history *embedded, lexo_migrate_options *options, size_t *applied,
			      struct lx_fail *fail)
{
	struct lx_history *history = NULL;
	struct lx_engine *engine = NULL;
	struct lx_engine_options wanted = {.version_schema = options->version_schema,
					   .search_path = options->search_path,
					   .lock_timeout_ms = options->lock_timeout_ms,
					   .lock_wait_ms = options->lock_wait_ms,
					   .attempts = options->attempts,
					   .on_event = options->on_event ? pass_event : NULL,
					   .context = options};
	enum lx_status status = lx_embedded_open(embedded, &history, fail);
	if (status == LX_OK)
		status = lx_engine_open(db->pg, &wanted, &engine, fail);
	if (status == LX_OK)
		status = lx_engine_upgrade(engine, history, options->target ? options->target : "head", applied, fail);
	lx_engine_close(engine);
	lx_history_close(history);
	return status;
}

lexo_rc lexo_migrate(lexo_db *db, const lexo_history *history, const lexo_migrate_options *options,
		     lexo_migrate_report *report)
{
	struct lx_fail fail = {0};
	lexo_migrate_options filled = {0};
	size_t applied = 0;
	if (report)
		memset(report, 0, sizeof *report);
	if (!db || !history)
		return LEXO_E_MISUSE;
	if (options)
		memcpy(&filled, options, options->struct_size < sizeof filled ? options->struct_size : sizeof filled);
	if (!lx_embedded_may_run(db))
		return lx_db_fail(db, LEXO_E_MISUSE, "lexo_migrate() needs a connection without an open transaction");
	enum lx_status status = migrate(db, history, &filled, &applied, &fail);
	if (report)
		report->applied = applied;
	return lx_embedded_result(db, status, &fail, report);
}
