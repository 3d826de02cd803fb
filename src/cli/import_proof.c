/* The proof of an import: the original's SQL, run as it stands by psql, and the revisions, run by the engine, must lead
 * to the same catalog.
 * SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/import.h"
#include "cli/models.h"
#include "cli/scratch.h"
#include "cli/script.h"
#include "cli/sides.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "sql/emit.h"

static enum lx_status run_text(struct lx_import *import, PGconn *conn, const char *text, size_t length)
{
	char name[] = "/tmp/lexo-import-XXXXXX";
	struct lx_fail *fail = &import->cli->fail;
	int fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		return lx_io_error(fail, "making", name);
	enum lx_status status = LX_OK;
	for (size_t done = 0; done < length && status == LX_OK;) {
		ssize_t n = write(fd, text + done, length - done);
		done += n > 0 ? (size_t)n : 0;
		if (n <= 0)
			status = lx_io_error(fail, "writing", name);
	}
	if (status == LX_OK)
		status = lx_script_run(import->cli, conn, name);
	close(fd);
	unlink(name);
	return status;
}

/* The tool's own table is no part of what it made. */
static enum lx_status run_script(struct lx_import *import, PGconn *conn)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_string(&text, import->script);
	lx_buffer_string(&text, "\nDROP TABLE IF EXISTS ");
	lx_quote_name(&text, import->table);
	lx_buffer_string(&text, ";\n");
	enum lx_status status = run_text(import, conn, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status run_original(struct lx_import *import, PGconn *conn)
{
	struct lx_cli *cli = import->cli;
	if (import->script)
		return run_script(import, conn);
	LX_EACH (const struct lx_import_revision *, revision, &import->revisions) {
		enum lx_status status = run_text(import, conn, revision->up.sql, revision->up.length);
		if (status != LX_OK) {
			lx_fail_where(&cli->fail, "%s", revision->up.path);
			return status;
		}
	}
	return LX_OK;
}

static enum lx_status read_original(struct lx_import *import, struct lx_scratch *scratch, struct lx_schema **schema)
{
	PGconn *conn;
	enum lx_status status = lx_scratch_database(scratch, &conn);
	if (status == LX_OK)
		status = run_original(import, conn);
	if (status == LX_OK)
		status = lx_sides_connection(import->cli, conn, schema);
	PQfinish(conn);
	return status;
}

static enum lx_status compare(struct lx_import *import, const struct lx_schema *found, const struct lx_schema *wanted)
{
	struct lx_cli *cli = import->cli;
	const struct lx_diff *diff = lx_diff(cli->arena, found, wanted, false);
	lx_models_json_changes(cli, "differences", diff);
	if (!diff->changes.length)
		return LX_OK;
	lx_fail(&cli->fail, LX_DIFFERS, "L0439",
		"the imported revisions do not lead where the original does; to get there: [%s]",
		lx_models_describe_all(cli->arena, diff));
	lx_fail_help(&cli->fail, "nothing was written. --no-proof writes the revisions all the same, to look at them");
	return LX_DIFFERS;
}

/* No server is no reason not to import. */
static enum lx_status go_without(struct lx_import *import, const char *why)
{
	struct lx_cli *cli = import->cli;
	lx_cli_warn(cli, "lexo.import", "not proven: %s%s%s", why, cli->fail.message[0] ? ": " : "", cli->fail.message);
	cli->fail = (struct lx_fail){0};
	lx_json_key_string(&cli->json, "proof", why);
	return LX_OK;
}

static enum lx_status prove(struct lx_import *import, struct lx_scratch *scratch)
{
	struct lx_cli *cli = import->cli;
	struct lx_schema *original, *imported;
	if (import->table && !import->script)
		return go_without(import, "alembic cannot write the whole upgrade as SQL");
	enum lx_status status = read_original(import, scratch, &original);
	if (status != LX_OK)
		return go_without(import, "the original does not run by itself");
	status = lx_scratch_replay(scratch, import->history, &imported, NULL);
	if (status == LX_OK)
		status = compare(import, imported, original);
	if (status == LX_OK) {
		lx_cli_print(cli, "Proven: the revisions lead to the same catalog as the original.\n");
		lx_json_key_string(&cli->json, "proof", "equal");
	}
	return status;
}

enum lx_status lx_import_prove(struct lx_import *import)
{
	struct lx_scratch scratch;
	struct lx_cli *cli = import->cli;
	if (lx_option_given(&cli->options, LX_OPTION_NO_PROOF))
		return go_without(import, "not asked for");
	enum lx_status status = lx_scratch_open(cli, &scratch);
	status = status == LX_OK ? prove(import, &scratch) : go_without(import, "no server");
	lx_scratch_close(&scratch);
	return status;
}
