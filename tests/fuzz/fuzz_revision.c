/* The reader of revision files: any bytes give a revision or a failure with a code and a place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "history/history.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lx_fail fail = {0};
	struct lx_history *history = lx_history_open();
	char *text = malloc(size + 1);
	if (history && text) {
		if (size)
			memcpy(text, data, size);
		text[size] = 0;
		enum lx_status status = lx_history_add(history, "fuzz.sql", text, size, &fail);
		text = NULL;
		if (status == LX_OK)
			status = lx_history_link(history, &fail);
		if (status != LX_OK && (!*fail.code || !*fail.message))
			abort();
	}
	free(text);
	lx_history_close(history);
	return 0;
}
