/* SPDX-License-Identifier: Apache-2.0 */
#include "base/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

static enum lx_status io_error(struct lx_fail *fail, const char *doing, const char *path)
{
	int error = errno;
	lx_fail(fail, LX_FAILED, "L0102", "cannot %s %s: %s", doing, path, strerror(error));
	if (error == ENOSPC || error == EDQUOT)
		lx_fail_help(fail, "free some space on that file system and run the command again; nothing was changed");
	else if (error == EACCES || error == EPERM || error == EROFS)
		lx_fail_help(fail, "check the owner and permissions of the folder; nothing was changed");
	return LX_FAILED;
}

static enum lx_status read_open(int fd, const char *path, size_t limit, char **text, size_t *length,
				struct lx_fail *fail)
{
	struct stat info;
	if (fstat(fd, &info) != 0)
		return io_error(fail, "read", path);
	if (!S_ISREG(info.st_mode))
		return lx_fail(fail, LX_FAILED, "L0103", "%s is not a regular file", path);
	if (info.st_size < 0 || (unsigned long long)info.st_size > limit)
		return lx_fail(fail, LX_FAILED, "L0104", "%s is larger than %zu MiB", path, limit >> 20);
	size_t capacity = (size_t)info.st_size, used = 0;
	char *data = malloc(capacity + 1);
	if (!data)
		return no_memory(fail);
	while (used < capacity) {
		ssize_t n = read(fd, data + used, capacity - used);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			io_error(fail, "read", path);
			free(data);
			return LX_FAILED;
		}
		if (n == 0)
			break;
		used += (size_t)n;
	}
	data[used] = 0;
	*text = data;
	*length = used;
	return LX_OK;
}

enum lx_status lx_io_read(const char *path, size_t limit, char **text, size_t *length, struct lx_fail *fail)
{
	*text = NULL;
	*length = 0;
	/* O_NONBLOCK: opening a FIFO must not hang */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return lx_fail(fail, LX_FAILED, "L0101", "no such file: %s", path);
		return io_error(fail, "open", path);
	}
	enum lx_status status = read_open(fd, path, limit, text, length, fail);
	close(fd);
	return status;
}

/* One file of a set.  The old bytes are kept under a second temporary name during the commit, so that it can be undone. */
struct entry {
	struct entry *next;
	char *path;
	char *temporary; /* NULL: PATH is to be removed */
	char *backup;	 /* NULL: there was no such file before */
	bool renamed;
};

struct lx_io_set {
	struct entry *first, **last;
	size_t unchanged;
};

struct lx_io_set *lx_io_set_open(void)
{
	struct lx_io_set *set = calloc(1, sizeof *set);
	if (set)
		set->last = &set->first;
	return set;
}

static void free_entry(struct entry *entry)
{
	free(entry->path);
	free(entry->temporary);
	free(entry->backup);
	free(entry);
}

static struct entry *new_entry(const char *path, bool is_written)
{
	struct entry *entry = calloc(1, sizeof *entry);
	if (!entry)
		return NULL;
	entry->path = strdup(path);
	if (is_written) {
		size_t size = strlen(path) + 16;
		entry->temporary = malloc(size);
		if (entry->temporary) {
			const char *slash = strrchr(path, '/');
			int folder = slash ? (int)(slash - path + 1) : 0;
			snprintf(entry->temporary, size, "%.*s.%s.XXXXXX", folder, path, slash ? slash + 1 : path);
		}
	}
	if (!entry->path || (is_written && !entry->temporary)) {
		free_entry(entry);
		return NULL;
	}
	return entry;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

static bool same_bytes(const char *path, const char *bytes, size_t length)
{
	struct stat info;
	if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode) || (unsigned long long)info.st_size != length)
		return false;
	char *old;
	size_t old_length;
	if (lx_io_read(path, length, &old, &old_length, NULL) != LX_OK)
		return false;
	bool same = old_length == length && memcmp(old, bytes, length) == 0;
	free(old);
	return same;
}

enum lx_status lx_io_set_add(struct lx_io_set *set, const char *path, const char *bytes, size_t length,
			     struct lx_fail *fail)
{
	if (same_bytes(path, bytes, length)) {
		set->unchanged++;
		return LX_OK;
	}
	struct entry *entry = new_entry(path, true);
	if (!entry)
		return no_memory(fail);
	mode_t mask = umask(0);
	umask(mask);
	int fd = mkstemp(entry->temporary);
	if (fd < 0) {
		io_error(fail, "write", path);
		free_entry(entry);
		return LX_FAILED;
	}
	bool ok = fchmod(fd, 0666 & ~mask) == 0 && write_all(fd, bytes, length) && fsync(fd) == 0;
	int error = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		error = errno;
	}
	if (!ok) {
		unlink(entry->temporary);
		errno = error;
		io_error(fail, "write", path);
		free_entry(entry);
		return LX_FAILED;
	}
	*set->last = entry;
	set->last = &entry->next;
	return LX_OK;
}

