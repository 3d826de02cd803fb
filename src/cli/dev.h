/* A private PostgreSQL server of one project: its own cluster in a folder that only its owner can enter, a unix socket
 * in that folder and no port.  Trust authentication is safe there, since reaching the socket is the authentication.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_DEV_H
#define LX_CLI_DEV_H
#include <stdbool.h>
#include <sys/types.h>

#include "base/fail.h"

struct lx_arena;

struct lx_dev {
	struct lx_arena *arena;
	const char *folder; /* absolute */
	bool is_given;      /* by --dir */
	bool is_dropped;    /* started by root: the server runs as USER */
	const char *user;
	uid_t uid;
	gid_t gid;
	const char *binaries; /* folder of initdb and postgres; after lx_dev_find_binaries */
	const char *url;
	int lock;  /* descriptor of the lock file, or -1 */
	pid_t pid; /* of the server, when this process started it */
};

/* Works out where the server of the project in PROJECT (a folder; DIR: an explicit place, or NULL) is or would be.
 * Touches nothing. */
enum lx_status lx_dev_locate(struct lx_arena *arena, const char *project, const char *dir, struct lx_dev *dev,
			     struct lx_fail *fail);
/* $LEXO_PG_BINDIR, pg_config --bindir, the newest /usr/lib/postgresql/N/bin and /usr/pgsql-N/bin, PATH.  L0210. */
enum lx_status lx_dev_find_binaries(struct lx_dev *dev, struct lx_fail *fail);
/* Is it there and does it answer? */
bool lx_dev_is_running(const struct lx_dev *dev);
/* Starts it unless it runs.  *STARTED: it was this call.  IS_KEPT: it is to outlive `dev run`s. */
enum lx_status lx_dev_start(struct lx_dev *dev, bool is_kept, bool *started, struct lx_fail *fail);
/* Stops it and, unless KEEP, removes its data.  *WAS_THERE: there was something to stop or remove. */
enum lx_status lx_dev_stop(struct lx_dev *dev, bool keep, bool *was_there, struct lx_fail *fail);
/* Counts this process among those that use the server, until it ends or lx_dev_release. */
enum lx_status lx_dev_use(struct lx_dev *dev, int *use, struct lx_fail *fail);
/* Stops using it; stops and removes the server when nobody else uses it and no `dev start` wants it kept. */
enum lx_status lx_dev_release(struct lx_dev *dev, int use, struct lx_fail *fail);
/* The process id of a live server in the folder, or 0. */
pid_t lx_dev_pid(const struct lx_dev *dev);

/* --- folders (dev_folder.c) -----------------------------------------------------------------------------------------
 */

/* Makes the folder, private and owned by the server's user, and takes its lock; waits while another process has it. */
enum lx_status lx_dev_lock(struct lx_dev *dev, bool create, struct lx_fail *fail);
void lx_dev_unlock(struct lx_dev *dev);
/* Removes everything in it and the folder itself.  Under the lock. */
enum lx_status lx_dev_remove(struct lx_dev *dev, struct lx_fail *fail);
/* In a child: becomes the server's user, in the folder, with a clean environment and LOG as stdout and stderr. */
void lx_dev_become(const struct lx_dev *dev, const char *log);
/* Runs ARGV[0] as the server's user and waits; its exit code, or -1. */
int lx_dev_run(const struct lx_dev *dev, const char *log, char *const *argv);
/* The last lines of a log file in the folder. */
const char *lx_dev_tail(const struct lx_dev *dev, const char *log);
const char *lx_dev_path(const struct lx_dev *dev, const char *name);
#endif
