/* How far the server is with what a migration waits for: building an index, vacuuming, clustering.  Looked up over a
 * connection of its own, without ever waiting for it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_PROGRESS_H
#define LX_CLI_PROGRESS_H
#include <libpq-fe.h>
#include <stdbool.h>

struct lx_progress { /* {0}: nothing is watched */
	PGconn *conn;
	enum { LX_PROGRESS_IDLE, LX_PROGRESS_CONNECTING, LX_PROGRESS_OPEN, LX_PROGRESS_ASKED, LX_PROGRESS_NONE } state;
	bool wants_write; /* CONNECTING: what its socket has to be ready for */
	long next_ms;     /* when to look again */
	char text[160];   /* what was found last */
};
/* A statement begins: what runs no longer than two seconds is not looked at. */
void lx_progress_begin(struct lx_progress *progress);
/* To be called a few times a second while WATCHED runs something; asks every two seconds.  True: TEXT is news, such as
 * "building index: scanning table, 45 %".  What cannot be had (connections are few, the role may not connect) is no
 * failure. */
bool lx_progress_look(struct lx_progress *progress, PGconn *watched);
void lx_progress_close(struct lx_progress *progress);
#endif
