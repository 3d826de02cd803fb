/* Starting and stopping a private server.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <libpq-fe.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/io.h"
#include "cli/dev.h"

#define INITDB_LOG "initdb.log"
#define SERVER_LOG "server.log"
#define DATA "data"
#define DATA_NEW "data.new" /* until initdb is done, so that a killed one is not taken for a cluster */
#define KEPT "kept"         /* a `dev start` wants the server to stay */
#define USERS "users"       /* each `dev run` has a shared lock on it */

enum { START_WAIT_MS = 60000, STOP_WAIT_MS = 30000, STEP_MS = 10, PID_FILE_LIMIT = 64 * 1024 };

static void pause_step(void)
{
	const struct timespec step = {0, STEP_MS * 1000000L};
	nanosleep(&step, NULL);
}

/* --- binaries -------------------------------------------------------------------------------------------------------
 */

static bool has_server(struct lx_arena *arena, const char *folder)
{
	return access(lx_arena_printf(arena, "%s/initdb", folder), X_OK) == 0 &&
	       access(lx_arena_printf(arena, "%s/postgres", folder), X_OK) == 0;
}

static const char *from_pg_config(struct lx_arena *arena)
{
	char line[PATH_MAX] = "";
	FILE *pipe = popen("pg_config --bindir 2>/dev/null", "re");
	if (!pipe)
		return NULL;
	bool has_line = fgets(line, sizeof line, pipe) != NULL;
	pclose(pipe);
	line[strcspn(line, "\n")] = 0;
	return has_line && line[0] == '/' && has_server(arena, line) ? lx_arena_string(arena, line) : NULL;
}

/* Where distributions put server binaries, one folder a major version. */
static const char *newest_installed(struct lx_arena *arena)
{
	static const char *const patterns[] = {"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
					       "/usr/local/lib/postgresql/*/bin"};
	const char *best = NULL;
	long best_version = -1;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		glob_t found;
		if (glob(patterns[i], 0, NULL, &found) != 0)
			continue;
		for (size_t j = 0; j < found.gl_pathc; j++) {
			const char *path = found.gl_pathv[j];
			long version = strtol(path + (strchr(patterns[i], '*') - patterns[i]), NULL, 10);
			if (version > best_version && has_server(arena, path)) {
				best = lx_arena_string(arena, path);
				best_version = version;
			}
		}
		globfree(&found);
	}
	return best;
}

static const char *from_path(struct lx_arena *arena)
{
	const char *at = getenv("PATH");
	while (at && *at) {
		size_t length = strcspn(at, ":");
		const char *folder = lx_arena_copy(arena, at, length);
		if (folder[0] == '/' && has_server(arena, folder))
			return folder;
		at += length + (at[length] == ':');
	}
	return NULL;
}

enum lx_status lx_dev_find_binaries(struct lx_dev *dev, struct lx_fail *fail)
{
	const char *given = getenv("LEXO_PG_BINDIR");
	if (given && *given) {
		if (has_server(dev->arena, given)) {
			dev->binaries = given;
			return LX_OK;
		}
		lx_fail(fail, LX_FAILED, "L0210", "LEXO_PG_BINDIR=%s holds no initdb and postgres", given);
		lx_fail_help(fail, "name the folder of the server programs, or unset it to let lexo search");
		return LX_FAILED;
	}
	dev->binaries = from_pg_config(dev->arena);
	if (!dev->binaries)
		dev->binaries = newest_installed(dev->arena);
	if (!dev->binaries)
		dev->binaries = from_path(dev->arena);
	if (dev->binaries)
		return LX_OK;
	lx_fail(fail, LX_FAILED, "L0210", "no PostgreSQL server programs (initdb, postgres) are installed");
	lx_fail_help(fail, "Debian, Ubuntu: sudo apt-get install --no-install-recommends postgresql-15\n"
			   "(or any newer postgresql-N); Fedora: sudo dnf install postgresql-server; elsewhere set\n"
			   "LEXO_PG_BINDIR to the folder that holds them, or use a server of your own with --url");
	return LX_FAILED;
}

/* --- state ----------------------------------------------------------------------------------------------------------
 */

bool lx_dev_is_running(const struct lx_dev *dev)
{
	struct stat info;
	if (lstat(dev->folder, &info) != 0 || info.st_uid != dev->uid || (info.st_mode & 077))
		return false;
	return PQping(dev->url) == PQPING_OK;
}

/* Is PID a postgres that runs?  One that has ended but was not yet waited for (a zombie) does not. */
static bool is_postgres(pid_t pid)
{
	char path[64], text[64] = "";
	if (kill(pid, 0) != 0 && errno == ESRCH)
		return false;
	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return access("/proc/self", F_OK) != 0; /* no /proc: believe the file */
	bool is_read = read(fd, text, sizeof text - 1) > 0;
	close(fd);
	const char *name = strchr(text, '('), *state = strrchr(text, ')');
	return is_read && name && state && strncmp(name, "(postgres)", 10) == 0 && !strchr("ZX", state[2]);
}

