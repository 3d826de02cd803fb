/* The three checksums of a revision.  All are SHA-256 over length-framed fields behind a tag of their own, so that no
 * two different lists of fields have the same input. raw    the file's bytes tok    id, parents, dependencies, labels,
 * whether it is irreversible, and the SQL tokens of both sections: unquoted words without case; comments, white space
 * and line ends between tokens left out chain  id, chains of the parents and of the dependencies (sorted), flags, tok
 * of upgrade, tok of downgrade SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_CHECKSUM_H
#define LX_HISTORY_CHECKSUM_H
#include <stdbool.h>
#include <stddef.h>

#include "base/sha256.h"

struct lx_arena;
struct lx_revision;

/* Fills raw, tok and the sections' tok.  False: out of memory. */
bool lx_checksum_revision(struct lx_arena *arena, struct lx_revision *revision);
/* Fills chain; those of the parents and dependencies are there. */
bool lx_checksum_chain(struct lx_arena *arena, struct lx_revision *revision);
/* What stands for the revision in the chains of those that follow it: its chain; of one that replaces others the chain
 * of the one that they ended with, so that what follows stays what it was. */
const char *lx_checksum_link(const struct lx_revision *revision);
/* tok of SQL text by itself: of one statement in the journal. */
bool lx_checksum_sql(const char *text, size_t length, char hex[LX_SHA256_HEX]);
#endif
