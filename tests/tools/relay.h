/* What programs between a client and a PostgreSQL server have in common: the door, the way on, the child.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_TESTS_RELAY_H
#define LX_TESTS_RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A listening socket at 127.0.0.1, its port in the environment as NAME.  -1: none. */
int relay_listen(const char *name);

/* A connection to the server's socket PATH.  -1: none. */
int relay_reach(const char *path);

/* False: the other end is gone. */
bool relay_send(int fd, const char *bytes, size_t size);

/* Starts the command ARGV (to NULL).  Its process; -1: none. */
pid_t relay_run(char **argv);

/* What a program ends with whose child ended with STATUS, as a shell has it. */
int relay_rc(int status);

#endif
