/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/parameters.h"

#include <limits.h>

/* An address in scratch while it may move: the offset plus one, marked by IN_SCRATCH in formats. */
enum { IN_SCRATCH = 2 };

void lx_parameters_clear(lexo_db *db)
{
	db->parameters.count = 0;
	db->parameters.used = 0;
}

void lx_parameters_free(lexo_db *db)
{
	struct lx_parameters *parameters = &db->parameters;
	lx_db_alloc(db, parameters->values, 0);
	lx_db_alloc(db, parameters->lengths, 0);
	lx_db_alloc(db, parameters->formats, 0);
	lx_db_alloc(db, parameters->types, 0);
	lx_db_alloc(db, parameters->scratch, 0);
	*parameters = (struct lx_parameters){0};
}

void lx_parameters_place(lexo_db *db)
{
	struct lx_parameters *parameters = &db->parameters;
	for (uint32_t i = 0; i < parameters->count; i++) {
		if (!(parameters->formats[i] & IN_SCRATCH))
			continue;
		parameters->values[i] = parameters->scratch + ((uintptr_t)parameters->values[i] - 1);
		parameters->formats[i] &= ~IN_SCRATCH;
	}
}

static bool grow(lexo_db *db)
{
	struct lx_parameters *parameters = &db->parameters;
	uint32_t capacity = parameters->capacity ? parameters->capacity * 2 : 16;
	char **values = lx_db_alloc(db, parameters->values, capacity * sizeof *values);
	if (values)
		parameters->values = values;
	int *lengths = lx_db_alloc(db, parameters->lengths, capacity * sizeof *lengths);
	if (lengths)
		parameters->lengths = lengths;
	int *formats = lx_db_alloc(db, parameters->formats, capacity * sizeof *formats);
	if (formats)
		parameters->formats = formats;
	Oid *types = lx_db_alloc(db, parameters->types, capacity * sizeof *types);
	if (types)
		parameters->types = types;
	if (!values || !lengths || !formats || !types)
		return false;
	parameters->capacity = capacity;
	return true;
}

enum lx_encoded lx_parameters_add(lexo_db *db, uint32_t type, const char *value, size_t length, int format)
{
	struct lx_parameters *parameters = &db->parameters;
	if (length > INT_MAX)
		return LX_ENCODE_LONG;
	if (parameters->count == parameters->capacity && !grow(db))
		return LX_ENCODE_NOMEM;
	uint32_t i = parameters->count++;
	/* libpq takes pointers to const */
	parameters->values[i] = (char *)(uintptr_t)value;
	parameters->lengths[i] = (int)length;
	parameters->formats[i] = format;
	parameters->types[i] = type;
	return LX_ENCODED;
}

char *lx_scratch_grow(lexo_db *db, size_t length)
{
	struct lx_parameters *parameters = &db->parameters;
	if (length > SIZE_MAX / 4 - parameters->used)
		return NULL;
	size_t need = parameters->used + length;
	size_t capacity = parameters->scratch_capacity ? parameters->scratch_capacity : 256;
	while (capacity < need)
		capacity *= 2;
	char *bytes = lx_db_alloc(db, parameters->scratch, capacity);
	if (!bytes)
		return NULL;
	parameters->scratch = bytes;
	parameters->scratch_capacity = capacity;
	char *at = bytes + parameters->used;
	parameters->used = need;
	return at;
}

enum lx_encoded lx_parameters_add_scratch(lexo_db *db, uint32_t type, size_t start, int format)
{
	const struct lx_parameters *parameters = &db->parameters;
	size_t length = parameters->used - start - (format == LX_FORMAT_TEXT ? 1 : 0); /* text ends with a NUL */
	return lx_parameters_add(db, type, (const char *)(start + 1), length, format | IN_SCRATCH);
}
