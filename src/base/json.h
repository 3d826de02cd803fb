/* Writes JSON text into a buffer; keeps track of commas and nesting.  Strings are escaped, invalid UTF-8 becomes
 * U+FFFD.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_JSON_H
#define LX_BASE_JSON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lx_buffer;

enum { LX_JSON_DEPTH = 32 };
struct lx_json {
	struct lx_buffer *out;
	int depth;
	bool has_items[LX_JSON_DEPTH];
	bool after_key;
};

void lx_json_init(struct lx_json *json, struct lx_buffer *out);
void lx_json_open_object(struct lx_json *json);
void lx_json_close_object(struct lx_json *json);
void lx_json_open_array(struct lx_json *json);
void lx_json_close_array(struct lx_json *json);
void lx_json_key(struct lx_json *json, const char *key);
void lx_json_string(struct lx_json *json, const char *text); /* NULL: null */
void lx_json_text(struct lx_json *json, const char *text, size_t length);
void lx_json_integer(struct lx_json *json, int64_t value);
void lx_json_bool(struct lx_json *json, bool value);
void lx_json_null(struct lx_json *json);
/* key and value in one call */
void lx_json_key_string(struct lx_json *json, const char *key, const char *text);
void lx_json_key_integer(struct lx_json *json, const char *key, int64_t value);
void lx_json_key_bool(struct lx_json *json, const char *key, bool value);
#endif
