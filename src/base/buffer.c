/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lx_buffer_free(struct lx_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct lx_buffer)LX_BUFFER_INIT;
}

void lx_buffer_clear(struct lx_buffer *buffer)
{
	lx_buffer_truncate(buffer, 0);
	buffer->failed = false;
}

bool lx_buffer_ok(const struct lx_buffer *buffer)
{
	return !buffer->failed;
}

const char *lx_buffer_text(const struct lx_buffer *buffer)
{
	return buffer->data ? buffer->data : "";
}

static bool enlarge(struct lx_buffer *buffer, size_t more)
{
	size_t need;
	if (__builtin_add_overflow(buffer->length, more, &need) || need == SIZE_MAX) {
		buffer->failed = true;
		return false;
	}
	need++;
	size_t capacity = buffer->capacity ? buffer->capacity : 128;
	while (capacity < need)
		capacity = capacity > SIZE_MAX / 2 ? need : capacity * 2;
	char *data = realloc(buffer->data, capacity);
	if (!data) {
		buffer->failed = true;
		return false;
	}
	buffer->data = data;
	buffer->capacity = capacity;
	return true;
}

bool lx_buffer_reserve(struct lx_buffer *buffer, size_t more)
{
	if (buffer->failed)
		return false;
	return more < buffer->capacity - buffer->length || enlarge(buffer, more);
}

void lx_buffer_repeat(struct lx_buffer *buffer, char c, size_t count)
{
	if (!lx_buffer_reserve(buffer, count))
		return;
	memset(buffer->data + buffer->length, c, count);
	buffer->length += count;
	buffer->data[buffer->length] = 0;
}

void lx_buffer_vprintf(struct lx_buffer *buffer, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	/* into the room that is there; once more if it does not do */
	size_t room = buffer->failed ? 0 : buffer->capacity - buffer->length;
	int length = vsnprintf(room ? buffer->data + buffer->length : NULL, room, format, arguments);
	if (length < 0)
		buffer->failed = true;
	else if ((size_t)length >= room && lx_buffer_reserve(buffer, (size_t)length))
		vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
	if (!buffer->failed)
		buffer->length += (size_t)length;
	else if (room)
		buffer->data[buffer->length] = 0;
	va_end(again);
}

void lx_buffer_printf(struct lx_buffer *buffer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	lx_buffer_vprintf(buffer, format, arguments);
	va_end(arguments);
}

void lx_buffer_truncate(struct lx_buffer *buffer, size_t length)
{
	if (length > buffer->length)
		return;
	buffer->length = length;
	if (buffer->data)
		buffer->data[length] = 0;
}
