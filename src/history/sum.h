/* lexo.sum: one line a revision, read strictly (exact form, each once, lower-case hex, no BOM, no CR).  It is written
 * sorted, so that two branches touch different lines; any order is read, so that version control may join them
 * (merge=union).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_SUM_H
#define LX_HISTORY_SUM_H
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"
#include "base/sha256.h"

struct lx_arena;
struct lx_buffer;
struct lx_history;

struct lx_sum_row {
	const char *id;
	size_t line; /* in the file */
	char raw[LX_SHA256_HEX], tok[LX_SHA256_HEX], chain[LX_SHA256_HEX];
};
struct lx_sum {
	const char *path;
	struct lx_sum_row *rows; /* sorted by id */
	size_t count;
	const char *text; /* as it was read: what is signed */
	size_t length;
};

/* Memory is in ARENA, a copy of TEXT too.  L0307 with line and column when the form is not exact. */
enum lx_status lx_sum_parse(struct lx_arena *arena, const char *path, const char *text, size_t length,
			    struct lx_sum **sum, struct lx_fail *fail);
/* The row of a revision, or NULL. */
const struct lx_sum_row *lx_sum_find(const struct lx_sum *sum, const char *id);
/* The text for HISTORY, which is linked.  False: out of memory. */
bool lx_sum_print(struct lx_buffer *out, const struct lx_history *history);

/* Is the file NAME (without its folder) one of a revision in SUM, by the id in its name? */
bool lx_sum_names(const struct lx_sum *sum, const char *name);

/* Called for a revision whose bytes changed but whose meaning did not. */
typedef void lx_sum_warning(void *context, const char *path, const char *text);
/* Compares HISTORY with SUM.  The first difference in the history's order is the failure (LX_CHECKSUM: L0308 changed,
 * L0309 not listed or not there); WARN (may be NULL) gets the harmless ones. */
enum lx_status lx_sum_verify(const struct lx_sum *sum, const struct lx_history *history, lx_sum_warning *warn,
			     void *context, struct lx_fail *fail);
#endif
