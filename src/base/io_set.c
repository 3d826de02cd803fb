/* Files that become visible together.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"

/* More files than these, and one sync of the whole file system costs less than one of each. */
enum { SYNCED_ALONE = 16 };
/* Bytes that the name of a temporary file is longer than the file's own: two dots, process, number. */
enum { TEMPORARY_NAME = 40 };

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

/* One file of a set.  The old bytes are kept under a second temporary name during the commit, so that it can be undone.
 */
struct entry {
	struct entry *next;
	char *path;
	char *temporary; /* NULL: PATH is to be removed */
	char *backup;    /* NULL: there was no such file before */
	bool is_new;     /* there was no PATH when it was added */
	bool renamed;
};

struct lx_io_set {
	struct entry *first, **last;
	unsigned temporaries; /* their numbers */
	long process;
};

struct lx_io_set *lx_io_set_open(void)
{
	struct lx_io_set *set = calloc(1, sizeof *set);
	if (set) {
		set->last = &set->first;
		set->process = (long)getpid();
	}
	return set;
}

static void free_entry(struct entry *entry)
{
	free(entry->path);
	free(entry->temporary);
	free(entry->backup);
	free(entry);
}

/* Bytes of the path up to and with its last slash. */
static size_t folder_length(const struct entry *entry)
{
	const char *slash = strrchr(entry->path, '/');
	return slash ? (size_t)(slash - entry->path) + 1 : 0;
}

static struct entry *new_entry(const char *path, bool is_written)
{
	struct entry *entry = calloc(1, sizeof *entry);
	if (!entry)
		return NULL;
	entry->path = strdup(path);
	if (is_written) {
		entry->temporary = malloc(strlen(path) + TEMPORARY_NAME);
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

/* INFO: of the file at PATH. */
static bool same_bytes(const char *path, const struct stat *info, const char *bytes, size_t length)
{
	if (!S_ISREG(info->st_mode) || (unsigned long long)info->st_size != length)
		return false;
	char *old;
	size_t old_length;
	if (lx_io_read(path, length, &old, &old_length, NULL) != LX_OK)
		return false;
	bool same = old_length == length && (length == 0 || memcmp(old, bytes, length) == 0);
	free(old);
	return same;
}

/* Not mkstemp: that gives 0600, and the file is to have what any new file gets. */
static int open_temporary(struct lx_io_set *set, const struct entry *entry)
{
	size_t folder = folder_length(entry), size = strlen(entry->path) + TEMPORARY_NAME;
	int fd;
	do
		snprintf(entry->temporary, size, "%.*s.%s.%ld-%u", (int)folder, entry->path, entry->path + folder,
			 set->process, set->temporaries++);
	while ((fd = open(entry->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) < 0 && errno == EEXIST);
	return fd;
}

enum lx_status lx_io_set_add(struct lx_io_set *set, const char *path, const char *bytes, size_t length,
			     struct lx_fail *fail)
{
	struct stat info;
	bool is_there = lstat(path, &info) == 0;
	if (is_there && same_bytes(path, &info, bytes, length))
		return LX_OK;
	struct entry *entry = new_entry(path, true);
	if (!entry)
		return no_memory(fail);
	entry->is_new = !is_there;
	int fd = open_temporary(set, entry);
	if (fd < 0) {
		lx_io_error(fail, "write", path);
		free_entry(entry);
		return LX_FAILED;
	}
	bool ok = write_all(fd, bytes, length);
	int error = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		error = errno;
	}
	if (!ok) {
		unlink(entry->temporary);
		errno = error;
		lx_io_error(fail, "write", path);
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

static bool sync_at(const char *path, int flags, int (*sync)(int fd))
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	if (fd < 0)
		return false;
	bool ok = sync(fd) == 0;
	int error = errno;
	close(fd);
	errno = error;
	return ok;
}

static bool sync_folder(const struct entry *entry, int (*sync)(int fd))
{
	char *folder = strndup(entry->path, folder_length(entry));
	bool ok = folder && sync_at(*folder ? folder : ".", O_DIRECTORY, sync);
	free(folder);
	return ok;
}

/* True for the first of a run of entries in one folder. */
static bool begins_folder(const struct entry *entry, const struct entry *before)
{
	size_t length = folder_length(entry);
	return !before || folder_length(before) != length || memcmp(before->path, entry->path, length) != 0;
}

/* Brings what was written to the disk before any of it gets its name.  Returns the entry that failed, or NULL. */
static const struct entry *sync_contents(const struct lx_io_set *set)
{
	size_t count = 0;
	for (const struct entry *entry = set->first; entry; entry = entry->next)
		count += entry->temporary != NULL;
	const struct entry *before = NULL;
	for (const struct entry *entry = set->first; entry; entry = entry->next) {
		if (!entry->temporary)
			continue;
		bool ok = true;
		if (count <= SYNCED_ALONE)
			ok = sync_at(entry->temporary, 0, fsync);
		else if (begins_folder(entry, before))
			ok = sync_folder(entry, syncfs);
		if (!ok)
			return entry;
		before = entry;
	}
	return NULL;
}

static bool place(struct entry *entry)
{
	if (!entry->is_new) {
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
	const struct entry *failed = sync_contents(set), *before = NULL;
	if (failed)
		return lx_io_error(fail, "write", failed->path);
	for (struct entry *entry = set->first; entry; entry = entry->next) {
		if (!place(entry)) {
			lx_io_error(fail, entry->temporary ? "write" : "remove", entry->path);
			undo(set);
			return LX_FAILED;
		}
		count++;
	}
	for (struct entry *entry = set->first; entry; entry = entry->next) {
		if (entry->backup)
			unlink(entry->backup);
		/* some file systems refuse fsync on a folder; the rename itself is still atomic there */
		if (begins_folder(entry, before))
			(void)sync_folder(entry, fsync);
		before = entry;
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
