/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifdef __has_feature /* clang's way to ask; gcc defines __SANITIZE_ADDRESS__ */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define RED_ZONE 16 /* so that an overrun of one allocation is seen before it reaches the next */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define RED_ZONE 0
#endif

/* Small arenas stay small; from the fourth chunk on memory comes in huge pages where the system has them: a page fault
 * costs more than parsing the text whose tree fills the page. */
enum {
	ALIGNMENT = 16,
	FIRST_CHUNK = 16 * 1024,
	GROWTH = 4,
	HUGE_PAGE = 2 * 1024 * 1024,
	LARGEST_CHUNK = 2 * HUGE_PAGE
};

struct chunk {
	struct chunk *next; /* the one filled before */
	size_t mapped;      /* bytes to unmap; 0: from calloc */
	size_t size;        /* of DATA; what lies behind USED is zero */
	size_t used;
	_Alignas(ALIGNMENT) unsigned char data[];
};

struct lx_arena {
	struct chunk *chunk;
	size_t limit;
	size_t total;
	lx_arena_full *full;
	void *context;
};

struct lx_arena *lx_arena_open(size_t limit, lx_arena_full *full, void *context)
{
	struct lx_arena *arena = calloc(1, sizeof *arena);
	if (!arena) {
		if (full)
			full(context, sizeof *arena);
		return NULL;
	}
	arena->limit = limit;
	arena->full = full;
	arena->context = context;
	return arena;
}

static void drop_chunks(struct chunk *chunk)
{
	while (chunk) {
		struct chunk *next = chunk->next;
		UNPOISON(chunk->data, chunk->size);
		if (chunk->mapped)
			munmap(chunk, chunk->mapped);
		else
			free(chunk);
		chunk = next;
	}
}

void lx_arena_close(struct lx_arena *arena)
{
	if (!arena)
		return;
	drop_chunks(arena->chunk);
	free(arena);
}

void lx_arena_reset(struct lx_arena *arena)
{
	struct chunk *chunk = arena->chunk;
	if (!chunk)
		return;
	/* the newest chunk is the largest: keeping it makes the next round allocate nothing */
	drop_chunks(chunk->next);
	chunk->next = NULL;
	UNPOISON(chunk->data, chunk->used);
	memset(chunk->data, 0, chunk->used);
	chunk->used = 0;
	POISON(chunk->data, chunk->size);
	arena->total = chunk->size;
}

size_t lx_arena_bytes(const struct lx_arena *arena)
{
	return arena->total;
}

/* SIZE bytes, a multiple of HUGE_PAGE, at a multiple of it. */
static void *map_huge(size_t size)
{
	if (size > SIZE_MAX - HUGE_PAGE)
		return NULL;
	char *whole = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (whole == MAP_FAILED)
		return NULL;
	size_t before = (HUGE_PAGE - (uintptr_t)whole % HUGE_PAGE) % HUGE_PAGE;
	if (before)
		munmap(whole, before);
	if (before < HUGE_PAGE)
		munmap(whole + before + size, HUGE_PAGE - before);
	/* only a wish: systems without huge pages refuse it */
	(void)madvise(whole + before, size, MADV_HUGEPAGE);
	return whole + before;
}

static struct chunk *new_chunk(size_t size)
{
	size_t bytes;
	if (__builtin_add_overflow(size, sizeof(struct chunk), &bytes) || bytes > SIZE_MAX / 2)
		return NULL;
	struct chunk *chunk;
	if (bytes < HUGE_PAGE) {
		chunk = calloc(1, bytes);
		if (chunk)
			chunk->size = size;
		return chunk;
	}
	bytes = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
	chunk = map_huge(bytes);
	if (!chunk)
		return NULL;
	chunk->mapped = bytes;
	chunk->size = bytes - sizeof *chunk;
	return chunk;
}

static struct chunk *grow(struct lx_arena *arena, size_t size)
{
	size_t wanted = arena->chunk ? arena->chunk->size * GROWTH : FIRST_CHUNK;
	if (wanted >= HUGE_PAGE / 2)
		wanted =
		    arena->total < HUGE_PAGE ? HUGE_PAGE - sizeof(struct chunk) : LARGEST_CHUNK - sizeof(struct chunk);
	if (wanted < size)
		wanted = size;
	size_t left = !arena->limit ? SIZE_MAX : arena->limit > arena->total ? arena->limit - arena->total : 0;
	if (size > left)
		return NULL;
	if (wanted > left)
		wanted = size;
	struct chunk *chunk = new_chunk(wanted);
	if (!chunk)
		return NULL;
	POISON(chunk->data, chunk->size);
	chunk->next = arena->chunk;
	arena->chunk = chunk;
	arena->total += chunk->size;
	return chunk;
}

void *lx_arena_try_alloc(struct lx_arena *arena, size_t size)
{
	if (size > SIZE_MAX - ALIGNMENT - RED_ZONE)
		return NULL;
	size_t need = (size + RED_ZONE + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
	struct chunk *chunk = arena->chunk;
	if (!chunk || need > chunk->size - chunk->used)
		chunk = grow(arena, need);
	if (!chunk)
		return NULL;
	void *p = chunk->data + chunk->used;
	chunk->used += need;
	UNPOISON(p, size);
	return p;
}

void *lx_arena_alloc(struct lx_arena *arena, size_t size)
{
	void *p = lx_arena_try_alloc(arena, size);
	if (!p) {
		arena->full(arena->context, size);
		abort(); /* FULL must not return */
	}
	return p;
}

void *lx_arena_array(struct lx_arena *arena, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX; /* lx_arena_alloc refuses it */
	return lx_arena_alloc(arena, bytes);
}

char *lx_arena_copy(struct lx_arena *arena, const char *text, size_t length)
{
	char *copy = lx_arena_alloc(arena, length + 1);
	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *lx_arena_string(struct lx_arena *arena, const char *text)
{
	return lx_arena_copy(arena, text, strlen(text));
}

char *lx_arena_printf(struct lx_arena *arena, const char *format, ...)
{
	char room[256]; /* most texts are names: formatted once, not once more for their length */
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(room, sizeof room, format, arguments);
	va_end(arguments);
	char *text;
	if (length < (int)sizeof room)
		text = lx_arena_copy(arena, room, length < 0 ? 0 : (size_t)length);
	else {
		text = lx_arena_alloc(arena, (size_t)length + 1);
		vsnprintf(text, (size_t)length + 1, format, again);
	}
	va_end(again);
	return text;
}
