/* Open addressing, linear probing, a hash of eight bytes a step.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* Key and value stay where they are when the table grows: what is left behind in the arena is slots only. */
struct entry {
	void *value;
	size_t length;
	char key[];
};

struct lx_map_slot {
	struct entry *entry; /* NULL: free */
	uint64_t hash;
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
		if (!slot->entry ||
		    (slot->hash == hash && slot->entry->length == length && memcmp(slot->entry->key, key, length) == 0))
			return slot;
	}
}

void *lx_map_get(const struct lx_map *map, const char *key, size_t length)
{
	if (!map->capacity)
		return NULL;
	const struct entry *entry = find(map, key, length, hash_bytes(key, length))->entry;
	return entry ? entry->value : NULL;
}

static void enlarge(struct lx_arena *arena, struct lx_map *map)
{
	struct lx_map bigger = {.capacity = map->capacity ? map->capacity * 2 : 16, .length = map->length};
	bigger.slots = LX_NEW_ARRAY(arena, struct lx_map_slot, bigger.capacity);
	size_t mask = bigger.capacity - 1;
	for (size_t i = 0; i < map->capacity; i++) {
		if (!map->slots[i].entry)
			continue;
		size_t at = (size_t)map->slots[i].hash & mask;
		while (bigger.slots[at].entry)
			at = (at + 1) & mask;
		bigger.slots[at] = map->slots[i];
	}
	*map = bigger;
}

/* The entry of KEY, with a copy of it and no value yet when it is new. */
static struct entry *enter(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length)
{
	if (map->length * 4 >= map->capacity * 3)
		enlarge(arena, map);
	uint64_t hash = hash_bytes(key, length);
	struct lx_map_slot *slot = find(map, key, length, hash);
	if (!slot->entry) {
		struct entry *entry = lx_arena_alloc(arena, sizeof *entry + length + 1);
		entry->length = length;
		if (length)
			memcpy(entry->key, key, length);
		*slot = (struct lx_map_slot){entry, hash};
		map->length++;
	}
	return slot->entry;
}

void *lx_map_put(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length, void *value)
{
	struct entry *entry = enter(arena, map, key, length);
	void *before = entry->value;
	if (!before)
		entry->value = value;
	return before;
}

const char *lx_map_key(struct lx_arena *arena, struct lx_map *map, const char *key, size_t length)
{
	return enter(arena, map, key, length)->key;
}
