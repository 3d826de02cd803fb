/* A server that lies: runs a command that reaches a real one through a relay which spoils what the server says.
 *   liar SOCKET SEED COMMAND…
 * SOCKET: of the server.  The command finds the relay at 127.0.0.1, port $LIAR_PORT.  After a truthful greeting,
 * messages of the server get other lengths, counts, types, kinds, are dropped, doubled, or go behind others that nobody
 * asked for.  The nth connection is lied to in the same way for the same SEED.  A connection on which both wait is
 * ended.  Ends as the command does.
 * SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SILENCE_MS = 60, LARGEST = 1 << 20, ONE_IN = 6 };

static uint64_t state;

static uint32_t number(uint32_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(state >> 33) % below;
}

static void put32(char *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (char)(value >> (24 - 8 * i));
}

static uint32_t get32(const char *at)
{
	uint32_t value = 0;
	for (int i = 0; i < 4; i++)
		value = value << 8 | (unsigned char)at[i];
	return value;
}

struct message { /* kind, length, body: as it is on the wire */
	char bytes[LARGEST];
	size_t size;
};

static bool send_message(int fd, char kind, const char *body, size_t size)
{
	char header[5] = {kind};
	put32(header + 1, (uint32_t)size + 4);
	return relay_send(fd, header, sizeof header) && relay_send(fd, body, size);
}

/* --- lies --------------------------------------------------------------------------------------------------------- */

static const char kinds[] = "RSKZTDCENAtn123IsHGWdcvVx";

static void random_bytes(struct message *message)
{
	if (message->size > 5)
		for (uint32_t i = 1 + number(3); i; i--)
			message->bytes[5 + number((uint32_t)message->size - 5)] = (char)number(256);
}

static void other_number(struct message *message)
{
	static const uint32_t values[] = {UINT32_MAX, UINT32_MAX - 1, 0,        1,     2,    4, 8,
					  16,         INT32_MAX,      1u << 31, 65535, 65536};
	char four[4];
	put32(four, values[number(sizeof values / sizeof *values)]);
	size_t width = number(2) ? 4 : 2;
	if (message->size >= 5 + width)
		memcpy(message->bytes + 5 + number((uint32_t)(message->size - 4 - width)), four + 4 - width, width);
}

static void shorter(struct message *message)
{
	if (message->size > 5)
		message->size = 5 + number((uint32_t)message->size - 5);
	put32(message->bytes + 1, (uint32_t)message->size - 1);
}

static void longer(struct message *message)
{
	for (uint32_t i = 1 + number(20); i && message->size < LARGEST; i--)
		message->bytes[message->size++] = (char)number(256);
	put32(message->bytes + 1, (uint32_t)message->size - 1);
}

static void other_kind(struct message *message)
{
	message->bytes[0] = kinds[number(sizeof kinds - 1)];
}

static void other_length(struct message *message)
{
	put32(message->bytes + 1, number(4) ? (uint32_t)message->size - 2 + number(3) : number(UINT32_MAX));
}

/* Of a tag: the rows that a command has changed. */
static void other_tag(struct message *message)
{
	static const char *const tags[] = {
	    "",          "INSERT 0 99999999999999999999999", "UPDATE -1", "SELECT", "DELETE 1x",
	    "INSERT 0 ", "COPY 18446744073709551616",        "ROLLBACK"};
	const char *tag = tags[number(sizeof tags / sizeof *tags)];
	message->bytes[0] = 'C';
	message->size = 5 + strlen(tag) + 1;
	memcpy(message->bytes + 5, tag, strlen(tag) + 1);
	put32(message->bytes + 1, (uint32_t)message->size - 1);
}

static void (*const lies[])(struct message *message) = {random_bytes, other_number, other_number, shorter,
							longer,       other_kind,   other_tag,    other_length};

