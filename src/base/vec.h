/* Growing arrays of pointers in an arena, and a stable sort.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_VEC_H
#define LX_BASE_VEC_H
#include <stddef.h>
#include <stdint.h>

struct lx_arena;

/* Every object of a schema has several, most of them empty: they are kept small. */
struct lx_vec {
	void **items;
	uint32_t length;
	uint32_t capacity;
};

/* Appends ITEM; the array is doubled in ARENA when full (the old copy stays there until the arena goes). */
void lx_vec_push(struct lx_arena *arena, struct lx_vec *vec, void *item);

/* Stable merge sort; COMPARE gets the items themselves and a context. */
void lx_vec_sort(struct lx_arena *scratch, struct lx_vec *vec,
		 int (*compare)(const void *a, const void *b, void *context), void *context);

/* Declares ITEM as a TYPE and runs the body for each one: LX_EACH(struct lx_object *, object, &schema->objects) { … }
 */
#define LX_EACH(type, item, vec)                                                                                       \
	for (size_t item##_i = 0, item##_once = 1; item##_i < (vec)->length; item##_i++, item##_once = 1)              \
		for (type item = (type)(vec)->items[item##_i]; item##_once; item##_once = 0)
#endif
