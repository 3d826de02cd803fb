/* What a revision holds when it is generated from the models.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_AUTOGENERATE_H
#define LX_CLI_AUTOGENERATE_H
#include "cli/cli.h"
#include "history/history.h"

struct lx_diff;
struct lx_rename_guess;

struct lx_generated_revision {
	struct lx_buffer upgrade, downgrade, snapshot;
	const char *state;        /* hash of snapshot */
	const char *irreversible; /* why, or NULL */
	bool is_empty;            /* the models are as the last revision left them */
};
/* Compares the models with the snapshot.  LX_DIFFERS: L0501, L0503; LX_REFUSED: L0502; LX_USAGE: the models do not
 * compile.  On a terminal it asks about renames and writes the answers into the models. */
enum lx_status lx_autogenerate(struct lx_cli *cli, const struct lx_history *history,
			       struct lx_generated_revision *generated);
void lx_generated_revision_free(struct lx_generated_revision *generated);

/* The name of the thing that GUESS is about, before and after; owned by the schemas.  (rename.c) */
const char *lx_rename_old_name(const struct lx_rename_guess *guess);
const char *lx_rename_new_name(const struct lx_rename_guess *guess);
/* The same as a reader has to see it: "column public.users.name", "label 'a' of enum public.state".  In ARENA. */
const char *lx_rename_old_text(struct lx_arena *arena, const struct lx_rename_guess *guess);
const char *lx_rename_new_text(struct lx_arena *arena, const struct lx_rename_guess *guess);
/* Asks whether each of GUESSES is a rename and writes @renamed(from: …) for those that are; *WRITTEN: how many.
 * (rename.c) */
enum lx_status lx_rename_ask(struct lx_cli *cli, const struct lx_vec *guesses, size_t *written);
#endif
