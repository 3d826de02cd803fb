/* A growing byte buffer, always NUL-terminated.  A failed allocation makes it sticky-failed: later appends do nothing
 * and lx_buffer_ok() says so, so callers check once at the end.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_BUFFER_H
#define LX_BASE_BUFFER_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct lx_buffer {
	char *data; /* NULL until the first append; use lx_buffer_text() to read */
	size_t length;
	size_t capacity;
	bool failed;
};
/* clang-format off */
#define LX_BUFFER_INIT {NULL, 0, 0, false}
/* clang-format on */

void lx_buffer_free(struct lx_buffer *buffer);  /* leaves an empty buffer that can be used again */
void lx_buffer_clear(struct lx_buffer *buffer); /* length 0, keeps the memory */
bool lx_buffer_ok(const struct lx_buffer *buffer);
const char *lx_buffer_text(const struct lx_buffer *buffer); /* never NULL */
void lx_buffer_repeat(struct lx_buffer *buffer, char c, size_t count);
void lx_buffer_printf(struct lx_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void lx_buffer_vprintf(struct lx_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
void lx_buffer_truncate(struct lx_buffer *buffer, size_t length);

/* Makes room for MORE bytes and a NUL; false when there is none.  For the three below. */
bool lx_buffer_reserve(struct lx_buffer *buffer, size_t more);

/* Inline, since generated text is millions of pieces of a few bytes. */
static inline void lx_buffer_add(struct lx_buffer *buffer, const char *bytes, size_t length)
{
	bool has_room = !buffer->failed && length < buffer->capacity - buffer->length;
	if (!has_room && !lx_buffer_reserve(buffer, length))
		return;
	if (length)
		memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
	buffer->data[buffer->length] = 0;
}
static inline void lx_buffer_string(struct lx_buffer *buffer, const char *text)
{
	lx_buffer_add(buffer, text, strlen(text));
}
static inline void lx_buffer_char(struct lx_buffer *buffer, char c)
{
	lx_buffer_add(buffer, &c, 1);
}
#endif
