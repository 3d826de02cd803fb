/* What the parts of the archive share: a handle, an arena, and what is done with failures.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef ARCHIVE_H
#define ARCHIVE_H
#include <stdbool.h>

#include "app_models.h"

struct archive {
	lexo_db *db;
	lexo_arena *arena;
};

/* Where workers hear of documents that wait. */
#define ARCHIVE_CHANNEL LEXO_S("documents")

/* False, with a line on stderr, when RC is a failure; answers (not found) are none. */
bool archive_is_fine(const struct archive *archive, const char *what, lexo_rc rc);
/* The active user with this address; false, with a line on stderr, when there is none. */
bool archive_user(const struct archive *archive, const char *email, app_user *user);

/* The commands: ARGUMENTS end with NULL. */
bool archive_add_user(struct archive *archive, char **arguments);
bool archive_add(struct archive *archive, char **arguments);
bool archive_list(struct archive *archive, char **arguments);
bool archive_search(struct archive *archive, char **arguments);
bool archive_stats(struct archive *archive, char **arguments);
bool archive_work(struct archive *archive, char **arguments);
#endif
