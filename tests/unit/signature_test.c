/* Signatures in minisign's format.  The keys and signatures here were made with minisign 0.11.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "history/signature.h"

static const char signed_text[] = "lexo.sum 1\n";
static const char key_a[] = "untrusted comment: minisign public key 5C51102A3D471689\n"
			    "RWSJFkc9KhBRXOaEBS5iCbimksvYCdwXi1vjigoLrFP6GwZw3GP+Ti2j\n";
static const char key_b[] = "RWTNU+Sq3gU7sITisrmqTci+Yp4FqyelaZH7xIRdoebtaaA6bCwLY1Ux";
static const char by_a[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUSJFkc9KhBRXJ0Og1/Hgygmqk65IPlPuGlpwW9DMFgrriOM9GHkCYeuhWSfOhoZWxQ0uNzykWY49x/MaHdvBlIXLox76FiKJQ8=\n"
    "trusted comment: timestamp:1\tfile:lexo.sum\tseq:7\n"
    "KNNxSC1Zrq4VA5E9Sp4NAPQ/NzPVWACTO5iz8TW8D0V1wDqpQ8IGrjx+XW46jX3LGcACdIpUk+bOJNTaemlOCQ==\n";
static const char by_b[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUTNU+Sq3gU7sEy6DocfhXtV2iRhFAcwWrSymf2u1ws+o8l4ztzrQkrljmQMIHdb96Z5tsCya7NBt+6PjRD0hlV0Sc+lEIHpuQI=\n"
    "trusted comment: seq:5\n"
    "uALeUK2zrZCFU0aGYZoZ07dh/qNdYcXdqhptQ8OuxPxy4d3voT5G4s4/k/WcaXyXTutotwXwc50zZpvCuWIxCw==\n";
/* not prehashed, as minisign wrote them before 0.6 */
static const char by_b_legacy[] =
    "untrusted comment: signature from minisign secret key\n"
    "RWTNU+Sq3gU7sOmyD9iGoUYSNbHcmoBOskiZRnwbIg7ux5OAnnO+81LeBogsRBvauVIULdr8yb6ZUfLtWbsOBdClUG3nk7pmpgY=\n"
    "trusted comment: seq:6\n"
    "h5N8IOH+TKQbXn2C0KrnjP1CyBm19DFqgce5HdNeL4pIiZNcq5CiCf1r/4XUZQwQIzFEPZ+pJZmkEUoyUAMOBg==\n";

static struct lx_public_key key_of(const char *text)
{
	struct lx_public_key key;
	assert_true(lx_public_key_parse(text, strlen(text), &key));
	return key;
}

static struct lx_signature parse(const char *text)
{
	struct lx_signature signature;
	assert_null(lx_signature_parse(text, strlen(text), &signature));
	return signature;
}

static size_t count(const struct lx_signature *signatures, size_t many, size_t threshold, uint64_t *number)
{
	const struct lx_public_key keys[] = {key_of(key_a), key_of(key_b), key_of(key_a)};
	return lx_signatures_count(signatures, many, keys, 3, signed_text, strlen(signed_text), threshold, number);
}

static void verifies(void **unused)
{
	(void)unused;
	const struct lx_public_key a = key_of(key_a), b = key_of(key_b);
	const char *texts[] = {by_a, by_b, by_b_legacy};
	char id[LX_KEY_ID_TEXT];
	lx_key_id_print(a.id, id);
	assert_string_equal(id, "5C51102A3D471689");
	for (size_t i = 0; i < 3; i++) {
		struct lx_signature signature = parse(texts[i]);
		const struct lx_public_key *own = i ? &b : &a, *other = i ? &a : &b;
		assert_true(lx_signature_verify(&signature, own, signed_text, strlen(signed_text)));
		assert_true(lx_signature_verify_comment(&signature, own));
		assert_false(lx_signature_verify(&signature, own, signed_text, strlen(signed_text) - 1));
		assert_false(lx_signature_verify(&signature, other, signed_text, strlen(signed_text)));
		assert_false(lx_signature_verify_comment(&signature, other));
		assert_int_equal(signature.is_prehashed, i < 2);
		assert_int_equal(signature.number, 7 - 2 * (i == 1) - (i == 2));
	}
}

static void counts_signers(void **unused)
{
	(void)unused;
	struct lx_signature both[] = {parse(by_a), parse(by_b), parse(by_a)};
	uint64_t number;
	assert_int_equal(count(both, 1, 1, &number), 1);
	assert_int_equal(number, 7);
	assert_int_equal(count(both, 1, 2, &number), 1); /* one key given twice is one signer */
	assert_int_equal(number, 0);
	assert_int_equal(count(both, 3, 2, &number), 2);
	assert_int_equal(number, 5);
	assert_int_equal(count(both, 3, 1, &number), 2);
	assert_int_equal(number, 7);
	assert_int_equal(count(both, 3, 3, &number), 2);
	assert_int_equal(number, 0);
	assert_int_equal(count(NULL, 0, 1, &number), 0);
}

/* Not one bit of a signature file is without meaning. */
static void finds_every_bit(void **unused)
{
	(void)unused;
	char text[sizeof by_a];
	for (size_t bit = 0; bit < 8 * strlen(by_a); bit++) {
		struct lx_signature signature;
		uint64_t number = 0;
		memcpy(text, by_a, sizeof text);
		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		if (!lx_signature_parse(text, strlen(by_a), &signature) && count(&signature, 1, 1, &number) != 0)
			fail_msg("bit %zu", bit);
	}
}

static void refuses_what_is_cut(void **unused)
{
	(void)unused;
	struct lx_signature signature;
	struct lx_public_key key;
	for (size_t length = 0; length < strlen(by_a); length++)
		assert_non_null(lx_signature_parse(by_a, length, &signature));
	assert_non_null(lx_signature_parse(by_a, sizeof by_a, &signature)); /* a NUL behind it */
	for (size_t length = 0; length < strlen(key_a); length++)
		assert_false(lx_public_key_parse(key_a, length, &key));
	for (size_t length = 0; length < strlen(key_b); length++)
		assert_false(lx_public_key_parse(key_b, length, &key));
}

static void reads_numbers(void **unused)
{
	(void)unused;
	static const struct {
		const char *comment;
		uint64_t number;
	} rows[] = {{"seq:12", 12},
		    {"a\tseq:12\tb", 12},
		    {"xseq:12", 0},
		    {"seq:", 0},
		    {"seq:-1", 0},
		    {"seq:1x", 0},
		    {"seq:18446744073709551615", UINT64_MAX},
		    {"seq:18446744073709551616", 0},
		    {"", 0}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[sizeof by_b + 64];
		struct lx_signature signature;
		const char *at = strstr(by_b, "seq:5");
		strcpy(text, by_b);
		strcpy(text + (at - by_b), rows[i].comment);
		strcat(text, at + strlen("seq:5"));
		assert_null(lx_signature_parse(text, strlen(text), &signature));
		assert_int_equal(signature.number, rows[i].number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(verifies),        cmocka_unit_test(counts_signers),
	    cmocka_unit_test(finds_every_bit), cmocka_unit_test(refuses_what_is_cut),
	    cmocka_unit_test(reads_numbers),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
