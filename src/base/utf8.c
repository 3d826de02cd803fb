/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <string.h>

static size_t decode(const unsigned char *s, size_t length, uint32_t *out)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	if (s[0] < 0x80) {
		*out = s[0];
		return 1;
	}
	size_t n = s[0] >= 0xf0 && s[0] < 0xf8   ? 4
		   : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
		   : s[0] >= 0xc0 && s[0] < 0xe0 ? 2
						 : 0;
	if (!n || n > length)
		return 0;
	uint32_t c = s[0] & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fU);
	}
	if (c < smallest[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*out = c;
	return n;
}

size_t lx_utf8_valid(const char *text, size_t length)
{
	size_t i = 0;
	while (i < length) {
		uint64_t words[4]; /* so many ASCII bytes at a time: most text is nothing else */
		if (length - i >= sizeof words) {
			memcpy(words, text + i, sizeof words);
			if (!((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080U)) {
				i += sizeof words;
				continue;
			}
		}
		if ((unsigned char)text[i] < 0x80) {
			i++;
			continue;
		}
		uint32_t c;
		size_t n = decode((const unsigned char *)text + i, length - i, &c);
		if (!n)
			break;
		i += n;
	}
	return i;
}

size_t lx_utf8_step(const char *text, size_t length, uint32_t *code_point)
{
	uint32_t c = 0xfffd;
	size_t n = decode((const unsigned char *)text, length, &c);
	if (code_point)
		*code_point = n ? c : 0xfffd;
	return n ? n : 1;
}

static size_t width_of(uint32_t c)
{
	if ((c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) || (c >= 0xfe00 && c <= 0xfe0f) ||
	    (c >= 0x20d0 && c <= 0x20ff))
		return 0;
	if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
	    (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
	    (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd))
		return 2;
	return 1;
}

size_t lx_utf8_width(const char *text, size_t length)
{
	size_t width = 0;
	for (size_t i = 0; i < length;) {
		uint32_t c;
		i += lx_utf8_step(text + i, length - i, &c);
		width += width_of(c);
	}
	return width;
}

size_t lx_utf8_clip(const char *text, size_t length, size_t limit)
{
	if (length <= limit)
		return length;
	size_t end = 0;
	while (end < length) {
		size_t n = lx_utf8_step(text + end, length - end, NULL);
		if (end + n > limit)
			break;
		end += n;
	}
	return end;
}
