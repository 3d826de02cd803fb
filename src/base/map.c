/* Open addressing, linear probing, a hash of eight bytes a step.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct lx_map_slot {
	const char *key; /* NULL: free */
	size_t length;
	uint64_t hash;
	void *value;
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 32);
}

static uint64_t hash_bytes(const char *key, size_t length)
{
	uint64_t hash = mix(0, length), word;
	for (; length >= sizeof word; key += sizeof word, length -= sizeof word) {
		memcpy(&word, key, sizeof word);
		hash = mix(hash, word);
	}
	word = 0;
	for (size_t i = 0; i < length; i++)
		word = word << 8 | (unsigned char)key[i];
	return mix(mix(hash, word), 0);
}

static struct lx_map_slot *find(const struct lx_map *map, const char *key, size_t length, uint64_t hash)
{
	size_t mask = map->capacity - 1;
	for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
		struct lx_map_slot *slot = &map->slots[i];
		if (!slot->key || (slot->hash == hash && slot->length == length && memcmp(slot->key, key, length) == 0))
			return slot;
	}
}

void *lx_map_get(const struct lx_map *map, const char *key, size_t length)
{
	if (!map->capacity)
		return NULL;
	return find(map, key, length, hash_bytes(key, length))->value;
}

static void enlarge(struct lx_arena *arena, struct lx_map *map)
{
	struct lx_map bigger = {.capacity = map->capacity ? map->capacity * 2 : 16, .length = map->length};
	bigger.slots = LX_NEW_ARRAY(arena, struct lx_map_slot, bigger.capacity);
	for (size_t i = 0; i < map->capacity; i++) {
		const struct lx_map_slot *slot = &map->slots[i];
		if (slot->key)
			*find(&bigger, slot->key, slot->length, slot->hash) = *slot;
	}
	*map = bigger;
}

/* The slot of KEY, with a copy of it and no value yet when it is new. */
static struct lx_map_slot *enter(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length)
{
	if (map->length * 4 >= map->capacity * 3)
		enlarge(arena, map);
	uint64_t hash = hash_bytes(key, length);
	struct lx_map_slot *slot = find(map, key, length, hash);
	if (!slot->key) {
		*slot = (struct lx_map_slot){lx_arena_copy(arena, key, length), length, hash, NULL};
		map->length++;
	}
	return slot;
}

void *lx_map_put(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length, void *value)
{
	struct lx_map_slot *slot = enter(arena, map, key, length);
	void *before = slot->value;
	if (!before)
		slot->value = value;
	return before;
}

const char *lx_map_key(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length)
{
	return enter(arena, map, key, length)->key;
}
