/* lexo_migrate(): the engine over an embedded history.
 * SPDX-License-Identifier: Apache-2.0 */
#include <lexo/migrate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "runtime/db.h"
#include "runtime/engine.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

static enum lx_status add_revision(struct lx_history *history, const lexo_revision *revision, struct lx_fail *fail)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	for (const char *const *piece = revision->text; *piece; piece++)
		lx_buffer_string(&text, *piece);
	if (!lx_buffer_ok(&text) || !text.data) {
		lx_buffer_free(&text);
		return no_memory(fail);
	}
	return lx_history_add(history, revision->file, text.data, text.length, fail);
}

/* The chains are those of the files when the code was generated. */
static enum lx_status check_chains(const struct lx_history *history, const lexo_history *embedded, struct lx_fail *fail)
{
	for (size_t i = 0; i < embedded->count; i++) {
		const struct lx_revision *revision = lx_history_get(history, embedded->revisions[i].id);
		if (revision && strcmp(revision->chain, embedded->revisions[i].chain) == 0)
			continue;
		lx_fail(fail, LX_CHECKSUM, "L0308", "the embedded revision %s is not what was generated",
			embedded->revisions[i].id);
		lx_fail_help(fail, "generate the code again: lexo compile");
		return LX_CHECKSUM;
	}
	return LX_OK;
}

static enum lx_status open_history(const lexo_history *embedded, struct lx_history **out, struct lx_fail *fail)
{
	struct lx_history *history = lx_history_open();
	enum lx_status status = history ? LX_OK : no_memory(fail);
	for (size_t i = 0; status == LX_OK && i < embedded->count; i++)
		status = add_revision(history, &embedded->revisions[i], fail);
	if (status == LX_OK)
		status = lx_history_link(history, fail);
	if (status == LX_OK)
		status = check_chains(history, embedded, fail);
	if (status == LX_OK)
		history->is_embedded = true;
	else
		lx_history_close(history);
	*out = status == LX_OK ? history : NULL;
	return status;
}

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
	enum lx_status status = open_history(embedded, &history, fail);
	if (status == LX_OK)
		status = lx_engine_open(db->pg, &wanted, &engine, fail);
	if (status == LX_OK)
		status = lx_engine_upgrade(engine, history, options->target ? options->target : "head", applied, fail);
	lx_engine_close(engine);
	lx_history_close(history);
	return status;
}

static lexo_rc rc_of(const struct lx_fail *fail)
{
	if (strcmp(fail->code, "L0105") == 0)
		return LEXO_E_NOMEM;
	switch (fail->status) {
	case LX_OK:
		return LEXO_OK;
	case LX_NO_CONNECTION:
	case LX_UNKNOWN_OUTCOME:
		return LEXO_E_CONNECTION;
	case LX_LOCKED:
		return LEXO_E_LOCK_TIMEOUT;
	case LX_CHECKSUM:
	case LX_REVISION:
		return LEXO_E_SCHEMA_MISMATCH;
	case LX_FAILED:
	case LX_USAGE:
	case LX_DIFFERS:
	case LX_ROLLED_BACK:
	case LX_PARTIAL:
	case LX_REFUSED:
	case LX_LINT:
		break;
	}
	return LEXO_E_SQL;
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
	if (!db->pg || PQtransactionStatus(db->pg) == PQTRANS_INTRANS || PQtransactionStatus(db->pg) == PQTRANS_INERROR)
		return lx_db_fail(db, LEXO_E_MISUSE, "lexo_migrate() needs a connection without an open transaction");
	enum lx_status status = migrate(db, history, &filled, &applied, &fail);
	if (report) {
		report->exit_status = (int)status;
		report->applied = applied;
		memcpy(report->code, fail.code, sizeof report->code);
		memcpy(report->sqlstate, fail.sqlstate, sizeof report->sqlstate);
		memcpy(report->message, fail.message, sizeof report->message);
		memcpy(report->where, fail.where, sizeof report->where);
		memcpy(report->help, fail.help, sizeof report->help);
	}
	return status == LX_OK ? LEXO_OK : lx_db_fail(db, rc_of(&fail), fail.message);
}
