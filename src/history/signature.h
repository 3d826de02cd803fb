/* Signatures of lexo.sum in minisign's format: Ed25519, verified with libcrypto alone.
 * Format: https://jedisct1.github.io/minisign/#signature-format.  Stricter than minisign in what carries no meaning, so
 * that every changed bit of a signature file is found.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_SIGNATURE_H
#define LX_HISTORY_SIGNATURE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"

enum {
	LX_KEY_ID_SIZE = 8,
	LX_KEY_SIZE = LX_ED25519_KEY,
	LX_SIGNATURE_SIZE = LX_ED25519_SIGNATURE,
	LX_SIGNATURE_LIMIT = 4096, /* bytes of a file */
	LX_KEY_ID_TEXT = 2 * LX_KEY_ID_SIZE + 1
};

struct lx_public_key {
	unsigned char id[LX_KEY_ID_SIZE];
	unsigned char key[LX_KEY_SIZE];
};

struct lx_signature {
	bool is_prehashed; /* of the BLAKE2b-512 of the file; minisign's old signatures are of the file itself */
	unsigned char id[LX_KEY_ID_SIZE];
	unsigned char bytes[LX_SIGNATURE_SIZE];
	unsigned char global[LX_SIGNATURE_SIZE]; /* of BYTES and COMMENT */
	char comment[512];                       /* the trusted one */
	uint64_t number;                         /* its field seq:N; 0: it has none */
};

/* The id as minisign shows it: sixteen hexadecimal digits, the last byte first. */
void lx_key_id_print(const unsigned char id[LX_KEY_ID_SIZE], char text[LX_KEY_ID_TEXT]);
/* "RWQ…", or the text of a .pub file.  False: it is neither. */
bool lx_public_key_parse(const char *text, size_t length, struct lx_public_key *key);
/* The text of a .minisig file.  NULL, or what is wrong with it. */
const char *lx_signature_parse(const char *text, size_t length, struct lx_signature *signature);
/* Did the owner of KEY sign the trusted comment, whatever else? */
bool lx_signature_verify_comment(const struct lx_signature *signature, const struct lx_public_key *key);
/* Did the owner of KEY sign BYTES and the trusted comment? */
bool lx_signature_verify(const struct lx_signature *signature, const struct lx_public_key *key, const void *bytes,
			 size_t length);

/* How many of KEYS signed, and the number that THRESHOLD of them (at least 1) give at least: a history that was signed
 * before has a smaller one.  *NUMBER is 0 when fewer signed. */
size_t lx_signatures_count(const struct lx_signature *signatures, size_t signature_count,
			   const struct lx_public_key *keys, size_t key_count, const void *bytes, size_t length,
			   size_t threshold, uint64_t *number);
#endif
