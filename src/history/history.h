/* All revisions of one history and how they hang together.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_HISTORY_H
#define LX_HISTORY_HISTORY_H
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"
#include "history/revision.h"
#include "history/sum.h"

/* A label, and the revision that has it. */
struct lx_branch_label {
	const char *name;
	struct lx_revision *revision;
};

/* An id that a revision replaces. */
struct lx_former {
	const char *id, *chain; /* as in struct lx_replaced */
	struct lx_revision *revision;
};

/* How much of the files is read. */
enum lx_history_depth {
	LX_HISTORY_WHOLE,
	LX_HISTORY_SUMMED, /* whole, but a file whose bytes lexo.sum has (raw) is taken at its word: see
			      lx_history_summed */
	LX_HISTORY_OUTLINE /* headers alone */
};

struct lx_history {
	struct lx_arena *arena;
	struct lx_revision **revisions; /* in the order to apply: parents and dependencies first, then by id */
	struct lx_revision **by_id;     /* sorted by id */
	size_t count;
	struct lx_revision **heads; /* no revision has them as parent; in the history's order */
	size_t head_count;
	struct lx_branch_label *labels; /* sorted by name */
	size_t label_count;
	struct lx_former *former; /* sorted by id */
	size_t former_count;
	struct lx_sum *sum; /* NULL: there is none */
	const char *folder; /* NULL: not from a folder */
	char **texts;       /* owned */
	size_t capacity;
	bool is_linked;
	enum lx_history_depth depth;
	bool is_embedded; /* its chains were compared with the generated ones: it needs no lexo.sum */
};

/* A set of revisions: the heads of a state.  None: base. */
struct lx_revision_set {
	struct lx_revision **items;
	size_t count;
};

struct lx_history *lx_history_open(void);          /* NULL: out of memory */
void lx_history_close(struct lx_history *history); /* and everything in it; NULL is fine */

/* Parses TEXT as a revision and adds it.  Takes TEXT (malloc'ed, NUL behind it) in any case. */
enum lx_status lx_history_add(struct lx_history *history, const char *path, char *text, size_t length,
			      struct lx_fail *fail);
/* When all are added, and again when one more was: finds parents, order, heads, labels, and computes the chains.
 * LX_REVISION: L0310 an id twice, L0311 unknown parent, L0312 a cycle, L0317 a label twice, L0328 a replaced id that is
 * in use. */
enum lx_status lx_history_link(struct lx_history *history, struct lx_fail *fail);

/* Where revisions are. */
struct lx_locations {
	const char *folder;         /* has lexo.sum */
	const char *const *folders; /* those with revision files; NULL: FOLDER is the only one */
	size_t count;
	bool is_recursive; /* and in the folders below */
	bool has_no_sum;   /* lexo.sum is not looked at */
};
/* Reads the *.sql of all folders and lexo.sum, each file once, and links.  A missing folder or an empty one is an empty
 * history.  *HISTORY is NULL on failure. */
enum lx_status lx_history_read(const struct lx_locations *locations, struct lx_history **history, struct lx_fail *fail);
/* The same for those who need the sums and not the SQL: a file of exactly the bytes that lexo.sum has a raw sum of was
 * read whole when that line was written, and so its tok and chain are taken from there, and of the file the header
 * alone is read.  Such a revision has no sections and no text.  A lexo.sum that was made to say a wrong tok or chain
 * beside the right raw is not found this way: what verifies, embeds or applies a history reads it whole. */
enum lx_status lx_history_summed(const struct lx_locations *locations, struct lx_history **history,
				 struct lx_fail *fail);
/* The same from the files' headers alone, which is several times faster: enough to name revisions and say how they hang
 * together.  What stands behind the headers is not looked at, so there are no sections, texts, sums and chains. */
enum lx_status lx_history_outline(const struct lx_locations *locations, struct lx_history **history,
				  struct lx_fail *fail);
/* Gives an outline the chains that lexo.sum states; "" where it states none.  They are not proven by the files. */
enum lx_status lx_history_take_chains(struct lx_history *history, struct lx_fail *fail);
/* Files against lexo.sum (lx_sum_verify); a missing lexo.sum beside revisions is L0307. */
enum lx_status lx_history_verify(const struct lx_history *history, lx_sum_warning *warn, void *context,
				 struct lx_fail *fail);

/* The revision with exactly this id, or NULL. */
struct lx_revision *lx_history_get(const struct lx_history *history, const char *id);
/* The revision with this label, or NULL. */
struct lx_revision *lx_history_label(const struct lx_history *history, const char *label);
bool lx_history_is_head(const struct lx_revision *revision);
/* A head that no revision depends on either: what a database is at has only such rows. */
bool lx_history_is_tip(const struct lx_revision *revision);

/* Marks (by index; HISTORY->count bytes) every revision of SET and everything they need: parents and dependencies. */
void lx_history_mark(const struct lx_history *history, const struct lx_revision_set *set, unsigned char *marks);
/* Marks REVISION, everything below and above it by parents alone: the branch that it stands for. */
void lx_history_mark_lineage(const struct lx_history *history, const struct lx_revision *revision,
			     unsigned char *marks);
/* Does no marked revision need this one, as parent or dependency? */
bool lx_history_is_marked_tip(const unsigned char *marks, const struct lx_revision *revision);
/* The tips among marked revisions, in the history's order.  Into ITEMS (room for count). */
size_t lx_history_marked_tips(const struct lx_history *history, const unsigned char *marks, struct lx_revision **items);

/* --- what was brought together into one (replaced.c) ----------------------------------------------------------------
 */
/* The row of ID when a revision replaces it, or NULL. */
const struct lx_former *lx_history_former(const struct lx_history *history, const char *id);
/* The revision that a database has all of when ID is one of its heads: the one called so, or one that replaces it and
 * what it stood on.  NULL: there is none. */
struct lx_revision *lx_history_applied(const struct lx_history *history, const char *id);
/* The revision with exactly this id or label; else NULL, and *FORMER is the row of the replaced id, or NULL. */
struct lx_revision *lx_history_named(const struct lx_history *history, const char *text, size_t length,
				     const struct lx_former **former);
/* Called by lx_history_link(): sorts them.  L0328. */
enum lx_status lx_former_index(struct lx_history *history, struct lx_fail *fail);

/* --- labels (labels.c), called by lx_history_link() -----------------------------------------------------------------
 */
/* Sorts the labels; L0317 when two revisions have the same, or one is another revision's id. */
enum lx_status lx_labels_index(struct lx_history *history, struct lx_fail *fail);
/* Fills revision->branches: a label holds for all above its revision, and below it up to where branches part or meet.
 */
enum lx_status lx_labels_spread(struct lx_history *history, struct lx_fail *fail);
#endif
