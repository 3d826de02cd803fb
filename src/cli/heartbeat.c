/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/heartbeat.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/io.h"
#include "pg/lock.h"

/* A path, or @ and a name of the abstract name space: sd_notify(3). */
static int open_notify(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t length = path ? strlen(path) : 0;
	if (length < 2 || length >= sizeof address.sun_path || (*path != '/' && *path != '@'))
		return -1;
	memcpy(address.sun_path, path, length);
	if (*path == '@')
		address.sun_path[0] = 0;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, size) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool is_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

enum lx_status lx_heartbeat_open(struct lx_cli *cli, struct lx_heartbeat *heartbeat)
{
	const char *target = lx_option_value(&cli->options, LX_OPTION_HEARTBEAT);
	*heartbeat = (struct lx_heartbeat){.notify = open_notify(getenv("NOTIFY_SOCKET"))};
	heartbeat->has_notify = heartbeat->notify >= 0;
	if (!target)
		return LX_OK;
	if (is_number(target)) {
		long fd = strtol(target, NULL, 10);
		int flags = fd <= INT_MAX ? fcntl((int)fd, F_GETFL) : -1;
		if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) {
			lx_fail(&cli->fail, LX_USAGE, "L0202", "--heartbeat %s is no descriptor that can be written to",
				target);
			lx_fail_help(&cli->fail, "open it for lexo: lexo upgrade --heartbeat 3 3>beats");
			return LX_USAGE;
		}
		heartbeat->beats = (int)fd;
		heartbeat->has_beats = true;
		return LX_OK;
	}
	heartbeat->beats = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
	heartbeat->is_ours = heartbeat->has_beats = heartbeat->beats >= 0;
	return heartbeat->has_beats ? LX_OK : lx_io_error(&cli->fail, "write", target);
}

/* One line, at the beginning of a file: its time of change says when. */
static void write_beat(const struct lx_heartbeat *heartbeat)
{
	char line[256];
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int length = snprintf(line, sizeof line, "%lld %s\n", (long long)now.tv_sec, heartbeat->text);
	if (heartbeat->is_ours && (ftruncate(heartbeat->beats, 0) != 0 || lseek(heartbeat->beats, 0, SEEK_SET) < 0))
		return;
	if (write(heartbeat->beats, line, (size_t)length) < 0)
		return;
}

/* systemd extends its time limit, watchdog included, by so much. */
static void notify(const struct lx_heartbeat *heartbeat)
{
	char message[320];
	int length =
	    snprintf(message, sizeof message, "STATUS=%s\nWATCHDOG=1\nEXTEND_TIMEOUT_USEC=30000000\n", heartbeat->text);
	if (send(heartbeat->notify, message, (size_t)length, MSG_NOSIGNAL) < 0)
		return;
}

static void beat_now(struct lx_heartbeat *heartbeat)
{
	heartbeat->last_ms = lx_pg_clock_ms();
	if (heartbeat->has_beats)
		write_beat(heartbeat);
	if (heartbeat->has_notify)
		notify(heartbeat);
}

void lx_heartbeat_say(struct lx_heartbeat *heartbeat, const char *text)
{
	snprintf(heartbeat->text, sizeof heartbeat->text, "%s", text);
	for (char *at = heartbeat->text; *at; at++)
		if ((unsigned char)*at < ' ')
			*at = ' ';
	beat_now(heartbeat);
}

void lx_heartbeat_beat(struct lx_heartbeat *heartbeat)
{
	enum { EVERY_MS = 1000 };
	if ((heartbeat->has_beats || heartbeat->has_notify) && lx_pg_clock_ms() - heartbeat->last_ms >= EVERY_MS)
		beat_now(heartbeat);
}

void lx_heartbeat_close(struct lx_heartbeat *heartbeat)
{
	if (heartbeat->is_ours)
		close(heartbeat->beats);
	if (heartbeat->has_notify)
		close(heartbeat->notify);
	*heartbeat = (struct lx_heartbeat){0};
}
