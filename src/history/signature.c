/* SPDX-License-Identifier: Apache-2.0 */
#include "history/signature.h"

#include <string.h>

#include "base/crypto.h"

/* Bytes before they are written in base64. */
enum {
	KEY_BYTES = 2 + LX_KEY_ID_SIZE + LX_KEY_SIZE,
	SIGNATURE_BYTES = 2 + LX_KEY_ID_SIZE + LX_SIGNATURE_SIZE,
};

void lx_key_id_print(const unsigned char id[LX_KEY_ID_SIZE], char text[LX_KEY_ID_TEXT])
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < LX_KEY_ID_SIZE; i++) {
		unsigned char byte = id[LX_KEY_ID_SIZE - 1 - i];
		text[2 * i] = digits[byte >> 4];
		text[2 * i + 1] = digits[byte & 15];
	}
	text[LX_KEY_ID_TEXT - 1] = 0;
}

/* A line without its newline; *TEXT goes behind it.  False: there is none that is ended. */
static bool take_line(const char **text, const char *end, const char **line, size_t *length)
{
	const char *newline = *text < end ? memchr(*text, '\n', (size_t)(end - *text)) : NULL;
	if (!newline)
		return false;
	*line = *text;
	*length = (size_t)(newline - *text);
	*text = newline + 1;
	return true;
}

static bool begins(const char *line, size_t length, const char *prefix)
{
	return length >= strlen(prefix) && memcmp(line, prefix, strlen(prefix)) == 0;
}

bool lx_public_key_parse(const char *text, size_t length, struct lx_public_key *key)
{
	const char *end = text + length, *line = text;
	size_t line_length = length;
	unsigned char bytes[KEY_BYTES];
	if (begins(text, length, "untrusted comment:") &&
	    (!take_line(&text, end, &line, &line_length) || !take_line(&text, end, &line, &line_length) || text != end))
		return false;
	if (!lx_base64_decode(line, line_length, bytes, sizeof bytes) || memcmp(bytes, "Ed", 2) != 0)
		return false;
	memcpy(key->id, bytes + 2, sizeof key->id);
	memcpy(key->key, bytes + 2 + LX_KEY_ID_SIZE, sizeof key->key);
	return true;
}

/* The number behind "seq:" in a field between tabs.  0: none, or none that fits. */
static uint64_t read_number(const char *comment)
{
	static const char name[] = "seq:";
	while (strncmp(comment, name, sizeof name - 1) != 0) {
		comment = strchr(comment, '\t');
		if (!comment)
			return 0;
		comment++;
	}
	uint64_t number = 0;
	for (comment += sizeof name - 1; *comment >= '0' && *comment <= '9'; comment++)
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, (uint64_t)(*comment - '0'), &number))
			return 0;
	return *comment && *comment != '\t' ? 0 : number;
}

/* It is not signed: it may say nothing but what minisign and lexo write by themselves. */
static bool is_usual(const char *line, size_t length)
{
	static const char *const usual[] = {"untrusted comment: signature from lexo secret key",
					    "untrusted comment: signature from minisign secret key"};
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (length == strlen(usual[i]) && memcmp(line, usual[i], length) == 0)
			return true;
	return false;
}

const char *lx_signature_parse(const char *text, size_t length, struct lx_signature *signature)
{
	static const char trusted[] = "trusted comment: ";
	const char *end = text + length, *line;
	unsigned char bytes[SIGNATURE_BYTES];
	size_t size;
	*signature = (struct lx_signature){0};
	if (!take_line(&text, end, &line, &size) || !is_usual(line, size))
		return "its first line is not \"untrusted comment: signature from lexo secret key\"";
	if (!take_line(&text, end, &line, &size) || !lx_base64_decode(line, size, bytes, sizeof bytes) ||
	    bytes[0] != 'E' || (bytes[1] != 'd' && bytes[1] != 'D'))
		return "its second line is no Ed25519 signature in base64";
	signature->is_prehashed = bytes[1] == 'D';
	memcpy(signature->id, bytes + 2, sizeof signature->id);
	memcpy(signature->bytes, bytes + 2 + LX_KEY_ID_SIZE, sizeof signature->bytes);
	if (!take_line(&text, end, &line, &size) || !begins(line, size, trusted))
		return "its third line is no trusted comment";
	line += sizeof trusted - 1;
	size -= sizeof trusted - 1;
	if (size >= sizeof signature->comment || memchr(line, 0, size))
		return "its trusted comment is too long, or holds a NUL byte";
	memcpy(signature->comment, line, size);
	signature->number = read_number(signature->comment);
	if (!take_line(&text, end, &line, &size) ||
	    !lx_base64_decode(line, size, signature->global, sizeof signature->global))
		return "its fourth line is no signature of the comment in base64";
	return text == end ? NULL : "something stands behind its fourth line";
}

bool lx_signature_verify_comment(const struct lx_signature *signature, const struct lx_public_key *key)
{
	unsigned char all[LX_SIGNATURE_SIZE + sizeof signature->comment];
	size_t comment = strlen(signature->comment);
	memcpy(all, signature->bytes, LX_SIGNATURE_SIZE);
	memcpy(all + LX_SIGNATURE_SIZE, signature->comment, comment);
	return memcmp(signature->id, key->id, sizeof key->id) == 0 &&
	       lx_ed25519_verify(key->key, signature->global, all, LX_SIGNATURE_SIZE + comment);
}

bool lx_signature_verify(const struct lx_signature *signature, const struct lx_public_key *key, const void *bytes,
			 size_t length)
{
	unsigned char digest[LX_BLAKE2B];
	if (signature->is_prehashed && !lx_blake2b(bytes, length, digest))
		return false;
	if (signature->is_prehashed) {
		bytes = digest;
		length = sizeof digest;
	}
	return lx_ed25519_verify(key->key, signature->bytes, bytes, length) &&
	       lx_signature_verify_comment(signature, key);
}

/* The greatest number that KEY signed BYTES with.  False: it did not. */
static bool signed_by(const struct lx_public_key *key, const struct lx_signature *signatures, size_t count,
		      const void *bytes, size_t length, uint64_t *number)
{
	bool is_found = false;
	*number = 0;
	for (size_t i = 0; i < count; i++) {
		if (!lx_signature_verify(&signatures[i], key, bytes, length))
			continue;
		is_found = true;
		if (signatures[i].number > *number)
			*number = signatures[i].number;
	}
	return is_found;
}

static bool is_repeated(const struct lx_public_key *keys, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (memcmp(keys[k].key, keys[i].key, sizeof keys[i].key) == 0)
			return true;
	return false;
}

size_t lx_signatures_count(const struct lx_signature *signatures, size_t signature_count,
			   const struct lx_public_key *keys, size_t key_count, const void *bytes, size_t length,
			   size_t threshold, uint64_t *number)
{
	size_t signers = 0;
	*number = 0;
	for (size_t i = 0; i < key_count; i++) {
		uint64_t own, other;
		size_t as_great = 0;
		if (is_repeated(keys, i) || !signed_by(&keys[i], signatures, signature_count, bytes, length, &own))
			continue;
		signers++;
		for (size_t k = 0; k < key_count; k++)
			as_great += !is_repeated(keys, k) &&
				    signed_by(&keys[k], signatures, signature_count, bytes, length, &other) &&
				    other >= own;
		if (as_great >= threshold && own > *number)
			*number = own;
	}
	return signers;
}
