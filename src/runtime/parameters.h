/* The parameters of the statement that is being put together, and the handle's scratch bytes, into which those are
 * written that are not in place; their addresses are filled in when all parameters are there.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_PARAMETERS_H
#define LX_RUNTIME_PARAMETERS_H
#include "runtime/codec.h"
#include "runtime/db.h"

enum { LX_FORMAT_TEXT = 0, LX_FORMAT_BINARY = 1 };

void lx_parameters_clear(lexo_db *db);
void lx_parameters_free(lexo_db *db);
/* All are added: turns offsets into addresses. */
void lx_parameters_place(lexo_db *db);

/* VALUE stays where it is. */
enum lx_encoded lx_parameters_add(lexo_db *db, uint32_t type, const char *value, size_t length, int format);
/* The bytes in scratch from START to its end become a parameter; text ends with a NUL, which is not of it. */
enum lx_encoded lx_parameters_add_scratch(lexo_db *db, uint32_t type, size_t start, int format);

/* LENGTH more bytes at the end of scratch, or NULL: out of memory.  Those before may move. */
char *lx_scratch_grow(lexo_db *db, size_t length);
static inline char *lx_scratch(lexo_db *db, size_t length)
{
	struct lx_parameters *parameters = &db->parameters;
	if (length > parameters->scratch_capacity - parameters->used)
		return lx_scratch_grow(db, length);
	char *at = parameters->scratch + parameters->used;
	parameters->used += length;
	return at;
}
static inline enum lx_encoded lx_scratch_append(lexo_db *db, const void *bytes, size_t length)
{
	char *at = lx_scratch(db, length);
	if (!at)
		return LX_ENCODE_NOMEM;
	if (length)
		memcpy(at, bytes, length);
	return LX_ENCODED;
}
#endif
