/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(char *to, size_t size, const char *format, va_list arguments) __attribute__((format(printf, 3, 0)));
static void put(char *to, size_t size, const char *format, va_list arguments)
{
	int length = vsnprintf(to, size, format, arguments);
	if (length < 0)
		to[0] = 0;
	else if ((size_t)length >= size) {
		size_t end = size - 1;
		while (end > 0 && ((unsigned char)to[end] & 0xc0) == 0x80)
			end--;
		if (end == size - 1 && end > 0) {
			/* the cut may be right behind a lead byte whose tail is lost */
			size_t lead = end - 1;
			while (lead > 0 && ((unsigned char)to[lead] & 0xc0) == 0x80)
				lead--;
			if ((unsigned char)to[lead] >= 0xc0)
				end = lead;
		}
		to[end] = 0;
	}
}

enum lx_status lx_fail(struct lx_fail *fail, enum lx_status status, const char *code, const char *format, ...)
{
	if (!fail || fail->status != LX_OK)
		return status;
	memset(fail, 0, sizeof *fail);
	fail->status = status;
	snprintf(fail->code, sizeof fail->code, "%s", code);
	va_list arguments;
	va_start(arguments, format);
	put(fail->message, sizeof fail->message, format, arguments);
	va_end(arguments);
	return status;
}

void lx_fail_where(struct lx_fail *fail, const char *format, ...)
{
	if (!fail)
		return;
	va_list arguments;
	va_start(arguments, format);
	put(fail->where, sizeof fail->where, format, arguments);
	va_end(arguments);
}

void lx_fail_help(struct lx_fail *fail, const char *format, ...)
{
	if (!fail)
		return;
	va_list arguments;
	va_start(arguments, format);
	put(fail->help, sizeof fail->help, format, arguments);
	va_end(arguments);
}
