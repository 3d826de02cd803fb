/* The arena behind lexo_arena: rows and what they point to.  The array of rows of a long result grows in a block of its
 * own, which joins the arena when it is complete, so that rows are never copied.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_ARENA_H
#define LX_RUNTIME_ARENA_H
#include <lexo/lexo.h>

struct lx_block { /* header of every piece of memory */
	struct lx_block *next;
	size_t size; /* of data */
	_Alignas(16) unsigned char data[];
};

struct lexo_arena {
	unsigned char *cursor, *limit; /* free part of the newest chunk */
	struct lx_block *chunks;
	struct lx_block *blocks; /* adopted ones; not used again after a reset */
	size_t next_size;
	size_t total;
	lexo_alloc *alloc;
	void *context;
};

void *lx_memory_slow(struct lexo_arena *arena, size_t size, size_t alignment);

/* Not zeroed.  NULL: out of memory.  ALIGNMENT is a power of two, at most 16. */
static inline void *lx_memory_take(struct lexo_arena *arena, size_t size, size_t alignment)
{
	uintptr_t start = ((uintptr_t)arena->cursor + (alignment - 1)) & ~(uintptr_t)(alignment - 1);
	if (start > (uintptr_t)arena->limit || size > (uintptr_t)arena->limit - start)
		return lx_memory_slow(arena, size, alignment);
	unsigned char *p = arena->cursor + (start - (uintptr_t)arena->cursor);
	arena->cursor = p + size;
	return p;
}

/* A block that is being filled.  Starts as {0}. */
struct lx_growing {
	struct lx_block *block;
	size_t used;
};
/* SIZE more bytes at the end, or NULL: out of memory, the old ones stay valid.  Earlier pointers into it are not. */
void *lx_growing_add(struct lexo_arena *arena, struct lx_growing *growing, size_t size);
/* Gives the block to ARENA and returns its data; cannot fail. */
void *lx_growing_finish(struct lexo_arena *arena, struct lx_growing *growing);
void lx_growing_drop(struct lexo_arena *arena, struct lx_growing *growing);

/* realloc() behind the hook: what is used when there is none. */
void *lx_libc_alloc(void *context, void *p, size_t size);
#endif
