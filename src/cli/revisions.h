/* What the commands about revisions share: reading the history, showing a revision, writing a new one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_REVISIONS_H
#define LX_CLI_REVISIONS_H
#include <stdbool.h>
#include <time.h>

#include "cli/cli.h"
#include "history/history.h"
#include "history/identify.h"

struct lx_placement;

/* Reads the configured folder (and the configuration).  The caller closes *HISTORY. */
enum lx_status lx_revisions_read(struct lx_cli *cli, struct lx_history **history);
/* The same for what needs no SQL (lx_history_summed). */
enum lx_status lx_revisions_summed(struct lx_cli *cli, struct lx_history **history);
/* The same from the headers of the files alone (lx_history_outline): for what shows no checksum. */
enum lx_status lx_revisions_outline(struct lx_cli *cli, struct lx_history **history);
/* Without lexo.sum, which cannot be read. */
enum lx_status lx_revisions_read_files(struct lx_cli *cli, struct lx_history **history);
/* Do lists of revisions show more than names, so that the sums are needed? */
bool lx_revisions_are_detailed(const struct lx_cli *cli);
/* Files against lexo.sum; harmless differences are log lines. */
enum lx_status lx_revisions_verify(struct lx_cli *cli, const struct lx_history *history);

enum { LX_SHOW_PARENTS = 1, LX_SHOW_MESSAGE = 2, LX_SHOW_TREE = 4 };
/* "<base> -> b342af89685a (head) (current), tables users and documents", as Alembic writes it. */
void lx_revisions_print_line(struct lx_cli *cli, const struct lx_revision *revision, bool is_current, unsigned what);
/* The block of --verbose. */
void lx_revisions_print_block(struct lx_cli *cli, const struct lx_revision *revision, bool is_current);
/* The same as a JSON object. */
void lx_revisions_print_json(struct lx_cli *cli, const struct lx_revision *revision, bool is_current);
/* "a, b"; "<base>" for none. */
const char *lx_revisions_names(struct lx_cli *cli, struct lx_revision *const *items, size_t count);
/* The array of ids under KEY. */
void lx_revisions_json_ids(struct lx_cli *cli, const char *key, struct lx_revision *const *items, size_t count);

/* --- new ones (new_revision.c, file_name.c) --------------------------------------------------------------------------
 */

struct lx_new_revision {
	const char *id;      /* from --rev-id or chosen */
	const char *message; /* "" when none was given */
	const char *created; /* "2026-11-22T20:15:00Z" */
	const char *path;
};
/* Chooses id, time and the file's name in FOLDER; FALLBACK is the message when none is given.  L0504, L0505, L0507. */
enum lx_status lx_new_revision_init(struct lx_cli *cli, const struct lx_history *history, const char *folder,
				    const char *fallback, struct lx_new_revision *new);
/* What its file is made of: everything but SQL, state and why it cannot be undone. */
struct lx_revision_draft lx_new_revision_draft(const struct lx_new_revision *new, const struct lx_placement *placement);
/* The ends of the branches that a revision with the draft's needs does not stand on; NULL-terminated. */
const char *const *lx_revisions_beside(struct lx_cli *cli, const struct lx_history *history,
				       const struct lx_revision_draft *draft);
/* Writes the file, lexo.sum and (when the draft has a state) SNAPSHOT, and runs the hooks; with --dry-run it prints the
 * file instead.  The text is checked as if it were read back; HISTORY has the new revision then.  Also the fields
 * revision, path, state and text of the JSON object. */
enum lx_status lx_new_revision_finish(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new,
				      struct lx_revision_draft *draft, const struct lx_buffer *snapshot);
/* Now, or what $SOURCE_DATE_EPOCH says. */
time_t lx_revision_time(void);
/* The path in FOLDER that file_template gives a revision made at WHEN.  L0507, L0206 (timezone). */
enum lx_status lx_revision_file_path(struct lx_cli *cli, const char *folder, const char *id, const char *message,
				     time_t when, const char **path);

/* --- files that come, change or go (rewrite.c) -----------------------------------------------------------------------
 */

struct lx_revision_file {
	const char *id, *path;
	const char *text; /* NULL: it goes */
	size_t length;
};
/* HISTORY as it is when FILES (struct lx_revision_file *) are written; the caller closes *AFTER in any case. */
enum lx_status lx_revisions_preview(struct lx_cli *cli, const struct lx_history *history, const struct lx_vec *files,
				    struct lx_history **after);
/* Writes or removes FILES (struct lx_revision_file *), lexo.sum and SNAPSHOT (NULL: unchanged) together.  All revisions
 * are checked as if they were read back.  When all FILES are new, HISTORY has them then; else it is as before. */
enum lx_status lx_revisions_write(struct lx_cli *cli, struct lx_history *history, const struct lx_vec *files,
				  const struct lx_buffer *snapshot);
/* The same for one file. */
enum lx_status lx_revision_write(struct lx_cli *cli, struct lx_history *history, const struct lx_revision_file *file,
				 const struct lx_buffer *snapshot);
#endif
