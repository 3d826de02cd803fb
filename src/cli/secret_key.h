/* Keys that sign, in minisign's format, so that minisign can use them too: read, written, used.  Secrets are wiped.
 * Format: https://jedisct1.github.io/minisign/#secret-key-format.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SECRET_KEY_H
#define LX_CLI_SECRET_KEY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "history/signature.h"

enum { LX_SECRET_SIZE = 64 };
struct lx_secret_key {
	unsigned char id[LX_KEY_ID_SIZE];
	unsigned char key[LX_SECRET_SIZE]; /* seed and public key, as libsodium has it */
};

/* A fresh pair.  False: libsodium cannot be used. */
bool lx_secret_key_make(struct lx_secret_key *secret, struct lx_public_key *public);
/* The text of the file, encrypted when PASSWORD is not NULL.  False: out of memory (deriving the key takes 256 MiB). */
bool lx_secret_key_print(struct lx_buffer *out, const struct lx_secret_key *secret, const char *password);
void lx_public_key_print(struct lx_buffer *out, const struct lx_public_key *public);

/* A file that was read and not yet opened. */
struct lx_sealed_key {
	unsigned char bytes[158];
	bool is_encrypted;
};
/* False: TEXT is no secret key. */
bool lx_secret_key_parse(const char *text, size_t length, struct lx_sealed_key *sealed);
/* PASSWORD: NULL when it is not encrypted.  False: it is a wrong one, or the file is damaged. */
bool lx_secret_key_open(const struct lx_sealed_key *sealed, const char *password, struct lx_secret_key *secret);
void lx_secret_key_public(const struct lx_secret_key *secret, struct lx_public_key *public);
/* The text of a .minisig file for BYTES. */
bool lx_secret_key_sign(struct lx_buffer *out, const struct lx_secret_key *secret, const void *bytes, size_t length,
			const char *comment);
void lx_secret_wipe(void *bytes, size_t length);
#endif
