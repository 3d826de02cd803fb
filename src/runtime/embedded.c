/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/embedded.h"

#include <string.h>

#include "base/buffer.h"
#include "runtime/db.h"

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

enum lx_status lx_embedded_open(const lexo_history *embedded, struct lx_history **out, struct lx_fail *fail)
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
	case LX_DIFFERS:
		return LEXO_E_SCHEMA_MISMATCH;
	case LX_FAILED:
	case LX_USAGE:
	case LX_ROLLED_BACK:
	case LX_PARTIAL:
	case LX_REFUSED:
	case LX_LINT:
		break;
	}
	return LEXO_E_SQL;
}

bool lx_embedded_may_run(const lexo_db *db)
{
	PGTransactionStatusType status = db->pg ? PQtransactionStatus(db->pg) : PQTRANS_INERROR;
	return status != PQTRANS_INTRANS && status != PQTRANS_INERROR;
}

lexo_rc lx_embedded_result(lexo_db *db, enum lx_status status, const struct lx_fail *fail, lexo_migrate_report *report)
{
	if (report) {
		report->exit_status = (int)status;
		memcpy(report->code, fail->code, sizeof report->code);
		memcpy(report->sqlstate, fail->sqlstate, sizeof report->sqlstate);
		memcpy(report->message, fail->message, sizeof report->message);
		memcpy(report->where, fail->where, sizeof report->where);
		memcpy(report->help, fail->help, sizeof report->help);
	}
	lexo_rc rc = rc_of(fail);
	return rc == LEXO_OK || !db ? rc : lx_db_fail(db, rc, fail->message);
}
