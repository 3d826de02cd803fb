/* Where a private server lives, who owns it, and who works on it at the moment.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/io.h"
#include "base/sha256.h"
#include "cli/dev.h"

#define LOCK_FILE ".lexo-dev" /* also marks the folder as one that lexo may empty */
enum { LOCK_WAIT_MS = 60000, LOCK_STEP_MS = 20, TAIL_LINES = 12, LOG_LIMIT = 64 * 1024 * 1024 };

const char *lx_dev_path(const struct lx_dev *dev, const char *name)
{
	return lx_arena_printf(dev->arena, "%s/%s", dev->folder, name);
}

/* --- where ----------------------------------------------------------------------------------------------------------
 */

/* PostgreSQL refuses to run as root. */
static enum lx_status choose_user(struct lx_dev *dev, struct lx_fail *fail)
{
	dev->uid = geteuid();
	dev->gid = getegid();
	if (dev->uid != 0)
		return LX_OK;
	const struct passwd *entry = getpwnam("postgres");
	if (!entry)
		entry = getpwnam("nobody");
	if (!entry || entry->pw_uid == 0) {
		lx_fail(fail, LX_FAILED, "L0211", "there is no user 'postgres' or 'nobody' to run the server as");
		lx_fail_help(fail, "PostgreSQL does not run as root; start lexo as another user");
		return LX_FAILED;
	}
	dev->is_dropped = true;
	dev->user = lx_arena_string(dev->arena, entry->pw_name);
	dev->uid = entry->pw_uid;
	dev->gid = entry->pw_gid;
	return LX_OK;
}

static const char *absolute(struct lx_arena *arena, const char *path)
{
	char resolved[PATH_MAX];
	if (realpath(path, resolved))
		return lx_arena_string(arena, resolved);
	if (path[0] == '/')
		return path;
	if (!getcwd(resolved, sizeof resolved))
		return path;
	return lx_arena_printf(arena, "%s/%s", resolved, path);
}

/* The socket's path, with its lock file's suffix, must fit into an address. */
static bool is_short_enough(const char *folder)
{
	return strlen(folder) + strlen("/.s.PGSQL.5432.lock") < sizeof(((struct sockaddr_un *)0)->sun_path);
}

static const char *default_folder(struct lx_dev *dev, const char *project)
{
	char hash[LX_SHA256_HEX] = "";
	const char *full = absolute(dev->arena, project);
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME"), *folder = NULL;
	if (!lx_sha256_hex(full, strlen(full), hash))
		return NULL;
	hash[12] = 0;
	if (!dev->is_dropped && cache && cache[0] == '/')
		folder = lx_arena_printf(dev->arena, "%s/lexo/%s", cache, hash);
	else if (!dev->is_dropped && home && home[0] == '/')
		folder = lx_arena_printf(dev->arena, "%s/.cache/lexo/%s", home, hash);
	if (folder && is_short_enough(folder))
		return folder;
	/* the user that root's server runs as has no cache folder that root could trust */
	return lx_arena_printf(dev->arena, "/var/tmp/lexo-dev-%lu-%s", (unsigned long)dev->uid, hash);
}