enum lx_status lx_io_set_remove(struct lx_io_set *set, const char *path, struct lx_fail *fail)
{
	if (!lx_io_exists(path))
		return LX_OK;
	struct entry *entry = new_entry(path, false);
	if (!entry)
		return no_memory(fail);
	*set->last = entry;
	set->last = &entry->next;
	return LX_OK;
}

static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	if (!folder)
		return;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	if (fd < 0)
		return;
	/* some file systems refuse fsync on a folder; the rename itself is still atomic there */
	(void)fsync(fd);
	close(fd);
}

static bool place(struct entry *entry)
{
	if (lx_io_exists(entry->path)) {
		size_t size = strlen(entry->path) + 32;
		entry->backup = malloc(size);
		if (!entry->backup) {
			errno = ENOMEM;
			return false;
		}
		snprintf(entry->backup, size, "%s.old-%ld", entry->path, (long)getpid());
		unlink(entry->backup);
		/* a link keeps PATH itself there at every moment; where links are refused the undo is given up */
		if (link(entry->path, entry->backup) != 0) {
			free(entry->backup);
			entry->backup = NULL;
		}
	}
	int rc = entry->temporary ? rename(entry->temporary, entry->path) : unlink(entry->path);
	entry->renamed = rc == 0;
	return rc == 0;
}

static void undo(struct lx_io_set *set)
{
	for (struct entry *entry = set->first; entry; entry = entry->next) {
		if (entry->renamed) {
			if (entry->backup)
				rename(entry->backup, entry->path);
			else if (entry->temporary)
				unlink(entry->path);
		} else if (entry->backup)
			unlink(entry->backup);
	}
}

enum lx_status lx_io_set_commit(struct lx_io_set *set, size_t *changed, struct lx_fail *fail)
{
	size_t count = 0;
	for (struct entry *entry = set->first; entry; entry = entry->next) {
		if (!place(entry)) {
			io_error(fail, entry->temporary ? "write" : "remove", entry->path);
			undo(set);
			return LX_FAILED;
		}
		count++;
	}
	for (struct entry *entry = set->first; entry; entry = entry->next) {
		if (entry->backup)
			unlink(entry->backup);
		sync_folder(entry->path);
	}
	if (changed)
		*changed = count;
	return LX_OK;
}

void lx_io_set_close(struct lx_io_set *set)
{
	if (!set)
		return;
	for (struct entry *entry = set->first, *next; entry; entry = next) {
		next = entry->next;
		if (!entry->renamed && entry->temporary)
			unlink(entry->temporary);
		free_entry(entry);
	}
	free(set);
}

enum lx_status lx_io_make_folder(const char *path, struct lx_fail *fail)
{
	char *copy = strdup(path);
	if (!copy)
		return no_memory(fail);
	enum lx_status status = LX_OK;
	for (char *p = copy + 1; status == LX_OK; p++) {
		if (*p != '/' && *p != 0)
			continue;
		char saved = *p;
		*p = 0;
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			status = io_error(fail, "create folder", copy);
		*p = saved;
		if (!saved)
			break;
	}
	if (status == LX_OK && !lx_io_is_folder(path)) {
		errno = ENOTDIR;
		status = io_error(fail, "create folder", path);
	}
	free(copy);
	return status;
}

bool lx_io_exists(const char *path)
{
	struct stat info;
	return lstat(path, &info) == 0;
}

bool lx_io_is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One block: the pointers first, the text behind them. */
static char **index_names(struct lx_buffer *names, size_t count)
{
	char **list = malloc((count + 1) * sizeof *list + names->length + 1);
	if (!list)
		return NULL;
	char *text = (char *)(list + count + 1);
	if (names->length)
		memcpy(text, names->data, names->length);
	for (size_t i = 0; i < count; i++) {
		list[i] = text;
		text += strlen(text) + 1;
	}
	list[count] = NULL;
	qsort(list, count, sizeof *list, by_name);
	return list;
}

enum lx_status lx_io_list(const char *folder, const char *suffix, char ***names, size_t *count, struct lx_fail *fail)
{
	*names = NULL;
	*count = 0;
	DIR *dir = opendir(folder);
	if (!dir) {
		if (errno == ENOENT || errno == ENOTDIR)
			return lx_fail(fail, LX_FAILED, "L0101", "no such folder: %s", folder);
		return io_error(fail, "open folder", folder);
	}
	struct lx_buffer text = LX_BUFFER_INIT;
	size_t n = 0, tail = strlen(suffix);
	for (const struct dirent *entry; (entry = readdir(dir));) {
		size_t length = strlen(entry->d_name);
		if (entry->d_name[0] == '.' || length <= tail || strcmp(entry->d_name + length - tail, suffix) != 0)
			continue;
		lx_buffer_add(&text, entry->d_name, length + 1);
		n++;
	}
	closedir(dir);
	*names = lx_buffer_ok(&text) ? index_names(&text, n) : NULL;
	lx_buffer_free(&text);
	if (!*names)
		return no_memory(fail);
	*count = n;
	return LX_OK;
}
