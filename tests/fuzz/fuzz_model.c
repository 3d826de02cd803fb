/* Any bytes through the parser, the diagnostics in every form and the formatter, whose properties are checked: the
 * second run changes nothing, the tree stays the same. SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "diag/show.h"
#include "fmt/format.h"
#include "syntax/ast.h"
#include "../unit/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void out_of_memory(void *context, size_t wanted)
{
	(void)context;
	(void)wanted;
	abort();
}

/* False: the text has errors. */
static bool read_text(const char *source, size_t length, struct lx_buffer *tree, struct lx_buffer *formatted)
{
	struct lx_arena *arena = lx_arena_open(0, out_of_memory, NULL);
	struct lx_diags diags;
	lx_diags_init(&diags, arena);
	struct lx_file *file = lx_parse(arena, &diags, lx_diags_source(&diags, "fuzz.lexo", source, length));
	bool is_good = diags.errors == 0;
	lx_file_check_version(&diags, file);
	tree_dump(tree, file);
	if (is_good)
		lx_format(formatted, &diags, file);
	struct lx_buffer shown = LX_BUFFER_INIT;
	lx_show_text(&shown, &diags, false);
	lx_show_gcc(&shown, &diags);
	lx_show_github(&shown, &diags);
	struct lx_json json;
	lx_json_init(&json, &shown);
	lx_show_json(&json, &diags);
	lx_buffer_free(&shown);
	lx_arena_close(arena);
	return is_good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *source = malloc(size + 1); /* exactly as long as the text: reading on is seen */
	if (!source)
		return 0;
	if (size)
		memcpy(source, data, size);
	source[size] = 0;
	struct lx_buffer tree = LX_BUFFER_INIT, again = LX_BUFFER_INIT;
	struct lx_buffer once = LX_BUFFER_INIT, twice = LX_BUFFER_INIT;
	if (read_text(source, size, &tree, &once)) {
		if (!read_text(lx_buffer_text(&once), once.length, &again, &twice) ||
		    strcmp(lx_buffer_text(&tree), lx_buffer_text(&again)) != 0 ||
		    strcmp(lx_buffer_text(&once), lx_buffer_text(&twice)) != 0)
			abort();
	}
	lx_buffer_free(&tree);
	lx_buffer_free(&again);
	lx_buffer_free(&once);
	lx_buffer_free(&twice);
	free(source);
	return 0;
}
