/* Runs a command that reaches a server through a wire which breaks.
 *   wire SOCKET HOW WHERE BYTE COMMAND…
 * SOCKET: of the server.  The command finds the wire at 127.0.0.1, port $WIRE_PORT.  After BYTE bytes WHERE (up: to the
 * server, down: from it) of the first connection the wire is HOW: cut (both ends are told), reset (the client gets
 * RST), frozen (nothing passes for half a second, then it is cut), dead (cut, and no other connection is let through).
 * BYTE 0: it holds.  Further connections hold.  Prints how many bytes went up and down to the file $WIRE_COUNT; ends as
 * the command does.
 * SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 64, FREEZE_MS = 500, TICK_MS = 5 };
enum how { CUT, RESET, FROZEN, DEAD };

struct connection {
	int client, server;
	long passed[2]; /* up, down */
	bool is_first;
};

static struct connection connections[CONNECTIONS];
static size_t count;
static enum how how;
static int where;
static long limit;
static bool is_broken;

static int listen_somewhere(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	char port[16];
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		return -1;
	snprintf(port, sizeof port, "%u", ntohs(address.sin_port));
	setenv("WIRE_PORT", port, 1);
	return fd;
}

static int reach(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	return fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

static void let_in(int listener, const char *path)
{
	int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (client < 0)
		return;
	int server = count < CONNECTIONS && !(is_broken && how == DEAD) ? reach(path) : -1;
	if (server < 0) {
		close(client);
		return;
	}
	connections[count] = (struct connection){.client = client, .server = server, .is_first = count == 0};
	count++;
}

static void end(struct connection *connection, bool is_reset)
{
	struct linger at_once = {1, 0};
	if (is_reset)
		setsockopt(connection->client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(connection->client);
	close(connection->server);
	connection->client = connection->server = -1;
}

static void break_wire(struct connection *connection)
{
	is_broken = true;
	if (how == FROZEN)
		nanosleep(&(struct timespec){.tv_nsec = FREEZE_MS * 1000000L}, NULL);
	end(connection, how == RESET);
}

static bool send_all(int fd, const char *bytes, size_t size)
{
	while (size) {
		ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* One read, passed on as far as the wire holds. */
static void pass(struct connection *connection, int direction)
{
	char bytes[8192];
	int from = direction ? connection->server : connection->client,
	    to = direction ? connection->client : connection->server;
	ssize_t n = recv(from, bytes, sizeof bytes, 0);
	if (n <= 0) {
		end(connection, n < 0);
		return;
	}
	bool is_watched = connection->is_first && limit && direction == where;
	long left = limit - connection->passed[direction];
	size_t size = is_watched && n >= left ? (size_t)left : (size_t)n;
	connection->passed[direction] += (long)size;
	if (!send_all(to, bytes, size))
		end(connection, false);
	else if (is_watched && connection->passed[direction] >= limit)
		break_wire(connection);
}

static void serve(int listener, const char *path)
{
	struct pollfd watched[1 + 2 * CONNECTIONS] = {{.fd = listener, .events = POLLIN}};
	size_t known = count;
	for (size_t i = 0; i < known; i++) {
		watched[1 + 2 * i] = (struct pollfd){.fd = connections[i].client, .events = POLLIN};
		watched[2 + 2 * i] = (struct pollfd){.fd = connections[i].server, .events = POLLIN};
	}
	if (poll(watched, 1 + 2 * known, TICK_MS) <= 0)
		return;
	for (size_t i = 0; i < known; i++)
		for (int direction = 0; direction < 2; direction++)
			if (connections[i].client >= 0 && watched[1 + 2 * i + (size_t)direction].revents)
				pass(&connections[i], direction);
	if (watched[0].revents)
		let_in(listener, path);
}

static void report(void)
{
	const char *path = getenv("WIRE_COUNT");
	FILE *file = path ? fopen(path, "w") : NULL;
	if (file) {
		fprintf(file, "%ld %ld\n", connections[0].passed[0], connections[0].passed[1]);
		fclose(file);
	}
}

int main(int argc, char **argv)
{
	static const char *const words[] = {[CUT] = "cut", [RESET] = "reset", [FROZEN] = "frozen", [DEAD] = "dead"};
	int listener = argc < 6 ? -1 : listen_somewhere(), status = 0;
	if (listener < 0)
		return 64;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(argv[2], words[i]) == 0)
			how = (enum how)i;
	where = strcmp(argv[3], "down") == 0;
	limit = strtol(argv[4], NULL, 10);
	pid_t child = fork();
	if (child == 0) {
		execvp(argv[5], argv + 5);
		_exit(127);
	}
	while (waitpid(child, &status, WNOHANG) == 0)
		serve(listener, argv[1]);
	report();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
