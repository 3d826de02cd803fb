/* A hash map from byte strings to pointers, in an arena.  Keys are copied.  Iteration order is not offered on purpose:
 * output never depends on hashing.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_MAP_H
#define LX_BASE_MAP_H
#include <stddef.h>

struct lx_arena;
struct lx_map_slot;

struct lx_map {
	struct lx_map_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t length;
};

/* The value under KEY, or NULL. */
void *lx_map_get(const struct lx_map *map, const char *key, size_t length);
/* Puts VALUE (not NULL) under KEY unless the key is there.  Returns the value that was there before, else NULL. */
void *lx_map_put(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length, void *value);
/* The map's own copy of KEY, NUL-terminated, the same for equal keys; enters it, without a value, if it is not there.
 */
const char *lx_map_key(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length);
#endif
