/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/secret_key.h"

#include <sodium.h>
#include <string.h>

/* Where what is in the file; everything is little-endian. */
enum {
	AT_SIGNING = 0,     /* "Ed" */
	AT_DERIVING = 2,    /* "Sc": scrypt; two zeros: not encrypted */
	AT_CHECKING = 4,    /* "B2": BLAKE2b */
	AT_SALT = 6,        /* 32 bytes */
	AT_OPERATIONS = 38, /* 8 bytes, as libsodium counts them */
	AT_MEMORY = 46,     /* 8 bytes */
	AT_SEALED = 54,     /* what is encrypted: */
	AT_ID = 54,
	AT_KEY = 62,
	AT_CHECKSUM = 126, /* of "Ed", id and key */
	SIZE = 158,
	SEALED_SIZE = SIZE - AT_SEALED,
	CHECKSUM_SIZE = SIZE - AT_CHECKSUM
};
/* About a second, and a quarter of what minisign takes, which many build machines do not have. */
static const uint64_t operations = 8388608, memory = 268435456;

void lx_secret_wipe(void *bytes, size_t length)
{
	sodium_memzero(bytes, length);
}

bool lx_secret_key_make(struct lx_secret_key *secret, struct lx_public_key *public)
{
	if (sodium_init() < 0)
		return false;
	randombytes_buf(secret->id, sizeof secret->id);
	memcpy(public->id, secret->id, sizeof public->id);
	return crypto_sign_keypair(public->key, secret->key) == 0;
}

void lx_secret_key_public(const struct lx_secret_key *secret, struct lx_public_key *public)
{
	memcpy(public->id, secret->id, sizeof public->id);
	crypto_sign_ed25519_sk_to_pk(public->key, secret->key);
}

static void add_base64(struct lx_buffer *out, const void *bytes, size_t length)
{
	char text[sodium_base64_ENCODED_LEN(SIZE, sodium_base64_VARIANT_ORIGINAL)];
	sodium_bin2base64(text, sizeof text, bytes, length, sodium_base64_VARIANT_ORIGINAL);
	lx_buffer_string(out, text);
	lx_buffer_char(out, '\n');
	lx_secret_wipe(text, sizeof text);
}

static void put_number(unsigned char *at, uint64_t number)
{
	for (int i = 0; i < 8; i++)
		at[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t get_number(const unsigned char *at)
{
	uint64_t number = 0;
	for (int i = 7; i >= 0; i--)
		number = number << 8 | at[i];
	return number;
}

static void sum(const unsigned char bytes[SIZE], unsigned char out[CHECKSUM_SIZE])
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, CHECKSUM_SIZE);
	crypto_generichash_update(&state, bytes + AT_SIGNING, 2);
	crypto_generichash_update(&state, bytes + AT_ID, AT_CHECKSUM - AT_ID);
	crypto_generichash_final(&state, out, CHECKSUM_SIZE);
}

/* Encrypts or decrypts in place; salt and costs are in BYTES. */
static bool apply_password(unsigned char bytes[SIZE], const char *password)
{
	unsigned char stream[SEALED_SIZE];
	bool ok = crypto_pwhash_scryptsalsa208sha256(stream, sizeof stream, password, strlen(password), bytes + AT_SALT,
						     get_number(bytes + AT_OPERATIONS),
						     (size_t)get_number(bytes + AT_MEMORY)) == 0;
	for (size_t i = 0; ok && i < sizeof stream; i++)
		bytes[AT_SEALED + i] ^= stream[i];
	lx_secret_wipe(stream, sizeof stream);
	return ok;
}

bool lx_secret_key_print(struct lx_buffer *out, const struct lx_secret_key *secret, const char *password)
{
	unsigned char bytes[SIZE] = "Ed";
	bool ok = sodium_init() >= 0;
	memcpy(bytes + AT_CHECKING, "B2", 2);
	memcpy(bytes + AT_ID, secret->id, sizeof secret->id);
	memcpy(bytes + AT_KEY, secret->key, sizeof secret->key);
	sum(bytes, bytes + AT_CHECKSUM);
	if (ok && password) {
		memcpy(bytes + AT_DERIVING, "Sc", 2);
		randombytes_buf(bytes + AT_SALT, AT_OPERATIONS - AT_SALT);
		put_number(bytes + AT_OPERATIONS, operations);
		put_number(bytes + AT_MEMORY, memory);
		ok = apply_password(bytes, password);
	}
	lx_buffer_printf(out, "untrusted comment: lexo %s secret key\n", password ? "encrypted" : "unencrypted");
	add_base64(out, bytes, sizeof bytes);
	lx_secret_wipe(bytes, sizeof bytes);
	return ok && lx_buffer_ok(out);
}

