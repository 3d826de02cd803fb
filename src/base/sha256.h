/* SHA-256 (FIPS 180-4) through libcrypto, and the length-framed form that every chained checksum uses.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_SHA256_H
#define LX_BASE_SHA256_H
#include <stdbool.h>
#include <stddef.h>

enum { LX_SHA256_SIZE = 32, LX_SHA256_HEX = 65 };

struct lx_sha256; /* opaque hashing state */

struct lx_sha256 *lx_sha256_open(void); /* NULL: out of memory */
void lx_sha256_add(struct lx_sha256 *hash, const void *bytes, size_t length);
/* Adds the length of BYTES as 8 bytes, most significant first, then BYTES: two different lists of fields never give
 * the same input. */
void lx_sha256_field(struct lx_sha256 *hash, const void *bytes, size_t length);
/* Writes lower-case hex and a NUL, and frees HASH.  False when libcrypto failed at any step. */
bool lx_sha256_close(struct lx_sha256 *hash, char hex[LX_SHA256_HEX]);
/* All of it in one call. */
bool lx_sha256_hex(const void *bytes, size_t length, char hex[LX_SHA256_HEX]);
#endif