static const char *make_url(const struct lx_dev *dev)
{
	struct lx_buffer url = LX_BUFFER_INIT;
	lx_buffer_string(&url, "postgresql://postgres@/postgres?host=");
	for (const char *at = dev->folder; *at; at++)
		if (strchr("/_-.~", *at) || (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') ||
		    (*at >= 'A' && *at <= 'Z'))
			lx_buffer_char(&url, *at);
		else
			lx_buffer_printf(&url, "%%%02X", (unsigned char)*at);
	const char *copy = lx_arena_string(dev->arena, lx_buffer_text(&url));
	lx_buffer_free(&url);
	return copy;
}

enum lx_status lx_dev_locate(struct lx_arena *arena, const char *project, const char *dir, struct lx_dev *dev,
			     struct lx_fail *fail)
{
	*dev = (struct lx_dev){.arena = arena, .is_given = dir != NULL, .lock = -1};
	if (choose_user(dev, fail) != LX_OK)
		return LX_FAILED;
	dev->folder = dir ? absolute(arena, dir) : default_folder(dev, project);
	if (!dev->folder)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	if (!is_short_enough(dev->folder)) {
		lx_fail(fail, LX_FAILED, "L0211", "the path of the server's folder is too long for a socket: %s",
			dev->folder);
		lx_fail_help(fail, "choose a shorter one with --dir");
		return LX_FAILED;
	}
	dev->url = make_url(dev);
	return LX_OK;
}

/* --- making it ------------------------------------------------------------------------------------------------------
 */

static enum lx_status folder_fail(const struct lx_dev *dev, struct lx_fail *fail, const char *why)
{
	lx_fail(fail, LX_FAILED, "L0211", "cannot keep a server in %s: %s", dev->folder, why);
	lx_fail_help(fail, "choose another folder with --dir%s",
		     dev->is_dropped ? ", one that the server's user can reach" : "");
	return LX_FAILED;
}

static bool is_empty(int folder)
{
	int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = copy < 0 ? NULL : fdopendir(copy);
	if (!stream)
		return false;
	bool empty = true;
	for (struct dirent *entry; (entry = readdir(stream));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			empty = false;
	closedir(stream);
	return empty;
}

/* The folder must be ours alone before anything is put into it: others could swap files or reach the socket. */
static enum lx_status claim_folder(const struct lx_dev *dev, int folder, struct lx_fail *fail)
{
	struct stat info;
	if (fstat(folder, &info) != 0)
		return folder_fail(dev, fail, strerror(errno));
	bool is_marked = faccessat(folder, LOCK_FILE, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	if (!is_marked && !is_empty(folder))
		return folder_fail(dev, fail, "there are files in it that are not lexo's");
	if (info.st_uid != dev->uid && info.st_uid != geteuid())
		return folder_fail(dev, fail, "it belongs to another user");
	if (info.st_uid != dev->uid && fchown(folder, dev->uid, dev->gid) != 0)
		return folder_fail(dev, fail, strerror(errno));
	if ((info.st_mode & 0777) != 0700 && fchmod(folder, 0700) != 0)
		return folder_fail(dev, fail, strerror(errno));
	return LX_OK;
}

/* The server's user must get to the folder through all those above it. */
static bool is_reachable(const struct lx_dev *dev)
{
	if (!dev->is_dropped)
		return true;
	char *const argv[] = {(char *)(uintptr_t) "true", NULL};
	return lx_dev_run(dev, NULL, argv) == 0;
}

static enum lx_status make_folder(struct lx_dev *dev, struct lx_fail *fail)
{
	const char *slash = strrchr(dev->folder, '/');
	if (slash > dev->folder) {
		const char *parent = lx_arena_copy(dev->arena, dev->folder, (size_t)(slash - dev->folder));
		if (!lx_io_is_folder(parent) && lx_io_make_folder(parent, fail) != LX_OK)
			return LX_FAILED;
	}
	if (mkdir(dev->folder, 0700) != 0 && errno != EEXIST)
		return folder_fail(dev, fail, strerror(errno));
	return LX_OK;
}

static enum lx_status open_lock(struct lx_dev *dev, bool create, struct lx_fail *fail)
{
	if (create && make_folder(dev, fail) != LX_OK)
		return LX_FAILED;
	int folder = open(dev->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (folder < 0)
		return create || errno != ENOENT ? folder_fail(dev, fail, strerror(errno)) : LX_OK;
	enum lx_status status = create ? claim_folder(dev, folder, fail) : LX_OK;
	if (status == LX_OK) {
		dev->lock = openat(folder, LOCK_FILE, O_RDWR | O_CLOEXEC | O_NOFOLLOW | (create ? O_CREAT : 0), 0600);
		if (dev->lock < 0 && (create || errno != ENOENT))
			status = folder_fail(dev, fail, strerror(errno));
		else if (dev->lock >= 0 && dev->is_dropped && fchown(dev->lock, dev->uid, dev->gid) != 0)
			status = folder_fail(dev, fail, strerror(errno));
	}
	close(folder);
	return status;
}

/* Another process may have removed the folder while this one waited for its lock. */
static bool is_still_there(const struct lx_dev *dev)
{
	struct stat held, named;
	return fstat(dev->lock, &held) == 0 && lstat(lx_dev_path(dev, LOCK_FILE), &named) == 0 &&
	       held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

enum lx_status lx_dev_lock(struct lx_dev *dev, bool create, struct lx_fail *fail)
{
	const struct timespec step = {0, LOCK_STEP_MS * 1000000L};
	for (int waited = 0; waited < LOCK_WAIT_MS; waited += LOCK_STEP_MS) {
		if (dev->lock < 0 && open_lock(dev, create, fail) != LX_OK) {
			lx_dev_unlock(dev);
			return LX_FAILED;
		}
		if (dev->lock < 0) /* nothing there, and none wanted */
			return LX_OK;
		if (flock(dev->lock, LOCK_EX | LOCK_NB) == 0) {
			if (is_still_there(dev)) {
				if (!create || is_reachable(dev))
					return LX_OK;
				lx_dev_unlock(dev);
				return folder_fail(dev, fail,
						   lx_arena_printf(dev->arena, "user '%s' cannot reach it", dev->user));
			}
			lx_dev_unlock(dev);
			continue;
		}
		nanosleep(&step, NULL);
	}
	lx_dev_unlock(dev);
	lx_fail(fail, LX_LOCKED, "L0215", "another process has been working on %s for a minute", dev->folder);
	lx_fail_help(fail, "wait for it, or find and stop it: fuser %s", lx_dev_path(dev, LOCK_FILE));
	return LX_LOCKED;
}

void lx_dev_unlock(struct lx_dev *dev)
{
	if (dev->lock >= 0)
		close(dev->lock);
	dev->lock = -1;
}

/* --- removing it ----------------------------------------------------------------------------------------------------
 */

/* Never follows a link out of the folder. */
static bool empty_folder(int folder)
{
	DIR *stream = fdopendir(folder);
	if (!stream) {
		close(folder);
		return false;
	}
	bool is_done = true;
	for (struct dirent *entry; (entry = readdir(stream));) {
		const char *name = entry->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (unlinkat(dirfd(stream), name, 0) == 0)
			continue;
		int inner = openat(dirfd(stream), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (inner < 0 || !empty_folder(inner) || unlinkat(dirfd(stream), name, AT_REMOVEDIR) != 0)
			is_done = false;
	}
	closedir(stream);
	return is_done;
}

enum lx_status lx_dev_remove(struct lx_dev *dev, struct lx_fail *fail)
{
	pid_t child = fork();
	if (child == 0) { /* with the rights of the files' owner and no more */
		lx_dev_become(dev, NULL);
		int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		_exit(folder >= 0 && empty_folder(folder) ? 0 : 1);
	}
	int result = 1;
	while (child > 0 && waitpid(child, &result, 0) < 0 && errno == EINTR)
		;
	if (result != 0)
		return folder_fail(dev, fail, "its files cannot be removed");
	if (rmdir(dev->folder) != 0 && errno != ENOENT && errno != ENOTEMPTY && errno != EBUSY && errno != EACCES)
		return folder_fail(dev, fail, strerror(errno));
	return LX_OK;
}

/* --- children -------------------------------------------------------------------------------------------------------
 */

/* Variables that would change what initdb and postgres do. */
static void clean_environment(void)
{
	extern char **environ;
	for (char **entry = environ; *entry;) {
		char name[64];
		size_t length = strcspn(*entry, "=");
		bool is_unwanted =
		    strncmp(*entry, "PG", 2) == 0 || strncmp(*entry, "LC_", 3) == 0 || strncmp(*entry, "LANG", 4) == 0;
		if (is_unwanted && length < sizeof name) {
			memcpy(name, *entry, length);
			name[length] = 0;
			unsetenv(name); /* moves the rest down */
		} else
			entry++;
	}
}

void lx_dev_become(const struct lx_dev *dev, const char *log)
{
	if (dev->is_dropped &&
	    (setgroups(0, NULL) != 0 || setgid(dev->gid) != 0 || setuid(dev->uid) != 0 || setuid(0) == 0))
		_exit(126);
	if (chdir(dev->folder) != 0)
		_exit(125);
	int null = open("/dev/null", O_RDWR);
	int out = log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600) : null;
	if (null < 0 || out < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(124);
	clean_environment();
}

int lx_dev_run(const struct lx_dev *dev, const char *log, char *const *argv)
{
	pid_t child = fork();
	if (child == 0) {
		lx_dev_become(dev, log);
		if (strcmp(argv[0], "true") == 0)
			_exit(0);
		execv(argv[0], argv);
		_exit(127);
	}
	int result = 0;
	if (child < 0)
		return -1;
	while (waitpid(child, &result, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(result) ? WEXITSTATUS(result) : -1;
}

const char *lx_dev_tail(const struct lx_dev *dev, const char *log)
{
	char *text;
	size_t length;
	struct lx_fail ignored = {0};
	if (lx_io_read(lx_dev_path(dev, log), LOG_LIMIT, &text, &length, &ignored) != LX_OK)
		return "(it left no log)";
	while (length && text[length - 1] == '\n')
		length--;
	size_t start = length;
	for (int lines = 0; start > 0; start--)
		if (text[start - 1] == '\n' && ++lines == TAIL_LINES)
			break;
	const char *tail = lx_arena_copy(dev->arena, text + start, length - start);
	free(text);
	return tail;
}
