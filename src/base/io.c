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

enum lx_status lx_io_error(struct lx_fail *fail, const char *doing, const char *path)
{
	int error = errno;
	lx_fail(fail, LX_FAILED, "L0102", "cannot %s %s: %s", doing, path, strerror(error));
	if (error == ENOSPC || error == EDQUOT)
		lx_fail_help(fail,
			     "free some space on that file system and run the command again; nothing was changed");
	else if (error == EACCES || error == EPERM || error == EROFS)
		lx_fail_help(fail, "check the owner and permissions of the folder; nothing was changed");
	return LX_FAILED;
}

static enum lx_status too_large(struct lx_fail *fail, const char *path, size_t limit)
{
	lx_fail(fail, LX_FAILED, "L0104", "%s is larger than %zu MiB", path, limit >> 20);
	lx_fail_help(fail, "check that it is the file that is meant; split it if it is");
	return LX_FAILED;
}

static enum lx_status not_regular(struct lx_fail *fail, const char *path)
{
	lx_fail(fail, LX_FAILED, "L0103", "%s is not a regular file", path);
	lx_fail_help(fail, "put the text into a file: what was checked must be what is used");
	return LX_FAILED;
}

static enum lx_status read_open(int fd, const char *path, size_t limit, char **text, size_t *length,
				struct lx_fail *fail)
{
	struct stat info;
	if (fstat(fd, &info) != 0)
		return lx_io_error(fail, "read", path);
	if (!S_ISREG(info.st_mode))
		return not_regular(fail, path);
	if (info.st_size < 0 || (unsigned long long)info.st_size > limit)
		return too_large(fail, path, limit);
	size_t capacity = (size_t)info.st_size, used = 0;
	char *data = malloc(capacity + 1);
	if (!data)
		return no_memory(fail);
	while (used < capacity) {
		ssize_t n = read(fd, data + used, capacity - used);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			lx_io_error(fail, "read", path);
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
		return lx_io_error(fail, "open", path);
	}
	enum lx_status status = read_open(fd, path, limit, text, length, fail);
	close(fd);
	return status;
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
			status = lx_io_error(fail, "create folder", copy);
		*p = saved;
		if (!saved)
			break;
	}
	if (status == LX_OK && !lx_io_is_folder(path)) {
		errno = ENOTDIR;
		status = lx_io_error(fail, "create folder", path);
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
		return lx_io_error(fail, "open folder", folder);
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