void lx_public_key_print(struct lx_buffer *out, const struct lx_public_key *public)
{
	unsigned char bytes[2 + LX_KEY_ID_SIZE + LX_KEY_SIZE] = "Ed";
	char id[LX_KEY_ID_TEXT];
	lx_key_id_print(public->id, id);
	memcpy(bytes + 2, public->id, sizeof public->id);
	memcpy(bytes + 2 + LX_KEY_ID_SIZE, public->key, sizeof public->key);
	lx_buffer_printf(out, "untrusted comment: lexo public key %s\n", id);
	add_base64(out, bytes, sizeof bytes);
}

bool lx_secret_key_parse(const char *text, size_t length, struct lx_sealed_key *sealed)
{
	static const unsigned char open[2] = {0, 0};
	const char *end = text + length, *line = memchr(text, '\n', length);
	size_t size;
	if (!line)
		return false;
	line++;
	const char *newline = memchr(line, '\n', (size_t)(end - line));
	if (sodium_base642bin(sealed->bytes, sizeof sealed->bytes, line, (size_t)((newline ? newline : end) - line),
			      NULL, &size, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    size != SIZE)
		return false;
	sealed->is_encrypted = memcmp(sealed->bytes + AT_DERIVING, "Sc", 2) == 0;
	return memcmp(sealed->bytes + AT_SIGNING, "Ed", 2) == 0 && memcmp(sealed->bytes + AT_CHECKING, "B2", 2) == 0 &&
	       (sealed->is_encrypted || memcmp(sealed->bytes + AT_DERIVING, open, 2) == 0);
}

/* Does the public half belong to the secret one? */
static bool is_pair(const unsigned char key[LX_SECRET_SIZE])
{
	unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[LX_SECRET_SIZE];
	crypto_sign_seed_keypair(public, secret, key);
	bool ok = sodium_memcmp(secret, key, sizeof secret) == 0;
	lx_secret_wipe(secret, sizeof secret);
	return ok;
}

bool lx_secret_key_open(const struct lx_sealed_key *sealed, const char *password, struct lx_secret_key *secret)
{
	unsigned char bytes[SIZE], checksum[CHECKSUM_SIZE];
	if (sodium_init() < 0)
		return false;
	memcpy(bytes, sealed->bytes, sizeof bytes);
	bool ok = !sealed->is_encrypted || (password && apply_password(bytes, password));
	sum(bytes, checksum);
	/* minisign leaves the checksum of a key without a password out */
	bool has_checksum = sealed->is_encrypted || !sodium_is_zero(bytes + AT_CHECKSUM, CHECKSUM_SIZE);
	ok = ok && (!has_checksum || sodium_memcmp(checksum, bytes + AT_CHECKSUM, sizeof checksum) == 0) &&
	     is_pair(bytes + AT_KEY);
	memcpy(secret->id, bytes + AT_ID, sizeof secret->id);
	memcpy(secret->key, bytes + AT_KEY, sizeof secret->key);
	lx_secret_wipe(bytes, sizeof bytes);
	if (!ok)
		lx_secret_wipe(secret, sizeof *secret);
	return ok;
}

bool lx_secret_key_sign(struct lx_buffer *out, const struct lx_secret_key *secret, const void *bytes, size_t length,
			const char *comment)
{
	unsigned char digest[64], signature[2 + LX_KEY_ID_SIZE + LX_SIGNATURE_SIZE] = "ED", global[LX_SIGNATURE_SIZE];
	struct lx_buffer signed_text = LX_BUFFER_INIT;
	memcpy(signature + 2, secret->id, sizeof secret->id);
	unsigned char *own = signature + 2 + LX_KEY_ID_SIZE;
	crypto_generichash(digest, sizeof digest, bytes, length, NULL, 0);
	crypto_sign_detached(own, NULL, digest, sizeof digest, secret->key);
	lx_buffer_add(&signed_text, (const char *)own, LX_SIGNATURE_SIZE);
	lx_buffer_string(&signed_text, comment);
	crypto_sign_detached(global, NULL, (const unsigned char *)lx_buffer_text(&signed_text), signed_text.length,
			     secret->key);
	bool ok = lx_buffer_ok(&signed_text);
	lx_buffer_free(&signed_text);
	lx_buffer_string(out, "untrusted comment: signature from lexo secret key\n");
	add_base64(out, signature, sizeof signature);
	lx_buffer_printf(out, "trusted comment: %s\n", comment);
	add_base64(out, global, sizeof global);
	return ok && lx_buffer_ok(out);
}
