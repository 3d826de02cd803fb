/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/arena.h"

#include <stdlib.h>

enum { DEFAULT_CHUNK = 16 * 1024, SMALLEST_CHUNK = 256, LARGEST_CHUNK = 4 * 1024 * 1024, FIRST_GROWING = 16 * 1024 };

void *lx_libc_alloc(void *context, void *p, size_t size)
{
	(void)context;
	if (size == 0) {
		free(p);
		return NULL;
	}
	return realloc(p, size);
}

lexo_arena *lexo_arena_new(size_t first_chunk)
{
	return lexo_arena_new_with(first_chunk, NULL, NULL);
}

lexo_arena *lexo_arena_new_with(size_t first_chunk, lexo_alloc *alloc, void *context)
{
	if (!alloc)
		alloc = lx_libc_alloc;
	lexo_arena *arena = alloc(context, NULL, sizeof *arena);
	if (!arena)
		return NULL;
	*arena = (lexo_arena){.alloc = alloc, .context = context};
	arena->next_size = first_chunk ? first_chunk : DEFAULT_CHUNK;
	if (arena->next_size < SMALLEST_CHUNK)
		arena->next_size = SMALLEST_CHUNK;
	return arena;
}

static void drop_list(lexo_arena *arena, struct lx_block *block)
{
	while (block) {
		struct lx_block *next = block->next;
		arena->alloc(arena->context, block, 0);
		block = next;
	}
}

void lexo_arena_free(lexo_arena *arena)
{
	if (!arena)
		return;
	drop_list(arena, arena->chunks);
	drop_list(arena, arena->blocks);
	arena->alloc(arena->context, arena, 0);
}

void lexo_arena_reset(lexo_arena *arena)
{
	drop_list(arena, arena->blocks);
	arena->blocks = NULL;
	arena->total = 0;
	struct lx_block *chunk = arena->chunks;
	if (!chunk)
		return;
	/* the newest chunk is usually the largest */
	drop_list(arena, chunk->next);
	chunk->next = NULL;
	arena->cursor = chunk->data;
	arena->limit = chunk->data + chunk->size;
	arena->total = chunk->size;
}

size_t lexo_arena_bytes(const lexo_arena *arena)
{
	return arena->total;
}

static struct lx_block *new_block(struct lexo_arena *arena, struct lx_block *old, size_t size)
{
	if (size > SIZE_MAX - sizeof(struct lx_block))
		return NULL;
	struct lx_block *block = arena->alloc(arena->context, old, sizeof *block + size);
	if (block)
		block->size = size;
	return block;
}

void *lx_memory_slow(struct lexo_arena *arena, size_t size, size_t alignment)
{
	(void)alignment; /* data is aligned for every type */
	struct lx_block *chunk;
	if (size > arena->next_size / 4) { /* a piece of its own: the rest of the current chunk stays in use */
		chunk = new_block(arena, NULL, size);
		if (!chunk)
			return NULL;
		chunk->next = arena->blocks;
		arena->blocks = chunk;
		arena->total += size;
		return chunk->data;
	}
	chunk = new_block(arena, NULL, arena->next_size);
	if (!chunk)
		return NULL;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->total += chunk->size;
	if (arena->next_size < LARGEST_CHUNK)
		arena->next_size *= 2;
	arena->cursor = chunk->data + size;
	arena->limit = chunk->data + chunk->size;
	return chunk->data;
}

void *lx_growing_add(struct lexo_arena *arena, struct lx_growing *growing, size_t size)
{
	size_t capacity = growing->block ? growing->block->size : 0;
	if (size > capacity - growing->used) {
		size_t wanted = capacity ? capacity : FIRST_GROWING;
		while (wanted - growing->used < size) {
			if (wanted > SIZE_MAX / 2)
				return NULL;
			wanted *= 2;
		}
		struct lx_block *block = new_block(arena, growing->block, wanted);
		if (!block)
			return NULL;
		growing->block = block;
	}
	void *p = growing->block->data + growing->used;
	growing->used += size;
	return p;
}

void *lx_growing_finish(struct lexo_arena *arena, struct lx_growing *growing)
{
	if (!growing->block)
		return NULL;
	/* trimming gives back the unused half; when it fails the block stays as it was */
	struct lx_block *block = new_block(arena, growing->block, growing->used ? growing->used : 1);
	if (!block)
		block = growing->block;
	block->next = arena->blocks;
	arena->blocks = block;
	arena->total += block->size;
	*growing = (struct lx_growing){0};
	return block->data;
}

void lx_growing_drop(struct lexo_arena *arena, struct lx_growing *growing)
{
	if (growing->block)
		arena->alloc(arena->context, growing->block, 0);
	*growing = (struct lx_growing){0};
}
