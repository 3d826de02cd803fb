/* What is shown of a connection string, against libpq's own reading of it: what libpq would send as a password is never
 * in there.
 * SPDX-License-Identifier: Apache-2.0 */
#include <libpq-fe.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/secret.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_blank(const char *text)
{
	return text[strspn(text, "*")] == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = calloc(1, size + 1);
	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	PQconninfoOption *before = PQconninfoParse(text, NULL);
	lx_secret_blank(text);
	PQconninfoOption *after = before ? PQconninfoParse(text, NULL) : NULL;
	for (PQconninfoOption *option = after; option && option->keyword; option++)
		if (strstr(option->keyword, "password") && option->val && !is_blank(option->val))
			abort();
	PQconninfoFree(before);
	PQconninfoFree(after);
	free(text);
	return 0;
}
