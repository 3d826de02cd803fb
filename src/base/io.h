/* Files: read whole into memory, written whole or not at all.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_IO_H
#define LX_BASE_IO_H
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"

/* Reads the regular file PATH into a malloc'ed, NUL-terminated buffer that the caller frees.  Opened once, without
 * following a FIFO or device; more than LIMIT bytes is refused (L0104).  Codes: L0101 no such file, L0102 cannot read,
 * L0103 not a regular file, L0104 too large, L0105 out of memory. */
enum lx_status lx_io_read(const char *path, size_t limit, char **text, size_t *length, struct lx_fail *fail);

/* What errno says about DOING something to PATH, as L0102. */
enum lx_status lx_io_error(struct lx_fail *fail, const char *doing, const char *path);

/* A set of files that become visible together.  lx_io_set_add writes each through a temporary name beside it;
 * lx_io_set_commit syncs them, renames them one after the other and syncs the folders; if one rename fails those
 * already done are undone.  A file whose bytes are already the wanted ones is left untouched (its time stamp too). */
struct lx_io_set;
struct lx_io_set *lx_io_set_open(void); /* NULL: out of memory */
enum lx_status lx_io_set_add(struct lx_io_set *set, const char *path, const char *bytes, size_t length,
			     struct lx_fail *fail);
/* Removes PATH when the set is committed. */
enum lx_status lx_io_set_remove(struct lx_io_set *set, const char *path, struct lx_fail *fail);
/* Syncs, and renames everything into place.  *CHANGED (may be NULL): how many files are new, different or removed. */
enum lx_status lx_io_set_commit(struct lx_io_set *set, size_t *changed, struct lx_fail *fail);
void lx_io_set_close(struct lx_io_set *set); /* without commit: removes the temporary files; NULL is fine */

/* Creates PATH and its missing parents. */
enum lx_status lx_io_make_folder(const char *path, struct lx_fail *fail);
bool lx_io_exists(const char *path);
bool lx_io_is_folder(const char *path);

/* Names in FOLDER that end in SUFFIX (not those that begin with a dot), sorted bytewise; *NAMES is one malloc'ed block
 * ended by a NULL, free it with free().  A missing folder is L0101. */
enum lx_status lx_io_list(const char *folder, const char *suffix, char ***names, size_t *count, struct lx_fail *fail);
#endif
