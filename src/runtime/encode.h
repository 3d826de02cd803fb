/* What the two ways to encode have in common: values that are there already, as bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_ENCODE_H
#define LX_RUNTIME_ENCODE_H
#include "runtime/codec.h"

/* The longest value that is neither in place nor written straight into scratch: an address of IPv6. */
enum { LX_LONGEST = 20 };

/* The bytes of a text, of bytes, of json or of a label; ptr NULL: SQL NULL. */
static inline enum lx_encoded lx_bytes_of(const lexo_column *column, const void *field, struct lx_slice *out)
{
	uint32_t label;
	if (column->codec != LEXO_CODEC_ENUM) {
		memcpy(out, field, sizeof *out);
		bool has_nul = column->codec != LEXO_CODEC_BYTES && out->len && memchr(out->ptr, 0, out->len);
		return has_nul ? LX_ENCODE_NUL : LX_ENCODED;
	}
	memcpy(&label, field, sizeof label);
	if (!column->type.labels || label == 0 || label > column->type.labels->label_count)
		return LX_ENCODE_LABEL;
	const lexo_str *text = &column->type.labels->labels[label - 1];
	*out = (struct lx_slice){text->ptr, text->len};
	return LX_ENCODED;
}
#endif
