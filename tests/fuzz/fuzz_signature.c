/* The readers of signatures and public keys: nothing that is not signed is ever taken for signed.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "history/signature.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lx_signature signature;
	struct lx_public_key key = {.id = {1}, .key = {2}}, other;
	char *text = malloc(size ? size : 1); /* of exactly this size, so that reading behind it is seen */
	uint64_t number;
	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	(void)lx_public_key_parse(text, size, &other);
	if (!lx_signature_parse(text, size, &signature) &&
	    (strlen(signature.comment) >= size ||
	     lx_signatures_count(&signature, 1, &key, 1, "lexo.sum 1\n", 11, 1, &number) != 0))
		abort();
	free(text);
	return 0;
}
