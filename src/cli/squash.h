/* Several revisions that become one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SQUASH_H
#define LX_CLI_SQUASH_H
#include "cli/cli.h"
#include "history/history.h"

struct lx_squash {
	struct lx_cli *cli;
	struct lx_history *history;
	unsigned char *marks;            /* by index: what becomes one */
	struct lx_revision_set members;  /* the same, in the order to apply */
	struct lx_revision_set parents;  /* what the new one follows */
	struct lx_revision *last;        /* what all of them end with */
	struct lx_history *after;        /* with the new one in their place */
	struct lx_revision *replacement; /* in AFTER */
};

/* The SQL of all of them as the two sections of one, downgrades in reverse; *IRREVERSIBLE: why there is no way down, or
 * NULL (squash_text.c). */
void lx_squash_print(const struct lx_squash *squash, struct lx_buffer *upgrade, struct lx_buffer *downgrade,
		     const char **irreversible);
/* What the header's line lexo:replaces says. */
const char *lx_squash_replaces(const struct lx_squash *squash);

/* On two scratch databases: the new revision must lead to the catalog that the old ones lead to, and back again to what
 * was before.  L0519; without a server a warning (squash_proof.c). */
enum lx_status lx_squash_prove(const struct lx_squash *squash);
#endif
