/* Keeps passwords out of the process title and of everything that is printed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SECRET_H
#define LX_CLI_SECRET_H

struct lx_arena;
struct lx_vec;

/* Overwrites the password in a connection URL or a list of keywords ("password=…") with asterisks, in place. */
void lx_secret_blank(char *url);
/* A copy of URL to be shown. */
const char *lx_secret_shown(struct lx_arena *arena, const char *url);
/* Blanks every argument that may hold a password, for ps and /proc show them.  SECRETS gets what was blanked (const
 * char *, in ARENA), for lx_secret_hide(). */
void lx_secret_scrub(struct lx_arena *arena, int argc, char **argv, struct lx_vec *secrets);
/* Blanks what is in SECRETS wherever TEXT repeats it from an argument. */
void lx_secret_hide(const struct lx_vec *secrets, char *text);
#endif
