/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>

struct lx_sha256 {
	EVP_MD_CTX *context;
	bool failed;
};

struct lx_sha256 *lx_sha256_open(void)
{
	struct lx_sha256 *hash = calloc(1, sizeof *hash);
	if (!hash)
		return NULL;
	hash->context = EVP_MD_CTX_new();
	if (!hash->context) {
		free(hash);
		return NULL;
	}
	hash->failed = EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1;
	return hash;
}

void lx_sha256_add(struct lx_sha256 *hash, const void *bytes, size_t length)
{
	if (!hash->failed && length)
		hash->failed = EVP_DigestUpdate(hash->context, bytes, length) != 1;
}

void lx_sha256_field(struct lx_sha256 *hash, const void *bytes, size_t length)
{
	unsigned char frame[8];
	for (int i = 0; i < 8; i++)
		frame[i] = (unsigned char)((uint64_t)length >> (56 - 8 * i));
	lx_sha256_add(hash, frame, sizeof frame);
	lx_sha256_add(hash, bytes, length);
}

bool lx_sha256_close(struct lx_sha256 *hash, char hex[LX_SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0;
	bool ok = !hash->failed && EVP_DigestFinal_ex(hash->context, digest, &length) == 1 && length == LX_SHA256_SIZE;
	for (size_t i = 0; ok && i < LX_SHA256_SIZE; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[ok ? 64 : 0] = 0;
	EVP_MD_CTX_free(hash->context);
	free(hash);
	return ok;
}

bool lx_sha256_hex(const void *bytes, size_t length, char hex[LX_SHA256_HEX])
{
	struct lx_sha256 *hash = lx_sha256_open();
	hex[0] = 0;
	if (!hash)
		return false;
	lx_sha256_add(hash, bytes, length);
	return lx_sha256_close(hash, hex);
}
