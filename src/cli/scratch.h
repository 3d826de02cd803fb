/* Databases that live for one command, on the private server of the project (or the one that --scratch names): to find
 * out what the server makes of models and of revisions.  Only what a server has read back can be compared with a
 * database.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SCRATCH_H
#define LX_CLI_SCRATCH_H
#include <libpq-fe.h>

#include "cli/cli.h"
#include "cli/dev.h"

struct lx_history;
struct lx_schema;

struct lx_scratch {
	struct lx_cli *cli;
	struct lx_dev dev;
	int use;       /* of the private server; -1: none */
	PGconn *admin; /* creates and drops the databases */
	const char *url;
	bool is_private;     /* on the private server: what is missing around the database may be made there */
	struct lx_vec names; /* const char *: databases to be dropped at the end */
};

/* Starts the private server unless it runs; when it has roles of somebody's, which revisions could not make again,
 * another one.  LX_NO_CONNECTION when there is no server to be had, L0426 when the role may not create databases there.
 */
enum lx_status lx_scratch_open(struct lx_cli *cli, struct lx_scratch *scratch);
/* Drops the databases, and on a private server the roles, and lets go of the server. */
void lx_scratch_close(struct lx_scratch *scratch);

/* A new, empty database.  The caller closes *CONN. */
enum lx_status lx_scratch_database(struct lx_scratch *scratch, PGconn **conn);
/* Keeps the state of *CONN's database as a copy of it (one a database), or, with BACK, puts it in the state that was
 * kept.  *CONN is closed for that and opened again; it is NULL on failure. */
enum lx_status lx_scratch_copy(struct lx_scratch *scratch, PGconn **conn, bool back);
/* Makes the roles that schema.lexo refers to and that no revision of HISTORY makes, on a private server alone. */
void lx_scratch_roles(struct lx_scratch *scratch, const struct lx_history *history);
/* The schema that the server makes of MODELS.  L0427 when it refuses a statement.  KEPT (may be NULL) gets the
 * connection to the database that has it, for the caller to close; NULL on failure. */
enum lx_status lx_scratch_models(struct lx_scratch *scratch, const struct lx_schema *models, struct lx_schema **schema,
				 PGconn **kept);
/* The schema that all revisions lead to, and the one that is left when all are taken back (BASE may be NULL: then they
 * are not).  A history with an irreversible revision leaves *BASE at NULL. */
enum lx_status lx_scratch_replay(struct lx_scratch *scratch, struct lx_history *history, struct lx_schema **head,
				 struct lx_schema **base);
#endif