/* Something that nobody asked for. */
static bool interrupt(int client)
{
	static const char error[] = "SERROR\0VERROR\0C0A000\0Mcached plan must not change result type\0";
	static const struct {
		char kind;
		const char *body;
		size_t size;
	} messages[] = {{'E', error, sizeof error},
			{'E', "", 0},
			{'E', "C\0\0", 3},
			{'E', "SFATAL\0C57P01\0\0", 15},
			{'E', "S\0P-9\0p99999999999\0C22000\0", 25},
			{'N', error, sizeof error},
			{'A', "\0\0\0\7channel\0payload\0", 20},
			{'A', "\0\0", 2},
			{'S', "client_encoding\0SQL_ASCII\0", 26},
			{'S', "integer_datetimes\0off", 21},
			{'Z', "I", 1},
			{'Z', "E", 1},
			{'Z', "?", 1},
			{'T', "\0\1x\0\0\0\0\0\0\0\0\0\0\27\0\4\377\377\377\377\0\1", 22},
			{'T', "\377\377", 2},
			{'D', "\0\1\377\377\377\376", 6},
			{'D', "\0\0", 2},
			{'H', "\1\0\1\0\1", 5},
			{'H', "\0\377\377", 3},
			{'G', "\1\0\1\0\1", 5},
			{'W', "\1\0\0", 3},
			{'d', "PGCOPY\n\377\r\n\0\0\0\0\0\377\377\377\377", 19},
			{'d', "", 0},
			{'c', "", 0},
			{'I', "", 0},
			{'s', "", 0}};
	size_t i = number(sizeof messages / sizeof *messages);
	return send_message(client, messages[i].kind, messages[i].body, messages[i].size);
}

/* False: the connection is to end. */
static bool tell(int client, struct message *message)
{
	if (number(ONE_IN) == 0) {
		uint32_t what = number(24);
		if (what == 0)
			return false;
		if (what == 1)
			return true; /* not told at all */
		if (what == 2 && !relay_send(client, message->bytes, message->size))
			return false;
		if (what < 7 && !interrupt(client))
			return false;
		if (what >= 7)
			lies[number(sizeof lies / sizeof *lies)](message);
	}
	return relay_send(client, message->bytes, message->size);
}

/* --- the relay ---------------------------------------------------------------------------------------------------- */

/* What the server has said, message by message.  GREETED: the first time it was ready. */
static bool hear(int client, struct message *message, const char *bytes, size_t size, bool *is_greeted)
{
	while (size) {
		size_t wanted = message->size < 5 ? 5 : (size_t)get32(message->bytes + 1) + 1;
		if (wanted > LARGEST)
			return false;
		size_t n = wanted - message->size < size ? wanted - message->size : size;
		memcpy(message->bytes + message->size, bytes, n);
		message->size += n;
		bytes += n;
		size -= n;
		if (message->size < 5 || message->size < (size_t)get32(message->bytes + 1) + 1)
			continue;
		bool is_ready = message->bytes[0] == 'Z';
		if (!(*is_greeted ? tell(client, message) : relay_send(client, message->bytes, message->size)))
			return false;
		*is_greeted |= is_ready;
		message->size = 0;
	}
	return true;
}

static void relay(int client, int server)
{
	static struct message message;
	char bytes[8192];
	bool is_greeted = false, goes_on = true;
	message.size = 0;
	while (goes_on) {
		struct pollfd both[] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
		if (poll(both, 2, SILENCE_MS) <= 0)
			return;
		for (int i = 0; i < 2 && goes_on; i++) {
			if (!both[i].revents)
				continue;
			ssize_t n = recv(both[i].fd, bytes, sizeof bytes, 0);
			goes_on = n > 0 && (i == 0 ? relay_send(server, bytes, (size_t)n)
						   : hear(client, &message, bytes, (size_t)n, &is_greeted));
		}
	}
}

int main(int argc, char **argv)
{
	int listener = argc < 4 ? -1 : relay_listen("LIAR_PORT"), status = 0;
	if (listener < 0)
		return 64;
	uint64_t seed = strtoull(argv[2], NULL, 10);
	pid_t child = relay_run(argv + 3);
	for (uint64_t connection = 0; waitpid(child, &status, WNOHANG) == 0;) {
		struct pollfd knock = {.fd = listener, .events = POLLIN};
		if (poll(&knock, 1, 20) <= 0)
			continue;
		int client = accept(listener, NULL, NULL), server = relay_reach(argv[1]);
		state = (seed + connection++) * UINT64_C(0x9e3779b97f4a7c15) + 1;
		number(2);
		if (client >= 0 && server >= 0)
			relay(client, server);
		close(client);
		close(server);
	}
	return relay_rc(status);
}
