/* SPDX-License-Identifier: Apache-2.0 */
#include "base/crypto.h"

#include <openssl/evp.h>
#include <string.h>

bool lx_ed25519_verify(const unsigned char key[LX_ED25519_KEY], const unsigned char signature[LX_ED25519_SIGNATURE],
		       const void *bytes, size_t length)
{
	EVP_PKEY *public = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, LX_ED25519_KEY);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool ok = public && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, public) == 1 &&
		  EVP_DigestVerify(context, signature, LX_ED25519_SIGNATURE, bytes, length) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(public);
	return ok;
}

bool lx_blake2b(const void *bytes, size_t length, unsigned char digest[LX_BLAKE2B])
{
	unsigned char whole[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	if (EVP_Digest(bytes, length, whole, &size, EVP_blake2b512(), NULL) != 1 || size != LX_BLAKE2B)
		return false;
	memcpy(digest, whole, LX_BLAKE2B);
	return true;
}

bool lx_base64_decode(const char *text, size_t length, unsigned char *bytes, size_t size)
{
	enum { LARGEST_TEXT = LX_BASE64_LARGEST / 3 * 4 };
	unsigned char in[LARGEST_TEXT + 1], out[LARGEST_TEXT], again[LARGEST_TEXT + 1];
	if (size > LX_BASE64_LARGEST || length != (size + 2) / 3 * 4)
		return false;
	memcpy(in, text, length);
	if (EVP_DecodeBlock(out, in, (int)length) < (int)size)
		return false;
	if (EVP_EncodeBlock(again, out, (int)size) != (int)length || memcmp(again, in, length) != 0)
		return false;
	memcpy(bytes, out, size);
	return true;
}