pid_t lx_dev_pid(const struct lx_dev *dev)
{
	char *text;
	size_t length;
	struct lx_fail ignored = {0};
	if (lx_io_read(lx_dev_path(dev, DATA "/postmaster.pid"), PID_FILE_LIMIT, &text, &length, &ignored) != LX_OK)
		return 0;
	long pid = strtol(text, NULL, 10);
	const char *second = strchr(text, '\n');
	const char *data = lx_dev_path(dev, DATA);
	/* the second line is the data folder */
	bool is_ours = second && strncmp(second + 1, data, strlen(data)) == 0;
	free(text);
	if (pid <= 1 || pid > INT_MAX || !is_ours)
		return 0;
	return is_postgres((pid_t)pid) ? (pid_t)pid : 0;
}

/* --- starting -------------------------------------------------------------------------------------------------------
 */

#define ARGUMENT(text) (char *)(uintptr_t)(text) /* execv wants char *, and changes nothing */

static enum lx_status make_cluster(struct lx_dev *dev, struct lx_fail *fail)
{
	if (lx_io_exists(lx_dev_path(dev, DATA "/PG_VERSION")))
		return LX_OK;
	locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
	if (utf8)
		freelocale(utf8);
	const char *initdb = lx_arena_printf(dev->arena, "%s/initdb", dev->binaries);
	char *const argv[] = {ARGUMENT(initdb),
			      ARGUMENT("-D"),
			      ARGUMENT(DATA_NEW),
			      ARGUMENT("-U"),
			      ARGUMENT("postgres"),
			      ARGUMENT("-A"),
			      ARGUMENT("trust"),
			      ARGUMENT("-E"),
			      ARGUMENT("UTF8"),
			      ARGUMENT(utf8 ? "--locale=C.UTF-8" : "--locale=C"),
			      ARGUMENT("--lc-messages=C"),
			      ARGUMENT("--no-sync"),
			      NULL};
	char *const clear[] = {ARGUMENT("/bin/rm"), ARGUMENT("-rf"), ARGUMENT(DATA_NEW), ARGUMENT(DATA), NULL};
	if (lx_io_exists(lx_dev_path(dev, DATA_NEW)) || lx_io_exists(lx_dev_path(dev, DATA)))
		lx_dev_run(dev, NULL, clear); /* left over from a run that was killed */
	int code = lx_dev_run(dev, INITDB_LOG, argv);
	if (code == 0 && rename(lx_dev_path(dev, DATA_NEW), lx_dev_path(dev, DATA)) == 0)
		return LX_OK;
	lx_fail(fail, LX_FAILED, "L0212", "%s failed (exit %d): %s", initdb, code, lx_dev_tail(dev, INITDB_LOG));
	lx_fail_where(fail, "%s", lx_dev_path(dev, INITDB_LOG));
	lx_fail_help(fail, "mend the cause and run it again; a full disk or missing rights are the usual ones");
	return LX_FAILED;
}

/* The socket folder is a list to PostgreSQL: double quotes keep a comma in it from splitting it. */
static const char *socket_setting(const struct lx_dev *dev)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_string(&text, "unix_socket_directories=\"");
	for (const char *at = dev->folder; *at; at++)
		lx_buffer_printf(&text, *at == '"' ? "%c\"" : "%c", *at);
	lx_buffer_char(&text, '"');
	const char *copy = lx_arena_string(dev->arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return copy;
}

