/* The reader of lexo.sum; what it accepts is exactly what it would write.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "history/sum.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lx_fail fail = {0};
	struct lx_sum *sum;
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	char *text = malloc(size ? size : 1);
	if (arena && text) {
		if (size)
			memcpy(text, data, size);
		if (lx_sum_parse(arena, "lexo.sum", text, size, &sum, &fail) == LX_OK) {
			struct lx_buffer again = LX_BUFFER_INIT;
			lx_buffer_string(&again, "lexo.sum 1\n");
			for (size_t i = 0; i < sum->count; i++)
				lx_buffer_printf(&again, "%s raw:%s tok:%s chain:%s\n", sum->rows[i].id,
						 sum->rows[i].raw, sum->rows[i].tok, sum->rows[i].chain);
			struct lx_sum *twice = NULL;
			bool is_same = again.length == size && memcmp(again.data, text, size) == 0;
			if (again.length != size ||
			    lx_sum_parse(arena, "lexo.sum", again.data, size, &twice, &fail) != LX_OK)
				abort();
			for (size_t i = 0; i < sum->count; i++) /* the rows are sorted: written again they stay so */
				if (strcmp(twice->rows[i].id, sum->rows[i].id) != 0 ||
				    (is_same && sum->rows[i].line != i + 2))
					abort();
			lx_buffer_free(&again);
		}
	}
	free(text);
	lx_arena_close(arena);
	return 0;
}
