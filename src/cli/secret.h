/* Keeps passwords out of the process title and of everything that is printed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SECRET_H
#define LX_CLI_SECRET_H

struct lx_arena;

/* Overwrites the password in a connection URL or a list of keywords ("password=…") with asterisks, in place. */
void lx_secret_blank(char *url);
/* A copy of URL to be shown. */
const char *lx_secret_shown(struct lx_arena *arena, const char *url);
/* Blanks the argument of every --url in ARGV, which ps and /proc show. */
void lx_secret_scrub(int argc, char **argv);
#endif
