/* Signs of life for whoever started lexo, while a database is at work: a file or descriptor (--heartbeat), and systemd.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_HEARTBEAT_H
#define LX_CLI_HEARTBEAT_H
#include <stdbool.h>

#include "cli/cli.h"

struct lx_heartbeat { /* {0}: nobody listens */
	bool has_beats, has_notify;
	int beats;    /* gets a line a second */
	bool is_ours; /* a file that was opened here */
	int notify;   /* socket to systemd */
	long last_ms;
	char text[200]; /* what is going on, for both */
};
/* Opens what --heartbeat names (L0202 when it is no open descriptor, L0102 when the file cannot be written) and the
 * socket that $NOTIFY_SOCKET names; that it cannot be had is no failure (sd_notify(3)). */
enum lx_status lx_heartbeat_open(struct lx_cli *cli, struct lx_heartbeat *heartbeat);
/* What is going on from here on; told at once. */
void lx_heartbeat_say(struct lx_heartbeat *heartbeat, const char *text);
/* To be called a few times a second: beats once in each.  Whoever does not listen is no reason to stop. */
void lx_heartbeat_beat(struct lx_heartbeat *heartbeat);
void lx_heartbeat_close(struct lx_heartbeat *heartbeat);
#endif
