/* SPDX-License-Identifier: Apache-2.0 */
#include "wire_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

void *counted(void *context, void *p, size_t size)
{
	struct fixture *fixture = context;
	if (size && fixture->left == 0)
		return NULL;
	if (size && fixture->left > 0)
		fixture->left--;
	return lx_libc_alloc(NULL, p, size);
}

int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	fixture->left = -1;
	fixture->db.alloc = counted;
	fixture->db.alloc_context = fixture;
	fixture->arena = lexo_arena_new_with(0, counted, fixture);
	*state = fixture;
	return 0;
}

int teardown(void **state)
{
	struct fixture *fixture = *state;
	lx_parameters_free(&fixture->db);
	lexo_arena_free(fixture->arena);
	free(fixture);
	return 0;
}

const char *encoded(struct fixture *fixture, const lexo_column *column, const void *value, size_t *length)
{
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode(&fixture->db, column, value), LX_ENCODED);
	lx_parameters_place(&fixture->db);
	assert_int_equal(fixture->db.parameters.count, 1);
	*length = (size_t)fixture->db.parameters.lengths[0];
	return fixture->db.parameters.values[0];
}

enum lx_decoded decode(const lexo_column *column, const char *bytes, size_t length, lexo_arena *arena, void *out)
{
	assert_in_range(length, 0, INT32_MAX);
	char *exact = malloc(length + !length);
	memcpy(exact, bytes, length);
	enum lx_decoded decoded = lx_decode(column, exact, (int64_t)length, arena, out);
	free(exact);
	return decoded;
}
