/* The database of the run: which one, connecting, and the engine's events as log lines.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_DATABASE_H
#define LX_CLI_DATABASE_H
#include <libpq-fe.h>
#include <stdbool.h>

#include "cli/cli.h"
#include "cli/heartbeat.h"
#include "cli/progress.h"
#include "history/history.h"
#include "runtime/engine.h"

struct lx_database {
	struct lx_cli *cli;
	PGconn *conn;
	struct lx_engine *engine;
	bool is_scratch; /* what runs there is no result: it is logged alone */
	bool has_steps;  /* the JSON array "steps" is open */
	struct lx_heartbeat heartbeat;
	struct lx_progress progress;
	const char *doing; /* the revision that runs, as the heartbeat has it; NULL: none */
};

/* --url, $LEXO_DATABASE_URL, $DATABASE_URL, url of lexo.ini; else NULL when a PG* variable names a server (libpq reads
 * them); else the private server of the project when it runs.  *IS_DEFAULT: nothing names a database. */
enum lx_status lx_database_url(struct lx_cli *cli, const char **url, bool *is_default);
/* Connects and opens the engine, with the settings of lexo.ini and the options. */
enum lx_status lx_database_open(struct lx_cli *cli, struct lx_database *database);
void lx_database_close(struct lx_database *database);
/* The engine's settings, for --sql. */
enum lx_status lx_database_options(struct lx_database *database, struct lx_engine_options *options);
/* Does WORD (a revision identifier, or a range) need to know what the database has? */
bool lx_database_is_asked(const char *word);
/* What the database has, as revisions of HISTORY; connects for that. */
enum lx_status lx_database_current(struct lx_cli *cli, const struct lx_history *history,
				   struct lx_revision_set *current);
/* When a database is named, or the private server of the project runs: L0514 with HELP when one of SET is applied to
 * it. */
enum lx_status lx_database_refuse_applied(struct lx_cli *cli, const struct lx_history *history,
					  const struct lx_revision_set *set, const char *help);
/* lx_identify() in the state of the database when WORD is about that; connects for that alone. */
enum lx_status lx_database_identify(struct lx_cli *cli, const struct lx_history *history, const char *word,
				    struct lx_revision_set *set);
bool lx_database_holds(const struct lx_revision_set *set, const struct lx_revision *revision);
/* The exit code of a run that a signal stopped, else STATUS. */
enum lx_status lx_database_stopped(enum lx_status status);
/* Did a signal say so?  A lx_pg_stop over a struct lx_database (or NULL), which shows signs of life meanwhile. */
bool lx_database_is_stopped(void *context);
/* From here on SIGINT and SIGTERM stop cleanly: the statement is cancelled, its transaction rolled back. */
void lx_database_catch_signals(void);
#endif