static pid_t spawn_server(const struct lx_dev *dev)
{
	/* Nothing here is worth waiting for a disk.  Commits are synchronous all the same: without fsync they cost one
	 * write, and a server that is killed keeps all that it said it had. */
	static const char *const settings[] = {"listen_addresses=",
					       "port=5432",
					       "fsync=off",
					       "full_page_writes=off",
					       "wal_level=minimal",
					       "max_wal_senders=0",
					       "timezone=UTC",
					       "log_timezone=UTC",
					       "logging_collector=off",
					       "unix_socket_permissions=0700"};
	enum { COUNT = sizeof settings / sizeof *settings };
	const char *argv[3 + 2 * COUNT + 3];
	size_t n = 0;
	argv[n++] = lx_arena_printf(dev->arena, "%s/postgres", dev->binaries);
	argv[n++] = "-D";
	argv[n++] = lx_dev_path(dev, DATA);
	for (size_t i = 0; i < COUNT; i++) {
		argv[n++] = "-c";
		argv[n++] = settings[i];
	}
	argv[n++] = "-c";
	argv[n++] = socket_setting(dev);
	argv[n] = NULL;
	pid_t child = fork();
	if (child != 0)
		return child;
	setsid(); /* it must outlive the terminal, and not get its signals */
	lx_dev_become(dev, SERVER_LOG);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static enum lx_status server_died(struct lx_dev *dev, const char *what, struct lx_fail *fail)
{
	lx_fail(fail, LX_FAILED, "L0213", "the private server %s; its log ends with:\n%s", what,
		lx_dev_tail(dev, SERVER_LOG));
	lx_fail_where(fail, "%s", lx_dev_path(dev, SERVER_LOG));
	lx_fail_help(fail, "'lexo dev stop' removes it with its data; 'lexo dev start' makes a new one");
	return LX_FAILED;
}

static enum lx_status wait_until_ready(struct lx_dev *dev, struct lx_fail *fail)
{
	for (int waited = 0; waited < START_WAIT_MS; waited += STEP_MS) {
		if (dev->pid && waitpid(dev->pid, NULL, WNOHANG) == dev->pid) {
			dev->pid = 0;
			return server_died(dev, "did not start", fail);
		}
		if (lx_io_exists(lx_dev_path(dev, ".s.PGSQL.5432")) && PQping(dev->url) == PQPING_OK)
			return LX_OK;
		pause_step();
	}
	return server_died(dev, "was not ready after a minute", fail);
}

static enum lx_status start_locked(struct lx_dev *dev, bool *started, struct lx_fail *fail)
{
	pid_t pid = lx_dev_pid(dev);
	if (pid)
		return wait_until_ready(dev, fail); /* somebody else's start was cut short */
	if (make_cluster(dev, fail) != LX_OK)
		return LX_FAILED;
	/* a file of a server that is gone, whose number another process may have now */
	unlink(lx_dev_path(dev, DATA "/postmaster.pid"));
	unlink(lx_dev_path(dev, ".s.PGSQL.5432"));
	unlink(lx_dev_path(dev, ".s.PGSQL.5432.lock"));
	unlink(lx_dev_path(dev, SERVER_LOG));
	dev->pid = spawn_server(dev);
	if (dev->pid < 0) {
		dev->pid = 0;
		return lx_fail(fail, LX_FAILED, "L0213", "cannot start a process: %s", strerror(errno));
	}
	*started = true;
	return wait_until_ready(dev, fail);
}

static void mark_kept(const struct lx_dev *dev)
{
	int fd = open(lx_dev_path(dev, KEPT), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0)
		close(fd);
}

enum lx_status lx_dev_start(struct lx_dev *dev, bool is_kept, bool *started, struct lx_fail *fail)
{
	*started = false;
	bool is_running = lx_dev_is_running(dev);
	if (!is_running && lx_dev_find_binaries(dev, fail) != LX_OK)
		return LX_FAILED;
	enum lx_status status = lx_dev_lock(dev, true, fail);
	if (status != LX_OK)
		return status;
	if (!lx_dev_is_running(dev))
		status = start_locked(dev, started, fail);
	if (status == LX_OK && is_kept)
		mark_kept(dev);
	lx_dev_unlock(dev);
	return status;
}

/* --- stopping -------------------------------------------------------------------------------------------------------
 */

static bool is_gone(struct lx_dev *dev, pid_t pid)
{
	if (dev->pid == pid && waitpid(pid, NULL, WNOHANG) == pid)
		return true;
	return !is_postgres(pid);
}

static enum lx_status stop_locked(struct lx_dev *dev, bool keep, struct lx_fail *fail)
{
	pid_t pid = lx_dev_pid(dev);
	if (pid && kill(pid, keep ? SIGINT : SIGQUIT) != 0 && errno != ESRCH)
		return lx_fail(fail, LX_FAILED, "L0214", "cannot stop the private server (process %ld): %s", (long)pid,
			       strerror(errno));
	for (int waited = 0; pid && !is_gone(dev, pid); waited += STEP_MS) {
		if (waited >= STOP_WAIT_MS)
			return lx_fail(fail, LX_LOCKED, "L0214", "the private server (process %ld) does not stop",
				       (long)pid);
		pause_step();
	}
	unlink(lx_dev_path(dev, KEPT));
	return keep ? LX_OK : lx_dev_remove(dev, fail);
}

enum lx_status lx_dev_stop(struct lx_dev *dev, bool keep, bool *was_there, struct lx_fail *fail)
{
	*was_there = false;
	enum lx_status status = lx_dev_lock(dev, false, fail);
	if (status != LX_OK || dev->lock < 0)
		return status;
	*was_there = true;
	status = stop_locked(dev, keep, fail);
	lx_dev_unlock(dev);
	return status;
}

enum lx_status lx_dev_use(struct lx_dev *dev, int *use, struct lx_fail *fail)
{
	*use = open(lx_dev_path(dev, USERS), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*use < 0 || flock(*use, LOCK_SH) != 0)
		return lx_fail(fail, LX_FAILED, "L0211", "cannot use %s: %s", dev->folder, strerror(errno));
	return LX_OK;
}

enum lx_status lx_dev_release(struct lx_dev *dev, int use, struct lx_fail *fail)
{
	enum lx_status status = lx_dev_lock(dev, false, fail);
	if (status == LX_OK && dev->lock >= 0 && !lx_io_exists(lx_dev_path(dev, KEPT)) &&
	    flock(use, LOCK_EX | LOCK_NB) == 0)
		status = stop_locked(dev, false, fail);
	lx_dev_unlock(dev);
	close(use);
	return status;
}
