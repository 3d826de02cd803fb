/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <inttypes.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

void lx_json_init(struct lx_json *json, struct lx_buffer *out)
{
	*json = (struct lx_json){.out = out};
}

static void before_value(struct lx_json *json)
{
	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (json->has_items[json->depth])
		lx_buffer_char(json->out, ',');
	json->has_items[json->depth] = true;
}

static void open_nested(struct lx_json *json, char bracket)
{
	before_value(json);
	lx_buffer_char(json->out, bracket);
	if (json->depth + 1 < LX_JSON_DEPTH)
		json->depth++;
	else
		json->out->failed = true;
	json->has_items[json->depth] = false;
}

static void close_nested(struct lx_json *json, char bracket)
{
	lx_buffer_char(json->out, bracket);
	if (json->depth > 0)
		json->depth--;
}

void lx_json_open_object(struct lx_json *json)
{
	open_nested(json, '{');
}

void lx_json_close_object(struct lx_json *json)
{
	close_nested(json, '}');
}

void lx_json_open_array(struct lx_json *json)
{
	open_nested(json, '[');
}

void lx_json_close_array(struct lx_json *json)
{
	close_nested(json, ']');
}

static void quoted(struct lx_buffer *out, const char *text, size_t length)
{
	lx_buffer_char(out, '"');
	for (size_t i = 0; i < length;) {
		uint32_t c;
		size_t n = lx_utf8_step(text + i, length - i, &c);
		if (c == '"' || c == '\\') {
			lx_buffer_char(out, '\\');
			lx_buffer_char(out, (char)c);
		} else if (c == '\n')
			lx_buffer_string(out, "\\n");
		else if (c == '\t')
			lx_buffer_string(out, "\\t");
		else if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0))
			lx_buffer_printf(out, "\\u%04" PRIx32, c);
		else if (c == 0xfffd)
			lx_buffer_string(out, "\xef\xbf\xbd");
		else
			lx_buffer_add(out, text + i, n);
		i += n;
	}
	lx_buffer_char(out, '"');
}

void lx_json_key(struct lx_json *json, const char *key)
{
	before_value(json);
	quoted(json->out, key, strlen(key));
	lx_buffer_char(json->out, ':');
	json->after_key = true;
}

void lx_json_text(struct lx_json *json, const char *text, size_t length)
{
	before_value(json);
	quoted(json->out, text, length);
}

void lx_json_string(struct lx_json *json, const char *text)
{
	if (text)
		lx_json_text(json, text, strlen(text));
	else
		lx_json_null(json);
}

void lx_json_integer(struct lx_json *json, int64_t value)
{
	before_value(json);
	lx_buffer_printf(json->out, "%" PRId64, value);
}

void lx_json_bool(struct lx_json *json, bool value)
{
	before_value(json);
	lx_buffer_string(json->out, value ? "true" : "false");
}

void lx_json_null(struct lx_json *json)
{
	before_value(json);
	lx_buffer_string(json->out, "null");
}

void lx_json_key_string(struct lx_json *json, const char *key, const char *text)
{
	lx_json_key(json, key);
	lx_json_string(json, text);
}

void lx_json_key_integer(struct lx_json *json, const char *key, int64_t value)
{
	lx_json_key(json, key);
	lx_json_integer(json, value);
}

void lx_json_key_bool(struct lx_json *json, const char *key, bool value)
{
	lx_json_key(json, key);
	lx_json_bool(json, value);
}
