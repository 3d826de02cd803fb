/* A handle without a connection, for tests of what goes over the wire, whose allocations may fail.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_TESTS_WIRE_FIXTURE_H
#define LX_TESTS_WIRE_FIXTURE_H
#include "runtime/codec.h"
#include "runtime/parameters.h"

struct fixture {
	lexo_db db;
	lexo_arena *arena;
	long left; /* allocations before one fails; negative: no limit */
	_Alignas(16) char field[64];
};

/* Of each test. */
int setup(void **state);
int teardown(void **state);
/* The allocator of a fixture, which is its context. */
void *counted(void *context, void *p, size_t size);
/* The bytes of the only parameter. */
const char *encoded(struct fixture *fixture, const lexo_column *column, const void *value, size_t *length);
/* From a copy that ends where the value ends, so that a read behind it is seen by ASan and valgrind. */
enum lx_decoded decode(const lexo_column *column, const char *bytes, size_t length, lexo_arena *arena, void *out);

#endif
