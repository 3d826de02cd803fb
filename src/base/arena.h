/* Arenas: memory that is given back all at once, named by the lifetime of what is in them (one source file, one
 * schema, one plan).  Nothing in an arena is freed singly.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_ARENA_H
#define LX_BASE_ARENA_H
#include <stddef.h>

struct lx_arena;

/* Called when memory runs out or the arena's limit is reached.  It must not return (exit, longjmp). */
typedef void lx_arena_full(void *context, size_t wanted);

/* Opens an arena that holds at most LIMIT bytes (0: no limit).  FULL may be NULL: then only lx_arena_try_alloc may be
 * used.  Returns NULL when out of memory and FULL is NULL. */
struct lx_arena *lx_arena_open(size_t limit, lx_arena_full *full, void *context);
void lx_arena_close(struct lx_arena *arena); /* NULL is fine */
void lx_arena_reset(struct lx_arena *arena); /* keeps the first chunk, invalidates everything in it */
size_t lx_arena_bytes(const struct lx_arena *arena);

/* Zeroed, aligned for any type.  Never NULL: calls FULL instead. */
void *lx_arena_alloc(struct lx_arena *arena, size_t size);
/* Zeroed array; the product is checked for overflow. */
void *lx_arena_array(struct lx_arena *arena, size_t count, size_t size);
/* Like lx_arena_alloc, but NULL when out of memory or over the limit. */
void *lx_arena_try_alloc(struct lx_arena *arena, size_t size);
/* NUL-terminated copies. */
char *lx_arena_copy(struct lx_arena *arena, const char *text, size_t length);
char *lx_arena_string(struct lx_arena *arena, const char *text);
char *lx_arena_printf(struct lx_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define LX_NEW(arena, type) ((type *)lx_arena_alloc((arena), sizeof(type)))
#define LX_NEW_ARRAY(arena, type, count) ((type *)lx_arena_array((arena), (count), sizeof(type)))
#endif
