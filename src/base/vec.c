/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"

#include <string.h>

#include "base/arena.h"

void lx_vec_push(struct lx_arena *arena, struct lx_vec *vec, void *item)
{
	if (vec->length == vec->capacity) {
		uint32_t capacity = vec->capacity ? vec->capacity * 2 : 2;
		void **items = LX_NEW_ARRAY(arena, void *, capacity);
		if (vec->length)
			memcpy(items, vec->items, vec->length * sizeof *items);
		vec->items = items;
		vec->capacity = capacity;
	}
	vec->items[vec->length++] = item;
}

void lx_vec_sort(struct lx_arena *scratch, struct lx_vec *vec,
		 int (*compare)(const void *a, const void *b, void *context), void *context)
{
	size_t n = vec->length;
	if (n < 2)
		return;
	void **from = vec->items, **to = LX_NEW_ARRAY(scratch, void *, n), **spare = to;
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t low = 0; low < n; low += 2 * width) {
			size_t middle = low + width < n ? low + width : n;
			size_t high = middle + width < n ? middle + width : n;
			size_t a = low, b = middle;
			for (size_t k = low; k < high; k++)
				to[k] = a < middle && (b >= high || compare(from[a], from[b], context) <= 0)
					    ? from[a++]
					    : from[b++];
		}
		void **swap = from;
		from = to;
		to = swap;
	}
	if (from == spare)
		memcpy(vec->items, from, n * sizeof *from);
}
