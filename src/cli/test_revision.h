/* What `lexo test` finds out about a revision, and how that is shown.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_TEST_REVISION_H
#define LX_CLI_TEST_REVISION_H
#include <libpq-fe.h>

#include "cli/cli.h"
#include "cli/scratch.h"
#include "history/history.h"

enum lx_test_verdict {
	LX_TEST_PASSED,
	LX_TEST_FAILED,
	LX_TEST_UP_ONLY, /* it went up, and it says that it cannot go down */
	LX_TEST_NOT_RUN, /* something that it needs failed */
	LX_TEST_VERDICTS
};

/* All text is the run's. */
struct lx_test_problem {
	const char *phase; /* "up", "down", "up again" */
	const char *message, *where, *code, *sqlstate, *help;
	const char *statement; /* the one that failed, or NULL */
	struct lx_vec objects; /* const char *: "left over: table public.x" */
	const char *remedy;    /* SQL that would make up for the objects, or NULL */
};
struct lx_test_result {
	const struct lx_revision *revision;
	enum lx_test_verdict verdict;
	const char *reason;     /* of the last two verdicts */
	struct lx_vec problems; /* struct lx_test_problem * */
	long milliseconds;
};

struct lx_catalog;
struct lx_tester {
	struct lx_cli *cli;
	struct lx_scratch scratch;
	const struct lx_history *history;
	PGconn *conn;
	struct lx_engine *engine;
	unsigned char *applied;     /* marks, by index */
	struct lx_catalog *catalog; /* of the database as it is, or NULL: not read yet */
};

/* A scratch database with nothing in it.  The tester is to be closed in any case. */
enum lx_status lx_tester_open(struct lx_cli *cli, const struct lx_history *history, struct lx_tester *tester);
void lx_tester_close(struct lx_tester *tester);
/* Applies REVISION as it stands, without looking at the catalog: what comes before those that are tested. */
enum lx_status lx_tester_apply(struct lx_tester *tester, struct lx_revision *revision);
/* Up, down, up.  What is wrong with the revision is in *RESULT; the status is not LX_OK only when testing itself cannot
 * go on.  The database is then as the revision's upgrade makes it, or as it was before if that failed. */
enum lx_status lx_tester_run(struct lx_tester *tester, struct lx_revision *revision, struct lx_test_result *result);
/* The database was changed by others: data were loaded. */
void lx_tester_forget(struct lx_tester *tester);

/* --- test_report.c --------------------------------------------------------------------------------------------------
 */
extern const char *const lx_test_verdicts[LX_TEST_VERDICTS]; /* for people */
extern const char *const lx_test_keys[LX_TEST_VERDICTS];     /* for programs */
void lx_test_print(struct lx_cli *cli, const struct lx_test_result *result);
void lx_test_print_json(struct lx_cli *cli, const struct lx_test_result *result);
/* All results (struct lx_test_result *) as JUnit's XML. */
void lx_test_print_junit(struct lx_buffer *out, const struct lx_vec *results);
#endif
