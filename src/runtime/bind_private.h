/* What the functions behind generated code share: arguments to parameters.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_BIND_PRIVATE_H
#define LX_RUNTIME_BIND_PRIVATE_H
#include <string.h>

#include "runtime/codec.h"
#include "runtime/statements.h"
#include "runtime/where.h"

/* The handle can run a statement of MODEL; when OUT is given it has an ARENA.  Clears the parameters. */
lexo_rc lx_bind_check(lexo_db *db, const lexo_model *model, const lexo_arena *arena, const void *out);
/* Reports what did not work when COLUMN was encoded. */
lexo_rc lx_bind_encoded(lexo_db *db, const lexo_column *column, enum lx_encoded result);
bool lx_bind_mask_has(const lexo_model *model, const void *mask, uint32_t column);

/* What a call returns that did not come to running its statement: OUT (SIZE bytes; may be NULL) is zeroed. */
static inline lexo_rc lx_bind_refused(lexo_rc rc, void *out, size_t size)
{
	if (out && size)
		memset(out, 0, size);
	return rc;
}

static inline bool lx_bind_is_null(const void *field)
{
	const void *pointer = NULL;
	if (field)
		memcpy(&pointer, field, sizeof pointer);
	return !pointer;
}

/* How a value says that it is there: never absent, the has of an opt, a label above 0, a pointer. */
enum lx_presence { LX_ALWAYS, LX_BY_HAS, LX_BY_LABEL, LX_BY_POINTER };
static inline enum lx_presence lx_bind_presence(const lexo_column *column, bool is_opt)
{
	if (column->flags & LEXO_ARRAY)
		return LX_BY_POINTER;
	if (lx_layout(column)->opt_value)
		return is_opt ? LX_BY_HAS : LX_ALWAYS;
	return column->codec == LEXO_CODEC_ENUM ? LX_BY_LABEL : LX_BY_POINTER;
}
static inline bool lx_bind_is_there(enum lx_presence presence, const void *field)
{
	uint32_t label;
	switch (presence) {
	case LX_BY_HAS:
		return ((const lexo_opt_bool *)field)->has;
	case LX_BY_LABEL:
		memcpy(&label, field, sizeof label);
		return label != 0;
	case LX_BY_POINTER:
		return !lx_bind_is_null(field);
	default:
		return true;
	}
}
static inline bool lx_bind_is_absent(const lexo_column *column, const void *field, bool is_opt)
{
	return !lx_bind_is_there(lx_bind_presence(column, is_opt), field);
}

/* The plain form of what is at FIELD, where it may be absent: then it is NULL. */
static inline const void *lx_bind_member(const lexo_column *column, const void *field)
{
	if (lx_bind_is_absent(column, field, true))
		return NULL;
	return column->flags & LEXO_ARRAY ? field : (const char *)field + lx_layout(column)->opt_value;
}

/* The value of COLUMN in an insert struct, in its plain form; NULL: absent. */
static inline const void *lx_bind_field(const lexo_column *column, const void *values)
{
	const char *field = (const char *)values + column->insert;
	return column->flags & LEXO_OPTIONAL ? lx_bind_member(column, field) : field;
}

/* Marks the columns that an insert of VALUES writes in MASK (zeroed); returns how many words of it are used.  Absent
 * columns with one of the flags LEFT_OUT are not written, others are written as NULL. */
uint32_t lx_bind_shape(const lexo_model *model, const void *values, uint16_t left_out, uint64_t *mask);
/* Adds a parameter for each column of MASK. */
lexo_rc lx_bind_add_values(lexo_db *db, const lexo_model *model, const void *values, const uint64_t *mask);
/* Below this many rows, fetching the result whole costs less than a PGresult for each row. */
enum { LX_FEW_ROWS = 100 };
/* A parameter of LIMIT or OFFSET; 0: NULL, which is none. */
lexo_rc lx_bind_add_number(lexo_db *db, uint32_t number);
/* Checks QUERY (NULL: every row), fills REQUEST with its shape and adds its values as parameters.  The predicates'
 * shape goes into WHERE, which must live as long as REQUEST. */
lexo_rc lx_bind_add_query(lexo_db *db, struct lx_request *request, const lexo_query *query,
			  uint32_t where[LX_WHERE_WORDS]);
/* Adds the values of KEY's only column as an array. */
lexo_rc lx_bind_add_keys(lexo_db *db, const lexo_model *model, const lexo_key *key, const struct lx_array *values);
/* The rows that have VALUES as KEY: ROWS, which is zeroed, gets a pointer for each. */
lexo_rc lx_bind_get_places(lexo_db *db, const lexo_model *model, const lexo_key *key, const struct lx_array *values,
			   lexo_arena *arena, void *rows);
/* Begins a stream of REQUEST's rows, with the parameters that were added. */
lexo_rc lx_stream_open(lexo_db *db, const struct lx_request *request, lexo_stream **out);
/* Adds the columns that PATCH sets, and their values. */
lexo_rc lx_bind_add_patch(lexo_db *db, struct lx_request *request, const void *patch);
/* FIELD in the form of COLUMN that IS_OPT says; MAY_BE_NULL: an absent one is NULL. */
lexo_rc lx_bind_add_field(lexo_db *db, const lexo_column *column, const void *field, bool is_opt, bool may_be_null);
#endif
