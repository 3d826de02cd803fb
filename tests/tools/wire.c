/* Runs a command that reaches a server through a wire which breaks.
 *   wire SOCKET HOW WHERE BYTE COMMAND…
 * SOCKET: of the server.  The command finds the wire at 127.0.0.1, port $WIRE_PORT.  After BYTE bytes WHERE (up: to the
 * server, down: from it) of the first connection the wire is HOW: cut (both ends are told), reset (the client gets
 * RST), frozen (nothing passes for half a second, then it is cut), dead (cut, and no other connection is let through).
 * BYTE 0: it holds.  Further connections hold.  Prints how many bytes went up and down to the file $WIRE_COUNT; ends as
 * the command does.
 * SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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

static void let_in(int listener, const char *path)
{
	int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (client < 0)
		return;
	int server = count < CONNECTIONS && !(is_broken && how == DEAD) ? relay_reach(path) : -1;
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
	if (!relay_send(to, bytes, size))
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
	int listener = argc < 6 ? -1 : relay_listen("WIRE_PORT"), status = 0;
	if (listener < 0)
		return 64;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(argv[2], words[i]) == 0)
			how = (enum how)i;
	where = strcmp(argv[3], "down") == 0;
	limit = strtol(argv[4], NULL, 10);
	pid_t child = relay_run(argv + 5);
	while (waitpid(child, &status, WNOHANG) == 0)
		serve(listener, argv[1]);
	report();
	return relay_rc(status);
}
