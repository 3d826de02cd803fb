/* What signatures are made of, from libcrypto.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_CRYPTO_H
#define LX_BASE_CRYPTO_H
#include <stdbool.h>
#include <stddef.h>

enum { LX_ED25519_KEY = 32, LX_ED25519_SIGNATURE = 64, LX_BLAKE2B = 64, LX_BASE64_LARGEST = 96 };

/* RFC 8032.  False: it is not KEY's signature of BYTES, or libcrypto failed. */
bool lx_ed25519_verify(const unsigned char key[LX_ED25519_KEY], const unsigned char signature[LX_ED25519_SIGNATURE],
		       const void *bytes, size_t length);
/* RFC 7693.  False: libcrypto failed. */
bool lx_blake2b(const void *bytes, size_t length, unsigned char digest[LX_BLAKE2B]);
/* Exactly SIZE bytes (at most LX_BASE64_LARGEST) out of LENGTH characters, which must be the one way to write them. */
bool lx_base64_decode(const char *text, size_t length, unsigned char *bytes, size_t size);
#endif
